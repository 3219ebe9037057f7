import test from 'ava';
import {choicesOf} from '../../../source/text/width/choices.ts';

test('what has the highest rank goes first, and an ellipsis stands for it; for all of it the sign of the link', t => {
	t.deepEqual(choicesOf([{text: 'two', rank: 2}, {text: 'three', rank: 3}, {text: 'one', rank: 1}]), [
		'two · three · one', 'two · one · …', 'one · …', '≈',
	]);
});

test('less of a part is told before another goes', t => {
	t.deepEqual(choicesOf([{text: 'both of them', short: 'one', rank: 1}, {text: 'more', rank: 2}]), [
		'both of them · more', 'one · more · …', 'one · …', '≈',
	]);
});

test('there is one way to tell nothing: none', t => {
	t.deepEqual(choicesOf([]), []);
});
