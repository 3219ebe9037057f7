/* A timer that goes on keeps the process alive, and may end what has taken the place of what it was for. */
import {mock} from 'node:test';
import test, {type ExecutionContext} from 'ava';
import {freeAddress} from '../helpers/loopback.ts';
import {openRawServer} from '../helpers/raw-tcp.ts';
import {openRawUdp} from '../helpers/raw-udp.ts';
import {openUdpRelay} from '../helpers/relays.ts';
import {makeTcpClient} from '../helpers/sockets.ts';

/** Longer than any test takes, in milliseconds, and than any other timer here. */
const long = 600_000;

/** The timers of that time that run. */
function watchTimers(t: ExecutionContext): ReadonlySet<unknown> {
	const running = new Set<unknown>();
	const {setTimeout, clearTimeout} = globalThis;
	const starting = mock.method(globalThis, 'setTimeout', (callback: () => void, milliseconds?: number) => {
		const timer = setTimeout(callback, milliseconds);
		if (milliseconds === long) {
			running.add(timer);
		}

		return timer;
	});
	const clearing = mock.method(globalThis, 'clearTimeout', (timer: NodeJS.Timeout | undefined) => {
		running.delete(timer);
		clearTimeout(timer);
	});
	t.teardown(() => {
		starting.mock.restore();
		clearing.mock.restore();
	});
	return running;
}

test.serial('an attempt to connect leaves no timer, whatever comes of it', async t => {
	const running = watchTimers(t);
	const {address, close} = await openRawServer(t, await freeAddress());
	const {client} = makeTcpClient(t);
	const connecting = client.connect(address, long);
	t.is(running.size, 1);
	await connecting;
	t.is(client.state.type, 'connected');
	t.is(running.size, 0);
	await client.close();
	await close();
	await client.connect(address, long);
	t.like(client.state, {type: 'closed', failure: {code: 'ECONNREFUSED'}});
	t.is(running.size, 0);
	const givenUp = client.connect(address, long);
	await client.close();
	await givenUp;
	t.is(running.size, 0);
});

test.serial('a peer of a relay leaves no timer: neither when it is forgotten, nor when the relay is closed', async t => {
	const running = watchTimers(t);
	const target = await openRawUdp(t);
	const {relay, address} = await openUdpRelay(t, target.address, {silence: long, limits: {peers: 1}});
	for (const peer of [await openRawUdp(t), await openRawUdp(t)]) {
		peer.send('hello', address);
		await target.inbox.next();
		t.is(running.size, 1);
	}

	await relay.close();
	t.is(running.size, 0);
});
