/* What `w` writes: each view whole, as text, from real sockets. */
import {setTimeout} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {readOptions} from '../../../source/commands/options.ts';
import type {PlaygroundOptions, SceneName} from '../../../source/engine/api/command.ts';
import type {Protocol} from '../../../source/log/event.ts';
import {presets} from '../../../source/link/presets.ts';
import {listingForms, sourceLanguages} from '../../../source/programs/languages.ts';
import type {SavedView} from '../../../source/screen/input/update.ts';
import {NothingToSave, saveView} from '../../../source/screen/save/save-view.ts';
import type {TextFile} from '../../../source/screen/save/saved-scene.ts';
import {commandOf, unlike} from '../../../source/screen/save/scene-head.ts';
import {newScreenState, type PaneState, withPane} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import type {Words} from '../../../source/screen/words/words.ts';
import {openPlayground, type PlaygroundRoom} from '../../helpers/playground-room.ts';
import {connectRaw} from '../../helpers/raw-tcp.ts';

type Wanted = {
	readonly scene: SceneName;
	readonly what: SavedView;
	/** How the pane that is saved stands. */
	readonly pane?: Partial<PaneState>;
	readonly words?: Words;
};

async function save(
	{playground}: PlaygroundRoom,
	{scene: name, what, pane = {}, words = en}: Wanted,
): Promise<TextFile> {
	const scene = playground.view({type: 'scene', scene: name, peers: 10});
	if (scene?.type !== 'scene') {
		throw new Error('No scene');
	}

	const payload = what.type === 'payload'
		? playground.view({
			type: 'payload', sequence: what.sequence, offset: 0, maxBytes: 100,
		})
		: undefined;
	let state = {
		...newScreenState({columns: 80, rows: 24, protocol: scene.protocol}),
		payload: payload?.type === 'payload' ? payload : undefined,
	};
	for (const each of what.type === 'panes' ? what.panes : scene.clients.map(client => client.pane)) {
		state = withPane(state, each, pane);
	}

	return saveView(what, {
		state,
		scene,
		words,
		read: async query => playground.view(query),
		async readPayload(sequence) {
			const {bytes} = await playground.execute({type: 'read-payload', sequence});
			return bytes;
		},
	});
}

function linesOf({contents}: TextFile): string[] {
	return Buffer.from(contents).toString().split('\n');
}

async function openEcho(
	t: ExecutionContext,
	protocol: Protocol,
	options: Partial<PlaygroundOptions> = {},
): Promise<PlaygroundRoom> {
	return openPlayground(t, protocol, {clients: 1, reply: 'echo', ...options});
}

/** Send from the first client, and wait for the answers. */
async function converse(room: PlaygroundRoom, protocol: Protocol, payloads: readonly Uint8Array[]): Promise<void> {
	const {pane} = room.client(protocol);
	for (const bytes of payloads) {
		const {count} = room.client(protocol).received;
		await room.playground.execute({type: 'send', pane, bytes});
		while (room.client(protocol).received.count === count) {
			await setTimeout(1);
		}
	}
}

const time = String.raw`\d\d:\d\d:\d\d\.\d{3}`;

test('the messages of a pane are saved whole: every row, whole addresses and payloads, hexadecimal where not UTF-8', async t => {
	const room = await openEcho(t, 'udp');
	const long = `${'abc '.repeat(1000)}end`;
	await converse(room, 'udp', [
		Buffer.from(long), Buffer.from('안녕 👋\n\u{1B}[2J\u{202E}'), Buffer.of(0xFF, 0x41, 0x00),
	]);
	const {pane} = room.server('udp');
	const {port} = room.address('udp');
	const file = await save(room, {scene: 'udp', what: {type: 'panes', panes: [pane]}});
	t.is(file.name, 'socket-playground-udp-server-messages.txt');
	const text = Buffer.from(file.contents).toString();
	const client = /127\.0\.0\.1:(?!0\b)\d+/.exec(text.replaceAll(`127.0.0.1:${port}`, ''))?.[0] ?? '';
	t.regex(text, new RegExp(String.raw`^# SERVER · 127\.0\.0\.1:${port} · messages · UDP · \d{4}-`));
	t.regex(text, new RegExp(`^${time} ← ${client}  4003 B  ${long}$`, 'm'));
	t.regex(text, new RegExp(`^${time} → ${client}  4003 B  ${long}`, 'm'));
	t.true(text.includes(String.raw`안녕 👋\n\x1b[2J\u{202e}`));
	t.regex(text, new RegExp(String.raw`^${time} ← ${client}  3 B  \\xffA\\0\n    hex: ff 41 00$`, 'm'));
	t.notRegex(text, /[\0-\t\v-\u{1F}\u{7F}-\u{9F}\u{202E}]/u);
	const rows = linesOf(file).filter(line => /^\d\d:/.test(line));
	t.is(rows.length, room.rows(pane).total);
	t.true(text.includes(`# ${en.views.saving.rows(rows.length)}\n`));
});

test('a log of more rows than are read at a time is saved in order, and each row once', async t => {
	const room = await openEcho(t, 'tcp', {reply: 'discard'});
	const {pane} = room.client('tcp');
	for (let number = 0; number < 400; number++) {
		await room.send(pane, `number ${number};`);
	}

	const file = await save(room, {scene: 'tcp', what: {type: 'panes', panes: [pane]}});
	const numbers = linesOf(file).flatMap(line => /→.*number (\d+);$/.exec(line)?.[1] ?? []).map(Number);
	t.deepEqual(numbers, Array.from({length: 400}, (_, index) => index));
});

for (const meanwhile of [450, 800]) {
	test(`rows that come while a log is being saved are not in it, and those that it drops are said to be: ${meanwhile}`, async t => {
		const room = await openEcho(t, 'udp', {reply: 'discard', limits: {events: 512}});
		const {pane} = room.client('udp');
		const sendMany = async (count: number): Promise<void> => {
			const wanted = room.client('udp').sent.count + count;
			for (let number = 0; number < count; number++) {
				await room.send(pane, 'x');
			}

			while (room.client('udp').sent.count < wanted) {
				await setTimeout(1);
			}
		};

		await sendMany(200);
		const {playground} = room;
		const scene = room.scene('udp');
		const {total, first} = room.rows(pane);
		let reads = 0;
		const {contents} = await saveView({type: 'panes', panes: [pane]}, {
			state: newScreenState({columns: 80, rows: 24, protocol: 'udp'}),
			scene,
			words: en,
			async read(query) {
				const view = playground.view(query);
				if (reads++ === 0) {
					await sendMany(meanwhile);
				}

				return view;
			},
			readPayload: async () => undefined,
		});
		const lines = Buffer.from(contents).toString().split('\n');
		const missing = Number(/^… (\d+)/m.exec(lines.join('\n'))?.[1]);
		t.true(missing > 0);
		t.is(lines.filter(line => /^\d\d:/.test(line)).length + missing, total - first);
	});
}

test('a filter leaves only its rows, and is named', async t => {
	const room = await openEcho(t, 'udp');
	await converse(room, 'udp', [Buffer.from('apple'), Buffer.from('pear')]);
	const {pane} = room.client('udp');
	const lines = linesOf(await save(room, {
		scene: 'udp', what: {type: 'panes', panes: [pane]}, pane: {filter: 'APPLE'},
	}));
	t.true(lines.includes(`# ${en.views.saving.onlyWith('APPLE')}`));
	t.true(lines.includes(`# ${en.views.saving.rows(2)}`));
	t.is(lines.filter(line => line.endsWith('apple') || line.includes('apple  ')).length, 2);
	t.false(lines.some(line => line.includes('pear')));
});

test('system calls, bytes and sockets are saved as their views show them', async t => {
	const room = await openEcho(t, 'tcp');
	const long = 'x'.repeat(3000);
	await converse(room, 'tcp', [Buffer.from(long)]);
	const {pane} = room.client('tcp');
	const {port} = room.address('tcp');
	const saved = async (view: PaneState['view']): Promise<TextFile> =>
		save(room, {scene: 'tcp', what: {type: 'panes', panes: [pane]}, pane: {view}});
	const calls = await saved('call-view');
	t.is(calls.name, 'socket-playground-tcp-client-1-calls.txt');
	t.regex(linesOf(calls).join('\n'), new RegExp(String.raw`connect\(\('127\.0\.0\.1', ${port}\)\)`));
	t.true(linesOf(calls).some(line => /send\(.*3000 B/.test(line) && line.endsWith(long)));
	const bytes = await saved('byte-view');
	t.is(bytes.name, 'socket-playground-tcp-client-1-bytes.txt');
	t.true(linesOf(bytes).some(line => line.endsWith(long)));
	t.true(linesOf(bytes).some(line => line.includes(en.views.ledger.write(1))));
	const sockets = await saved('socket-view');
	t.is(sockets.name, 'socket-playground-tcp-client-1-sockets.txt');
	t.true(linesOf(sockets).some(line => line.includes(`⇄ 127.0.0.1:${port}`)));
});

for (const [language, form] of sourceLanguages.flatMap(each => listingForms.map(of => [each, of] as const))) {
	test(`the ${form} program in ${language} is saved under its name, with the command line in a comment at its head`, async t => {
		const room = await openEcho(t, 'udp');
		const {pane} = room.server('udp');
		const view = room.playground.view({
			type: 'source', pane, language, form, comments: 'ko',
		});
		const file = await save(room, {
			scene: 'udp', what: {type: 'panes', panes: [pane]}, pane: {view: 'program-view', language, form}, words: ko,
		});
		const sign = language === 'python' ? '# ' : '// ';
		const lines = linesOf(file);
		const head = lines.filter(line => line.startsWith(sign)).slice(0, 2);
		t.is(head[1], sign + commandOf(room.scene('udp'), ko));
		t.true(view?.type === 'source' && file.name === view.fileName && lines.join('\n').endsWith(`${view.lines.join('\n')}\n`));
	});
}

test('a payload is saved as its text and as a dump of all its bytes', async t => {
	const room = await openEcho(t, 'udp');
	const bytes = Buffer.from(Array.from({length: 20_000}, (_, index) => index % 251));
	await converse(room, 'udp', [bytes]);
	const {sequence} = room.rows(room.client('udp').pane).rows.at(-1)!;
	const file = await save(room, {scene: 'udp', what: {type: 'payload', sequence}});
	t.is(file.name, `payload-${sequence}.txt`);
	const dump = linesOf(file).flatMap(line => /^([\da-f]{4,}) {2}((?:[\da-f]{2} ?){1,16}) {2}/.exec(line)?.slice(1) ?? []);
	const digits = dump.filter((_, index) => index % 2 === 1).join(' ').replaceAll(/\s/g, '');
	t.deepEqual(Buffer.from(digits, 'hex'), bytes);
	t.regex(linesOf(file).join('\n'), /^# .*20{4} B$/m);
});

test('the report of a series is saved', async t => {
	const room = await openEcho(t, 'udp');
	const {pane} = room.client('udp');
	await t.throwsAsync(save(room, {scene: 'udp', what: {type: 'report', pane}}), {
		instanceOf: NothingToSave, message: en.refusal({reason: 'no-series'}),
	});
	await room.playground.execute({type: 'start-series', pane, series: {count: 3, rate: undefined}});
	await room.happened('series-ended');
	const file = await save(room, {scene: 'udp', what: {type: 'report', pane}, words: ko});
	t.is(file.name, 'socket-playground-udp-client-1-series.txt');
	t.true(linesOf(file).some(line => line.includes(ko.acts.report.title)));
});

test('an experiment is saved as its explanation and all of its panes', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 0});
	await room.playground.execute({type: 'start-experiment', experiment: 'tcp-refused'});
	await room.happened('connect-failed');
	const {clients} = room.scene('laboratory');
	const file = await save(room, {scene: 'laboratory', what: {type: 'panes', panes: clients.map(({pane}) => pane)}});
	t.is(file.name, 'socket-playground-tcp-refused.txt');
	const lines = linesOf(file);
	t.is(lines[1], `# ${commandOf(room.scene('laboratory'), en)}`);
	t.is(lines[2], `# ${en.views.saving.experiment('1', en.laboratory.experiments['tcp-refused'].name)}`);
	t.true(lines.some(line => line.startsWith(` ${en.laboratory.title} `)));
	t.true(lines.some(line => /^\d\d:.*ECONNREFUSED/.test(line)));
});

test('the command line at the head opens the same scene', async t => {
	const expected = {
		host: '127.0.0.1', reply: 'reverse', closeAfterReply: true, clients: 3, link: presets.hostile, seed: 42,
	} as const;
	const room = await openPlayground(t, 'tcp', expected);
	const command = commandOf(room.scene('tcp'), ko);
	const [program, ...argv] = command.match(/'[^']*'|\S+/g)!.map(word => word.replaceAll('\'', ''));
	t.is(program, 'socket-playground');
	const {words, connect, ...options} = readOptions(argv, {});
	t.like(options, {...expected, protocol: 'tcp', port: 0});
	t.is(connect, undefined);
	t.is(words, ko);

	const lab = await openPlayground(t, 'udp', {link: presets.pinger, linkToClients: presets.perfect, clients: 1});
	const head = linesOf(await save(lab, {scene: 'udp', what: {type: 'panes', panes: [lab.server('udp').pane]}}));
	t.regex(head[1]!, / --link pinger /);
	t.false(head.some(line => line.includes('loss 30 %')), 'it is what the preset says');

	const given = await openPlayground(t, 'udp', {
		clients: 2, options: [{name: 'ttl', value: 3}, {name: 'join', group: '239.1.2.3'}],
	});
	t.true(commandOf(given.scene('udp'), en).includes(' --option ttl=3 --option join=239.1.2.3 '));
	t.deepEqual(unlike(given.scene('udp'), en), []);
	const [first, second] = given.scene('udp').clients;
	await given.playground.execute({type: 'set-option', pane: second!.pane, option: {name: 'broadcast', value: 1}});
	t.deepEqual(unlike(given.scene('udp'), en), [en.views.saving.otherOptions(second!.number)]);
	await given.playground.execute({type: 'set-option', pane: first!.pane, option: {name: 'broadcast', value: 1}});
	t.true(commandOf(given.scene('udp'), en).includes(' --option broadcast=on '));
	t.deepEqual(unlike(given.scene('udp'), en), [en.views.saving.otherOptions(0)]);

	const elsewhere = await openPlayground(t, 'udp', {connect: {host: '::1', port: 9}, clients: 1});
	t.regex(commandOf(elsewhere.scene('udp'), en), /^socket-playground --protocol udp --connect '\[::1]:9' --clients 1 /);
});

test('a pane that was removed, and a payload that the log has dropped, are refused in words', async t => {
	const room = await openEcho(t, 'udp');
	await t.throwsAsync(save(room, {scene: 'udp', what: {type: 'panes', panes: [99]}}), {
		instanceOf: NothingToSave, message: en.refusal({reason: 'no-such-pane'}),
	});
	await t.throwsAsync(save(room, {scene: 'udp', what: {type: 'payload', sequence: 99}}), {
		instanceOf: NothingToSave, message: en.refusal({reason: 'payload-gone'}),
	});
});

test('the command line of a relay has the options and the encoding that it takes', async t => {
	const relay = {target: {host: '127.0.0.1', port: 9}, silence: 60_000};
	const room = await openPlayground(t, 'udp', {
		relay,
		clients: 1,
		encoding: 'euc-kr',
		options: [{name: 'ttl', value: 3}, {name: 'join', group: '239.1.2.3'}, {name: 'source', source: {host: '127.0.0.1', port: 0}}],
	});
	const scene = room.scene('udp');
	t.regex(commandOf(scene, en), / --clients 1 --option ttl=3 --option join=239\.1\.2\.3 --link perfect --encoding euc-kr --seed /);
	t.deepEqual(room.client('udp').options?.groups, [], 'the relay joins');
});

test('what is saved names no keys: they do nothing in a file', async t => {
	const target = {host: '127.0.0.1', port: 9};
	for (const options of [
		{clients: 1, connect: target},
		{connect: undefined, relay: {target, silence: 60_000}},
		{clients: 1, connect: undefined},
	]) {
		const room = await openPlayground(t, 'tcp', options);
		const {server, clients} = room.scene('tcp');
		const client = server?.relay && await connectRaw(t, room.address('tcp'));
		await client?.closed;

		await room.playground.execute({type: 'stop-server', protocol: 'tcp'});
		const panes = [...(server ? [server.pane] : []), ...clients.map(({pane}) => pane)];
		for (const words of [en, ko]) {
			const file = await save(room, {scene: 'tcp', what: {type: 'panes', panes}, words});
			const {comments, lines} = Object.groupBy(linesOf(file), line => line.startsWith('#') ? 'comments' : 'lines');
			t.deepEqual(lines?.filter(line => line.includes('Esc ')), []);
			t.true((comments?.length ?? 0) > 1);
			t.is(lines?.some(line => line.includes('ECONNREFUSED')), target === options.connect || options.relay !== undefined);
		}
	}
});

for (const words of [en, ko]) {
	test(`${words.comments}: a scene that is saved says which line endings it does not bring back`, async t => {
		const room = await openEcho(t, 'udp', {clients: 2});
		for (const type of ['command', 'lesson'] as const) {
			const text = linesOf(await save(room, {
				scene: 'udp', what: {type}, pane: {ending: 'crlf'}, words,
			}));
			const told = [1, 2].map(client => `# ${words.views.saving.ending(client, words.line.ending.crlf)}`);
			t.deepEqual(text.filter(line => line.includes('CRLF')), told);
		}
	});
}
