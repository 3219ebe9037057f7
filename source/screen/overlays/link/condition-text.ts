import type {LinkConditions} from '../../../link/conditions.ts';
import {type ConditionName, conditionKinds} from '../../../link/conditions-problem.ts';
import {formatBytes, formatDuration, formatShare} from '../../../text/quantities.ts';

/**
One condition's value as it is shown, in words that can be typed again: `30 %`, `100 ms`, `64 KiB`, `1 MB/s`, `none`,
`on`.
*/
export function conditionText(conditions: LinkConditions, name: ConditionName): string {
	const value = conditions[name];
	if (typeof value !== 'number') {
		return value === undefined ? 'none' : (value ? 'on' : 'off');
	}

	const kind = conditionKinds[name];
	switch (kind) {
		case 'share': {
			return formatShare(value);
		}

		case 'duration': {
			return formatDuration(value);
		}

		case 'bytes':
		case 'bytes-or-none': {
			return formatBytes(value);
		}

		case 'rate-or-none': {
			return `${formatBytes(value)}/s`;
		}

		case 'switch': {
			return '';
		}

		default: {
			return kind satisfies never;
		}
	}
}
