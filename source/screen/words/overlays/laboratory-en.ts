import type {ExperimentName, ExperimentFacts} from '../../../engine/api/experiment.ts';
import {formatBytes, formatElapsed, formatExactBytes} from '../values/numbers.ts';
import {byType} from '../../../text/by-type.ts';

/**
The addresses that an experiment is about, as a call is given them: where its first client goes, and what its server
binds.
*/
export type ExperimentPlaces = {readonly client: string; readonly server: string; readonly host: string};

/** What is said of an experiment. */
type ExperimentWords = {
	/** What goes wrong. */
	readonly name: string;
	/** What will be seen: a few words beside the name. */
	readonly sign: string;
	/** Why it goes wrong, with the calls involved, sentence by sentence. */
	readonly explain: (places: ExperimentPlaces) => readonly string[];
	/** The facts of this run, as soon as they are known. */
	readonly found?: (facts: ExperimentFacts, isDone: boolean) => string | undefined;
	/** Added where this machine let happen what was to fail. */
	readonly allowed?: string;
};

/** The places of bytes, each with how many are there. */
type QueueWords = Readonly<Record<'written' | 'receive' | 'send' | 'readAhead' | 'waiting', (bytes: string) => string>>;

/** Where the bytes were when nothing moved any longer. */
export function describeQueues({length, queues}: ExperimentFacts, words: QueueWords): string | undefined {
	if (length === undefined) {
		return undefined;
	}

	const written = words.written(formatBytes(length));
	const places = queues && (['receive', 'send', 'readAhead', 'waiting'] as const)
		.filter(place => place !== 'readAhead' || queues.readAhead > 0)
		.map(place => words[place](formatBytes(queues[place])));
	return places ? `${written}: ${places.join(', ')}.` : `${written}.`;
}

const queuesEn: QueueWords = {
	written: bytes => `Here ${bytes} were written`,
	receive: bytes => `${bytes} in the receive queue`,
	send: bytes => `${bytes} in the send queue`,
	readAhead: bytes => `${bytes} read ahead by Node`,
	waiting: bytes => `${bytes} in this program`,
};

/** The sockets that keep the experiment's port, which `ss` shows and no pane has. */
function describeHolders(holders: NonNullable<ExperimentFacts['holders']>): string {
	return byType(holders, {
		connection: ({port, other}) => `ss shows what keeps port ${port} from other programs: a connection of this one to port ${other}, which does not listen.`,
		itself: ({port}) => `ss shows what keeps port ${port} from other programs: one more UDP socket of this one, connected to itself alone.`,
		listener: ({port}) => `ss shows what has port ${port}: one more socket of this program, which listens there.`,
		'full-queue': ({port}) => `Here this program has a socket at port ${port} that never accepts (see ss).`,
	});
}

/** The experiments, in English. */
const experiments: Readonly<Record<ExperimentName, ExperimentWords>> = {
	'tcp-refused': {
		name: 'connection refused (TCP)',
		sign: 'ECONNREFUSED at once',
		explain: ({client}) => [
			`connect(${client}) → ECONNREFUSED.`,
			'No socket listens at that port: the OS there answers the SYN with RST (RFC 9293, 3.5.2), and connect() fails at once.',
			'Start the server first, or check the port.',
		],
	},
	'udp-refused': {
		name: 'no socket there (UDP)',
		sign: 'no error at all',
		explain: ({client}) => [
			`sendto(${client}) succeeds: it only says that the OS has taken the datagram.`,
			'No socket has that port, and ICMP "port unreachable" comes back; a socket that has not called connect() is not told.',
			'The datagram is lost without an error.',
		],
	},
	'udp-connected-refused': {
		name: 'refused, connected UDP',
		sign: 'ECONNREFUSED, a call later',
		explain: ({client}) => [
			`connect(${client}) on a UDP socket sends nothing: it sets the peer.`,
			'send() succeeds, too.',
			'Then ICMP "port unreachable" comes back, and because the peer is set, the next call on the socket is told: recv() → ECONNREFUSED (udp(7)).',
		],
	},
	'address-in-use': {
		name: 'address in use',
		sign: 'bind() → EADDRINUSE',
		explain: ({server}) => [
			`bind(${server}) → EADDRINUSE.`,
			'Another socket has this address and port already: the OS could not tell which socket a datagram or connection is for.',
			'Choose another port, or port 0: then the OS chooses a free one.',
		],
	},
	'permission-denied': {
		name: 'permission denied',
		sign: 'a low port: EACCES',
		explain: ({server}) => [
			`bind(${server}) → EACCES.`,
			'Ports below 1024 are privileged: Linux requires CAP_NET_BIND_SERVICE (ip(7)), or a lower net.ipv4.ip_unprivileged_port_start.',
			'Nothing is bound.',
			'Choose a port from 1024 on.',
		],
		allowed: 'This machine allowed it: the program runs as root, or low ports need no privilege here. Elsewhere:',
	},
	'unknown-host': {
		name: 'unknown host',
		sign: 'ENOTFOUND: no address',
		explain: ({host}) => [
			`getaddrinfo('${host}') → ENOTFOUND (EAI_NONAME), or EAI_AGAIN where no name server answers.`,
			'A name is looked up before anything is sent: connect() is never called.',
			'Names in .invalid never exist (RFC 6761).',
		],
		found: ({failure}) => failure && `Here: ${failure.code}.`,
	},
	'connect-timeout': {
		name: 'no answer: timeout',
		sign: 'ETIMEDOUT, after a while',
		explain: ({client}) => [
			`connect(${client}): neither SYN+ACK nor RST comes back.`,
			'The SYN is sent again after 1 second, then at growing intervals; Linux gives up after about 2 minutes, most programs sooner: ETIMEDOUT.',
			'No answer gives no reason: the host is down, or a firewall or full queue drops the SYN.',
		],
		found: ({waited}) =>
			waited === undefined ? undefined : `Here connect() was given up after ${formatElapsed(waited)}.`,
	},
	'reset-or-end': {
		name: 'reset or orderly end',
		sign: 'recv() → 0 B, or ECONNRESET',
		explain: () => [
			'close() sends FIN: the peer reads all bytes, then recv() → 0 B, the orderly end.',
			'close() with SO_LINGER (1, 0) sends RST instead: unsent data is dropped, and the peer\'s recv() → ECONNRESET.',
		],
	},
	'half-closed': {
		name: 'half-close',
		sign: 'FIN one way, data the other',
		explain: () => [
			'shutdown(SHUT_WR) sends FIN: this side has finished writing.',
			'The server\'s recv() → 0 B, yet it may go on sending, and the client receives.',
			'The client is in FIN_WAIT2 and the server in CLOSE_WAIT until the server closes, too.',
		],
	},
	'broken-pipe': {
		name: 'broken pipe',
		sign: 'the second send(): EPIPE',
		explain: () => [
			'The peer has closed its socket.',
			'The first send() still succeeds: it only puts the bytes into the send buffer, and the peer\'s OS answers them with RST.',
			'A send() after that → EPIPE, and the signal SIGPIPE unless that is ignored (send(2)).',
		],
		found: ({failure}) => failure && `Here: ${failure.code}.`,
	},
	'message-too-long': {
		name: 'message too long',
		sign: '65,508 B: EMSGSIZE',
		explain: () => [
			'sendto(65508 B) → EMSGSIZE, and nothing is sent.',
			'IPv4\'s Total Length has 16 bits: 65,535 − 20 (IP header) − 8 (UDP header) = 65,507. Over IPv6 65,527 fit.',
			'A byte stream has no such limit: TCP cuts it into segments.',
		],
		found: ({length}) => (length === undefined ? undefined : `Here ${formatExactBytes(length)} were sent.`),
	},
	'empty-datagram': {
		name: 'an empty datagram',
		sign: 'recvfrom() → 0 B, no end',
		explain: () => [
			'sendto(b\'\') sends a datagram: a UDP header of 8 B, no payload.',
			'recvfrom() → 0 B and the sender\'s address: a message like any other.',
			'In TCP, recv() → 0 B is the end of the stream, and send(b\'\') sends nothing.',
		],
	},
	'server-stops': {
		name: 'the server stops',
		sign: 'FIN to all, then refused',
		explain: ({client}) => [
			'The server closes all its sockets.',
			'Each connection socket sends FIN: its client\'s recv() → 0 B.',
			`The welcoming socket is gone as well: from now on connect(${client}) → ECONNREFUSED.`,
		],
	},
	'time-wait': {
		name: 'TIME_WAIT after the close',
		sign: 'on the side that closes first',
		explain: () => [
			'The side that closes first keeps the four-tuple in TIME_WAIT for 2 MSL (RFC 9293, 3.6.1; Linux: 60 s), to repeat the last ACK and let old segments die out.',
			'Until then bind() to that port → EADDRINUSE, unless SO_REUSEADDR is set.',
			'Esc 4 shows the sockets.',
		],
		found({state, address}, isDone) {
			if (state !== undefined) {
				return `Here the kernel's table says ${state} at port ${address?.port}.`;
			}

			return isDone ? 'The kernel\'s tables cannot be read here.' : undefined;
		},
	},
	'truncated-character': {
		name: 'truncated UTF-8 character',
		sign: 'a read ends inside it',
		explain: () => [
			'A byte stream knows no characters: "한" is ED 95 9C in UTF-8; here one recv() returns ED 95, the next 9C.',
			'Each decoded alone is invalid (U+FFFD).',
			'Keep the cut bytes until the rest has come: decode the stream, not each chunk.',
		],
	},
	'no-reader': {
		name: 'a peer that does not read',
		sign: 'the sender must wait',
		explain: () => [
			'The peer does not call recv(): its receive buffer fills, its window closes to 0, then the send buffer here fills.',
			'Then send() blocks, or → EAGAIN on a socket that does not block.',
			'Nothing is lost: TCP\'s flow control throttles the sender.',
		],
		found: facts => describeQueues(facts, queuesEn),
	},
};

/** What is said in the error laboratory, in English. */
export const laboratoryEn = {
	title: 'LABORATORY',
	promise: 'on real sockets; yours stay as they are',
	running: 'under way …',
	done: 'done',
	/** Lines that do not show, and what shows them. */
	more: (count: number, isLetters: boolean) => `… ${count} more · ${isLetters ? 'i' : 'larger window'}`,
	failed: (message: string) => `It could not be caused here: ${message}.`,
	holders: describeHolders,
	choose: 'choose',
	run: 'run',
	runDirectly: 'run at once',
	back: 'back',
	experiments,
	notHere: 'not while an experiment or exercise is shown: Esc e ends it.',
};
