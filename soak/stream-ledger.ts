import type {EventEntry} from '../source/log/amendment.ts';
import type {Address, SocketEvent} from '../source/log/event.ts';
import {plainHost} from '../source/text/address.ts';
import {Counter} from './half.ts';

/** What one end of a connection has done. */
class StreamEnd {
	sent = 0;
	received = 0;
	hasSentFin = false;
	hasReceivedFin = false;
	isClosed = false;

	add(event: SocketEvent): void {
		switch (event.type) {
			case 'chunk-sent': {
				this.sent += event.length;
				break;
			}

			case 'chunk-received': {
				this.received += event.length;
				break;
			}

			case 'socket-closed': {
				// Close() drops what this program has not handed over, and its FIN goes at once.
				this.sent -= event.discarded;
				break;
			}

			default:
		}

		this.hasSentFin ||= event.type === 'fin-sent';
		this.hasReceivedFin ||= event.type === 'fin-received';
	}
}

/** The client's end is the one that has connected. Either may be another program's, or unknown. */
type Pair = {client: StreamEnd | undefined; server: StreamEnd | undefined};

/** An end and its connection's four-tuple. */
type KnownEnd = {readonly key: string; readonly end: StreamEnd};

/** Both ends of each TCP connection: what came out went in, and all of it where the connection ended orderly. */
export class StreamLedger {
	/** How the connections ended whose ends are both known. */
	readonly ends = new Counter();
	readonly #pairs = new Map<string, Pair>();
	/** Open ends of the engine's, by the tracks of their sockets. */
	readonly #open = new Map<number, KnownEnd>();
	readonly #problems: string[] = [];

	/** A connection has got this end. */
	open(role: 'client' | 'server', local: Address, peer: Address): KnownEnd {
		const key = role === 'client' ? keyOf(local, peer) : keyOf(peer, local);
		const end = new StreamEnd();
		const known = this.#pairs.get(key);
		// The four-tuple of a connection that is over can be used again.
		const pair = known && !known[role] ? known : {client: undefined, server: undefined};
		pair[role] = end;
		this.#pairs.set(key, pair);
		return {key, end};
	}

	close({key, end}: KnownEnd): void {
		end.isClosed = true;
		const pair = this.#pairs.get(key);
		if (pair?.client?.isClosed && pair.server?.isClosed) {
			this.#pairs.delete(key);
			this.#judge(key, pair.client, pair.server);
		}
	}

	add({event, trackId}: EventEntry): void {
		if (event.type === 'connection-opened' || event.type === 'connection-accepted') {
			this.#open.set(trackId, this.open(event.type === 'connection-opened' ? 'client' : 'server', event.local, event.peer));
			return;
		}

		const known = this.#open.get(trackId);
		known?.end.add(event);
		if (known && event.type === 'socket-closed') {
			this.#open.delete(trackId);
			this.close(known);
		}
	}

	/** What was found wrong since this was last called. */
	takeProblems(): string[] {
		return this.#problems.splice(0);
	}

	/** Forget the closed ends whose other ends are unknown. */
	forgetSingle(): void {
		for (const [key, {client, server}] of this.#pairs) {
			if ((client ?? server)?.isClosed && !(client && server)) {
				this.#pairs.delete(key);
			}
		}
	}

	#judge(key: string, client: StreamEnd, server: StreamEnd): void {
		const ways = [
			this.#judgeWay(`${key}, to the server`, client, server),
			this.#judgeWay(`${key}, to the client`, server, client),
		];
		const orderly = ways.filter(Boolean).length;
		this.ends.add(orderly === 2 ? 'orderly both ways' : (orderly === 1 ? 'orderly one way' : 'cut short'));
	}

	/** @returns whether the way ended with a FIN that was read */
	#judgeWay(name: string, from: StreamEnd, to: StreamEnd): boolean {
		const isOrderly = from.hasSentFin && to.hasReceivedFin;
		if (to.received > from.sent || (isOrderly && from.sent !== to.received)) {
			const end = isOrderly ? ' before the FIN' : '';
			this.#problems.push(`${name}: ${from.sent} bytes were written and ${to.received} read${end}`);
		}

		return isOrderly;
	}
}

function keyOf(client: Address, server: Address): string {
	return `${plainHost(client.host)}:${client.port} to ${plainHost(server.host)}:${server.port}`;
}
