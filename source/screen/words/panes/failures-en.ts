import {formatAddress} from '../../../text/address.ts';
import {encodingName} from '../../../text/encoding/encoding.ts';
import {visibleLine} from '../../../text/width/visible.ts';
import {fileProblem} from '../input/files-words.ts';
import {messagesWords} from '../input/messages-words.ts';
import {formatBytes, formatExactBytes} from '../values/numbers.ts';
import {relayWords} from './relay-words.ts';
import {
	explainFailures, explainRefusals, type FailedCall, type FailureSentences, type RefusalSentences,
} from './explain.ts';

/** How a client connects once more. */
function again(isServer: boolean): string {
	return isServer ? '' : ' Esc o connects again.';
}

function forbidden({code, syscall, where, isBind, isPrivileged}: FailedCall): string {
	if (isBind) {
		const low = isPrivileged ? ': ports below 1024 are privileged' : '';
		return `no permission to bind ${where} (${code})${low}. Press Esc a to choose another, or start with another port.`;
	}

	if (syscall === 'connect') {
		return `not allowed to connect to ${where} (${code}): a broadcast address, which TCP does not have and UDP only with --option broadcast (SO_BROADCAST), or a firewall rule.`;
	}

	return code === 'EACCES'
		? `not allowed to send to ${where} (EACCES). To a broadcast address a socket sends only after setsockopt(SO_BROADCAST), as with --option broadcast. Esc b c allows it. Otherwise a firewall rule forbids it.`
		: `not allowed to send to ${where} (EPERM): a firewall rule forbids it.`;
}

function noRoute({code, where}: FailedCall): string {
	return `no route to ${where} (${code}). Check the address (Esc a) and this machine's network.`;
}

function wrongAddress(call: FailedCall): string {
	const {code, where} = call;
	return zoneProblem(call)
		?? `this socket cannot use the address ${where} (${code}). Press Esc a to choose another address.`;
}

function manyFiles({code, syscall, host}: FailedCall): string {
	return syscall === 'getaddrinfo'
		? `the name ${host} could not be looked up: too many open files (${code}). Close some sockets, or raise the limit with ulimit -n.`
		: `too many open files (${code}): close some sockets, or raise the limit with ulimit -n.`;
}

function noMemory({code}: FailedCall): string {
	return `the OS has no memory left for this (${code}). Close some sockets, and try again.`;
}

/** What is wrong with the zone of an IPv6 address (RFC 4007), where it has one or needs one. */
function zoneProblem({code, where, host, zone, needsZone}: FailedCall): string | undefined {
	if (zone !== undefined) {
		return `this machine has no interface ${zone}, or it cannot use ${where} there (${code}). Press Esc a to choose another: ip addr lists the interfaces.`;
	}

	return needsZone
		? `${where} is a link-local address: it needs the interface as its zone, such as [${host}%eth0] (${code}). Press Esc a to add it; ip addr lists the interfaces.`
		: undefined;
}

const failures: FailureSentences = {
	peer: 'the peer',
	byCode: {
		EADDRINUSE: ({where, isServer}) => isServer
			? `${where} is in use: another socket is bound to it (EADDRINUSE). Press Esc o to try again, Esc a to choose another, or start with port 0.`
			: 'no port is left for this socket: all that the OS may choose are in use (EADDRINUSE). Close some sockets, and try again.',
		EADDRNOTAVAIL({where, host, isBind}) {
			if (isBind) {
				return `${where} is not an address of this machine (EADDRNOTAVAIL). Press Esc a to choose another.`;
			}

			const noPort = `no port is left here for another connection to ${where}`;
			const wait = 'The OS keeps those of closed connections in TIME_WAIT for a minute: close some, or wait.';
			return host.includes(':')
				? `${noPort}, or this machine has no IPv6 address to reach it from (EADDRNOTAVAIL). ${wait}`
				: `${noPort} (EADDRNOTAVAIL): all that the OS may choose are in use. ${wait}`;
		},
		EACCES: forbidden,
		EPERM: forbidden,
		ECONNREFUSED: ({syscall, where}) => syscall === 'connect'
			? `refused: no socket listens at ${where} (ECONNREFUSED). The server must run first; then Esc o tries again here.`
			: `refused: no socket is bound to ${where}: ICMP "port unreachable" came back (ECONNREFUSED).`,
		ENOTFOUND: ({host}) => `host not found: ${host} (ENOTFOUND). Press Esc a to correct it.`,
		EAI_AGAIN: ({host}) =>
			`the name ${host} could not be looked up now (EAI_AGAIN): no name server answers, or too many names are being looked up. Try again, or give the IP address with Esc a.`,
		EAI_FAIL: ({host}) =>
			`the name ${host} could not be looked up: the name server has failed (EAI_FAIL). Give the IP address with Esc a.`,
		ENETUNREACH: noRoute,
		EHOSTUNREACH: noRoute,
		ETIMEDOUT: ({where, isServer}) =>
			`${where} did not answer in time (ETIMEDOUT).${isServer ? '' : ' Esc o tries again.'}`,
		ECONNRESET: ({where, isServer}) => `${where} has reset the connection (ECONNRESET).${again(isServer)}`,
		EPIPE: ({where, isServer}) =>
			`${where} has closed the connection: it accepts no further data (EPIPE).${again(isServer)}`,
		EINVAL: wrongAddress,
		ENODEV: wrongAddress,
		ENXIO: wrongAddress,
		EAFNOSUPPORT: ({where, host}) => host.includes(':')
			? `this machine has no IPv6, which ${where} needs (EAFNOSUPPORT). Press Esc a to choose another address.`
			: `this socket cannot use the address ${where} (EAFNOSUPPORT). Press Esc a to choose another address.`,
		ECANCELED: ({where, isBind}) => isBind
			? `not sent to ${where}: the socket could not be bound (ECANCELED).`
			: `not sent to ${where}: the socket was closed first (ECANCELED). Esc o opens one.`,
		ECONNABORTED: ({where, isServer}) =>
			`the connection to ${where} was aborted (ECONNABORTED).${again(isServer)}`,
		ENOTCONN: ({syscall, where}) => syscall === 'getpeername'
			? 'accepted and closed at once: its client had reset the connection before accept() (getpeername() → ENOTCONN).'
			: (syscall === 'shutdown'
				? `no FIN sent: ${where} had reset the connection (shutdown() → ENOTCONN).`
				: `the socket is not connected to ${where} (ENOTCONN).`),
		EMFILE: manyFiles,
		ENFILE: manyFiles,
		ENOBUFS: noMemory,
		ENOMEM: noMemory,
		EMSGSIZE: ({where}) =>
			`the OS does not take a datagram of this length to ${where} (EMSGSIZE). Send a shorter one.`,
		ERR_SOCKET_BAD_PORT: ({where}) =>
			`nothing can be sent to ${where}: no socket has that port (ERR_SOCKET_BAD_PORT). Press Esc a to choose another address.`,
	},
	other: ({syscall, where}, problem) => `${syscall === '' ? 'failed' : `${syscall} failed`}: ${problem} (${where})`,
};

const notWritable = 'this program may not write into its working directory $. Start it in another one.';

/** Why a file was not saved, by the error's name, which stands in the place of `$`. */
const saveProblems: Readonly<Record<string, string>> = {
	EACCES: notWritable,
	EROFS: notWritable,
	EPERM: notWritable,
	ENOENT: 'the working directory was removed $. Start the program in another one.',
	ENOSPC: 'the disk is full $.',
};

const refusals: RefusalSentences = {
	'not-open': 'not sent: there is no open socket. Press Esc, then o.',
	'no-socket-yet': 'there is no socket yet: the first send makes it. Send something first.',
	'no-destination': 'no destination: the server has no port yet. Open it first, or give an address with Esc a.',
	'peer-gone': 'not sent: that client is gone. Left and Right, on an empty line, choose another.',
	'no-peer': 'not sent: no datagram received yet, so there is no address to send to.',
	'no-connection': 'not sent: no client is connected.',
	'sending-finished': (_, isServer) => `not sent: this socket has sent its FIN.${again(isServer)}`,
	'empty-write': 'not sent: TCP carries bytes, and an empty write carries none.',
	'larger-than-frame': ({framing, length, limit}) =>
		`not sent: ${formatExactBytes(length)}, and a message with the framing ${framing} has ${formatExactBytes(limit)} at most.`,
	'too-much-waiting': refusal => `not sent: ${formatBytes(refusal.waiting)} already queued. Send it again when less is queued.`,
	'client-limit': refusal => `client limit reached (${refusal.limit}). Esc x closes one, and once more removes it.`,
	'no-such-pane': 'that pane was removed.',
	'no-server': 'no server here: the clients send to another program\'s server.',
	'payload-gone': 'this payload was dropped from the log.',
	'save-failed'({failure: {code, message}}) {
		const problem = saveProblems[code];
		// The system's message begins with its code.
		return problem === undefined ? `not saved: ${message}` : `not saved: ${problem.replace('$', `(${code})`)}`;
	},
	'udp-has-none': 'UDP has no connection: there is nothing to reset, and not reading does not throttle the sender.',
	'no-broadcast': 'TCP connects to one peer: only UDP has broadcast.',
	'nothing-to-split': 'nothing to divide: type a text first, with a character of several bytes (é, 한, emoji) where one is to be split.',
	'nothing-to-lose': 'nothing to lose: no UDP socket here sends that way.',
	'series-under-way': 'not now: a series of messages is being sent from here. Esc b s stops it.',
	'answers-are-counted': refusal =>
		`not now: client ${refusal.client} counts the answers to its series. Esc b s in its pane stops it.`,
	'no-lines-of': refusal =>
		`not changed: in ${encodingName(refusal.encoding)} a line feed is not a single byte, so the framing line cannot be used with it.`,
	'no-series': 'no series of messages is being sent from here.',
	'file-failed': refusal => `${visibleLine(refusal.path)}: ${fileProblem.en(refusal.failure.code)}.`,
	'file-too-large'({path, size, limit}) {
		const length = size === undefined ? `more than ${formatBytes(limit)}` : formatBytes(size);
		return `not sent: ${visibleLine(path)} has ${length}, and one datagram to this address holds at most ${formatBytes(limit)}.`;
	},
	'file-under-way': 'a file is under way here: Esc u stops it.',
	'no-file': 'no file is under way here.',
	'one-peer': 'a file goes to one peer, or comes from one: choose it first, with Left and Right on the empty line.',
	'messages-under-way': messagesWords.refused.underWay.en,
	'no-messages': messagesWords.refused.none.en,
	'message-too-large': ({name, size, limit}) =>
		messagesWords.refused.tooLarge.en(visibleLine(name), size, limit),
	'no-such-option': 'sockets of this kind have no such option, or Node cannot set it for them.',
	'relays-to-itself': refusal =>
		`${formatAddress(refusal.target)} is the target: the relay would send to itself without end.`,
	'not-held': 'this message is no longer held.',
	'held-end': 'the end of a stream is not edited or dropped: it goes on behind the bytes before it.',
	'held-size': refusal => `${relayWords.list.wrongSize.en(refusal.length, refusal)}.`,
	'no-lesson': 'no lesson is open. Esc g lists them.',
	'step-not-done': 'this step is not done yet.',
	fault: refusal => `a fault in the program: ${visibleLine(refusal.message)}. The sockets stay open. Please report it.`,
};

/** What a failed call means, and what to do. */
export const explainFailure = explainFailures(failures);

/** Why a command was not carried out, and what to do. */
export const explainRefusal = explainRefusals(refusals);
