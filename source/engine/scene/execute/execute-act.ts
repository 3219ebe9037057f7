import {setImmediate as turn, setTimeout as wait} from 'node:timers/promises';
import type {
	Act, Command, Refusal, SceneName, Subject,
} from '../../api/command.ts';
import {largerThanFrame} from '../../../sockets/states.ts';
import type {TcpClient} from '../../../sockets/tcp/tcp-client.ts';
import type {TcpConnection} from '../../../sockets/tcp/tcp-connection.ts';
import {
	borders, type Codec, codecOf, readingOf, utf8Codec,
} from '../../../text/encoding/codec.ts';
import {byType} from '../../../text/by-type.ts';
import {frameMessage} from '../../../text/framing.ts';
import type {Scenes} from '../scenes.ts';
import {ClientPane} from '../panes/client-pane.ts';

/** Long enough for the other end to have read the first write before it gets the second, in milliseconds. */
const pauseBetweenWrites = 200;

type Refused = Refusal | undefined;

type Parts = readonly [Uint8Array, Uint8Array];

/** The acts that a server's connection and a client have in common. */
type Actor = {
	/** Undefined in UDP. */
	readonly stream: TcpClient | TcpConnection | undefined;
	/** The pane of a UDP client; undefined in TCP. */
	readonly datagrams?: ClientPane;
	readonly codec: Codec;
	/** `messages`: how many messages are whole with these bytes, which are in their frames. */
	readonly send: (bytes: Uint8Array, messages: number) => Refused | Promise<Refused>;
	/** The same value for as long as this is the same connection, in UDP the same socket. */
	readonly generation: () => unknown;
};

/** Do something to one socket. Settles when it is done, pauses included. */
export async function executeAct(
	{on, act, scene = 'tcp'}: Extract<Command, {type: 'act'}>,
	scenes: Scenes,
): Promise<Refused> {
	const actor = actorOf(on, scene, scenes);
	return 'stream' in actor ? carryOut(act, actor) : actor;
}

function actorOf(subject: Subject, scene: SceneName, scenes: Scenes): Actor | Refusal {
	if (subject.type === 'connection') {
		const pane = scenes.get(scene)?.server;
		const server = pane?.server;
		const connection = server?.protocol === 'tcp' ? server.peers.get(subject.connection) : undefined;
		return connection
			? {
				stream: connection,
				codec: codecOf(pane?.encoding),
				send: (bytes, messages) => connection.write(bytes, false, messages),
				generation: () => connection,
			}
			: {reason: 'peer-gone'};
	}

	const pane = scenes.paneOf(subject.pane)?.pane;
	if (!(pane instanceof ClientPane)) {
		return {reason: 'no-such-pane'};
	}

	const {client} = pane;
	return {
		stream: client.protocol === 'tcp' ? client : undefined,
		...(client.protocol === 'udp' && {datagrams: pane}),
		codec: codecOf(pane.encoding),
		send: async (bytes, messages) => pane.send(bytes, messages),
		generation: () => client.protocol === 'tcp' ? client.track : client.generation,
	};
}

async function carryOut(act: Act, actor: Actor): Promise<Refused> {
	const {stream, datagrams, codec} = actor;
	const noStream: Refusal = {reason: 'udp-has-none'};
	const noBroadcast: Refusal = {reason: 'no-broadcast'};
	return byType<Act, Refused | Promise<Refused>>(act, {
		reset: () => stream ? stream.reset() : noStream,
		'stop-reading': () => stream ? stream.setReading(false) : noStream,
		'read-again': () => stream ? stream.setReading(true) : noStream,
		'allow-broadcast': () => datagrams ? setBroadcast(datagrams, true) : noBroadcast,
		'forbid-broadcast': () => datagrams ? setBroadcast(datagrams, false) : noBroadcast,
		'split-character': async ({bytes}) => sendFramed(bytes, framed => splitInCharacter(framed, codec), true, actor),
		'two-writes': async ({bytes, hasPause}) =>
			sendFramed(bytes, framed => splitInHalf(framed, codec), hasPause, actor),
	});
}

/** Only of a socket that there is: before the first send the settings of the pane are where to ask for it. */
function setBroadcast({client: {state}, options}: ClientPane, isAllowed: boolean): Refused {
	return state.type === 'bound'
		? options.set({name: 'broadcast', value: isAllowed ? 1 : 0})
		: {reason: state.type === 'closed' ? 'not-open' : 'no-socket-yet'};
}

/** Send a message in two parts, its frame included. */
async function sendFramed(
	message: Uint8Array,
	split: (bytes: Uint8Array) => Parts | undefined,
	hasPause: boolean,
	{stream, send, generation}: Actor,
): Promise<Refused> {
	const framing = stream?.framing ?? 'none';
	const framed = frameMessage(message, framing);
	if (!framed) {
		return largerThanFrame(message, framing);
	}

	const parts = split(framed.bytes);
	if (!parts) {
		return {reason: 'nothing-to-split'};
	}

	const [first, second] = parts;
	const {messages} = framed;
	const refusal = await send(first, 0);
	if (refusal) {
		return refusal;
	}

	const before = generation();
	if (hasPause) {
		await wait(pauseBetweenWrites, undefined, {ref: false});
		// Where this thread had no processor all the while, an end of the playground's reads only now.
		await turn();
	}

	return generation() === before ? send(second, messages) : {reason: 'not-open'};
}

/** Two parts of a text, the first of which ends inside its first character of several bytes; undefined without one. */
export function splitInCharacter(bytes: Uint8Array, codec = utf8Codec): Parts | undefined {
	const [index] = [...borders(bytes, readingOf(codec))].find(([, length]) => length > 1) ?? [];
	return index === undefined ? undefined : [bytes.subarray(0, index + 1), bytes.subarray(index + 1)];
}

/** Two halves of a text, cut between characters where it can be; undefined for less than two bytes. */
export function splitInHalf(bytes: Uint8Array, codec = utf8Codec): Parts | undefined {
	if (bytes.length < 2) {
		return undefined;
	}

	const middle = Math.ceil(bytes.length / 2);
	const starts = Array.from(borders(bytes, readingOf(codec)), ([index]) => index)
		.filter(index => index > 0 && !(codec === utf8Codec && isInside(bytes[index])));
	const cut = starts.find(index => index >= middle) ?? starts.at(-1) ?? middle;
	return [bytes.subarray(0, cut), bytes.subarray(cut)];
}

/** Whether a byte of UTF-8 goes on with a character: every one but its first has the bits 10 in front. */
function isInside(byte: number | undefined): boolean {
	return byte !== undefined && (byte & 0xC0) === 0x80;
}
