import {EventLog} from '../../source/log/event-log.ts';
import type {SocketTrack} from '../../source/log/socket-track.ts';
import {PaneIndex} from '../../source/log/pane-index.ts';
import {isLoopback} from '../../source/text/address.ts';
import {EventWatch} from './event-watch.ts';

/** A log with one pane, for a socket under test, and a clock that the test sets. */
export class EventRoom extends EventWatch {
	readonly log: EventLog;
	readonly index = new PaneIndex();
	/** What the clock says, in milliseconds. */
	now = 1000;
	readonly clock = (): number => this.now;

	constructor() {
		const log = new EventLog({
			events: 8192, bytes: 8 * 1024 * 1024, clock: () => this.now, isOwnHost: isLoopback,
		});
		super(log);
		this.log = log;
	}

	track(socket = 0): SocketTrack {
		return this.log.track(1, this.index, socket);
	}
}
