import type {Refusal} from '../../engine/door.ts';
import type {Address, SocketFailure} from '../../engine/events/event.ts';
import {formatAddress} from '../../engine/sockets/addresses.ts';
import type {ReplyRule} from '../../engine/replies/reply-rule.ts';
import {largestDatagram} from '../../engine/sockets/limits.ts';
import {formatBytes, formatCount} from './numbers.ts';

/** What each reply rule does. */
const rules: Readonly<Record<ReplyRule, string>> = {
	uppercase: 'answers in upper case',
	echo: 'answers the same bytes',
	reverse: 'answers each line backwards',
	chat: 'sends it to every other peer, with the sender in front',
	discard: 'answers nothing',
	manual: 'answers nothing by itself: you do, on its line',
};

/** The screen in English. */
export const en = {
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
		payload: 'text/hex',
		lineEnding: 'line ending',
		destination: 'destination',
		serverAddress: 'address',
		help: 'help',
		quit: 'quit',
	},
	footer: {
		nextPane: 'next pane',
		send: 'send',
		commands: 'commands',
		backToTyping: 'back to typing',
		choosePeer: 'choose peer',
		scroll: 'scroll',
		close: 'close',
	},
	header: {
		server: 'server',
		noServer: (address: string) => `no server · clients talk to ${address}`,
		closed: 'closed',
		failed: 'failed',
		exposed: '! open to others',
		rule: (rule: string) => `reply: ${rule}`,
		closeAfterReply: 'close after reply',
		datagrams: (count: number) => `${formatCount(count)} datagram${count === 1 ? '' : 's'}`,
		chunks: (count: number) => `${formatCount(count)} read${count === 1 ? '' : 's'}`,
	},
	server: {
		title: 'SERVER',
		udpSocket: (address: string) => `one UDP socket · ${address}`,
		tcpSocket: (address: string) => `welcoming socket ${address} · LISTEN`,
		noSocket: 'no socket',
		opening: (address: string) => `opening ${address}`,
		noPeers: 'no peer yet · this one socket will serve every client',
		noConnections: 'no connection yet · each client will get a connection socket of its own',
		stopped: 'stopped · Esc o opens it',
		peers: 'peers seen:',
		connection: (number: number) => `connection ${number}`,
		more: (count: number) => `+${formatCount(count)} more`,
		waiting: (bytes: number) => `${formatBytes(bytes)} waiting`,
		paused: 'paused',
		to: (target: string) => `(to ${target})`,
		toAll: (count: number) => `(to all ${count})`,
		toNobody: '(no peer yet)',
		toNobodyNow: '(no peer now)',
		toStopped: '(stopped)',
		toGone: '(the chosen peer has gone)',
	},
	client: {
		title: (number: number) => `CLIENT ${number}`,
		tab: (number: number) => `client ${number}`,
		udpSocket: 'UDP socket',
		tcpSocket: 'TCP socket',
		unbound: 'no port yet',
		noPortYet: (address: string) => `to ${address} · no port before the first send`,
		noDestination: 'no destination yet: the server has no port',
		addressedTo: (address: string) => `no connection · every datagram names ${address}`,
		connectingTo: (address: string) => `connecting to ${address} … · Esc x gives up`,
		connectedTo: (address: string) => `connected to ${address} · no address on each write`,
		finSent: 'FIN sent · this client can only receive now',
		finishing: 'the FIN follows what still waits · nothing more can be written',
		finReceived: (address: string) => `${address} has sent its FIN · Esc x closes, Esc o reconnects`,
		bothFinished: 'both ends have finished',
		closed: 'closed',
		closedTcp: (address: string) => `closed · Esc o connects to ${address}`,
		closedUdp: 'closed · Esc o opens a new socket',
		waiting: (bytes: number) => `${formatBytes(bytes)} waiting: the peer does not read`,
	},
	log: {
		bound: (local: string) => `bound to ${local}`,
		boundByTheSystem: (local: string) => `the system has bound it to ${local}`,
		listening: (local: string) => `listening on ${local}`,
		accepted: (peer: string, number: number) => `accepted ${peer} → connection ${number}`,
		rejected: (peer: string, limit: number) => `refused ${peer}: ${formatCount(limit)} connections are open, the limit`,
		connecting: (peer: string) => `connecting to ${peer}`,
		connected: (peer: string, local: string) => `connected ${local} ⇄ ${peer}`,
		finSent: 'FIN sent: no more writes',
		finReceived: 'FIN received: no more to read',
		reset: 'reset by the peer (RST): the connection is gone',
		paused: (bytes: number) => `paused: ${formatBytes(bytes)} wait for a peer that does not read`,
		resumed: 'reading again: the peer has taken what waited',
		sendRefused: (bytes: number, waiting: number) => `${formatBytes(bytes)} not sent: ${formatBytes(waiting)} wait already, the peer does not read`,
		closed: (local: string) => local === '' ? 'closed' : `closed ${local}`,
		discarded: (bytes: number) => `closed; up to ${formatBytes(bytes)} that waited were not sent`,
		ruleChanged: (rule: ReplyRule) => `reply rule: ${rule} (${rules[rule]})`,
		keepOpen: 'connection sockets are kept open after a reply',
		closeAfterReply: 'connection sockets are closed after a reply',
		destination: (address: string) => `talks to ${address} from now on`,
		thirdParty: 'from a third party',
		newer: (count: number) => `↓ ${formatCount(count)} newer`,
		gone: (count: number) => `${formatCount(count)} oldest rows have gone`,
	},
	line: {
		pasted: (lines: number, bytes: number) => `[pasted ${formatCount(lines)} line${lines === 1 ? '' : 's'} · ${formatBytes(bytes)}]`,
		ending: {none: '', lf: '+LF', crlf: '+CRLF'},
		endingNotice: {
			none: 'messages end with nothing',
			lf: String.raw`every message ends with a line feed (\n)`,
			crlf: String.raw`every message ends with CR LF (\r\n)`,
		},
	},
	prompt: {
		server: (address: string) => `the server binds ${address}; new address:`,
		client: (number: number, address: string) => `client ${number} talks to ${address}; new address:`,
		hint: 'host:port · Esc cancels',
		wrong: '✗ not host:port or [v6]:port',
	},
	tooSmall: {
		needs: 'socket-playground needs 60x16',
		have: (columns: number, rows: number) => `this window is ${columns}x${rows} · the sockets go on`,
	},
	notice: {
		unknownCommand: (letter: string) => `no command on '${letter}'`,
		nothingToDo: (letter: string) => `'${letter}' does nothing here now`,
	},
	help: {
		commandsTitle: 'Commands: press Esc, then the letter (^ = Ctrl with the letter does the same)',
		rulesTitle: 'Reply rules: what the server does with each datagram or read',
		rules,
		portsTitle: 'Why all of a TCP server\'s sockets have one port: the four-tuple (both addresses, both ports) tells them apart.',
		typingTitle: 'Typing',
		typing: [
			['Tab, Shift+Tab', 'next, previous pane'],
			['Enter', 'send'],
			['Up, Down', 'what was sent from this pane'],
			['PageUp, PageDown', 'scroll the pane, or this help'],
			['Left, Right', 'on an empty server line: choose whom it goes to'],
			['\\n \\r \\t \\0 \\\\', 'typed so, they are single bytes'],
			[String.raw`\xNN \u{N}`, 'a byte, a character'],
			['^A ^E ^U ^W', 'start, end, delete to start, delete word'],
		] as ReadonlyArray<readonly [string, string]>,
		signsTitle: 'Signs',
		signs: [
			['→  ←', 'sent, received'],
			['✗', 'failed'],
			['●  ○', 'open, closed'],
			['12 ms', 'since the oldest message without an answer (awaited for 1 s)'],
			['▸', 'whom the server\'s line goes to'],
			['(2)  +2', 'datagrams from that peer; rows not seen yet'],
		] as ReadonlyArray<readonly [string, string]>,
		commands: {
			'switch-protocol': 'UDP or TCP; each keeps its own sockets and log',
			'new-client': 'new client',
			'close-socket': 'close the focused client\'s socket, or the chosen connection',
			'open-or-stop': 'open or stop the server; in a closed client: reconnect it',
			'reply-rule': 'next reply rule',
			'keep-open': 'TCP: keep connections open after a reply, or close them',
			'half-close': 'TCP: half-close: send FIN, and keep receiving',
			payload: 'payload as text, or as hex and text',
			'line-ending': 'what a message ends with: nothing, LF or CR LF',
			address: 'the address that the server binds, or the client talks to',
			help: 'the help page',
			quit: 'quit (also Ctrl+C)',
		},
	},
	failure: explainFailure,
	messageTooLong: (bytes: number) => `not sent: a datagram holds at most ${formatCount(largestDatagram)} B, this one has ${formatCount(bytes)} (EMSGSIZE)`,
	refusal: explainRefusal,
	fatal: {
		engine: (message: string) => `socket-playground: the engine has died: ${message}`,
	},
};

/** Everything that the screen says, in one language. */
export type Words = typeof en;

/** What a failed call means, and what to do. */
function explainFailure({code, syscall, message}: SocketFailure, address: Address | undefined): string {
	const where = address ? formatAddress(address) : 'the peer';
	const isBind = syscall === 'bind' || syscall === 'listen';
	switch (code) {
		case 'EADDRINUSE': {
			return `${where} is taken by another program (EADDRINUSE). Press Esc o to try again, Esc a to choose another address, or start with --port 0 to let the system pick a port.`;
		}

		case 'EADDRNOTAVAIL': {
			return isBind
				? `${where} is not an address of this machine (EADDRNOTAVAIL). Press Esc a to choose another.`
				: `${where} cannot be reached from this machine's addresses (EADDRNOTAVAIL).`;
		}

		case 'EACCES':
		case 'EPERM': {
			return isBind
				? `no permission to bind ${where} (${code}): ports below 1024 belong to the administrator. Press Esc a to choose another, or start with --port.`
				: `not allowed to send to ${where} (${code}): a broadcast address, or a firewall's rule.`;
		}

		case 'ECONNREFUSED': {
			return `refused: nobody listens at ${where} (ECONNREFUSED). The server must run first; Esc o tries again.`;
		}

		case 'ENOTFOUND': {
			return `there is no host of the name ${address?.host ?? ''} (ENOTFOUND). Press Esc a to correct it.`;
		}

		case 'EAI_AGAIN': {
			return `the name ${address?.host ?? ''} could not be looked up: no name server answers (EAI_AGAIN). Try again, or give the IP address with Esc a.`;
		}

		case 'ENETUNREACH':
		case 'EHOSTUNREACH': {
			return `no way leads to ${where} (${code}). Check the address (Esc a) and this machine's network.`;
		}

		case 'ETIMEDOUT': {
			return `${where} did not answer in time (ETIMEDOUT). Esc o tries again.`;
		}

		case 'ECONNRESET': {
			return `${where} has reset the connection (ECONNRESET). Esc o connects again.`;
		}

		case 'EPIPE': {
			return `${where} has closed the connection: nothing can be written to it any more (EPIPE).`;
		}

		case 'EINVAL':
		case 'EAFNOSUPPORT': {
			return `${where} is of a kind that this socket cannot use (${code}). Press Esc a to choose another address.`;
		}

		case 'ECANCELED': {
			return `not sent: the socket was closed before the name ${address?.host ?? ''} had been looked up (ECANCELED).`;
		}

		case 'ECONNABORTED': {
			return 'a client had gone before it could be accepted (ECONNABORTED).';
		}

		case 'EMFILE':
		case 'ENFILE': {
			return `too many open files (${code}): close some sockets, or raise the limit with ulimit -n.`;
		}

		case 'ERR_SOCKET_BAD_PORT': {
			return `${where} has no port that one can send to. Press Esc a to choose another address.`;
		}

		default: {
			return `${syscall === '' ? 'failed' : `${syscall} failed`}: ${code === 'UNKNOWN' ? message : code} (${where})`;
		}
	}
}

/** Why a command was not carried out, and what to do. */
function explainRefusal(refusal: Refusal): string {
	switch (refusal.reason) {
		case 'not-open': {
			return 'not sent: there is no open socket. Press Esc, then o.';
		}

		case 'no-destination': {
			return 'no destination: the server has no port yet. Open it first, or give an address with Esc a.';
		}

		case 'peer-gone': {
			return 'not sent: that peer has gone. Left and Right, on an empty line, choose another.';
		}

		case 'no-peer': {
			return 'not sent: nobody has sent anything yet, so there is no address to send to.';
		}

		case 'no-connection': {
			return 'not sent: no client is connected.';
		}

		case 'sending-finished': {
			return 'not sent: after its FIN nothing more can be written. Esc o connects again.';
		}

		case 'empty-write': {
			return 'not sent: TCP carries bytes, and an empty write carries none.';
		}

		case 'too-much-waiting': {
			return `not sent: ${formatBytes(refusal.waiting)} wait already, because the peer does not read.`;
		}

		case 'client-limit': {
			return `no new client: ${refusal.limit} are the limit.`;
		}

		case 'no-such-pane': {
			return 'that pane is no more.';
		}

		case 'no-server': {
			return 'there is no server here: the clients talk to somebody else\'s.';
		}

		default: {
			return refusal satisfies never;
		}
	}
}
