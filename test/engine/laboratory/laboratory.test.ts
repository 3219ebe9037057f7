import {setImmediate} from 'node:timers/promises';
import test from 'ava';
import {experimentNames as names} from '../../../source/engine/api/experiment.ts';
import {EventLog} from '../../../source/log/event-log.ts';
import {experiments} from '../../../source/engine/laboratory/experiments.ts';
import {defaultTimes} from '../../../source/engine/laboratory/experiment-context.ts';
import {Laboratory} from '../../../source/engine/laboratory/laboratory.ts';
import {Scenes} from '../../../source/engine/scene/scenes.ts';
import {isOwnHost} from '../../../source/sockets/host-names.ts';
import {defaultLimits} from '../../../source/sockets/limits.ts';
import {LaboratoryRoom} from '../../helpers/laboratory-room.ts';
import {refusalOf} from '../../helpers/loopback.ts';
import {openThings, openThingsAfter} from '../../helpers/open-sockets.ts';
import {playgroundOptions} from '../../helpers/playground-options.ts';
import {PlaygroundRoom} from '../../helpers/playground-room.ts';

/** Of an experiment with many events, it is enough to end it at the first ones, up to this many. */
const maxMoments = 14;

test('the experiments have the names under which they are listed', t => {
	t.deepEqual([...experiments.keys()].toSorted(), [...names].toSorted());
	t.is(names.length, 16);
});

for (const name of names) {
	test.serial(`${name} can be ended at any moment, and nothing of it is left`, async t => {
		const room = await LaboratoryRoom.open(t);
		await room.run(name);
		const moments = Math.min(room.newsCount, maxMoments);
		await room.end();
		for (let moment = 0; moment <= moments; moment++) {
			const from = room.newsCount;
			const run = room.playground.execute({type: 'start-experiment', experiment: name});
			await room.until(() => room.newsCount >= from + moment, `${moment} events`);
			await room.end();
			t.deepEqual(await run, {refusal: undefined});
			await room.assertClean(t);
		}

		await room.assertAnswered(t);
	});

	test.serial(`${name} can be ended after any number of turns of the event loop`, async t => {
		const room = await LaboratoryRoom.open(t);
		for (let turns = 0; turns < 8; turns++) {
			const run = room.playground.execute({type: 'start-experiment', experiment: name});
			for (let turn = 0; turn < turns; turn++) {
				await setImmediate();
			}

			await Promise.all([room.end(), run]);
		}

		await room.assertClean(t);
	});

	test.serial(`${name} can be started twice: the first is ended`, async t => {
		const room = await LaboratoryRoom.open(t);
		const first = room.playground.execute({type: 'start-experiment', experiment: name});
		const {server} = room.scene('laboratory');
		const {isDone, outcome} = await room.run(name);
		await first;
		t.true(isDone);
		t.not(outcome, 'failed');
		t.true(server === undefined || room.scene('laboratory').server?.pane !== server.pane);
		await room.run(name);
		await room.end();
		await room.assertClean(t);
	});
}

test.serial('an experiment is set up as soon as it is started, also while another is being ended', async t => {
	const room = await LaboratoryRoom.open(t);
	const runs = (['no-reader', 'half-closed', 'empty-datagram'] as const).map(async experiment => {
		const run = room.playground.execute({type: 'start-experiment', experiment});
		t.is(room.experiment.name, experiment);
		return run;
	});
	t.deepEqual({...room.experiment}, {
		name: 'empty-datagram', isDone: false, outcome: undefined, facts: {},
	});
	await Promise.all(runs);
	t.is(room.scene('laboratory').protocol, 'udp');
	t.true(room.experiment.isDone);
	await room.end();
	await room.assertClean(t);
});

test.serial('an experiment that is done stays open until it is ended', async t => {
	const room = await LaboratoryRoom.open(t);
	await room.run('half-closed');
	const {server, clients: [client]} = room.scene('laboratory');
	t.is(server?.state.type, 'open');
	t.is(server?.peers[0]?.connection?.state, 'CLOSE_WAIT');
	t.like(client?.state, {type: 'connected', hasSentFin: true, hasReceivedFin: false});
	const address = room.address('laboratory');
	await room.end();
	t.is(await refusalOf(address), 'ECONNREFUSED');
	await room.end();
	await room.assertClean(t);
});

test.serial('what an experiment holds is given back when it is ended', async t => {
	const room = await LaboratoryRoom.open(t);
	for (const name of ['address-in-use', 'connect-timeout'] as const) {
		const {facts: {address}} = await room.run(name);
		await room.end();
		t.is(address && await refusalOf(address), 'ECONNREFUSED');
	}
});

test.serial('an experiment whose socket somebody else closes does not harm the playground', async t => {
	const room = await LaboratoryRoom.open(t);
	const run = room.playground.execute({type: 'start-experiment', experiment: 'half-closed'});
	const {pane} = await room.until(
		() => room.scene('laboratory').clients.find(client => client.state.type === 'connected'),
		'a connection',
	);
	await room.playground.execute({type: 'close-client', pane});
	await room.until(() => room.experiment.isDone || room.client('laboratory').state.type === 'closed', 'its end');
	await room.end();
	await run;
	await room.assertClean(t);
	await room.assertAnswered(t);
});

test.serial('an experiment that fails otherwise says with what', async t => {
	const room = await LaboratoryRoom.open(t);
	const run = room.playground.execute({type: 'start-experiment', experiment: 'truncated-character'});
	const {pane} = await room.until(() => room.scene('laboratory').clients.find(client => client.state.type === 'connected'), 'a connection');
	// Nothing more can be sent after its FIN.
	await room.playground.execute({type: 'half-close-client', pane});
	await run;
	t.is(room.experiment.outcome, 'failed');
	t.regex(room.experiment.facts.failure?.message ?? '', /the client cannot send/);
	await room.end();
	await room.assertClean(t);
});

test.serial('closing the playground closes what an experiment has opened, and sets up no other', async t => {
	const before = await openThings();
	for (const experiment of ['connect-timeout', 'no-reader', 'udp-refused'] as const) {
		const room = new PlaygroundRoom({}, {step: 0, timeout: 1000});
		const run = room.playground.execute({type: 'start-experiment', experiment});
		await room.until(() => room.types.length > 0, 'an event');
		await room.playground.close();
		await run;
		await room.playground.execute({type: 'start-experiment', experiment});
		t.is(room.playground.view({type: 'scene', scene: 'laboratory', peers: 1}), undefined);
		t.deepEqual(await openThingsAfter(before), before);
	}
});

test.serial('ending an experiment where there is none does nothing', async t => {
	const room = await LaboratoryRoom.open(t);
	await room.end();
	await room.assertClean(t);
});

test.serial('a step takes its time, so that a person sees what happens', async t => {
	const room = new PlaygroundRoom({}, {step: 30, timeout: 1000});
	t.teardown(async () => room.playground.close());
	const start = performance.now();
	await room.playground.execute({type: 'start-experiment', experiment: 'half-closed'});
	t.true(performance.now() - start >= 100);
});

test.serial('an end of an experiment that fails is not the failure of the next one', async t => {
	const limits = defaultLimits;
	const log = new EventLog({
		events: limits.events, bytes: limits.logBytes, clock: () => Date.now(), isOwnHost,
	});
	const look = (): void => {
		laboratory.look();
	};

	const scenes = new Scenes({
		playground: playgroundOptions, limits, log, onChange: look,
	});
	const laboratory = new Laboratory({
		scenes, log, times: defaultTimes, onChange: look,
	});
	log.watch(look);
	t.teardown(async () => laboratory.close());
	await laboratory.start('tcp-refused');
	const {closeLaboratory} = scenes;
	const failing = scenes.get('laboratory')!;
	scenes.closeLaboratory = async () => {
		await failing.close();
		throw new Error('not closed');
	};

	await t.notThrowsAsync(laboratory.end());
	scenes.closeLaboratory = closeLaboratory;
	for (const name of ['tcp-refused', 'udp-refused'] as const) {
		await laboratory.start(name);
		t.like(scenes.get('laboratory')?.experiment, {name, isDone: true, outcome: 'caused'});
		await t.notThrowsAsync(laboratory.end());
	}
});
