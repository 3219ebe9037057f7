import {
	formatBytes, formatDuration, formatShare, readBytes, readDuration, readRate, readShare,
} from '../text/quantities.ts';
import {conditionsOf, type LinkConditions, perfect} from './conditions.ts';
import {
	type ConditionKind, conditionKinds, type ConditionName, type ConditionsProblem,
} from './conditions-problem.ts';
import {oneWayPresets, type PresetName, presets} from './presets.ts';

/** What a text says of a link, or the first of its parts that is wrong. */
export type ParsedConditions
	= | {
		readonly conditions: LinkConditions;
		/** Whether, for both ways, they hold from the clients to the server only. */
		readonly isOneWay?: boolean;
	}
	| {readonly problem: ConditionsProblem};

/** Any text's name and value. */
type Setting = {readonly name: string; readonly value: string};

type ReadValue = {readonly value: LinkConditions[ConditionName]};

/**
Read a preset's name, conditions such as `loss=30%,delay=100ms,jitter=0.5`, or a preset and what differs from it:
`mobile,loss=0`. What is not given is as in `perfect`. What `formatConditions` writes is read, too: `loss 30 % · 100 ms
± 50 %`.

@param protocol - where they are for this one: a condition that means nothing to it is wrong, but in a preset
*/
export function parseConditions(text: string, protocol?: 'udp' | 'tcp'): ParsedConditions {
	const parts = text.split(/[,·]/).map(part => part.trim());
	const [first = ''] = parts;
	const given = new Map<ConditionName, LinkConditions[ConditionName]>();
	const preset = presetCalled(first);
	for (const part of preset ? parts.slice(1) : parts) {
		if (presetCalled(part)) {
			return {problem: {type: 'preset-not-first', part}};
		}

		for (const {name, value} of settingsIn(part)) {
			if (!isConditionName(name)) {
				return {problem: {type: 'unknown', part}};
			}

			if (given.has(name)) {
				return {problem: {type: 'twice', name}};
			}

			const kind = conditionKinds[name];
			const read = readers[kind](value);
			if (!read) {
				return {
					problem: {
						type: 'wrong-value', name, value, kind,
					},
				};
			}

			if (protocol && read.value !== perfect[name] && !conditionsOf[protocol].includes(name)) {
				return {problem: {type: 'other-protocol', name, protocol}};
			}

			given.set(name, read.value);
		}
	}

	return {
		conditions: {...(preset ? presets[preset] : perfect), ...Object.fromEntries(given)},
		...(preset && oneWayPresets.has(preset) && {isOneWay: true}),
	};
}

function presetCalled(text: string): PresetName | undefined {
	const name = text.toLowerCase();
	return Object.hasOwn(presets, name) ? name as PresetName : undefined;
}

/** The settings that one part stands for: mostly one, and two in `100 ms ± 50 %`. */
function settingsIn(part: string): readonly Setting[] {
	const [, delay, jitter] = /^(?:delay\b\s*=?)?(.*?)(?:±|\+\/?-)(.*)$/i.exec(part) ?? [];
	if (delay !== undefined && jitter !== undefined) {
		return [{name: 'delay', value: delay.trim()}, {name: 'jitter', value: jitter.trim()}];
	}

	const [, name = part, value = ''] = /^([a-z]+)(?:\s*=\s*|\s+|$)(.*)$/i.exec(part) ?? [];
	const condition = name.toLowerCase();
	if (condition === 'stall' && value === '' && !part.includes('=')) {
		return [{name: 'stall', value: 'on'}];
	}

	if (/^\d[^=]*\/s$/i.test(part)) {
		return [{name: 'rate', value: part}];
	}

	return [/^\d[^=]*s$/.test(part) ? {name: 'delay', value: part} : {name: condition, value}];
}

function isConditionName(name: string): name is ConditionName {
	return Object.hasOwn(conditionKinds, name);
}

/** Reads a value of each kind, in an object since `none` is undefined; undefined where it is none of the kind. */
const readers: Readonly<Record<ConditionKind, (text: string) => ReadValue | undefined>> = {
	share: text => found(readShare(text)),
	duration: text => found(readDuration(text)),
	bytes: text => found(readBytes(text)),
	'bytes-or-none': text => text === 'none' ? {value: undefined} : found(readBytes(text)),
	'rate-or-none': text => text === 'none' ? {value: undefined} : found(readRate(text)),
	switch: text => text === 'on' || text === 'off' ? {value: text === 'on'} : undefined,
};

function found(value: number | undefined): ReadValue | undefined {
	return value === undefined ? undefined : {value};
}

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
