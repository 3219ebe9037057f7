/* The program that a pane is, written out in one of three languages. */
import {existsSync, readFileSync} from 'node:fs';
import type {Protocol, Address, NumberOption} from '../log/event.ts';
import {
	kindOfRule, type NamedRule, namedRules, replyTo,
} from '../replies/reply-rule.ts';
import {hostKind, needsLookup, quoteHost} from './host.ts';
import type {CommentLanguage, ListingForm, SourceLanguage} from './languages.ts';
import {optionLines, type ProgramOption, sourceLines} from './option-lines.ts';
import {fillTemplate, type ListingLine} from './template.ts';
import {readTranslations, translateComments} from './translate-comments.ts';

/** What servers and clients have in common. */
type AnyProgram = {
	readonly protocol: Protocol;
	/** What the options of its sockets are, in the order in which they are set. */
	readonly options?: readonly ProgramOption[];
	/** Of the socket's addresses, where the host is a name; of IPv4 unless told. */
	readonly family?: 4 | 6;
	readonly hasFraming?: boolean;
};

/** A server as a program: what it binds, and what it does with what it receives. */
export type ServerProgram = AnyProgram & {
	readonly role: 'server';
	/** What it binds; with port 0 the system picks one. */
	readonly address: Address;
	readonly rule: NamedRule;
	/** TCP only. */
	readonly closeAfterReply: boolean;
};

/** A client as a program: it sends typed lines, and prints what it receives. */
type ClientProgram = AnyProgram & {
	readonly role: 'client';
	/** Where it sends, or connects. */
	readonly address: Address;
	/** What it binds first. */
	readonly source?: Address | undefined;
};

/** What a pane's program is: role, address, rule. */
export type Program = ServerProgram | ClientProgram;

/** A whole program. Its lines take at most 75 columns; a call that takes several lines is marked on its first. */
export type Listing = {
	readonly language: SourceLanguage;
	/** Such as `udp_server.py`, `udp_client.mjs`, `tcp_server_short.c`. */
	readonly fileName: string;
	readonly lines: readonly ListingLine[];
};

const extensions: Readonly<Record<SourceLanguage, string>> = {python: 'py', javascript: 'mjs', c: 'c'};

/** What the program of a pane with a framing says of that. */
const withoutFraming: Readonly<Record<SourceLanguage, string>> = {
	python: '# Without the pane\'s framing: it takes each read as it comes.',
	javascript: '// Without the pane\'s framing: it takes each read as it comes.',
	c: '/* Without the pane\'s framing: it takes each read as it comes. */',
};

/** Beside this module, both here and in the bundle. */
const folder = new URL('templates/', import.meta.url);

/** The templates that have been asked for, by their names. */
const templates = new Map<string, string>();

/** The listings made last, by what they were made of: a pane that shows one asks for it with every frame. */
const listings = new Map<string, Listing>();

/** More than all panes of a screen. */
const maxListings = 32;

/**
The program that a pane is, complete, with its address, port and reply rule filled in. Each call that the role makes is
marked on exactly one line; the short form does without some of them.
*/
export function projectListing(
	program: Program,
	language: SourceLanguage,
	comments: CommentLanguage = 'en',
	form: ListingForm = 'full',
): Listing {
	const key = JSON.stringify([program, language, comments, form]);
	const listing = listings.get(key) ?? makeListing(program, language, comments, form);
	if (listings.size >= maxListings) {
		listings.clear();
	}

	listings.set(key, listing);
	return listing;
}

function makeListing(
	program: Program,
	language: SourceLanguage,
	comments: CommentLanguage,
	form: ListingForm,
): Listing {
	const {role, protocol, address} = program;
	const extension = extensions[language];
	const of = form === 'short' ? 'short/' : '';
	const part = role === 'server' ? replyPart(`${of}replies/${program.rule}.${extension}`) : undefined;
	const source = role === 'client' ? program.source : undefined;
	const options = optionsIn(program, form);
	const family = hostKind(address.host) === 'ipv6' ? 6 : program.family ?? 4;
	const filled = fillTemplate(readTemplate(`${of}${protocol}-${role}.${extension}`), {
		facts: factsOf(program, part !== undefined, options),
		values: {
			host: quoteHost(address.host, language),
			port: String(address.port),
			'source-host': quoteHost(source?.host ?? '', language),
			'source-port': String(source?.port ?? 0),
			backlog: String(numberOf(program, 'backlog') ?? 0),
		},
		include(name, socket, {length: indent}) {
			switch (name) {
				case 'reply': {
					return part?.trimEnd().split('\n') ?? [];
				}

				case 'options': {
					return optionLines({options, family, socket, indent}, language);
				}

				case 'source': {
					const onFailure = form === 'short' ? 'return 1;' : 'fail("bind");';
					return source ? sourceLines(source, protocol, {socket, indent}, language, onFailure) : [];
				}

				default: {
					throw new Error(`A template includes ${name}, which is unknown`);
				}
			}
		},
	});
	const [first, ...others] = filled;
	const lines = program.hasFraming && first
		? [first, {text: ''}, {text: withoutFraming[language]}, ...others]
		: filled;
	return {
		language,
		fileName: `${protocol}_${role}${form === 'short' ? '_short' : ''}.${extension}`,
		lines: comments === 'en'
			? lines
			: translateComments(lines, language, readTranslations(readTemplate(`comments-${comments}.txt`))),
	};
}

/** An option that is a number, where the pane has it. */
function numberOf({options = []}: Program, name: NumberOption): number | undefined {
	const [found] = options.flatMap(({option}) => option.name === name && 'value' in option ? [option.value] : []);
	return found;
}

/**
The options that are set by statements of their own: not what listen() is given. TCP_NODELAY is in the templates of the
full form.
*/
function optionsIn({options = []}: Program, form: ListingForm): readonly ProgramOption[] {
	return options.filter(({option: {name}}) =>
		name !== 'backlog' && name !== 'source' && (name !== 'nodelay' || form === 'short'));
}

/** What the conditions of the templates may name, and whether it holds for a program. */
function factsOf(program: Program, hasReply: boolean, options: readonly ProgramOption[]): Map<string, boolean> {
	const {host, port} = program.address;
	const kind = hostKind(host);
	const server = program.role === 'server' ? program : undefined;
	return new Map([
		...(['ipv4', 'ipv6', 'name'] as const).map(other => [other, kind === other] as const),
		['lookup', needsLookup(program.address)],
		['loopback', ['127.0.0.1', '::1', 'localhost'].includes(host)],
		['any-address', ['0.0.0.0', '::'].includes(host)],
		['any-port', port === 0],
		...namedRules.map(rule => [rule, server?.rule === rule] as const),
		// The rule answers the sender; and it answers with what its function reply() makes of the bytes.
		['answers', server !== undefined && replyTo(server.rule, new Uint8Array()) !== undefined],
		['reply', hasReply],
		['whole-characters', server !== undefined && kindOfRule(server.rule).needsWholeCharacters],
		['close-after-reply', server?.closeAfterReply === true],
		['options', options.length > 0],
		// The structure with which an IPv4 group is joined is no part of POSIX.
		['ip-group', options.some(({option}) => option.name === 'join' && hostKind(option.group) === 'ipv4')],
		['no-delay', numberOf(program, 'nodelay') !== 0],
		['backlog', numberOf(program, 'backlog') !== undefined],
		['source', program.role === 'client' && program.source !== undefined],
	]);
}

/**
What a rule makes of the bytes, with the imports that it needs: a function reply(), in the short form the statements
themselves; undefined where the rule has none, as echo.
*/
function replyPart(name: string): string | undefined {
	return templates.has(name) || existsSync(new URL(name, folder)) ? readTemplate(name) : undefined;
}

function readTemplate(name: string): string {
	const text = templates.get(name) ?? readFileSync(new URL(name, folder), 'utf8');
	templates.set(name, text);
	return text;
}
