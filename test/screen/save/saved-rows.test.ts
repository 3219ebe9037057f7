import test from 'ava';
import {lessonFile, scriptFile} from '../../../source/screen/save/saved-scene.ts';
import {savedRow} from '../../../source/screen/save/saved-rows.ts';
import {localTime} from '../../../source/screen/save/scene-head.ts';
import {en} from '../../../source/screen/words/en.ts';
import {utf8Codec} from '../../../source/text/encoding/codec.ts';
import {
	row, type RowChanges, sceneView, serverAddress, serverView,
} from '../../helpers/terminal-scene.ts';

function saved(changes: RowChanges): string[] {
	return savedRow(row({peer: serverAddress, ...changes}), {
		protocol: 'tcp', isServer: true, home: undefined, codec: utf8Codec, server: 1, clients: [], words: en,
	});
}

test('a saved row names its connection once, and accept() is a call on the welcoming socket', t => {
	const name = en.server.connection(3);
	for (const type of ['connection-accepted', 'fin-received'] as const) {
		const [line = '', ...others] = saved({type, socket: 3, local: serverAddress});
		t.is(line.split(name).length, 2, line);
		t.deepEqual(others, []);
	}

	const [accept = '', read = ''] = saved({
		type: 'connection-accepted', socket: 3, calls: [{name: 'accept', arguments: []}, {name: 'recv', arguments: []}],
	});
	t.regex(accept, /^12:34:56\.789 {4}accept\(/);
	t.true(read.startsWith(`12:34:56.789    ${name}  recv(`), read);
});

test('beneath a saved row stand the bytes that are no text by themselves, and how many the log has kept', t => {
	const type = 'chunk-received';
	t.is(saved({type, payload: 'abc'}).length, 1);
	t.deepEqual(saved({type, payload: 'abc', length: 10}).slice(1), [`    ${en.views.payload.kept(3, 10)}`]);
	t.deepEqual(saved({type, payload: 'ab', lead: 1}).slice(1), ['    hex: 61 62']);
	t.deepEqual(saved({type, bytes: Uint8Array.of(0xFF), length: 1}).slice(1), ['    hex: ff']);
});

test('a lesson is made of a scene whose server is open, opening or closed, and of no relay', t => {
	const {serverStopped} = en.views.saving;
	const textOf = (server: Parameters<typeof serverView>[0]): string | undefined => {
		const file = lessonFile(sceneView({server: serverView(server)}), en, []);
		return file && Buffer.from(file.contents).toString().replace(/^.*\n/, '');
	};

	const closed = {state: {type: 'closed'}} as const;
	t.is(textOf({state: {type: 'opening', wanted: serverAddress}}), textOf({}));
	t.not(textOf(closed), textOf({}));
	t.false(textOf(closed)?.includes(serverStopped), 'the lesson leaves it closed');
	const script = scriptFile(sceneView({server: serverView(closed)}), en, []);
	t.true(Buffer.from(script.contents).toString().includes(serverStopped));
	const held = {
		count: 0, bytes: 0, ofClosed: 0, 'to-server': 0, 'to-clients': 0,
	};
	t.is(textOf({
		relay: {
			targetPane: 2, target: serverAddress, holding: [], held,
		},
	}), undefined);
});

test('a saved time has the offset of this machine\'s clock from UTC, east or west', t => {
	for (const [minutesWest, offset, hour] of [[300, '-05:00', '07'], [-345, '+05:45', '17'], [0, '+00:00', '12']] as const) {
		const date = new Date(Date.UTC(2026, 0, 2, 12));
		date.getTimezoneOffset = () => minutesWest;
		t.regex(localTime(date), new RegExp(`^2026-01-02 ${hour}:.*\\${offset}$`));
	}
});
