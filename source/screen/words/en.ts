import type {
	ConnectTime, FileEnd, SeriesReport, SocketFailure, SocketOption,
} from '../../log/event.ts';
import type {SentenceType} from '../../log/event-kinds.ts';
import {formatDuration} from '../../text/quantities.ts';
import type {CommentLanguage, ListingForm} from '../../programs/languages.ts';
import type {ReplyRule} from '../../replies/reply-rule.ts';
import type {Framing, UnfinishedFrame} from '../../text/framing.ts';
import type {Row} from '../../views/rows.ts';
import {actsEn} from './acts-en.ts';
import {exerciseScreenEn} from './exercise-screen-en.ts';
import {explainFailure, explainRefusal} from './failures-en.ts';
import {
	formatBytes, formatCount, formatElapsed, formatExactBytes,
} from './numbers.ts';
import {filesEn} from './files-en.ts';
import {laboratoryEn} from './laboratory-en.ts';
import {lessonReportEn} from './lesson-report-en.ts';
import {lessonsEn} from './lessons-en.ts';
import {linkEn} from './link-en.ts';
import {messagesEn} from './messages-en.ts';
import {type HeldValues, relayEn} from './relay-en.ts';
import {seriesEn} from './series-en.ts';
import {sayEn} from './options-en.ts';
import {settingsEn} from './settings-en.ts';
import {viewsEn} from './views-en.ts';

/** What each reply rule does. */
const rules: Readonly<Record<ReplyRule, string>> = {
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
	readonly reason: FileEnd['reason'];
	readonly message: number;
	/** In how many reads a message came. */
	readonly reads: number;
	readonly framing: Framing;
};

/** What is said of an event, for each kind that has a sentence of its own. */
const events: Readonly<Record<SentenceType, (values: EventValues) => string>> = {
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
	'connection-opened': ({peer, local}) => peer === local
		? `connected to itself ${local}: the OS chose the very port that it connects to (simultaneous open)`
		: `connected ${local} ⇄ ${peer}`,
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
	'rule-failed'({peer, cause, problem}) {
		switch (cause) {
			case 'slow': {
				return `the rule has not answered ${peer} for ${problem}: its promise has not settled`;
			}

			case 'late': {
				return `the rule's answer to ${peer} was not sent: ${peer} is gone`;
			}

			default: {
				return `the rule failed on a message of ${peer}, which is not answered: ${problem}`;
			}
		}
	},
	'message-received': ({message, reads, length}) => `${viewsEn.message(message, reads)}: ${formatExactBytes(length)}`,
	'framing-failed'({cause, framing, limit, length}) {
		switch (cause) {
			case 'unfinished': {
				const frame = framing === 'line' ? 'a line' : (limit > 0 ? `a frame of ${formatExactBytes(limit)}` : 'a length');
				return `no message: ${formatExactBytes(length)} of ${frame} came, and not the rest`;
			}

			case 'unsendable': {
				return `the answer of ${formatExactBytes(length)} is not sent: a frame of ${framing} holds ${formatExactBytes(limit)}`;
			}

			default: {
				const frame = framing === 'line' ? 'a line' : `a frame of ${formatExactBytes(length)}`;
				return `passed over: ${frame}, and a message has ${formatBytes(limit)} at most · is the peer's framing ${framing}?`;
			}
		}
	},
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
	'rule-changed': ({rule}) => `reply rule: ${rule} (${rules[rule]})`,
	'closing-changed': ({closeAfterReply}) => closeAfterReply
		? 'connection sockets are closed after a reply'
		: 'connection sockets are kept open after a reply',
	'reply-unchanged': () => 'unchanged: no letters with an upper case · Esc r r: reverse',
	'destination-changed': ({destination, hasConnection}) => hasConnection
		? `destination from the next connection on: ${destination} · Esc x closes this one, then Esc o connects`
		: `destination from now on: ${destination}`,
	'link-changed': ({conditions, seed}) => `simulated link from here: ${conditions} (seed ${seed})`,
	'loss-ordered': () => 'the simulated link will lose the next datagram from here',
	'series-started': ({count, rate}) => seriesEn.started(count, rate),
	'series-ended': ({report}) => report ? seriesEn.ended(report) : '',
	'file-ended': filesEn.ended,
	'sequence-ended': ({name, count = 0, reason, problem}) => messagesEn.ended(name, count, reason, problem),
};

/** The screen in English. */
export const en = {
	/** What the comments of a pane's program are written in. */
	comments: 'en' as CommentLanguage,
	keys: {
		switchTo: (protocol: string) => `switch to ${protocol}`,
		newClient: 'new client',
		closeSocket: 'close socket',
		removePane: 'remove pane',
		closeConnection: (number: number) => `close connection ${number}`,
		openServer: 'open server',
		stopServer: 'stop server',
		connect: 'connect',
		reconnect: 'reconnect',
		openSocket: 'open socket',
		nextRule: 'reply rule',
		keepOpen: 'keep open',
		closeAfterReply: 'close after reply',
		halfClose: 'half-close',
		acts: 'try on this socket',
		link: 'link',
		payload: 'text/hex',
		view: (name: string) => `view: ${name}`,
		flow: 'flow diagram',
		wholeFlow: 'whole diagram',
		bothScenes: 'UDP and TCP side by side',
		oneScene: 'one protocol alone',
		laboratory: 'error laboratory',
		endExperiment: 'back to the list',
		lessons: 'lessons',
		lesson: 'the lesson',
		hint: 'hint',
		saveReport: 'save the report',
		source: (language: string) => `program in ${language}`,
		filter: 'find',
		save: 'save',
		zoom: 'zoom',
		unzoom: 'all panes',
		allRows: 'all rows',
		otherRows: 'find other rows',
		sendFile: 'send a file',
		stopFile: 'stop the file',
		lineEnding: 'line ending',
		hexInput: 'type hex',
		textInput: 'type text',
		settings: 'settings',
		destination: 'destination',
		serverAddress: 'address',
		help: 'help',
		quit: 'quit',
		typing: 'back to typing',
		viewNumber: 'view by its number',
		leaveProgram: 'back to messages',
		form: (form: ListingForm) => `in ${form}`,
		groups: {
			see: 'see', change: 'change', sockets: 'sockets', more: 'more',
		},
		/** What the commands are called where they stand side by side. */
		short: {
			'switch-protocol': 'UDP/TCP',
			'new-client': 'new',
			'close-socket': 'close',
			'open-or-stop': 'open/stop',
			'reply-rule': 'rule',
			'keep-open': 'keep',
			hold: 'hold',
			held: 'held',
			'half-close': 'half-close',
			acts: 'try',
			'link-conditions': 'link',
			payload: 'hex',
			view: 'view',
			'view-back': 'view before',
			'view-number': 'view',
			flow: 'flow',
			'both-scenes': 'both',
			laboratory: 'laboratory',
			lessons: 'lessons',
			hint: 'hint',
			source: 'source',
			filter: 'find',
			zoom: 'zoom',
			save: 'save',
			'line-ending': 'ending',
			'hex-input': 'hex line',
			settings: 'settings',
			file: 'file',
			address: 'address',
			help: 'help',
			quit: 'quit',
			type: 'type',
		},
	},
	/** What there is to do in an empty pane. */
	firstSteps: {
		type: 'type hello, Enter',
		typeInClient: 'Tab to a client, type hello',
		lineEnding: 'line ending, for a server that reads lines',
		newClient: 'new client',
		hold: 'hold messages',
		flow: 'flow',
	},
	footer: {
		nextPane: 'pane',
		laboratory: 'lab',
		send: 'send',
		commands: 'commands',
		quit: 'again to quit: sockets are closed, the log is lost',
		anyOtherKey: 'any other key',
		stay: 'stay',
		choosePeer: 'choose peer',
		scroll: 'scroll',
		close: 'close',
	},
	header: {
		server: 'server',
		/** Of a program that is to be the server it is not known yet where it is. */
		noServerYet: 'no server here',
		noServer: (address: string) => `no server here · clients send to ${address}`,
		closed: 'closed',
		failed: 'failed',
		exposed: '! on the network',
		rule: (rule: string) => `reply: ${rule}`,
		closeAfterReply: 'close after reply',
		datagrams: (count: number) => `${formatCount(count)} datagram${count === 1 ? '' : 's'}`,
		chunks: (count: number) => `${formatCount(count)} read${count === 1 ? '' : 's'}`,
	},
	server: {
		title: 'SERVER',
		udpSocket: (address: string) => [`one UDP socket · ${address}`, `UDP · ${address}`, address],
		tcpSocket: (address: string) => [
			`welcoming socket ${address} · LISTEN`, `welcoming ${address} · LISTEN`, `${address} · LISTEN`,
		],
		noSocket: 'no socket',
		opening: (address: string) => `opening ${address}`,
		noPeers: 'no client yet · this one socket serves every client',
		noConnections: 'no connection yet · accept() makes a connection socket for each client',
		noConnectionsNow: 'no connection now · accept() makes a connection socket for each client',
		stopped: 'stopped · Esc o opens it',
		peers: 'clients:',
		connection: (number: number) => `connection ${number}`,
		/** A relay's socket to its target, for connection or peer n. */
		toTarget: (number: number) => `target ${number}`,
		shortConnection: (number: number) => `conn ${number}`,
		more: (count: number) => `+${formatCount(count)} more`,
		unfinished: ({length, whole}: UnfinishedFrame) =>
			`frame: ${formatExactBytes(length)}${whole === undefined ? '' : ` of ${formatExactBytes(whole)}`}`,
		waiting: (bytes: number, onTheLink: number) =>
			onTheLink < bytes ? `${formatBytes(bytes)} waiting` : `${formatBytes(bytes)} on the link`,
		paused: 'paused',
		to: (target: string) => `(to ${target})`,
		toAll: (count: number) => `(to all ${count})`,
		toNobody: '(no client yet)',
		toNobodyNow: '(no client now)',
		toStopped: '(stopped)',
		toGone: '(the chosen client is gone)',
	},
	client: {
		title: (number: number) => `CLIENT ${number}`,
		tab: (number: number) => `client ${number}`,
		udpSocket: 'UDP socket',
		tcpSocket: 'TCP socket',
		unbound: 'no socket yet',
		connecting: 'connecting',
		noPortYet: (address: string) => `to ${address} · no socket until it sends`,
		noDestination: 'no destination yet: the server has no port',
		addressedTo: (address: string) => `no connection · every datagram names ${address}`,
		peerSet: (address: string) => `peer set by connect(): ${address} · ICMP errors are reported`,
		serverStopped: 'server stopped: datagrams are lost without an error',
		connectingTo: (address: string) => `connecting to ${address} … · Esc x cancels`,
		connectedTo: (address: string) => `connected to ${address} · writes carry no address`,
		connectedToItself: (address: string) => `connected to itself, ${address}: its own data comes back to it`,
		finSent: 'FIN sent · this client can only receive',
		finishing: 'FIN follows the unsent data · writing has ended',
		finReceived: (address: string) => `${address} has sent its FIN · Esc x closes, Esc o reconnects`,
		bothFinished: 'both ends have finished',
		closed: 'closed',
		closedTcp: (address: string, failure: string) =>
			`closed${failure === '' ? '' : `: ${failure}`} · Esc o connects to ${address}`,
		closedUdp: 'closed · Esc o, then the next send makes a new socket',
		unfinished: ({length, whole}: UnfinishedFrame) =>
			`no whole message yet: ${formatExactBytes(length)} of a frame${whole === undefined ? '' : ` of ${formatExactBytes(whole)}`}`,
		waiting: (bytes: number, onTheLink: number) =>
			onTheLink < bytes
				? `${formatBytes(bytes)} waiting: the peer does not read${onTheLink > 0 ? `, and the link holds ${formatBytes(onTheLink)}` : ''}`
				: `${formatBytes(bytes)} on the simulated link`,
	},
	events,
	log: {
		thirdParty: 'from a third party',
		otherSource: 'from the server that was asked: it is bound to all addresses, and the OS chose this one',
		lost: '~lost',
		neverRead: 'never read',
		vacant: 'no socket',
		/** How long a connect() took, and where: within the call nothing tells the kernel's part. */
		connectTime: ({call, loop, waiting}: ConnectTime) =>
			`${formatElapsed(call + loop + waiting)}: connect() ${formatElapsed(call)}, event loop ${formatElapsed(loop)}`
			+ `, waiting for the kernel ${formatElapsed(waiting)}`,
		newer: (count: number) => `↓ ${formatCount(count)} newer`,
		older: (count: number) => `↑ ${formatCount(count)}`,
		gone: (count: number) => `${formatCount(count)} older row${count === 1 ? '' : 's'} dropped`,
	},
	line: {
		pasted: (lines: number, bytes: number, isBinary: boolean) =>
			`[pasted ${formatCount(lines)} line${lines === 1 ? '' : 's'} · ${formatBytes(bytes)}${isBinary ? ' · not UTF-8' : ''}]`,
		pastedBytes: 'pasted bytes that are not UTF-8: they are sent as they are',
		pastedReplaced: (count: number) =>
			`${formatCount(count)} U+FFFD pasted, as such or in place of bytes that were not UTF-8: EF BF BD is sent for each`,
		pastedPairs: 'the terminal sent CR CR for each line end: two are taken for one',
		escapes: (count: number) => `${formatCount(count)} escape${count === 1 ? '' : 's'}`,
		hex: {
			wrong: {
				'odd-digit': 'odd digit', 'not-hex': 'not hex', 'large-value': 'over one byte',
			},
			notSent(problem: 'odd-digit' | 'not-hex' | 'large-value', at: string, column: number, line: number) {
				const where = `'${at}' at character ${column}${line > 1 ? ` of line ${line}` : ''}`;
				const why = {
					'odd-digit': 'is half a byte: digits come in pairs',
					'not-hex': 'is not a hexadecimal digit',
					'large-value': 'is more than one byte: write 0xDE 0xAD, in the order of sending',
				};
				return `not sent: ${where} ${why[problem]}`;
			},
			notice: {
				hex: 'the line takes bytes in hexadecimal: DE AD, de:ad, 0xDE, a pasted dump; no ending is added',
				text: 'the line takes text',
			},
		},
		encoding: {
			wrong: (encoding: string) => `not in ${encoding}`,
			wrongCharacter: (at: string, encoding: string) => `${encoding} has no '${at}'`,
			notSent: (at: string, encoding: string, column: number, line: number) =>
				`not sent: ${encoding} has no '${at}', which is character ${column}${line > 1 ? ` of line ${line}` : ''}`,
			isCp949: 'these bytes are no UTF-8, but valid CP949 (EUC-KR): Esc j sets the encoding',
		},
		ending: {
			none: '', lf: '+LF', crlf: '+CRLF', cr: '+CR', nul: '+NUL',
		},
		endingNotice: {
			none: 'messages have no ending; pasted lines end as they were pasted',
			lf: String.raw`messages and pasted lines end with a line feed (\n)`,
			crlf: String.raw`messages and pasted lines end with CR LF (\r\n)`,
			cr: String.raw`messages and pasted lines end with CR alone (\r)`,
			nul: String.raw`messages and pasted lines end with NUL (\0)`,
		},
	},
	prompt: {
		server: (address: string) => `the server binds ${address}; new address:`,
		client: (number: number, address: string) => `client ${number} sends to ${address}; new address:`,
		hint: 'host:port · Esc cancels',
		wrong: '✗ not host:port or [v6]:port',
	},
	tooSmall: {
		needs: 'socket-playground needs 60x16',
		have: (columns: number, rows: number) => `this window is ${columns}x${rows} · the sockets stay open`,
		keys: 'keys do nothing here · Ctrl+Q quits',
		quit: 'q again quits: sockets are closed, the log is lost',
	},
	notice: {
		unknownCommand: (letter: string) => `no command on '${letter}'`,
		nothingToDo: (letter: string) => `'${letter}' does nothing here now`,
		bothNeedColumns: (columns: number) => `UDP and TCP side by side need ${columns} columns`,
	},
	help: {
		commandsTitle: 'Commands: press Esc, then the letter (^ = Ctrl with the letter does the same)',
		rulesTitle: 'Reply rules: what the server does with each datagram or read',
		rules,
		portsTitle:
			'Why all of a TCP server\'s sockets have one port: the four-tuple (both addresses, both ports) tells them apart.',
		typingTitle: 'Typing',
		typing: [
			['Tab, Shift+Tab', 'next, previous pane'],
			['Enter', 'send; on an empty line, when a step of a lesson is done: the next one'],
			['Esc', 'the commands; in a panel: one step back'],
			['Up, Down', 'recall messages sent from this pane'],
			['PageUp, PageDown', 'scroll the pane, or this help'],
			['Shift+Up', 'select a row; then Enter shows its payload whole'],
			['Left, Right', 'on an empty server line: choose the receiver'],
			['\\n \\r \\t \\e \\\\', 'escapes for single bytes, as in C'],
			[String.raw`\0 \NNN \xNN`, 'a byte by its number: in octal, in hexadecimal'],
			[String.raw`\u{N} \uNNNN`, 'a character by its number'],
			['^A ^E ^B', 'to the start, the end, one character back'],
			['^U ^W ^Y', 'delete to the start, the word before; put back the deleted text'],
			['^H, Alt+Backspace', 'delete the character, the word before'],
			['Alt+letter', 'is Esc and the letter: a command'],
			['mouse', 'a click focuses a pane or chooses an entry, the wheel scrolls; Shift and drag selects text'],
			['^Z', 'stop the program; `fg` in the shell goes on'],
		] as ReadonlyArray<readonly [string, string]>,
		takenChords: 'edit the line in readline; here they are commands',
		signsTitle: 'Signs',
		signs: [
			['→  ←', 'sent, received'],
			['✗', 'failed'],
			['●  ○', 'open, closed'],
			['12 ms', 'round-trip time since the message that it answers (TCP: the oldest unanswered), the program\'s own time included'],
			['~ESTABLISHED ~2', 'derived from what this program did and read, not read from the kernel; so are system calls'],
			['connect() 1 ms', 'the call; between two sockets of this machine the handshake is in it. Not measured: SYN to SYN+ACK (a capture has it)'],
			['►  ›', 'in a program: the line whose call happened last; those of the second before'],
			['▸', 'the receiver of the server\'s line'],
			['(2)  +2', 'datagrams from that peer; rows not seen yet'],
			['▁▃▇ 9 msg/s', 'messages (TCP: reads, writes) in the last 8 seconds; in the last one'],
			['= 2 writes', 'one read with the bytes of two writes (Esc v shows which)'],
			['[A] [B]', 'writes 1 and 2, in the bytes view; the letter stands for the colour'],
		] as ReadonlyArray<readonly [string, string]>,
		commands: {
			'switch-protocol': 'UDP or TCP; each keeps its own sockets and log',
			'new-client': 'new client',
			'close-socket': 'close the focused client\'s socket, or the chosen connection',
			'open-or-stop': 'open or stop the server; in a closed client: reconnect it',
			'reply-rule': 'next reply rule',
			'keep-open': 'TCP: keep connections open after a reply, or close them',
			hold: 'in a relay: hold messages both ways, only to the target, only to the clients, or none',
			held: 'in a relay: the held messages: edit as text or hex, drop, let go',
			'half-close': 'TCP: half-close: send FIN, and keep receiving',
			acts: 'try on this socket: reset, stop reading, split a character, two writes; series: burst, repeat, load; saved messages',
			'link-conditions': 'simulated link: loss, delay and more, for each direction; its seed',
			payload: 'payload as text, or as hex and text',
			view: 'next view of the pane: messages, system calls, bytes from write to read, sockets',
			'view-back': 'the view before',
			'view-number': 'messages, system calls, bytes, sockets, program',
			zoom: 'the focused pane alone, or all panes; of a program the short or the full form',
			flow: 'flow diagram: beside the panes from 120 columns on; again: the whole screen; again: closed',
			'both-scenes': 'UDP and TCP side by side: Tab goes through the panes of both, keys act on the one with the focus',
			laboratory: 'error laboratory: cause the usual socket errors, and see why',
			lessons: 'lessons: the chapter step by step; while one is open, its letters: next, hint, back, again, reset, leave; and exercises that check a program of your own',
			hint: 'the next hint of the open lesson\'s step',
			source: 'this pane as source code, and its calls; again: the next language; z: its other form',
			filter: 'find rows with a text, or bytes (hex:0d0a); Up and Down: previous and next match',
			save: 'save what the pane shows, whole, as text; or the scene, as a command line or a lesson',
			file: 'send a file, or (> FILE) write what the peer sends to a new one; stops it',
			'hex-input': 'type bytes in hexadecimal (DE AD, de:ad, 0xDE, a pasted dump), or text again',
			'line-ending': 'the ending of messages and pasted lines: none, LF, CR LF, CR or NUL',
			settings: 'settings of the focused pane: its socket\'s options, each with its call, and how messages are written',
			address: 'the server\'s address, or the client\'s destination',
			help: 'the help page',
			quit: 'quit; asks once where there was traffic (Ctrl+C quits at once)',
			type: 'back to typing (also Enter)',
		},
	},
	views: viewsEn,
	link: linkEn,
	settings: settingsEn,
	laboratory: laboratoryEn,
	lessonReport: lessonReportEn,
	lessons: lessonsEn,
	exercises: exerciseScreenEn,
	acts: actsEn,
	files: filesEn,
	messages: messagesEn,
	series: seriesEn,
	relay: relayEn,
	failure: explainFailure,
	sourceFailed: sayEn.sourceFailed,
	messageTooLong: (bytes: number, most: number, family: 4 | 6) =>
		`not sent: over IPv${family} a datagram holds at most ${formatCount(most)} B, this one has ${formatCount(bytes)} (EMSGSIZE)`,
	refusal: explainRefusal,
	fault: {
		view: (message: string) => `this view failed: ${message}`,
		key: (message: string) => `this key failed: ${message}`,
		report: 'please report it with this message and the steps before it; the sockets stay open',
	},
	fatal: {
		engine: (message: string) => `socket-playground: the engine has failed: ${message}`,
	},
};

/** Everything that the screen says, in one language. */
export type Words = typeof en;
