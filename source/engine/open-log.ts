import {EventLog} from '../log/event-log.ts';
import {LogClock} from '../log/log-clock.ts';
import type {OnFault} from '../log/subscriptions.ts';
import {isOwnHost} from '../sockets/host-names.ts';
import type {Limits} from '../sockets/limits.ts';

/** A log on the clock of this process. `onFault` gets what subscribers throw. */
export function openLog({events, logBytes}: Limits, onFault: OnFault): EventLog {
	const clock = new LogClock();
	return new EventLog({
		events,
		bytes: logBytes,
		clock: () => clock.now(),
		settings: () => clock.settings,
		isOwnHost,
		onFault,
	});
}
