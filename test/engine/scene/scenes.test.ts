import test from 'ava';
import {Scenes} from '../../../source/engine/scene/scenes.ts';
import {EventLog} from '../../../source/log/event-log.ts';
import {defaultLimits} from '../../../source/sockets/limits.ts';
import {playgroundOptions} from '../../helpers/playground-options.ts';

test('of scenes that take each other\'s place at once, none is opened before all that were there are closed', async t => {
	const log = new EventLog({
		events: 64, bytes: 1024, clock: () => 0, isOwnHost: () => true,
	});
	const scenes = new Scenes({
		playground: playgroundOptions, limits: defaultLimits, log, onChange: () => undefined,
	});
	t.teardown(async () => scenes.close());
	const first = scenes.of('tcp');
	await first.open();
	const {promise, resolve} = Promise.withResolvers<void>();
	const happened: string[] = [];
	const close = first.close.bind(first);
	first.close = async () => {
		await promise;
		await close();
		happened.push('closed');
	};

	const replacing = ['second', 'third'].map(async name => scenes.replace('tcp', playgroundOptions, true, async () => {
		happened.push(name);
	}));
	resolve();
	const [second, third] = await Promise.all(replacing);
	t.deepEqual(happened, ['closed', 'second', 'third']);
	t.deepEqual([second, third].map(scene => scene?.server?.server.state.type), ['closed', 'open']);
});
