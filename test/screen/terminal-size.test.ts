import test from 'ava';
import {sizeOf} from '../../source/screen/terminal.ts';

test('a terminal that does not know its size has that of the environment, and else 80x24', t => {
	const unknown = {columns: 0, rows: 0};
	t.deepEqual(sizeOf({columns: 100, rows: 30}, {COLUMNS: '40', LINES: '10'}), {columns: 100, rows: 30});
	t.deepEqual(sizeOf(unknown, {COLUMNS: '132', LINES: '43'}), {columns: 132, rows: 43});
	t.deepEqual(sizeOf(unknown, {COLUMNS: '132'}), {columns: 132, rows: 24});
	for (const wrong of ['', '0', '-1', '1e9', 'wide', '99999']) {
		t.deepEqual(sizeOf(unknown, {COLUMNS: wrong, LINES: wrong}), {columns: 80, rows: 24});
	}
});
