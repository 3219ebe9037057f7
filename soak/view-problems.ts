import type {ClientView, SceneView} from '../source/engine/api/scene-view.ts';
import type {PaneId, SocketEvent, Tally} from '../source/log/event.ts';
import type {SeriesReport} from '../source/log/reports.ts';
import {type KernelRow, listen} from './process-watch.ts';

/** The scenes as they are: UDP's, TCP's, and the laboratory's while an experiment is set up. */
export type Scenes = {
	readonly udp: SceneView; readonly tcp: SceneView; readonly laboratory: SceneView | undefined;
};

export function allScenes({udp, tcp, laboratory}: Scenes): SceneView[] {
	return laboratory ? [udp, tcp, laboratory] : [udp, tcp];
}

export function allClients(scenes: Scenes): ClientView[] {
	return allScenes(scenes).flatMap(({clients}) => clients);
}

export function panesOf({server, clients}: SceneView): PaneId[] {
	return [...(server ? [server.pane] : []), ...clients.map(({pane}) => pane)];
}

/** What a view says of a pane. */
type PaneClaim = {
	readonly pane: PaneId; readonly total: number; readonly received: Tally; readonly sent: Tally;
};

/** Counts by the log's events what each pane has sent and received, to compare it with what the views say. */
export class PaneTallies {
	readonly #panes = new Map<PaneId, Counts>();

	add(event: SocketEvent): void {
		const counts = this.#panes.get(event.pane) ?? new Counts();
		this.#panes.set(event.pane, counts);
		counts.add(event);
	}

	/** Where a view says something else than the events. */
	problems({pane, total, received, sent}: PaneClaim): string[] {
		const view = describe({total, received, sent});
		const events = describe(this.#panes.get(pane) ?? new Counts());
		return view === events ? [] : [`pane ${pane}: the view has ${view}, and the events have ${events}`];
	}

	/** Keep only the panes that still exist. */
	keep(panes: ReadonlySet<PaneId>): void {
		for (const pane of this.#panes.keys()) {
			if (!panes.has(pane)) {
				this.#panes.delete(pane);
			}
		}
	}
}

class Counts {
	total = 0;
	received = {count: 0, bytes: 0};
	sent = {count: 0, bytes: 0};

	add(event: SocketEvent): void {
		this.total++;
		if (event.type === 'datagram-sent' || event.type === 'chunk-sent') {
			this.sent.count++;
			this.sent.bytes += event.length;
		} else if (event.type === 'datagram-received' || event.type === 'chunk-received') {
			this.received.count++;
			this.received.bytes += event.length;
		}
	}
}

function describe({total, received, sent}: Omit<PaneClaim, 'pane'>): string {
	return `${total} events, ${received.count} reads (${received.bytes} B), ${sent.count} writes (${sent.bytes} B)`;
}

/** What does not add up in the report of a series of messages. */
export function seriesProblems(report: SeriesReport): string[] {
	const {sent, answered, lostByLink, droppedByKernel, failed, waiting, late, outOfOrder, wanted = sent} = report;
	const parts = [answered, lostByLink, droppedByKernel, failed, waiting];
	const demands: ReadonlyArray<readonly [boolean, string]> = [
		[[sent, ...parts].every(count => count >= 0), 'a count is negative or none'],
		[parts.reduce((sum, count) => sum + count, 0) === sent, 'the parts are not all that was sent'],
		[sent <= wanted, 'more were sent than wanted'],
		[late <= answered && outOfOrder <= answered, 'more are late, or out of order, than answered'],
	];
	return demands.filter(([holds]) => !holds).map(([, problem]) => `${problem}: ${JSON.stringify(report)}`);
}

/** Where in a piece of plain data there is a number that no view can have: NaN, an infinite or a negative one. */
export function numberProblems(value: unknown, path = ''): string[] {
	if (typeof value === 'number') {
		return Number.isFinite(value) && value >= 0 ? [] : [`${path} is ${value}`];
	}

	if (typeof value !== 'object' || value === null || value instanceof Uint8Array) {
		return [];
	}

	return Object.entries(value).flatMap(([name, part]) => numberProblems(part, `${path}.${name}`));
}

/**
Where a view shows a bound or listening socket that the kernel does not have, or the kernel has one that no view shows.

@param rows - the kernel's rows of this process's own sockets
@param foreign - UDP ports of the soak's own sockets
*/
export function boundProblems(scenes: Scenes, rows: readonly KernelRow[], foreign: readonly number[]): string[] {
	const portsOf = (isOne: (row: KernelRow) => boolean): Set<number> =>
		new Set(rows.filter(row => isOne(row)).map(({localPort}) => localPort));
	const udp = portsOf(({protocol}) => protocol === 'udp');
	const tcp = portsOf(({protocol, state}) => protocol === 'tcp' && state === listen);
	const clients = allClients(scenes).flatMap(({pane, state}) => state.type === 'bound'
		? [{name: `client pane ${pane}`, port: state.local.port, ports: udp}]
		: []);
	const servers = allScenes(scenes).flatMap(({name, protocol, server}) => server?.state.type === 'open'
		? [{name: `the ${name} server`, port: server.state.local.port, ports: protocol === 'udp' ? udp : tcp}]
		: []);
	const shown = [...clients, ...servers];
	const known = new Set([...foreign, ...shown.map(({port}) => port)]);
	return [
		...shown.filter(({port, ports}) => !ports.has(port))
			.map(({name, port}) => `${name} is shown at port ${port}, where this process has no socket`),
		...[...udp].filter(port => !known.has(port)).map(port => `no pane shows the UDP socket at port ${port}`),
	];
}
