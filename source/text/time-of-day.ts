/**
How much of a time is written: hours to milliseconds, minutes to milliseconds, or seconds and milliseconds.
*/
export type TimeStyle = 'full' | 'short' | 'seconds';

/**
A time of day in this machine's time zone: `HH:MM:SS.mmm`, `MM:SS.mmm`, or `SS.mmm`. `milliseconds` are since the epoch.
*/
export function timeOfDay(milliseconds: number, style: TimeStyle): string {
	const date = new Date(milliseconds);
	const two = (value: number): string => String(value).padStart(2, '0');
	const minutes = `${two(date.getMinutes())}:`;
	const seconds = two(date.getSeconds());
	const fraction = `.${String(date.getMilliseconds()).padStart(3, '0')}`;
	switch (style) {
		case 'full': {
			return `${two(date.getHours())}:${minutes}${seconds}${fraction}`;
		}

		case 'short': {
			return minutes + seconds + fraction;
		}

		case 'seconds': {
			return seconds + fraction;
		}

		default: {
			return style satisfies never;
		}
	}
}
