/**
How much of a time is written: hours to milliseconds, hours to seconds, or the seconds and milliseconds of its minute.
*/
export type TimeStyle = 'full' | 'short' | 'seconds';

/**
A time of day in this machine's time zone: `HH:MM:SS.mmm`, `HH:MM:SS`, or `SS.mmm`. `milliseconds` are since the epoch.
*/
export function timeOfDay(milliseconds: number, style: TimeStyle): string {
	const date = new Date(milliseconds);
	const two = (value: number): string => String(value).padStart(2, '0');
	const minutes = `${two(date.getHours())}:${two(date.getMinutes())}:`;
	const seconds = two(date.getSeconds());
	const fraction = `.${String(date.getMilliseconds()).padStart(3, '0')}`;
	switch (style) {
		case 'full': {
			return minutes + seconds + fraction;
		}

		case 'short': {
			return minutes + seconds;
		}

		case 'seconds': {
			return seconds + fraction;
		}

		default: {
			return style satisfies never;
		}
	}
}
