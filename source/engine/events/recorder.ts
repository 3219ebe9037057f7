import type {
	Address, PaneId, RareHappening, SocketNumber,
} from './event.ts';
import type {EventLog} from './event-log.ts';
import {hotCodes, thirdPartyFlag} from './hot-codes.ts';
import type {PaneIndex} from './pane-index.ts';

/** Writes the events of one socket into the log, and keeps its pane's counters. */
export class Recorder {
	readonly pane: PaneId;
	readonly socket: SocketNumber;
	readonly index: PaneIndex;
	readonly #log: EventLog;

	constructor(log: EventLog, pane: PaneId, index: PaneIndex, socket: SocketNumber) {
		this.#log = log;
		this.pane = pane;
		this.index = index;
		this.socket = socket;
	}

	/** What the log's clock says: the time to give to an event that is recorded later than it happens. */
	now(): number {
		return this.#log.now();
	}

	datagramSent(peer: Address, bytes: Uint8Array, time = this.now()): void {
		this.#countSent(bytes);
		this.#log.appendData(this, hotCodes.datagramSent, peer, bytes, Number.NaN, time);
	}

	/** @param elapsed - round-trip time in milliseconds, NaN where this answers nothing that was timed */
	datagramReceived(peer: Address, bytes: Uint8Array, elapsed = Number.NaN, isThirdParty = false, time = this.now()): void {
		this.#countReceived(bytes);
		this.#log.appendData(this, isThirdParty ? hotCodes.datagramReceived | thirdPartyFlag : hotCodes.datagramReceived, peer, bytes, elapsed, time);
	}

	chunkSent(peer: Address, bytes: Uint8Array, time = this.now()): void {
		this.#countSent(bytes);
		this.#log.appendData(this, hotCodes.chunkSent, peer, bytes, Number.NaN, time);
	}

	/** @param elapsed - round-trip time in milliseconds, NaN where this answers nothing that was timed */
	chunkReceived(peer: Address, bytes: Uint8Array, elapsed = Number.NaN, time = this.now()): void {
		this.#countReceived(bytes);
		this.#log.appendData(this, hotCodes.chunkReceived, peer, bytes, elapsed, time);
	}

	happened(happening: RareHappening): void {
		this.#log.appendRare(this, happening);
	}

	#countSent(bytes: Uint8Array): void {
		this.index.sent.count++;
		this.index.sent.bytes += bytes.length;
	}

	#countReceived(bytes: Uint8Array): void {
		this.index.received.count++;
		this.index.received.bytes += bytes.length;
	}
}
