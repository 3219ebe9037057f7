import type {PaneViewName} from '../../state/screen-state.ts';
import type {CallNote} from '../../../log/calls/calls.ts';
import type {SourceLanguage} from '../../../programs/languages.ts';
import type {RoundTripParts} from '../../../views/round-trip.ts';
import type {NoChecksum} from '../../../flow/details.ts';
import type {FlowFormat} from '../../../flow/drawing/export.ts';
import type {FramedWrite} from '../../../log/delivery/stream-place.ts';
import {type Framing, prefixSize} from '../../../text/framing.ts';
import {
	formatBytes, formatCount, formatElapsed, formatExactBytes,
} from '../values/numbers.ts';
import {flowEn} from './flow-en.ts';

const names: Readonly<Record<PaneViewName, string>> = {
	'message-view': 'messages',
	'call-view': 'system calls',
	'byte-view': 'bytes',
	'socket-view': 'sockets',
	'program-view': 'program',
};

const notes: Readonly<Record<CallNote, string>> = {
	'system-picks-port': 'the OS chooses the port',
	'library-binds': 'Node calls it; else sendto() binds',
	'in-progress': 'returns before the handshake is done',
	'handshake-done': 'the handshake is done',
	'to-itself': 'connected to itself: the OS chose the same port',
	'peer-finished': 'the peer has finished sending',
	'limit-reached': 'the limit is reached',
	'peer-gone': 'its client had reset it already',
	'earlier-send': 'bytes of an earlier send()',
	'no-handshake': 'no handshake: it only sets the peer',
	'sends-reset': 'RST instead of FIN',
	'unread-data': 'data is unread: RST',
	'files-run-out': 'almost no file descriptor is left (EMFILE)',
	'lost-by-link': 'then lost by the link',
};

const languages: Readonly<Record<SourceLanguage, string>> = {
	python: 'Python',
	javascript: 'JavaScript for Node',
	c: 'C',
};

/** What the states of a TCP connection (RFC 9293 section 3.3.2) mean for the owner of the socket. */
const meanings: Readonly<Partial<Record<string, string>>> = {
	SYN_SENT: 'awaits SYN+ACK',
	SYN_RECV: 'awaits the last ACK',
	FIN_WAIT: 'FIN sent',
	FIN_WAIT1: 'FIN sent, not acked',
	FIN_WAIT2: 'awaits the peer\'s FIN',
	CLOSE_WAIT: 'peer finished, not closed here',
	LAST_ACK: 'awaits the ack of its FIN',
	CLOSING: 'both sent FIN, awaits the ack',
	TIME_WAIT: 'closed first, waits ~60 s',
};

/** What each framing is. */
const framings: Readonly<Record<Framing, string>> = {
	none: 'a stream of bytes, each read by itself',
	line: 'a line feed behind each message',
	u8: 'its length before each message, in 1 byte',
	u16be: 'its length before each message, in 2 bytes, big-endian',
	u16le: 'its length before each message, in 2 bytes, little-endian',
	u32be: 'its length before each message, in 4 bytes, big-endian',
	u32le: 'its length before each message, in 4 bytes, little-endian',
};

/** What the views of a pane, the flow diagram and the payload view say, in English. */
export const viewsEn = {
	names,
	notes,
	/** The rules of a file are not in the program that the pane is shown as. */
	lacksRules: 'without the rules of the file',
	/** A message of a stream with a framing, and in how many reads it came. */
	message: (number: number, reads: number) => reads > 1
		? `message ${formatCount(number)} from ${formatCount(reads)} reads`
		: `message ${formatCount(number)}`,
	/** The messages that a write has in their frames, and what those have added. */
	framed({framing, first, count}: FramedWrite) {
		const messages = count === 0
			? `part of message ${formatCount(first)}`
			: (count === 1 ? `message ${formatCount(first)}` : `messages ${formatCount(first)}–${formatCount(first + count - 1)}`);
		return `${messages}, ${framing === 'line' ? 'with LF' : `behind ${prefixSize(framing)} B of length`}`;
	},
	framings,
	/** In a pane's border: payloads are in hexadecimal. */
	hex: 'hex',
	/** In a pane's border. */
	framing: (framing: string) => `framing ${framing}`,
	/** What the program that the pane is shown as does without. */
	lacks: {framing: 'without the framing', encoding: 'without the encoding', ending: 'without the line ending'},
	languages,
	ledger: {
		write: (number: number) => `write ${formatCount(number)}`,
		read: (number: number) => `read ${formatCount(number)}`,
		whole: (write: string) => write,
		first: (bytes: number, write: string) => `first ${formatExactBytes(bytes)} of ${write}`,
		last: (bytes: number, write: string) => `last ${formatExactBytes(bytes)} of ${write}`,
		middle: (bytes: number, from: number, write: string) =>
			`${formatExactBytes(bytes)} of ${write} from byte ${formatCount(from)}`,
		more: (count: number) => `${formatCount(count)} more`,
		of: (socket: string) => `of ${socket}`,
		stream: (from: number, to: number) => `stream ${formatCount(from)}–${formatCount(to)}`,
		foreign: (address: string) => `${address}'s own bytes`,
		leftTo: (address: string) => `→ ${address}, another program`,
		forgotten: (bytes: number) => `${formatExactBytes(bytes)} of older writes`,
		notRead: (bytes: number) => `${formatExactBytes(bytes)} not read yet`,
		vacant: 'the socket that was there is closed',
		unbound: 'no socket was bound there',
		neverRead: 'never read: the other end has closed',
		partNeverRead: (bytes: number) => `${formatExactBytes(bytes)} never read`,
		underWay: 'not read yet',
		lost: '~lost: the receive buffer was full, or the socket closed',
		server: 'the server',
		gone: 'a removed client',
		severalWrites: (count: number) => `${formatCount(count)} writes`,
		message: (number: number) => `message ${formatCount(number)}`,
		forgottenReads: (bytes: number) => `${formatExactBytes(bytes)} of older reads`,
		inNoMessage: (bytes: number) => `${formatExactBytes(bytes)} in no whole message`,
	},
	sockets: {
		none: 'no socket is open',
		unbound: 'no socket yet: the first send makes and binds it',
		udp: 'the UDP socket',
		welcoming: 'welcoming socket',
		connection: (number: number) => `connection ${number}`,
		peer: (number: number) => `peer ${number}`,
		client: 'this client\'s socket',
		oneForAll: 'one socket for all: each datagram has a source address',
		samePort: (port: number) => `all share port ${port}: the four-tuple tells them apart`,
		ownPort: 'the OS chose this end\'s port',
		toItself: 'both ends are this one socket: it is connected to itself',
		fromKernel: 'states and queues: the kernel\'s, from /proc/net',
		derived: '~: states derived from the events, not read from the kernel',
		closedHere: 'closed, kept by the kernel',
		vanished: 'reset: the peer had closed',
		meanings,
		toAccept: (count: number) => `${formatCount(count)} to accept`,
		toRead: (bytes: number) => `${formatBytes(bytes)} unread`,
		memoryToRead: (bytes: number) => `${formatBytes(bytes)} of kernel memory unread`,
		toAcknowledge: (bytes: number) => `${formatBytes(bytes)} unacked`,
		dropped: (count: number) => `${formatCount(count)} dropped`,
		waiting: (bytes: number) => `${formatBytes(bytes)} waiting here`,
		readAhead: (bytes: number) => `${formatBytes(bytes)} read ahead`,
		more: (above: number, below: number) =>
			[...(above > 0 ? [`↑ ${formatCount(above)}`] : []), ...(below > 0 ? [`↓ ${formatCount(below)}`] : [])].join(' '),
	},
	source: {
		nothingYet: 'no call yet',
		noLine: 'not in this program',
	},
	rateSummary: {
		messages: (count: number) => `${formatCount(count)} msg/s`,
		bytes: (bytes: number) => `${formatBytes(bytes)}/s`,
		roundTrip: (last: number, median: number, p99: number) =>
			`rtt ${formatElapsed(last)}, median ${formatElapsed(median)}, p99 ${formatElapsed(p99)}`,
		shortRoundTrip: (last: number) => `rtt ${formatElapsed(last)}`,
	},
	filter: {
		label: 'show rows with:',
		hint: 'or hex:0d0a · ↑ ↓ matches · Enter keeps it · Esc ends it',
		none: 'no row with that · Esc / Esc shows all again',
		wrong: '✗ hex: takes two digits for each byte',
		hides: 'sent · rows that do not match are hidden: Esc / Esc shows all',
		count: (found: number, of: number, isComplete: boolean) =>
			`${formatCount(found)}${isComplete ? '' : '+'} of ${formatCount(of)}`,
	},
	flow: {
		diagram: flowEn,
		title: 'FLOW',
		nothing: 'nothing sent or received yet · Esc goes back',
		allHidden: 'all steps here are between other sockets',
		hidden: (lanes: number, steps: number) =>
			[
				...(lanes > 0 ? [`${formatCount(lanes)} more socket${lanes === 1 ? '' : 's'}`] : []),
				...(steps > 0 ? [`${formatCount(steps)} step${steps === 1 ? '' : 's'} between them not shown`] : []),
			].join(' · '),
		dropped: (rows: number) => `${formatCount(rows)} older row${rows === 1 ? '' : 's'} dropped`,
		around: (socket: string) => `around ${socket}, in the order of sending`,
		following: 'follows the end',
		scrolled: 'scrolled back',
		select: 'select',
		unselect: 'no row',
		beside: 'beside the panes',
		copy: 'copy tshark line',
		copied: 'asked the terminal to copy the tshark line (OSC 52)',
		details: {
			title: 'ROW',
			newest: (count: string) => `the newest of ${count}`,
			sent: 'sent',
			read: 'read',
			sourcePort: (port: number) => `source port ${port}`,
			destinationPort: (port: number) => `destination port ${port}`,
			udpLength: (length: number) => `length ${formatExactBytes(length)} (header 8 B + payload ${formatExactBytes(length - 8)})`,
			checksum: (checksum: string) =>
				`checksum ${checksum}, computed here: a capture on lo may show another, which the kernel leaves unfinished there`,
			noChecksum: {
				address: 'checksum not computed: an address is not known',
				payload: 'checksum not computed: the log has only the beginning of the payload',
				link: 'checksum not computed: the simulated link has changed the payload',
			} satisfies Record<NoChecksum, string>,
			flags: (flags: string) => `flags ${flags}`,
			noPayload: 'no payload',
			stream: (length: number, offset: number) =>
				`payload ${formatCount(length)} B from byte ${formatCount(offset)} of the stream on (relative seq ${formatCount(offset + 1)})`,
			icmp: 'ICMP: port unreachable (type 3, code 3; in IPv6 type 1, code 4), from the kernel of the destination: no socket is bound there',
			notOnWire: {
				call: 'not on the wire: something that the program did, or was told',
				refused: 'not on the wire: the OS has not taken it',
				link: 'not on the wire: it has not left the simulated link',
			},
			unseen: {
				udp: 'not visible to a program: TTL, fragments, the rest of the IP header',
				tcp: 'not visible to a program: sequence numbers, window, checksum, TTL, segments',
			},
		},
		formats: {svg: 'an SVG picture', mermaid: 'text for Mermaid', text: 'plain text'} satisfies Record<FlowFormat, string>,
	},
	payload: {
		title: 'PAYLOAD',
		gone: 'this payload was dropped from the log · Esc goes back',
		loading: 'reading …',
		characters: (characters: number) => `${formatCount(characters)} character${characters === 1 ? '' : 's'}`,
		isText: (encoding: string) => `valid ${encoding}`,
		notText: (encoding: string, bytes: number) => `not all ${encoding}: ${formatBytes(bytes)} invalid`,
		cut: (bytes: number) => `ends inside a character (${formatBytes(bytes)} of it)`,
		empty: 'empty: 0 bytes',
		kept: (kept: number, length: number) =>
			`the log keeps the first ${formatBytes(kept)} of ${formatBytes(length)}`,
		roundTrip: (elapsed: number, {there, server, back}: RoundTripParts) =>
			`rtt ${formatElapsed(elapsed)}: ${formatElapsed(there)} to the server · ${formatElapsed(server)} in it`
			+ ` · ${formatElapsed(back)} back (until read)`,
		copyText: 'copy text',
		copyHex: 'copy hex',
		copied: (bytes: number, isHex: boolean) =>
			`asked the terminal to copy ${formatExactBytes(bytes)} as ${isHex ? 'hex' : 'text'} (OSC 52) · if it does not, w saves it`,
		tooLong: 'too large for the clipboard: w saves it',
		saveText: 'this view as text',
		saveBytes: 'its bytes',
		lines: (from: number, to: number, of: number) =>
			`lines ${formatCount(from)}–${formatCount(to)} of ${formatCount(of)}`,
	},
	select: {
		open: 'open whole',
		move: 'other row',
		matches: 'previous, next match',
		end: 'back',
		noPayload: 'this row has no payload',
	},
	saved: (path: string) => `saved ${path}`,
	notSavable: 'nothing here to save',
	/** What stands above a view that was saved. */
	saving: {
		/** Before what a panel shows is saved: where, and as what. */
		where: (folder: string) => `save it whole in ${folder} as`,
		not: 'do not save',
		rows: (count: number) => `${formatCount(count)} row${count === 1 ? '' : 's'}`,
		onlyWith: (filter: string) => `only rows with: ${filter}`,
		experiment: (key: string, name: string) => `then Esc e ${key}: ${name}`,
		/** What the command line does not bring back. */
		serverStopped: 'then Esc o in the server\'s pane: it was stopped',
		destination: (client: number, address: string) => `then Esc a in client ${client}: it sent to ${address}`,
		framing: (client: number, framing: string) => `then Esc j in client ${client}: its framing was ${framing}`,
		otherOptions: (client: number) =>
			`${client === 0 ? 'the server' : `client ${client}`} has other socket options than this command gives it`,
		clientClosed: (client: number) => `then Esc x in client ${client}: it was closed`,
		encoding: (client: number, encoding: string) => `then Esc j in client ${client}: its encoding was ${encoding}`,
		ending: (client: number, ending: string) =>
			`then Esc m in ${client === 0 ? 'the server' : `client ${client}`}: its messages ended with ${ending}`,
		/** What is asked for before it is saved. */
		view: 'save this view',
		command: 'the scene as a command line',
		lesson: 'the scene as a lesson',
		copy: 'copy the command line',
		copied: 'asked the terminal to copy the command line (OSC 52)',
		lessonHead: 'a lesson that starts from this scene; socket-playground learn FILE --check tells what is wrong with it',
		noLesson: 'a lesson has a server of its own: these clients send to another program\'s',
	},
};
