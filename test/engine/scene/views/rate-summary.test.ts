import {mock} from 'node:test';
import test from 'ava';
import {Inbox} from '../../../helpers/inbox.ts';
import {playgroundOptions} from '../../../helpers/playground-options.ts';
import {openPlayground} from '../../../helpers/playground-room.ts';
import {Queries} from '../../../../source/engine/queries.ts';
import type {View} from '../../../../source/engine/api/view.ts';
import type {Query} from '../../../../source/engine/api/query.ts';
import type {SceneView} from '../../../../source/engine/api/scene-view.ts';
import {EventLog} from '../../../../source/log/event-log.ts';
import {PaneIndex} from '../../../../source/log/storage/pane-index.ts';
import {summarizeRates} from '../../../../source/engine/scene/views/scene-view.ts';
import {Scenes} from '../../../../source/engine/scene/scenes.ts';
import {defaultLimits} from '../../../../source/sockets/limits.ts';
import {QueryServer} from '../../../../source/engine/query-server.ts';

const scene: Query = {type: 'scene', scene: 'udp', peers: 0};

test('is the last whole second\'s messages and bytes, both ways together', t => {
	const index = new PaneIndex();
	t.deepEqual(summarizeRates(index, 5000), {messages: [], bytes: []});
	const ended = (now: number): Array<number | undefined> => [
		summarizeRates(index, now).messages.at(-2),
		summarizeRates(index, now).bytes.at(-2),
	];
	index.rates.add(5100, 10);
	index.rates.add(5900, 20);
	t.deepEqual(ended(5950), [0, 0], 'a second that has not ended is the last');
	t.deepEqual(ended(6000), [2, 30]);
	t.deepEqual(ended(7000), [0, 0]);
	t.like(summarizeRates(index, 60_000), {messages: [], bytes: []});
});

test('has the round-trip times, once there is one', t => {
	const index = new PaneIndex();
	t.false('roundTrip' in summarizeRates(index, 0));
	for (let milliseconds = 1; milliseconds <= 100; milliseconds++) {
		index.roundTrips.add(milliseconds);
	}

	const {roundTrip} = summarizeRates(index, 0);
	t.is(roundTrip?.last, 100);
	t.true(Math.abs(roundTrip!.median - 50) <= 1);
	t.true(Math.abs(roundTrip!.p99 - 99) <= 2);
});

test('appears with what goes through the panes, and again a second later though nothing has happened', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1});
	const answers = new Inbox<SceneView>('a view of the scene');
	const queryServer = new QueryServer(room.playground, ([view]: ReadonlyArray<View | undefined>) => {
		if (view?.type === 'scene') {
			answers.add(view);
		}
	});
	await room.send(room.client('udp').pane, 'hello');
	await room.happened('datagram-received', ({pane}) => pane === room.client('udp').pane);
	await room.happenedTimes('datagram-sent', 2);
	const events = room.playground.log.next;
	queryServer.ask([scene]);
	let view = await answers.next();
	t.true(view.clients[0]!.rateSummary.roundTrip!.last > 0);
	t.true(view.clients[0]!.rateSummary.messages.length > 0);
	t.is(view.server?.rateSummary.roundTrip, undefined);
	/** The most in a second that is over: the last one goes on. */
	const mostIn = (seconds: readonly number[] = []): number => Math.max(0, ...seconds.slice(0, -1));
	while (mostIn(view.server?.rateSummary.messages) === 0) {
		queryServer.ask([scene]);
		view = await answers.next();
	}

	t.is(room.playground.log.next, events, 'nothing has happened');
	t.true(mostIn(view.server?.rateSummary.bytes) >= 5);
});

test.serial(
	'asks for a new view once a second, until nothing has happened for a while, and again when something does',
	async t => {
		let now = 1_000_000;
		const log = new EventLog({
			events: 64,
			bytes: 1024,
			clock: () => now,
			isOwnHost: () => false,
		});
		const scenes = new Scenes({
			playground: playgroundOptions,
			limits: defaultLimits,
			log,
			onChange: () => undefined,
		});
		await scenes.of('udp').openClient();
		const {pane, index} = scenes.of('udp').clients[0]!;
		const track = log.track(pane, index, 0);
		mock.timers.enable({apis: ['setInterval']});
		t.teardown(() => {
			mock.timers.reset();
		});
		let changes = 0;
		const answers = new Queries({
			log,
			scenes,
			clientLimit: 9,
			onChange() {
				changes++;
			},
		});
		const pass = (milliseconds: number): void => {
			now += milliseconds;
			mock.timers.tick(milliseconds);
		};

		const quiet = answers.revisionOf(scene);
		pass(5000);
		t.is(changes, 0, 'nothing has ever happened');
		t.is(answers.revisionOf(scene), quiet);

		track.chunkSent(Buffer.from('x'));
		const first = answers.revisionOf(scene);
		pass(1000);
		t.is(changes, 1);
		t.not(answers.revisionOf(scene), first);
		pass(1000);
		t.is(changes, 2);
		for (let count = 0; count < 20; count++) {
			pass(1000);
		}

		const atTheEnd = changes;
		t.true(atTheEnd >= 15 && atTheEnd <= 18, `${atTheEnd}`);
		const still = answers.revisionOf(scene);
		for (let count = 0; count < 5; count++) {
			pass(1000);
		}

		t.is(changes, atTheEnd, 'it is quiet');
		t.is(answers.revisionOf(scene), still);

		track.chunkSent(Buffer.from('x'));
		answers.revisionOf(scene);
		pass(1000);
		t.is(changes, atTheEnd + 1);
		answers.close();
		pass(5000);
		t.is(changes, atTheEnd + 1, 'it is closed');
		await scenes.close();
	},
);
