import test from 'ava';
import {TextCache} from '../../source/text/text-cache.ts';

test('what was made of a text is made once, and of one that has been dropped again: no more are kept than allowed', t => {
	const cache = new TextCache<number>(2);
	const made: string[] = [];
	const lengthOf = (text: string): number => cache.get(text, each => {
		made.push(each);
		return each.length;
	});
	t.deepEqual(['', 'ab', '', 'ab'].map(text => lengthOf(text)), [0, 2, 0, 2]);
	t.deepEqual(made, ['', 'ab']);
	t.deepEqual(['c', 'c', 'ab'].map(text => lengthOf(text)), [1, 1, 2]);
	t.deepEqual(made, ['', 'ab', 'c', 'ab']);
});
