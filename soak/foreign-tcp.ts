import {connect, type Socket} from 'node:net';
import type {Address} from '../source/log/event.ts';
import {Counter} from './counter.ts';
import type {Dice} from './dice.ts';
import {randomPayload} from './payloads.ts';
import type {StreamPairs} from './stream-pairs.ts';

/** So many of them at once. */
const maxPeers = 12;

/** A stalled peer writes no more than this while it reads nothing, in bytes. */
const maxUnread = 4_000_000;

/** TCP clients of nobody's, on bare sockets: they come, talk, stall, reset, half-close and vanish. */
export class ForeignTcp {
	readonly acts = new Counter();
	readonly #dice: Dice;
	readonly #pairs: StreamPairs | undefined;
	readonly #sockets = new Set<Socket>();

	/** @param pairs - where the ends of their connections are kept, if anybody compares them with the other ends */
	constructor(dice: Dice, pairs?: StreamPairs) {
		this.#dice = dice;
		this.#pairs = pairs;
	}

	get open(): number {
		return this.#sockets.size;
	}

	/** Do anything. @param server - where new ones connect to; undefined while there is none */
	act(server: Address | undefined): void {
		const sockets = [...this.#sockets].filter(({pending}) => !pending);
		const onSocket = (name: string, perform: (socket: Socket) => void) => (): void => {
			if (sockets.length > 0) {
				this.acts.add(`foreign TCP: ${name}`);
				perform(this.#dice.pick(sockets));
			}
		};

		this.#dice.weighted<() => void>([
			[5, () => {
				this.#connect(server);
			}],
			[20, onSocket('send', socket => {
				this.#write(socket);
			})],
			[1, onSocket('stall', socket => {
				socket.pause();
			})],
			[2, onSocket('read again', socket => {
				socket.resume();
			})],
			[1, onSocket('reset', socket => {
				socket.resetAndDestroy();
			})],
			[1, onSocket('vanish', socket => {
				socket.destroy();
			})],
			[2, onSocket('half-close', socket => {
				socket.resume();
				socket.end();
			})],
		])();
	}

	/** Close all of them. */
	close(): void {
		for (const socket of this.#sockets) {
			socket.destroy();
		}
	}

	#write(socket: Socket): void {
		if (socket.writable && socket.writableLength < maxUnread) {
			const bytes = randomPayload(this.#dice, 'tcp');
			if (bytes.length > 0) {
				socket.write(bytes);
				socket.emit('soak-sent', bytes.length);
			}
		}
	}

	#connect(server: Address | undefined): void {
		if (!server || this.#sockets.size >= maxPeers) {
			return;
		}

		this.acts.add('foreign TCP: connect');
		const socket = connect({host: server.host, port: server.port, allowHalfOpen: this.#dice.chance(0.5)});
		this.#sockets.add(socket);
		socket.on('close', () => {
			this.#sockets.delete(socket);
		});
		socket.on('error', () => {
			this.acts.add('foreign TCP: connections that failed');
		});
		socket.on('data', ({length}) => {
			this.acts.add('foreign TCP: bytes read', length);
		});
		this.#keepEnd(socket);
	}

	/** Count what this end does, under its four-tuple. */
	#keepEnd(socket: Socket): void {
		const pairs = this.#pairs;
		if (!pairs) {
			return;
		}

		socket.on('connect', () => {
			const local = {host: socket.localAddress ?? '', port: socket.localPort ?? 0};
			const peer = {host: socket.remoteAddress ?? '', port: socket.remotePort ?? 0};
			const {key, end} = pairs.open('client', local, peer);
			socket.on('data', ({length}) => {
				end.received += length;
			});
			socket.on('soak-sent', (length: number) => {
				end.sent += length;
			});
			socket.on('finish', () => {
				end.hasSentFin = !socket.errored;
			});
			socket.on('end', () => {
				end.hasReceivedFin = true;
			});
			socket.on('close', () => {
				pairs.close(key, end);
			});
		});
	}
}
