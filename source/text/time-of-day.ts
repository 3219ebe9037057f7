/**
How much of a time is written: hours to milliseconds, minutes to milliseconds, or seconds and milliseconds.
*/
export type TimeStyle = 'full' | 'short' | 'seconds';

/** Where each begins in the full one. */
const starts: Readonly<Record<TimeStyle, number>> = {full: 0, short: 3, seconds: 6};

/** The time of day of `milliseconds` since the epoch, in this machine's zone: `HH:MM:SS.mmm`, `MM:SS.mmm`, `SS.mmm`. */
export function timeOfDay(milliseconds: number, style: TimeStyle): string {
	const date = new Date(milliseconds);
	const two = (value: number): string => String(value).padStart(2, '0');
	const fraction = String(date.getMilliseconds()).padStart(3, '0');
	return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${fraction}`.slice(starts[style]);
}
