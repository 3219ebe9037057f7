/* Sockets that are not the playground's: they come, talk, flood, stall, reset, half-close and vanish. */
import {createSocket, type Socket as UdpSocket} from 'node:dgram';
import {once} from 'node:events';
import {
	type AddressInfo, connect, createServer, type Server, type Socket,
} from 'node:net';
import fc from 'fast-check';
import {type Address, type Protocol} from '../source/log/event.ts';
import {itemAt, payload} from './draws.ts';
import {Counter} from './half.ts';
import type {StreamLedger} from './stream-ledger.ts';

/** Of either protocol at once. */
const maxPeers = 12;

/** A stalled peer writes at most this while nothing is read, in bytes. */
const maxUnread = 4_000_000;

/** Where the playground's servers are; undefined while there is none. */
type Servers = Readonly<Record<Protocol, Address | undefined>>;

/** UDP and TCP clients on bare sockets. */
export class ForeignClients {
	readonly acts = new Counter();
	readonly #tcp = new Set<Socket>();
	readonly #udp = new Set<UdpSocket>();
	readonly #ledger: StreamLedger | undefined;

	/** @param ledger - where the ends of their connections are kept, to be compared with the other ends */
	constructor(ledger?: StreamLedger) {
		this.#ledger = ledger;
	}

	/** The ports that the UDP sockets are bound to. */
	get udpPorts(): number[] {
		return this.#bound.map(socket => socket.address().port);
	}

	get #bound(): UdpSocket[] {
		return [...this.#udp].filter(socket => isBound.has(socket));
	}

	close(): void {
		for (const socket of this.#tcp) {
			socket.destroy();
		}

		for (const socket of this.#udp) {
			this.#udp.delete(socket);
			socket.close();
		}
	}

	connect(server: Address | undefined, allowHalfOpen: boolean): void {
		if (!server || this.#tcp.size >= maxPeers) {
			return;
		}

		this.acts.add('TCP: connect');
		const socket = connect({...server, allowHalfOpen});
		this.#tcp.add(socket);
		socket.on('close', () => {
			this.#tcp.delete(socket);
		});
		socket.on('error', ({code}: NodeJS.ErrnoException) => {
			this.acts.add(`TCP: connections that failed with ${code}`);
		});
		socket.on('data', ({length}) => {
			this.acts.add('TCP: bytes read', length);
		});
		socket.on('connect', () => {
			this.#keepEnd(socket);
		});
	}

	/** Do something on one of the connections. */
	onConnection(name: string, index: number, perform: (socket: Socket) => void): void {
		const socket = itemAt([...this.#tcp].filter(({pending}) => !pending), index);
		if (socket) {
			this.acts.add(`TCP: ${name}`);
			perform(socket);
		}
	}

	openUdp(server: Address | undefined): void {
		if (!server || this.#udp.size >= maxPeers) {
			return;
		}

		this.acts.add('UDP: open');
		const socket = createSocket(server.host.includes(':') ? 'udp6' : 'udp4');
		this.#udp.add(socket);
		socket.on('error', () => undefined);
		socket.on('close', () => {
			this.#udp.delete(socket);
			isBound.delete(socket);
		});
		socket.on('listening', () => {
			isBound.add(socket);
		});
		socket.on('message', ({length}) => {
			this.acts.add('UDP: datagrams read');
			this.acts.add('UDP: bytes read', length);
		});
		socket.bind(0, server.host);
	}

	/** Send datagrams from one of the sockets. */
	send(name: string, server: Address | undefined, index: number, datagrams: readonly Uint8Array[]): void {
		const socket = itemAt(this.#bound, index);
		if (server && socket?.address().family === (server.host.includes(':') ? 'IPv6' : 'IPv4')) {
			this.acts.add(`UDP: ${name}`, datagrams.length);
			for (const bytes of datagrams) {
				// What is too long for a datagram fails, which is of no interest here.
				socket.send(bytes, server.port, server.host, () => undefined);
			}
		}
	}

	/** Close one of the sockets: answers to it find no socket. */
	vanishUdp(index: number): void {
		const socket = itemAt(this.#bound, index);
		if (socket) {
			this.acts.add('UDP: vanish');
			this.#udp.delete(socket);
			socket.close();
		}
	}

	/** Count what this end does. */
	#keepEnd(socket: Socket): void {
		const {localAddress = '', localPort = 0, remoteAddress = '', remotePort = 0} = socket;
		const local = {host: localAddress, port: localPort};
		const known = this.#ledger?.open('client', local, {host: remoteAddress, port: remotePort});
		if (!known) {
			return;
		}

		const {end} = known;
		socket.on('finish', () => {
			end.hasSentFin = !socket.errored;
		});
		socket.on('end', () => {
			end.hasReceivedFin = true;
		});
		socket.on('close', () => {
			// All that was read, and all that was written, the last writes that went nowhere included.
			end.sent = socket.bytesWritten;
			end.received = socket.bytesRead;
			this.#ledger?.close(known);
		});
	}
}

/** Sockets that have their ports: address() throws on the others. */
const isBound = new WeakSet<UdpSocket>();

/** Something that one of them does. */
type ForeignAct = (clients: ForeignClients, servers: Servers) => void;

function act<Values>(
	weight: number,
	values: fc.Arbitrary<Values>,
	perform: (clients: ForeignClients, values: Values, servers: Servers) => void,
): fc.WeightedArbitrary<ForeignAct> {
	return {
		weight,
		arbitrary: values.map((drawn): ForeignAct => (clients, servers) => {
			perform(clients, drawn, servers);
		}),
	};
}

/** The acts on a connection, apart from sending. */
const onSocket = {
	stall(socket) {
		socket.pause();
	},
	'read again'(socket) {
		socket.resume();
	},
	reset,
	vanish(socket) {
		socket.destroy();
	},
	'half-close'(socket) {
		socket.end();
	},
} satisfies Record<string, (socket: Socket) => void>;

/** While a FIN is being sent, resetAndDestroy() fails with EINVAL, and Node never closes the socket. */
function reset(socket: Socket): void {
	if (socket.writableEnded && !socket.writableFinished) {
		socket.once('finish', () => {
			socket.resetAndDestroy();
		});
	} else {
		socket.resetAndDestroy();
	}
}

function onConnection(weight: number, name: keyof typeof onSocket): fc.WeightedArbitrary<ForeignAct> {
	return act(weight, fc.nat(), (clients, index) => {
		clients.onConnection(name, index, onSocket[name]);
	});
}

/** What TCP clients do. */
const tcpAct = fc.oneof(
	act(5, fc.boolean(), (clients, allowHalfOpen, {tcp}) => {
		clients.connect(tcp, allowHalfOpen);
	}),
	act(20, fc.tuple(fc.nat(), payload), (clients, [index, bytes]) => {
		clients.onConnection('send', index, socket => {
			if (socket.writable && socket.writableLength < maxUnread && bytes.length > 0) {
				socket.write(bytes);
			}
		});
	}),
	onConnection(1, 'stall'),
	onConnection(2, 'read again'),
	onConnection(1, 'reset'),
	onConnection(1, 'vanish'),
	onConnection(2, 'half-close'),
);

/** What UDP sockets do. */
const udpAct = fc.oneof(
	act(3, fc.constant(undefined), (clients, _, {udp}) => {
		clients.openUdp(udp);
	}),
	act(20, fc.tuple(fc.nat(), payload), (clients, [index, bytes], {udp}) => {
		clients.send('send', udp, index, [bytes]);
	}),
	act(1, fc.tuple(fc.nat(), fc.integer({min: 50, max: 400})), (clients, [index, length], {udp}) => {
		clients.send('flood', udp, index, Array.from({length}, (_, number) => Buffer.from(`flood ${number}`)));
	}),
	act(2, fc.nat(), (clients, index) => {
		clients.vanishUdp(index);
	}),
);

/** What any of them does. */
export const foreignAct: fc.Arbitrary<ForeignAct> = fc.oneof(tcpAct, udpAct);

/** What a foreign server does with a connection. */
const behaviours: Readonly<Record<string, (socket: Socket) => void>> = {
	echoes(socket) {
		socket.pipe(socket);
	},
	'reads and says nothing'(socket) {
		socket.resume().on('end', () => {
			socket.end();
		});
	},
	'never reads'(socket) {
		socket.pause();
	},
	'resets at once'(socket) {
		socket.resetAndDestroy();
	},
	'resets at the first chunk'(socket) {
		socket.once('data', () => {
			socket.resetAndDestroy();
		});
	},
	'closes at the first chunk'(socket) {
		socket.once('data', () => {
			socket.end().resume();
		});
	},
};

/** One TCP server and one UDP socket that clients are sent to: they echo, stall, reset or say nothing. */
export class ForeignServers {
	readonly acts = new Counter();
	readonly #connections = new Set<Socket>();
	readonly #udp = createSocket('udp4');
	readonly #tcp: Server;
	#accepted = 0;
	#read = 0;

	constructor() {
		this.#tcp = createServer({allowHalfOpen: true}, socket => {
			this.#accept(socket);
		});
		this.#udp.on('message', (bytes, {address, port}) => {
			this.acts.add('datagrams read');
			// Two of three are answered.
			if (this.#read++ % 3 > 0) {
				this.#udp.send(bytes, port, address, () => undefined);
			}
		});
	}

	/** Open both on ports that the system picks. */
	async open(): Promise<void> {
		this.#tcp.listen(0, '127.0.0.1');
		this.#udp.bind(0, '127.0.0.1');
		await Promise.all([once(this.#tcp, 'listening'), once(this.#udp, 'listening')]);
	}

	/** Where they are; the last is one where nothing listens. */
	get addresses(): readonly Address[] {
		const {port} = this.#tcp.address() as AddressInfo;
		return [port, this.udpPort, 1].map(port => ({host: '127.0.0.1', port}));
	}

	get udpPort(): number {
		return this.#udp.address().port;
	}

	/** Close both, and the connections. */
	close(): void {
		this.#udp.close();
		this.#tcp.close();
		for (const socket of this.#connections) {
			socket.destroy();
		}
	}

	/** Each connection is treated in another way than the one before. */
	#accept(socket: Socket): void {
		this.#connections.add(socket);
		socket.on('close', () => {
			this.#connections.delete(socket);
		});
		socket.on('error', () => undefined);
		const [name, behave] = itemAt(Object.entries(behaviours), this.#accepted++)!;
		this.acts.add(name);
		behave(socket);
	}
}
