import type {EventType, EventBody, SocketEvent} from '../../source/log/event.ts';
import type {SeriesReport} from '../../source/log/reports.ts';

export const near = {host: '127.0.0.1', port: 50_000};
export const far = {host: '127.0.0.1', port: 80};
export const failure = {code: 'ECONNREFUSED', syscall: 'connect', message: 'connect ECONNREFUSED 127.0.0.1:80'};
const taken = {code: 'EADDRINUSE', syscall: 'bind', message: 'bind EADDRINUSE 127.0.0.1:50000'};

const bytes = {peer: far, length: 5, bytes: Buffer.from('Hello')};
const data = {...bytes, number: 1};

/** What became of a series of ten messages, one of each fate. */
export const report: SeriesReport = {
	counts: 'answers',
	wanted: 10,
	sent: 10,
	answered: 6,
	lostByLink: 1,
	droppedByKernel: 1,
	failed: 1,
	waiting: 1,
	late: 2,
	outOfOrder: 1,
	duplicates: 1,
	roundTrip: {
		median: 2, p90: 1100, p99: 1200, most: 1234.5,
	},
	bytesSent: 60,
	bytesAnswered: 42,
	duration: 1500,
	end: 'done',
};

const happenings: {readonly [Type in EventType]: EventBody & {readonly type: Type}} = {
	'socket-bound': {type: 'socket-bound', local: near},
	'bind-failed': {type: 'bind-failed', local: near, failure: taken},
	'datagram-sent': {type: 'datagram-sent', ...data},
	'datagram-received': {type: 'datagram-received', ...data, isThirdParty: false},
	'send-failed': {type: 'send-failed', ...bytes, failure},
	'listening-started': {type: 'listening-started', local: near},
	'listen-failed': {type: 'listen-failed', local: near, failure: taken},
	'connection-accepted': {type: 'connection-accepted', peer: far, local: near},
	'connection-rejected': {type: 'connection-rejected', peer: far, limit: 1024},
	'connect-started': {type: 'connect-started', peer: far},
	'connection-opened': {type: 'connection-opened', peer: far, local: near},
	'connect-failed': {type: 'connect-failed', peer: far, failure},
	'chunk-sent': {type: 'chunk-sent', ...data, offset: 0},
	'chunk-received': {type: 'chunk-received', ...data, offset: 0},
	'fin-sent': {type: 'fin-sent', peer: far},
	'fin-received': {type: 'fin-received', peer: far},
	'reset-received': {type: 'reset-received', peer: far, failure},
	'socket-failed': {type: 'socket-failed', peer: far, failure},
	'backpressure-started': {type: 'backpressure-started', peer: far, waiting: 7},
	'backpressure-ended': {type: 'backpressure-ended', peer: far},
	'send-refused': {
		type: 'send-refused', peer: far, length: 5, waiting: 7,
	},
	'socket-closed': {
		type: 'socket-closed', peer: far, local: near, discarded: 0,
	},
	'rule-changed': {type: 'rule-changed', rule: 'echo'},
	'reply-unchanged': {type: 'reply-unchanged'},
	'closing-changed': {type: 'closing-changed', closeAfterReply: true},
	'destination-changed': {type: 'destination-changed', destination: '[::1]:80'},
	'reset-sent': {type: 'reset-sent', peer: far},
	'leg-opened': {type: 'leg-opened', peer: far, target: near},
	'leg-expired': {type: 'leg-expired', peer: far, silence: 60_000},
	'message-held': {
		type: 'message-held', peer: far, held: 3, length: 5,
	},
	'held-edited': {
		type: 'held-edited', peer: far, held: 3, before: 5, length: 7,
	},
	'held-released': {
		type: 'held-released', peer: far, held: 3, length: 5, after: 1200,
	},
	'held-dropped': {
		type: 'held-dropped', peer: far, held: 3, length: 5, after: 1200, cause: 'hand',
	},
	'answer-withheld': {type: 'answer-withheld', peer: near},
	'move-failed': {
		type: 'move-failed', local: far, failure: {code: 'EADDRINUSE', syscall: 'bind', message: ''}, made: 'SOCK_DGRAM',
	},
	'rules-loaded': {type: 'rules-loaded', file: 'rules.yaml', entries: 3},
	'rules-rejected': {
		type: 'rules-rejected', file: 'rules.yaml', problems: [{line: 3, column: 5, fault: ['flags', 'g']}], isKept: true,
	},
	'rule-failed': {
		type: 'rule-failed', peer: near, cause: 'thrown', fault: ['said', 'TypeError: no such thing'],
	},
	'option-set': {
		type: 'option-set', option: {name: 'rcvbuf', value: 65_536}, family: 4, granted: 131_072,
	},
	'option-failed': {
		type: 'option-failed',
		option: {name: 'join', group: '239.1.2.3', interface: 'eth0'},
		family: 4,
		via: '192.0.2.1',
		failure: {code: 'EADDRINUSE', syscall: 'addMembership', message: 'addMembership EADDRINUSE'},
	},
	'option-chosen': {type: 'option-chosen', option: {name: 'source', source: near}},
	'name-found': {type: 'name-found', name: 'localhost', hosts: ['127.0.0.1', '::1']},
	'peer-set': {type: 'peer-set', peer: far, local: near},
	'reading-stopped': {type: 'reading-stopped', peer: far},
	'reading-resumed': {type: 'reading-resumed', peer: far},
	'link-changed': {type: 'link-changed', conditions: 'loss 30 % · 100 ms ± 50 %', seed: 7},
	'loss-ordered': {type: 'loss-ordered'},
	'series-started': {type: 'series-started', count: 10, rate: 100},
	'series-ended': {type: 'series-ended', report},
	'message-received': {
		type: 'message-received',
		peer: far,
		message: 2,
		length: 5,
		bytes: Buffer.from('Hello'),
		frame: {offset: 7, length: 7},
		reads: {first: 2, last: 4},
	},
	'framing-failed': {
		type: 'framing-failed', peer: far, framing: 'u16be', cause: 'unfinished', limit: 7, length: 3,
	},
	'rule-printed': {type: 'rule-printed', text: 'got ping'},
	'encoding-changed': {type: 'encoding-changed', encoding: 'euc-kr'},
	'framing-changed': {type: 'framing-changed', framing: 'line'},
	'file-ended': {
		type: 'file-ended', path: 'notes.txt', isSent: true, moved: 5, reason: 'done',
	},
	'sequence-ended': {
		type: 'sequence-ended', name: 'login', count: 3, reason: 'stopped',
	},
};

const base = {
	sequence: 0, time: 0, pane: 1, socket: 0,
};

type EveryEvent = {readonly [Type in EventType]: SocketEvent & {readonly type: Type}};

/** One event of every type: the compiler asks for each. */
const entries = Object.entries(happenings).map(([type, eventBody]) => [type, {...base, ...eventBody}] as const);

export const everyEvent = Object.fromEntries(entries) as EveryEvent;
