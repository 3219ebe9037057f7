import {isSameAddress} from '../text/address.ts';
import {
	bindCall,
	bindFailure,
	type Call,
	closeCall,
	connectFailure,
	lookupCall,
	noDelayCall,
	optionFailure,
	outcomeCall,
	sendFailure,
	socketCall,
	socketFailure,
	boundStreamCalls,
} from './calls/calls.ts';
import {optionCalls} from './calls/option-calls.ts';
import {type OptionName, optionKinds} from './calls/socket-option.ts';
import type {
	EventType, HotType, SeriesReport, SocketEvent, SocketOption,
} from './event.ts';

/**
What stands before an event: ● it begins, ○ it ends, ✗ it failed, → it goes out, ← it comes in, ≈ the link, ≡ a message
of a stream, ║ it is held.
*/
type Sign = ' ' | '●' | '○' | '✗' | '→' | '←' | '≈' | '≡' | '║';

/** How an event reads: as any other, as sent or received, as a failure, or as something to look at. */
type Tone = 'plain' | 'sent' | 'received' | 'error' | 'warning';

/**
How an event leaves its socket. `closed` and `failed` are the last of one attempt to open a socket, `bound`, `listening`
and `connecting` the first.
*/
type Stage = 'bound' | 'listening' | 'connecting' | 'connected' | 'failed' | 'closed';

/**
An arrow of the flow diagram: a `datagram`; a `chunk` of a byte stream; what was `unsent`, since the operating system
has refused it; `connect` (SYN), `connected` (SYN+ACK); `accept` and `reject` of a connection; `fin`, `reset` (RST).
*/
export type FlowArrow
	= 'datagram' | 'chunk' | 'unsent' | 'connect' | 'connected' | 'accept' | 'reject' | 'fin' | 'reset';

/**
What an event is in the flow diagram: an arrow from its socket's lane or to it, or a notice on that lane.

- `far`: the other end: the `socket` at the far end of the connection, the `listener` that a connect() goes to, the
socket or program at that `address`, the `server`; `peer` where the event names a socket of the playground
- `fate`: the fate of the arrow, where the event alone tells it; otherwise it has left
- `ends`: the arrow ends a stream or a connection, and the other end may record it as well
- `tells`: what the notice tells: an address, a port, a number of bytes
*/
export type FlowRole
	= | {
		readonly way: 'sends' | 'receives';
		readonly arrow: FlowArrow;
		readonly far: 'peer' | 'socket' | 'listener' | 'address' | 'server';
		readonly fate?: 'under-way' | 'refused';
		readonly ends?: true;
	}
	| {
		readonly way: 'notice';
		readonly mark?: Exclude<Sign, ' '>;
		readonly tells?: 'local' | 'peer' | 'conditions' | 'series' | 'report';
		/** It is the pane's, and says nothing of a socket that is open. */
		readonly isOfPane?: true;
		/** Of a UDP socket, an ECONNREFUSED is an ICMP message (udp(7)). */
		readonly isIcmp?: true;
	};

/** What the program knows of one kind of event; its fields are those of `EventBody`. */
type EventKind<Type extends EventType> = {
	readonly sign: Sign;
	readonly tone: Tone;
	/**
	It has no sentence of its own: it is a call that failed, which the failure explains, with the address in this field.
	All other kinds but the hot ones have a sentence by their name in the words of each language.
	*/
	readonly fails?: 'local' | 'peer';
	/** Values of its fields on which its sentence depends, one set for each way to say it; one way unless given. */
	readonly samples?: ReadonlyArray<Partial<EventOf<Type>>>;
	/** Of a payload that was sent or received. */
	readonly data?: {readonly unit: 'datagram' | 'chunk'; readonly isSent: boolean};
	readonly stage?: Stage;
	/** The calls that it stands for; none unless given. */
	readonly calls?: (event: EventOf<Type>, isServer: boolean) => readonly Call[];
	/** What it is in the flow diagram; nothing unless given. */
	readonly flow?: FlowRole;
};

type EventOf<Type extends EventType> = Extract<SocketEvent, {type: Type}>;

/** How many clients the kernel may hold until they are accepted (listen(2)), unless another number is asked for. */
export const defaultBacklog = 511;

/** Each option, with a value: its name is in the sentences of it. */
const optionSamples = (Object.keys(optionKinds) as OptionName[]).map((name): {readonly option: SocketOption} => ({
	option: name === 'join' || name === 'leave'
		? {name, group: '239.1.2.3'}
		: (name === 'interface' || name === 'source' ? {name} : {name, value: 1}),
}));

/** A series in which nothing was sent. */
const emptyReport: Omit<SeriesReport, 'counts' | 'end'> = {
	wanted: 0,
	sent: 0,
	answered: 0,
	lostByLink: 0,
	droppedByKernel: 0,
	failed: 0,
	waiting: 0,
	late: 0,
	outOfOrder: 0,
	duplicates: 0,
	bytesSent: 0,
	bytesAnswered: 0,
	duration: 0,
};

/**
Every kind of event. A new one has its fields in `EventBody`, its descriptor here, and a sentence in each language;
rows, calls, the flow diagram and the filter read it from here.
*/
const eventKinds = {
	'socket-bound': {
		sign: '●',
		tone: 'plain',
		stage: 'bound',
		calls({local, asked}, isServer) {
			const made = socketCall(local.host, 'SOCK_DGRAM');
			return isServer || asked
				? [made, bindCall(asked ?? local, local)]
				: [made, {...bindCall({host: local.host, port: 0}, local), note: 'library-binds'}];
		},
		flow: {way: 'notice', mark: '●', tells: 'local'},
	},
	'bind-failed': {
		sign: '✗',
		tone: 'error',
		fails: 'local',
		stage: 'failed',
		calls: ({local, failure}) => bindFailure(local, failure, 'SOCK_DGRAM'),
		flow: {way: 'notice', mark: '✗', tells: 'local'},
	},
	'datagram-sent': {
		sign: '→',
		tone: 'sent',
		data: {unit: 'datagram', isSent: true},
		calls({length, peer, fate}) {
			const call: Call = {name: 'sendto', arguments: [{bytes: length}, peer]};
			return [fate?.type === 'lost' ? {...call, note: 'lost-by-link'} : call];
		},
		flow: {way: 'sends', arrow: 'datagram', far: 'peer'},
	},
	'datagram-received': {
		sign: '←',
		tone: 'received',
		data: {unit: 'datagram', isSent: false},
		calls: ({length, peer}) => [{name: 'recvfrom', arguments: [], result: [{bytes: length}, peer]}],
		flow: {way: 'receives', arrow: 'datagram', far: 'peer'},
	},
	'send-failed': {
		sign: '✗',
		tone: 'error',
		fails: 'peer',
		calls: ({peer, length, failure}) => sendFailure(peer, length, failure),
		flow: {
			way: 'sends', arrow: 'unsent', far: 'address', fate: 'refused',
		},
	},
	'listening-started': {
		sign: '●',
		tone: 'plain',
		stage: 'listening',
		samples: [{}, {backlog: 1}],
		calls: ({local, asked, backlog = defaultBacklog}) =>
			[...boundStreamCalls(asked ?? local, local), {name: 'listen', arguments: [backlog]}],
		flow: {way: 'notice', mark: '●', tells: 'local'},
	},
	'listen-failed': {
		sign: '✗',
		tone: 'error',
		fails: 'local',
		stage: 'failed',
		calls: ({local, failure}) => bindFailure(local, failure, 'SOCK_STREAM'),
		flow: {way: 'notice', mark: '✗', tells: 'local'},
	},
	'connection-accepted': {
		sign: '●',
		tone: 'plain',
		stage: 'connected',
		calls: ({socket, peer, delays}) => [
			{name: 'accept', arguments: [], result: [{connection: socket}, peer]}, ...(delays ? [] : [noDelayCall]),
		],
		flow: {way: 'receives', arrow: 'accept', far: 'server'},
	},
	'connection-rejected': {
		sign: '✗',
		tone: 'error',
		samples: [{}, {cause: 'files'}, {cause: 'files', count: 2}],
		// The system no longer knows the address of a peer that is gone.
		calls: ({peer, cause}) => [
			{
				name: 'accept',
				arguments: [],
				...(peer.host !== '' && {result: [peer]}),
				note: cause === 'files' ? 'files-run-out' : 'limit-reached',
			},
			closeCall,
		],
		flow: {
			way: 'sends', arrow: 'reject', far: 'address', fate: 'refused',
		},
	},
	'connect-started': {
		sign: ' ',
		tone: 'plain',
		stage: 'connecting',
		calls: ({peer, source}) => [
			...(source ? boundStreamCalls(source) : [socketCall(peer.host, 'SOCK_STREAM')]),
			{name: 'connect', arguments: [peer], note: 'in-progress'},
		],
		flow: {
			way: 'sends', arrow: 'connect', far: 'listener', fate: 'under-way',
		},
	},
	'connection-opened': {
		sign: '●',
		tone: 'plain',
		stage: 'connected',
		samples: [{}, {local: {host: '127.0.0.1', port: 1}, peer: {host: '127.0.0.1', port: 1}}],
		calls: ({peer, local, delays}) => [
			{...outcomeCall, result: [0], note: isSameAddress(local, peer) ? 'to-itself' : 'handshake-done'},
			...(delays ? [] : [noDelayCall]),
		],
		flow: {way: 'receives', arrow: 'connected', far: 'listener'},
	},
	'connect-failed': {
		sign: '✗',
		tone: 'error',
		fails: 'peer',
		stage: 'failed',
		calls: ({peer, failure, progress, source}) => connectFailure(peer, failure, progress, source),
		// An arrow where a connect() was made: a name that was not found has no address to send to.
		flow: {way: 'notice', mark: '✗', tells: 'peer'},
	},
	'chunk-sent': {
		sign: '→',
		tone: 'sent',
		data: {unit: 'chunk', isSent: true},
		calls: ({length}) => [{name: 'send', arguments: [{bytes: length}]}],
		flow: {way: 'sends', arrow: 'chunk', far: 'peer'},
	},
	'chunk-received': {
		sign: '←',
		tone: 'received',
		data: {unit: 'chunk', isSent: false},
		calls: ({length}) => [{name: 'recv', arguments: [], result: [{bytes: length}]}],
		flow: {way: 'receives', arrow: 'chunk', far: 'peer'},
	},
	'message-received': {sign: '≡', tone: 'received'},
	'framing-failed': {
		sign: '✗',
		tone: 'warning',
		samples: [
			{cause: 'too-long'},
			{cause: 'too-long', framing: 'line'},
			{cause: 'unfinished'},
			{cause: 'unfinished', framing: 'line'},
			{cause: 'unfinished', limit: 9},
			{cause: 'unsendable'},
		],
	},
	'framing-changed': {sign: ' ', tone: 'plain', samples: [{framing: 'line'}, {framing: 'none'}, {framing: 'u16be'}]},
	'encoding-changed': {sign: ' ', tone: 'plain', samples: [{encoding: 'euc-kr'}]},
	'fin-sent': {
		sign: '→',
		tone: 'sent',
		calls: ({isByClose}) => isByClose ? [] : [{name: 'shutdown', arguments: ['SHUT_WR']}],
		flow: {
			way: 'sends', arrow: 'fin', far: 'socket', ends: true,
		},
	},
	'fin-received': {
		sign: '←',
		tone: 'received',
		samples: [{}, {closesToo: true}],
		calls: () => [{
			name: 'recv', arguments: [], result: [{bytes: 0}], note: 'peer-finished',
		}],
		flow: {
			way: 'receives', arrow: 'fin', far: 'socket', ends: true,
		},
	},
	'reset-received': {
		sign: '✗',
		tone: 'error',
		samples: [{}, {cause: 'reset'}, {cause: 'unread'}],
		calls: ({failure}) => socketFailure(failure),
		flow: {
			way: 'receives', arrow: 'reset', far: 'socket', ends: true,
		},
	},
	'socket-failed': {
		sign: '✗',
		tone: 'error',
		fails: 'peer',
		calls: ({failure, source}) => source ? bindFailure(source, failure, 'SOCK_DGRAM') : socketFailure(failure),
		flow: {way: 'notice', mark: '✗', isIcmp: true},
	},
	'reset-sent': {
		sign: '→',
		tone: 'error',
		// A linger time of 0 turns the close into a reset (socket(7)).
		calls: () => [
			{name: 'setsockopt', arguments: ['SOL_SOCKET', 'SO_LINGER', '(1, 0)']},
			{...closeCall, note: 'sends-reset'},
		],
		flow: {
			way: 'sends', arrow: 'reset', far: 'socket', ends: true,
		},
	},
	'peer-set': {
		sign: '●',
		tone: 'plain',
		calls: ({peer, local}) =>
			[{
				name: 'connect', arguments: [peer], result: [local], note: 'no-handshake',
			}],
		flow: {way: 'notice', tells: 'peer'},
	},
	'leg-opened': {sign: ' ', tone: 'plain'},
	'leg-expired': {sign: ' ', tone: 'plain'},
	'message-held': {
		sign: '║',
		tone: 'warning',
		samples: [{}, {end: 'fin'}, {end: 'reset'}, {isPaused: true}],
		flow: {way: 'notice', mark: '║'},
	},
	'held-edited': {
		sign: '║', tone: 'warning', samples: [{}, {isStream: true}], flow: {way: 'notice', mark: '║'},
	},
	'held-released': {
		sign: '║',
		tone: 'plain',
		samples: [{}, {cause: 'off'}, {cause: 'full'}, {before: 3}, {end: 'fin'}, {end: 'reset'}, {isResumed: true}],
		flow: {way: 'notice', mark: '║'},
	},
	'held-dropped': {
		sign: '✗',
		tone: 'warning',
		samples: [
			{cause: 'hand'},
			{cause: 'hand', isStream: true},
			{cause: 'closed'},
			{cause: 'closed', end: 'fin'},
			{cause: 'closed', end: 'reset'},
			{isResumed: true},
		],
		flow: {way: 'notice', mark: '✗'},
	},
	'move-failed': {
		sign: '✗',
		tone: 'error',
		samples: [{}, {isReopened: true}],
		calls: ({local, failure, made}) => bindFailure(local, failure, made),
	},
	'answer-withheld': {sign: '✗', tone: 'warning', samples: [{}, {repeats: 10_000}]},
	'rules-loaded': {sign: ' ', tone: 'plain', samples: [{entries: 3}, {entries: undefined}]},
	'rules-rejected': {sign: '✗', tone: 'error', samples: [{isKept: true}, {isKept: false}]},
	'rule-failed': {
		sign: '✗', tone: 'error', samples: [{cause: 'thrown'}, {cause: 'slow'}, {cause: 'late'}],
	},
	'rule-printed': {sign: ' ', tone: 'plain', samples: [{}]},
	'option-set': {
		sign: ' ',
		tone: 'plain',
		samples: optionSamples,
		calls: event => optionCalls(event.option, event),
	},
	'option-failed': {
		sign: '✗',
		tone: 'error',
		samples: optionSamples,
		calls: event => optionFailure(optionCalls(event.option, event), event.failure),
	},
	'option-chosen': {sign: ' ', tone: 'plain', samples: optionSamples},
	'name-found': {
		sign: ' ',
		tone: 'plain',
		samples: [{hosts: ['127.0.0.1']}, {hosts: ['127.0.0.1', '::1']}],
		calls: ({name, hosts}) => [lookupCall(name, hosts)],
	},
	'reading-stopped': {sign: ' ', tone: 'warning', flow: {way: 'notice'}},
	'reading-resumed': {sign: ' ', tone: 'plain', flow: {way: 'notice'}},
	'backpressure-started': {sign: '✗', tone: 'warning', flow: {way: 'notice'}},
	'backpressure-ended': {sign: ' ', tone: 'plain', flow: {way: 'notice'}},
	'send-refused': {sign: '✗', tone: 'error', flow: {way: 'notice', mark: '✗'}},
	'socket-closed': {
		sign: '○',
		tone: 'plain',
		stage: 'closed',
		samples: [{}, {discarded: 0.1}, {hasUnread: true}],
		// A UDP client that has sent nothing has no socket in the system yet.
		calls({local, peer, hasUnread, isReset}, isServer) {
			if (isReset) {
				return [];
			}

			return isServer || local || peer ? [hasUnread ? {...closeCall, note: 'unread-data'} : closeCall] : [];
		},
		flow: {way: 'notice', mark: '○'},
	},
	'rule-changed': {sign: ' ', tone: 'plain'},
	'closing-changed': {
		sign: ' ', tone: 'plain', samples: [{closeAfterReply: true}, {closeAfterReply: false}],
	},
	'reply-unchanged': {sign: ' ', tone: 'warning'},
	'destination-changed': {sign: ' ', tone: 'plain'},
	'link-changed': {
		sign: '≈',
		tone: 'warning',
		flow: {
			way: 'notice', mark: '≈', tells: 'conditions', isOfPane: true,
		},
	},
	'loss-ordered': {sign: '≈', tone: 'warning', flow: {way: 'notice', mark: '≈', isOfPane: true}},
	'series-started': {
		sign: ' ',
		tone: 'plain',
		samples: [{}, {count: 0}, {count: 0, rate: 1}, {count: 0, rate: 0.1}],
		flow: {way: 'notice', tells: 'series', isOfPane: true},
	},
	'series-ended': {
		sign: ' ',
		tone: 'plain',
		samples: (['answers', 'arrivals'] as const).flatMap(counts =>
			(['done', 'stopped', 'client-closed'] as const).map(end => ({report: {...emptyReport, counts, end}}))),
		flow: {way: 'notice', tells: 'report', isOfPane: true},
	},
	'file-ended': {
		sign: ' ',
		tone: 'plain',
		samples: [{isSent: true, reason: 'done', size: 9}, ...[true, false].flatMap(isSent =>
			(['done', 'stopped', 'closed', 'failed'] as const).map(reason => ({isSent, reason})))],
	},
	'sequence-ended': {
		sign: ' ',
		tone: 'plain',
		samples: (['done', 'stopped', 'closed', 'failed'] as const).map(reason => ({reason})),
	},
} as const satisfies {readonly [Type in EventType]: EventKind<Type>};

/** Kinds of events that the failure of a call explains. */
type FailureType = {
	[Type in EventType]: (typeof eventKinds)[Type] extends {readonly fails: string} ? Type : never;
}[EventType];

/** Kinds of events that have a sentence of their own. */
export type SentenceType = Exclude<EventType, HotType | FailureType>;

/** Kinds of events that are notices of the flow diagram. */
export type NoticeType = {
	[Type in EventType]: (typeof eventKinds)[Type] extends {readonly flow: {readonly way: 'notice'}} ? Type : never;
}[EventType];

/** All kinds of events. */
export const eventTypes = Object.keys(eventKinds) as readonly EventType[];

/** What is known of a kind of event, whichever it is. */
export type AnyEventKind = Omit<EventKind<EventType>, 'calls' | 'samples'> & {
	readonly samples?: ReadonlyArray<Partial<SocketEvent>>;
	readonly calls?: (event: SocketEvent, isServer: boolean) => readonly Call[];
};

/** The descriptor of a kind of event. */
export function kindOf(type: EventType): AnyEventKind {
	// The calls of a descriptor take the events of its own kind, which the caller has it from.
	return eventKinds[type] as AnyEventKind;
}
