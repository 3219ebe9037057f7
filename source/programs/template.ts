/*
Templates are programs that run as they are. In comments of their own they say what depends on the pane; those begin
with `#` in Python, with `//` in JavaScript and C:

	# if udp and not chat        only one of the branches stays
	# else if lookup or name
	# else
	# end
	# | code                     code of a branch that the template itself does without
	# include reply              what the server's rule does, indented as this comment; its imports join the others
	# replace A with B           everywhere in the program
	code  # value: host port     the line's text is the pane's host; its last number is the port
	code  # calls: bind sendto   the calls of the socket interface that happen in this line; options by their names

No other comment begins with one of these words.
*/
import type {Call, CallName} from '../log/calls.ts';

/** A call in a listing: by its name, or a setsockopt() by its option's. */
export type ListingCall = CallName | 'SO_REUSEADDR' | 'IPV6_V6ONLY' | 'TCP_NODELAY';

/** A line, and the Berkeley calls that happen in it. */
export type ListingLine = {readonly text: string; readonly calls?: readonly ListingCall[]};

/** What a call is called in a listing, where connect() waits for its outcome by itself. */
export function listingCallOf({name, arguments: [, option]}: Call): ListingCall {
	return name === 'setsockopt' ? option as ListingCall : (name === 'getsockopt' ? 'connect' : name);
}

/** What a template is filled with. */
export type Filling = {
	/** Everything that a condition may name, and whether it holds. */
	readonly facts: ReadonlyMap<string, boolean>;
	/** The host as a string of the language; the port's digits. */
	readonly values: {readonly host: string; readonly port: string};
	readonly reply: string | undefined;
};

const directive = /^( *)(?:#|\/\/) (if|else if|else|end|include reply|replace)(?: (.+))?$/;
const dormant = /^( *)(?:#|\/\/) \| ?/;
const value = /^(.*?) +(?:#|\/\/) value: (host|port|host port)$/;
const call = /^(.*?) +(?:#|\/\/) calls: ([\w ]+)$/;
const literals = {host: /"[^"]*"|'[^']*'/, port: /\d+(?!.*\d)/s};
const importLine = /^(?:import |#include )/;

/** A condition that encloses lines: whether the present branch stays, and whether no later one can. */
type Branch = {readonly isOpen: boolean; readonly isDecided: boolean};

/** Fill in a template. Throws where it is malformed, or names what is unknown. */
export function fillTemplate(template: string, {facts, values, reply}: Filling): ListingLine[] {
	const lines: string[] = [];
	const replacements: Array<readonly [string, string]> = [];
	const branches: Branch[] = [{isOpen: true, isDecided: true}];
	for (const line of template.split('\n')) {
		const {isOpen, isDecided} = branches.at(-1)!;
		const [, indent = '', keyword, rest = ''] = directive.exec(line) ?? [];
		if (branches.length === 1 && ['else if', 'else', 'end'].includes(keyword ?? '')) {
			throw new Error(`A template has an "${keyword}" without its "if"`);
		}

		switch (keyword) {
			case 'if': {
				const holds = isTrue(rest, facts) && isOpen;
				branches.push({isOpen: holds, isDecided: holds || !isOpen});
				break;
			}

			case 'else if':
			case 'else': {
				const holds = (keyword === 'else' || isTrue(rest, facts)) && !isDecided;
				branches.splice(-1, 1, {isOpen: holds, isDecided: holds || isDecided});
				break;
			}

			case 'end': {
				branches.pop();
				break;
			}

			case 'include reply': {
				lines.push(...(isOpen ? reply?.trimEnd().split('\n') ?? [] : [])
					.map(each => each === '' || importLine.test(each) ? each : indent + each));
				break;
			}

			case 'replace': {
				const [from = '', to = ''] = rest.split(' with ');
				replacements.push(...(isOpen ? [[from, to] as const] : []));
				break;
			}

			default: {
				lines.push(...(isOpen ? [fillIn(line.replace(dormant, '$1').trimEnd(), values)] : []));
			}
		}
	}

	if (branches.length > 1) {
		throw new Error('A template has an "if" without its "end"');
	}

	let text = tidy(lines).join('\n');
	for (const [from, to] of replacements) {
		text = text.replaceAll(from, to);
	}

	return text.split('\n').map(line => {
		const [, before = line, names] = call.exec(line) ?? [];
		return names === undefined ? {text: line} : {text: before, calls: names.split(' ') as ListingCall[]};
	});
}

/** Whether a condition holds: names joined by "or", "and" and "not", of which "not" binds most. */
function isTrue(condition: string, facts: ReadonlyMap<string, boolean>): boolean {
	return condition.split(' or ').map(all => all.split(' and ').map(one => {
		const name = one.replace(/^not /, '');
		const holds = facts.get(name);
		if (holds === undefined) {
			throw new Error(`A template asks for ${name}, which is unknown`);
		}

		return holds === (name === one);
	}).every(Boolean)).some(Boolean);
}

function fillIn(line: string, values: Filling['values']): string {
	const [, code = line, names = ''] = value.exec(line) ?? [];
	let filled = code;
	for (const name of ['port', 'host'] as const) {
		filled = names.includes(name) ? filled.replace(literals[name], () => values[name]) : filled;
	}

	return filled;
}

/** Each import once, sorted by their modules, where the first stands; never two empty lines together. */
function tidy(lines: readonly string[]): string[] {
	const imports = new Set(lines.filter(line => importLine.test(line)));
	const sorted = [...imports].toSorted((one, other) => moduleOf(one) < moduleOf(other) ? -1 : 1);
	const first = Math.max(0, lines.findIndex(line => importLine.test(line)));
	const all = [...lines.slice(0, first), ...sorted, ...lines.slice(first).filter(line => !importLine.test(line))];
	const spaced = all.filter((line, index) => line !== '' || (all[index - 1] ?? '') !== '');
	return spaced.at(-1) === '' ? spaced.slice(0, -1) : spaced;
}

function moduleOf(importing: string): string {
	return importing.split(' ').at(-1) ?? '';
}
