import {connect} from 'node:net';
import test from 'ava';
import {Waits} from '../../../source/engine/laboratory/waits.ts';
import {openRawServer} from '../../helpers/raw-tcp.ts';

test('what fails while it is looked for fails its own wait, and neither the others nor who says that something happened', async t => {
	const waits = new Waits();
	const found: string[] = [];
	let isBroken = false;
	const broken = waits.until(() => {
		if (isBroken) {
			throw new Error('not today');
		}

		return undefined;
	});
	const whole = waits.until(() => found[0]);
	isBroken = true;
	found.push('here');
	t.notThrows(() => {
		waits.look();
	});
	await t.throwsAsync(broken, {message: 'not today'});
	t.is(await whole, 'here');
});

test('what is looked for longer than its time is given up only when that is allowed', async t => {
	const waits = new Waits();
	const asked = Promise.withResolvers<boolean>();
	let mayGiveUp = false;
	const found = waits.within<string>(0, () => undefined, () => {
		asked.resolve(mayGiveUp);
		return mayGiveUp;
	});
	t.false(await asked.promise);
	mayGiveUp = true;
	waits.look();
	const value = await found;
	t.is(value, undefined);
});

test('what a socket has got in time is found, however long the thread had no processor', async t => {
	const {server, address, accepted} = await openRawServer(t);
	const waits = new Waits();
	server.on('connection', () => {
		waits.look();
	});
	const client = connect(address.port, address.host);
	t.teardown(() => {
		client.destroy();
	});
	const found = waits.within(20, () => accepted.all.length > 0 ? 'accepted' : undefined);
	// Node calls connect() in a tick; the handshake is over long before it looks for that.
	process.nextTick(() => {
		queueMicrotask(() => {
			Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 40);
		});
	});
	t.is(await found, 'accepted');
});

test('what is found is not looked for again, and no timer is left of it', async t => {
	const waits = new Waits();
	const timers = (): number => process.getActiveResourcesInfo().filter(type => type === 'Timeout').length;
	const before = timers();
	let looks = 0;
	await waits.until(() => ++looks);
	await waits.within(60_000, () => ++looks);
	waits.look();
	t.is(looks, 2);
	t.is(timers(), before);
});
