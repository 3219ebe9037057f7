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
	EventType, HotType, SocketOption,
} from './event.ts';
import type {AnyEventKind, EventKind} from './event-descriptor.ts';
import {noMessages} from './reports.ts';

/** How many clients the kernel may hold until they are accepted (listen(2)), unless another number is asked for. */
export const defaultBacklog = 511;

/** Each option, with a value: its name is in the sentences of it. */
const optionSamples = (Object.keys(optionKinds) as OptionName[]).map((name): {readonly option: SocketOption} => ({
	option: name === 'join' || name === 'leave'
		? {name, group: '239.1.2.3'}
		: (name === 'interface' || name === 'source' ? {name} : {name, value: 1}),
}));

/**
Every kind of event. A new one has its fields in `EventBody`, its descriptor here, and a sentence in each language;
rows, calls, the flow diagram and the filter read it from here.
*/
const eventKinds = {
	'socket-bound': {
		sign: '●',
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
		flow: {way: 'sends', arrow: 'unsent', far: 'address'},
	},
	'listening-started': {
		sign: '●',
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
		flow: {way: 'sends', arrow: 'reject', far: 'address'},
	},
	'connect-started': {
		stage: 'connecting',
		calls: ({peer, source}) => [
			...(source ? boundStreamCalls(source) : [socketCall(peer.host, 'SOCK_STREAM')]),
			{name: 'connect', arguments: [peer], note: 'in-progress'},
		],
		flow: {way: 'sends', arrow: 'connect', far: 'listener'},
	},
	'connection-opened': {
		sign: '●',
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
			{cause: 'no-room'},
			{cause: 'unsendable'},
		],
	},
	'framing-changed': {samples: [{framing: 'line'}, {framing: 'none'}, {framing: 'u16be'}]},
	'encoding-changed': {samples: [{encoding: 'euc-kr'}]},
	'fin-sent': {
		sign: '→',
		tone: 'sent',
		calls: ({isByClose}) => isByClose ? [] : [{name: 'shutdown', arguments: ['SHUT_WR']}],
		flow: {way: 'sends', arrow: 'fin', far: 'socket'},
	},
	'fin-received': {
		sign: '←',
		tone: 'received',
		samples: [{}, {closesToo: true}],
		calls: () => [{
			name: 'recv', arguments: [], result: [{bytes: 0}], note: 'peer-finished',
		}],
		flow: {way: 'receives', arrow: 'fin', far: 'socket'},
	},
	'reset-received': {
		sign: '✗',
		tone: 'error',
		samples: [{}, {cause: 'reset'}, {cause: 'unread'}],
		calls: ({failure, isTold}) => isTold ? [] : socketFailure(failure),
		flow: {way: 'receives', arrow: 'reset', far: 'socket'},
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
		flow: {way: 'sends', arrow: 'reset', far: 'socket'},
	},
	'peer-set': {
		sign: '●',
		calls: ({peer, local}) =>
			[{
				name: 'connect', arguments: [peer], result: [local], note: 'no-handshake',
			}],
		flow: {way: 'notice', tells: 'peer'},
	},
	'leg-opened': {},
	'leg-expired': {},
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
	'rules-loaded': {samples: [{entries: 3}, {entries: undefined}]},
	'rules-rejected': {sign: '✗', tone: 'error', samples: [{isKept: true}, {isKept: false}]},
	'rule-failed': {
		sign: '✗',
		tone: 'error',
		samples: [{cause: 'thrown'}, {cause: 'slow'}, {cause: 'late'}, {cause: 'late', count: 5000}, {cause: 'full'}],
	},
	'rule-printed': {samples: [{}]},
	'option-set': {
		samples: optionSamples,
		calls: event => optionCalls(event.option, event),
	},
	'option-failed': {
		sign: '✗',
		tone: 'error',
		samples: optionSamples,
		calls: event => optionFailure(optionCalls(event.option, event), event.failure),
	},
	'option-chosen': {samples: optionSamples},
	'name-found': {
		samples: [{hosts: ['127.0.0.1']}, {hosts: ['127.0.0.1', '::1']}],
		calls: ({name, hosts}) => [lookupCall(name, hosts)],
	},
	'reading-stopped': {tone: 'warning', flow: {way: 'notice'}},
	'reading-resumed': {flow: {way: 'notice'}},
	'backpressure-started': {sign: '✗', tone: 'warning', flow: {way: 'notice'}},
	'backpressure-ended': {flow: {way: 'notice'}},
	'send-refused': {sign: '✗', tone: 'error', flow: {way: 'notice', mark: '✗'}},
	'socket-closed': {
		sign: '○',
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
	'rule-changed': {},
	'closing-changed': {samples: [{closeAfterReply: true}, {closeAfterReply: false}]},
	'reply-unchanged': {tone: 'warning'},
	'destination-changed': {},
	'link-changed': {
		sign: '≈',
		tone: 'warning',
		flow: {
			way: 'notice', mark: '≈', tells: 'conditions', isOfPane: true,
		},
	},
	'loss-ordered': {sign: '≈', tone: 'warning', flow: {way: 'notice', mark: '≈', isOfPane: true}},
	'series-started': {
		samples: [{}, {count: 0}, {count: 0, rate: 1}, {count: 0, rate: 0.1}],
		flow: {way: 'notice', tells: 'series', isOfPane: true},
	},
	'series-ended': {
		samples: (['answers', 'arrivals'] as const).flatMap(counts =>
			(['done', 'stopped', 'client-closed'] as const).map(end => ({
				report: {
					...noMessages, wanted: 0, duration: 0, counts, end,
				},
			}))),
		flow: {way: 'notice', tells: 'report', isOfPane: true},
	},
	'file-ended': {
		samples: [{isSent: true, reason: 'done', size: 9}, ...[true, false].flatMap(isSent =>
			(['done', 'stopped', 'closed', 'failed'] as const).map(reason => ({isSent, reason})))],
	},
	'sequence-ended': {
		samples: (['done', 'stopped', 'closed', 'failed'] as const).map(reason => ({reason})),
	},
} as const satisfies {readonly [Type in EventType]: EventKind<Type>};

/** Kinds of events that the failure of a call explains. */
type FailureType = {
	[Type in EventType]: (typeof eventKinds)[Type] extends {readonly fails: string} ? Type : never;
}[EventType];

export type SentenceType = Exclude<EventType, HotType | FailureType>;

export type NoticeType = {
	[Type in EventType]: (typeof eventKinds)[Type] extends {readonly flow: {readonly way: 'notice'}} ? Type : never;
}[EventType];

export const eventTypes = Object.keys(eventKinds) as readonly EventType[];

/** The descriptors with the signs and tones that they leave out. */
const whole = new Map(eventTypes.map((type): readonly [EventType, AnyEventKind] => {
	// The calls of a descriptor take the events of its own kind, which the caller has it from.
	const kind = eventKinds[type] as Partial<AnyEventKind>;
	return [type, {...kind, sign: kind.sign ?? ' ', tone: kind.tone ?? 'plain'}];
}));

export function kindOf(type: EventType): AnyEventKind {
	return whole.get(type)!;
}
