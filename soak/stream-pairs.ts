import type {Address, SocketEvent} from '../source/log/event.ts';
import {plainHost} from '../source/log/plain-host.ts';
import {Counter} from './counter.ts';

/** What one end of a connection has done. */
export type StreamEnd = {
	sent: number;
	received: number;
	hasSentFin: boolean;
	hasReceivedFin: boolean;
	wasReset: boolean;
	isClosed: boolean;
};

/** The client's end is the one that has connected. Either may be a foreign program's, or not known. */
type Pair = {client: StreamEnd | undefined; server: StreamEnd | undefined};

/** The two ends of each TCP connection, by the events of both: what came out must have gone in, and all of it where the connection ended orderly. */
export class StreamPairs {
	/** How the connections ended whose both ends are known. */
	readonly ends = new Counter();
	readonly #pairs = new Map<string, Pair>();
	/** The end that a socket of the engine is now, by pane and number. */
	readonly #current = new Map<string, {readonly key: string; readonly end: StreamEnd}>();
	readonly #problems: string[] = [];

	/** An end of a connection has come to be. */
	open(role: 'client' | 'server', local: Address, peer: Address): {readonly key: string; readonly end: StreamEnd} {
		const key = role === 'client' ? keyOf(local, peer) : keyOf(peer, local);
		const end: StreamEnd = {
			sent: 0, received: 0, hasSentFin: false, hasReceivedFin: false, wasReset: false, isClosed: false,
		};
		const known = this.#pairs.get(key);
		// The four-tuple of a connection that is over can be used again.
		const pair = known && !known[role] ? known : {client: undefined, server: undefined};
		pair[role] = end;
		this.#pairs.set(key, pair);
		return {key, end};
	}

	/** An end is closed. */
	close(key: string, end: StreamEnd): void {
		end.isClosed = true;
		const pair = this.#pairs.get(key);
		if (pair?.client?.isClosed && pair.server?.isClosed) {
			this.#pairs.delete(key);
			this.#judge(key, pair.client, pair.server);
		}
	}

	note(event: SocketEvent): void {
		const id = `${event.pane}/${event.socket}`;
		if (event.type === 'connection-opened' || event.type === 'connection-accepted') {
			this.#current.set(id, this.open(event.type === 'connection-opened' ? 'client' : 'server', event.local, event.peer));
			return;
		}

		const current = this.#current.get(id);
		if (!current) {
			return;
		}

		noteAt(current.end, event);
		if (event.type === 'socket-closed') {
			this.#current.delete(id);
			this.close(current.key, current.end);
		}
	}

	/** What was wrong since the last time that this was asked. */
	takeProblems(): string[] {
		return this.#problems.splice(0);
	}

	/** Forget the ends that are closed, and whose other ends nobody knows. */
	forgetSingle(): void {
		for (const [key, {client, server}] of this.#pairs) {
			if ((client ?? server)?.isClosed && !(client && server)) {
				this.#pairs.delete(key);
			}
		}
	}

	#judge(key: string, client: StreamEnd, server: StreamEnd): void {
		const isOrderly = [this.#judgeWay(`${key}, to the server`, client, server), this.#judgeWay(`${key}, to the client`, server, client)];
		this.ends.add(isOrderly.every(Boolean) ? 'orderly both ways' : (isOrderly.some(Boolean) ? 'orderly one way' : 'cut short'));
	}

	/** @returns whether the way ended with a FIN that was read */
	#judgeWay(name: string, from: StreamEnd, to: StreamEnd): boolean {
		const isOrderly = from.hasSentFin && to.hasReceivedFin;
		if (isOrderly && from.sent !== to.received) {
			this.#problems.push(`${name}: ${from.sent} bytes were written and ${to.received} read before the FIN`);
		} else if (to.received > from.sent) {
			this.#problems.push(`${name}: only ${from.sent} bytes were written and ${to.received} read`);
		}

		return isOrderly;
	}
}

function noteAt(end: StreamEnd, event: SocketEvent): void {
	switch (event.type) {
		case 'chunk-sent': {
			end.sent += event.length;
			break;
		}

		case 'chunk-received': {
			end.received += event.length;
			break;
		}

		case 'fin-sent': {
			end.hasSentFin = true;
			break;
		}

		case 'fin-received': {
			end.hasReceivedFin = true;
			break;
		}

		case 'reset-received':
		case 'reset-sent': {
			end.wasReset = true;
			break;
		}

		default: {
			break;
		}
	}
}

function keyOf(client: Address, server: Address): string {
	return `${plainHost(client.host)}:${client.port} to ${plainHost(server.host)}:${server.port}`;
}
