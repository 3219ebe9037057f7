/* What the simulated link has made of an arrow, in words. */
import type {LossCause} from '../../log/delivery/link-fate.ts';
import {shortDuration} from '../../text/quantities.ts';
import {choicesOf} from '../../text/width/choices.ts';
import type {FlowLink} from '../link.ts';

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
	const {
		loss,
		copies,
		lostCopies,
		copy,
		changes,
		isHeldBack,
		bytesWaiting,
		bytesDiscarded,
		segments,
		delay,
		isWaiting,
		overtakenBy,
	} = link;
	if (loss) {
		const choices = lossChoices(loss, words);
		return [choices[0] ?? '', ...choices];
	}

	const notes = [
		...(copies === undefined ? [] : [{text: words.copies(copies), rank: 2}]),
		...(lostCopies && copies !== undefined
			? [
				{
					text: words.ofCopies(
						lostCopies.count,
						copies,
						lostCopies.isRefused ? words.refused : words.discarded,
					),
					rank: 0,
				},
			]
			: []),
		...(copy === undefined ? [] : [{text: words.copy(copy), rank: 1}]),
		...changes.map(({at, copy: changed}) => ({
			text: changed === undefined ? words.corrupted(at) : words.corruptedCopy(at, changed),
			rank: 4,
		})),
		...(isHeldBack ? [{text: words.heldBack, rank: 5}] : []),
		...(bytesWaiting === undefined ? [] : [{text: words.onTheLink(bytesWaiting), rank: 1}]),
		...(bytesDiscarded === undefined ? [] : [{text: words.ofBytes(bytesDiscarded, words.discarded), rank: 0}]),
		...(segments === undefined ? [] : [{text: words.segments(segments), rank: 5}]),
	];
	const choices = choicesOf([
		...notes.filter(({rank}) => rank < delayRank),
		...(delay
			? [{text: `+${shortDuration(delay.least, delay.most)}${isWaiting ? ' …' : ''}`, rank: delayRank}]
			: []),
		...notes.filter(({rank}) => rank > delayRank),
		...(overtakenBy === undefined
			? []
			: [{text: overtakenBy === 'several' ? words.overtaken : words.overtakenBy(overtakenBy), rank: 1}]),
	]);
	const [longest] = choices;
	return longest === undefined ? [] : [longest.includes(words.name) ? longest : words.by(longest), ...choices];
}

/** Why something has never left the link, the longest first. */
function lossChoices(loss: NonNullable<FlowLink['loss']>, words: FlowLinkWords): readonly string[] {
	if (loss === 'closed') {
		return [words.discarded, ...words.shortDiscards];
	}

	return loss === 'refused'
		? [words.refused, words.shortRefused]
		: [...new Set([words.losses[loss], ...words.shortLosses])];
}
