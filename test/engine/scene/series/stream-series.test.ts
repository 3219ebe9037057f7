/* Series of messages over TCP. */
import test from 'ava';
import {perfect} from '../../../../source/link/conditions.ts';
import {presets} from '../../../../source/link/presets.ts';
import {openSeriesRoom} from './_series-room.ts';

test('counts a message as answered when as many bytes have come back', async t => {
	const series = await openSeriesRoom(t, 'tcp');
	const report = await series.run({count: 1000});
	t.like(report, {
		counts: 'answers',
		sent: 1000,
		answered: 1000,
		lostByLink: 0,
		droppedByKernel: 0,
		failed: 0,
		waiting: 0,
		outOfOrder: 0,
		duplicates: 0,
		bytesSent: 14_000,
		bytesAnswered: 14_000,
		end: 'done',
	});
	t.true(report.roundTrip!.most >= report.roundTrip!.median);
	t.is(series.room.client('tcp').received.bytes, 14_000);
});

for (const text of ['ŉ', 'ßtraße', '안녕', 'ıı']) {
	test(`knows how long the answer to ${text} is`, async t => {
		const series = await openSeriesRoom(t, 'tcp', {link: {...perfect, slice: 1}});
		const bytes = Buffer.from(text);
		const answer = Buffer.byteLength(text.toUpperCase());
		t.like(await series.run({count: 100, bytes}), {
			answered: 100, waiting: 0, bytesSent: 100 * bytes.length, bytesAnswered: 100 * answer,
		});
	});
}

for (const reply of ['echo', 'reverse'] as const) {
	test(`adds up at every moment over a hostile link: ${reply}`, async t => {
		const series = await openSeriesRoom(t, 'tcp', {reply, link: {...presets.hostile, delay: 20, pause: 1}});
		t.like(await series.run({count: 40, rate: 500}), {
			sent: 40, answered: 40, waiting: 0, lostByLink: 0,
		});
	});
}

for (const reply of ['chat', 'discard', 'manual'] as const) {
	test(`counts what the server has read where nothing answers: ${reply}`, async t => {
		const series = await openSeriesRoom(t, 'tcp', {reply});
		const report = await series.run({count: 100});
		t.like(report, {
			counts: 'arrivals', sent: 100, answered: 100, waiting: 0, bytesAnswered: 1400,
		});
		t.is(report.roundTrip, undefined);
	});
}

test('does not take answers to earlier messages for its own', async t => {
	const series = await openSeriesRoom(t, 'tcp', {link: {...perfect, delay: 30}});
	void series.room.send(series.pane, 'a message that is still under way when the series begins');
	const report = await series.run({count: 2});
	t.like(report, {answered: 2});
	t.true(report.roundTrip!.median >= 59, `${report.roundTrip?.median}`);
});

test('sends at its rate until it is stopped', async t => {
	const series = await openSeriesRoom(t, 'tcp');
	await series.start({rate: 1000});
	await series.until(({answered}) => answered >= 50);
	t.is(await series.stop(), undefined);
	t.like(series.series, {isRunning: false, report: {end: 'stopped', lostByLink: 0}});
});

test('waits for a link that stands still, and can be stopped then', async t => {
	const series = await openSeriesRoom(t, 'tcp', {link: {...perfect, stall: true}});
	await series.start({bytes: Buffer.alloc(10_000)});
	await series.untilWaiting(256 * 1024);
	const {sent} = series.series!.report;
	t.true(sent < 30, 'it waits, too');
	await series.room.playground.execute({
		type: 'set-link', scene: 'tcp', direction: 'both', conditions: perfect,
	});
	await series.until(({answered}) => answered > sent);
	t.is(await series.stop(), undefined);
	t.is(await series.stop(), 'no-series');
});

test('waits for a server that does not read', async t => {
	const series = await openSeriesRoom(t, 'tcp', {reply: 'discard'});
	const {room} = series;
	await room.happened('connection-accepted');
	const on = {type: 'connection', connection: 1} as const;
	await room.playground.execute({type: 'act', on, act: {type: 'stop-reading'}});
	await series.start({bytes: Buffer.alloc(50_000)});
	await series.untilWaiting(256 * 1024);
	t.true(series.series!.report.waiting > 5);
	await room.playground.execute({type: 'act', on, act: {type: 'read-again'}});
	const {sent} = series.series!.report;
	await series.until(({answered}) => answered > sent);
	await series.stop();
});

test('ends when its connection does', async t => {
	const series = await openSeriesRoom(t, 'tcp');
	await series.start({rate: 1000});
	await series.until(({answered}) => answered >= 10);
	await series.room.playground.execute({type: 'stop-server', protocol: 'tcp'});
	const report = await series.until((_, isRunning) => !isRunning);
	t.is(report.end, 'client-closed');
	t.is(await series.start({count: 1}), series.room.client('tcp').state.type === 'closed' ? 'not-open' : undefined);
});

for (const act of ['close-client', 'reopen-client', 'remove-client'] as const) {
	test(`ends with its socket: ${act}`, async t => {
		const series = await openSeriesRoom(t, 'tcp');
		await series.start({rate: 1000});
		await series.until(({answered}) => answered >= 10);
		await series.room.playground.execute({type: act, pane: series.pane});
		t.like(await series.room.happened('series-ended'), {report: {end: 'client-closed'}});
	});
}

test('ends when the server closes after its reply', async t => {
	const series = await openSeriesRoom(t, 'tcp', {closeAfterReply: true});
	const report = await series.run({count: 1000, rate: 500});
	t.is(report.end, 'client-closed');
	t.true(report.answered <= 1);
	t.true(report.sent < 1000);
});

test('sends nothing more after a half-close, and waits for the answers', async t => {
	const series = await openSeriesRoom(t, 'tcp');
	await series.start({rate: 1000});
	await series.until(({sent}) => sent >= 10);
	await series.room.playground.execute({type: 'half-close-client', pane: series.pane});
	const report = await series.until((_, isRunning) => !isRunning);
	t.like(report, {end: 'client-closed', waiting: 0});
	t.is(report.answered, report.sent);
});

test('is refused where a message would be', async t => {
	const series = await openSeriesRoom(t, 'tcp');
	t.is(await series.start({count: 1, bytes: Buffer.alloc(0)}), 'empty-write');
	await series.room.playground.execute({type: 'half-close-client', pane: series.pane});
	t.is(await series.start({count: 1}), 'sending-finished');
	await series.room.playground.execute({type: 'close-client', pane: series.pane});
	t.is(await series.start({count: 1}), 'not-open');
	t.is(series.room.all('series-started').length, 0);
});

test('begins as soon as the client is connected', async t => {
	const series = await openSeriesRoom(t, 'tcp');
	void series.room.playground.execute({type: 'reopen-client', pane: series.pane});
	t.like(await series.run({count: 3}), {answered: 3});
});

test.serial('sends a hundred thousand messages, and forgets none', async t => {
	const series = await openSeriesRoom(t, 'tcp');
	await series.start({count: 100_000});
	t.like(await series.until((_, isRunning) => !isRunning, 500), {sent: 100_000, answered: 100_000, waiting: 0});
});
