import type {LessonScene} from '../../lessons/lesson.ts';
import type {Address, Protocol} from '../../log/event.ts';
import type {EventLog} from '../../log/event-log.ts';
import {isPortFree} from '../../sockets/reserved-address.ts';
import type {PlaygroundOptions} from '../api/command.ts';
import type {OtherPort} from '../api/lesson.ts';
import {randomPort} from '../exercises/program/ports.ts';
import {Waits} from '../laboratory/waits.ts';
import type {Scene} from '../scene/scene.ts';
import type {Scenes} from '../scene/scenes.ts';

/** The most that is waited for the server to have accepted its clients, in milliseconds. */
const acceptTime = 1000;

/** How many ports are tried, before one that is taken is told by the server that is to have it. */
const maxTries = 20;

/**
Put a lesson's start scene in the place of the playground's own scenes of its protocols at once, and open it. Settles
when every socket is open, or has failed, and the server has accepted the clients that are connected; with the servers
whose port is another one, as the one that was asked for is taken.
*/
export async function openLessonScene(
	scene: LessonScene,
	scenes: Scenes,
	playground: PlaygroundOptions,
	log: EventLog,
): Promise<readonly OtherPort[]> {
	const others = await Promise.all(scene.protocols.map(async protocol => {
		const options = optionsFor(scene, scenes, playground);
		const before = scenes.all.find(({name}) => name === protocol)?.server?.configured.port ?? 0;
		const opens = scene.isServerOpen ? (scene.isConnected ? 'all' : 'server') : 'nothing';
		const replaced = await scenes.replace(protocol, options, opens, async ({server}) => {
			if (server) {
				server.configured = {...server.configured, port: await portFor(protocol, server.configured, before)};
			}
		});
		await accepted(replaced, protocol, log);
		const port = replaced.server?.configured.port ?? options.port;
		return options.port === 0 || port === options.port ? [] : [{protocol, wanted: options.port, port}];
	}));
	return others.flat();
}

/** A port that a server can have: the one that was asked for, the one of the scene before, or any. */
async function portFor(protocol: Protocol, {host, port}: Address, before: number): Promise<number> {
	const random = Array.from({length: maxTries}, () => randomPort());
	for (const candidate of [port, before, ...random]) {
		// eslint-disable-next-line no-await-in-loop -- One after the other, until one is free.
		if (candidate > 0 && await isPortFree(protocol, candidate, host)) {
			return candidate;
		}
	}

	return port;
}

function optionsFor(
	{
		clients, reply, closeAfterReply, link, seed, host, port, options, framing, encoding,
	}: LessonScene,
	scenes: Scenes,
	playground: PlaygroundOptions,
): PlaygroundOptions {
	return {
		...playground,
		connect: undefined,
		relay: undefined,
		// Not those of the command line: its steps and texts are about what the lesson says, or else UTF-8 and sockets
		// as the system makes them.
		framing,
		encoding,
		options,
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
async function accepted({server, clients}: Scene, protocol: Protocol, log: EventLog): Promise<void> {
	const isThere = (): boolean => protocol === 'udp' || server?.server.state.type !== 'open'
		|| server.server.peers.size >= clients.filter(({state: {type}}) => type === 'connected').length;
	const waits = new Waits();
	const subscription = log.watch(() => {
		waits.look();
	});
	try {
		await waits.within(acceptTime, () => isThere() || undefined);
	} finally {
		subscription.close();
	}
}
