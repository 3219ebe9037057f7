import type {Refusal} from '../../../engine/api/command.ts';
import type {Address, SocketFailure} from '../../../log/event.ts';
import {formatAddress, isLinkLocal} from '../../../text/address.ts';
import {encodingName} from '../../../text/encoding/encoding.ts';
import {visibleLine} from '../../../text/width/visible.ts';
import {fileProblem} from '../input/files-en.ts';
import {messagesEn} from '../input/messages-en.ts';
import {formatBytes, formatExactBytes} from '../values/numbers.ts';
import {relayEn} from './relay-en.ts';

/** What a failed call means, and what to do; `isServer` says in whose pane that stands. */
export function explainFailure(
	{code, syscall, message}: SocketFailure,
	address: Address | undefined,
	isServer: boolean,
): string {
	const where = address ? formatAddress(address) : 'the peer';
	const host = address?.host ?? '';
	const isBind = syscall === 'bind' || syscall === 'listen';
	const again = isServer ? '' : ' Esc o connects again.';
	switch (code) {
		case 'EADDRINUSE': {
			return isServer
				? `${where} is in use: another socket is bound to it (EADDRINUSE). Press Esc o to try again, Esc a to choose another, or start with port 0.`
				: 'no port is left for this socket: all that the OS may choose are in use (EADDRINUSE). Close some sockets, and try again.';
		}

		case 'EADDRNOTAVAIL': {
			if (isBind) {
				return `${where} is not an address of this machine (EADDRNOTAVAIL). Press Esc a to choose another.`;
			}

			const noPort = `no port is left here for another connection to ${where}`;
			const wait = 'The OS keeps those of closed connections in TIME_WAIT for a minute: close some, or wait.';
			return host.includes(':')
				? `${noPort}, or this machine has no IPv6 address to reach it from (EADDRNOTAVAIL). ${wait}`
				: `${noPort} (EADDRNOTAVAIL): all that the OS may choose are in use. ${wait}`;
		}

		case 'EACCES':
		case 'EPERM': {
			if (isBind) {
				const low = address && address.port > 0 && address.port < 1024 ? ': ports below 1024 are privileged' : '';
				return `no permission to bind ${where} (${code})${low}. Press Esc a to choose another, or start with another port.`;
			}

			if (syscall === 'connect') {
				return `not allowed to connect to ${where} (${code}): a broadcast address, which TCP does not have and UDP only with --option broadcast (SO_BROADCAST), or a firewall rule.`;
			}

			return code === 'EACCES'
				? `not allowed to send to ${where} (EACCES). To a broadcast address a socket sends only after setsockopt(SO_BROADCAST), as with --option broadcast. Esc b c allows it. Otherwise a firewall rule forbids it.`
				: `not allowed to send to ${where} (EPERM): a firewall rule forbids it.`;
		}

		case 'ECONNREFUSED': {
			return syscall === 'connect'
				? `refused: no socket listens at ${where} (ECONNREFUSED). The server must run first; Esc o tries again.`
				: `refused: no socket is bound to ${where}: ICMP "port unreachable" came back (ECONNREFUSED).`;
		}

		case 'ENOTFOUND': {
			return `host not found: ${host} (ENOTFOUND). Press Esc a to correct it.`;
		}

		case 'EAI_AGAIN': {
			return `the name ${host} could not be looked up now (EAI_AGAIN): no name server answers, or too many names are being looked up. Try again, or give the IP address with Esc a.`;
		}

		case 'EAI_FAIL': {
			return `the name ${host} could not be looked up: the name server has failed (EAI_FAIL). Give the IP address with Esc a.`;
		}

		case 'ENETUNREACH':
		case 'EHOSTUNREACH': {
			return `no route to ${where} (${code}). Check the address (Esc a) and this machine's network.`;
		}

		case 'ETIMEDOUT': {
			return `${where} did not answer in time (ETIMEDOUT).${isServer ? '' : ' Esc o tries again.'}`;
		}

		case 'ECONNRESET': {
			return `${where} has reset the connection (ECONNRESET).${again}`;
		}

		case 'EPIPE': {
			return `${where} has closed the connection: it accepts no further data (EPIPE).${again}`;
		}

		case 'EINVAL':
		case 'ENODEV':
		case 'ENXIO': {
			return zoneProblem(host, where, code)
				?? `this socket cannot use the address ${where} (${code}). Press Esc a to choose another address.`;
		}

		case 'EAFNOSUPPORT': {
			return host.includes(':')
				? `this machine has no IPv6, which ${where} needs (EAFNOSUPPORT). Press Esc a to choose another address.`
				: `this socket cannot use the address ${where} (EAFNOSUPPORT). Press Esc a to choose another address.`;
		}

		case 'ECANCELED': {
			return `not sent to ${where}: the socket was closed before it could be (ECANCELED).`;
		}

		case 'ECONNABORTED': {
			return `the connection to ${where} was aborted (ECONNABORTED).${again}`;
		}

		case 'ENOTCONN': {
			return syscall === 'getpeername'
				? 'accepted and closed at once: its client had reset the connection before accept() (getpeername() → ENOTCONN).'
				: (syscall === 'shutdown'
					? `no FIN sent: ${where} had reset the connection (shutdown() → ENOTCONN).`
					: `the socket is not connected to ${where} (ENOTCONN).`);
		}

		case 'EMFILE':
		case 'ENFILE': {
			return syscall === 'getaddrinfo'
				? `the name ${host} could not be looked up: too many open files (${code}). Close some sockets, or raise the limit with ulimit -n.`
				: `too many open files (${code}): close some sockets, or raise the limit with ulimit -n.`;
		}

		case 'ENOBUFS':
		case 'ENOMEM': {
			return `the OS has no memory left for this (${code}). Close some sockets, and try again.`;
		}

		case 'EMSGSIZE': {
			return `the OS does not take a datagram of this length to ${where} (EMSGSIZE). Send a shorter one.`;
		}

		case 'ERR_SOCKET_BAD_PORT': {
			return `nothing can be sent to ${where}: no socket has that port (ERR_SOCKET_BAD_PORT). Press Esc a to choose another address.`;
		}

		default: {
			return `${syscall === '' ? 'failed' : `${syscall} failed`}: ${code === 'UNKNOWN' ? message : code} (${where})`;
		}
	}
}

/** What is wrong with the zone of an IPv6 address (RFC 4007), where it has one or needs one. */
function zoneProblem(host: string, where: string, code: string): string | undefined {
	const [, zone] = host.split('%');
	if (zone !== undefined) {
		return `this machine has no interface ${zone}, or it cannot use ${where} there (${code}). Press Esc a to choose another: ip addr lists the interfaces.`;
	}

	return isLinkLocal(host)
		? `${where} is a link-local address: it needs the interface as its zone, such as [${host}%eth0] (${code}). Press Esc a to add it; ip addr lists the interfaces.`
		: undefined;
}

/** Why a command was not carried out, and what to do; `isServer` says in whose pane that stands. */
export function explainRefusal(refusal: Refusal, isServer = false): string {
	switch (refusal.reason) {
		case 'not-open': {
			return 'not sent: there is no open socket. Press Esc, then o.';
		}

		case 'no-socket-yet': {
			return 'there is no socket yet: the first send makes it. Send something first.';
		}

		case 'no-destination': {
			return 'no destination: the server has no port yet. Open it first, or give an address with Esc a.';
		}

		case 'peer-gone': {
			return 'not sent: that client is gone. Left and Right, on an empty line, choose another.';
		}

		case 'no-peer': {
			return 'not sent: no datagram received yet, so there is no address to send to.';
		}

		case 'no-connection': {
			return 'not sent: no client is connected.';
		}

		case 'sending-finished': {
			return `not sent: this socket has sent its FIN.${isServer ? '' : ' Esc o connects again.'}`;
		}

		case 'empty-write': {
			return 'not sent: TCP carries bytes, and an empty write carries none.';
		}

		case 'larger-than-frame': {
			const {framing, length, limit} = refusal;
			return `not sent: ${formatExactBytes(length)}, and a message with the framing ${framing} has ${formatExactBytes(limit)} at most.`;
		}

		case 'too-much-waiting': {
			return `not sent: ${formatBytes(refusal.waiting)} already queued.`;
		}

		case 'client-limit': {
			return `client limit reached (${refusal.limit})`;
		}

		case 'no-such-pane': {
			return 'that pane was removed.';
		}

		case 'no-server': {
			return 'no server here: the clients send to another program\'s server.';
		}

		case 'payload-gone': {
			return 'this payload was dropped from the log.';
		}

		case 'save-failed': {
			const {code, message} = refusal.failure;
			switch (code) {
				case 'EACCES':
				case 'EROFS':
				case 'EPERM': {
					return `not saved: this program may not write into its working directory (${code}). Start it in another one.`;
				}

				case 'ENOENT': {
					return `not saved: the working directory was removed (${code}). Start the program in another one.`;
				}

				case 'ENOSPC': {
					return `not saved: the disk is full (${code}).`;
				}

				default: {
					// The system's message begins with its code.
					return `not saved: ${message}`;
				}
			}
		}

		case 'udp-has-none': {
			return 'UDP has no connection: there is nothing to reset, and not reading does not throttle the sender.';
		}

		case 'no-broadcast': {
			return 'TCP connects to one peer: only UDP has broadcast.';
		}

		case 'nothing-to-split': {
			return 'nothing to divide: type a text first, with a character of several bytes (é, 한, emoji) where one is to be split.';
		}

		case 'nothing-to-lose': {
			return 'nothing to lose: no UDP socket here sends that way.';
		}

		case 'series-under-way': {
			return 'not now: a series of messages is being sent from here. Esc b s stops it.';
		}

		case 'answers-are-counted': {
			return `not now: client ${refusal.client} counts the answers to its series. Esc b s in its pane stops it.`;
		}

		case 'no-lines-of': {
			return `not changed: in ${encodingName(refusal.encoding)} a line feed is not a single byte, so the framing line cannot be used with it.`;
		}

		case 'no-series': {
			return 'no series of messages is being sent from here.';
		}

		case 'file-failed': {
			return `${visibleLine(refusal.path)}: ${fileProblem(refusal.failure.code)}.`;
		}

		case 'file-too-large': {
			const {path, size, limit} = refusal;
			const length = size === undefined ? `more than ${formatBytes(limit)}` : formatBytes(size);
			return `not sent: ${visibleLine(path)} has ${length}, and one datagram to this address holds at most ${formatBytes(limit)}.`;
		}

		case 'file-under-way': {
			return 'a file is under way here: Esc u stops it.';
		}

		case 'no-file': {
			return 'no file is under way here.';
		}

		case 'one-peer': {
			return 'a file goes to one peer, or comes from one: choose it first, with Left and Right on the empty line.';
		}

		case 'messages-under-way': {
			return messagesEn.refused.underWay;
		}

		case 'no-messages': {
			return messagesEn.refused.none;
		}

		case 'message-too-large': {
			const {name, size, limit} = refusal;
			return messagesEn.refused.tooLarge(visibleLine(name), size, limit);
		}

		case 'no-such-option': {
			return 'sockets of this kind have no such option, or Node cannot set it for them.';
		}

		case 'relays-to-itself': {
			return `${formatAddress(refusal.target)} is the target: the relay would send to itself without end.`;
		}

		case 'not-held': {
			return 'this message is no longer held.';
		}

		case 'held-end': {
			return 'the end of a stream is not edited or dropped: it goes on behind the bytes before it.';
		}

		case 'held-size': {
			return `${relayEn.list.wrongSize(refusal.length, refusal)}.`;
		}

		case 'no-lesson': {
			return 'no lesson is open. Esc g lists them.';
		}

		case 'step-not-done': {
			return 'this step is not done yet.';
		}

		case 'fault': {
			return `a fault in the program: ${visibleLine(refusal.message)}. Please report it.`;
		}

		default: {
			return refusal satisfies never;
		}
	}
}
