import test from 'ava';
import {eventText} from '../../source/screen/panes/rows/event-text.ts';
import {en} from '../../source/screen/words/en.ts';
import {ko} from '../../source/screen/words/ko.ts';
import type {Words} from '../../source/screen/words/words.ts';
import textWidth from '../../source/text/width/width.ts';
import {connectRaw, openRawServer} from '../helpers/raw-tcp.ts';
import {openRawUdp} from '../helpers/raw-udp.ts';
import {openRelayDesk, type RelayDesk} from '../helpers/relay-desk.ts';
import {row} from '../helpers/terminal-scene.ts';

const sizes = [[80, 24], [120, 40]] as const;

/** No line of a frame is longer than the terminal's columns, and there are as many as it has rows. */
function problemsOf({frame, state: {columns, rows}}: RelayDesk): string[] {
	const lines = frame.split('\n');
	return [
		...(lines.length === rows ? [] : [`${lines.length} lines`]),
		...lines.filter(line => textWidth(line) > columns),
	];
}

/** What the row of the edited message says. */
function editedText(words: Words): string {
	return eventText(row({
		type: 'held-edited', held: 2, before: 6, length: 8,
	}), true, words).text;
}

// One after the other: all share one thread, and while one of them draws, time runs out for the others.
for (const words of [en, ko]) {
	for (const [columns, rows] of sizes) {
		const name = `${columns}x${rows}, ${words.comments}`;

		test.serial(`${name}: a UDP relay's pane names both sides; datagrams are held, edited, dropped and let go by keys`, async t => {
			const target = await openRawUdp(t);
			const desk = await openRelayDesk(t, {
				protocol: 'udp', target: target.address, columns, rows, words,
			});
			const {relay} = words;
			await desk.shows(
				relay.title,
				`:${desk.address.port} → 127.0.0.1:${target.address.port}`,
				relay.holding.none.slice(0, 12),
				relay.line,
			);
			t.deepEqual(problemsOf(desk), []);
			await desk.type('<Esc>k<Enter>');
			await desk.shows(relay.holding.both);
			const peer = await openRawUdp(t);
			for (const text of ['first', 'second', 'third\n']) {
				peer.send(text, desk.address);
			}

			await desk.shows(`║ ${relay.heldShort(3)}`, relay.held(3, 17), relay.lineHeld);
			await desk.type('<Enter>');
			const way = relay.list.toTarget(`:${peer.address.port}`);
			const list = await desk.shows(relay.list.title, 'second', String.raw`third\n`);
			t.is(list.split('\n').filter(line => line.includes(way)).length, 3);
			t.regex(list, new RegExp(String.raw`▸ +1 ${way} .*first +\d+ s`));
			t.deepEqual(problemsOf(desk), []);

			// The bytes of a text are edited as text; Tab has them in hexadecimal.
			await desk.type('<Down>');
			await desk.type('<Enter>');
			await desk.shows(relay.list.edit.label(2, false));
			await desk.type(String.raw`!\xff`);
			await desk.type('<Tab>');
			await desk.shows(`${relay.list.edit.label(2, true)} 73 65 63 6f 6e 64 21 ff`);
			await desk.type('<Enter>');
			await desk.shows(String.raw`second!\xff`, editedText(words));
			await desk.type('<Up>');
			await desk.type('x');
			await desk.shows(words.notice.pressAgain('x', relay.list.dropping(1)));
			await desk.type('ㅌ');
			await desk.type('x');
			await desk.until(() => desk.all('held-dropped').length === 1, 'one dropped');
			await desk.type('g');
			const edited = await target.inbox.next();
			t.deepEqual([...edited.bytes], [...Buffer.from('second!'), 255]);
			await desk.type('a');
			const {bytes, from} = await target.inbox.next();
			t.is(Buffer.from(bytes).toString(), 'third\n');
			await desk.shows(relay.list.nothing);

			// An answer is held as well; its row says whose it is.
			target.send('answer', from);
			await desk.shows(relay.list.toClient(`:${peer.address.port}`), relay.held(1, 6));
			await desk.type('k');
			await desk.type('k');
			await desk.type('k');
			await desk.until(() => desk.scene?.server?.relay?.holding.length === 0, 'nothing held');
			t.is(await peer.nextText(), 'answer');
			t.deepEqual(desk.all('held-dropped').map(({held, cause}) => [held, cause]), [[1, 'hand']]);
			t.deepEqual(problemsOf(desk), []);
		});

		test.serial(`${name}: a TCP relay shows both legs in rows, calls, bytes, sockets and flow diagram, and a FIN behind what is held`, async t => {
			const target = await openRawServer(t);
			const desk = await openRelayDesk(t, {
				protocol: 'tcp', target: target.address, columns, rows, words,
			});
			const {relay, server, views} = words;
			const client = await connectRaw(t, desk.address);
			const far = await target.accepted.next();
			await desk.type('<Esc>k<Enter>');
			client.socket.end('question');
			await desk.shows(`║ ${relay.heldShort(1)}`, `║1 → ${relay.target}`);
			await desk.type('<Esc>r');
			await desk.shows(relay.list.toTarget(server.connection(1)), relay.list.fin);
			// An end is no message: the list counts what the pane does.
			await desk.shows(`${relay.list.title}   ${relay.held(1, 8)}`);
			await desk.type('<Down>');
			await desk.type('x');
			await desk.shows(relay.list.endsAreNotEdited.slice(0, 20));
			await desk.type('<Up>');
			await desk.type('g');
			t.is(await far.readLike('question'), 'question');
			await far.fin;
			await desk.type('<Esc>i');
			await desk.shows(`→ ${columns >= 120 ? relay.ways.toTarget(server.toTarget(1)) : server.toTarget(1)}`);
			t.deepEqual(problemsOf(desk), []);
			await desk.type('<Esc>2');
			await desk.shows(`${server.toTarget(1)}  send(8 B)`, `${server.connection(1)}  recv() → 8 B`);
			await desk.type('<Esc>3');
			await desk.shows(views.ledger.write(1), views.ledger.read(1), server.toTarget(1));
			await desk.type('<Esc>4');
			await desk.shows(relay.sockets.slice(0, 20), server.toTarget(1), `:${far.socket.remotePort} ⇄ 127.0.0.1:${target.address.port}`);
			t.deepEqual(problemsOf(desk), []);
			await desk.type('<Esc>5');
			await desk.shows(relay.noProgram.slice(0, 20));
			await desk.type('<Esc>1');
			await desk.type('<Esc>z');
			await desk.type('<Esc>f');
			await desk.shows(`${words.views.flow.diagram.relay} `, words.views.flow.diagram.target('127.0.0.1:').slice(0, 12), '"question"');
			t.deepEqual(problemsOf(desk), []);
		});
	}
}

test.serial('what is held of a client that has reset its connection is counted, as no line is its own any longer', async t => {
	const target = await openRawServer(t);
	for (const words of [en, ko]) {
		const desk = await openRelayDesk(t, {
			protocol: 'tcp', target: target.address, columns: 80, rows: 24, words,
		});
		const client = await connectRaw(t, desk.address);
		await target.accepted.next();
		await desk.type('<Esc>k<Enter>');
		client.write('one');
		await desk.shows(words.relay.held(1, 3));
		client.socket.resetAndDestroy();
		await desk.shows(words.relay.held(1, 3), words.relay.heldOfClosed(1), words.relay.holding.both);
		t.deepEqual(problemsOf(desk), []);
	}
});

test.serial('what a relay holds is shown, and edited, in the encoding of its pane, which is a setting, or goes as it was', async t => {
	const target = await openRawUdp(t);
	const desk = await openRelayDesk(t, {
		protocol: 'udp', target: target.address, columns: 80, rows: 24, words: en,
	});
	const {relay: {title, list}, settings, line} = en;
	await desk.type('<Esc>j');
	await desk.shows(settings.rows.encoding.name, ` ${settings.title}   ${title}`);
	t.false(desk.frame.includes(settings.rows.ending.name));
	await desk.type('<Right>');
	await desk.until(() => desk.scene?.server?.encoding === 'euc-kr', 'another encoding');
	await desk.type('<Esc>k');
	const peer = await openRawUdp(t);
	peer.send(Uint8Array.of(0x8C, 0x63), desk.address);
	await desk.until(() => desk.scene?.server?.relay?.held.count === 1, 'one held');
	await desk.type('r');
	await desk.shows(`${list.toTarget(`:${peer.address.port}`)}      2 B  똠`);
	await desk.type('<Enter>');
	await desk.shows(`${list.edit.label(1, false)} 똠`);
	await desk.type('é<Enter>');
	await desk.shows(list.edit.notTaken(line.encoding.notSent('é', 'EUC-KR', 2, 1)));
	await desk.type('<Right><^U>똠가<Enter>');
	await desk.type('g');
	const {bytes} = await target.inbox.next();
	t.deepEqual([...bytes], [0x8C, 0x63, 0xB0, 0xA1]);
	// An edited one goes as it was after o twice, and one that was not edited at once.
	peer.send('before', desk.address);
	peer.send('plain', desk.address);
	await desk.until(() => desk.scene?.server?.relay?.held.count === 2, 'two held');
	await desk.type('<Enter>');
	await desk.type('<^U>after<Enter>');
	await desk.shows('after');
	await desk.type('o');
	await desk.shows(en.notice.pressAgain('o', list.undoing(2)));
	await desk.type('o');
	t.is(await target.nextText(), 'before');
	await desk.type('o');
	t.is(await target.nextText(), 'plain');
});

test.serial('a held message that was edited to be longer than its limit is told so, and Enter does not keep it', async t => {
	const target = await openRawUdp(t);
	const desk = await openRelayDesk(t, {
		protocol: 'udp', target: target.address, columns: 120, rows: 24, words: en,
	});
	await desk.type('<Esc>k');
	const peer = await openRawUdp(t);
	peer.send('short', desk.address);
	await desk.until(() => desk.scene?.server?.relay?.held.count === 1, 'one held');
	await desk.type('r');
	const {list} = en.relay;
	await desk.shows(list.title, 'short');
	await desk.type('<Enter>');
	await desk.shows(list.edit.hint('5 B'));
	await desk.paste('x'.repeat(8200));
	const tooLong = list.wrongSize(8205, {least: 0, most: 8192});
	const refused = await desk.shows(tooLong);
	t.false(refused.includes(list.edit.hint('').trim()));
	await desk.type('<Enter>');
	await desk.shows(tooLong, list.edit.label(1, false));
	await desk.type('<^U>short!<Enter>');
	await desk.shows(list.edited(5));
});

test.serial('no text that is meant as a message drops a held one, or its edit; the list says that letters are commands', async t => {
	const target = await openRawUdp(t);
	for (const words of [en, ko]) {
		const desk = await openRelayDesk(t, {
			protocol: 'udp', target: target.address, columns: 80, rows: 24, words,
		});
		const {list} = words.relay;
		await desk.type('<Esc>k');
		const peer = await openRawUdp(t);
		peer.send('one', desk.address);
		peer.send('two', desk.address);
		await desk.until(() => desk.scene?.server?.relay?.held.count === 2, 'two held');
		await desk.type('r');
		await desk.shows(` i ${words.keys.short.type} `, words.footer.letters);
		await desk.type('<Enter>!<Enter>');
		await desk.shows(list.edited(3));
		for (const text of ['x', 'extra', 'to me', 'ㅌㅌ', 'ㅌㅌㅌ', 'ㅐㅐ', 'ㅁㅁ', '반갑습니다', 'ㅂㅂ']) {
			await desk.type(text);
			await desk.settle();
			t.is(desk.all('held-dropped').length, 0, text);
			t.is(desk.scene?.server?.relay?.held.count, 2, text);
		}

		await desk.type('o');
		await desk.shows(words.notice.pressAgain('o', list.undoing(1)));
		await desk.type('o');
		const first = await target.inbox.next();
		t.is(first.bytes.length, 3, 'as it was');
		await desk.type('o');
		const second = await target.inbox.next();
		t.is(second.bytes.length, 3, 'there is no edit to lose');
	}
});

test.serial('the link panel of a relay names the legs that the link is on', async t => {
	const target = await openRawUdp(t);
	for (const words of [en, ko]) {
		const desk = await openRelayDesk(t, {
			protocol: 'udp', target: target.address, columns: 80, rows: 24, words,
		});
		const {panel, panel: {ofRelay, columns}} = words.link;
		await desk.type('<Esc>l');
		const frame = await desk.shows(ofRelay['to-server'], ofRelay['to-clients'], panel.about('udp', false, true));
		t.false(frame.includes(columns['to-server']));
		await desk.type('<Left><Left><Enter>');
		await desk.shows(panel.changing('preset', ofRelay[desk.state.mode.type === 'link-value' ? desk.state.mode.place.column : 'both']));
		t.is(desk.state.mode.type, 'link-value');
	}
});

test.serial('a relay with a framing tells from whom a message came, and how much of one is kept until it is whole', async t => {
	const target = await openRawServer(t);
	const desk = await openRelayDesk(t, {
		protocol: 'tcp', target: target.address, columns: 120, rows: 30, words: en,
	});
	const {relay, server} = en;
	await desk.playground.execute({type: 'set-framing', pane: desk.scene!.server!.pane, framing: 'u8'});
	const client = await connectRaw(t, desk.address);
	const far = await target.accepted.next();
	await desk.type('<Esc>k');
	client.write('\u0005ab');
	await desk.shows(relay.kept(3));
	client.write('cde');
	await desk.shows(`≡ ${relay.ways.fromClient(server.connection(1))}`, relay.held(1, 5));
	t.false(desk.frame.includes(relay.kept(3)));
	far.write('\u0001x');
	await desk.shows(`≡ ${relay.ways.fromTarget(server.toTarget(1))}`);
	t.deepEqual(problemsOf(desk), []);
});

test.serial('a held chunk that begins inside a character is shown, and edited, as the rest of that and what follows', async t => {
	const target = await openRawServer(t);
	const desk = await openRelayDesk(t, {
		protocol: 'tcp', target: target.address, columns: 80, rows: 24, words: en,
	});
	const {relay: {list}} = en;
	await desk.type('<Esc>j<Right>');
	await desk.until(() => desk.scene?.server?.encoding === 'euc-kr', 'another encoding');
	await desk.type('<Esc>k');
	const client = await connectRaw(t, desk.address);
	for (const [count, hex] of [[1, 'b0a18c'], [2, '63b3aa']] as const) {
		client.write(Buffer.from(hex, 'hex'));
		await desk.until(() => desk.scene?.server?.relay?.held.count === count, 'it held');
	}

	await desk.type('r');
	await desk.shows(String.raw`3 B  가\x8c `, String.raw`3 B  \x63나 `);
	await desk.type('<Down><Enter>');
	await desk.shows(String.raw`${list.edit.label(2, false)} \x63나`);
	await desk.type('<Tab>');
	await desk.shows(`${list.edit.label(2, true)} 63 b3 aa`);
	await desk.type('<Tab>');
	t.true(desk.frame.includes(String.raw`${list.edit.label(2, false)} \x63나`));
});

test.serial('what was typed for a message that is no longer held stays in the prompt, which says so', async t => {
	const target = await openRawServer(t);
	const desk = await openRelayDesk(t, {
		protocol: 'tcp', target: target.address, columns: 80, rows: 24, words: en,
	});
	const {relay} = en;
	await desk.shows(relay.line);
	await desk.type('<Esc>k<Enter>');
	await desk.shows(relay.holding.both);
	const client = await connectRaw(t, desk.address);
	const far = await target.accepted.next();
	client.write('held');
	await desk.shows(relay.lineHeld);
	await desk.type('<Enter>');
	await desk.shows(relay.list.title, 'held');
	await desk.type('<Enter>');
	await desk.shows(relay.list.edit.label(1, false));
	await desk.type(' and typed');
	await desk.shows('held and typed');
	client.socket.resetAndDestroy();
	far.socket.resetAndDestroy();
	await desk.shows(relay.line);
	await desk.type('<Enter>');
	const refused = await desk.shows(en.refusal({reason: 'not-held'}), 'held and typed');
	t.true(refused.includes(relay.list.edit.label(1, false)));
});
