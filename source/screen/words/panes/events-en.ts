import type {SocketFailure, SocketOption} from '../../../log/event.ts';
import type {FileEnd, SeriesReport} from '../../../log/reports.ts';
import type {SentenceType} from '../../../log/event-kinds.ts';
import {formatDuration} from '../../../text/quantities.ts';
import type {ReplyRule} from '../../../replies/reply-rule.ts';
import type {Framing} from '../../../text/framing.ts';
import type {Row} from '../../../views/rows.ts';
import {filesEn} from '../input/files-en.ts';
import {messagesEn} from '../input/messages-en.ts';
import {seriesEn} from '../overlays/acts-en.ts';
import {sayEn} from '../overlays/options-en.ts';
import {formatBytes, formatCount, formatExactBytes} from '../values/numbers.ts';
import {type HeldValues, relayEn} from './relay-en.ts';
import {viewsEn} from './views-en.ts';

/** What each reply rule does. */
export const rulesEn: Readonly<Record<ReplyRule, string>> = {
	uppercase: 'answers in upper case',
	echo: 'answers the same bytes',
	reverse: 'answers each line backwards',
	chat: 'sends it to every other client, with the sender in front',
	discard: 'answers nothing',
	manual: 'answers nothing: you type the answers',
	custom: 'answers by the rules of a file (--reply FILE)',
};

/** What an event tells, as its sentence has it: addresses as text, 0 or empty for what it has not. */
type EventValues = Omit<HeldValues, 'cause'> & {
	readonly isServer: boolean;
	readonly socket: number;
	readonly local: string;
	/** Where a relay passes it on to. */
	readonly target: string;
	readonly port: number;
	readonly limit: number;
	readonly waiting: number;
	/** In milliseconds. */
	readonly silence: number;
	readonly discarded: number;
	readonly rule: ReplyRule;
	readonly closeAfterReply: boolean;
	readonly destination: string;
	readonly hasConnection: boolean;
	readonly conditions: string;
	readonly seed: number;
	readonly count: number | undefined;
	readonly rate: number | undefined;
	readonly report: SeriesReport | undefined;
	readonly cause: Row['cause'];
	readonly hasUnread: boolean;
	readonly closesToo: boolean;
	readonly isReopened: boolean;
	readonly code: string;
	readonly option: SocketOption;
	readonly granted: number | undefined;
	readonly failure: SocketFailure | undefined;
	/** The program has asked for this port. */
	readonly isAsked: boolean;
	readonly name: string;
	readonly hosts: readonly string[];
	readonly file: string;
	readonly entries: number | undefined;
	readonly problem: string;
	readonly isKept: boolean;
	readonly repeats: number;
	readonly path: string;
	readonly isSent: boolean;
	readonly moved: number;
	readonly size: number | undefined;
	readonly reason: FileEnd['reason'];
	readonly message: number;
	/** In how many reads a message came. */
	readonly reads: number;
	readonly framing: Framing;
	/** What the encoding is called. */
	readonly encoding: string;
	/** What a module has written. */
	readonly text: string;
};

/** What is said of an event, for each kind that has a sentence of its own. */
export const eventsEn: Readonly<Record<SentenceType, (values: EventValues) => string>> = {
	'socket-bound': ({isServer, isAsked, local, port}) => isServer || isAsked ? `bound to ${local}` : `the OS chose port ${port} for this client`,
	'listening-started': ({local}) => `listening on ${local}`,
	'connection-accepted': ({peer, socket}) => `accepted ${peer} → connection ${socket}`,
	'connection-rejected'({peer, limit, cause, count = 1}) {
		if (cause !== 'files') {
			return `closed ${peer} at once: connection limit reached (${formatCount(limit)})`;
		}

		const whom = count > 1 ? `${formatCount(count)} more clients, the last ${peer},` : peer;
		return `closed ${whom} at once: too many open files (EMFILE, ulimit -n${limit > 0 ? ` ${formatCount(limit)}` : ''})`;
	},
	'connect-started': ({peer}) => `connecting to ${peer}`,
	'connection-opened': ({peer, local, port, isAsked}) => peer === local
		? `connected to itself ${local}: the OS chose the very port that it connects to (simultaneous open)`
		: `connected ${local} ⇄ ${peer}${isAsked ? '' : ` · the OS chose port ${port}`}`,
	'fin-sent': () => 'FIN sent: writing has ended',
	'fin-received': ({closesToo}) => closesToo
		? 'FIN received: recv() → 0 B · this rule then closes, too (manual does not)'
		: 'FIN received: recv() → 0 B',
	'reset-sent': () => 'RST sent: unsent data is dropped, the peer\'s next read fails',
	'reset-received'({cause}) {
		if (cause === 'unread') {
			return 'RST received (ECONNRESET): the peer has closed without reading all that was sent';
		}

		return cause === 'reset'
			? 'RST received (ECONNRESET): the peer has reset the connection'
			: 'RST received (ECONNRESET): the peer has reset the connection, or closed it with data unread';
	},
	'answer-withheld': ({peer, repeats}) => repeats > 0
		? `not answered: ${formatCount(repeats)} times the same with ${peer}, as when two servers answer each other without end`
		: `not answered: ${peer} is this server's own address, it would answer itself without end`,
	'rules-loaded': ({file, entries}) =>
		entries === undefined ? `reply rules of ${file}` : `reply rules of ${file}: ${formatCount(entries)}, the first that matches answers`,
	'rules-rejected': ({file, problem, isKept}) =>
		`${file} is not used, ${isKept ? 'the rules before it go on' : 'nothing is answered'}: ${problem}`,
	'rule-failed'({peer, cause, problem, count = 1}) {
		switch (cause) {
			case 'slow': {
				return `the rule has not answered ${peer} for ${problem}: its promise has not settled`;
			}

			case 'late': {
				const answers = count > 1
					? `${formatCount(count)} answers of the rule to ${peer} were`
					: `the rule's answer to ${peer} was`;
				return `${answers} not sent: ${problem === 'sending-finished' ? 'this end has finished sending' : `${peer} is gone`}`;
			}

			case 'full': {
				return `what the rule sends for ${peer} is dropped: ${problem} are queued already`;
			}

			default: {
				return peer === ''
					? `the rules failed, in a timer or the like: ${problem} · a corrected file is read at once`
					: `the rule failed on a message of ${peer}, which gets no answer: ${problem} · a corrected file is read at once`;
			}
		}
	},
	'rule-printed': ({text}) => `the rule says: ${text}`,
	'message-received': ({message, reads, length}) => `${viewsEn.message(message, reads)}: ${formatExactBytes(length)}`,
	'framing-failed'({cause, framing, limit, length}) {
		switch (cause) {
			case 'unfinished': {
				const frame = framing === 'line' ? 'a line' : (limit > 0 ? `a frame of ${formatExactBytes(limit)}` : 'a length');
				return `no message: ${formatExactBytes(length)} of ${frame} came, and not the rest`;
			}

			case 'no-room': {
				return `not told as a message: one of which ${formatExactBytes(length)} have come, the longest unfinished one; ${formatBytes(limit)} are kept of all connections' together`;
			}

			case 'unsendable': {
				return `the answer of ${formatExactBytes(length)} is not sent: a frame of ${framing} holds ${formatExactBytes(limit)}`;
			}

			default: {
				const frame = framing === 'line' ? 'a line' : `a frame of ${formatExactBytes(length)}`;
				return `not told as a message: ${frame}, and a message has ${formatBytes(limit)} at most · is the peer's framing ${framing}?`;
			}
		}
	},
	'encoding-changed': ({encoding}) => `text is ${encoding} from now on; the rows above are shown in it, too`,
	'framing-changed': ({framing}) => `framing from now on: ${framing} (${viewsEn.framings[framing]})`,
	'leg-opened': ({peer, target}) => `for ${peer}: a socket of its own to ${target}`,
	'leg-expired': ({peer, silence}) => `closed: for ${formatDuration(silence)} there was no data to or from ${peer}`,
	'message-held': relayEn.events.held,
	'held-edited': relayEn.events.edited,
	'held-released': relayEn.events.released,
	'held-dropped': relayEn.events.dropped,
	'move-failed': ({local, code, isReopened}) => isReopened
		? `not moved to ${local} (${code}): its socket was closed for that, and the server is bound to its old address again`
		: `not moved to ${local} (${code}): the server stays where it is`,
	'option-set': ({option, granted}) => sayEn.optionSet(option, granted),
	'option-failed': ({option, failure}) => sayEn.optionFailed(option, failure),
	'option-chosen': ({option}) => sayEn.optionChosen(option),
	'name-found': ({name, hosts: [first = '', ...others]}) =>
		`${name} is ${first}${others.length > 0 ? ` (then ${others.join(', ')}: IPv4 comes first)` : ''}`,
	'peer-set': ({peer}) => `connect(${peer}): no handshake, it only sets the peer`,
	'reading-stopped': () => 'reading stopped: received data waits in the kernel, then at the peer',
	'reading-resumed': () => 'reading again',
	'backpressure-started': ({waiting}) => `reading paused: ${formatBytes(waiting)} queued to be sent`,
	'backpressure-ended': () => 'reading again: the peer has taken the queued data',
	'send-refused': ({length, waiting}) => `${formatBytes(length)} not sent: ${formatBytes(waiting)} already queued`,
	'socket-closed'({isServer, socket, local, discarded, hasUnread}) {
		if (hasUnread) {
			return 'closed with received data unread: the OS sends RST, and the peer gets ECONNRESET';
		}

		if (discarded > 0) {
			return `closed; up to ${formatBytes(discarded)} of unsent data dropped`;
		}

		return isServer && socket === 0 && local !== '' ? `closed ${local}` : 'closed';
	},
	'rule-changed': ({rule}) => `reply rule: ${rule} (${rulesEn[rule]})`,
	'closing-changed': ({closeAfterReply}) => closeAfterReply
		? 'connection sockets are closed after a reply'
		: 'connection sockets are kept open after a reply',
	'reply-unchanged': () => 'unchanged: no letters with an upper case · Esc r r: reverse',
	'destination-changed': ({destination, hasConnection}) => hasConnection
		? `destination from the next connection on: ${destination} · Esc x closes this one, then Esc o connects`
		: `destination from now on: ${destination}`,
	'link-changed': ({conditions, seed}) => `simulated link from here: ${conditions} (seed ${seed})`,
	'loss-ordered': () => 'the simulated link will lose the next datagram in this direction, whoever sends it',
	'series-started': ({count, rate}) => seriesEn.started(count, rate),
	'series-ended': ({report}) => report ? seriesEn.ended(report) : '',
	'file-ended': filesEn.ended,
	'sequence-ended': ({name, count = 0, reason, problem}) => messagesEn.ended(name, count, reason, problem),
};
