import type {SocketEvent} from '../source/engine/events/event.ts';
import type {EventLog} from '../source/engine/events/event-log.ts';
import {Counter} from './counter.ts';

/** Hears every event of a log as it is appended, without its payload. */
export class EventTap {
	/** How many events of each type there were. */
	readonly counts = new Counter();
	#next: number;

	constructor(log: EventLog, hear: (event: SocketEvent) => void) {
		this.#next = log.next;
		const before = log.onAppend;
		log.onAppend = () => {
			for (; this.#next < log.next; this.#next++) {
				const event = log.read(this.#next, 0);
				this.counts.add(event.type);
				hear(event);
			}

			before();
		};
	}
}
