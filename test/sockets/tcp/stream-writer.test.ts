/* A connection's writing and reading ends by themselves: the sockets are real, the link's clock is the test's. */
import test, {type ExecutionContext} from 'ava';
import {EventRoom} from '../../helpers/event-room.ts';
import {connectRaw, openRawServer, type RawConnection} from '../../helpers/raw-tcp.ts';
import type {StreamLinkFate} from '../../../source/log/delivery/link-fate.ts';
import {type LinkConditions, perfect} from '../../../source/link/conditions.ts';
import {Link} from '../../../source/link/link.ts';
import {ReadControl} from '../../../source/sockets/tcp/read-control.ts';
import {StreamWriter} from '../../../source/sockets/tcp/stream-writer.ts';
import {FakeTime} from '../../link/_fake-time.ts';

type Room = {
	readonly room: EventRoom;
	readonly time: FakeTime;
	readonly link: Link;
	readonly writer: StreamWriter;
	readonly reading: ReadControl;
	/** The socket that is written to, and the bare one at the other end. */
	readonly near: RawConnection['socket'];
	readonly far: RawConnection;
	/** How often the link was told to be empty. */
	readonly empties: () => number;
};

async function openWriter(t: ExecutionContext, conditions: Partial<LinkConditions> = {}): Promise<Room> {
	const server = await openRawServer(t);
	const {socket: near} = await connectRaw(t, server.address);
	near.allowHalfOpen = true;
	const far = await server.accepted.next();
	const room = new EventRoom();
	const track = room.track();
	const time = new FakeTime();
	const link = new Link({conditions: {...perfect, ...conditions}, seed: 1, time});
	let empties = 0;
	const writer = new StreamWriter({
		socket: near, track, link, direction: 'to-server', onLinkEmpty() {
			empties++;
		},
	});
	return {
		room,
		time,
		link,
		writer,
		near,
		far,
		empties: () => empties,
		reading: new ReadControl(near, track, server.address),
	};
}

function fates(room: EventRoom): Array<StreamLinkFate | undefined> {
	return room.all('chunk-sent').map(({fate}) => fate);
}

test('a write goes round a perfect link: at once, one row, no fate', async t => {
	const {room, writer, far, empties} = await openWriter(t);
	t.is(writer.write(Buffer.from('hello'), 1234), undefined);
	t.is(await far.readLike('hello'), 'hello');
	t.deepEqual(fates(room), [undefined]);
	t.is(room.all('chunk-sent')[0]?.time, 1234);
	t.is(empties(), 0);
});

test('a write to a socket that has failed is not recorded, and its error returned', async t => {
	const {room, writer, near} = await openWriter(t);
	near.destroy(new Error('broken'));
	t.is(writer.write(Buffer.from('lost'))?.message, 'broken');
	t.is(room.all('chunk-sent').length, 0);
});

test('a write over the link is one row: its segments and its delay are told as it leaves, by the link\'s clock', async t => {
	const {room, time, writer, far, empties} = await openWriter(t, {slice: 2, pause: 10, delay: 100});
	const bytes = Buffer.from('abcde');
	writer.write(bytes);
	bytes.fill(0);
	t.is(writer.waiting, 5);
	t.is(writer.onTheLink, 5);
	room.now += 3_600_000;
	time.advance(110);
	t.like(fates(room)[0], {onTheLink: 1, segments: 2, delay: undefined});
	t.is(empties(), 0);
	room.now -= 7_200_000;
	time.advance(10);
	t.like(fates(room)[0], {
		onTheLink: 0,
		segments: 3,
		delay: 120,
		discarded: 0,
	});
	t.is(empties(), 1);
	t.is(await far.readLike('abcde'), 'abcde', 'the caller may use its buffer again');
});

test('a FIN waits behind the bytes on the link, and reading goes on', async t => {
	const {time, writer, near, far} = await openWriter(t, {delay: 100});
	writer.write(Buffer.from('last'));
	writer.end();
	t.false(near.writableEnded);
	time.advance(100);
	t.is(await far.readLike('last'), 'last');
	await far.fin;
	t.false(near.destroyed);
});

for (const isEndedBefore of [true, false]) {
	test(`closing after queued bytes sends these first: ${isEndedBefore ? 'the FIN is out already' : 'with bytes on the link'}`, async t => {
		const {time, writer, near, far} = await openWriter(t, {delay: 100});
		writer.write(Buffer.from('last'));
		if (isEndedBefore) {
			writer.end();
			time.advance(100);
		}

		const closed = new Promise<void>(resolve => {
			near.once('close', () => {
				resolve();
			});
		});
		writer.endAndClose();
		time.advance(100);
		t.is(await far.readLike('last'), 'last');
		await far.fin;
		far.socket.end();
		await closed;
		t.is(far.received.length, 4);
	});
}

test('bytes that leave the link when the connection has failed have not left it: the system does not take them', async t => {
	const {room, time, writer, near} = await openWriter(t, {slice: 2, pause: 10, delay: 100});
	writer.write(Buffer.from('abcde'));
	time.advance(100);
	t.like(fates(room)[0], {onTheLink: 3, segments: 1});
	near.on('error', () => undefined);
	near.destroy(new Error('broken'));
	time.advance(10);
	t.like(fates(room)[0], {onTheLink: 3, segments: 1});
	t.is(writer.waiting, 3, 'it is not forgotten');
	writer.close();
	t.like(fates(room)[0], {onTheLink: 0, segments: 1, discarded: 3});
});

test('a connection that is over discards what is on the link, of each write its part, and forgets its timers', async t => {
	const {room, time, writer, far} = await openWriter(t, {slice: 2, pause: 1000});
	writer.write(Buffer.from('abcd'));
	writer.write(Buffer.from('ef'));
	writer.close();
	writer.close();
	t.deepEqual(
		fates(room).map(fate => [fate?.onTheLink, fate?.discarded, fate?.segments]),
		[
			[0, 2, 1],
			[0, 2, 0],
		],
	);
	t.is(writer.waiting, 0);
	t.is(time.running, 0);
	t.is(await far.readLike('ab'), 'ab');
});

test('reading stops as long as there is one reason for it, and each reason is told once', async t => {
	const {room, reading, near, far} = await openWriter(t);
	const types = (): string[] => room.types.filter(type => type !== 'chunk-received');
	reading.set(true);
	t.deepEqual(types(), []);
	reading.set(false);
	reading.set(false);
	t.true(reading.is('stopped') && near.isPaused());
	reading.pause(5000);
	reading.pause(6000);
	t.true(reading.is('paused'));
	t.like(room.all('backpressure-started'), [{waiting: 5000}]);
	reading.set(true);
	t.true(near.isPaused(), 'too much waits still');
	reading.set(false);
	reading.resume();
	reading.resume();
	t.true(near.isPaused(), 'it has been told not to read still');
	t.false(reading.is('paused'));
	const {promise, resolve} = Promise.withResolvers<string>();
	near.on('data', (bytes: Uint8Array) => {
		resolve(Buffer.from(bytes).toString());
	});
	far.write('waits');
	t.true(near.isPaused());
	reading.keep('resting', true);
	reading.set(true);
	t.true(near.isPaused(), 'others have their turn');
	reading.keep('held', true);
	reading.keep('resting', false);
	t.true(near.isPaused(), 'there is no room');
	reading.keep('held', false);
	t.is(await promise, 'waits');
	t.deepEqual(types(), [
		'reading-stopped',
		'backpressure-started',
		'reading-resumed',
		'reading-stopped',
		'backpressure-ended',
		'reading-resumed',
	]);
});
