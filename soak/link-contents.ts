import {type Amendment, amendFate} from '../source/log/amendment.ts';
import type {PaneId, SocketEvent} from '../source/log/event.ts';
import type {LinkFate} from '../source/log/link-fate.ts';
import {fateProblems} from './fate-problems.ts';

type OnTheLink = {readonly pane: PaneId; fate: LinkFate; readonly length: number; readonly number: number};

/** Datagrams, and bytes of streams, that are on the simulated link. */
export type Contents = {datagrams: number; bytes: number};

/** Follows everything that is on a simulated link by its events, to compare it with what the engine says is there. */
export class LinkContents {
	/** By the sequence numbers of their events. */
	readonly #open = new Map<number, OnTheLink>();

	note(event: SocketEvent): void {
		if ((event.type === 'datagram-sent' || event.type === 'chunk-sent') && event.fate && event.fate.type !== 'lost') {
			const {sequence, pane, fate, length, number} = event;
			this.#open.set(sequence, {
				pane, fate, length, number,
			});
		}
	}

	/** What was sent has come further. */
	amend(amendment: Amendment): void {
		const one = this.#open.get(amendment.sequence);
		if (one) {
			one.fate = amendFate(one.fate, amendment);
		}
	}

	/** Look at everything that has not left the link: what is inconsistent. What has left it is forgotten. */
	problems(): string[] {
		const problems: string[] = [];
		for (const [sequence, {pane, fate, length, number}] of this.#open) {
			problems.push(...fateProblems(fate, length, number).map(problem => `write ${number} of pane ${pane}: ${problem}`));
			if (fate.type === 'lost' || fate.onTheLink <= 0) {
				this.#open.delete(sequence);
			}
		}

		return problems;
	}

	/** What these panes' sockets have on the link, or all: copies of datagrams, and bytes of datagrams and streams together. */
	of(panes?: ReadonlySet<PaneId>): Contents {
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
