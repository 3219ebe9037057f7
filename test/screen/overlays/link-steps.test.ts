import test from 'ava';
import {perfect} from '../../../source/link/conditions.ts';
import {type ConditionName, conditionNames} from '../../../source/link/conditions-problem.ts';
import {parseConditions} from '../../../source/link/conditions-text.ts';
import {conditionText, stepCondition} from '../../../source/screen/overlays/link/link-rows.ts';

function walk(name: ConditionName, from: number | undefined, direction: 1 | -1): string[] {
	let conditions = {...perfect, [name]: from};
	const values: string[] = [];
	for (;;) {
		const next = stepCondition(conditions, name, direction);
		if (next[name] === conditions[name]) {
			return values;
		}

		conditions = {...perfect, [name]: next[name]};
		values.push(conditionText(conditions, name));
	}
}

test('a share goes up to 100 % and down to none of them', t => {
	t.deepEqual(walk('loss', 0.4, 1), ['50 %', '60 %', '70 %', '80 %', '90 %', '100 %']);
	t.deepEqual(walk('loss', 0.15, -1), ['10 %', '5 %', '2 %', '1 %', '0 %']);
	t.deepEqual(walk('loss', 0.95, 1), ['100 %']);
});

test('a duration goes up to a minute and down to nothing', t => {
	t.deepEqual(walk('delay', 1500, 1), ['2 s', '5 s', '10 s', '30 s', '60 s']);
	t.deepEqual(walk('pause', 11, -1), ['10 ms', '5 ms', '2 ms', '1 ms', '0 ms']);
});

test('a rate and a slice end at none, which is the greatest', t => {
	t.deepEqual(walk('rate', 10_000_000, 1), ['20 MB/s', '50 MB/s', 'none']);
	t.deepEqual(walk('rate', undefined, 1), []);
	t.is(walk('rate', undefined, -1).at(-1), '100 B/s');
	t.deepEqual(walk('slice', 300, 1), ['512 B', '1 KiB', 'none']);
	t.deepEqual(walk('slice', undefined, -1), [
		'1 KiB',
		'512 B',
		'256 B',
		'128 B',
		'64 B',
		'32 B',
		'16 B',
		'8 B',
		'4 B',
		'2 B',
		'1 B',
	]);
});

test('a queue is never none', t => {
	t.deepEqual(walk('queue', 20 * 1024 * 1024, 1), ['32 MiB', '64 MiB']);
	t.is(walk('queue', 64 * 1024, -1).at(-1), '1 B');
});

test('a switch goes on and off', t => {
	t.true(stepCondition(perfect, 'stall', 1).stall);
	t.false(stepCondition({...perfect, stall: true}, 'stall', -1).stall);
});

test('every step is a value that can be typed, and changes nothing else', t => {
	for (const name of conditionNames.filter(candidate => candidate !== 'stall')) {
		const least = name === 'queue' || name === 'slice' || name === 'rate' ? 1 : 0;
		t.true(walk(name, least, 1).length > 5);
		for (const text of walk(name, least, 1)) {
			const read = parseConditions(`${name}=${text}`);
			t.is('conditions' in read ? conditionText(read.conditions, name) : 'unreadable', text);
		}

		t.deepEqual({...stepCondition(perfect, name, 1), [name]: perfect[name]}, perfect);
	}
});
