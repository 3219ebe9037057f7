import type {Address} from '../log/event.ts';
import {familyOf} from '../text/address.ts';
import type {SourceLanguage} from './languages.ts';

/** How a host is written: as an IPv4 or IPv6 address, or as something that must be looked up first. */
type HostKind = 'ipv4' | 'ipv6' | 'name';

const kinds: Readonly<Record<0 | 4 | 6, HostKind>> = {0: 'name', 4: 'ipv4', 6: 'ipv6'};

/** Tell a host's kind. A zone (`fe80::1%eth0`) is part of an IPv6 address. */
export function hostKind(host: string): HostKind {
	return kinds[familyOf(host)];
}

/** Whether the address has to be looked up before there can be a socket: a name, or an IPv6 address with a zone. */
export function needsLookup({host}: Address): boolean {
	return hostKind(host) === 'name' || host.includes('%');
}

/** How many columns one literal may take, its quotes not counted. */
const most = 44;

/** How a string goes on in the next line. */
const continuations: Readonly<Record<SourceLanguage, string>> = {
	python: ' \\\n    ', javascript: ' +\n  ', c: '\n    ',
};

/** A host as a string of a language, in several lines where it is long. A name comes in its ASCII form (RFC 5891). */
export function quoteHost(host: string, language: SourceLanguage): string {
	// Only a name can have other than ASCII letters. What is no name of a host stays as it is.
	const ascii = /^[\u0000-\u007F]*$/.test(host) ? host : asciiName(host);
	const mark = language === 'javascript' ? '\'' : '"';
	const literals = [''];
	for (const character of ascii) {
		const part = escapeCharacter(character, mark, language);
		const literal = literals.pop() ?? '';
		literals.push(...(literal.length + part.length > most ? [literal, part] : [literal + part]));
	}

	return literals.map(literal => mark + literal + mark).join(continuations[language]);
}

/** Node 22.0 has no URL.parse, which would not throw. */
function asciiName(name: string): string {
	try {
		return new URL(`http://${name}`).hostname;
	} catch {
		return name;
	}
}

function escapeCharacter(character: string, mark: string, language: SourceLanguage): string {
	// Two question marks can begin a trigraph in C (C11 5.2.1.1).
	if (character === mark || character === '\\' || (character === '?' && language === 'c')) {
		return `\\${character}`;
	}

	return /^[ -~]$/.test(character) ? character : escapes[language](character);
}

const hexOf = (character: string): string => (character.codePointAt(0) ?? 0).toString(16);

const escapes: Readonly<Record<SourceLanguage, (character: string) => string>> = {
	python: character => String.raw`\U${hexOf(character).padStart(8, '0')}`,
	javascript: character => String.raw`\u{${hexOf(character)}}`,
	// Three octal digits end an escape, before any character; hexadecimal ones have no such limit (C11 6.4.4.4).
	c: character => Array.from(Buffer.from(character), byte => `\\${byte.toString(8).padStart(3, '0')}`).join(''),
};
