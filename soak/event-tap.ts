import type {Amendment} from '../source/log/amendment.ts';
import type {SocketEvent} from '../source/log/event.ts';
import type {EventLog} from '../source/log/event-log.ts';
import {Counter} from './counter.ts';

/** Gets every event of a log as it is appended, without its payload, and what becomes known of it later. */
export class EventTap {
	/** How many events of each type there were. */
	readonly counts = new Counter();

	constructor(log: EventLog, hear: (event: SocketEvent) => void, amend: (amendment: Amendment) => void) {
		log.subscribe({
			payload: 'none',
			onEntry: entry => {
				if (entry.type === 'event') {
					this.counts.add(entry.event.type);
					hear(entry.event);
				} else if (entry.type === 'amendment') {
					amend(entry.amendment);
				}
			},
		});
	}
}
