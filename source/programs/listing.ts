/* The program that a pane is, written out in one of three languages. */
import {existsSync, readFileSync} from 'node:fs';
import type {Protocol, Address} from '../log/event.ts';
import {
	kindOfRule, type NamedRule, namedRules, replyTo,
} from '../replies/reply-rule.ts';
import {hostKind, needsLookup, quoteHost} from './host.ts';
import type {CommentLanguage, ListingForm, SourceLanguage} from './languages.ts';
import {fillTemplate, type ListingLine} from './template.ts';
import {readTranslations, translateComments} from './translate-comments.ts';

/** A server as a program: what it binds, and what it does with what it receives. */
export type ServerProgram = {
	readonly role: 'server';
	readonly protocol: Protocol;
	/** What it binds; with port 0 the system picks one. */
	readonly address: Address;
	readonly rule: NamedRule;
	/** TCP only. */
	readonly closeAfterReply: boolean;
	readonly hasFraming?: boolean;
};

/** A client as a program: it sends typed lines, and prints what it receives. */
type ClientProgram = {
	readonly role: 'client';
	readonly protocol: Protocol;
	/** Where it sends, or connects. */
	readonly address: Address;
	readonly hasFraming?: boolean;
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
marked on exactly one line; a server that answers nothing has no sendto() or send(), and so no mark for it. The short
form does without some calls.
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
	const filled = fillTemplate(readTemplate(`${of}${protocol}-${role}.${extension}`), {
		facts: factsOf(program, part !== undefined),
		values: {host: quoteHost(address.host, language), port: String(address.port)},
		reply: part,
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

/** What the conditions of the templates may name, and whether it holds for a program. */
function factsOf(program: Program, hasReply: boolean): Map<string, boolean> {
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
