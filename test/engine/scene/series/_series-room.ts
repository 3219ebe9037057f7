import type {ExecutionContext} from 'ava';
import type {PlaygroundOptions, Series} from '../../../../source/engine/api/command.ts';
import type {SeriesView} from '../../../../source/engine/api/scene-view.ts';
import type {Protocol} from '../../../../source/log/event.ts';
import type {SeriesReport} from '../../../../source/log/reports.ts';
import {openPlayground, type PlaygroundRoom} from '../../../helpers/playground-room.ts';

/**
A playground whose first client sends series. Whenever anything has changed it is asserted that every message is counted
once.
*/
export class SeriesRoom {
	readonly room: PlaygroundRoom;
	readonly protocol: Protocol;
	readonly pane: number;
	/** How often the sum was looked at. */
	looks = 0;

	constructor(room: PlaygroundRoom, protocol: Protocol) {
		this.room = room;
		this.protocol = protocol;
		this.pane = room.client(protocol).pane;
	}

	/** How the client's series stands. */
	get series(): SeriesView | undefined {
		const series = this.room.scene(this.protocol).clients.find(({pane}) => pane === this.pane)?.series;
		if (series && sumOf(series.report) !== series.report.sent) {
			throw new Error(`Does not add up: ${JSON.stringify(series.report)}`);
		}

		this.looks++;
		return series;
	}

	async start(series: Partial<Series>): Promise<string | undefined> {
		const {refusal} = await this.room.playground.execute({
			type: 'start-series',
			pane: this.pane,
			series: {count: undefined, rate: undefined, ...series},
		});
		return refusal?.reason;
	}

	async stop(): Promise<string | undefined> {
		const {refusal} = await this.room.playground.execute({type: 'stop-series', pane: this.pane});
		return refusal?.reason;
	}

	/** Wait for a report that fits, and return it; `every` = 10 looks at every tenth change only. */
	async until(fits: (report: SeriesReport, isRunning: boolean) => boolean, every = 1): Promise<SeriesReport> {
		let changes = 0;
		return this.room.until(() => {
			changes++;
			const {log} = this.room.playground;
			const isLook = changes % every === 0 || log.read(log.next - 1, 0).type === 'series-ended';
			const series = isLook ? this.series : undefined;
			return series && fits(series.report, series.isRunning) ? series.report : undefined;
		}, 'a report that fits');
	}

	/**
	Settles once more bytes than this wait in this program. A write is recorded before its bytes wait, and no event
	follows the last one: so it is looked at again in every turn.
	*/
	async untilWaiting(bytes: number): Promise<void> {
		const looks = setInterval(() => {
			this.room.look();
		}, 1);
		try {
			await this.room.until(() => this.room.client(this.protocol).waiting > bytes, `more than ${bytes} B waiting`);
		} finally {
			clearInterval(looks);
		}
	}

	/** The report of a whole series. */
	async run(series: Partial<Series>): Promise<SeriesReport> {
		const reason = await this.start(series);
		if (reason) {
			throw new Error(reason);
		}

		return this.until((_, isRunning) => !isRunning);
	}

	/** What the client's socket has read. */
	get received(): number {
		return this.room.client(this.protocol).received.count;
	}
}

/** The sum of all outcomes. */
export function sumOf({answered, lostByLink, droppedByKernel, failed, waiting}: SeriesReport): number {
	for (const count of [answered, lostByLink, droppedByKernel, failed, waiting]) {
		if (count < 0) {
			return Number.NaN;
		}
	}

	return answered + lostByLink + droppedByKernel + failed + waiting;
}

/** Open a playground with one client, or more. */
export async function openSeriesRoom(
	t: ExecutionContext,
	protocol: Protocol,
	options: Partial<PlaygroundOptions> = {},
): Promise<SeriesRoom> {
	const room = await openPlayground(t, protocol, {clients: 1, reply: 'uppercase', ...options});
	return new SeriesRoom(room, protocol);
}
