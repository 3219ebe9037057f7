import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import {callLines} from '../../../source/screen/panes/rows/call-lines.ts';
import type {RowContext} from '../../../source/screen/panes/geometry.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import textWidth from '../../../source/text/width/width.ts';
import type {Call} from '../../../source/log/calls/calls.ts';
import {row, sceneView} from '../../helpers/terminal-scene.ts';

const client: RowContext = {
	geometry: {
		inner: 56, logRows: 10, time: 12, peer: 0, payload: 30,
	}, protocol: 'tcp', isServer: false, home: undefined, payload: 'text', server: 1, clients: sceneView().clients, words: en,
};
const server: RowContext = {...client, isServer: true};

function lines(
	changes: Parameters<typeof row>[0],
	call: Partial<Call> & Pick<Call, 'name'>,
	context = client,
): string[] {
	const drawn = callLines(row(changes), [{arguments: [], ...call}], context);
	return drawn.lines.map(line => stripVTControlCharacters(line));
}

test('a call is a line with its time, its direction, and the payload behind it', t => {
	t.deepEqual(lines({payload: 'hello'}, {name: 'send', arguments: [{bytes: 5}]}), [
		'12:34:56.789 → send(5 B)   hello'.padEnd(56),
	]);
	t.deepEqual(lines({payload: 'HELLO'}, {name: 'recv', result: [{bytes: 5}]}), [
		'12:34:56.789 ← recv() → 5 B   HELLO'.padEnd(56),
	]);
});

test('a connection socket that a call returns is called as the reader calls it', t => {
	for (const words of [en, ko]) {
		const [line = ''] = lines({}, {name: 'accept', result: [{connection: 1}]}, {...server, words});
		t.true(line.includes(`accept() → ${words.server.connection(1)}`));
	}
});

test('what a call means stands behind it, and takes the lines that it needs', t => {
	const drawn = lines({}, {name: 'connect', arguments: [{host: '127.0.0.1', port: 12_000}], note: 'in-progress'});
	t.is(
		drawn.map(line => line.slice(15).trim()).join(' '),
		`connect(('127.0.0.1', 12000))   ${en.views.notes['in-progress']}`,
	);
	t.true(drawn.length > 1);
	t.true(drawn.every(line => textWidth(line) === 56));
});

test('a call that failed has another sign, and no payload', t => {
	t.regex(
		lines({payload: 'hello'}, {name: 'send', arguments: [{bytes: 5}], error: 'EPIPE'})[0] ?? '',
		/789 ✗ send\(5 B\) → EPIPE +$/,
	);
});

test('the server\'s calls name their connection, but for those on the welcoming socket', t => {
	t.regex(lines({socket: 3}, {name: 'recv', result: [{bytes: 5}]}, server)[0] ?? '', / ← connection 3 {2}recv\(\)/);
	t.regex(lines({socket: 3}, {name: 'accept', result: [{connection: 3}]}, server)[0] ?? '', / ● accept\(\)/);
	t.regex(lines({socket: 0}, {name: 'close'}, server)[0] ?? '', / ○ close\(\)/);
});

test('the end of a connect() has the parts of its time, in both languages', t => {
	const spent = {call: 0.05, loop: 6.7, waiting: 0.01};
	for (const words of [en, ko]) {
		const drawn = lines(
			{spent},
			{name: 'getsockopt', result: [0], note: 'handshake-done'},
			{...client, words},
		).map(line => line.slice(15).trim()).join(' ');
		t.regex(drawn, /6\.8 ms[^:]*: connect\(\) 0\.05 ms, .*6\.7 ms, .*0\.01 ms$/);
	}
});
