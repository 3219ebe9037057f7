import type {Protocol} from '../../../log/event.ts';
import {conditionsOf, type LinkConditions} from '../../../link/conditions.ts';
import {type ConditionKind, conditionKinds, type ConditionName} from '../../../link/conditions-problem.ts';
import type {LinkDirection} from '../../../link/random.ts';
import {formatBytes, formatDuration, formatShare} from '../../../text/quantities.ts';

/** A row of the link panel: a direction's preset, one of its conditions, or the order to lose the next datagram. */
export type LinkRow = 'preset' | ConditionName | 'next';

/** Which of the link panel's columns is chosen: one direction, or both. */
export type LinkColumn = LinkDirection | 'both';

export type LinkPlace = {readonly row: LinkRow; readonly column: LinkColumn};

/** The columns in the order in which one key walks through them. */
export const linkColumns: readonly LinkColumn[] = ['to-server', 'to-clients', 'both'];

export function linkRows(protocol: Protocol): readonly LinkRow[] {
	return ['preset', ...conditionsOf[protocol], ...(protocol === 'udp' ? ['next' as const] : [])];
}

export function directionsOf(column: LinkColumn): readonly LinkDirection[] {
	return column === 'both' ? ['to-server', 'to-clients'] : [column];
}

const texts: Readonly<Record<Exclude<ConditionKind, 'switch'>, (value: number) => string>> = {
	share: formatShare,
	duration: formatDuration,
	bytes: formatBytes,
	'bytes-or-none': formatBytes,
	'rate-or-none': value => `${formatBytes(value)}/s`,
};

/** One condition's value as it is shown, and can be typed again: `30 %`, `100 ms`, `64 KiB`, `1 MB/s`, `none`, `on`. */
export function conditionText(conditions: LinkConditions, name: ConditionName): string {
	const value = conditions[name];
	const kind = conditionKinds[name];
	if (typeof value === 'number' && kind !== 'switch') {
		return texts[kind](value);
	}

	return value === undefined ? 'none' : (value ? 'on' : 'off');
}

/** The values that one key walks through, by a condition's kind, from the least on. After the most may come none. */
const ladders: Readonly<Record<Exclude<ConditionKind, 'switch'>, readonly number[]>> = {
	share: [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1],
	duration: [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000],
	bytes: powersOfTwo(64 * 1024 * 1024),
	'bytes-or-none': powersOfTwo(1024),
	'rate-or-none': [100, 1000, 10_000, 100_000, 1_000_000, 10_000_000].flatMap(rate => [rate, 2 * rate, 5 * rate]),
};

/** The next value of one condition, greater (1) or smaller (-1). No rate and no slice are the greatest. */
export function stepCondition(conditions: LinkConditions, name: ConditionName, direction: 1 | -1): LinkConditions {
	const kind = conditionKinds[name];
	if (kind === 'switch') {
		return {...conditions, [name]: direction === 1};
	}

	const value = Number(conditions[name] ?? Number.POSITIVE_INFINITY);
	const ladder = ladders[kind];
	if (direction === -1) {
		const smaller = ladder.findLast(rung => rung < value);
		return smaller === undefined ? conditions : {...conditions, [name]: smaller};
	}

	const greater = ladder.find(rung => rung > value);
	const canBeNone = kind === 'bytes-or-none' || kind === 'rate-or-none';
	return greater === undefined && !canBeNone ? conditions : {...conditions, [name]: greater};
}

function powersOfTwo(most: number): number[] {
	return Array.from({length: Math.log2(most) + 1}, (_, exponent) => 2 ** exponent);
}
