/* The program that a pane is, written out in one of three languages. */
import {existsSync, readFileSync} from 'node:fs';
import type {Protocol, Address, NumberOption} from '../log/event.ts';
import {
	kindOfRule, type NamedRule, namedRules, replyTo,
} from '../replies/reply-rule.ts';
import {defaultEncoding, type Encoding} from '../text/encoding/encoding.ts';
import {type Framing, prefixOf} from '../text/framing.ts';
import {TextCache} from '../text/text-cache.ts';
import {anyHosts} from '../text/address.ts';
import {hostKind, needsLookup, quoteHost} from './host.ts';
import type {CommentLanguage, ListingForm, SourceLanguage} from './languages.ts';
import {
	commentIn, optionLines, type ProgramOption, sourceLines,
} from './option-lines.ts';
import {fillTemplate, importLine, type ListingLine} from './template.ts';
import {readTranslations, translateComments} from './translate-comments.ts';

/** What servers and clients have in common. */
type AnyProgram = {
	readonly protocol: Protocol;
	/** What the options of its sockets are, in the order in which they are set. */
	readonly options?: readonly ProgramOption[];
	/** Of the socket's addresses, where the host is a name; of IPv4 unless told. */
	readonly family?: 4 | 6;
	/** TCP: what marks messages in the stream. */
	readonly framing?: Framing | undefined;
	/** Of text; UTF-8 unless given. */
	readonly encoding?: Encoding | undefined;
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
	/** What the pane has and this program does without. */
	readonly lacks: readonly Lack[];
};

type Lack = 'framing' | 'encoding';

const extensions: Readonly<Record<SourceLanguage, string>> = {python: 'py', javascript: 'mjs', c: 'c'};

/** What a program says of what it does without. */
const lackNotes: Readonly<Record<Lack, string>> = {
	framing: 'Without the pane\'s framing: it takes each read as it comes.',
	encoding: 'Without the pane\'s encoding: it takes text as UTF-8.',
};

/** The pane's encoding as each language calls it; JavaScript has no name for those that Node does not write. */
const encodingNames: Readonly<Record<SourceLanguage, Readonly<Partial<Record<Encoding, string>>>>> = {
	python: {
		'euc-kr': 'cp949', shift_jis: 'cp932', gbk: 'gbk', latin1: 'latin-1', 'utf-16le': 'utf-16-le',
	},
	javascript: {latin1: 'latin1', 'utf-16le': 'utf16le'},
	c: {
		'euc-kr': 'CP949', shift_jis: 'CP932', gbk: 'CP936', latin1: 'ISO-8859-1', 'utf-16le': 'UTF-16LE',
	},
};

/** Where a template has a part that others have, too. */
const includedPart = /^( *)(?:#|\/\/) (?:\| ( *))?include (\w+)\n/gm;

/** Beside this module, both here and in the bundle. */
const folder = new URL('templates/', import.meta.url);

const templates = new Map<string, string>();

/** The translations of comments that have been asked for, by their language. */
const translations = new Map<CommentLanguage, ReadonlyMap<string, string>>();

/**
The listings made last, by what they were made of, more than all panes of a screen have: a pane that shows one asks for
it with every frame.
*/
const listings = new TextCache<Listing>(32);

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
	return listings.get(key, () => {
		const {lines, ...listing} = makeListing(program, language, form);
		return {...listing, lines: comments === 'en' ? lines : translateComments(lines, language, translationsTo(comments))};
	});
}

function makeListing(program: Program, language: SourceLanguage, form: ListingForm): Listing {
	const {role, protocol, address} = program;
	const extension = extensions[language];
	const of = form === 'short' ? 'short/' : '';
	const part = role === 'server' ? replyPart(`${of}replies/${program.rule}.${extension}`) : undefined;
	const source = role === 'client' ? program.source : undefined;
	const options = optionsIn(program, form);
	const family = hostKind(address.host) === 'ipv6' ? 6 : program.family ?? 4;
	const parts: Readonly<Record<string, string>> = {reply: part ?? ''};
	const template = readTemplate(`${of}${protocol}-${role}.${extension}`)
		.replaceAll(includedPart, (_, before: string, within: string | undefined, name: string) =>
			(parts[name] ?? readTemplate(`parts/${name}.${extension}`)).replaceAll(/^.+$/gm, line =>
				importLine.test(line) ? line : `${before}${within ?? ''}${line}`));
	const lacks = lacksOf(program, language, form);
	const {framing = 'none', encoding = defaultEncoding} = program;
	const {size = 0, isLittleEndian = false} = prefixOf(framing) ?? {};
	const filled = fillTemplate(template, {
		facts: factsOf(program, {hasReply: part !== undefined, options, lacks}),
		values: {
			host: quoteHost(address.host, language),
			port: String(address.port),
			'source-host': quoteHost(source?.host ?? '', language),
			'source-port': String(source?.port ?? 0),
			backlog: String(numberOf(program, 'backlog') ?? 0),
			encoding: quoteHost(encodingNames[language][encoding] ?? '', language),
			'prefix-size': String(size),
			'byte-order': quoteHost(isLittleEndian ? 'little' : 'big', language),
		},
		include(name, socket, {length: indent}) {
			if (name === 'options') {
				return optionLines({
					options, family, language, socket, indent,
				});
			}

			if (name === 'source') {
				const onFailure = form === 'short' ? 'return 1;' : 'fail("bind");';
				return source ? sourceLines({language, socket, indent}, source, protocol, onFailure) : [];
			}

			throw new Error(`A template includes ${name}, which is unknown`);
		},
	});
	const [first, ...others] = filled;
	const notes = lacks.flatMap(lack => ['', commentIn(language, lackNotes[lack])].map(text => ({text})));
	return {
		language,
		lacks,
		fileName: `${protocol}_${role}${form === 'short' ? '_short' : ''}.${extension}`,
		lines: [...(first ? [first] : []), ...notes, ...others],
	};
}

function numberOf({options = []}: Program, name: NumberOption): number | undefined {
	return options.flatMap(({option}) => option.name === name && 'value' in option ? [option.value] : []).at(0);
}

/** The options that are set by statements of their own; TCP_NODELAY is in the templates of the full form. */
function optionsIn({options = []}: Program, form: ListingForm): readonly ProgramOption[] {
	return options.filter(({option: {name}}) =>
		name !== 'backlog' && name !== 'source' && (name !== 'nodelay' || form === 'short'));
}

/** Whether a program reads or writes text: not a server whose rule takes bytes as they are. */
function hasText(program: Program): boolean {
	if (program.role === 'client') {
		return true;
	}

	const {needsWholeCharacters, answers} = kindOfRule(program.rule);
	return needsWholeCharacters || answers === 'person';
}

/** What a pane has and its program in a language does without. */
function lacksOf(program: Program, language: SourceLanguage, form: ListingForm): readonly Lack[] {
	const {framing = 'none', encoding = defaultEncoding, role, protocol} = program;
	const canWrite = encodingNames[language][encoding] !== undefined
		&& (language === 'python' || (form === 'full' && (role === 'client' || language === 'javascript')));
	return [
		...(protocol === 'tcp' && framing !== 'none' && (language !== 'python' || form === 'short') ? ['framing' as const] : []),
		...(encoding !== defaultEncoding && hasText(program) && !canWrite ? ['encoding' as const] : []),
	];
}

/** What the conditions of the templates may name, and whether it holds for a program. */
function factsOf(program: Program, {hasReply, options, lacks}: {
	readonly hasReply: boolean;
	readonly options: readonly ProgramOption[];
	readonly lacks: readonly Lack[];
}): Map<string, boolean> {
	const {address: {host, port}, protocol, framing = 'none', encoding = defaultEncoding} = program;
	const isFramed = protocol === 'tcp' && framing !== 'none' && !lacks.includes('framing');
	const kind = hostKind(host);
	const server = program.role === 'server' ? program : undefined;
	return new Map([
		...(['ipv4', 'ipv6', 'name'] as const).map(other => [other, kind === other] as const),
		['lookup', needsLookup(program.address)],
		['loopback', ['127.0.0.1', '::1', 'localhost'].includes(host)],
		['any-address', anyHosts.includes(host)],
		['any-port', port === 0],
		...namedRules.map(rule => [rule, server?.rule === rule] as const),
		// The rule answers the sender; and it answers with what its function reply() makes of the bytes.
		['answers', server !== undefined && replyTo(server.rule, new Uint8Array()) !== undefined],
		['reply', hasReply],
		// With a framing the rule gets whole messages.
		['whole-characters', server !== undefined && kindOfRule(server.rule).needsWholeCharacters && !isFramed],
		['udp', protocol === 'udp'],
		['framing', isFramed],
		['prefix', isFramed && framing !== 'line'],
		['encoding', hasText(program) && encoding !== defaultEncoding && !lacks.includes('encoding')],
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

function translationsTo(language: CommentLanguage): ReadonlyMap<string, string> {
	const table = translations.get(language) ?? readTranslations(readTemplate(`comments-${language}.txt`));
	translations.set(language, table);
	return table;
}

function readTemplate(name: string): string {
	const text = templates.get(name) ?? readFileSync(new URL(name, folder), 'utf8');
	templates.set(name, text);
	return text;
}
