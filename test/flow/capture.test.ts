import test, {type ExecutionContext} from 'ava';
import {exportFlow, type FlowEvents} from '../../source/flow/drawing/export.ts';
import {lanePorts} from '../../source/flow/drawing/label.ts';
import {drawFlow} from '../../source/flow/drawing/terminal.ts';
import {perfect} from '../../source/link/conditions.ts';
import type {PlaygroundOptions} from '../../source/engine/api/command.ts';
import type {Protocol} from '../../source/log/event.ts';
import {openPlayground, type PlaygroundRoom} from '../helpers/playground-room.ts';
import {isInstalled} from '../helpers/program.ts';
import {skipped} from '../helpers/skipped.ts';
import {
	Capture, captured, host, type Packet,
} from './_capture.ts';
import {textOf, words} from './_scenes.ts';
import {summed, toldByLines, toldByMermaid} from './_told.ts';

type Options = {
	/** The simulated link stands before the wire: the order of what arrives is that of the wire. */
	readonly isArriving?: boolean;
	/** Where the kernel may cut and join what is written. */
	readonly isSummed?: boolean;
	/** What must be on the wire at least, so that a scene that does nothing fails. */
	readonly wanted: readonly string[];
};

/** Compare a capture with the diagram, the text and the Mermaid of a scene: for each client, or for the only one. */
async function compare(
	t: ExecutionContext,
	capture: Capture,
	room: PlaygroundRoom,
	protocol: Protocol,
	server: number,
	{isArriving = false, isSummed = false, wanted}: Options,
): Promise<void> {
	await capture.catchUp();
	const view = room.playground.view({
		type: 'flow', scene: protocol, focus: undefined, rows: 200, end: undefined,
	});
	if (view?.type !== 'flow') {
		throw new Error('No diagram');
	}

	const {lanes, steps} = view;
	const read = async (end?: number): Promise<FlowEvents | undefined> => {
		const answer = await room.playground.execute({type: 'read-events', scene: protocol, ...(end !== undefined && {end})});
		return answer.events;
	};

	const [text, mermaid] = await Promise.all((['text', 'mermaid'] as const).map(async format =>
		Buffer.from((await exportFlow(read, format, words))!.contents).toString()));
	const columns = 13 + 16 + ((lanes.length - 1) * 36) + 1;
	const diagram = drawFlow(view, {words, columns: 200, focus: undefined}).lines.map(line => textOf(line));
	const ways = {
		diagram: toldByLines(diagram, view, 200, isArriving),
		text: toldByLines(text!.split('\n'), {lanes, steps}, columns, isArriving),
		mermaid: toldByMermaid(mermaid!, lanes, isArriving),
	};
	const merge = isSummed ? summed : (told: readonly string[]): readonly string[] => told;
	const clients = lanes.filter(({type}) => type === 'client');
	const isOnly = clients.length === 1;
	const compared = clients.map(client => {
		const port = isOnly ? undefined : client.ports.at(-1);
		const own = new Set([client.id, ...lanes.filter(({peerPort}) => peerPort === port).map(({id}) => id)]);
		return {
			client,
			told: Object.entries(ways).map(([name, told]) => [name, merge(told
				.filter(({lane}) => isOnly || own.has(lane))
				.map(({says, isRight}) => `${isRight ? '>' : '<'}${says}`))] as const),
			expectedOf: (packets: readonly Packet[]): readonly string[] => merge(captured(packets, server, port)),
		};
	});
	const packets = await capture.packets(all =>
		compared.every(({told, expectedOf}) => told.every(([, {length}]) => expectedOf(all).length >= length)));
	for (const {client, told, expectedOf} of compared) {
		const expected = expectedOf(packets);
		for (const [name, its] of told) {
			t.deepEqual(its, expected, `${name} of ${client.id} ${lanePorts(client)}:\n${diagram.join('\n')}`);
		}

		for (const one of wanted) {
			t.true(expected.includes(one), `${one} in ${expected.join(' ')}`);
		}
	}
}

let capture: Capture | undefined;

test.before(async () => {
	capture = isInstalled('tshark') ? await Capture.start() : undefined;
});

test.after.always(async () => {
	await capture?.stop();
});

/** A scene that is captured: its playground, with short ways to do things in it. */
type CapturedScene = {
	readonly room: PlaygroundRoom;
	/** The pane of the n-th client. */
	readonly pane: (place?: number) => number;
	readonly send: (text: string, place?: number) => Promise<unknown>;
	/** Settles when this many bytes were read by the clients, or by the server. */
	readonly heard: (bytes: number, who: 'clients' | 'server') => Promise<unknown>;
};

type SceneOptions = Omit<Options, 'wanted'> & {
	readonly protocol: Protocol;
	readonly options?: Partial<PlaygroundOptions>;
	readonly wanted: readonly string[];
	readonly run: (scene: CapturedScene) => Promise<void>;
};

/** What happens in a scene is on the wire, and in the diagram, in the same order. */
function scene(title: string, {protocol, options, run, ...comparing}: SceneOptions): void {
	test(`the diagram, the text and the Mermaid have the order of the wire: ${title}`, async t => {
		if (!capture) {
			skipped(t, 'tshark cannot capture here');
			return;
		}

		const room = await openPlayground(t, protocol, {host, clients: 1, ...options});
		const {port} = room.address(protocol);
		const {clients = 1} = options ?? {};
		if (protocol === 'tcp') {
			await room.happenedTimes('connection-opened', clients);
			await room.happenedTimes('connection-accepted', clients);
		}

		const serverPane = room.server(protocol).pane;
		await run({
			room,
			pane: (place = 0) => room.client(protocol, place).pane,
			send: async (text, place = 0) => room.send(room.client(protocol, place).pane, text),
			heard: async (bytes, who) => room.until(() => {
				const read = [...room.all('chunk-received'), ...room.all('datagram-received')]
					.filter(({pane}) => (pane === serverPane) === (who === 'server'))
					.reduce((sum, {length}) => sum + length, 0);
				return read >= bytes;
			}, `${bytes} bytes at the ${who}`),
		});
		await compare(t, capture, room, protocol, port, comparing);
	});
}

/** How a connection begins. */
const handshake = ['>SYN', '<SYN+ACK', '>ACK'];

scene('a request and its answer', {
	protocol: 'tcp',
	wanted: [...handshake, '>5', '<5'],
	async run({send, heard}) {
		await send('hello');
		await heard(5, 'clients');
	},
});

scene('closed after the reply, and then by the client', {
	protocol: 'tcp',
	options: {closeAfterReply: true},
	wanted: [...handshake, '>5', '<5', '<FIN', '>FIN'],
	async run({room, send, pane}) {
		await send('hello');
		await room.happened('fin-received');
		await room.playground.execute({type: 'close-client', pane: pane()});
	},
});

scene('the client closes first', {
	protocol: 'tcp',
	wanted: ['>FIN', '<FIN'],
	async run({room, send, heard, pane}) {
		await send('hello');
		await heard(5, 'clients');
		await room.playground.execute({type: 'close-client', pane: pane()});
		await room.happenedTimes('socket-closed', 2);
	},
});

scene('the server closes first', {
	protocol: 'tcp',
	wanted: ['<FIN', '>FIN'],
	async run({room, send, heard, pane}) {
		await send('hello');
		await heard(5, 'clients');
		await room.playground.execute({type: 'close-connection', connection: 1});
		await room.happened('fin-received');
		await room.playground.execute({type: 'close-client', pane: pane()});
	},
});

scene('a half-closed connection, which is answered', {
	protocol: 'tcp',
	options: {reply: 'manual'},
	wanted: ['>5', '>FIN', '<7', '<FIN'],
	async run({room, send, heard, pane}) {
		await send('hello');
		await room.playground.execute({type: 'half-close-client', pane: pane()});
		await room.happened('fin-received');
		await room.playground.execute({
			type: 'send-from-server', protocol: 'tcp', target: 1, bytes: Buffer.from('goodbye'),
		});
		await heard(7, 'clients');
		await room.playground.execute({type: 'half-close-connection', connection: 1});
		await room.happenedTimes('fin-received', 2);
	},
});

scene('a reset by the client', {
	protocol: 'tcp',
	wanted: ['>5', '<5', '>RST'],
	async run({room, send, heard, pane}) {
		await send('hello');
		await heard(5, 'clients');
		await room.playground.execute({type: 'act', on: {type: 'client', pane: pane()}, act: {type: 'reset'}});
		await room.happened('reset-received');
	},
});

scene('a reset by the server', {
	protocol: 'tcp',
	wanted: ['<RST'],
	async run({room}) {
		await room.playground.execute({type: 'act', on: {type: 'connection', connection: 1}, act: {type: 'reset'}});
		await room.happened('reset-received');
	},
});

scene('both ends reset at once, of which the second sends nothing', {
	protocol: 'tcp',
	wanted: ['>RST'],
	async run({room, pane}) {
		await Promise.all(([{type: 'client', pane: pane()}, {type: 'connection', connection: 1}] as const).map(async on =>
			room.playground.execute({type: 'act', on, act: {type: 'reset'}})));
		const sent = room.all('reset-sent').length;
		if (sent !== 1) {
			throw new Error(`${sent} ends say that they have sent a RST`);
		}
	},
});

for (const isHeard of [true, false]) {
	scene(`a half-close by an end that does not read, behind a FIN that it has ${isHeard ? '' : 'not '}read`, {
		protocol: 'tcp',
		wanted: ['<FIN', '>FIN'],
		async run({room, pane}) {
			const stop = {type: 'act', on: {type: 'client', pane: pane()}, act: {type: 'stop-reading'}} as const;
			if (!isHeard) {
				await room.playground.execute(stop);
			}

			await room.playground.execute({type: 'close-connection', connection: 1});
			if (isHeard) {
				await room.happened('fin-received');
				await room.playground.execute(stop);
			}

			await room.playground.execute({type: 'half-close-client', pane: pane()});
			await room.happenedTimes('socket-closed', 2);
		},
	});
}

scene('a reset behind both FINs, which sends nothing', {
	protocol: 'tcp',
	wanted: ['>FIN', '<FIN'],
	async run({room, pane}) {
		await Promise.all([
			room.playground.execute({type: 'half-close-connection', connection: 1}),
			room.playground.execute({type: 'close-client', pane: pane()}),
			room.playground.execute({type: 'act', on: {type: 'connection', connection: 1}, act: {type: 'reset'}}),
		]);
		await room.happenedTimes('socket-closed', 2);
	},
});

scene('both ends close at once', {
	protocol: 'tcp',
	wanted: ['>FIN', '<FIN'],
	async run({room, pane}) {
		await Promise.all([
			room.playground.execute({type: 'close-client', pane: pane()}),
			room.playground.execute({type: 'stop-server', protocol: 'tcp'}),
		]);
	},
});

scene('bytes for a socket that is closed, which the kernel answers', {
	protocol: 'tcp',
	options: {reply: 'manual'},
	wanted: ['>FIN', '<4', '>RST'],
	async run({room, pane}) {
		await room.playground.execute({type: 'close-client', pane: pane()});
		await room.happened('fin-received');
		await room.playground.execute({
			type: 'send-from-server', protocol: 'tcp', target: 1, bytes: Buffer.from('late'),
		});
	},
});

scene('a close with much that is unread', {
	protocol: 'tcp',
	options: {reply: 'echo'},
	isSummed: true,
	wanted: ['>RST'],
	async run({room, send, heard, pane}) {
		await room.playground.execute({type: 'act', on: {type: 'client', pane: pane()}, act: {type: 'stop-reading'}});
		// More than Node reads ahead.
		for (let number = 0; number < 3; number++) {
			await send(String(number).repeat(40_000));
			await heard(40_000 * (number + 1), 'server');
		}

		await room.playground.execute({type: 'close-client', pane: pane()});
		await room.happened('reset-received');
	},
});

scene('a refused connect()', {
	protocol: 'tcp',
	wanted: ['>SYN', '<RST'],
	async run({room, pane}) {
		await room.playground.execute({type: 'stop-server', protocol: 'tcp'});
		await room.happened('fin-received');
		await room.playground.execute({type: 'close-client', pane: pane()});
		await room.playground.execute({type: 'reopen-client', pane: pane()});
		await room.happened('connect-failed');
	},
});

scene('a server that stops, with several clients', {
	protocol: 'tcp',
	options: {clients: 3},
	wanted: [...handshake, '<FIN'],
	async run({room, send, heard}) {
		await Promise.all([send('one', 0), send('three', 2)]);
		await heard(8, 'clients');
		await room.playground.execute({type: 'stop-server', protocol: 'tcp'});
		await room.happenedTimes('fin-received', 3);
	},
});

scene('several clients at once', {
	protocol: 'tcp',
	options: {clients: 3},
	wanted: [...handshake],
	async run({send, heard}) {
		await Promise.all([0, 1, 2, 0, 1, 2].map(async (place, index) => send('m'.repeat(index + 1), place)));
		await heard(21, 'clients');
	},
});

scene('pipelined requests', {
	protocol: 'tcp',
	wanted: ['>1', '>2', '>3'],
	async run({send, heard}) {
		await Promise.all([send('a'), send('bb'), send('ccc')]);
		await heard(6, 'clients');
	},
});

scene('datagrams that are sent at once', {
	protocol: 'udp',
	wanted: ['>1', '>2', '>3', '<1', '<2', '<3'],
	async run({send, heard}) {
		await Promise.all([send('a'), send('bb'), send('ccc')]);
		await heard(6, 'clients');
	},
});

scene('several UDP clients', {
	protocol: 'udp',
	options: {clients: 3},
	wanted: [],
	async run({send, heard}) {
		await Promise.all([0, 1, 2, 0, 1, 2].map(async (place, index) => send('m'.repeat(index + 1), place)));
		await heard(21, 'clients');
	},
});

scene('datagrams to a server that has stopped', {
	protocol: 'udp',
	wanted: ['>5', '<ICMP 3.3'],
	async run({room, send, heard}) {
		await send('hello');
		await heard(5, 'clients');
		await room.playground.execute({type: 'stop-server', protocol: 'udp'});
		await room.happened('socket-closed');
		await send('you?');
		await room.happenedTimes('datagram-sent', 3);
	},
});

for (const protocol of ['udp', 'tcp'] as const) {
	scene(`a link that delays, over ${protocol}`, {
		protocol,
		options: {link: {...perfect, delay: 60}},
		isArriving: true,
		isSummed: true,
		wanted: ['>5', '<5'],
		async run({send, heard}) {
			await send('hello');
			await heard(5, 'clients');
			await send('again!');
			await heard(11, 'clients');
		},
	});
}

const delaying = {
	protocol: 'tcp', options: {link: {...perfect, delay: 60}}, isArriving: true, isSummed: true,
} as const;

scene('a link that delays, the client closes first', {
	...delaying,
	wanted: ['>5', '>FIN', '<5', '<FIN'],
	async run({room, send, pane}) {
		await send('hello');
		await room.playground.execute({type: 'half-close-client', pane: pane()});
		await room.happenedTimes('fin-received', 2);
		await room.happenedTimes('socket-closed', 2);
	},
});

scene('a link that delays, the server closes after its reply', {
	...delaying,
	options: {...delaying.options, closeAfterReply: true},
	wanted: ['>5', '<5', '<FIN', '>FIN'],
	async run({room, send, pane}) {
		await send('hello');
		await room.happened('fin-received');
		await room.playground.execute({type: 'close-client', pane: pane()});
		await room.happenedTimes('socket-closed', 2);
	},
});

scene('a link that delays, and a reset while data is on it', {
	...delaying,
	wanted: ['>5', '<5', '>RST'],
	async run({room, send, heard, pane}) {
		await send('hello');
		await heard(5, 'clients');
		await send('never arrives');
		await room.playground.execute({type: 'act', on: {type: 'client', pane: pane()}, act: {type: 'reset'}});
		await room.happenedTimes('socket-closed', 2);
	},
});
