import {PassThrough} from 'node:stream';
import {setImmediate as nextTurn} from 'node:timers/promises';
import test from 'ava';
import {Output} from '../../source/headless/output.ts';
import {ReadingTurns} from '../../source/headless/reading-turns.ts';
import {servedBy} from '../../source/headless/serve.ts';
import {Session} from '../../source/headless/session.ts';
import {en} from '../../source/screen/words/en.ts';
import {playgroundOptions} from '../helpers/playground-options.ts';
import {connectRaw, openRawServer} from '../helpers/raw-tcp.ts';

/** Connections that only tell which of them rest. */
function tenConnections(): {
	/** It took this many milliseconds to tell of a connection. */
	readonly spent: (
		milliseconds: number,
		connection: {readonly number: number; readonly restReading: (isResting: boolean) => void} | undefined,
		how?: 'read' | 'accepted',
	) => void;
	readonly connections: ReadonlyArray<{readonly number: number; readonly restReading: (isResting: boolean) => void}>;
	readonly resting: ReadonlySet<number>;
	readonly awake: () => readonly number[];
} {
	const resting = new Set<number>();
	const connections = Array.from({length: 10}, (_, index) => ({
		number: index + 1,
		restReading(isResting: boolean) {
			if (isResting) {
				resting.add(index + 1);
			} else {
				resting.delete(index + 1);
			}
		},
	}));
	let clock = 0;
	const turns = new ReadingTurns(() => connections, () => clock);
	return {
		spent(milliseconds, connection, how = 'read') {
			// The clock of a turn begins with the first that it tells.
			turns.told(undefined, 'other');
			clock += milliseconds;
			turns.told(connection, how);
		},
		connections,
		resting,
		awake: () => connections.map(({number}) => number).filter(number => !resting.has(number)),
	};
}

test('when much was told in a turn all connections rest; in the next some read once, those first that never have', async t => {
	const {spent, connections, resting, awake} = tenConnections();
	spent(5, connections[0]);
	t.is(resting.size, 0, 'little was told');
	spent(50, connections[1]);
	t.is(resting.size, 10);
	await nextTurn();
	t.deepEqual(awake(), [7, 8, 9, 10]);
	spent(50, connections[9]);
	t.deepEqual(awake(), [7, 8, 9], 'the others have not read yet');
	spent(1, connections[8]);
	t.deepEqual(awake(), [7, 8]);
	await nextTurn();
	t.deepEqual(awake(), [3, 4, 5, 6, 7, 8]);
	while (resting.size > 0) {
		await nextTurn();
	}

	t.deepEqual(awake().length, 10, 'where nothing is told, all read again');
});

test('while clients are accepted one after the other all others rest; then the newest read first', async t => {
	const {spent, connections, resting, awake} = tenConnections();
	spent(1, connections[0], 'accepted');
	await nextTurn();
	spent(1, connections[1], 'accepted');
	t.is(resting.size, 0, 'where nobody rests, nobody has to');
	spent(50, connections[0], 'read');
	t.is(resting.size, 10);
	const wasAwake: number[] = [];
	for (const connection of connections.slice(2, 9)) {
		await nextTurn();
		wasAwake.push(...awake());
		spent(0, connection, 'accepted');
	}

	t.deepEqual(wasAwake, []);
	await nextTurn();
	await nextTurn();
	t.deepEqual(awake(), [7, 8, 9, 10]);
});

test('clients that go on connecting do not keep the others from reading', async t => {
	const {spent, connections, awake} = tenConnections();
	spent(50, connections[0], 'read');
	for (let turn = 0; turn < 20 && awake().length === 0; turn++) {
		spent(0, connections[9], 'accepted');
		await nextTurn();
	}

	t.is(awake().length, 1);
});

test('what a relay reads is of a connection that may have to rest, on either side', async t => {
	const target = await openRawServer(t);
	const {log, scene} = new Session({
		command: 'relay',
		protocol: 'tcp',
		playground: {...playgroundOptions, relay: {target: target.address, silence: 1000}},
		words: en,
		isQuiet: true,
		reporter: () => ({ready: () => undefined, entry: () => undefined, done: () => undefined}),
		errors: new Output(new PassThrough()),
	});
	t.teardown(async () => scene.close());
	const {server, connections, connectionOf} = servedBy(scene);
	const reads: Array<readonly [pane: number, place: number]> = [];
	log.subscribe({
		payload: 'none',
		onEntry(entry) {
			if (entry.type === 'event' && entry.event.type === 'chunk-received') {
				reads.push([entry.event.pane, connections().indexOf(connectionOf(entry.event))]);
			}
		},
	});
	await scene.open();
	const {local} = server.state as {readonly local: typeof target.address};
	const client = await connectRaw(t, local);
	client.write('there');
	const far = await target.accepted.next();
	await far.readLike('there');
	far.write('back');
	await client.readLike('back');
	t.deepEqual(reads, [[1, 0], [2, 1]]);
});
