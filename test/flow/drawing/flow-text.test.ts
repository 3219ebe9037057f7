import test from 'ava';
import stringWidth from 'string-width';
import {exportFlow} from '../../../source/flow/drawing/export.ts';
import {flowText} from '../../../source/flow/drawing/terminal.ts';
import {
	chunk, clientAt, eventsOf, exchange, flowOf, handshake, sceneOf, sent, serverAt, type Told, words, whole,
} from '../_scenes.ts';

test('a whole diagram shows all lanes and all steps, without spaces at the ends of lines', t => {
	const flow = flowOf(eventsOf(...handshake(1), ...handshake(2)), sceneOf('tcp'));
	t.is(
		whole(flowText(flow, words)),
		[
			'                 client 1                            client 2                            welcoming                         connection 1                        connection 2',
			'                  :51001                              :51002                              :12000                          :12000 ← :51001                     :12000 ← :51002',
			'03:04:05.000         ├─ SYN connect() ──────────────────────────────────────────────────────►│',
			'                     │◄──────────────────────────────────────────────────────────── SYN+ACK ─┤ K',
			'                     ├─ ACK connected :51001 ───────────────────────────────────────────────►│ K',
			'03:04:05.002         │                                                                       ├─ accept() → connection 1 ────────►●',
			'03:04:05.003         │                                   ├─ SYN connect() ──────────────────►│                                   │',
			'                     │                                   │◄──────────────────────── SYN+ACK ─┤ K                                 │',
			'                     │                                   ├─ ACK connected :51002 ───────────►│ K                                 │',
			'03:04:05.005         │                                   │                                   ├─ accept() → connection 2 ─────────┼──────────────────────────────────►●',
			words.unseen.tcp,
			'',
		].join('\n'),
	);
});

test('steps between lanes for which there are no columns are told in words', t => {
	const told: Told[] = Array.from({length: 40}, (_, index) => [
		...handshake(index + 1),
		chunk('chunk-received', index + 1, 'connection', {number: 1, offset: 0, text: `hello ${index + 1}`}),
	]).flat();
	const flow = flowOf(eventsOf(...told, [1, {type: 'fin-sent', peer: serverAt}], [1, {
		type: 'socket-closed', peer: serverAt, local: clientAt(1), discarded: 0,
	}]), sceneOf('tcp', 40), 1000);
	const lines = whole(flowText(flow, words)).split('\n');
	t.true(lines.every(line => stringWidth(line) <= 400));
	t.is(lines.length, 2 + flow.steps.length + 2);
	for (let client = 1; client <= 40; client++) {
		t.is(lines.filter(line => line.includes(`"hello ${client}"`)).length, 1, `client ${client}`);
	}

	const wordsOf = (text: string): string =>
		lines
			.find(line => line.includes(text))
			?.replace(/ [│ ]+$/, '')
			.slice(13) ?? '';
	t.is(wordsOf('"hello 7"'), 'client 7 ─ 7 B "hello 7" ─► connection 7');
});

test('what is lost, what is under way and what happens on one lane have words, too', t => {
	const told: Told[] = Array.from({length: 30}, (_, index) => exchange(index + 1, 1, `${index}`, `${index}`)).flat();
	const {steps, lanes, ...rest} = flowOf(eventsOf(
		[40, sent(1, 'gone', {to: 39, arrival: {type: 'lost'}})],
		[40, sent(2, 'soon', {to: 39, arrival: {type: 'under-way'}})],
		[40, sent(3, 'me', {to: 40, arrival: {type: 'read', number: 1}})],
		[40, {type: 'socket-closed', discarded: 0}],
		...told,
	), sceneOf('udp', 40));
	t.deepEqual(
		whole(flowText({steps, lanes, ...rest}, words))
			.split('\n')
			.slice(2, 6)
			.map(line => line.replace(/ [│ ]+$/, '')),
		[
			'03:04:05.000 client 40 ─ 4 B "gone" ~lost ─✗ client 39',
			'03:04:05.001 client 40 ╌ 4 B "soon" ╌ client 39',
			'03:04:05.002 client 40 ⇄ 2 B "me"',
			'03:04:05.003 client 40 ○ closed',
		],
	);
});

test('a file that does not begin with the first step says so', t => {
	const events = eventsOf(...exchange(1, 1, 'a', 'b'));
	t.is(
		whole(flowText(flowOf(events, sceneOf('udp'), 1), words)).split('\n')[0],
		'… older steps are not in this file',
	);
	t.false(whole(flowText(flowOf(events, sceneOf('udp'), 2), words)).includes('older'));
});

test('a file says that older steps are left out where the log has dropped events, as where it has more than a file takes', async t => {
	const events = eventsOf(...exchange(1, 1, 'ask', 'ANSWER')).toReversed();
	for (const hasDropped of [false, true]) {
		const file = await exportFlow(async () => ({
			scene: sceneOf('udp'), events, end: undefined, hasDropped,
		}), 'text', words);
		t.is(file?.name, 'socket-playground-udp-flow.txt');
		t.is(Buffer.from(file!.contents).toString().includes(words.olderLeftOut), hasDropped);
	}
});
