import test from 'ava';
import {filterOf} from '../../../source/screen/overlays/filter.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';

test('text is looked for as it was typed, and in the sentences of this language', t => {
	t.deepEqual(filterOf('hello', false, en), {type: 'text', text: 'hello', types: []});
	const bound = filterOf('BOUND', true, en);
	t.true(typeof bound === 'object'
		&& bound.type === 'text'
		&& bound.types.includes('socket-bound')
		&& !bound.types.includes('socket-closed'));
	const korean = filterOf('FIN', false, ko);
	t.true(typeof korean === 'object' && korean.type === 'text' && korean.types.includes('fin-sent'));
});

test('hexadecimal digits are bytes, two each, in either case, with or without spaces', t => {
	t.deepEqual(filterOf('hex:0d0A', false, en), {type: 'bytes', bytes: [13, 10]});
	t.deepEqual(filterOf('hex: ff 00', false, en), {type: 'bytes', bytes: [255, 0]});
	for (const typed of ['hex:0', 'hex:0d0', 'hex:xy', 'hex:0d 0']) {
		t.is(filterOf(typed, false, en), 'wrong');
	}
});

test('while nothing is typed, nothing is looked for', t => {
	t.is(filterOf('', false, en), undefined);
	t.is(filterOf('hex:', false, en), undefined);
	t.is(filterOf('hex: ', false, en), undefined);
});

test('the name of a connection finds its rows, in the pane where rows have such names', t => {
	const socket = (typed: string, isServer: boolean, words = en): number | undefined => {
		const filter = filterOf(typed, isServer, words);
		return typeof filter === 'object' && filter.type === 'text' ? filter.socket : undefined;
	};

	for (const words of [en, ko]) {
		const {connection, shortConnection, toTarget} = words.server;
		for (const name of [connection(12), shortConnection(12), toTarget(12)]) {
			t.is(socket(` ${name.toUpperCase()} `, true, words), 12);
			t.is(socket(name, false, words), undefined);
			t.is(socket(`${name} x`, true, words), undefined);
		}

		t.is(socket(connection(0), true, words), undefined);
	}
});
