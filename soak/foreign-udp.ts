import {createSocket, type Socket} from 'node:dgram';
import type {Address} from '../source/log/event.ts';
import {Counter} from './counter.ts';
import type {Dice} from './dice.ts';
import {randomPayload} from './payloads.ts';

/** So many of them at once. */
const maxPeers = 12;

/** UDP sockets of nobody's: they come, send, flood, and vanish without hearing the answers. */
export class ForeignUdp {
	readonly acts = new Counter();
	readonly #dice: Dice;
	readonly #sockets = new Set<Socket>();

	constructor(dice: Dice) {
		this.#dice = dice;
	}

	get open(): number {
		return this.#sockets.size;
	}

	/** The ports that they are bound to. */
	get ports(): number[] {
		return [...this.#sockets].map(socket => portOf(socket));
	}

	/** Do anything. @param server - where they send to; undefined while there is none */
	act(server: Address | undefined): void {
		const sockets = [...this.#sockets].filter(socket => portOf(socket) !== 0);
		const some = this.#dice.pick(sockets);
		this.#dice.weighted<() => void>([
			[3, () => {
				this.#open(server);
			}],
			[20, () => {
				this.#send(some, server, randomPayload(this.#dice, 'udp'), 'send');
			}],
			[1, () => {
				for (let left = this.#dice.whole(50, 400); left > 0; left--) {
					this.#send(some, server, Buffer.from(`flood ${left}`), 'flood');
				}
			}],
			[2, () => {
				if (sockets.length > 0) {
					this.acts.add('foreign UDP: vanish');
					some.close();
				}
			}],
		])();
	}

	/** One of them sends this. */
	say(server: Address, bytes: Uint8Array): void {
		const sockets = [...this.#sockets].filter(socket => portOf(socket) !== 0);
		if (sockets.length > 0) {
			this.#send(this.#dice.pick(sockets), server, bytes, 'hostile');
		}
	}

	/** Close all of them. */
	close(): void {
		for (const socket of this.#sockets) {
			this.#sockets.delete(socket);
			socket.close();
		}
	}

	#send(socket: Socket | undefined, server: Address | undefined, bytes: Uint8Array, name: string): void {
		if (server && socket?.address().family === (server.host.includes(':') ? 'IPv6' : 'IPv4')) {
			this.acts.add(`foreign UDP: ${name}`);
			// What is too long for a datagram is an error, which is nobody's business here.
			socket.send(bytes, server.port, server.host, () => undefined);
		}
	}

	#open(server: Address | undefined): void {
		if (!server || this.#sockets.size >= maxPeers) {
			return;
		}

		this.acts.add('foreign UDP: open');
		const socket = createSocket(server.host.includes(':') ? 'udp6' : 'udp4');
		this.#sockets.add(socket);
		socket.on('close', () => {
			this.#sockets.delete(socket);
		});
		socket.on('error', () => undefined);
		socket.on('message', ({length}) => {
			this.acts.add('foreign UDP: datagrams read');
			this.acts.add('foreign UDP: bytes read', length);
		});
		socket.bind(0, server.host);
	}
}

/** 0 before it is bound. */
function portOf(socket: Socket): number {
	try {
		return socket.address().port;
	} catch {
		return 0;
	}
}
