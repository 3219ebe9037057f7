import {perfect} from '../../source/link/conditions.ts';
import {Link} from '../../source/link/link.ts';
import {EventLog} from '../../source/log/event-log.ts';
import type {SocketTrack} from '../../source/log/socket-track.ts';
import {PaneIndex} from '../../source/log/storage/pane-index.ts';
import {defaultLimits} from '../../source/sockets/limits.ts';
import {isLoopback} from '../../source/text/address.ts';
import {EventWatch} from './event-watch.ts';

/** A simulated link that does nothing, for a socket under test. */
export function perfectLink(): Link {
	return new Link({conditions: perfect, seed: 1});
}

/** A log with one pane, for a socket under test, and a clock that the test sets. */
export class EventRoom extends EventWatch {
	readonly log: EventLog;
	readonly index = new PaneIndex();
	/** What the clock says, in milliseconds. */
	now = 1000;
	readonly clock = (): number => this.now;
	/** What every socket under test is made with. */
	readonly socketOptions = {
		newTrack: (): SocketTrack => this.track(),
		trackOf: (socket: number): SocketTrack => this.track(socket),
		limits: defaultLimits,
		link: perfectLink(),
		onChange: (): void => {
			this.look();
		},
	};

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
