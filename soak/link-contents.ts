import type {PaneId, SocketEvent} from '../source/engine/events/event.ts';
import type {LinkFate} from '../source/engine/events/link-fate.ts';
import {fateProblems} from './fate-problems.ts';

type OnTheLink = {readonly pane: PaneId; readonly fate: LinkFate; readonly length: number; readonly number: number};

/** Datagrams, and bytes of streams, that are on the simulated link. */
export type Contents = {datagrams: number; bytes: number};

/** Follows everything that is on a simulated link by its events, to compare it with what the engine says is there. */
export class LinkContents {
	readonly #open = new Set<OnTheLink>();

	note(event: SocketEvent): void {
		if ((event.type === 'datagram-sent' || event.type === 'chunk-sent') && event.fate && event.fate.type !== 'lost') {
			const {pane, fate, length, number} = event;
			this.#open.add({
				pane, fate, length, number,
			});
		}
	}

	/** Look at everything that has not left the link: what is inconsistent. What has left it is forgotten. */
	problems(): string[] {
		const problems: string[] = [];
		for (const one of this.#open) {
			const {pane, fate, length, number} = one;
			problems.push(...fateProblems(fate, length, number).map(problem => `write ${number} of pane ${pane}: ${problem}`));
			if (fate.type === 'lost' || fate.onTheLink <= 0) {
				this.#open.delete(one);
			}
		}

		return problems;
	}

	/** What these panes' sockets have on the link, or all: copies of datagrams, and bytes of datagrams and streams together. */
	of(panes?: ReadonlySet<PaneId>): Contents {
		const contents: Contents = {datagrams: 0, bytes: 0};
		for (const {pane, fate, length} of this.#open) {
			if (panes?.has(pane) !== false && fate.type !== 'lost') {
				contents.datagrams += fate.type === 'passed' ? fate.onTheLink : 0;
				contents.bytes += fate.type === 'passed' ? fate.onTheLink * length : fate.onTheLink;
			}
		}

		return contents;
	}
}
