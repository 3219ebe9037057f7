import type {SocketEvent} from '../source/log/event.ts';
import {DatagramLedger} from './datagram-ledger.ts';
import type {EngineRoom} from './engine-room.ts';
import {EventTap} from './event-tap.ts';
import type {Half} from './half.ts';
import {LinkContents} from './link-contents.ts';
import {numberProblems} from './number-problems.ts';
import {PaneTallies} from './pane-tallies.ts';
import {seriesProblems} from './series-problems.ts';
import {StreamPairs} from './stream-pairs.ts';
import {allScenes, type Scenes} from './views.ts';

/** What the soak counts by the engine's events, and compares with what the engine says. */
export class EngineLedgers {
	readonly tap: EventTap;
	readonly datagrams = new DatagramLedger();
	readonly streams = new StreamPairs();
	/** Ports that the engine's sockets have had. */
	readonly ports = new Set<number>();
	bytes = 0;
	readonly #half: Half;
	readonly #room: EngineRoom;
	readonly #tallies = new PaneTallies();
	readonly #contents = new LinkContents();

	constructor(half: Half, room: EngineRoom) {
		this.#half = half;
		this.#room = room;
		this.tap = new EventTap(room.playground.log, event => {
			this.#note(event);
		}, amendment => {
			this.#contents.amend(amendment);
			this.datagrams.amend(amendment);
		});
	}

	/** Look at everything that must hold at any moment. */
	check(): void {
		const {scenes} = this.#room;
		this.#tell('a fate is inconsistent', this.#contents.problems());
		this.#tell('bytes of a stream do not add up', this.streams.takeProblems());
		for (const scene of allScenes(scenes)) {
			const panes = [...(scene.server ? [scene.server] : []), ...scene.clients];
			this.#tell('a number is none', numberProblems(scene, scene.name));
			this.#tell('counts differ', scene.clients.flatMap(client => this.#tallies.problems(client)));
			if (scene.server) {
				const {pane, total} = scene.server;
				this.#tell('counts differ', this.#tallies.problems({pane, total, ...scene.traffic}));
			}

			this.#tell('a series does not add up', scene.clients.flatMap(({series}) => series ? seriesProblems(series.report) : []));
			this.#checkLink(scene.name, scene.link['to-server'], scene.clients.map(({pane}) => pane));
			this.#checkLink(scene.name, scene.link['to-clients'], panes.slice(0, scene.server ? 1 : 0).map(({pane}) => pane));
		}

		this.#forgetPanes(scenes);
	}

	/** Nothing moves any more: what was sent must be accounted for. */
	settle(): void {
		const {log} = this.#room.playground;
		this.#tell('datagrams do not add up', this.datagrams.settle(sequence => {
			const event = sequence >= log.first ? log.read(sequence, 0) : undefined;
			return event?.type === 'datagram-sent' ? event.arrival : undefined;
		}));
		this.streams.forgetSingle();
	}

	/** Every socket is closed: nothing may be said to be on a link. */
	checkClosed(): void {
		const {datagrams, bytes} = this.#contents.of();
		if (datagrams > 0 || bytes > 0) {
			this.#half.violation('what is on the link differs', `after all sockets were closed ${datagrams} datagrams and ${bytes} bytes are said to be on it`);
		}

		this.check();
	}

	#note(event: SocketEvent): void {
		this.#tallies.note(event);
		this.#contents.note(event);
		this.datagrams.note(event);
		this.streams.note(event);
		if ('length' in event) {
			this.bytes += event.length;
		}

		if ('local' in event && event.local) {
			this.ports.add(event.local.port);
		}

		if (event.type === 'series-ended') {
			this.#tell('a series does not add up', seriesProblems(event.report));
		}
	}

	#checkLink(name: string, claimed: {readonly datagrams: number; readonly bytes: number}, panes: readonly number[]): void {
		const {datagrams, bytes} = this.#contents.of(new Set(panes));
		if (datagrams !== claimed.datagrams || bytes !== claimed.bytes) {
			const said = `${claimed.datagrams} datagrams and ${claimed.bytes} bytes`;
			this.#half.violation('what is on the link differs', `${name}: ${said} are said to be on the link of panes ${panes.join(', ')}, by the events it is ${datagrams} and ${bytes}`);
		}
	}

	#forgetPanes(scenes: Scenes): void {
		this.#tallies.keep(new Set(allScenes(scenes).flatMap(({server, clients}) => [...(server ? [server.pane] : []), ...clients.map(({pane}) => pane)])));
	}

	#tell(sort: string, problems: readonly string[]): void {
		for (const problem of problems) {
			this.#half.violation(sort, problem);
		}
	}
}
