/** Series of datagrams between sockets of the playground. */
import test from 'ava';
import {perfect} from '../../../../source/link/conditions.ts';
import {presetNames, presets} from '../../../../source/link/presets.ts';
import {loopbackHost} from '../../../helpers/loopback.ts';
import {openRawUdp} from '../../../helpers/raw-udp.ts';
import {openSeriesRoom, type SeriesRoom} from './_series-room.ts';

/** What the client has sent, as text. */
function sentTexts({room, pane}: SeriesRoom): string[] {
	return room
		.all('datagram-sent')
		.filter(event => event.pane === pane)
		.map(({bytes}) => Buffer.from(bytes).toString());
}

test('sends numbered messages, and counts their answers', async t => {
	const series = await openSeriesRoom(t, 'udp');
	const report = await series.run({count: 3});
	t.like(report, {
		counts: 'answers',
		wanted: 3,
		sent: 3,
		answered: 3,
		lostByLink: 0,
		droppedByKernel: 0,
		failed: 0,
		waiting: 0,
		outOfOrder: 0,
		duplicates: 0,
		bytesSent: 42,
		bytesAnswered: 42,
		end: 'done',
	});
	t.deepEqual(sentTexts(series), ['message 000001', 'message 000002', 'message 000003']);
	t.true(report.roundTrip!.median > 0);
	t.true(report.roundTrip!.most >= report.roundTrip!.p99);
	const started = series.room.all('series-started')[0]!;
	const ended = series.room.all('series-ended')[0]!;
	t.like(started, {pane: series.pane, count: 3, rate: undefined});
	t.deepEqual(ended.report, report);
	t.true(started.sequence < series.room.all('datagram-sent')[0]!.sequence);
	t.true(ended.sequence > series.room.all('datagram-received').at(-1)!.sequence);
});

test('messages of a client whose source cannot be bound have failed, each of them', async t => {
	const taken = await openRawUdp(t);
	const series = await openSeriesRoom(t, 'udp', {options: [{name: 'source', source: taken.address}]});
	t.like(await series.run({count: 3}), {
		sent: 3, failed: 3, answered: 0, waiting: 0, end: 'done',
	});
	t.is(series.room.all('datagram-sent').length, 0);
	t.is(series.room.all('send-failed').length, 3);
});

test('sends a given text every time', async t => {
	const series = await openSeriesRoom(t, 'udp');
	t.like(await series.run({count: 5, bytes: Buffer.from('again')}), {
		sent: 5, answered: 5, bytesSent: 25, bytesAnswered: 25,
	});
	t.deepEqual(new Set(sentTexts(series)), new Set(['again']));
	t.like(await series.run({count: 4, bytes: Buffer.alloc(0)}), {sent: 4, answered: 4, bytesSent: 0});
});

for (const reply of ['chat', 'discard', 'manual'] as const) {
	test(`counts what the server has read where nothing answers: ${reply}`, async t => {
		const series = await openSeriesRoom(t, 'udp', {reply, clients: 2});
		const report = await series.run({count: 50});
		t.like(report, {
			counts: 'arrivals', sent: 50, answered: 50, waiting: 0, bytesAnswered: 700,
		});
		t.is(report.roundTrip, undefined);
	});
}

for (const preset of presetNames) {
	for (const seed of [1, 2]) {
		test(`adds up at every moment over ${preset}, seed ${seed}`, async t => {
			const series = await openSeriesRoom(t, 'udp', {link: presets[preset], seed});
			const report = await series.run({count: 120, rate: seed === 1 ? undefined : 400});
			t.like(report, {
				sent: 120, droppedByKernel: 0, failed: 0, waiting: 0, end: 'done',
			});
			t.is(report.answered + report.duplicates, series.received);
			const {sent} = series.room.client('udp');
			t.is(sent.count, 120);
			t.is(report.lostByLink === 0, preset === 'perfect' || report.answered === 120);
			t.true(series.looks > 120);
			t.is(report.outOfOrder, countOutOfOrder(series));
		});
	}
}

/** How many first answers came after one to a later message, by what the log says. */
function countOutOfOrder({room, pane}: SeriesRoom): number {
	const queries = new Map(room
		.all('datagram-received')
		.filter(event => event.pane !== pane)
		.map(({number, write}) => [number, write!]));
	const answers = room.all('datagram-sent').filter(event => event.pane !== pane);
	const reads = answers.flatMap((answer, index) =>
		answer.arrival?.type === 'read' ? [{read: answer.arrival.number, asked: queries.get(index + 1)!}] : []);
	const seen = new Set<number>();
	let newest = 0;
	let count = 0;
	for (const {asked} of reads.toSorted((a, b) => a.read - b.read)) {
		if (!seen.has(asked)) {
			seen.add(asked);
			count += Number(asked < newest);
			newest = Math.max(newest, asked);
		}
	}

	return count;
}

test('counts all other answers to a message as duplicates', async t => {
	const series = await openSeriesRoom(t, 'udp', {link: {...perfect, duplication: 1}});
	t.like(await series.run({count: 40}), {answered: 40, duplicates: 120, waiting: 0});
});

test('counts what the link loses, on the way there and on the way back', async t => {
	const series = await openSeriesRoom(t, 'udp');
	const {playground} = series.room;
	await playground.execute({
		type: 'set-link', scene: 'udp', direction: 'to-server', conditions: {...perfect, loss: 1},
	});
	t.like(await series.run({count: 40}), {answered: 0, lostByLink: 40, waiting: 0});
	t.deepEqual(series.room.server('udp').rateSummary.messages, []);
	await playground.execute({
		type: 'set-link', scene: 'udp', direction: 'to-server', conditions: perfect,
	});
	await playground.execute({
		type: 'set-link', scene: 'udp', direction: 'to-clients', conditions: {...perfect, loss: 1},
	});
	t.like(await series.run({count: 40}), {answered: 0, lostByLink: 40, waiting: 0});
	t.is(series.received, 0);
});

test('counts as late what is answered after more than a second', async t => {
	const series = await openSeriesRoom(t, 'udp', {link: {...perfect, delay: 510}});
	t.like(await series.run({count: 3}), {answered: 3, late: 3});
});

test('sends at its rate, each message at its time', async t => {
	const series = await openSeriesRoom(t, 'udp');
	const report = await series.run({count: 40, rate: 200});
	t.is(report.answered, 40);
	const times = series.room.all('datagram-sent').filter(({pane}) => pane === series.pane).map(({time}) => time);
	for (const [place, time] of times.entries()) {
		// The log's clock and the timers' may differ by how finely they are read.
		t.true(time - times[0]! >= (place * 5) - 2, `${place}: ${time - times[0]!}`);
	}

	t.true(report.duration >= 190);
});

test('goes on until it is stopped, and sends nothing after that', async t => {
	const series = await openSeriesRoom(t, 'udp');
	t.is(await series.start({rate: 1000}), undefined);
	t.like(await series.until(({sent}) => sent >= 50), {wanted: undefined});
	t.is(await series.stop(), undefined);
	t.like(series.series, {isRunning: false, rate: 1000, report: {end: 'stopped'}});
	const {sent} = series.series!.report;
	t.is(await series.stop(), 'no-series');
	await series.room.send(series.pane, 'after');
	await series.room.happened('datagram-received', ({bytes}) => Buffer.from(bytes).toString() === 'AFTER');
	t.is(sentTexts(series).length, sent + 1);
	t.is(series.series!.report.sent, sent);
});

test('can be stopped at any moment', async t => {
	const series = await openSeriesRoom(t, 'udp', {link: presets.hostile, seed: 7});
	for (const moment of [0, 1, 2, 7, 33, 64, 65, 200]) {
		await series.start({rate: moment % 2 === 0 ? undefined : 2000});
		await series.until(({sent}) => sent >= moment);
		t.is(await series.stop(), undefined);
		t.like(series.series, {isRunning: false, report: {end: 'stopped'}});
	}

	t.is(series.room.all('series-ended').length, 8);
});

test('refuses what would be counted with it, and a second series', async t => {
	const series = await openSeriesRoom(t, 'udp', {clients: 2});
	const {room, pane} = series;
	await series.start({rate: 1});
	t.is(await series.start({rate: 1}), 'series-under-way');
	t.like(await room.send(pane, 'x'), {refusal: {reason: 'series-under-way'}});
	t.like(await room.playground.execute({
		type: 'act', on: {type: 'client', pane}, act: {type: 'two-writes', bytes: Buffer.from('ab'), hasPause: false},
	}), {refusal: {reason: 'series-under-way'}});
	await room.happened('datagram-sent');
	t.is(room.client('udp').sent.count, 1);
	t.like(await room.send(room.client('udp', 1).pane, 'another client may'), {refusal: undefined});
	await series.stop();
	t.like(await room.send(pane, 'x'), {refusal: undefined});
});

test('a message for which there is no room yet is none that was sent', async t => {
	const series = await openSeriesRoom(t, 'udp', {limits: {waitingBytes: -1}});
	t.is(await series.start({count: 3}), undefined);
	t.like(series.series, {isRunning: true, report: {sent: 0, waiting: 0, bytesSent: 0}});
	await series.stop();
	t.like(series.series, {isRunning: false, report: {sent: 0, waiting: 0, end: 'stopped'}});
});

test('is refused where a message would be', async t => {
	const series = await openSeriesRoom(t, 'udp');
	await series.room.playground.execute({type: 'close-client', pane: series.pane});
	t.is(await series.start({count: 1}), 'not-open');
	t.like(await series.room.playground.execute({type: 'start-series', pane: 999, series: {count: 1, rate: 1}}), {
		refusal: {reason: 'no-such-pane'},
	});
	t.is(series.room.all('series-started').length, 0);

	const unreachable = await openSeriesRoom(t, 'udp', {host: '192.0.2.1'});
	t.is(await unreachable.start({count: 1}), 'no-destination');
});

test('ends with its socket, and says what was on the link', async t => {
	const series = await openSeriesRoom(t, 'udp', {link: {...perfect, delay: 60_000}});
	await series.start({count: 100, rate: 10_000});
	await series.until(({sent}) => sent >= 20);
	await series.room.playground.execute({type: 'close-client', pane: series.pane});
	const {isRunning, report} = series.series!;
	t.false(isRunning);
	t.like(report, {end: 'client-closed', answered: 0, waiting: 0});
	t.is(report.failed, report.sent);
	await series.room.playground.execute({type: 'reopen-client', pane: series.pane});
	t.is(await series.start({count: 1}), undefined);
});

test('ends with a socket that has sent nothing yet, and is closed while its destination is looked up', async t => {
	const series = await openSeriesRoom(t, 'udp');
	const {playground} = series.room;
	await playground.execute({type: 'set-destination', pane: series.pane, destination: {host: 'localhost', port: 9}});
	t.is(await series.start({count: 5}), undefined);
	const closing = playground.execute({type: 'close-client', pane: series.pane});
	t.false(series.series?.isRunning);
	const {report} = series.series!;
	t.is(report.end, 'client-closed');
	t.deepEqual([report.sent, report.failed, report.waiting], [1, 1, 0]);
	await closing;
});

test('ends when its messages go to an address of the other version of IP, which is another socket', async t => {
	const series = await openSeriesRoom(t, 'udp');
	await series.start({rate: 1000});
	await series.until(({answered}) => answered > 5);
	await series.room.playground.execute({
		type: 'set-destination',
		pane: series.pane,
		destination: {host: '::1', port: 9},
	});
	t.like(await series.until((_, isRunning) => !isRunning), {end: 'client-closed'});
});

test('ends when its pane is taken away, and when the playground is closed', async t => {
	const series = await openSeriesRoom(t, 'udp', {clients: 2});
	await series.start({rate: 1000});
	const other = series.room.client('udp', 1).pane;
	await series.room.playground.execute({type: 'start-series', pane: other, series: {count: undefined, rate: 1000}});
	await series.room.playground.execute({type: 'remove-client', pane: series.pane});
	t.like(await series.room.happened('series-ended'), {pane: series.pane, report: {end: 'client-closed'}});
	await series.room.playground.close();
	const [, ended] = series.room.all('series-ended');
	t.like(ended, {pane: other, report: {end: 'client-closed'}});
});

test('counts as dropped what a server has not read that is stopped, and what is sent to it afterwards', async t => {
	const series = await openSeriesRoom(t, 'udp', {host: loopbackHost()});
	await series.start({count: 300, rate: 1000});
	await series.until(({answered}) => answered >= 20);
	await series.room.playground.execute({type: 'stop-server', protocol: 'udp'});
	const report = await series.until((_, isRunning) => !isRunning);
	t.like(report, {
		sent: 300, waiting: 0, failed: 0, end: 'done',
	});
	t.is(report.answered, series.received);
	t.true(report.droppedByKernel > 0);
});

test('follows a server that moves while it sends', async t => {
	const series = await openSeriesRoom(t, 'udp');
	await series.start({count: 300, rate: 1000});
	await series.until(({answered}) => answered >= 20);
	await series.room.playground.execute({
		type: 'move-server',
		protocol: 'udp',
		address: {host: loopbackHost(), port: 0},
	});
	const report = await series.until((_, isRunning) => !isRunning);
	t.like(report, {sent: 300, waiting: 0, end: 'done'});
	t.is(report.answered, series.received);
	t.true(report.answered > 100);
});

test('waits for what was read and never answered, and says so at the end', async t => {
	const series = await openSeriesRoom(t, 'udp', {reply: 'echo'});
	await series.run({count: 1});
	await series.start({count: 100, rate: 1000});
	await series.room.playground.execute({type: 'set-rule', protocol: 'udp', rule: 'manual'});
	const report = await series.until((_, isRunning) => !isRunning);
	t.like(report, {
		counts: 'answers', sent: 100, lostByLink: 0, droppedByKernel: 0, end: 'done',
	});
	t.true(report.waiting > 90);
});

test('counts what the system does not take as failed', async t => {
	const series = await openSeriesRoom(t, 'udp');
	t.like(await series.run({count: 10, bytes: Buffer.alloc(65_508)}), {
		sent: 10, failed: 10, waiting: 0, end: 'done',
	});
});
