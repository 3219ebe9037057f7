import {setTimeout as wait} from 'node:timers/promises';
import type {
	Act, Command, Refusal, SceneName, Subject,
} from '../api/command.ts';
import type {TcpClient} from '../../sockets/tcp/tcp-client.ts';
import type {TcpConnection} from '../../sockets/tcp/tcp-connection.ts';
import type {Scenes} from './scenes.ts';
import {ClientPane} from './client-pane.ts';
import {splitInCharacter, splitInHalf} from './split-bytes.ts';

/** Long enough for the other end to have read the first write before it gets the second, in milliseconds. */
const pauseBetweenWrites = 200;

type Refused = Refusal | undefined;

/** What can be done to one socket, whoever has it. */
type Actor = {
	/** Undefined in UDP. */
	readonly stream: TcpClient | TcpConnection | undefined;
	readonly send: (bytes: Uint8Array) => Refused | Promise<Refused>;
	/** The same value for as long as this is the same connection, in UDP the same socket. */
	readonly life: () => unknown;
};

/** Do something to one socket. Settles when it is done, pauses included. */
export async function executeAct(
	{on, act, scene = 'tcp'}: Extract<Command, {type: 'act'}>,
	scenes: Scenes,
): Promise<Refusal | undefined> {
	const actor = actorOf(on, scene, scenes);
	return 'stream' in actor ? carryOut(act, actor) : actor;
}

function actorOf(subject: Subject, scene: SceneName, scenes: Scenes): Actor | Refusal {
	if (subject.type === 'connection') {
		const server = scenes.get(scene)?.server?.server;
		const connection = server?.protocol === 'tcp' ? server.peers.get(subject.connection) : undefined;
		return connection
			? {stream: connection, send: bytes => connection.write(bytes, false), life: () => connection}
			: {reason: 'peer-gone'};
	}

	const pane = scenes.paneOf(subject.pane)?.pane;
	if (!(pane instanceof ClientPane)) {
		return {reason: 'no-such-pane'};
	}

	const {client} = pane;
	return {
		stream: client.protocol === 'tcp' ? client : undefined,
		send: async bytes => pane.send(bytes),
		life: () => client.protocol === 'tcp' ? client.track : client.life,
	};
}

async function carryOut(act: Act, actor: Actor): Promise<Refused> {
	const {stream} = actor;
	switch (act.type) {
		case 'reset': {
			return stream ? stream.reset() : {reason: 'udp-has-none'};
		}

		case 'stop-reading':
		case 'read-again': {
			return stream ? stream.setReading(act.type === 'read-again') : {reason: 'udp-has-none'};
		}

		case 'split-character': {
			return sendParts(splitInCharacter(act.bytes), true, actor);
		}

		case 'two-writes': {
			return sendParts(splitInHalf(act.bytes), act.hasPause, actor);
		}

		default: {
			return act satisfies never;
		}
	}
}

async function sendParts(
	parts: readonly [Uint8Array, Uint8Array] | undefined,
	hasPause: boolean,
	{send, life}: Actor,
): Promise<Refused> {
	if (!parts) {
		return {reason: 'nothing-to-split'};
	}

	const [first, second] = parts;
	const refusal = send(first);
	if (!hasPause) {
		return (await refusal) ?? send(second);
	}

	const refused = await refusal;
	if (refused) {
		return refused;
	}

	const before = life();
	await wait(pauseBetweenWrites, undefined, {ref: false});
	return life() === before ? send(second) : {reason: 'not-open'};
}
