import {byType} from '../text/by-type.ts';
import type {LinkConditions} from './conditions.ts';
import {presetNames} from './presets.ts';

export type ConditionName = keyof LinkConditions;

/** What kind of value a condition has. */
export type ConditionKind = 'share' | 'duration' | 'bytes' | 'bytes-or-none' | 'rate-or-none' | 'switch';

/** Each condition's kind, in the order in which conditions are written. */
export const conditionKinds: Readonly<Record<ConditionName, ConditionKind>> = {
	loss: 'share',
	delay: 'duration',
	jitter: 'share',
	duplication: 'share',
	reordering: 'share',
	corruption: 'share',
	rate: 'rate-or-none',
	queue: 'bytes',
	slice: 'bytes-or-none',
	pause: 'duration',
	stall: 'switch',
};

/** Every condition's name, in the order in which conditions are written. */
export const conditionNames = Object.keys(conditionKinds) as readonly ConditionName[];

/** Why a text could not be read as conditions: which part of it is wrong. */
export type ConditionsProblem
	/** The part is neither a preset's name nor a condition. */
	= | {readonly type: 'unknown'; readonly part: string}
	/** The condition does not take this value. */
		| {readonly type: 'wrong-value'; readonly name: ConditionName; readonly value: string; readonly kind: ConditionKind}
		| {readonly type: 'twice'; readonly name: ConditionName}
	/** A preset's name can only come first: what follows changes it. */
		| {readonly type: 'preset-not-first'; readonly part: string};

/** What a condition of each kind takes, in English. */
export const allowedValues: Readonly<Record<ConditionKind, string>> = {
	share: '0 to 1, or 0% to 100%',
	duration: '0ms to 60s',
	bytes: 'whole bytes from 1 to 64MiB, such as 1500 or 64KiB',
	'bytes-or-none': 'whole bytes from 1 to 64MiB, such as 1500 or 64KiB, or none',
	'rate-or-none': 'at least 1 byte a second, such as 64KiB/s, 1MB/s or 10Mbit/s, or none',
	switch: 'on or off',
};

/** What is wrong and what is allowed, in one line of English. */
export function describeConditionsProblem(problem: ConditionsProblem): string {
	return byType(problem, {
		unknown: ({part}) =>
			`'${part}' is no link condition; allowed are ${presetNames.join(', ')}, or name=value with ${conditionNames.join(', ')}`,
		'wrong-value'({name, value, kind}) {
			const allowed = allowedValues[kind];
			return value === '' ? `${name} needs a value: ${allowed}` : `${name} takes ${allowed}, not '${value}'`;
		},
		twice: ({name}) => `${name} is given twice`,
		'preset-not-first': ({part}) => `${part} must come first; what follows changes it`,
	});
}
