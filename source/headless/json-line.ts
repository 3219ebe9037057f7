import type {Amendment} from '../log/amendment.ts';
import {
	type Address, type EventBody, type Protocol, type SocketEvent, type SocketId, type Tally, unknownElapsed,
} from '../log/event.ts';
import {type Reading, readText, utf8Reading} from '../text/encoding/codec.ts';
import {
	type Fault, faultText, type FileProblem, formatProblems,
} from '../text/files/file-problem.ts';
import type {Framing} from '../text/framing.ts';
import {type ExitCode, exitCodes} from './exit-code.ts';

/** The version of the lines: another one where a program that reads them has to change. */
const linesVersion = 1;

/** What stands at the beginning of each line. */
type Head = {
	/** The version of this format. */
	readonly version: typeof linesVersion;
	/** When it happened, by this machine's wall clock (RFC 3339, UTC). For labels: the wall clock may be set. */
	readonly time: string;
	/** The number of the line: from 0, and without gaps. */
	readonly sequence: number;
};

/** The first line: the socket is bound, or connected. */
type ReadyBody = {
	readonly type: 'ready';
	/** The subcommand. */
	readonly command: 'serve' | 'send' | 'relay';
	/** The transport protocol. */
	readonly protocol: Protocol;
	/** The address that the system has bound. */
	readonly local: Address;
	/** Where `send` sends to, and `relay` passes on to. */
	readonly peer?: Address;
	/** How `serve` answers. */
	readonly rule?: string;
	/** How the stream is cut into messages; left out where it is not. */
	readonly framing?: Framing;
	/** What text is read and written in, where that is not UTF-8. */
	readonly encoding?: string;
	/** The conditions of the simulated link, as the command line takes them. */
	readonly link: string;
	/** The seed of the link's random choices: with it they can be repeated. */
	readonly seed: number;
};

/** A payload: its bytes in base64 (RFC 4648 section 4), and as text. */
type EncodedBytes = {
	/** All bytes of the payload, in base64 (RFC 4648 section 4). */
	readonly base64: string;
	/**
	The same as text, to read: in UTF-8 or the encoding that `ready` names, with U+FFFD for what is none. A part of a
	character at the beginning or the end is none either.
	*/
	readonly text: string;
};

type ElapsedUnknown = {
	/** It answers one of several messages, and nothing tells which: there is no `elapsed`. */
	readonly isElapsedUnknown?: true;
};

type ProblemText = {
	/** What is wrong, for a person; of a file each problem in a line, `file:line:column: what is wrong`. */
	readonly problem: string;
};

/** The fields of an event as JSON has them. */
type Encoded<Body> = Body extends unknown
	? {
		readonly [Key in keyof Body as Key extends 'bytes' | 'fault' | 'problems' ? never : Key]: Body[Key];
	} & (Body extends {readonly bytes: Uint8Array} ? EncodedBytes : unknown)
	& (Body extends {readonly fault: Fault} | {readonly problems: readonly FileProblem[]} ? ProblemText : unknown)
	& (Body extends {readonly elapsed?: number} ? ElapsedUnknown : unknown)
	: never;

/** Something happened to a socket. */
type EventLineBody = Encoded<EventBody> & {
	/**
	Which pane of the scene has the socket: there is one, but for a relay, whose sockets to its target are in a second.
	*/
	readonly pane: SocketId['pane'];
	/**
	Which of the pane's sockets: 0 is its own, n is connection socket n of a server, or a relay's socket to its target
	for connection or peer n.
	*/
	readonly socket: SocketId['socket'];
	/** The number of the event, by which amendments name it. */
	readonly event: number;
	/** Milliseconds of a monotonic clock, with a fraction: durations are differences of these. */
	readonly clock: number;
};

/** What becomes known of an event later. */
type AmendmentBody = {
	readonly type: 'amendment';
	/** The number of the event. */
	readonly event: number;
} & (
	Amendment extends infer Each
		? Each extends Amendment ? {readonly change: Each['type']} & Omit<Each, 'type' | 'sequence'> : never
		: never
);

/** A number of lines is missing here: the output was read too slowly. */
type GapBody = {
	readonly type: 'gap';
	/** How many events and amendments are missing. */
	readonly missed: number;
};

/** Why it has ended. */
export type EndReason = 'answered' | 'once' | 'until' | 'time' | 'signal' | 'closed' | 'failed' | 'usage';

/** The last line, also after a failure. */
type DoneBody = {
	readonly type: 'done';
	/** What the program exits with. */
	readonly code: ExitCode;
	/**
	Why it has ended: it has its answer, or all that it waited for; `--once` or `--until` is met; the time is over; a
	signal has come; the peer, or the output's reader, has closed; something has failed; or the command line cannot be
	used.
	*/
	readonly reason: EndReason;
	/** What has failed, for a person. */
	readonly message?: string;
	/** Datagrams, or reads of streams, and their bytes. */
	readonly received: Tally;
	/** Datagrams, or writes to streams, and their bytes. */
	readonly sent: Tally;
	/** What a relay's sockets to its target have received and sent; `received` and `sent` are the clients' side. */
	readonly target?: {readonly received: Tally; readonly sent: Tally};
};

/** What a line says, without what stands at its beginning. */
export type LineBody = ReadyBody | EventLineBody | AmendmentBody | GapBody | DoneBody;

/** One line of the output with `--json`. */
export type JsonLine = Head & LineBody;

/** The fields of `done` that are not the same for every command. */
export type Done = Omit<DoneBody, 'type'>;
export type Ready = Omit<ReadyBody, 'type'>;

/** An event as a line has it. */
export function eventBody({sequence, time, ...body}: SocketEvent, reading: Reading = utf8Reading): EventLineBody {
	const fields = {event: sequence, clock: rounded(time), ...body};
	if ('elapsed' in fields && fields.elapsed !== undefined) {
		Object.assign(fields, fields.elapsed === unknownElapsed
			? {elapsed: undefined, isElapsedUnknown: true}
			: {elapsed: rounded(fields.elapsed)});
	}

	if ('bytes' in fields) {
		const {bytes, ...others} = fields;
		const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		return {...others, base64: all.toString('base64'), text: readText(bytes, reading)};
	}

	if ('problems' in fields) {
		const {problems, ...others} = fields;
		return {...others, problem: formatProblems(others.file, problems)};
	}

	if ('fault' in fields) {
		const {fault, ...others} = fields;
		return {...others, problem: faultText(fault)};
	}

	return fields;
}

/** What has become known of an event, as a line has it. */
export function amendmentBody({sequence, type, ...fields}: Amendment): AmendmentBody {
	const body = {
		type: 'amendment', event: sequence, change: type, ...fields,
	};
	return body as AmendmentBody;
}

/** A line as it is written. Characters that a terminal may take for a command, or that cannot be seen, are escaped. */
export function formatLine(time: number, sequence: number, body: LineBody): string {
	const {type, ...fields} = body;
	const line = {
		version: linesVersion, time: new Date(time).toISOString(), sequence, type, ...fields,
	};
	return `${JSON.stringify(line).replaceAll(unsafe, character =>
		String.raw`\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

/** The only line of a run whose command line cannot be used. */
export function usageLine(message: string): string {
	const nothing = {count: 0, bytes: 0};
	return formatLine(Date.now(), 0, {
		type: 'done', code: exitCodes.usage, reason: 'usage', message, received: nothing, sent: nothing,
	});
}

/** Control characters that JSON lets stand, what changes the direction of text, and what ends lines elsewhere. */
const unsafe = /[\u{7F}-\u{9F}\u{AD}\u{61C}\u{180E}\u{200B}-\u{200F}\u{2028}-\u{202E}\u{2060}-\u{206F}\u{FEFF}]/gu;

/** Microseconds are as much as the clock can tell. */
function rounded(milliseconds: number): number {
	return Math.round(milliseconds * 1000) / 1000;
}
