import type {PaneId, SocketEvent, Tally} from '../source/log/event.ts';

/** What a view says of a pane. */
export type PaneClaim = {readonly pane: PaneId; readonly total: number; readonly received: Tally; readonly sent: Tally};

type Counted = {total: number; received: {count: number; bytes: number}; sent: {count: number; bytes: number}};

/** Counts what each pane has sent and received by its events, to compare it with what the engine says. */
export class PaneTallies {
	readonly #panes = new Map<PaneId, Counted>();

	note(event: SocketEvent): void {
		const counted = this.#of(event.pane);
		counted.total++;
		if (event.type === 'datagram-sent' || event.type === 'chunk-sent') {
			add(counted.sent, event.length);
		} else if (event.type === 'datagram-received' || event.type === 'chunk-received') {
			add(counted.received, event.length);
		}
	}

	/** Where a view says something else than the events. */
	problems({pane, total, received, sent}: PaneClaim): string[] {
		const counted = this.#of(pane);
		return [
			...compare(pane, 'events', total, counted.total),
			...compare(pane, 'messages received', received.count, counted.received.count),
			...compare(pane, 'bytes received', received.bytes, counted.received.bytes),
			...compare(pane, 'messages sent', sent.count, counted.sent.count),
			...compare(pane, 'bytes sent', sent.bytes, counted.sent.bytes),
		];
	}

	/** Keep only the panes that are still there. */
	keep(panes: ReadonlySet<PaneId>): void {
		for (const pane of this.#panes.keys()) {
			if (!panes.has(pane)) {
				this.#panes.delete(pane);
			}
		}
	}

	#of(pane: PaneId): Counted {
		const counted = this.#panes.get(pane) ?? {total: 0, received: {count: 0, bytes: 0}, sent: {count: 0, bytes: 0}};
		this.#panes.set(pane, counted);
		return counted;
	}
}

function add(tally: {count: number; bytes: number}, bytes: number): void {
	tally.count++;
	tally.bytes += bytes;
}

function compare(pane: PaneId, what: string, claimed: number, counted: number): string[] {
	return claimed === counted ? [] : [`pane ${pane} says ${claimed} ${what}, and its events are ${counted}`];
}
