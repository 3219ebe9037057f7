/*
Templates are programs that run as they are. In comments of their own they say what depends on the pane; those begin
with `#` in Python, with `//` in JavaScript and C:

	# if udp and not chat        only one of the branches stays
	# else if lookup or name
	# else
	# end
	# | code                     code of a branch that the template itself does without
	# include reply              what the server's rule does, indented as this comment; its imports join the others
	# include encoding           a part that several templates have: `parts/encoding.py`
	# include options sock       the statements that set the pane's options on the socket of this name
	# include source sock        those that bind the client's own address
	# replace A with B           in all lines of the template that follow
	code  # value: host port     the line's text is the pane's host; its last number is the port
	code  # value: source        the same with the client's own address; so with `backlog`, `encoding` and `prefix`
	code  # calls: bind sendto   the calls of the socket interface that happen in this line; options by their names

No other comment begins with one of these words.
*/
import type {Call} from '../log/calls/calls.ts';

/** A call in a listing: by its name, or a setsockopt() by its option's, and the multicast group where it joins one. */
export type ListingCall = string;

/** A line, and the Berkeley calls that happen in it. */
export type ListingLine = {readonly text: string; readonly calls?: readonly ListingCall[]};

/**
What a call is called in a listing, where connect() waits for its outcome by itself, and the size of a buffer is asked
for where it is set.
*/
export function listingCallOf({name, arguments: [, option, value]}: Call): ListingCall {
	if (name === 'getsockopt' && option === 'SO_ERROR') {
		return 'connect';
	}

	if (name !== 'setsockopt' && name !== 'getsockopt') {
		return name;
	}

	const called = (typeof option === 'string' ? option : '').replace('DROP_MEMBERSHIP', 'ADD_MEMBERSHIP').replace('LEAVE_GROUP', 'JOIN_GROUP');
	const [group] = /(?<=')[^']+/.exec(typeof value === 'string' ? value : '') ?? [];
	return group !== undefined && /MEMBERSHIP|GROUP/.test(called) ? `${called}/${group}` : called;
}

export type Filling = {
	/** Everything that a condition may name, and whether it holds. */
	readonly facts: ReadonlyMap<string, boolean>;
	/** Hosts as strings of the language, of the pane's address and of the client's own; digits of numbers. */
	readonly values: Readonly<Partial<Record<ValueName, string>>>;
	/** The lines to include, by a name and, where it has one, the name of the socket. */
	readonly include: (name: string, socket: string, indent: string) => readonly string[];
};

type ValueName = 'host' | 'port' | 'source-host' | 'source-port' | 'backlog' | 'encoding' | 'prefix-size' | 'byte-order';

const directive = /^( *)(?:#|\/\/) (if|else if|else|end|include|replace)(?: (.+))?$/;
/** The same, where what is included stands in code that the template does without. */
const dormantInclude = /^( *)(?:#|\/\/) \| ( *)(include) (.+)$/;
const dormant = /^( *)(?:#|\/\/) \| ?/;
const value = /^(.*?) +(?:#|\/\/) value: (host|port|host port|source|backlog|encoding|prefix)$/;
const call = /^(.*?) +(?:#|\/\/) calls: ([\w ./:]+)$/;
const literals = {text: /"[^"]*"|'[^']*'/, number: /\d+(?!.*\d)/s};
/** What takes the place of a line's last number, and of its text. */
const places: Readonly<Record<string, Readonly<Partial<Record<keyof typeof literals, ValueName>>>>> = {
	port: {number: 'port'},
	host: {text: 'host'},
	'host port': {number: 'port', text: 'host'},
	source: {number: 'source-port', text: 'source-host'},
	backlog: {number: 'backlog'},
	encoding: {text: 'encoding'},
	prefix: {number: 'prefix-size', text: 'byte-order'},
};
/** A line that imports, which stands with the others of its program. */
export const importLine = /^(?:import |#include )/;

/** A condition that encloses lines: whether the present branch stays, and whether no later one can. */
type Branch = {readonly isOpen: boolean; readonly isDecided: boolean};

/** Fill in a template. Throws where it is malformed, or names what is unknown. */
export function fillTemplate(template: string, {facts, values, include}: Filling): ListingLine[] {
	const lines: string[] = [];
	const replacements: Array<readonly [string, string]> = [];
	const branches: Branch[] = [{isOpen: true, isDecided: true}];
	for (const line of template.split('\n')) {
		const {isOpen, isDecided} = branches.at(-1)!;
		const [, indent = '', keyword, rest = ''] = directive.exec(line.replace(dormantInclude, '$1$2// $3 $4')) ?? [];
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

			case 'include': {
				const [name = '', socket = ''] = rest.split(' ');
				lines.push(...(isOpen ? include(name, socket, indent) : [])
					.map(each => each === '' || importLine.test(each) ? each : indent + each));
				break;
			}

			case 'replace': {
				const [from = '', to = ''] = rest.split(' with ');
				replacements.push(...(isOpen ? [[from, to] as const] : []));
				break;
			}

			default: {
				lines.push(...(isOpen ? [replaced(fillIn(line.replace(dormant, '$1').trimEnd(), values), replacements)] : []));
			}
		}
	}

	if (branches.length > 1) {
		throw new Error('A template has an "if" without its "end"');
	}

	return tidy(lines).join('\n').split('\n').map(line => {
		const [, before = line, names] = call.exec(line) ?? [];
		return names === undefined ? {text: line} : {text: before, calls: names.split(' ')};
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

function replaced(line: string, replacements: ReadonlyArray<readonly [string, string]>): string {
	let text = line;
	for (const [from, to] of replacements) {
		text = text.replaceAll(from, to);
	}

	return text;
}

function fillIn(line: string, values: Filling['values']): string {
	const [, code = line, names = ''] = value.exec(line) ?? [];
	const {number, text} = places[names] ?? {};
	const numbered = number ? code.replace(literals.number, () => values[number] ?? '') : code;
	return text ? numbered.replace(literals.text, () => values[text] ?? '') : numbered;
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
