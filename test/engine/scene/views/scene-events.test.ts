import test from 'ava';
import {playgroundOptions} from '../../../helpers/playground-options.ts';
import {EventLog} from '../../../../source/log/event-log.ts';
import {droppedEvents, sceneEvents} from '../../../../source/engine/scene/views/scene-events.ts';
import {Scene} from '../../../../source/engine/scene/scene.ts';
import {defaultLimits} from '../../../../source/sockets/limits.ts';

/** A scene of two clients and a server whose events come in turn, among those of another scene. */
async function fill(events: number, rounds: number): Promise<{readonly log: EventLog; readonly scene: Scene}> {
	const log = new EventLog({
		events, bytes: 4096, clock: () => 0, isOwnHost: () => false,
	});
	let panes = 0;
	const options = {
		playground: playgroundOptions, limits: defaultLimits, log, newPane: () => ++panes, onChange: () => undefined,
	};
	const [scene, other] = [
		new Scene({...options, name: 'udp', protocol: 'udp'}),
		new Scene({...options, name: 'tcp', protocol: 'tcp'}),
	];
	await scene.openClient();
	await scene.openClient();
	const [server, elsewhere] = [scene.server!, other.server!];
	for (let round = 0; round < rounds; round++) {
		for (const {pane, index} of [server, ...scene.clients, elsewhere]) {
			log.track(pane, index, 0).chunkSent(Buffer.alloc(300, 'x'));
		}
	}

	return {log, scene};
}

test('gives the events of a scene newest first, and none of the other scene\'s', async t => {
	const {log, scene} = await fill(64, 3);
	const events = [...sceneEvents(log, scene, log.next)];
	t.deepEqual(events.map(({sequence}) => sequence), [10, 9, 8, 6, 5, 4, 2, 1, 0]);
	t.true(events.every(event => 'bytes' in event && event.bytes.length === 256 && event.length === 300));
});

test('begins before the event that it is told', async t => {
	const {log, scene} = await fill(64, 3);
	const before = (end: number): number[] => [...sceneEvents(log, scene, end)].map(({sequence}) => sequence);
	t.deepEqual(before(9), [8, 6, 5, 4, 2, 1, 0]);
	t.deepEqual(before(7), [6, 5, 4, 2, 1, 0]);
	t.deepEqual(before(1), [0]);
	t.deepEqual(before(0), []);
});

test('ends where the log ends', async t => {
	const {log, scene} = await fill(8, 10);
	const sequences = [...sceneEvents(log, scene, log.next)].map(({sequence}) => sequence);
	t.true(sequences.every(sequence => sequence >= log.first));
	t.is(sequences.length, 6);
});

test('tells whether the log holds all events of a scene', async t => {
	const whole = await fill(64, 3);
	t.is(droppedEvents(whole.log, whole.scene), 0);
	const cut = await fill(8, 10);
	t.true(droppedEvents(cut.log, cut.scene) > 0);
});

test('reads no event before it is asked for', async t => {
	const {log, scene} = await fill(64, 10);
	let reads = 0;
	const {read} = log;
	log.read = (...parameters) => {
		reads++;
		return read.apply(log, parameters);
	};

	const events = sceneEvents(log, scene, log.next);
	events.next();
	events.next();
	t.is(reads, 2);
});
