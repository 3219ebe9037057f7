import {type Amendment, amendFate} from '../source/log/amendment.ts';
import type {PaneId, SocketEvent} from '../source/log/event.ts';
import type {LinkFate} from '../source/log/delivery/link-fate.ts';

type OnTheLink = {readonly pane: PaneId; fate: LinkFate; readonly length: number; readonly number: number};

/** Copies of datagrams, and bytes of datagrams and streams together, that are on the simulated link. */
export type Contents = {datagrams: number; bytes: number};

/** Follows everything that is on a simulated link by the log's entries, to be compared with the engine's views. */
export class LinkLedger {
	/** By the sequence numbers of their events. */
	readonly #open = new Map<number, OnTheLink>();

	add(event: SocketEvent): void {
		if (
			(event.type === 'datagram-sent' || event.type === 'chunk-sent')
			&& event.fate
			&& event.fate.type !== 'lost'
		) {
			const {sequence, pane, fate, length, number} = event;
			this.#open.set(sequence, {
				pane,
				fate,
				length,
				number,
			});
		}
	}

	amend(amendment: Amendment): void {
		const one = this.#open.get(amendment.sequence);
		if (one) {
			one.fate = amendFate(one.fate, amendment);
		}
	}

	/** The inconsistencies in all that had not left the link at the last look. Forgets what has left it by now. */
	problems(): string[] {
		const problems: string[] = [];
		for (const [sequence, {pane, fate, length, number}] of this.#open) {
			for (const problem of fateProblems(fate, length, number)) {
				problems.push(`write ${number} of pane ${pane}: ${problem}`);
			}

			if (fate.type === 'lost' || fate.onTheLink <= 0) {
				this.#open.delete(sequence);
			}
		}

		return problems;
	}

	/** What the sockets of these panes have on the link, or all sockets. */
	contents(panes?: ReadonlySet<PaneId>): Contents {
		const contents: Contents = {datagrams: 0, bytes: 0};
		for (const {pane, fate, length} of this.#open.values()) {
			if (panes?.has(pane) !== false && fate.type !== 'lost') {
				contents.datagrams += fate.type === 'passed' ? fate.onTheLink : 0;
				contents.bytes += fate.type === 'passed' ? fate.onTheLink * length : fate.onTheLink;
			}
		}

		return contents;
	}
}

/** What is inconsistent in what the simulated link makes of this length, sent by the socket's write `write`. */
export function fateProblems(fate: LinkFate, length: number, write: number): string[] {
	if (fate.type === 'lost') {
		return [];
	}

	const {onTheLink, discarded} = fate;
	const parts = `${onTheLink} on the link and ${discarded} discarded`;
	const whole = fate.type === 'passed' ? fate.copies.length : length;
	const problems = onTheLink >= 0 && discarded >= 0 && onTheLink + discarded <= whole ? [] : [`of ${whole} ${parts}`];
	const demand = (holds: boolean, problem: string): void => {
		problems.push(...(holds ? [] : [problem]));
	};

	if (fate.type === 'passed') {
		const {copies, overtakenBy} = fate;
		demand(copies.length === 1 || copies.length === 2, `${copies.length} copies`);
		demand(
			overtakenBy === undefined || overtakenBy > write,
			`overtaken by write ${overtakenBy}, which is not later`,
		);
		for (const {delay, corruption} of copies) {
			demand(delay >= 0 && Number.isFinite(delay), `a delay of ${delay}`);
			if (corruption) {
				const {at, xor} = corruption;
				demand(at < length && xor > 0 && xor < 256, `byte ${at} of ${length} corrupted by ${xor}`);
			}
		}
	} else {
		const {segments, delay} = fate;
		demand(segments >= 0 && segments <= length, `${segments} segments of ${length} bytes`);
		demand((delay === undefined) === (onTheLink + discarded > 0), `a delay of ${delay} with ${parts}`);
		demand(delay === undefined || delay >= 0, `a delay of ${delay}`);
	}

	return problems;
}
