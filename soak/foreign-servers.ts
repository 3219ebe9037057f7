import {createSocket, type Socket as UdpSocket} from 'node:dgram';
import {once} from 'node:events';
import {
	type AddressInfo, createServer, type Server, type Socket,
} from 'node:net';
import type {Address} from '../source/log/event.ts';
import {Counter} from './counter.ts';
import type {Dice} from './dice.ts';

/** What a foreign server does with a connection. */
const manners = ['echoes', 'reads and says nothing', 'never reads', 'resets at once', 'resets at the first chunk', 'closes at the first chunk'] as const;

/** One TCP server and one UDP socket of nobody's, which clients are sent to: they echo, stall, reset or say nothing. */
export class ForeignServers {
	/** Where they are; the last is one where nobody listens. */
	readonly addresses: readonly Address[];
	readonly acts: Counter;
	readonly #tcp: Server;
	readonly #udp: UdpSocket;
	readonly #connections: Set<Socket>;

	constructor({tcp, udp, connections, acts}: {readonly tcp: Server; readonly udp: UdpSocket; readonly connections: Set<Socket>; readonly acts: Counter}) {
		this.#tcp = tcp;
		this.#udp = udp;
		this.#connections = connections;
		this.acts = acts;
		const {port} = tcp.address() as AddressInfo;
		this.addresses = [{host: '127.0.0.1', port}, {host: '127.0.0.1', port: udp.address().port}, {host: '127.0.0.1', port: 1}];
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
}

/** Open both on ports that the system picks. */
export async function openForeignServers(dice: Dice): Promise<ForeignServers> {
	const connections = new Set<Socket>();
	const acts = new Counter();
	const tcp = createServer({allowHalfOpen: true}, socket => {
		connections.add(socket);
		socket.on('close', () => {
			connections.delete(socket);
		});
		socket.on('error', () => undefined);
		const manner = dice.pick(manners);
		acts.add(`foreign server: ${manner}`);
		behave(socket, manner);
	});
	tcp.listen(0, '127.0.0.1');
	await once(tcp, 'listening');
	const udp = createSocket('udp4');
	udp.on('message', (bytes, {address, port}) => {
		acts.add('foreign server: datagrams read');
		if (dice.chance(0.7)) {
			udp.send(bytes, port, address, () => undefined);
		}
	});
	udp.bind(0, '127.0.0.1');
	await once(udp, 'listening');
	return new ForeignServers({
		tcp, udp, connections, acts,
	});
}

function behave(socket: Socket, manner: typeof manners[number]): void {
	switch (manner) {
		case 'echoes': {
			socket.pipe(socket);
			break;
		}

		case 'reads and says nothing': {
			socket.resume();
			socket.on('end', () => {
				socket.end();
			});
			break;
		}

		case 'never reads': {
			socket.pause();
			break;
		}

		case 'resets at once': {
			socket.resetAndDestroy();
			break;
		}

		case 'resets at the first chunk': {
			socket.once('data', () => {
				socket.resetAndDestroy();
			});
			break;
		}

		case 'closes at the first chunk': {
			socket.once('data', () => {
				socket.end();
				socket.resume();
			});
			break;
		}

		default: {
			manner satisfies never;
		}
	}
}
