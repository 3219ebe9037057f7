import type {Refusal} from '../../engine/api/command.ts';
import type {Address, SocketFailure} from '../../log/event.ts';
import {formatAddress} from '../../text/address.ts';
import {visibleLine} from '../../text/visible.ts';
import {formatBytes} from './numbers.ts';

/** What a failed call means, and what to do. */
export function explainFailure({code, syscall, message}: SocketFailure, address: Address | undefined): string {
	const where = address ? formatAddress(address) : 'the peer';
	const isBind = syscall === 'bind' || syscall === 'listen';
	switch (code) {
		case 'EADDRINUSE': {
			return `${where} is taken by another program (EADDRINUSE). Press Esc o to try again, Esc a to choose another address, or start with --port 0 to let the OS choose a port.`;
		}

		case 'EADDRNOTAVAIL': {
			return isBind
				? `${where} is not an address of this machine (EADDRNOTAVAIL). Press Esc a to choose another.`
				: `${where} cannot be reached from this machine's addresses (EADDRNOTAVAIL).`;
		}

		case 'EACCES':
		case 'EPERM': {
			return isBind
				? `no permission to bind ${where} (${code}): ports below 1024 are privileged. Press Esc a to choose another, or start with --port.`
				: `not allowed to send to ${where} (${code}): a broadcast address, or a firewall's rule.`;
		}

		case 'ECONNREFUSED': {
			return `refused: no socket listens at ${where} (ECONNREFUSED). The server must run first; Esc o tries again.`;
		}

		case 'ENOTFOUND': {
			return `host not found: ${address?.host ?? ''} (ENOTFOUND). Press Esc a to correct it.`;
		}

		case 'EAI_AGAIN': {
			return `the name ${address?.host ?? ''} could not be looked up: no name server answers (EAI_AGAIN). Try again, or give the IP address with Esc a.`;
		}

		case 'ENETUNREACH':
		case 'EHOSTUNREACH': {
			return `no route to ${where} (${code}). Check the address (Esc a) and this machine's network.`;
		}

		case 'ETIMEDOUT': {
			return `${where} did not answer in time (ETIMEDOUT). Esc o tries again.`;
		}

		case 'ECONNRESET': {
			return `${where} has reset the connection (ECONNRESET). Esc o connects again.`;
		}

		case 'EPIPE': {
			return `${where} has closed the connection: it accepts no further data (EPIPE).`;
		}

		case 'EINVAL':
		case 'EAFNOSUPPORT': {
			return `this socket cannot use the address ${where} (${code}). Press Esc a to choose another address.`;
		}

		case 'ECANCELED': {
			return `not sent to ${where}: the socket was closed before it could be (ECANCELED).`;
		}

		case 'ECONNABORTED': {
			return 'a client closed its connection before accept() (ECONNABORTED).';
		}

		case 'EMFILE':
		case 'ENFILE': {
			return `too many open files (${code}): close some sockets, or raise the limit with ulimit -n.`;
		}

		case 'ERR_SOCKET_BAD_PORT': {
			return `${where} is not a port to send to. Press Esc a to choose another address.`;
		}

		default: {
			return `${syscall === '' ? 'failed' : `${syscall} failed`}: ${code === 'UNKNOWN' ? message : code} (${where})`;
		}
	}
}

/** Why a command was not carried out, and what to do. */
export function explainRefusal(refusal: Refusal): string {
	switch (refusal.reason) {
		case 'not-open': {
			return 'not sent: there is no open socket. Press Esc, then o.';
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
			return 'not sent: this socket has sent its FIN. Esc o connects again.';
		}

		case 'empty-write': {
			return 'not sent: TCP carries bytes, and an empty write carries none.';
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
			const {code} = refusal.failure;
			const isForbidden = code === 'EACCES' || code === 'EROFS' || code === 'EPERM';
			return isForbidden
				? `not saved: this program may not write into its working directory (${code}). Start it in another one.`
				: `not saved (${code}): ${code === 'ENOSPC' ? 'the disk is full.' : refusal.failure.message}`;
		}

		case 'udp-has-none': {
			return 'UDP has no connection: there is nothing to reset, and not reading does not throttle the sender.';
		}

		case 'nothing-to-split': {
			return 'nothing to divide: type a text first, with a character of several bytes (é, 한, emoji) where one is to be split.';
		}

		case 'nothing-to-lose': {
			return 'nothing to lose: no UDP socket here sends that way.';
		}

		case 'series-under-way': {
			return 'not sent: a series of messages is being sent from here. Esc b s stops it.';
		}

		case 'no-series': {
			return 'no series of messages is being sent from here.';
		}

		case 'fault': {
			return `a fault in the program: ${visibleLine(refusal.message)}. Please report it.`;
		}

		default: {
			return refusal satisfies never;
		}
	}
}
