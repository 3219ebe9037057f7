import type {Command} from '../source/engine/api/command.ts';
import type {Address, SocketEvent} from '../source/log/event.ts';
import type {LogEntry} from '../source/log/amendment.ts';
import {perfect} from '../source/link/conditions.ts';
import {Playground} from '../source/engine/playground.ts';
import {DatagramLedger} from './datagram-ledger.ts';
import {Counter, describeError, type Half} from './half.ts';
import {type Contents, LinkLedger} from './link-ledger.ts';
import {StreamLedger} from './stream-ledger.ts';
import {
	allScenes, numberProblems, panesOf, PaneTallies, type Scenes, seriesProblems,
} from './view-problems.ts';

/** A command that has not been answered after this long never will be, in milliseconds. */
const answerTimeout = 20_000;

/** A playground in this process, so small that its limits are reached within seconds, and what it was told to do. */
export class EngineRoom {
	readonly playground: Playground;
	/** Commands by type, and refusals by reason. */
	readonly commands = new Counter();
	readonly refusals = new Counter();
	readonly #half: Half;
	readonly #pending = new Set<{readonly type: Command['type']; readonly since: number}>();

	constructor(half: Half) {
		this.#half = half;
		this.playground = new Playground({
			host: '127.0.0.1',
			port: 0,
			reply: 'uppercase',
			closeAfterReply: false,
			clients: 3,
			link: perfect,
			seed: half.job.seed,
			limits: {
				connections: 24,
				waitingBytes: 256 * 1024,
				peers: 32,
				linkDatagrams: 2048,
				linkBytes: 1024 * 1024,
				events: 16_384,
				logBytes: 2 * 1024 * 1024,
			},
		});
	}

	/** The types of the commands that have not been answered. */
	get pending(): string[] {
		return [...this.#pending].map(({type}) => type);
	}

	/** Do something. It may be refused; it must not throw, and must be answered. */
	async execute(command: Command): Promise<void> {
		const {type} = command;
		const entry = {type, since: performance.now()};
		this.commands.add(type);
		this.#pending.add(entry);
		try {
			const {refusal} = await this.playground.execute(command);
			if (refusal) {
				this.refusals.add(refusal.reason);
			}
		} catch (error) {
			this.#half.violation(`the command ${type} threw`, describeError(error));
		} finally {
			this.#pending.delete(entry);
		}
	}

	/** Say which commands have waited too long for their answers. */
	checkPending(longest = answerTimeout): void {
		for (const entry of this.#pending) {
			if (performance.now() - entry.since > longest) {
				this.#half.violation('a command was never answered', `${entry.type}, for ${longest / 1000} s`);
				this.#pending.delete(entry);
			}
		}
	}

	get scenes(): Scenes {
		const [udp, tcp, laboratory] = (['udp', 'tcp', 'laboratory'] as const).map(scene => {
			const view = this.playground.view({type: 'scene', scene, peers: 50});
			return view?.type === 'scene' ? view : undefined;
		});
		return {udp: udp!, tcp: tcp!, laboratory};
	}

	/** Where the servers are. */
	get servers(): Readonly<Record<'udp' | 'tcp', Address | undefined>> {
		const {udp: {server: udp}, tcp: {server: tcp}} = this.scenes;
		return {
			udp: udp?.state.type === 'open' ? udp.state.local : undefined,
			tcp: tcp?.state.type === 'open' ? tcp.state.local : undefined,
		};
	}
}

/** What a subscriber of the log counts, to be compared with what the engine's views say. */
export class EngineLedgers {
	readonly datagrams = new DatagramLedger();
	readonly streams = new StreamLedger();
	/** Events by type. */
	readonly events = new Counter();
	bytes = 0;
	readonly #half: Half;
	readonly #room: EngineRoom;
	readonly #tallies = new PaneTallies();
	readonly #link = new LinkLedger();

	constructor(half: Half, room: EngineRoom) {
		this.#half = half;
		this.#room = room;
		room.playground.log.subscribe({
			payload: 'none',
			onEntry: entry => {
				this.#add(entry);
			},
		});
	}

	/** Compare everything that must hold at any moment. */
	check(): void {
		const tell = this.#half.violation.bind(this.#half);
		const {scenes} = this.#room;
		tell('a fate is inconsistent', ...this.#link.problems());
		tell('bytes of a stream do not add up', ...this.streams.takeProblems());
		for (const scene of allScenes(scenes)) {
			const {name, server, clients, link, traffic} = scene;
			const claims = [...clients, ...(server ? [{pane: server.pane, total: server.total, ...traffic}] : [])];
			tell('a view has a wrong number', ...numberProblems(scene, name));
			tell('counts differ', ...claims.flatMap(claim => this.#tallies.problems(claim)));
			tell(
				'a series does not add up',
				...clients.flatMap(({series}) => (series ? seriesProblems(series.report) : [])),
			);
			this.#checkLink(`${name}, to the server`, link['to-server'], clients.map(({pane}) => pane));
			this.#checkLink(`${name}, to the clients`, link['to-clients'], server ? [server.pane] : []);
		}

		this.#tallies.keep(new Set(allScenes(scenes).flatMap(scene => panesOf(scene))));
	}

	/** No data is under way: every datagram and byte sent must be accounted for. */
	settle(): void {
		const {log} = this.#room.playground;
		this.#half.violation('datagrams do not add up', ...this.datagrams.settle(sequence => {
			const event = sequence >= log.first ? log.read(sequence, 0) : undefined;
			return event?.type === 'datagram-sent' ? event.arrival : undefined;
		}));
		this.streams.forgetSingle();
	}

	/** Every socket is closed: nothing may be on a link. */
	checkClosed(): void {
		const {datagrams, bytes} = this.#link.contents();
		if (datagrams > 0 || bytes > 0) {
			const what = `${datagrams} datagrams, ${bytes} bytes`;
			this.#half.violation('the link is not empty', `all sockets are closed, and it has ${what}`);
		}

		this.check();
	}

	#add(entry: LogEntry): void {
		switch (entry.type) {
			case 'event': {
				this.#count(entry.event);
				this.datagrams.add(entry);
				this.streams.add(entry);
				break;
			}

			case 'amendment': {
				this.#link.amend(entry.amendment);
				this.datagrams.amend(entry.amendment);
				break;
			}

			case 'gap': {
				this.#half.violation('the log has a gap', `${entry.missed} entries are missing`);
				break;
			}

			default: {
				entry satisfies never;
			}
		}
	}

	#count(event: SocketEvent): void {
		this.events.add(event.type);
		this.#tallies.add(event);
		this.#link.add(event);
		this.bytes += 'length' in event ? event.length ?? 0 : 0;
		if (event.type === 'series-ended') {
			this.#half.violation('a series does not add up', ...seriesProblems(event.report));
		}
	}

	#checkLink(name: string, claimed: Readonly<Contents>, panes: readonly number[]): void {
		const {datagrams, bytes} = this.#link.contents(new Set(panes));
		if (datagrams !== claimed.datagrams || bytes !== claimed.bytes) {
			const view = `the view has ${claimed.datagrams} datagrams, ${claimed.bytes} bytes`;
			this.#half.violation(
				'what is on the link differs',
				`${name}: ${view}; the events have ${datagrams}, ${bytes}`,
			);
		}
	}
}
