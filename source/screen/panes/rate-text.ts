import type {RateSummary} from '../../engine/api/scene-view.ts';
import textWidth from '../../text/width/width.ts';
import type {Words} from '../words/words.ts';

/** A sparkline has a column for each second. */
const sparklineColumns = 8;

const levels = '▁▂▃▄▅▆▇█';

/** A value of 0: not a blank, which could be taken for a value that is missing. */
const nothing = '·';

/** A pane's traffic and how fast it is answered, in at most `columns` columns: the rightmost parts go first. */
export function rateText(
	rateSummary: RateSummary | undefined,
	columns: number,
	{views: {rateSummary: words}}: Words,
): string {
	if (!rateSummary) {
		return '';
	}

	const {messages, bytes, roundTrip} = rateSummary;
	const isQuiet = messages.length === 0;
	const messageRate = isQuiet
		? []
		: [`${sparkline(messages, sparklineColumns)} ${words.messages(lastWhole(messages))}`];
	const byteRate = isQuiet ? [] : [words.bytes(lastWhole(bytes))];
	const drawnByteRate = isQuiet ? [] : [`${sparkline(bytes, sparklineColumns)} ${words.bytes(lastWhole(bytes))}`];
	const times = roundTrip ? [words.roundTrip(roundTrip)] : [];
	const lastTime = roundTrip ? [words.shortRoundTrip(roundTrip.last)] : [];
	const wanted = [
		[...messageRate, ...drawnByteRate, ...times],
		[...messageRate, ...byteRate, ...times],
		[...messageRate, ...times],
		[...messageRate, ...drawnByteRate, ...lastTime],
		[...messageRate, ...byteRate, ...lastTime],
		[...messageRate, ...lastTime],
		messageRate,
		lastTime,
	];
	return wanted.map(parts => parts.join(' · ')).find(text => textWidth(text) <= columns) ?? '';
}

/** The last whole second; while that was quiet, the running one: right after a first send 0 would be wrong. */
function lastWhole(seconds: readonly number[]): number {
	return seconds.at(-2) || (seconds.at(-1) ?? 0);
}

/**
The last `columns` values as bars, one column each, scaled to the largest of those shown: `█` is the largest, `▁` the
smallest above 0, and `·` is 0 (or less, or no number). Fewer values make a shorter line.
*/
export function sparkline(values: readonly number[], columns: number): string {
	if (!(columns >= 1)) {
		return '';
	}

	const shown = values.slice(-columns);
	const largest = Math.max(0, ...shown.filter(value => value > 0));
	return shown.map(value => bar(value, largest)).join('');
}

function bar(value: number, largest: number): string {
	const level = value >= largest ? levels.length : Math.max(1, Math.ceil(value / largest * levels.length));
	return value > 0 ? levels.charAt(level - 1) : nothing;
}
