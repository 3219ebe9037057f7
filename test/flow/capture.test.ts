import {type ChildProcessWithoutNullStreams, spawn} from 'node:child_process';
import {createSocket, type Socket} from 'node:dgram';
import {once} from 'node:events';
import {setTimeout as wait} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {exportFlow, type FlowEvents} from '../../source/flow/drawing/export.ts';
import {lanePorts} from '../../source/flow/drawing/label.ts';
import {layoutFlow} from '../../source/flow/drawing/columns.ts';
import type {Flow, FlowLane} from '../../source/flow/step.ts';
import {drawFlow} from '../../source/flow/drawing/terminal.ts';
import {perfect} from '../../source/link/conditions.ts';
import type {PlaygroundOptions} from '../../source/engine/api/command.ts';
import type {Protocol} from '../../source/log/event.ts';
import {inTime} from '../helpers/in-time.ts';
import {openPlayground, type PlaygroundRoom} from '../helpers/playground-room.ts';
import {isInstalled} from '../helpers/program.ts';
import {skipped} from '../helpers/skipped.ts';
import {textOf, words} from './_scenes.ts';

/** A loopback address of this test's own: what others send on `lo` at the same time is not captured. */
const host = `127.77.${(process.pid >> 8) & 255}.${process.pid & 255}`;

const fields = [
	'tcp.srcport', 'tcp.dstport', 'tcp.flags', 'tcp.len', 'udp.srcport', 'udp.dstport', 'udp.length', 'icmp.type', 'icmp.code',
];

/** One packet that was captured: its fields as numbers, NaN for those that it does not have. */
type Packet = Readonly<Record<'source' | 'target' | 'flags' | 'length' | 'udpSource' | 'udpTarget' | 'udpLength' | 'icmpType' | 'icmpCode', number>>;

const [fin, syn, rst, ack] = [0x01, 0x02, 0x04, 0x10];

/** The port that no socket has, which what marks the beginning and the end of a capture is sent to. */
const markPort = 9;

/** A tshark that captures all packets of this test's address, for all scenes of this file. */
class Capture {
	readonly #child: ChildProcessWithoutNullStreams;
	readonly #marker: Socket;
	readonly #packets: Packet[] = [];
	readonly #looks = new Set<() => void>();
	#rest = '';
	#errors = '';
	#marks = 0;

	private constructor(child: ChildProcessWithoutNullStreams, marker: Socket) {
		this.#child = child;
		this.#marker = marker;
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			const lines = (this.#rest + text).split('\n');
			this.#rest = lines.pop() ?? '';
			this.#packets.push(...lines.map(line => packetOf(line)));
			this.#look();
		});
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			this.#errors += text;
		});
		child.on('close', () => {
			this.#look();
		});
	}

	/** Start it; settles when it sees what is sent. Undefined where it may not capture. */
	static async start(): Promise<Capture | undefined> {
		const child = spawn('tshark', [
			'-i',
			'lo',
			'-l',
			'-n',
			'-Q',
			'-f',
			`host ${host}`,
			'-T',
			'fields',
			'-E',
			'occurrence=f',
			'-E',
			'separator=,',
			...fields.flatMap(field => ['-e', field]),
		]);
		await Promise.race([once(child, 'spawn'), once(child, 'error')]);
		const capture = new Capture(child, createSocket('udp4'));
		const isReady = await inTime(capture.#until(), () => `tshark to see a probe: ${capture.#errors}`);
		if (isReady) {
			return capture;
		}

		await capture.stop();
		return undefined;
	}

	/** All packets up to now: what is sent behind them has been seen. */
	async packets(): Promise<readonly Packet[]> {
		await inTime(this.#until(), () => `tshark to see what marks the end: ${this.#errors}`);
		return this.#packets;
	}

	async stop(): Promise<void> {
		this.#marker.close();
		if (this.#child.exitCode === null && this.#child.signalCode === null) {
			const closed = once(this.#child, 'close');
			this.#child.kill();
			await closed;
		}
	}

	/** Send marks of a length of their own until one is seen. @returns whether tshark still runs */
	async #until(): Promise<boolean> {
		const length = 1000 + ++this.#marks;
		const isSeen = (): boolean =>
			this.#packets.some(({udpLength, icmpType}) => udpLength === length + 8 && Number.isNaN(icmpType));
		const isOver = (): boolean => this.#child.exitCode !== null;
		while (!isSeen() && !isOver()) {
			this.#marker.send(Buffer.alloc(length), markPort, host);
			const {promise, resolve} = Promise.withResolvers<void>();
			this.#looks.add(resolve);

			// Each packet is an event; that tshark has begun to capture is none: it may have missed the mark.
			await Promise.race([promise, wait(50)]);
		}

		return isSeen();
	}

	#look(): void {
		for (const look of this.#looks) {
			look();
		}

		this.#looks.clear();
	}
}

function packetOf(line: string): Packet {
	const at = line.split(',').map(text => text === '' ? Number.NaN : Number(text));
	const field = (index: number): number => at[index] ?? Number.NaN;
	return {
		source: field(0),
		target: field(1),
		flags: field(2),
		length: field(3),
		udpSource: field(4),
		udpTarget: field(5),
		udpLength: field(6),
		icmpType: field(7),
		icmpCode: field(8),
	};
}

/**
What was on the wire between a server's port and a client's, or all clients': `>SYN`, `<SYN+ACK`, `>ACK`, `>5`, `<FIN`;
ACKs of data are left out.
*/
function captured(packets: readonly Packet[], server: number, client?: number): string[] {
	const told: string[] = [];
	/** Clients' ports whose handshake's ACK is still to come. */
	const opening = new Set<number>();
	for (const {source, target, flags, length, udpSource, udpTarget, udpLength, icmpType, icmpCode} of packets) {
		const [from, to] = Number.isNaN(flags) ? [udpSource, udpTarget] : [source, target];
		const isRequest = to === server;
		const other = isRequest ? from : to;
		if ((from !== server && to !== server) || (client !== undefined && other !== client)) {
			continue;
		}

		const way = isRequest ? '>' : '<';
		if (!Number.isNaN(icmpType)) {
			// It quotes the datagram, so that its way is the other one.
			told.push(`<ICMP ${icmpType}.${icmpCode}`);
		} else if (Number.isNaN(flags)) {
			told.push(`${way}${udpLength - 8}`);
		} else if ((flags & syn) !== 0) {
			told.push((flags & ack) === 0 ? `${way}SYN` : `${way}SYN+ACK`);
			opening.add(other);
		} else if ((flags & rst) === 0) {
			if (opening.delete(other)) {
				told.push(`${way}ACK`);
			}

			told.push(...(length > 0 ? [`${way}${length}`] : []), ...((flags & fin) === 0 ? [] : [`${way}FIN`]));
		} else {
			told.push(`${way}RST`);
		}
	}

	return told;
}

/** What a row or a statement says that was on the wire, without its way. */
function saysOf(label: string): string | undefined {
	if (/E[A-Z]+$|by the link|never left/.test(label) && !/RST|ICMP/.test(label)) {
		return undefined;
	}

	if (label.includes('ICMP')) {
		return 'ICMP 3.3';
	}

	return /(?<![A-Z+])(?:SYN\+ACK|SYN|ACK|FIN|RST)(?![A-Z+])/.exec(label)?.[0]
		?? /([\d,]+) B/.exec(label)?.[1]?.replaceAll(',', '');
}

/** A packet as a diagram tells of it, and the lane that it came from. */
type Told = {readonly lane: string; readonly says: string; readonly isRight: boolean};

/** What lines of a diagram tell, in their order. @param isArriving - where it arrived, rather than where it was sent */
function toldByLines(lines: readonly string[], flow: Pick<Flow, 'steps' | 'lanes'>, columns: number, isArriving: boolean): Told[] {
	const {placed} = layoutFlow(flow.lanes, flow.steps, undefined, columns);
	const headOf = (line: string): string | undefined =>
		placed.find(({column}) => line[column - 1] === '►' || line[column + 1] === '◄')?.lane.id;
	return lines.flatMap((line, index) => {
		const says = saysOf(line.slice(13).replaceAll(/[─┼│╌]/g, ' ').replace(/ K *$/, '').trim());
		const [mark] = /[①-⑳]/.exec(line) ?? [];
		const head = headOf(line);
		const tail = placed.find(({column}) =>
			(line[column] === '├' && /[─╌]/.test(line[column + 1] ?? '')) || (line[column] === '┤' && /[─╌ ]/.test(line[column - 1] ?? '')));
		if (says === undefined || line.includes('accept()')) {
			return [];
		}

		if (mark && head !== undefined) {
			return isArriving ? [{lane: head, says, isRight: !line.includes('◄')}] : [];
		}

		if (!tail || (mark && isArriving)) {
			return [];
		}

		// Of what the server's own socket sends, the client is where it arrives.
		const isServer = tail.lane.id === 'server';
		const arrival = mark ? lines.slice(index + 1).find(later => later.includes(mark)) : line;
		const lane = isServer ? headOf(arrival ?? '') ?? 'server' : tail.lane.id;
		return [{lane, says, isRight: line[tail.column] === '├'}];
	});
}

/** What a Mermaid text tells, in its order. */
function toldByMermaid(text: string, lanes: readonly FlowLane[], isArriving: boolean): Told[] {
	const plain = text.replaceAll(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
	const order = lanes.map(({id}) => id);
	return plain.split('\n').flatMap(line => {
		const [, from, arrow, to, label = ''] = /^\tL(\d+)(-\)|->>|-x|-->)L(\d+): (.*)$/.exec(line) ?? [];
		const [, over, note = ''] = /^\tNote over L(\d+): [①-⑳] (.*)$/.exec(line) ?? [];
		const says = saysOf((over ? note : label).replace(/ K$/, ''));
		if (says === undefined || label.includes('accept()')) {
			return [];
		}

		if (over) {
			const lane = order[Number(over) - 1]!;
			return isArriving ? [{lane, says, isRight: !lane.startsWith('client')}] : [];
		}

		if (isArriving && arrow === '-)') {
			return [];
		}

		const [tail, head] = [order[Number(from) - 1]!, order[Number(to) - 1]!];
		return [{lane: tail === 'server' ? head : tail, says, isRight: order.indexOf(tail) < order.indexOf(head)}];
	});
}

/** Neighbours of the same way are told as one sum: the kernel may join or cut segments, as TCP allows. */
function summed(told: readonly string[]): string[] {
	const sums: string[] = [];
	for (const one of told) {
		const last = sums.at(-1);
		if (last && last.startsWith(one[0] ?? '') && /^\d+$/.test(last.slice(1)) && /^\d+$/.test(one.slice(1))) {
			sums[sums.length - 1] = `${one[0]}${Number(last.slice(1)) + Number(one.slice(1))}`;
		} else {
			sums.push(one);
		}
	}

	return sums;
}

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
	const packets = await capture.packets();
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
	const clients = lanes.filter(({type}) => type === 'client');
	const merge = isSummed ? summed : (told: readonly string[]): readonly string[] => told;
	for (const client of clients) {
		const isOnly = clients.length === 1;
		const port = isOnly ? undefined : client.ports.at(-1);
		const own = new Set([client.id, ...lanes.filter(({peerPort}) => peerPort === port).map(({id}) => id)]);
		const expected = merge(captured(packets, server, port));
		for (const [name, told] of Object.entries(ways)) {
			const its = told
				.filter(({lane}) => isOnly || own.has(lane))
				.map(({says, isRight}) => `${isRight ? '>' : '<'}${says}`);
			t.deepEqual(merge(its), expected, `${name} of ${client.id} ${lanePorts(client)}:\n${diagram.join('\n')}`);
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
