import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import test, {type ExecutionContext} from 'ava';
import {UdpPeers} from '../../../source/sockets/udp/udp-peers.ts';
import {openUdpServer} from '../../helpers/sockets.ts';

const host = '127.0.0.1';

test('forgets the one that was silent longest, as a plain list of all does', t => {
	const peers = new UdpPeers(8);
	/** Ports, the one that was silent longest first. */
	let expected: number[] = [];
	for (let step = 0; step < 2000; step++) {
		if (step % 500 === 499) {
			peers.clear();
			expected = [];
		}

		const port = 1 + ((step * step * 7) % 13) + (step % 5 === 0 ? step : 0);
		peers.heard(host, port);
		expected = [...expected.filter(other => other !== port), port].slice(-8);
		const held = [...peers.byNumber.values()].map(({address}) => address.port);
		t.deepEqual(held.toSorted((a, b) => a - b), expected.toSorted((a, b) => a - b));
	}

	peers.clear();
	t.is(peers.byNumber.size, 0);
	const before = peers.ever;
	t.is(peers.heard(host, 1).number, before + 1);
});

test('one that is remembered is the same, with its number, until it is forgotten', t => {
	const peers = new UdpPeers(2);
	const first = peers.heard(host, 1);
	t.is(peers.heard(host, 1), first);
	t.not(peers.heard('127.0.0.2', 1), first);
	peers.heard(host, 2);
	t.deepEqual([...peers.byNumber.keys()], [2, 3]);
	t.not(peers.heard(host, 1), first);
});

test('a host whose only peer makes room for another one of its own is found again, with other hosts in turn', t => {
	const peers = new UdpPeers(2);
	const heard = (from: string, port: number): number => peers.heard(from, port).number;
	t.deepEqual([heard(host, 1), heard('127.0.0.2', 1)], [1, 2]);
	t.deepEqual([heard(host, 2), heard(host, 2)], [3, 3]);
	t.deepEqual([heard('127.0.0.2', 1), heard(host, 2), heard('127.0.0.2', 1)], [2, 3, 2]);
	// Each third one is forgotten before it is heard again.
	const hosts = [host, '127.0.0.2', '127.0.0.3'];
	t.deepEqual([...hosts, ...hosts].map(from => heard(from, 3)), [4, 5, 6, 7, 8, 9]);
	t.deepEqual([...peers.byNumber.keys()], [8, 9]);
});

test('after all are forgotten, the host that was heard last is met anew', t => {
	const peers = new UdpPeers(8);
	const first = peers.heard(host, 1);
	peers.clear();
	const second = peers.heard(host, 1);
	t.deepEqual([first.number, second.number], [1, 2]);
	t.is(peers.heard(host, 1), second);
	t.deepEqual([...peers.byNumber.values()], [second]);
	peers.heard('127.0.0.2', 1);
	t.is(peers.heard(host, 1), second, 'it is found by its host, too');
});

test('a new one costs the same where thousands are remembered', t => {
	const cost = (limit: number): number => {
		const peers = new UdpPeers(limit);
		for (let port = 0; port < limit; port++) {
			peers.heard(host, port);
		}

		const began = process.cpuUsage();
		for (let port = limit; port < limit + 20_000; port++) {
			peers.heard(host, port);
		}

		// How much of it was the user's is a guess of the kernel's, and none for so short a time.
		const {user, system} = process.cpuUsage(began);
		return (user + system) / 1000;
	};

	// The steps are inside a Set of the JavaScript engine, and cannot be counted. So it is processor time, and the
	// least of several: other programs on the machine only add.
	const least = (limit: number): number => Math.min(...Array.from({length: 5}, () => cost(limit)));
	least(64);
	const [few, many] = [least(64), least(8192)];
	t.true(many < few * 8, `${many} ms with 8,192 peers, ${few} ms with 64`);
});

/** How many entries of Maps and Sets are gone through while this runs. */
async function stepsOf(run: () => Promise<void>): Promise<number> {
	let steps = 0;
	const undo = [new Map([[1, 1]]), new Set([1])].map(collection => {
		const iterator = Object.getPrototypeOf(collection.values()) as {next: () => unknown};
		const {next} = iterator;
		const kind = Object.getPrototypeOf(collection) as Map<unknown, unknown>;
		const {forEach} = kind;
		iterator.next = function () {
			steps++;
			return next.call(this);
		};

		kind.forEach = function (...all) {
			steps += this.size;
			forEach.apply(this, all);
		};

		return () => {
			iterator.next = next;
			kind.forEach = forEach;
		};
	});
	try {
		await run();
	} finally {
		for (const each of undo) {
			each();
		}
	}

	return steps;
}

/** How many steps a server makes for 256 new peers while it remembers so many others, as many as it may. */
async function stepsForNewPeers(t: ExecutionContext, limit: number): Promise<number> {
	const {room, server, address} = await openUdpServer(t, {limits: {peers: limit}});
	const meet = async (most: number): Promise<void> => {
		while (server.peersEver < most) {
			// A port that is given again is that of a peer, and no new one.
			const sockets = Array.from({length: Math.min(128, most - server.peersEver)}, () => createSocket('udp4'));
			const before = server.track.received.count;
			await Promise.all(sockets.map(async socket => {
				socket.bind(0, '127.0.0.1');
				await once(socket, 'listening');
				socket.send('hello', address.port, address.host);
			}));
			await room.until(() => server.track.received.count >= before + sockets.length, 'the datagrams');
			for (const socket of sockets) {
				socket.close();
			}
		}
	};

	await meet(limit);
	t.is(server.peers.size, limit);
	return stepsOf(async () => meet(limit + 256));
}

test.serial('a server that remembers 4,096 peers makes as many steps for a new one as one that remembers 256', async t => {
	const [few, many] = [await stepsForNewPeers(t, 256), await stepsForNewPeers(t, 4096)];
	t.true(many < few + 4096, `${many} steps for 256 peers beside 4,096, ${few} beside 256`);
});
