/** Series to other programs. */
import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import test, {type ExecutionContext} from 'ava';
import {perfect, type LinkConditions} from '../../../../source/link/conditions.ts';
import {freeAddress} from '../../../helpers/loopback.ts';
import {onKernel} from '../../../helpers/kernel-watch.ts';
import {openRawServer} from '../../../helpers/raw-tcp.ts';
import {openRawUdp, type RawDatagram, type RawUdp} from '../../../helpers/raw-udp.ts';
import {openSeriesRoom, type SeriesRoom} from './_series-room.ts';

/** A client that talks to a bare socket, and what this does with each datagram. */
async function openForeign(
	t: ExecutionContext,
	link: LinkConditions,
	onDatagram: (peer: RawUdp, datagram: RawDatagram) => void,
): Promise<SeriesRoom> {
	const peer = await openRawUdp(t);
	const series = await openSeriesRoom(t, 'udp', {link, connect: peer.address});
	peer.socket.on('message', (bytes, {address, port}) => {
		onDatagram(peer, {bytes, from: {host: address, port}});
	});
	return series;
}

function echo(peer: RawUdp, {bytes, from}: RawDatagram): void {
	peer.send(bytes, from);
}

test('knows the answers of another program by the numbers in them', async t => {
	const series = await openForeign(t, perfect, echo);
	const report = await series.run({count: 100, rate: 5000});
	t.like(report, {
		counts: 'answers', sent: 100, answered: 100, waiting: 0, outOfOrder: 0, duplicates: 0, end: 'done',
	});
	t.true(report.roundTrip!.median > 0);
});

test('knows them in upper case, backwards, twice and in another order', async t => {
	const late: RawDatagram[] = [];
	const series = await openForeign(t, perfect, (peer, {bytes, from}) => {
		const text = bytes.toString();
		if (text.endsWith('1')) {
			late.push({bytes, from});
			return;
		}

		peer.send(text.toUpperCase(), from);
		peer.send([...text].toReversed().join(''), from);
		for (const one of late.splice(0)) {
			peer.send(one.bytes, one.from);
		}
	});
	t.like(await series.run({count: 20, rate: 1000}), {
		answered: 20, duplicates: 18, outOfOrder: 2, waiting: 0,
	});
});

test('counts as dropped what has found no socket, and does not wait for answers to it', onKernel(async t => {
	const nobody = await openRawUdp(t);
	nobody.socket.connect(nobody.port, nobody.address.host);
	await once(nobody.socket, 'connect');
	for (const link of [perfect, {...perfect, delay: 5, duplication: 0.5}]) {
		let isTold = false;
		// Beside what other programs send and read meanwhile, it may not be known of each.
		while (!isTold) {
			const series = await openSeriesRoom(t, 'udp', {link, connect: nobody.address});
			const report = await series.run({count: 20, rate: 1000});
			const {droppedByKernel, waiting} = report;
			t.like(report, {
				counts: 'answers', sent: 20, answered: 0, end: 'done',
			});
			t.is(droppedByKernel + waiting, 20);
			isTold = waiting === 0;
		}
	}
}));

test('counts what the simulated link loses on the way to another program, and the rest as waiting', async t => {
	const series = await openForeign(t, {...perfect, loss: 0.3, delay: 5}, (peer, datagram) => {
		if (!datagram.bytes.toString().endsWith('3')) {
			echo(peer, datagram);
		}
	});
	const report = await series.run({count: 100, rate: 2000});
	t.like(report, {
		sent: 100, droppedByKernel: 0, failed: 0, end: 'done',
	});
	t.true(report.lostByLink > 15);
	t.true(report.waiting > 0);
	t.is(report.answered, series.received);
});

test('rows, border and report have the same times, also after a message that is not answered', async t => {
	const series = await openForeign(t, perfect, (peer, datagram) => {
		if (!datagram.bytes.toString().endsWith('03')) {
			echo(peer, datagram);
		}
	});
	const report = await series.run({count: 12, rate: 20});
	t.like(report, {answered: 11, waiting: 1});
	const rows = series.room.all('datagram-received').map(({elapsed}) => elapsed);
	t.is(rows.length, 11);
	t.true(rows.every(elapsed => Number.isFinite(elapsed)));
	const border = series.room.client('udp').rateSummary?.roundTrip;
	t.is(border?.median, report.roundTrip?.median);
	t.is(border?.p99, report.roundTrip?.p99);
});

test('a server on all addresses is known by its socket, from whichever address it answers', async t => {
	const series = await openSeriesRoom(t, 'udp', {host: '0.0.0.0'});
	const {port} = series.room.address('udp');
	await series.room.playground.execute({
		type: 'set-destination', pane: series.pane, destination: {host: '127.0.0.2', port},
	});
	const report = await series.run({count: 10, rate: 200});
	t.like(report, {answered: 10, waiting: 0});
	const answers = series.room.all('datagram-received').filter(({pane}) => pane === series.pane);
	t.is(answers.length, 10);
	for (const {peer, isThirdParty, isOtherSource, elapsed} of answers) {
		t.like({isThirdParty, isOtherSource}, {
			isThirdParty: false, ...(peer.host !== '127.0.0.2' && {isOtherSource: true}),
		});
		t.true(elapsed !== undefined && elapsed > 0);
	}

	t.is(series.room.client('udp').rateSummary?.roundTrip?.median, report.roundTrip?.median);
});

test('answers without a number count as their rows have them', async t => {
	const series = await openForeign(t, perfect, (peer, {from}) => {
		peer.send('ok', from);
	});
	const report = await series.run({count: 10, rate: 50});
	// Where this process is kept waiting for longer than an answer may take, the last one answers none that is awaited.
	const answers = series.room.all('datagram-received').filter(({elapsed = Number.NaN}) => !Number.isNaN(elapsed));
	t.like(report, {answered: answers.length, waiting: 10 - answers.length, duplicates: 0});
	t.true(answers.length > 0);
	t.is(series.room.client('udp').rateSummary?.roundTrip?.median, report.roundTrip?.median);
});

test('counts answers to a given text, which cannot be told apart', async t => {
	const series = await openForeign(t, perfect, (peer, datagram) => {
		echo(peer, datagram);
		echo(peer, datagram);
	});
	const report = await series.run({count: 30, rate: 1000, bytes: Buffer.from('same')});
	t.like(report, {sent: 30, waiting: 0});
	t.is(report.answered, 30);
	t.is(report.roundTrip, undefined);
});

test('an answer from where the playground\'s own server was is that of another program, the first one too', async t => {
	const {host, port} = await freeAddress();
	const series = await openSeriesRoom(t, 'udp', {host, port});
	await series.room.playground.execute({type: 'stop-server', protocol: 'udp'});
	const socket = createSocket('udp4');
	t.teardown(() => socket.close());
	socket.on('message', (bytes, from) => {
		socket.send(bytes, from.port, from.address);
	});
	socket.bind(port, host);
	await once(socket, 'listening');
	const {answered} = await series.run({count: 4, rate: 20});
	t.is(answered, series.received);
});

test('a series on the simulated link, whose server is stopped meanwhile: another program gets it, and its answers count', async t => {
	const series = await openSeriesRoom(t, 'udp', {link: {...perfect, delay: 3000}});
	const {port} = series.room.address('udp');
	await series.start({count: 20});
	await series.room.happenedTimes('datagram-sent', 20);
	await series.room.playground.execute({type: 'stop-server', protocol: 'udp'});
	const socket = createSocket('udp4');
	t.teardown(() => socket.close());
	socket.on('message', (bytes, from) => {
		socket.send(bytes, from.port, from.address);
	});
	socket.bind(port, '127.0.0.1');
	await once(socket, 'listening');
	t.like(series.room.client('udp').series?.report, {sent: 20, droppedByKernel: 0, waiting: 20});
	t.like(await series.until((_, isRunning) => !isRunning), {
		sent: 20, answered: 20, droppedByKernel: 0, waiting: 0, end: 'done',
	});
});

test('a series on the simulated link, whose server is stopped meanwhile, is dropped when it has left, and not before', async t => {
	const series = await openSeriesRoom(t, 'udp', {link: {...perfect, delay: 3000}});
	await series.start({count: 20});
	await series.room.happenedTimes('datagram-sent', 20);
	await series.room.playground.execute({type: 'stop-server', protocol: 'udp'});
	t.like(series.room.client('udp').series?.report, {sent: 20, droppedByKernel: 0, waiting: 20});
	t.like(await series.until((_, isRunning) => !isRunning), {
		sent: 20, answered: 0, droppedByKernel: 20, waiting: 0, end: 'done',
	});
});

test('a series that began while the server was closed waits for every copy of the last answers, as any other', async t => {
	const series = await openSeriesRoom(t, 'udp', {
		link: {
			...perfect, duplication: 1, delay: 30, jitter: 0.8,
		},
	});
	await series.room.playground.execute({type: 'stop-server', protocol: 'udp'});
	// Some are sent when the server is open again, also where this process is kept waiting meanwhile.
	await series.start({count: 20, rate: 10});
	await series.until(({droppedByKernel}) => droppedByKernel > 0);
	await series.room.playground.execute({type: 'open-server', protocol: 'udp'});
	const {answered, duplicates} = await series.until((_, isRunning) => !isRunning);
	t.true(answered > 0);
	// Each copy that came to the open server is answered, with two copies.
	const {pane} = series.room.server('udp');
	const heard = series.room.all('datagram-received').filter(event => event.pane === pane);
	t.is(answered + duplicates, 2 * heard.length);
});

test('counts unanswered messages as waiting', async t => {
	const series = await openForeign(t, perfect, () => undefined);
	t.like(await series.run({count: 10}), {
		sent: 10, answered: 0, waiting: 10, end: 'done',
	});
});

test('does not take what a stranger says for an answer', async t => {
	const stranger = await openRawUdp(t);
	const series = await openForeign(t, perfect, (_, {bytes, from}) => {
		stranger.send(bytes, from);
	});
	t.like(await series.run({count: 10, rate: 1000}), {answered: 0, waiting: 10});
	t.is(series.received, 10);
});

test('looks up the name of its destination with the first message', async t => {
	const series = await openSeriesRoom(t, 'udp');
	await series.room.playground.execute({
		type: 'set-destination',
		pane: series.pane,
		destination: {host: 'localhost', port: series.room.address('udp').port},
	});
	t.like(await series.run({count: 200}), {sent: 200, answered: 200});
});

test('counts messages as failed whose destination has no address', async t => {
	const series = await openSeriesRoom(t, 'udp');
	await series.room.playground.execute({
		type: 'set-destination',
		pane: series.pane,
		destination: {host: 'name.invalid', port: 9},
	});
	t.like(await series.run({count: 3}), {
		sent: 3, failed: 3, waiting: 0, end: 'done',
	});
});

test('counts over TCP as many bytes from another program as it was sent', async t => {
	const peer = await openRawServer(t);
	const opening = openSeriesRoom(t, 'tcp', {connect: peer.address});
	const {socket} = await peer.accepted.next();
	socket.on('data', (bytes: Uint8Array) => {
		socket.write(bytes);
	});
	const series = await opening;
	t.like(await series.run({count: 500}), {
		counts: 'answers', sent: 500, answered: 500, waiting: 0, end: 'done',
	});
});

test('ends when another program finishes its stream: no answer comes any more', async t => {
	const peer = await openRawServer(t);
	const opening = openSeriesRoom(t, 'tcp', {connect: peer.address});
	const {socket} = await peer.accepted.next();
	const series = await opening;
	await series.start({rate: 10});
	socket.end();
	const report = await series.until((_, isRunning) => !isRunning);
	t.is(report.end, 'client-closed');
	t.true(report.waiting > 0);
});
