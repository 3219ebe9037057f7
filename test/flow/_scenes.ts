import type {
	Address, EventType, EventBody, PaneId, SocketEvent, SocketNumber,
} from '../../source/log/event.ts';
import type {SeriesReport} from '../../source/log/reports.ts';
import type {
	Arrival, DatagramLinkFate, LinkPassage, StreamLinkFate,
} from '../../source/log/delivery/link-fate.ts';
import {labelOfStep, markText} from '../../source/flow/drawing/label.ts';
import {projectFlow} from '../../source/flow/projection/project.ts';
import type {FlowLine} from '../../source/flow/drawing/columns.ts';
import type {Flow, FlowScene, FlowStep} from '../../source/flow/step.ts';
import type {DrawnFlow} from '../../source/flow/drawing/terminal.ts';
import {flowEn as words} from '../../source/screen/words/panes/flow-words.ts';
import {visibleBytes} from '../../source/text/width/visible.ts';

export {flowEn as words} from '../../source/screen/words/panes/flow-words.ts';

/** The server's pane; clients 1, 2, 3 ... have the panes 1, 2, 3 ... */
export const server: PaneId = 100;
export const serverAt: Address = {host: '127.0.0.1', port: 12_000};
export const stranger: Address = {host: '127.0.0.1', port: 5555};

export function clientAt(number: number): Address {
	return {host: '127.0.0.1', port: 51_000 + number};
}

export function sceneOf(protocol: 'udp' | 'tcp', clients = 2): FlowScene {
	return {
		protocol,
		server: {pane: server, local: serverAt},
		clients: Array.from({length: clients}, (_, index) => ({pane: index + 1, number: index + 1})),
	};
}

/** The same scene with a server that was never bound. */
export function neverBound(scene: FlowScene): FlowScene {
	return {...scene, server: {pane: server}};
}

/** What happened to a socket: its pane, the event, and which of the pane's sockets it was. */
export type Told = readonly [pane: PaneId, eventBody: EventBody, socket?: SocketNumber];

/** Events in their order, a millisecond apart. */
export function eventsOf(...told: readonly Told[]): SocketEvent[] {
	return told.map(([pane, eventBody, socket = 0], sequence) => ({
		...eventBody, pane, socket, sequence, time: new Date(2024, 0, 2, 3, 4, 5).getTime() + sequence,
	}));
}

/** The newest steps of events that are given oldest first. */
export function flowOf(events: readonly SocketEvent[], scene: FlowScene, rows = 100, most?: number): Flow {
	return projectFlow(events.toReversed(), scene, rows, most);
}

export function sent(
	number: number,
	text: string,
	{to = 0, arrival, fate}: {to?: PaneId; arrival?: Arrival; fate?: DatagramLinkFate} = {},
): EventBody {
	const peer = to === 0 ? stranger : (to === server ? serverAt : clientAt(to));
	return {
		type: 'datagram-sent',
		peer,
		number,
		...payload(text),
		...(to !== 0 && {far: {pane: to, socket: 0}}),
		arrival,
		fate,
	};
}

export function received(
	number: number,
	text: string,
	{from = 0, write, passage}: {from?: PaneId; write?: number; passage?: LinkPassage} = {},
): EventBody {
	const peer = from === 0 ? stranger : (from === server ? serverAt : clientAt(from));
	return {
		type: 'datagram-received',
		peer,
		number,
		isThirdParty: false,
		...payload(text),
		...(from !== 0 && {far: {pane: from, socket: 0}}),
		write,
		passage,
	};
}

/** A datagram that has come through the simulated link whole, once, with this delay. */
export function passedIn(
	delay: number,
	more: Partial<Extract<DatagramLinkFate, {type: 'passed'}>> = {},
): DatagramLinkFate {
	return {
		type: 'passed',
		copies: [{delay}],
		isHeldBack: false,
		onTheLink: 0,
		discarded: 0,
		overtakenBy: undefined,
		...more,
	};
}

/** Client n asks, the server answers: four events, two arrows. */
export function exchange(client: PaneId, number: number, request: string, answer: string): [Told, Told, Told, Told] {
	return [
		[client, sent(number, request, {to: server, arrival: {type: 'read', number}})],
		[server, received(number, request, {from: client, write: number})],
		[server, sent(number, answer, {to: client, arrival: {type: 'read', number}})],
		[client, received(number, answer, {from: server, write: number})],
	];
}

/** Client n connects, and becomes connection n. */
export function handshake(client: PaneId): Told[] {
	return [
		[client, {type: 'connect-started', peer: serverAt}],
		[client, {type: 'connection-opened', peer: serverAt, local: clientAt(client)}],
		[server, {type: 'connection-accepted', peer: clientAt(client), local: serverAt}, client],
	];
}

type Piece = {readonly number: number; readonly offset: number; readonly text: string; readonly fate?: StreamLinkFate};

/** A write or a read on the connection of client n, at the client or at connection socket n. */
export function chunk(
	type: 'chunk-sent' | 'chunk-received',
	client: PaneId,
	at: 'client' | 'connection',
	{number, offset, text, fate}: Piece,
): Told {
	const isClient = at === 'client';
	return [
		isClient ? client : server,
		{
			type,
			number,
			offset,
			peer: isClient ? serverAt : clientAt(client),
			far: isClient ? {pane: server, socket: client} : {pane: client, socket: 0},
			...payload(text),
			...(fate && {fate}),
		},
		isClient ? 0 : client,
	];
}

export function payload(text: string): {bytes: Uint8Array; length: number} {
	const bytes = Uint8Array.from(Buffer.from(text));
	return {bytes, length: bytes.length};
}

export const refused = {code: 'ECONNREFUSED', syscall: 'connect', message: 'connect ECONNREFUSED'};

/** A step in short: `client:1 datagram arrived server 2 "hi"`. */
function brief(step: FlowStep): string {
	const {
		from, to, kind, part, mark, isByKernel, isInferred, length, bytes, note, code, count, hasMore,
	} = step;
	return [
		from.lane,
		isByKernel && 'K',
		kind,
		isInferred && 'inferred',
		part,
		mark && markText(mark),
		...(to ? [to.fate, to.lane] : []),
		length,
		bytes && `"${visibleBytes(bytes, 60, bytes.length === length).text}"`,
		note && (labelOfStep(step, words).note || labelOfStep(step, words).link[0]),
		code,
		count > 1 ? `× ${count}${hasMore ? '+' : ''}` : undefined,
	].filter(told => told !== undefined).join(' ');
}

export function briefs({steps}: Flow): string[] {
	return steps.map(step => brief(step));
}

export function textOf(line: FlowLine): string {
	return line.map(({text}) => text).join('');
}

export function textsOf({header, lines}: DrawnFlow): string[] {
	return [...header, ...lines].map(line => textOf(line).trimEnd());
}

/** What became of a thousand messages. */
const report: SeriesReport = {
	counts: 'answers',
	wanted: 1000,
	sent: 1000,
	answered: 940,
	lostByLink: 50,
	droppedByKernel: 0,
	failed: 0,
	waiting: 10,
	late: 0,
	outOfOrder: 0,
	duplicates: 0,
	bytesSent: 4000,
	bytesAnswered: 3760,
	duration: 1000,
	end: 'done',
};

/** One event of every type, on a client's or the server's socket. */
export const everyType: Readonly<Record<EventType, Told>> = {
	'socket-bound': [server, {type: 'socket-bound', local: serverAt}],
	'bind-failed': [
		server,
		{type: 'bind-failed', local: serverAt, failure: {code: 'EADDRINUSE', syscall: 'bind', message: ''}},
	],
	'datagram-sent': [1, sent(1, 'hi', {to: server, arrival: {type: 'read', number: 1}})],
	'datagram-received': [server, received(1, 'hi')],
	'send-failed': [
		1,
		{
			type: 'send-failed',
			peer: stranger,
			...payload('hi'),
			failure: {code: 'EMSGSIZE', syscall: 'send', message: ''},
		},
	],
	'listening-started': [server, {type: 'listening-started', local: serverAt}],
	'listen-failed': [
		server,
		{type: 'listen-failed', local: serverAt, failure: {code: 'EACCES', syscall: 'listen', message: ''}},
	],
	'connection-accepted': [server, {type: 'connection-accepted', peer: stranger, local: serverAt}, 3],
	'connection-rejected': [server, {type: 'connection-rejected', peer: stranger, limit: 1000}],
	'connect-started': [1, {type: 'connect-started', peer: stranger}],
	'connection-opened': [1, {type: 'connection-opened', peer: stranger, local: clientAt(1)}],
	'connect-failed': [1, {type: 'connect-failed', peer: stranger, failure: refused}],
	'chunk-sent': [
		1,
		{
			type: 'chunk-sent',
			peer: stranger,
			number: 1,
			offset: 0,
			...payload('hi'),
		},
	],
	'chunk-received': [
		1,
		{
			type: 'chunk-received',
			peer: stranger,
			number: 1,
			offset: 0,
			...payload('hi'),
		},
	],
	'fin-sent': [1, {type: 'fin-sent', peer: stranger}],
	'fin-received': [1, {type: 'fin-received', peer: stranger}],
	'reset-received': [1, {type: 'reset-received', peer: stranger, failure: {code: 'ECONNRESET', syscall: 'read', message: ''}}],
	'socket-failed': [1, {type: 'socket-failed', failure: {code: 'EPIPE', syscall: 'write', message: ''}}],
	'backpressure-started': [server, {type: 'backpressure-started', peer: stranger, waiting: 2_000_000}, 3],
	'backpressure-ended': [server, {type: 'backpressure-ended', peer: stranger}, 3],
	'send-refused': [
		server,
		{
			type: 'send-refused',
			peer: stranger,
			length: 5,
			waiting: 2_000_000,
		},
	],
	'socket-closed': [1, {type: 'socket-closed', discarded: 7}],
	'reset-sent': [1, {type: 'reset-sent', peer: stranger}],
	'leg-opened': [1, {type: 'leg-opened', peer: stranger, target: serverAt}],
	'leg-expired': [1, {type: 'leg-expired', peer: stranger, silence: 60_000}],
	'message-held': [server, {
		type: 'message-held', peer: stranger, held: 3, length: 5,
	}, 3],
	'held-edited': [server, {
		type: 'held-edited', peer: stranger, held: 3, before: 5, length: 7,
	}, 3],
	'held-released': [server, {
		type: 'held-released', peer: stranger, held: 3, length: 7, after: 1200,
	}, 3],
	'held-dropped': [server, {
		type: 'held-dropped', peer: stranger, held: 3, length: 5, after: 1200, cause: 'hand',
	}, 3],
	'answer-withheld': [server, {type: 'answer-withheld', peer: serverAt}],
	'move-failed': [server, {
		type: 'move-failed', local: stranger, failure: refused, made: 'SOCK_DGRAM',
	}],
	'rules-loaded': [server, {type: 'rules-loaded', file: 'rules.yaml', entries: 3}],
	'rules-rejected': [server, {
		type: 'rules-rejected', file: 'rules.yaml', problems: [{line: 3, column: 5, fault: ['said', 'no such key']}], isKept: true,
	}],
	'rule-failed': [server, {
		type: 'rule-failed', peer: serverAt, cause: 'thrown', fault: ['said', 'TypeError'],
	}],
	'option-set': [1, {type: 'option-set', option: {name: 'broadcast', value: 1}, family: 4}],
	'option-failed': [1, {
		type: 'option-failed', option: {name: 'join', group: '239.1.2.3'}, family: 4, failure: {code: 'ENODEV', syscall: 'addMembership', message: ''},
	}],
	'option-chosen': [1, {type: 'option-chosen', option: {name: 'ttl', value: 3}}],
	'name-found': [1, {type: 'name-found', name: 'localhost', hosts: ['127.0.0.1', '::1']}],
	'peer-set': [1, {type: 'peer-set', peer: stranger, local: clientAt(1)}],
	'reading-stopped': [server, {type: 'reading-stopped', peer: stranger}, 3],
	'reading-resumed': [server, {type: 'reading-resumed', peer: stranger}, 3],
	'link-changed': [1, {type: 'link-changed', conditions: 'loss 30 %', seed: 7}],
	'loss-ordered': [1, {type: 'loss-ordered'}],
	'series-started': [1, {type: 'series-started', count: 1000, rate: 10}],
	'series-ended': [1, {type: 'series-ended', report}],
	'message-received': [1, {
		type: 'message-received',
		peer: stranger,
		message: 2,
		length: 5,
		bytes: Buffer.from('Hello'),
		frame: {offset: 7, length: 7},
		reads: {first: 2, last: 4},
	}],
	'framing-failed': [1, {
		type: 'framing-failed', peer: stranger, framing: 'u16be', cause: 'unfinished', limit: 7, length: 3,
	}],
	'rule-printed': [server, {type: 'rule-printed', text: 'a line'}],
	'encoding-changed': [1, {type: 'encoding-changed', encoding: 'euc-kr'}],
	'framing-changed': [1, {type: 'framing-changed', framing: 'line'}],
	'file-ended': [1, {
		type: 'file-ended', path: 'notes.txt', isSent: true, moved: 5, reason: 'done',
	}],
	'sequence-ended': [1, {
		type: 'sequence-ended', name: 'login', count: 3, reason: 'stopped',
	}],
	'rule-changed': [server, {type: 'rule-changed', rule: 'echo'}],
	'reply-unchanged': [server, {type: 'reply-unchanged'}],
	'closing-changed': [server, {type: 'closing-changed', closeAfterReply: true}],
	'destination-changed': [1, {type: 'destination-changed', destination: '127.0.0.1:5555'}],
};

/** A file of these lines. */
export function whole(lines: Iterable<string>): string {
	return [...lines].join('\n');
}
