/* Real sockets that do what they are told, a subscriber that keeps everything, and the views of a log. */
import {setImmediate as turn, setTimeout as wait} from 'node:timers/promises';
import fc from 'fast-check';
import type {Act} from '../../source/engine/api/command.ts';
import type {LogEntry} from '../../source/log/amendment.ts';
import type {
	Protocol, Address, PaneId, SocketEvent, Tally,
} from '../../source/log/event.ts';
import {EventLog} from '../../source/log/event-log.ts';
import type {PaneIndex} from '../../source/log/storage/pane-index.ts';
import {executeAct} from '../../source/engine/scene/execute/execute-act.ts';
import type {FlowScene} from '../../source/flow/step.ts';
import {projectFlow} from '../../source/flow/projection/project.ts';
import {type RowsKind, projectRows} from '../../source/views/rows.ts';
import type {Scene} from '../../source/engine/scene/scene.ts';
import {Scenes} from '../../source/engine/scene/scenes.ts';
import {isLoopback} from '../../source/text/address.ts';
import {type LinkConditions, perfect} from '../../source/link/conditions.ts';
import {defaultLimits} from '../../source/sockets/limits.ts';
import type {TcpClient} from '../../source/sockets/tcp/tcp-client.ts';
import type {UdpClient} from '../../source/sockets/udp/udp-client.ts';
import type {UdpServer} from '../../source/sockets/udp/udp-server.ts';
import {loopbackHost} from '../helpers/loopback.ts';
import {playgroundOptions} from '../helpers/playground-options.ts';
import type {Replay} from './_replay.ts';

/** Links that lose, double, reorder, delay, corrupt and cut, for UDP and TCP. */
const links: readonly LinkConditions[] = [
	perfect,
	{
		...perfect, loss: 0.2, duplication: 0.4, corruption: 0.3, delay: 3, jitter: 1,
	},
	{
		...perfect, reordering: 0.3, duplication: 0.2, delay: 1, jitter: 0.5,
	},
	{
		...perfect, rate: 200_000, queue: 2000, slice: 700, pause: 1,
	},
	{...perfect, delay: 4, slice: 100},
];

/** None, lines, and a length that is often larger than what is there. */
const framings = ['none', 'line', 'u8'] as const;

const rules = ['echo', 'uppercase', 'chat', 'discard'] as const;

/** One thing that is done, or time that passes; `which` picks among what there is. */
type Step = Command | {readonly type: 'turn' | 'rest'};

type Command
	= | {readonly type: 'send'; readonly which: number; readonly length: number; readonly times: number}
		| {
			readonly type:
				| 'open'
				| 'remove'
				| 'close'
				| 'reopen'
				| 'half-close'
				| 'reset'
				| 'stop-reading'
				| 'read-again'
				| 'two-writes'
				| 'framing'
				| 'flood';
			readonly which: number;
		}
		| {
			readonly type:
				| 'close-connection'
				| 'half-close-connection'
				| 'reset-connection'
				| 'say'
				| 'rule'
				| 'server-framing'
				| 'link'
				| 'destination';
			readonly which: number;
		}
		| {readonly type: 'stop-server' | 'open-server' | 'lose-next'};

const which = fc.nat(20);
const onClient = fc.constantFrom(...[
	'open', 'remove', 'close', 'reopen', 'reopen', 'half-close', 'reset', 'stop-reading', 'read-again', 'two-writes', 'framing',
] as const);
const onServer = fc.constantFrom(...[
	'close-connection', 'half-close-connection', 'reset-connection', 'say', 'rule', 'server-framing', 'destination', 'link', 'link',
] as const);

export const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.record({
			type: fc.constant('send' as const),
			which,
			length: fc.constantFrom(0, 1, 10, 300, 3000),
			times: fc.constantFrom(1, 1, 2, 8),
		}),
	},
	{weight: 1, arbitrary: fc.record({type: fc.constant('flood' as const), which})},
	{weight: 3, arbitrary: fc.record({type: onClient, which})},
	{weight: 3, arbitrary: fc.record({type: onServer, which})},
	{
		weight: 1,
		arbitrary: fc.record({
			type: fc.constantFrom(...(['stop-server', 'open-server', 'open-server', 'lose-next'] as const)),
		}),
	},
	{weight: 4, arbitrary: fc.record({type: fc.constantFrom(...(['turn', 'turn', 'rest'] as const))})},
);

/**
What random runs seldom do: a full receive buffer drops datagrams, which is found when a later one is read, and the
system refuses two at the end of a link that delays.
*/
export const rare: readonly Step[] = [
	{type: 'flood', which: 0},
	{type: 'rest'},
	{
		type: 'send', which: 0, length: 10, times: 1,
	},
	{type: 'rest'},
	{type: 'link', which: 9},
	{type: 'destination', which: 0},
	{
		type: 'send', which: 0, length: 10, times: 2,
	},
	{type: 'rest'},
	{type: 'rest'},
];

type Bounds = {readonly events: number; readonly bytes: number};

export function emptyLog({events, bytes}: Bounds): EventLog {
	return new EventLog({
		events, bytes, clock: () => performance.now(), isOwnHost: isLoopback,
	});
}

/** A scene with a server and two clients, whose log is followed from its first event. */
export class LogWorld {
	readonly log: EventLog;
	readonly entries: LogEntry[] = [];
	readonly scene: Scene;
	/** What the events of every pane that there was add up to. */
	readonly indexes = new Map<PaneId, PaneIndex>();
	readonly #scenes: Scenes;
	readonly #pending: Array<Promise<unknown>> = [];
	#texts = 0;

	constructor(protocol: Protocol, bounds: Bounds) {
		this.log = emptyLog(bounds);
		this.log.subscribe({
			payload: 'whole',
			onEntry: entry => {
				// Plain data, with bytes of its own.
				this.entries.push(structuredClone(entry));
			},
		});
		this.#scenes = new Scenes({
			playground: {...playgroundOptions, host: loopbackHost(), clients: 2},
			limits: {...defaultLimits, clients: 4, waitingBytes: 20_000},
			log: this.log,
			onChange: () => undefined,
		});
		this.scene = this.#scenes.of(protocol);
	}

	async open(): Promise<void> {
		await this.scene.open();
		this.#meet();
	}

	/** Do this, without waiting for what comes of it. */
	async take(one: Step): Promise<void> {
		if (one.type === 'turn') {
			await turn();
		} else if (one.type === 'rest') {
			await wait(8);
		} else {
			this.#pending.push(this.#take(one as Command));
		}

		this.#meet();
	}

	/**
	Settles when all that was begun is done, or cannot be done as long as a peer does not read. @returns whether all is
	done
	*/
	async settle(): Promise<boolean> {
		const stuck = new AbortController();
		const isDone = await Promise.race([
			Promise.all(this.#pending).then(() => true),
			wait(200, false, {signal: stuck.signal}).catch(() => false),
		]);
		stuck.abort();
		return isDone;
	}

	/** Close everything, even with bytes queued for a peer that does not read. */
	async close(): Promise<void> {
		for (const {client} of this.scene.clients) {
			if (client.protocol === 'tcp' && client.state.type === 'connected') {
				client.reset();
			}
		}

		await this.scene.close();
		await Promise.all(this.#pending);
		await turn();
	}

	async #take(one: Command): Promise<unknown> {
		const {scene} = this;
		const {clients} = scene;
		const client = 'which' in one ? clients[one.which % Math.max(1, clients.length)] : undefined;
		const {server} = scene.server!;
		const number
			= 'which' in one ? [...server.peers.keys()][one.which % Math.max(1, server.peers.size)] : undefined;
		const connection = server.protocol === 'tcp' && number !== undefined ? server.peers.get(number) : undefined;
		switch (one.type) {
			case 'send': {
				for (let count = 0; count < one.times; count++) {
					const bytes = new Uint8Array(one.length).fill(97 + (this.#texts++ % 26));
					await client?.send(bytes);
				}

				return;
			}

			case 'flood': {
				// More than a receive buffer holds: some are dropped.
				for (let count = 0; count < 60 && scene.protocol === 'udp'; count++) {
					void client?.send(new Uint8Array(6000).fill(97 + (this.#texts++ % 26)));
				}

				return;
			}

			case 'framing': {
				return client?.setFraming(framings[one.which % 3]!);
			}

			case 'server-framing': {
				return scene.server?.setFraming(framings[one.which % 3]!);
			}

			case 'open': {
				return scene.openClient();
			}

			case 'remove': {
				return client && scene.removeClient(client);
			}

			case 'close': {
				return client?.close();
			}

			case 'reopen': {
				return client?.open();
			}

			case 'half-close': {
				return client?.client.protocol === 'tcp' ? client.client.halfClose() : undefined;
			}

			case 'reset':
			case 'stop-reading':
			case 'read-again': {
				return client && this.#act(client.pane, {type: one.type});
			}

			case 'two-writes': {
				return (
					client && this.#act(client.pane, {type: 'two-writes', bytes: Buffer.from('two'), hasPause: false})
				);
			}

			case 'close-connection': {
				connection?.close();
				return;
			}

			case 'half-close-connection': {
				connection?.halfClose();
				return;
			}

			case 'reset-connection': {
				connection?.reset();
				return;
			}

			case 'say': {
				return scene.server!.send(one.which % 2 === 0 ? 'all' : number, Buffer.from(`news ${one.which}`));
			}

			case 'rule': {
				scene.server!.setRule(rules[one.which % rules.length]!);
				return;
			}

			case 'link': {
				scene.setLink(
					(['both', 'to-server', 'to-clients'] as const)[one.which % 3]!,
					links[one.which % links.length]!,
				);
				return;
			}

			case 'destination': {
				// The system refuses to send to the broadcast address.
				client?.setDestination(one.which % 2 === 0 ? {host: '255.255.255.255', port: 9} : scene.server!.configured);
				return;
			}

			case 'stop-server': {
				return server.close();
			}

			case 'open-server': {
				return server.open(scene.server!.configured);
			}

			case 'lose-next': {
				return scene.loseNext('to-server');
			}

			default: {
				return one satisfies never;
			}
		}
	}

	async #act(pane: PaneId, act: Act): Promise<unknown> {
		return executeAct({
			type: 'act', scene: this.scene.protocol, on: {type: 'client', pane}, act,
		}, this.#scenes);
	}

	#meet(): void {
		const {server, clients} = this.scene;
		for (const {pane, index} of [server!, ...clients]) {
			this.indexes.set(pane, index);
		}
	}
}

/** The newest events, as the log tells them now. */
export function newestOf(log: EventLog): readonly SocketEvent[] {
	const count = Math.min(log.next - log.first, 100);
	return Array.from({length: count}, (_, index) => log.read(log.next - 1 - index));
}

/** All that a log can be asked for, and what its events add up to. */
export function viewsOf(
	log: EventLog,
	indexes: ReadonlyMap<PaneId, PaneIndex>,
	now: number,
	scene: FlowScene,
): Record<string, unknown> {
	const events = Array.from({length: log.next - log.first}, (_, index) => log.read(log.first + index));
	return {
		bounds: {first: log.first, next: log.next},
		events,
		streams: events.map(({sequence, type}) => {
			const other = type === 'chunk-sent' || type === 'chunk-received' ? log.otherEndOf(sequence) : undefined;
			return (
				other && {
					isOver: other.isOver,
					pieces: Array.from({length: other.length}, (_, index) => other.at(index)),
				}
			);
		}),
		panes: [...indexes].map(([pane, index]) => ({
			pane,
			total: index.total,
			received: index.received,
			sent: index.sent,
			rates: index.rates.read(now),
			roundTrips: [
				index.roundTrips.count,
				index.roundTrips.last,
				...[0, 50, 90, 100].map(share => index.roundTrips.percentile(share)),
			],
			views: (['messages', 'calls', 'bytes'] as const).map(kind =>
				rowsOf(log, index, pane, kind, pane === scene.server?.pane)),
		})),
		flow: projectFlow(events.toReversed(), scene, 1000, 100_000),
	};
}

function rowsOf(log: EventLog, index: PaneIndex, pane: PaneId, kind: RowsKind, isServer: boolean): unknown {
	const list = {first: index.firstSince(log.first), total: index.total, at: (ordinal: number) => index.at(ordinal)};
	return projectRows(log, list, {
		type: 'rows', pane, kind, rows: 100_000, end: undefined, maxBytes: 2000,
	}, isServer);
}

/** Who is who in a scene now, for its flow diagram. */
export function flowSceneOf({protocol, server, clients}: Scene): FlowScene {
	return {
		protocol,
		server: {pane: server!.pane, local: server!.server.lastLocal},
		clients: clients.map(({pane, number, state}) => ({
			pane,
			number,
			local: 'local' in state ? state.local : undefined,
		})),
	};
}

type SocketFacts = {
	readonly pane: PaneId;
	readonly socket: number;
	readonly local: Address;
	readonly peer: Address | undefined;
	readonly received: Tally;
	readonly sent: Tally;
};

/** The open sockets that carry data, as the sockets themselves say. */
export function liveSockets({server, clients}: Scene): SocketFacts[] {
	const {server: socket, pane} = server!;
	const own: SocketFacts[] = socket.protocol === 'udp'
		? openSocket(pane, socket)
		: [...socket.peers.values()].map(({number, local, peer, received, sent}) => ({
			pane, socket: number, local, peer, received, sent,
		}));
	return sorted([...own, ...clients.flatMap(({pane: other, client}) => openSocket(other, client))]);
}

/** A server's or a client's own socket, where it is open and carries data. */
function openSocket(pane: PaneId, socket: UdpServer | UdpClient | TcpClient): SocketFacts[] {
	const {state} = socket;
	const counts = 'connection' in socket ? socket.connection : socket.track;
	if (!counts) {
		return [];
	}

	const {received, sent} = counts;
	switch (state.type) {
		case 'open':
		case 'bound':
		case 'connected': {
			return [
				{
					pane,
					socket: 0,
					local: state.local,
					peer: state.type === 'connected' ? state.peer : undefined,
					received,
					sent,
				},
			];
		}

		default: {
			return [];
		}
	}
}

/** The same, derived from what a subscriber got and what a replay has counted. */
export function derivedSockets(entries: readonly LogEntry[], replay: Replay): SocketFacts[] {
	const open = new Map<number, SocketFacts>();
	for (const entry of entries) {
		if (entry.type === 'event') {
			const {event, trackId} = entry;
			if (event.type === 'socket-bound' || event.type === 'connection-opened' || event.type === 'connection-accepted') {
				const {received, sent} = replay.tracks.get(trackId)!;
				open.set(trackId, {
					pane: event.pane,
					socket: event.socket,
					local: event.local,
					peer: 'peer' in event ? event.peer : undefined,
					received,
					sent,
				});
			} else if (event.type === 'socket-closed') {
				open.delete(trackId);
			}
		}
	}

	return sorted([...open.values()]);
}

function sorted(sockets: readonly SocketFacts[]): SocketFacts[] {
	return sockets.toSorted((a, b) => a.pane - b.pane || a.socket - b.socket)
		.map(({received, sent, ...facts}) => ({...facts, received: {...received}, sent: {...sent}}));
}
