/* What the kernel drops of a series, against what the kernel itself counts. */
import test from 'ava';
import {perfect} from '../../../../source/link/conditions.ts';
import {KernelWatch, onKernel} from '../../../helpers/kernel-watch.ts';
import {openSeriesRoom} from './_series-room.ts';

/** More than a receive buffer holds of these, sent in one turn of the event loop. */
const flood = {count: 40, rate: 1_000_000, bytes: Buffer.alloc(60_000, 'x')};

test('finds every datagram that a full receive buffer has dropped, as many as the kernel counts', onKernel(async t => {
	const series = await openSeriesRoom(t, 'udp', {reply: 'discard'});
	const {port} = series.room.address('udp');
	const kernel = new KernelWatch(t, 'udp', port);
	const report = await series.run(flood);
	t.like(report, {
		counts: 'arrivals', sent: 40, waiting: 0, failed: 0, lostByLink: 0, end: 'done',
	});
	t.true(report.droppedByKernel > 0);
	const {drops} = await kernel.socket(port, 0, ({drops = 0}) => drops >= report.droppedByKernel, 'drops');
	t.is(drops, report.droppedByKernel);
}));

test('counts at most as many drops over a link as the kernel, in both receive buffers', onKernel(async t => {
	const series = await openSeriesRoom(t, 'udp', {
		reply: 'echo', link: {
			...perfect, delay: 20, jitter: 0.5, duplication: 0.2,
		},
	});
	await series.run({count: 1});
	const {state} = series.room.client('udp');
	const ports = [series.room.address('udp').port, state.type === 'bound' ? state.local.port : 0];
	const kernel = new KernelWatch(t, 'udp', ...ports);
	const report = await series.run({...flood, count: 60});
	t.like(report, {
		sent: 60, waiting: 0, failed: 0, lostByLink: 0,
	});
	await kernel.until(sockets => {
		const found = ports.map(port => sockets.find(({local}) => local.port === port)?.drops ?? 0);
		return found.reduce((sum, count) => sum + count, 0) >= report.droppedByKernel;
	}, `${report.droppedByKernel} drops`);
}));

test('says of each row of a burst whether it was read or is lost, of the last ones, too', async t => {
	const series = await openSeriesRoom(t, 'udp', {reply: 'discard'});
	const report = await series.run(flood);
	const arrivals = series.room.all('datagram-sent').map(({arrival}) => arrival?.type);
	t.is(arrivals.length, 40);
	t.is(arrivals.filter(type => type === 'read').length, report.answered);
	t.is(arrivals.filter(type => type === 'lost').length, report.droppedByKernel);
	t.is(report.droppedByKernel + report.answered, 40);
	t.true(series.room.rows(series.pane).rows.every(({arrival}) => arrival?.type !== 'under-way'));
});

test('as fast as it goes fills no receive buffer, however long the datagrams are', async t => {
	for (const bytes of [
		undefined,
		Buffer.alloc(0),
		Buffer.alloc(100),
		Buffer.alloc(1400),
		Buffer.alloc(9000),
		Buffer.alloc(65_507),
	]) {
		const series = await openSeriesRoom(t, 'udp', {reply: 'echo'});
		t.like(
			await series.run({count: 400, bytes}),
			{sent: 400, answered: 400, droppedByKernel: 0},
			`${bytes?.length}`,
		);
	}
});

test('as fast as it goes fills no receive buffer either when nine clients do it at once', async t => {
	const series = await openSeriesRoom(t, 'udp', {clients: 9});
	const {room} = series;
	const {clients} = room.scene('udp');
	await Promise.all(clients.map(async ({pane}) =>
		room.playground.execute({type: 'start-series', pane, series: {count: 300, rate: undefined}})));
	const ended = await room.until(() => {
		const views = room.scene('udp').clients.map(client => client.series!);
		return views.every(({isRunning}) => !isRunning) ? views : undefined;
	}, 'the end of nine series');
	t.deepEqual(
		ended.map(({report: {answered, droppedByKernel}}) => [answered, droppedByKernel]),
		clients.map(() => [300, 0]),
	);
});
