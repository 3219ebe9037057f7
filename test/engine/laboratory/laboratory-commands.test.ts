import test, {type ExecutionContext} from 'ava';
import type {Command} from '../../../source/engine/api/command.ts';
import {inTime} from '../../helpers/in-time.ts';
import {PlaygroundRoom} from '../../helpers/playground-room.ts';

/** TCP's own scene with a client, and a half-close that is done in the laboratory: either server has a connection 1. */
async function openBoth(t: ExecutionContext): Promise<PlaygroundRoom> {
	const room = new PlaygroundRoom({clients: 1}, {step: 0, timeout: 1000});
	t.teardown(async () => room.playground.close());
	await room.playground.execute({type: 'open-scene', protocol: 'tcp'});
	await room.playground.execute({type: 'start-experiment', experiment: 'half-closed'});
	await room.until(
		() => room.server('tcp').peerCount === 1 && room.server('laboratory').peerCount === 1,
		'both connections',
	);
	t.is(room.server('laboratory').target, 1);
	return room;
}

const inLaboratory = {protocol: 'tcp', scene: 'laboratory'} as const;

const commands: ReadonlyArray<readonly [command: Command, has: (room: PlaygroundRoom) => boolean]> = [
	[{type: 'set-rule', ...inLaboratory, rule: 'reverse'}, room => room.server('laboratory').rule === 'reverse'],
	[
		{type: 'set-close-after-reply', scene: 'laboratory', closeAfterReply: true},
		room => room.server('laboratory').closeAfterReply,
	],
	[{type: 'choose-peer', ...inLaboratory, step: 1}, room => room.server('laboratory').target === 'all'],
	[
		{
			type: 'send-from-server',
			...inLaboratory,
			target: 1,
			bytes: Buffer.from('more'),
		},
		room => room.client('laboratory').received.count === 3,
	],
	[{type: 'open-client', ...inLaboratory}, room => room.scene('laboratory').clients.length === 2],
	[
		{
			type: 'act',
			scene: 'laboratory',
			on: {type: 'connection', connection: 1},
			act: {type: 'reset'},
		},
		room => room.client('laboratory').state.type === 'closed',
	],
	[
		{type: 'half-close-connection', scene: 'laboratory', connection: 1},
		room => room.server('laboratory').peerCount === 0,
	],
	[{type: 'close-connection', scene: 'laboratory', connection: 1}, room => room.server('laboratory').peerCount === 0],
	[{type: 'stop-server', ...inLaboratory}, room => room.server('laboratory').state.type === 'closed'],
	[
		{type: 'move-server', ...inLaboratory, address: {host: '127.0.0.1', port: 0}},
		room => room.server('laboratory').peerCount === 0,
	],
];

for (const [command, has] of commands) {
	test(`${command.type} reaches the laboratory's scene where that is named, and not the protocol's own`, async t => {
		const room = await openBoth(t);
		const before = room.scene('tcp');
		const {refusal} = await room.playground.execute(command);
		t.is(refusal, undefined);
		await room.until(() => has(room), 'what was asked for');
		t.deepEqual(room.scene('tcp'), before);
	});
}

test('where there is no laboratory, there is nothing to reach', async t => {
	const room = new PlaygroundRoom({});
	t.teardown(async () => room.playground.close());
	t.deepEqual(await room.playground.execute({type: 'open-server', ...inLaboratory}), {
		refusal: {reason: 'no-server'},
	});
	t.deepEqual(await room.playground.execute({type: 'open-client', ...inLaboratory}), {
		refusal: {reason: 'no-such-pane'},
	});
	t.deepEqual(await room.playground.execute({type: 'close-connection', scene: 'laboratory', connection: 1}), {
		refusal: {reason: 'peer-gone'},
	});
});

for (const isUnderWay of [false, true]) {
	test(`an exercise that is ${isUnderWay ? 'under way' : 'about to begin'} ends when it is told to, or an experiment begins`, async t => {
		for (const ending of [{type: 'end-exercise'}, {type: 'start-experiment', experiment: 'half-closed'}] as const) {
			const room = new PlaygroundRoom({}, {step: 0, timeout: 1000});
			t.teardown(async () => room.playground.close());
			const exercise = room.playground.execute({
				type: 'start-exercise',
				exercise: 'udp-pinger-client',
				subject: {type: 'listen', address: {host: '127.0.0.1', port: 0}},
				times: {start: 60_000},
			});
			if (isUnderWay) {
				await room.happened('socket-bound');
			}

			await room.playground.execute(ending);
			await inTime(exercise, () => 'the end of the exercise');
			const scene = room.playground.view({type: 'scene', scene: 'laboratory', peers: 0});
			t.is(scene?.type === 'scene' ? scene.experiment?.name : undefined, ending.type === 'end-exercise' ? undefined : 'half-closed');
		}
	});
}
