import test from 'ava';
import fc from 'fast-check';
import {type LinkConditions, perfect} from '../../source/link/conditions.ts';
import {conditionsFault, type ConditionsProblem} from '../../source/link/conditions-problem.ts';
import {formatConditions, parseConditions} from '../../source/link/conditions-text.ts';
import {oneWayPresets, presetNames, presets} from '../../source/link/presets.ts';
import {faultText} from '../../source/text/files/file-problem.ts';
import {anyConditions} from './_arbitraries.ts';

const describeProblem = (problem: ConditionsProblem): string => faultText(conditionsFault(problem));

const readings: ReadonlyArray<readonly [string, Partial<LinkConditions>]> = [
	['perfect', {}],
	['Wifi', presets.wifi],
	['loss=0.3', {loss: 0.3}],
	['loss=30%', {loss: 0.3}],
	['loss=30', {loss: 0.3}],
	[' loss = 30 % , delay = 100ms ', {loss: 0.3, delay: 100}],
	['LOSS=1', {loss: 1}],
	['delay=100,jitter=0.5', {delay: 100, jitter: 0.5}],
	['delay=1.5s', {delay: 1500}],
	['delay=1m', {delay: 60_000}],
	['delay=100ms±50%', {delay: 100, jitter: 0.5}],
	['100 ms +- 50 %', {delay: 100, jitter: 0.5}],
	['delay 100ms +/- 0.5', {delay: 100, jitter: 0.5}],
	['20ms', {delay: 20}],
	['duplication=5%,reordering=25%,corruption=0.001', {duplication: 0.05, reordering: 0.25, corruption: 0.001}],
	['rate=1500', {rate: 1500}],
	['rate=64KiB/s', {rate: 65_536}],
	['rate=1MB/s', {rate: 1_000_000}],
	['rate=10Mbit/s', {rate: 1_250_000}],
	['rate=9600bit/s', {rate: 1200}],
	['64 kB/s', {rate: 64_000}],
	['queue=1.5KiB', {queue: 1536}],
	['slice=3,pause=50ms', {slice: 3, pause: 50}],
	['slice=3B', {slice: 3}],
	['stall', {stall: true}],
	['stall=on', {stall: true}],
	['stall=off', {}],
	['lossy,loss=0', {...presets.lossy, loss: 0}],
	['mobile, rate=none', {...presets.mobile, rate: undefined}],
	['hostile,slice=none', {...presets.hostile, slice: undefined}],
	['loss 30 % · 100 ms ± 50 %', presets.lossy],
];

test('knows a preset that holds for the requests only, and what differs from it', t => {
	t.deepEqual(parseConditions('Pinger'), {conditions: presets.pinger, isOneWay: true});
	t.deepEqual(parseConditions('pinger,delay=5'), {conditions: {...presets.pinger, delay: 5}, isOneWay: true});
});

for (const [text, conditions] of readings) {
	test(`reads '${text}'`, t => {
		t.deepEqual(parseConditions(text), {conditions: {...perfect, ...conditions}});
	});
}

const share = {type: 'wrong-value', kind: 'share'} as const;
const duration = {type: 'wrong-value', kind: 'duration'} as const;
const rate = {type: 'wrong-value', kind: 'rate-or-none', name: 'rate'} as const;
const refusals: ReadonlyArray<readonly [string, ConditionsProblem]> = [
	['', {type: 'unknown', part: ''}],
	['wify', {type: 'unknown', part: 'wify'}],
	['toString', {type: 'unknown', part: 'toString'}],
	['constructor', {type: 'unknown', part: 'constructor'}],
	['lose=0.3', {type: 'unknown', part: 'lose=0.3'}],
	['constructor=1', {type: 'unknown', part: 'constructor=1'}],
	['loss=0.3,', {type: 'unknown', part: ''}],
	['30%', {type: 'unknown', part: '30%'}],
	['stalled', {type: 'unknown', part: 'stalled'}],
	['loss', {...share, name: 'loss', value: ''}],
	['loss=130', {...share, name: 'loss', value: '130'}],
	['loss=101%', {...share, name: 'loss', value: '101%'}],
	['loss=-1', {...share, name: 'loss', value: '-1'}],
	['loss=NaN', {...share, name: 'loss', value: 'NaN'}],
	['loss=0.3=2', {...share, name: 'loss', value: '0.3=2'}],
	['delay=fast', {...duration, name: 'delay', value: 'fast'}],
	['delay=61s', {...duration, name: 'delay', value: '61s'}],
	['delay=1d', {...duration, name: 'delay', value: '1d'}],
	['100ms±50%±3%', {...share, name: 'jitter', value: '50%±3%'}],
	['±50%', {...duration, name: 'delay', value: ''}],
	['rate=0', {...rate, value: '0'}],
	['rate=1Mb/s', {...rate, value: '1Mb/s'}],
	['rate=1XB/s', {...rate, value: '1XB/s'}],
	['rate=1MB', {...rate, value: '1MB'}],
	['queue=0', {
		type: 'wrong-value', name: 'queue', value: '0', kind: 'bytes',
	}],
	['queue=none', {
		type: 'wrong-value', name: 'queue', value: 'none', kind: 'bytes',
	}],
	['slice=1.5', {
		type: 'wrong-value', name: 'slice', value: '1.5', kind: 'bytes-or-none',
	}],
	['slice=65MiB', {
		type: 'wrong-value', name: 'slice', value: '65MiB', kind: 'bytes-or-none',
	}],
	['stall=maybe', {
		type: 'wrong-value', name: 'stall', value: 'maybe', kind: 'switch',
	}],
	['stall=', {
		type: 'wrong-value', name: 'stall', value: '', kind: 'switch',
	}],
	['loss=0,loss=1', {type: 'twice', name: 'loss'}],
	['jitter=0.1,100ms±50%', {type: 'twice', name: 'jitter'}],
	['loss=0.1,wifi', {type: 'preset-not-first', part: 'wifi'}],
	['wifi,mobile', {type: 'preset-not-first', part: 'mobile'}],
];

for (const [text, problem] of refusals) {
	test(`says what is wrong with '${text}'`, t => {
		t.deepEqual(parseConditions(text), {problem});
		const line = describeProblem(problem);
		t.false(line.includes('\n'));
		t.true(line.includes('part' in problem ? problem.part : problem.name));
	});
}

test('a problem in words names the part, and what is allowed', t => {
	t.is(
		describeProblem({...share, name: 'loss', value: '130'}),
		'loss takes 0 to 1, or 0% to 100%, not \'130\'',
	);
	t.is(describeProblem({...share, name: 'loss', value: ''}), 'loss needs a value: 0 to 1, or 0% to 100%');
	t.is(
		describeProblem({type: 'unknown', part: 'wify'}),
		'\'wify\' is no link condition; allowed are perfect, pinger, wifi, mobile, satellite, lossy, hostile, '
		+ 'or name=value with loss, delay, jitter, duplication, reordering, corruption, rate, queue, slice, pause, stall',
	);
});

const writings: ReadonlyArray<readonly [LinkConditions, string]> = [
	[perfect, 'perfect'],
	[presets.lossy, 'loss 30 % · 100 ms ± 50 %'],
	[presets.pinger, 'loss 30 %'],
	[{...perfect, delay: 1500}, '1.5 s'],
	[{...perfect, loss: 0.07, rate: 65_536}, 'loss 7 % · 64 KiB/s'],
	[{...perfect, rate: 1_250_000, queue: 1234}, '1.25 MB/s · queue 1234 B'],
	[
		{
			...perfect,
			slice: 3,
			pause: 50,
			stall: true,
		},
		'slice 3 B · pause 50 ms · stall',
	],
	[
		presets.hostile,
		'loss 20 % · 200 ms ± 90 % · duplication 10 % · reordering 20 % · corruption 10 % · 32 KiB/s · queue 16 KiB · slice 4 B · pause 10 ms',
	],
];

for (const [conditions, text] of writings) {
	test(`writes ${text}`, t => {
		t.is(formatConditions(conditions), text);
	});
}

test('reads all that it writes as the same conditions', t => {
	fc.assert(fc.property(anyConditions, conditions => {
		t.deepEqual(parseConditions(formatConditions(conditions)), {conditions});
	}), {numRuns: 2000});
	for (const name of presetNames.filter(preset => !oneWayPresets.has(preset))) {
		t.deepEqual(parseConditions(formatConditions(presets[name])), parseConditions(name));
	}
});

test('reads any text without throwing', t => {
	const words = fc.constantFrom(
		'loss',
		'delay',
		'rate',
		'=',
		',',
		'·',
		'±',
		'%',
		'ms',
		'1',
		'0.5',
		' ',
		'pinger',
		'stall',
		'/s',
		'KiB',
		'none',
	);
	const texts = fc.oneof(fc.string(), fc.array(words, {maxLength: 12}).map(parts => parts.join('')));
	fc.assert(fc.property(texts, text => {
		const parsed = parseConditions(text);
		t.true('problem' in parsed
			? describeProblem(parsed.problem) !== ''
			: formatConditions(parsed.conditions) !== '');
	}), {numRuns: 1000});
});
