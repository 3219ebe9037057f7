import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {openPlayground, type PlaygroundRoom} from '../../helpers/playground-room.ts';
import type {PlaygroundOptions} from '../../../source/engine/api/command.ts';
import type {StreamLinkFate} from '../../../source/log/delivery/link-fate.ts';
import {type LinkConditions, perfect} from '../../../source/link/conditions.ts';

async function open(
	t: ExecutionContext,
	conditions: Partial<LinkConditions>,
	more: Partial<PlaygroundOptions> = {},
): Promise<PlaygroundRoom> {
	return openPlayground(t, 'tcp', {
		clients: 1,
		reply: 'discard',
		link: {...perfect, ...conditions},
		seed: 7,
		...more,
	});
}

async function setLink(room: PlaygroundRoom, conditions: Partial<LinkConditions>): Promise<void> {
	await room.playground.execute({
		type: 'set-link', scene: 'tcp', direction: 'both', conditions: {...perfect, ...conditions},
	});
}

function fates(room: PlaygroundRoom): Array<StreamLinkFate | undefined> {
	const {pane} = room.client('tcp');
	return room.all('chunk-sent').filter(event => event.pane === pane).map(({fate}) => fate);
}

/** All that the server has read, joined. */
function readByServer(room: PlaygroundRoom): string {
	const {pane} = room.server('tcp');
	return Buffer.concat(room
		.all('chunk-received')
		.filter(event => event.pane === pane)
		.map(({bytes}) => bytes)).toString();
}

async function readUntil(room: PlaygroundRoom, length: number): Promise<string> {
	return room.until(() => readByServer(room).length >= length && readByServer(room), `${length} bytes`);
}

test('a write goes in segments, is one write in the log, and its bytes come whole and in order', async t => {
	const room = await open(t, {slice: 4, pause: 60_000});
	const {pane} = room.client('tcp');
	await room.send(pane, 'abcdefghij');
	await room.send(pane, 'kl');
	t.is(await readUntil(room, 4), 'abcd');
	t.like(fates(room)[0], {segments: 1, onTheLink: 6});
	await setLink(room, {slice: 4});
	t.is(await readUntil(room, 12), 'abcdefghijkl');
	t.deepEqual(fates(room).map(fate => fate?.segments), [3, 1]);
	t.is(room.all('chunk-sent').length, 2);
	const rows = room.rows(pane, 'bytes').rows.filter(({type}) => type === 'chunk-sent');
	t.deepEqual(rows.map(({ledger}) => ledger?.missing), [0, 0]);
	t.true(rows[0]!.ledger!.parts.length > 1, 'one write was several reads');
});

test('a delayed write is told at once, waits on the link, and says how late it was', async t => {
	const room = await open(t, {delay: 50});
	const {pane} = room.client('tcp');
	await room.send(pane, 'late');
	t.like(fates(room)[0], {onTheLink: 4, delay: undefined});
	t.is(room.client('tcp').waiting, 4);
	t.is(room.scene('tcp').link['to-server'].bytes, 4);
	await readUntil(room, 4);
	const [fate] = fates(room);
	t.like(fate, {onTheLink: 0, segments: 1});
	t.true(fate!.delay! >= 50, `${fate!.delay} ms`);
	t.is(room.client('tcp').waiting, 0);
});

test('a stall holds everything up, the FIN too, and loses nothing', async t => {
	const room = await open(t, {stall: true});
	const {pane} = room.client('tcp');
	await room.send(pane, 'held');
	await room.playground.execute({type: 'half-close-client', pane});
	t.like(fates(room)[0], {onTheLink: 4});
	t.false(room.types.includes('fin-sent'));
	await setLink(room, {});
	await room.happened('fin-received');
	t.is(readByServer(room), 'held');
	const types = room.types.filter(type => type === 'chunk-received' || type === 'fin-received');
	t.deepEqual(types.slice(0, 2), ['chunk-received', 'fin-received']);
});

test('connecting and close() are not delayed, and the FIN of a half-close waits behind the bytes', async t => {
	const room = await open(t, {delay: 60_000}, {clients: 2});
	// A minute has not gone by.
	await room.happenedTimes('connection-accepted', 2);
	const [closing, halfClosing] = room.scene('tcp').clients;
	await room.send(halfClosing!.pane, 'on the link');
	await room.playground.execute({type: 'half-close-client', pane: halfClosing!.pane});
	await room.playground.execute({type: 'close-client', pane: closing!.pane});
	await room.happened('fin-received', ({pane}) => pane === room.server('tcp').pane);
	t.false(room.types.includes('chunk-received'));
	t.false(room.all('fin-sent').some(({pane}) => pane === halfClosing!.pane));
});

test('an answer is timed from its write, both delays included', async t => {
	const room = await open(t, {delay: 30}, {reply: 'uppercase'});
	await room.send(room.client('tcp').pane, 'timed');
	const {elapsed} = await room.happened('chunk-received', event => event.pane === room.client('tcp').pane);
	t.true(elapsed! >= 60, `${elapsed} ms`);
});

test('a connection that ends discards what is on the link, and says how much', async t => {
	const room = await open(t, {delay: 60_000});
	const {pane} = room.client('tcp');
	await room.send(pane, 'gone');
	await room.playground.execute({type: 'close-client', pane});
	const {discarded} = await room.happened('socket-closed', event => event.pane === pane);
	t.is(discarded, 4);
	t.like(fates(room)[0], {onTheLink: 0, discarded: 4});
	t.is(room.scene('tcp').link['to-server'].bytes, 0);
});

test('a server that closes after its answer sends the answer over the link first', async t => {
	const room = await open(t, {slice: 2, pause: 5}, {reply: 'uppercase', closeAfterReply: true});
	const {pane} = room.client('tcp');
	await setLink(room, {});
	await room.playground.execute({
		type: 'set-link', scene: 'tcp', direction: 'to-clients', conditions: {...perfect, slice: 2, pause: 5},
	});
	await room.send(pane, 'closing');
	await room.happened('fin-received', event => event.pane === pane);
	const answer = Buffer.concat(room
		.all('chunk-received')
		.filter(event => event.pane === pane)
		.map(({bytes}) => bytes));
	t.is(answer.toString(), 'CLOSING');
});

test('a reset ends the connection at once: the peer fails with ECONNRESET, unsent data is dropped', async t => {
	const room = await open(t, {delay: 60_000});
	const {pane} = room.client('tcp');
	await room.send(pane, 'waits');
	await room.playground.execute({type: 'act', on: {type: 'client', pane}, act: {type: 'reset'}});
	const {failure} = await room.happened('reset-received', event => event.pane === room.server('tcp').pane);
	t.is(failure.code, 'ECONNRESET');
	t.is(room.all('reset-sent').length, 1);
	t.is(room.all('socket-closed').find(event => event.pane === pane)?.discarded, 5);
	t.is(room.client('tcp').state.type, 'closed');
	t.deepEqual(await room.playground.execute({type: 'act', on: {type: 'client', pane}, act: {type: 'reset'}}), {
		refusal: {reason: 'not-open'},
	});
});

test('a connection of the server is reset as well', async t => {
	const room = await open(t, {});
	await room.happened('connection-accepted');
	await room.playground.execute({type: 'act', on: {type: 'connection', connection: 1}, act: {type: 'reset'}});
	await room.happened('reset-received', event => event.pane === room.client('tcp').pane);
	t.is(room.all('reset-sent')[0]!.socket, 1);
	t.deepEqual(
		await room.playground.execute({type: 'act', on: {type: 'connection', connection: 1}, act: {type: 'reset'}}),
		{refusal: {reason: 'peer-gone'}},
	);
});

test('who does not read fills the peer\'s buffer; reading again drains it, and nothing is lost', async t => {
	const room = await open(t, {}, {limits: {waitingBytes: 64 * 1024}});
	const {pane} = room.client('tcp');
	await room.happened('connection-accepted');
	const reading = async (type: 'stop-reading' | 'read-again'): Promise<unknown> =>
		room.playground.execute({type: 'act', on: {type: 'connection', connection: 1}, act: {type}});
	await reading('stop-reading');
	t.true(room.server('tcp').peers[0]?.connection?.isReadingStopped);
	const chunk = Buffer.alloc(256 * 1024, 'x');
	let written = 0;
	let refusal: unknown;
	while (!refusal) {
		({refusal} = await room.playground.execute({type: 'send', pane, bytes: chunk}));
		written += refusal ? 0 : chunk.length;
	}

	t.like(refusal, {reason: 'too-much-waiting'});
	t.true(room.client('tcp').waiting > 0);
	t.is(room.all('chunk-received').length, 0);
	await reading('read-again');
	await room.until(() => room.server('tcp').peers[0]?.received.bytes === written, `${written} bytes`);
	t.deepEqual(room.types.filter(type => type.startsWith('reading-')), ['reading-stopped', 'reading-resumed']);
	t.is(room.client('tcp').waiting, 0);
});

test('two writes with a pause are two reads, and a character is split between them', async t => {
	const room = await open(t, {}, {reply: 'uppercase'});
	const {pane} = room.client('tcp');
	const {refusal} = await room.playground.execute({
		type: 'act', on: {type: 'client', pane}, act: {type: 'split-character', bytes: Buffer.from('a한b')},
	});
	t.is(refusal, undefined);
	await readUntil(room, 3);
	const server = room.server('tcp').pane;
	t.deepEqual(
		room
			.all('chunk-received')
			.filter(event => event.pane === server)
			.map(({bytes}) => [...bytes]),
		[
			[0x61, 0xED],
			[0x95, 0x9C, 0x62],
		],
	);
	const nothing = await room.playground.execute({
		type: 'act', on: {type: 'client', pane}, act: {type: 'split-character', bytes: Buffer.from('plain')},
	});
	t.deepEqual(nothing.refusal, {reason: 'nothing-to-split'});
});

test('for any writes and any changes of the link during them, the same bytes come out', async t => {
	const conditions = fc.record({
		delay: fc.constantFrom(0, 0, 3),
		jitter: fc.constantFrom(0, 0.9),
		slice: fc.constantFrom(undefined, 1, 7, 100),
		pause: fc.constantFrom(0, 0, 1),
		rate: fc.constantFrom(undefined, 100_000),
	});
	const step = fc.oneof(
		fc.string({minLength: 1, maxLength: 200, unit: 'binary-ascii'}).map(text => ({text})),
		conditions.map(link => ({link})),
	);
	await fc.assert(fc.asyncProperty(fc.array(step, {maxLength: 12}), async steps => {
		const room = await openPlayground(t, 'tcp', {
			clients: 1, reply: 'discard', link: perfect, seed: 7,
		});
		const {pane} = room.client('tcp');
		let written = '';
		for (const one of steps) {
			if ('text' in one) {
				written += one.text;
				await room.send(pane, one.text);
			} else {
				await setLink(room, one.link);
			}
		}

		await room.playground.execute({type: 'half-close-client', pane});
		await room.happened('fin-received');
		t.is(readByServer(room), written);
		t.true(fates(room).every(fate => !fate || (fate.onTheLink === 0 && fate.discarded === 0)));
		await room.playground.close();
	}), {numRuns: 25});
});
