import {timeUnits} from '../../../text/quantities.ts';

/**
What can be typed as a series: how many messages (undefined: until stopped), how many a second (undefined: as fast as
they go), and their text (undefined: numbered).
*/
type TypedSeries = {
	readonly count: number | undefined;
	readonly rate: number | undefined;
	readonly text: string | undefined;
};

/** What is wrong: it begins with neither a count nor a pace; or its count, rate or interval is out of range. */
type SeriesProblem = 'form' | 'count' | 'rate' | 'interval';

const maxMessages = 1_000_000;

/** Messages a second. */
const lowestRate = 0.001;
const highestRate = 1_000_000;

/** Between two messages, in milliseconds. */
const shortestInterval = 1;
const longestInterval = 3_600_000;

const countPattern = /^(\d[\d,_]*)([km]?)(?=\s|$)\s?/i;
const ratePattern = /^(?:(?:at\s+|@\s*)(\d+(?:\.\d+)?)(k?)(?:\s*\/\s*s)?|(\d+(?:\.\d+)?)(k?)\/s)(?=\s|$)\s?/i;
const intervalPattern = /^every\s+(\d+(?:\.\d+)?)\s*(ms|s|m|min|h)(?=\s|$)\s?/i;

/**
Read a typed series of messages: `1000`, `20k at 50/s`, `100 at 10/s hello`, `every 1s`, `5 every 250ms hello`. A text
goes on to the end of the line; one that begins like a pace is taken for one.
*/
export function seriesOf(typed: string): TypedSeries | SeriesProblem {
	const line = typed.trimStart();
	const counted = countPattern.exec(line);
	const afterCount = line.slice(counted?.[0].length ?? 0).replace(/^\s+(?=(?:at|every)\s|@)/i, '');
	const pace = paceOf(afterCount);
	if (typeof pace === 'string') {
		return pace;
	}

	if (!counted && !pace) {
		return 'form';
	}

	const count = counted ? Number(counted[1]!.replaceAll(/[,_]/g, '')) * multiplier(counted[2]!) : undefined;
	if (count !== undefined && (count < 1 || count > maxMessages)) {
		return 'count';
	}

	const text = afterCount.slice(pace?.length ?? 0);
	return {count, rate: pace?.rate, text: text.trim() === '' ? undefined : text};
}

/** How fast, and how many characters say so; undefined where nothing is said of it. */
function paceOf(text: string): {readonly rate: number; readonly length: number} | 'rate' | 'interval' | undefined {
	if (/^every(?=\s|$)/i.test(text)) {
		const [{length} = '', digits, unit = ''] = intervalPattern.exec(text) ?? [];
		const interval = Number(digits) * (timeUnits[unit.toLowerCase()] ?? Number.NaN);
		return interval >= shortestInterval && interval <= longestInterval
			? {rate: 1000 / interval, length}
			: 'interval';
	}

	const [{length} = '', digits, thousands, bareDigits, bareThousands] = ratePattern.exec(text) ?? [];
	if (length === 0) {
		return /^(?:at(?=\s|$)|@)/i.test(text) ? 'rate' : undefined;
	}

	const rate = Number(digits ?? bareDigits) * multiplier(thousands ?? bareThousands ?? '');
	return rate >= lowestRate && rate <= highestRate ? {rate, length} : 'rate';
}

function multiplier(suffix: string): number {
	return {k: 1000, m: 1_000_000}[suffix.toLowerCase()] ?? 1;
}
