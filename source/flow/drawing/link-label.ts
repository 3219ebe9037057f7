import type {LossCause} from '../../log/delivery/link-fate.ts';
import {shortDuration} from '../../text/quantities.ts';
import {choicesOf, type Part} from '../../text/width/choices.ts';
import type {FlowLink} from '../step.ts';

/** What a diagram says of the simulated link. */
export type FlowLinkWords = {
	readonly losses: Readonly<Record<LossCause, string>>;
	/** Shorter ways to say that the link has lost something, the longest first. */
	readonly shortLosses: readonly string[];
	readonly discarded: string;
	/** Shorter ways to say that something was discarded, or refused. */
	readonly shortDiscards: readonly string[];
	readonly refused: string;
	readonly shortRefused: string;
	/** Says that it was the simulated link, where what it did does not say so. */
	readonly by: (what: string) => string;
	readonly copies: (count: number) => string;
	readonly copy: (number: number) => string;
	readonly ofCopies: (count: number, of: number, what: string) => string;
	readonly corrupted: (at: number) => string;
	readonly corruptedCopy: (at: number, copy: number) => string;
	readonly heldBack: string;
	readonly overtaken: string;
	readonly overtakenBy: (write: number) => string;
	readonly segments: (count: number) => string;
	readonly onTheLink: (bytes: number) => string;
	readonly ofBytes: (bytes: number, what: string) => string;
	/** A word by which a sentence already says that it is about the link. */
	readonly name: string;
};

/** What is left out sooner than the delay is told behind it. */
const delayRank = 3;

/**
What is written at an arrow: the ways to say it, the longest first. The first says that it was the link, and is for
where there is room for everything.
*/
export function linkChoices(link: FlowLink, words: FlowLinkWords): readonly string[] {
	if (link.loss) {
		const choices = lossChoices(link.loss, words);
		return [choices[0] ?? '', ...choices];
	}

	const {copies, lostCopies, copy, bytesWaiting, bytesDiscarded, segments, delay, overtakenBy} = link;
	const told = (rank: number, text: string | false | undefined): readonly Part[] => text ? [{text, rank}] : [];
	const notes = [
		...told(2, copies !== undefined && words.copies(copies)),
		...told(0, lostCopies && copies !== undefined
		&& words.ofCopies(lostCopies.count, copies, lostCopies.isRefused ? words.refused : words.discarded)),
		...told(1, copy !== undefined && words.copy(copy)),
		...link.changes.flatMap(({at, copy: changed}) =>
			told(4, changed === undefined ? words.corrupted(at) : words.corruptedCopy(at, changed))),
		...told(5, link.isHeldBack && words.heldBack),
		...told(1, bytesWaiting !== undefined && words.onTheLink(bytesWaiting)),
		...told(0, bytesDiscarded !== undefined && words.ofBytes(bytesDiscarded, words.discarded)),
		...told(5, segments !== undefined && words.segments(segments)),
	];
	const choices = choicesOf([
		...notes.filter(({rank}) => rank < delayRank),
		...told(delayRank, delay && `+${shortDuration(delay.least, delay.most)}${link.isWaiting ? ' …' : ''}`),
		...notes.filter(({rank}) => rank > delayRank),
		...told(1, overtakenBy === 'several'
			? words.overtaken
			: overtakenBy !== undefined && words.overtakenBy(overtakenBy)),
	]);
	const [longest] = choices;
	return longest === undefined ? [] : [longest.includes(words.name) ? longest : words.by(longest), ...choices];
}

/** Why something has never left the link, the longest first. */
function lossChoices(loss: NonNullable<FlowLink['loss']>, words: FlowLinkWords): readonly string[] {
	const {losses, shortLosses, discarded, shortDiscards, refused, shortRefused} = words;
	const own = loss === 'refused' ? [refused, shortRefused] : [discarded, ...shortDiscards];
	return loss === 'refused' || loss === 'closed' ? own : [...new Set([losses[loss], ...shortLosses])];
}
