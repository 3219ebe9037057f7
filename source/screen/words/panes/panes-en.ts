import type {ConnectTime} from '../../../log/event.ts';
import type {UnfinishedFrame} from '../../../text/framing.ts';
import {
	formatBytes, formatCount, formatElapsed, formatExactBytes,
} from '../values/numbers.ts';

/** The header, and what the panes say of their sockets and rows, in English. */
export const panesEn = {
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
		serverStopped: 'server stopped: no error; lost unless another program has the port',
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
	log: {
		thirdParty: 'from a third party',
		otherSource: 'from the server that was asked: it is bound to all addresses, and the OS chose this one',
		lost: '~lost',
		neverRead: 'never read',
		vacant: 'no socket',
		/**
		How long it is from the row that tells connect() to this one, and where the time went: within the call nothing
		tells the kernel's part.
		*/
		connectTime: ({call, loop, waiting}: ConnectTime) =>
			`${formatElapsed(call + loop + waiting)}: connect() ${formatElapsed(call)}, event loop ${formatElapsed(loop)}`
			+ `, kernel wait ${formatElapsed(waiting)}`,
		newer: (count: number) => `↓ ${formatCount(count)} newer`,
		older: (count: number) => `↑ ${formatCount(count)}`,
		gone: (count: number) => `${formatCount(count)} older row${count === 1 ? '' : 's'} dropped`,
	},
};
