/* Packets on the wire, as tshark captures them. */
import {type ChildProcessWithoutNullStreams, spawn} from 'node:child_process';
import {createSocket, type Socket} from 'node:dgram';
import {once} from 'node:events';
import {setTimeout as wait} from 'node:timers/promises';
import {comesTrue, inTime} from '../helpers/in-time.ts';

/** A loopback address of this test's own: what others send on `lo` at the same time is not captured. */
export const host = `127.77.${(process.pid >> 8) & 255}.${process.pid & 255}`;

const fields = [
	'tcp.srcport', 'tcp.dstport', 'tcp.flags', 'tcp.len', 'udp.srcport', 'udp.dstport', 'udp.length', 'icmp.type', 'icmp.code',
];

/** One packet that was captured: its fields as numbers, NaN for those that it does not have. */
export type Packet = Readonly<Record<'source' | 'target' | 'flags' | 'length' | 'udpSource' | 'udpTarget' | 'udpLength' | 'icmpType' | 'icmpCode', number>>;

const [fin, syn, rst, ack] = [0x01, 0x02, 0x04, 0x10];

/** The port that no socket has, which what marks the beginning and the end of a capture is sent to. */
const markPort = 9;

/** A tshark that captures all packets of this test's address, for all scenes of this file. */
export class Capture {
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
		const isReady = await inTime(capture.#until(false), () => `tshark to see a probe: ${capture.#errors}`);
		if (isReady) {
			return capture;
		}

		await capture.stop();
		return undefined;
	}

	/**
	Settles when all packets up to now are seen: the kernel answers a mark with an ICMP message, and has delivered and
	answered by then what was sent before the mark.
	*/
	async catchUp(): Promise<void> {
		await inTime(this.#until(true), () => `tshark to see what marks the end: ${this.#errors}`);
	}

	/** All packets up to now, and what was sent on another core and comes behind a mark. */
	async packets(isEnough: (packets: readonly Packet[]) => boolean): Promise<readonly Packet[]> {
		await comesTrue(() => isEnough(this.#packets), 60_000);
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

	/** Send marks of a length of their own until one, or its answer, is seen. @returns whether tshark still runs */
	async #until(isAnswered: boolean): Promise<boolean> {
		const length = 1000 + ++this.#marks;
		const isSeen = (): boolean => this.#packets.some(({udpLength, icmpType}) =>
			udpLength === length + 8 && Number.isNaN(icmpType) !== isAnswered);
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
export function captured(packets: readonly Packet[], server: number, client?: number): string[] {
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
