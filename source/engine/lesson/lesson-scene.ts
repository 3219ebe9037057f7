import type {LessonScene} from '../../lessons/lesson.ts';
import type {Protocol} from '../../log/event.ts';
import type {Subscription} from '../../log/subscriptions.ts';
import type {PlaygroundOptions} from '../api/command.ts';
import type {Scene} from '../scene/scene.ts';
import type {Scenes} from '../scene/scenes.ts';

/** Call `onChange` after every event. */
type Watch = (onChange: () => void) => Subscription;

/** The most that is waited for the server to have accepted its clients, in milliseconds. */
const acceptTime = 1000;

/**
Put a lesson's start scene in the place of the playground's own scenes of its protocols at once, and open it. Settles
when every socket is open, or has failed, and the server has accepted the clients that are connected.
*/
export async function openLessonScene(
	scene: LessonScene,
	scenes: Scenes,
	playground: PlaygroundOptions,
	watch: Watch,
): Promise<void> {
	await Promise.all(scene.protocols.map(async protocol => {
		const opened = await scenes.replace(protocol, optionsFor(scene, scenes, playground), scene.isServerOpen);
		await accepted(opened, protocol, watch);
	}));
}

function optionsFor(
	{clients, reply, closeAfterReply, link, seed, host, port}: LessonScene,
	scenes: Scenes,
	playground: PlaygroundOptions,
): PlaygroundOptions {
	return {
		...playground,
		connect: undefined,
		framing: undefined,
		relay: undefined,
		host: host ?? playground.host,
		port: port ?? playground.port,
		clients,
		reply,
		closeAfterReply,
		link: link['to-server'],
		linkToClients: link['to-clients'],
		seed: seed ?? scenes.seed,
	};
}

/** The server accepts a connection a moment after the client has it. */
async function accepted(
	{server, clients}: Scene,
	protocol: Protocol,
	watch: Watch,
): Promise<void> {
	const isThere = (): boolean => protocol === 'udp' || server?.server.state.type !== 'open'
		|| server.server.peers.size >= clients.filter(({state: {type}}) => type === 'connected').length;
	if (isThere()) {
		return;
	}

	await new Promise<void>(resolve => {
		const settle = (): void => {
			clearTimeout(timer);
			subscription.close();
			resolve();
		};

		const subscription = watch(() => {
			if (isThere()) {
				settle();
			}
		});
		const timer = setTimeout(settle, acceptTime);
		timer.unref();
	});
}
