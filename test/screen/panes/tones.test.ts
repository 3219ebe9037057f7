import test from 'ava';
import {painted} from '../../helpers/painted.ts';
import {
	row, type RowChanges, sceneView, serverAddress,
} from '../../helpers/terminal-scene.ts';
import type {LedgerRow} from '../../../source/views/ledger.ts';
import type {RowContext} from '../../../source/screen/panes/geometry.ts';
import {drawRow} from '../../../source/screen/panes/rows/row-lines.ts';
import {en} from '../../../source/screen/words/en.ts';

const context: RowContext = {
	geometry: {
		inner: 76, logRows: 10, time: 12, peer: 0, payload: 40,
	}, protocol: 'tcp', isServer: false, home: undefined, payload: 'text', server: 1, clients: sceneView().clients, words: en,
};
const udp: RowContext = {...context, protocol: 'udp', geometry: {...context.geometry, peer: 15}};
const time = 'dim: 12:34:56.789';

function tones(changes: RowChanges, changed: RowContext = context): string[] {
	return drawRow(row(changes), changed).lines.flatMap(line => painted(line));
}

test('what was sent, received or failed is told apart by a colour, beside its sign', t => {
	t.deepEqual(tones({type: 'chunk-sent', length: 5, payload: 'hello'}), [time, 'cyan: →', 'dim: 5 B']);
	t.deepEqual(tones({
		type: 'chunk-received', length: 5, payload: 'HELLO', elapsed: 1.5,
	}), [time, 'green: ←', 'dim: 5 B', 'dim: 1.5 ms']);
	t.deepEqual(
		tones(
			{
				type: 'send-failed',
				peer: serverAddress,
				length: 5,
				payload: 'hello',
				failure: {code: 'EMSGSIZE', syscall: 'send', message: ''},
			},
			udp,
		).slice(0, 3),
		[time, 'red: ✗', 'dim: 5 B'],
	);
	t.true(tones({
		type: 'send-failed', length: 5, payload: '', failure: {code: 'EMSGSIZE', syscall: 'send', message: ''},
	}).slice(3).every(piece => piece.startsWith('red: ')));
});

test('the escapes in a payload are coloured, its text is not', t => {
	t.deepEqual(tones({type: 'chunk-sent', payload: 'a\nb\u{1B}c\u{202E}'}).slice(3), [
		String.raw`magenta: \n`, String.raw`magenta: \x1b`, String.raw`magenta: \u{202e}`,
	]);
});

test('what was lost is red, what the link did or a third party sent is yellow', t => {
	t.deepEqual(tones({length: 5, payload: 'hello', arrival: {type: 'lost'}}, udp), [
		time,
		'cyan: →',
		'dim: 5 B',
		'red: ✗ ~lost',
	]);
	t.is(tones({
		type: 'datagram-received', length: 1, payload: 'x', isThirdParty: true,
	}, udp).at(-1), `yellow: ${en.log.thirdParty}`);
	t.is(tones({
		type: 'chunk-received', length: 6, payload: 'onetwo', writes: 2,
	}).at(-1), 'yellow: = 2 writes');
	t.is(tones({
		type: 'datagram-sent', length: 5, payload: 'hello', fate: {type: 'lost', cause: 'loss'},
	}, udp).at(-1)?.slice(0, 6), 'red: ✗');
});

test('a sentence about a socket has a tone of its own: plain where it opens, red where it fails, yellow where it is a warning', t => {
	t.deepEqual(tones({type: 'socket-bound', local: serverAddress}), [time]);
	t.true(tones({
		type: 'connect-failed',
		peer: serverAddress,
		failure: {code: 'ECONNREFUSED', syscall: 'connect', message: ''},
	})
		.slice(1)
		.every(piece => piece.startsWith('red: ')));
	t.true(tones({type: 'backpressure-started', waiting: 5000})
		.slice(1)
		.every(piece => piece.startsWith('yellow: ')));
});

test('a call has the colour of its direction, one that failed is red', t => {
	const call = (name: 'send' | 'recv' | 'connect', error?: string): string[] => tones({
		type: 'chunk-sent', length: 5, payload: 'hello', calls: [{name, arguments: [], error}],
	});
	t.deepEqual(call('send'), [time, 'cyan: →', 'dim: hello']);
	t.deepEqual(call('recv'), [time, 'green: ←', 'dim: hello']);
	t.deepEqual(call('connect'), [time, 'dim: hello']);
	t.deepEqual(call('send', 'EPIPE'), [time, 'red: ✗', 'red: send() → EPIPE']);
});

test('the bytes of each write have its colour, and its letter', t => {
	const ledger: LedgerRow = {
		parts: [{
			number: 1, from: 0, length: 3, whole: 3,
		}, {
			number: 2, from: 0, length: 3, whole: 3,
		}], missing: 0, more: 0, isOver: false, offset: 0,
	};
	const far = {pane: 2, socket: 0};
	const pieces = tones({
		type: 'chunk-received', number: 1, payload: 'onetwo', far, ledger,
	});
	t.deepEqual(pieces.slice(0, 4), [time, 'green: ←', 'bold: read', 'bold: 1']);
	t.deepEqual(pieces.slice(-4), ['cyan: [A]', 'cyan: one', 'yellow: [B]', 'yellow: two']);
	t.true(pieces.includes('cyan: write') && pieces.includes('yellow: write'));
});
