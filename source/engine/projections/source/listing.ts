import type {PlaygroundOptions, Protocol} from '../../door/command.ts';
import type {Address} from '../../events/event.ts';
import type {CallName} from '../../../views/call.ts';
import {cClient} from './c-client.ts';
import {cTcpServer} from './c-tcp-server.ts';
import {cUdpServer} from './c-udp-server.ts';
import {javascriptClient} from './javascript-client.ts';
import {javascriptTcpServer} from './javascript-tcp-server.ts';
import {javascriptUdpServer} from './javascript-udp-server.ts';
import {pythonClient} from './python-client.ts';
import {pythonTcpServer} from './python-tcp-server.ts';
import {pythonUdpServer} from './python-udp-server.ts';
import type {SourceLanguage} from './languages.ts';
import {readMarked} from './marked-text.ts';

/** A server as a program: what it binds, and what it does with what it receives. */
export type ServerProgram = {
	readonly role: 'server';
	readonly protocol: Protocol;
	/** What it binds; with port 0 the system picks one. */
	readonly address: Address;
	readonly rule: PlaygroundOptions['reply'];
	/** TCP only. */
	readonly closeAfterReply: boolean;
};

/** A client as a program: it sends what is typed, and prints what comes. */
export type ClientProgram = {
	readonly role: 'client';
	readonly protocol: Protocol;
	/** Where it sends, or connects. */
	readonly address: Address;
};

/** What a pane's program is: role, address, rule. */
export type Program = ServerProgram | ClientProgram;

/** A line, and the Berkeley calls that happen in it. */
export type ListingLine = {readonly text: string; readonly calls?: readonly CallName[]};

/** A whole program in one language. Its lines take at most 75 columns; a call that takes several lines is marked on its first. */
export type Listing = {
	readonly language: SourceLanguage;
	/** Such as `udp_server.py`, `udp_client.mjs`, `tcp_server.c`. */
	readonly fileName: string;
	readonly lines: readonly ListingLine[];
};

const extensions: Readonly<Record<SourceLanguage, string>> = {python: 'py', javascript: 'mjs', c: 'c'};

/**
The program that a pane is, written out: complete, and with its address, port and reply rule filled in. Each call that the role makes
is marked on exactly one line; a server that answers nothing (discard) has no sendto() or send(), and so no mark for it.
*/
export function projectListing(program: Program, language: SourceLanguage): Listing {
	return {
		language,
		fileName: `${program.protocol}_${program.role}.${extensions[language]}`,
		lines: readMarked(markedText(program, language)),
	};
}

function markedText(program: Program, language: SourceLanguage): string {
	switch (language) {
		case 'python': {
			return program.role === 'client' ? pythonClient(program) : (program.protocol === 'udp' ? pythonUdpServer(program) : pythonTcpServer(program));
		}

		case 'javascript': {
			return program.role === 'client' ? javascriptClient(program) : (program.protocol === 'udp' ? javascriptUdpServer(program) : javascriptTcpServer(program));
		}

		case 'c': {
			return program.role === 'client' ? cClient(program) : (program.protocol === 'udp' ? cUdpServer(program) : cTcpServer(program));
		}

		default: {
			return language satisfies never;
		}
	}
}
