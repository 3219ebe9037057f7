import {formatBytes, formatDuration, formatShare} from '../text/quantities.ts';
import {type LinkConditions, perfect} from './conditions.ts';

/**
What differs from a perfect link, short enough for the header: `loss 30 % · 100 ms ± 50 %`; `perfect` where nothing
does. `parseConditions` reads it again as the same conditions.
*/
export function formatConditions(conditions: LinkConditions): string {
	const {delay, jitter, rate, queue, slice, pause, stall} = conditions;
	const shares = (...names: ReadonlyArray<'loss' | 'duplication' | 'reordering' | 'corruption'>): string[] =>
		names.filter(name => conditions[name] !== 0).map(name => `${name} ${formatShare(conditions[name])}`);
	const parts = [
		...shares('loss'),
		...(delay === 0 && jitter === 0
			? []
			: [`${formatDuration(delay)}${jitter === 0 ? '' : ` ± ${formatShare(jitter)}`}`]),
		...shares('duplication', 'reordering', 'corruption'),
		...(rate === undefined ? [] : [`${formatBytes(rate)}/s`]),
		...(queue === perfect.queue ? [] : [`queue ${formatBytes(queue)}`]),
		...(slice === undefined ? [] : [`slice ${formatBytes(slice)}`]),
		...(pause === 0 ? [] : [`pause ${formatDuration(pause)}`]),
		...(stall ? ['stall'] : []),
	];
	return parts.length === 0 ? 'perfect' : parts.join(' · ');
}
