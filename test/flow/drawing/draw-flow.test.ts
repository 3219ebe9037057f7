import test from 'ava';
import type {EventBody} from '../../../source/log/event.ts';
import {drawFlow, type DrawnFlow} from '../../../source/flow/drawing/terminal.ts';
import {fitPorts, type FlowLine} from '../../../source/flow/drawing/columns.ts';
import {flowKo} from '../../../source/screen/words/panes/flow-words.ts';
import {
	chunk,
	clientAt,
	eventsOf,
	exchange,
	flowOf,
	handshake,
	neverBound,
	passedIn,
	payload,
	received,
	refused,
	sceneOf,
	sent,
	server,
	serverAt,
	stranger,
	textOf,
	textsOf,
	type Told,
	words,
} from '../_scenes.ts';
import {draw, isExact} from '../_drawing.ts';

/** The tones of a line and what has them, without the spaces. */
function tonesOf(line: FlowLine): Array<[string, string]> {
	return line.map(({text, tone}): [string, string] => [tone, text.trim()]).filter(([, text]) => text !== '');
}

const udp = eventsOf(
	[server, {type: 'socket-bound', local: serverAt}],
	[1, {type: 'socket-bound', local: clientAt(1)}],
	...exchange(1, 1, '안녕', 'HI 👋'),
	[1, sent(2, 'gone', {to: server, arrival: {type: 'lost'}})],
	[1, sent(3, 'soon', {to: server, arrival: {type: 'under-way'}})],
	[2, sent(1, 'hello')],
	[server, received(9, 'hey')],
	...Array.from({length: 240}, (_, index) => exchange(2, index + 10, 'ping', 'PONG')).flat(),
	[2, {type: 'socket-closed', discarded: 0}],
	[1, sent(4, 'on', {to: server, arrival: {type: 'read', number: 999}})],
);

test('a UDP scene has a lane for each client, each foreign peer and the server', t => {
	const drawn = draw(udp, sceneOf('udp'), 100, 'client:1');
	isExact(t, drawn, 100);
	t.deepEqual(textsOf(drawn), [
		'                 client 1               client 2            127.0.0.1:5555             server',
		'                  :51001                 :51002                                        :12000',
		'03:04:05.000                                │                      │bound 127.0.0.1:12000 ●',
		'03:04:05.001         ● bound 127.0.0.1:51001│                      │                      │',
		'03:04:05.002         ├─ 6 B "안녕" ─────────┼──────────────────────┼─────────────────────►│',
		'03:04:05.004         │◄─────────────────────┼──────────────────────┼──────── 7 B "HI 👋" ─┤',
		'03:04:05.006         ├─ 4 B "gone" ~lost ───┼──────────────────────┼─────────────────✗    │',
		'03:04:05.007         ├╌ 4 B "soon" ╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌    │',
		'03:04:05.008         │                      ├─ 5 B "hello" ───────►│                      │',
		'03:04:05.009         │                      │                      ├─ 3 B "hey" ─────────►│',
		'03:04:05.010         │                      ├─ 4 B "ping" × 240 ───┼─────────────────────►│',
		'03:04:05.012         │                      │◄─────────────────────┼─── 4 B "PONG" × 240 ─┤',
		'03:04:05.970         │                      ○ closed               │                      │',
		'03:04:05.971         ├─ 2 B "on" ──────────────────────────────────┼─────────────────────►│',
	]);
	t.like(drawn, {first: 0, hiddenLanes: 0, hiddenSteps: 0});
});

test('a TCP scene has a lane for the welcoming socket and for each connection socket', t => {
	const drawn = draw(
		eventsOf(
			[server, {type: 'listening-started', local: serverAt}],
			...handshake(1),
			chunk('chunk-sent', 1, 'client', {number: 1, offset: 0, text: 'ab'}),
			chunk('chunk-sent', 1, 'client', {number: 2, offset: 2, text: 'cd'}),
			chunk('chunk-received', 1, 'connection', {number: 1, offset: 0, text: 'abcd'}),
			[1, {type: 'fin-sent', peer: serverAt}],
			[server, {type: 'fin-received', peer: clientAt(1)}, 1],
			[
				server,
				{type: 'reset-received', peer: clientAt(1), failure: {code: 'ECONNRESET', syscall: 'read', message: ''}},
				1,
			],
			[
				server,
				{
					type: 'socket-closed',
					peer: clientAt(1),
					local: serverAt,
					discarded: 4,
				},
				1,
			],
			[server, {type: 'socket-closed', local: serverAt, discarded: 0}],
			[
				1,
				{
					type: 'socket-closed',
					peer: serverAt,
					local: clientAt(1),
					discarded: 0,
				},
			],
			[1, {type: 'connect-started', peer: serverAt}],
			[1, {type: 'connect-failed', peer: serverAt, failure: refused}],
			[
				server,
				{type: 'listen-failed', local: serverAt, failure: {code: 'EADDRINUSE', syscall: 'listen', message: ''}},
			],
		),
		sceneOf('tcp', 1),
		80,
		'client:1',
	);
	isExact(t, drawn, 80);
	t.deepEqual(textsOf(drawn), [
		'                 client 1                 welcoming              connection 1',
		'                  :51001                   :12000               :12000 ← :51001',
		'03:04:05.000                                  ● listening 127.0.0.1:12000',
		'03:04:05.001         ├─ SYN connect() ───────►│',
		'                     │◄───────────── SYN+ACK ─┤ K',
		'                     ├─ ACK connected :51001 ►│ K',
		'03:04:05.003         │                        ├─ accept() ────────────►●',
		'03:04:05.004         ├─ 2 B "ab" ─────────────────①                    │',
		'03:04:05.005         ├─ 2 B "cd" ─────────────────①                    │',
		'03:04:05.006         │               ① 4 B "abcd" writes 1+2 arrives ─►│',
		'03:04:05.007         ├─ FIN ──────────────────┼───────────────────────►│',
		'                     ├─ RST ECONNRESET ───────┼───────────────────────►│ K',
		'03:04:05.010         │                        │     closed 4 B dropped ○',
		'03:04:05.011         │                        ○ closed',
		'03:04:05.012         ○ closed',
		'03:04:05.013         ├─ SYN connect() ───────►',
		'                     │◄──── RST ECONNREFUSED ─┤ K',
		'03:04:05.015                                  ✗ 127.0.0.1:12000 EADDRINUSE',
	]);
});

test('80 columns show the lanes around the focused one, and the others by name at the border', t => {
	const told = Array.from({length: 9}, (_, index) =>
		exchange(index + 1, 1, `from ${index + 1}`, `to ${index + 1}`)).flat();
	const events = eventsOf(...told, ...exchange(8, 2, 'again', 'AGAIN'), [5, sent(1, 'aside')]);
	const scene = sceneOf('udp', 9);
	for (const [focus, labels] of Object.entries({
		'client:1': ['client 1', 'client 5', 'server'],
		'client:5': ['client 5', '127.0.0.1:5555', 'server'],
		'client:9': ['client 5', 'client 9', 'server'],
		server: ['client 8', 'client 9', 'server'],
		'peer:127.0.0.1:5555': ['client 5', '127.0.0.1:5555', 'server'],
	})) {
		const drawn = draw(events, scene, 80, focus);
		isExact(t, drawn, 80);
		t.deepEqual(textOf(drawn.header[0]!).trim().split(/ {2,}/), labels);
		t.like(drawn, {hiddenLanes: 8, hiddenSteps: focus === 'server' ? 1 : 0});
	}

	t.deepEqual(textsOf(draw(events, scene, 80, 'client:1')).slice(2, 6), [
		'05.000                  ├─ 6 B "from 1" ───┼─────────────────►│',
		'05.002                  │◄─────────────────┼───── 4 B "to 1" ─┤',
		'05.004 client 2 ─ 6 B "from 2" ────────────┼─────────────────►│',
		'05.006 client 2 ◄───────┼──────────────────┼───── 4 B "to 2" ─┤',
	]);
});

test('an arrow to a hidden lane goes beyond the lanes that show, and the end of an address is what shows of it', t => {
	const events = eventsOf([server, received(1, 'hey')], [1, sent(1, 'you')], ...exchange(1, 2, 'hi', 'HI'));
	t.deepEqual(textsOf(draw(events, sceneOf('udp', 1), 50, 'client:1')).slice(2), [
		'05.000      │                            │◄3 B …55',
		'05.001      ├─ 3 B "you" ────────────────┼─► …5555',
		'05.002      ├─ 2 B "hi" ────────────────►│',
		'05.004      │◄──────────────── 2 B "HI" ─┤',
	]);
});

test('what the kernel does for a hidden lane keeps its label, its sign and the lane\'s name, in Korean too', t => {
	const flow = flowOf(eventsOf(...handshake(1), ...handshake(2)), sceneOf('tcp'));
	for (const focus of ['server', 'client:1'] as const) {
		const columns = focus === 'server' ? 59 : 54;
		const drawn = drawFlow(flow, {words: flowKo, columns, focus});
		isExact(t, drawn, columns);
		const lines = textsOf(drawn).slice(2);
		const answers = lines.filter(line => line.includes('SYN+ACK'));
		t.is(answers.length, focus === 'server' ? 2 : 1);
		for (const line of answers) {
			t.regex(line, focus === 'server' ? / 클라이언트 [12] .*SYN\+ACK.*┤ K/ : /SYN\+ACK ─* K …?.*켓$/);
		}
	}
});

test('steps between hidden lanes are left out and counted', t => {
	const events = eventsOf(...[1, 2, 3, 4].flatMap(client => [
		...handshake(client),
		chunk('chunk-received', client, 'connection', {number: 1, offset: 0, text: 'hi'}),
	]));
	const drawn = draw(events, sceneOf('tcp', 4), 80, 'client:1');
	isExact(t, drawn, 80);
	t.deepEqual(textOf(drawn.header[0]!).trim().split(/ {2,}/), ['client 1', 'welcoming', 'connection 1']);
	t.deepEqual([drawn.hiddenLanes, drawn.hiddenSteps, drawn.lines.length], [6, 3, 17]);
});

test('only the newest lines are drawn, and the oldest of them is told', t => {
	const {steps, lanes} = flowOf(udp, sceneOf('udp'));
	const timesOf = (rows: number): string[] => textsOf(drawFlow({steps, lanes}, {
		words, columns: 100, focus: 'client:1', rows,
	})).slice(2).map(line => line.slice(0, 12));
	t.deepEqual(timesOf(2), ['03:04:05.970', '03:04:05.971']);
	t.deepEqual(timesOf(4), ['03:04:05.010', '03:04:05.012', '03:04:05.970', '03:04:05.971']);
	t.deepEqual(timesOf(3), timesOf(2), 'answers are not drawn without their requests');
	t.like(drawFlow({steps, lanes}, {
		words, columns: 100, focus: 'client:1', rows: 4,
	}), {first: 10, hiddenSteps: 0});
	t.is(drawFlow({steps, lanes}, {
		words, columns: 100, focus: undefined, rows: 0,
	}).first, undefined);
	t.deepEqual(drawFlow({steps: [], lanes: []}, {words, columns: 10, focus: undefined}), {
		header: [[{text: ' '.repeat(10), tone: 'plain'}], [{text: ' '.repeat(10), tone: 'plain'}]],
		lines: [],
		steps: [],
		first: undefined,
		hiddenLanes: 0,
		hiddenSteps: 0,
	});
});

test('a lane ends where its socket is closed, also where something of it still arrives', t => {
	const read = (number: number, text: string): Told =>
		chunk('chunk-received', 1, 'connection', {number, offset: number - 1, text});
	const drawn = draw(eventsOf(
		...handshake(1),
		read(1, 'a'),
		[1, {
			type: 'socket-closed', peer: serverAt, local: clientAt(1), discarded: 0,
		}],
		[server, {type: 'socket-failed', failure: refused}],
		read(2, 'b'),
		[server, {type: 'fin-received', peer: clientAt(1)}, 1],
		[server, {type: 'socket-failed', failure: refused}],
		[1, {type: 'connect-started', peer: serverAt}],
		[1, {type: 'socket-closed', peer: serverAt, discarded: 0}],
		[server, {type: 'socket-failed', failure: refused}],
	), sceneOf('tcp', 1), 80, 'client:1');
	const clientColumn = textOf(drawn.header[0]!).indexOf('client 1') + 4;
	t.is(drawn.lines.map(line => textOf(line)[clientColumn]).join(''), '├│├│├○ ├├ ├○ ');
	const {steps, lanes} = flowOf(eventsOf(
		[1, {type: 'socket-closed', discarded: 0}],
		[1, {type: 'connect-started', peer: serverAt}],
		[1, {type: 'fin-sent', peer: serverAt}],
		[server, {type: 'socket-failed', failure: refused}],
	), sceneOf('tcp', 1));
	t.is(
		drawFlow({steps, lanes}, {words, columns: 80, focus: 'client:1'})
			.lines.map(line => textOf(line)[clientColumn])
			.join(''),
		'○├├│',
		'a FIN of the next socket ends nothing',
	);
});

test('of the ports of a lane the newest show, where there is not room for all', t => {
	const lives = [52_224, 59_236, 60_001].map(port => [1, {type: 'socket-bound', local: {host: '127.0.0.1', port}}] as const);
	const portsAt = (columns: number): string =>
		textOf(draw(eventsOf(...lives), sceneOf('udp', 1), columns, 'client:1').header[1]!).trim().split(/ {2,}/)[0]!;
	t.is(portsAt(80), ':52224 :59236 :60001');
	t.is(portsAt(34), '… :59236 :60001');
	t.is(portsAt(12), '… :60001');
	t.is(portsAt(7), '… :600…');
	t.is(fitPorts(':12000 ← :51001', 15), ':12000 ← :51001');
	t.is(fitPorts(':12000 ← :51001', 14), '… :51001');
	t.is(fitPorts(':12000 :12001 ← :51001', 20), '… :12001 ← :51001');
});

test('the welcoming socket shows before other lanes that the focused one has nothing to do with', t => {
	const connections = [1, 2, 3].map(number => [server, {type: 'connection-accepted', peer: stranger, local: serverAt}, number] as const);
	const later = [1, 2, 3].flatMap(client => [
		chunk('chunk-received', client, 'connection', {number: 1, offset: 0, text: 'hi'}),
	]);
	const drawn = draw(eventsOf(...connections, ...later), sceneOf('tcp', 3), 80, 'client:3');
	t.deepEqual(textOf(drawn.header[0]!).trim().split(/ {2,}/), ['client 3', 'welcoming', 'connection 3']);
});

test('a client never calls accept()', t => {
	const drawn = draw(eventsOf(
		[server, {type: 'connection-accepted', peer: stranger, local: serverAt}, 1],
		[server, {type: 'connection-rejected', peer: stranger, limit: 1}],
	), sceneOf('tcp', 0), 90, 'server');
	t.deepEqual(textsOf(drawn).slice(2), [
		'03:04:05.000         ├─ SYN connect() ────────────►│',
		'                     │◄────────────────── SYN+ACK ─┤ K',
		'                     ├─ ACK ──────────────────────►│ K',
		'03:04:05.000         │                             ├─ accept() → connection 1 ──►●',
		'03:04:05.001         │    ✗───── accept() limit 1 ─┤                             │',
	]);
});

test('steps between hidden lanes are counted, and told where they begin, even where nothing else is drawn', t => {
	const events = eventsOf(...exchange(1, 1, 'a', 'b'), [2, sent(1, 'x')]);
	const {steps, lanes} = flowOf(events, sceneOf('udp', 2));
	const drawn = drawFlow({steps: steps.slice(0, 2), lanes}, {words, columns: 20, focus: 'client:2'});
	t.like(drawn, {lines: [], first: 0, hiddenSteps: 2});
	t.like(drawFlow({steps, lanes}, {
		words, columns: 20, focus: 'client:2', rows: 1,
	}), {first: 0, hiddenSteps: 2});
	t.like(drawFlow({steps: steps.toReversed(), lanes}, {
		words, columns: 20, focus: 'client:2', rows: 1,
	}), {first: 4, hiddenSteps: 2});
});

test('a lane has a line while its socket is open', t => {
	const isOpen = (drawn: DrawnFlow): boolean[] => drawn.lines.map(line => /[│┼]/.test(textOf(line)));
	const wait = [1, {type: 'socket-failed', failure: refused}] as const;
	const listening = [server, {type: 'listening-started', local: serverAt}] as const;
	const closed = [server, {type: 'socket-closed', local: serverAt, discarded: 0}] as const;
	const refusal = [
		[1, {type: 'connect-started', peer: serverAt}],
		[1, {type: 'connect-failed', peer: serverAt, failure: refused}],
	] as const;
	const scene = sceneOf('tcp', 1);
	t.deepEqual(isOpen(draw(eventsOf(wait, listening, wait, closed, wait, listening, wait), scene, 80, 'server')), [
		false,
		true,
		true,
		true,
		false,
		true,
		true,
	]);
	t.deepEqual(isOpen(draw(eventsOf(wait, closed, ...refusal, wait), scene, 80, 'server')), [
		true,
		true,
		false,
		true,
		false,
	], 'a socket that connects is open until the RST comes');
	t.deepEqual(
		isOpen(draw(
			eventsOf(...refusal, [server, {type: 'listen-failed', local: serverAt, failure: refused}], listening),
			scene,
			80,
			'server',
		)),
		[false, true, false, false],
	);
	t.deepEqual(isOpen(draw(eventsOf(wait), scene, 80, 'server')), [true]);
	t.deepEqual(isOpen(draw(eventsOf(wait), neverBound(sceneOf('tcp', 1)), 80, 'server')), [false]);
});

test('what the focused lane sends and receives, what is lost, and escapes have tones of their own', t => {
	const {header, lines} = draw(eventsOf(
		...exchange(1, 1, 'a\tb', 'B\n'),
		[1, sent(2, 'x', {to: server, arrival: {type: 'lost'}})],
		[1, sent(3, 'y', {to: server, arrival: {type: 'under-way'}})],
		[2, sent(1, 'z', {to: server, arrival: {type: 'read', number: 5}})],
	), sceneOf('udp'), 80, 'client:1');
	t.true(header[0]!.some(({text, tone}) => tone === 'strong' && text.trim() === 'client 1'));
	const tones = lines.map(line =>
		tonesOf(line)
			.filter(([tone]) => tone !== 'dim')
			.map(([tone, text]) => `${tone} ${text.replaceAll(/─+/g, '-')}`));
	t.deepEqual(tones, [
		['sent ├- 3 B "a', String.raw`escape \t`, 'sent b" -┼-►'],
		['received ◄-┼- 2 B "B', String.raw`escape \n`, 'received " -┤'],
		['error ├- 1 B "x" ~lost -┼-✗'],
		['plain 1 B "y"'],
		['plain ├- 1 B "z" -►'],
	]);
});

test('a datagram that a socket sends to itself is drawn on its lane', t => {
	const drawn = draw(
		eventsOf(
			[1, sent(1, 'me', {to: 1, arrival: {type: 'read', number: 1}})],
			[1, received(1, 'me', {from: 1, write: 1})],
		),
		sceneOf('udp', 1),
		60,
		'client:1',
	);
	t.deepEqual(textsOf(drawn).slice(2), ['05.000      ⇄ 2 B "me"                                │']);
});

test('the handshake of a socket that is connected to itself is drawn on its lane, and marked as the kernel\'s', t => {
	const own = clientAt(1);
	const events = eventsOf(
		[1, {type: 'connect-started', peer: own}],
		[1, {type: 'connection-opened', peer: own, local: own}],
	);
	const lines = textsOf(draw(events, neverBound(sceneOf('tcp', 1)), 60, 'client:1')).map(line => line.slice(line.indexOf('⇄')));
	t.deepEqual(lines.slice(2), ['⇄ SYN connect()', '⇄ SYN+ACK K', '⇄ ACK connected :51001 K']);
});

test('what does not fit is cut with …, and what tells how often, or why not, stays', t => {
	const told = Array.from(
		{length: 1200},
		() => [1, sent(1, 'a long payload that no row has room for', {to: server, arrival: {type: 'lost'}})] as const,
	);
	const bound = [server, {type: 'socket-bound', local: serverAt}] as const;
	t.is(
		textsOf(draw(eventsOf(bound, ...told), sceneOf('udp', 1), 48, 'client:1')).at(-1),
		'05.001      ├─ 39 B ~lost × 1,200 ──────✗ │',
	);
	t.is(
		textsOf(draw(eventsOf(bound, ...told), sceneOf('udp', 1), 60, 'client:1')).at(-1),
		'05.001      ├─ 39 B "a long… ~lost × 1,200 in 1.2 s ✗ │',
	);
	const failed = eventsOf(
		[1, {type: 'connect-started', peer: stranger}],
		[1, {type: 'connect-failed', peer: stranger, failure: {...refused, code: 'EADDRNOTAVAIL'}}],
	);
	t.is(textsOf(draw(failed, sceneOf('tcp', 1), 48, 'client:1')).at(-1), '05.000      ├─ SYN EADDRNOTAVAIL ────✗ │');
});

for (const [language, said] of Object.entries({en: words, ko: flowKo})) {
	test(`in 80 columns the address of a notice is whole in ${language}, wherever its lane stands`, t => {
		const told: readonly Told[] = [
			[server, {type: 'listening-started', local: serverAt}],
			[server, {type: 'socket-bound', local: serverAt}],
			[1, {type: 'peer-set', peer: serverAt, local: clientAt(1)}],
			[server, {type: 'listen-failed', local: serverAt, failure: {...refused, code: 'EADDRINUSE'}}],
		];
		for (const clients of [1, 2, 3]) {
			for (const event of told) {
				const connecting = Array.from({length: clients}, (_, index) => handshake(index + 1));
				const events = eventsOf(event, ...connecting.flat());
				const flow = flowOf(events, sceneOf('tcp', clients));
				for (const focus of ['client:1', 'server']) {
					const {lines, steps} = drawFlow(flow, {words: said, columns: 80, focus});
					const line = textOf(lines[0]!);
					t.regex(steps[0]!.first === 0 ? line : ' 127.0.0.1:12000', / 127\.0\.0\.1:12000\b/, `${event[1].type}, ${clients} clients`);
				}
			}
		}
	});

	test(`why something does not arrive is told at its ✗, however many bytes it has and lanes there are, in ${language}`, t => {
		const lengths = [1, 5, 1400, 65_507];
		for (const clients of [1, 2, 3, 5]) {
			const events = eventsOf(
				...Array.from({length: clients}, (_, index) => exchange(index + 1, 1, 'hi', 'HI')).flat(),
				...lengths.flatMap((length, index): Told[] => [
					[1, {
						type: 'datagram-sent', peer: serverAt, number: index + 2, isUnbound: true, ...payload('x'.repeat(length)),
					}],
					[2, sent(index + 2, 'x'.repeat(length), {to: server, arrival: {type: 'lost'}})],
					[1, sent(index + 10, 'x'.repeat(length), {to: server, fate: {type: 'lost', cause: 'loss'}})],
				]),
			);
			const flow = flowOf(events, sceneOf('udp', clients));
			for (const columns of [80, 76, 64, 58]) {
				for (const focus of ['client:1', 'client:2', 'server']) {
					const drawn = drawFlow(flow, {words: said, columns, focus});
					isExact(t, drawn, columns);
					const reasons = [said.noSocket, said.lost, said.link.losses.loss, ...said.link.shortLosses];
					const stopped = drawn.lines.map(line => textOf(line)).filter(line => line.includes('✗'));
					const untold = stopped.filter(line => !reasons.some(reason => line.includes(reason)));
					t.true(stopped.length >= lengths.length, `${stopped.length} ✗`);
					t.deepEqual(untold, [], `${columns} columns around ${focus}, ${clients} clients`);
				}
			}
		}
	});

	test(`beside the panes the name of a hidden lane is cut before what an arrow says, in ${language}`, t => {
		for (const clients of [2, 3]) {
			const events = eventsOf(...Array.from({length: clients}, (_, index) => [
				...handshake(index + 1),
				chunk('chunk-sent', index + 1, 'client', {number: 1, offset: 0, text: 'hi'}),
				chunk('chunk-received', index + 1, 'connection', {number: 1, offset: 0, text: 'hi'}),
			]).flat());
			const flow = flowOf(events, sceneOf('tcp', clients));
			for (const columns of [58, 59, 64]) {
				for (const focus of ['client:1', 'client:2', 'server']) {
					const drawn = drawFlow(flow, {words: said, columns, focus});
					isExact(t, drawn, columns);
					for (const [index, {kind}] of drawn.steps.entries()) {
						const label = {
							connect: 'SYN', connected: 'SYN+ACK', ack: 'ACK', accept: 'accept()', chunk: '2 B',
						}[kind as string]!;
						const line = textOf(drawn.lines[index]!);
						t.true(line.includes(label), `${columns} columns around ${focus}: ${line}`);
					}
				}
			}
		}
	});
}

test('the address of another program is whole above its lane while there is room, and else its end, in IPv6 too', t => {
	const far = {host: '2001:db8:1234:5678:9abc:def0:1234:5678', port: 65_535};
	const address = `[${far.host}]:${far.port}`;
	const readFrom: EventBody = {
		type: 'datagram-received', peer: far, number: 1, isThirdParty: false, ...payload('hi'),
	};
	const events = eventsOf(
		[server, {type: 'socket-bound', local: {host: '::', port: 12_000}}],
		[server, readFrom],
		...exchange(1, 1, 'a', 'b'),
	);
	for (const columns of [100, 120, 160]) {
		const drawn = draw(events, sceneOf('udp', 1), columns, 'client:1');
		isExact(t, drawn, columns);
		t.true(textOf(drawn.header[0]!).includes(` ${address} `), `${columns} columns: ${textOf(drawn.header[0]!)}`);
		t.regex(textOf(drawn.header[0]!), / client 1 .* server/);
	}

	const narrow = draw(events, sceneOf('udp', 1), 80, `peer:${address}`);
	isExact(t, narrow, 80);
	t.regex(textOf(narrow.header[0]!), / client 1 +….*5678]:65535 +server/);
});

test('beside the panes a client of several is drawn with its connection and the welcoming socket', t => {
	const flow = flowOf(eventsOf(...handshake(1), ...handshake(2), chunk('chunk-sent', 1, 'client', {number: 1, offset: 0, text: 'message 1'}), chunk('chunk-received', 1, 'connection', {number: 1, offset: 0, text: 'message 1'})), sceneOf('tcp'));
	for (const said of [words, flowKo]) {
		const drawn = drawFlow(flow, {words: said, columns: 59, focus: 'client:1'});
		isExact(t, drawn, 59);
		t.deepEqual(
			textOf(drawn.header[0]!).trim().split(/ {2,}/),
			[said.client(1), said.welcoming, said.connection(1)],
		);
		t.regex(textsOf(drawn).at(-1)!, /├─ 9 B "message 1" ─+┼?─*►│$/);
		for (let columns = 56; columns < 72; columns++) {
			const lines = textsOf(drawFlow(flow, {words: said, columns, focus: 'client:1'}));
			t.false(lines.some(line => /SYN [^─┤]*…/.test(line)), 'connect() is told whole, or not');
		}

		t.is(drawn.hiddenSteps, 0);
	}
});

test('a label is whole where the diagram has the columns for it', t => {
	const text = 'a payload of fifty bytes, which is a long one here';
	const events = eventsOf(...exchange(1, 1, text, text.toUpperCase()));
	const drawn = draw(events, sceneOf('udp', 1), 100, 'client:1');
	isExact(t, drawn, 100);
	t.true(textsOf(drawn)[2]!.includes(`├─ 50 B "${text}" `));
	const fate = passedIn(0, {copies: [{delay: 87}, {delay: 87}]});
	const told = eventsOf([1, sent(1, 'message 1', {to: server, fate, arrival: {type: 'read', number: 1}})]);
	const docked = drawFlow(flowOf(told, sceneOf('udp')), {words: flowKo, columns: 59, focus: 'client:1'});
	t.regex(textsOf(docked)[2]!, /"message 1"/);
});

test('accept() at the border does not tell twice which connection it returns', t => {
	const events = eventsOf(...handshake(1), ...handshake(2), ...handshake(3));
	const lines = [99, 110].flatMap(columns => textsOf(draw(events, sceneOf('tcp', 3), columns, 'server')))
		.filter(line => /accept.*► connection \d$/.test(line));
	t.is(lines.length, 3);
	for (const line of lines) {
		t.regex(line, /├─ accept\(\) [─┼]+► connection \d$/);
	}
});

test('a server that was never bound has no lane, unless a step has to do with it', t => {
	const scene = neverBound(sceneOf('tcp', 1));
	const lanesOf = (...told: readonly Told[]): string[] => flowOf(eventsOf(...told), scene).lanes.map(({id}) => id);
	t.deepEqual(lanesOf(
		[1, {type: 'connect-started', peer: serverAt}],
		[1, {type: 'connect-failed', peer: serverAt, failure: refused}],
	), ['client:1', 'peer:127.0.0.1:12000']);
	t.deepEqual(lanesOf([server, {type: 'listen-failed', local: serverAt, failure: refused}]), ['client:1', 'server']);
	t.deepEqual(flowOf([], sceneOf('tcp', 1)).lanes.map(({id}) => id), ['client:1', 'server']);
});

test('what has left for where a socket was, and nobody is known to have got, is drawn as sent, without a head', t => {
	const told = eventsOf(
		[server, {type: 'socket-bound', local: serverAt}],
		[1, sent(1, 'soon', {to: server, arrival: {type: 'under-way'}})],
		[server, {type: 'socket-closed', local: serverAt, discarded: 0}],
		[1, {
			type: 'datagram-sent', peer: serverAt, number: 2, isVacant: true, ...payload('gone'),
		}],
	);
	const [underWay = '', , gone = ''] = textsOf(draw(told, sceneOf('udp', 1), 80, 'client:1')).slice(-3);
	t.regex(underWay, /├╌ 4 B "soon" ╌+ {4}│/);
	t.regex(gone, /├─ 4 B "gone" ─+$/);
});

test('what a socket sends to itself is red where it never arrives', t => {
	const toItself = (type: 'lost' | 'under-way'): Told => [1, sent(1, 'hi', {to: 1, arrival: {type}})];
	for (const [type, tone] of [['lost', 'error'], ['under-way', 'plain']] as const) {
		const {lines: [line = []]} = draw(eventsOf(toItself(type)), sceneOf('udp', 1), 80);
		t.is(line.find(({text}) => text.includes('2 B "hi"'))?.tone, tone);
	}
});
