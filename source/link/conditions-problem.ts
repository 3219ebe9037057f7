import {byType} from '../text/by-type.ts';
import type {Allowed} from '../text/files/allowed.ts';
import type {Fault} from '../text/files/file-problem.ts';
import {conditionsOf, type LinkConditions} from './conditions.ts';
import {presetNames} from './presets.ts';

export type ConditionName = keyof LinkConditions;

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
		| {readonly type: 'wrong-value'; readonly name: ConditionName; readonly value: string; readonly kind: ConditionKind}
		| {readonly type: 'twice'; readonly name: ConditionName}
	/** It means nothing to what this protocol sends. */
		| {readonly type: 'other-protocol'; readonly name: ConditionName; readonly protocol: 'udp' | 'tcp'}
	/** A preset's name can only come first: what follows changes it. */
		| {readonly type: 'preset-not-first'; readonly part: string};

export const allowedValues: Readonly<Record<ConditionKind, Allowed>> = {
	share: ['linkShare'],
	duration: ['linkTime'],
	bytes: ['linkBytes'],
	'bytes-or-none': ['linkSlice'],
	'rate-or-none': ['linkRate'],
	switch: ['switch'],
};

/** What is wrong with conditions. @param before - what stands before its sentence, such as `--link: ` */
export function conditionsFault(problem: ConditionsProblem, before = ''): Fault {
	return byType<ConditionsProblem, Fault>(problem, {
		unknown: ({part}) => ['noCondition', before, part, presetNames, conditionNames],
		'wrong-value': ({name, value, kind}) => ['value', before + name, allowedValues[kind], value],
		twice: ({name}) => ['twice', before + name],
		'other-protocol': ({name, protocol}) => ['conditionOfOther', before + name, protocol, conditionsOf[protocol]],
		'preset-not-first': ({part}) => ['presetFirst', before + part],
	});
}
