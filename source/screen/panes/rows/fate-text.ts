import {kindOf} from '../../../log/event-kinds.ts';
import type {DatagramLinkFate, StreamLinkFate} from '../../../log/delivery/link-fate.ts';
import {choicesOf, type Part} from '../../../text/width/choices.ts';
import textWidth from '../../../text/width/width.ts';
import type {Row} from '../../../views/rows.ts';
import type {Span} from '../../frame/paint.ts';
import type {Words} from '../../words/words.ts';

/** The fate of something that was sent, in words. */
export type FateText = {
	/** What the simulated link did with it: the ways to say it, the longest first. Empty where it did nothing. */
	readonly told: readonly string[];
	/** What of it never arrives, and why, with a shorter way to say it. Never left out. */
	readonly failed: ReadonlyArray<{readonly text: string; readonly short: string}>;
};

type Passed = Extract<DatagramLinkFate, {type: 'passed'}>;

/** A delay below this, in milliseconds, is not told: the link has none of its own, and only handed the datagram on. */
const minDelay = 1;

export function rowFate(row: Row, words: Words): FateText {
	const {told, failed} = linkText(row, words);
	const loss = lossOf(row, words);
	return {told, failed: loss === undefined ? failed : [...failed, {text: loss, short: loss}]};
}

/** What the simulated link did with it. That it was the link is told as well, where there is room. */
export function linkText({fate}: Row, words: Words): FateText {
	if (fate === undefined) {
		return {told: [], failed: []};
	}

	return fate.type === 'stream' ? streamText(fate, words) : datagramText(fate, words);
}

/**
The end of a row in at most `columns` columns: what the link did with it, as much as fits, and what never arrives.
Undefined where not even that fits.
*/
export function fateSpans({told, failed}: FateText, columns: number): Span[] | undefined {
	const spansOf = (text: string, losses: readonly string[]): Span[] => [
		...(text === '' ? [] : [{text: ` ${text}`, tone: 'warning' as const}]),
		...losses.map((loss, index): Span => ({
			text: `${index > 0 || text !== '' ? ' ' : ''} ✗ ${loss}`,
			tone: 'error',
		})),
	];
	const ways = [failed.map(({text}) => text), failed.map(({short}) => short)]
		.flatMap(losses => (told.length === 0 ? [''] : told).map(text => spansOf(text, losses)));
	return ways.find(spans => spans.reduce((sum, {text}) => sum + textWidth(text), 0) <= columns);
}

/** How many copies of a datagram, or bytes of a write, are on the link, and are not to be had from it any longer. */
export function keptByLink({fate, length = 0}: Row): {
	readonly onTheLink: number;
	readonly discarded: number;
	readonly isAll: boolean;
} {
	if (fate === undefined) {
		return {onTheLink: 0, discarded: 0, isAll: false};
	}

	if (fate.type === 'lost') {
		return {onTheLink: 0, discarded: 1, isAll: true};
	}

	const {onTheLink, discarded} = fate;
	return {onTheLink, discarded, isAll: discarded === (fate.type === 'stream' ? length : fate.copies.length)};
}

/** Why what has left the link, or has not gone over one, did not come to anybody, where that is known. */
function lossOf(row: Row, {log, views: {ledger}}: Words): string | undefined {
	const {type, arrival, isUnbound, neverRead = 0, length} = row;
	const {onTheLink, discarded, isAll} = keptByLink(row);
	if (kindOf(type).data?.unit === 'datagram') {
		const loss = isUnbound ? log.vacant : (arrival?.type === 'lost' ? log.lost : undefined);
		return isAll || onTheLink > 0 ? undefined : loss;
	}

	const unread = neverRead - onTheLink - discarded;
	return unread > 0 ? (unread === length ? log.neverRead : ledger.partNeverRead(unread)) : undefined;
}

function datagramText(fate: DatagramLinkFate, words: Words): FateText {
	const {link} = words;
	if (fate.type === 'lost') {
		return {told: [], failed: [{text: link.losses[fate.cause], short: link.shortLoss}]};
	}

	const {copies: {length}, discarded, refused = 0} = fate;
	const failedOf = (count: number, text: string, short: string): FateText['failed'] =>
		count === 0
			? []
			: [
				count === length
					? {text, short}
					: {text: link.ofCopies(count, length, text), short: link.shortOfCopies(count, length, short)},
			];
	return {
		told: discarded === length ? [] : choicesByLink(datagramParts(fate, words), words),
		failed: [
			...failedOf(discarded - refused, link.discarded, link.shortDiscarded),
			...failedOf(refused, link.refused, link.refused),
		],
	};
}

/** Copies are told in the order in which they leave the link. */
function datagramParts({copies: all, isHeldBack, onTheLink, overtakenBy}: Passed, {link}: Words): Part[] {
	const copies = all.toSorted((a, b) => a.delay - b.delay);
	const waits = onTheLink > 0 ? ' …' : '';
	const isLate = copies.some(({delay}) => delay >= minDelay);
	const delays = copies.map(({delay}) => link.later(delay));
	const isOne = new Set(delays).size === 1;
	const parts: Array<Part | undefined> = [
		copies.length > 1 ? {text: link.copies(copies.length), rank: 2} : undefined,
		isLate
			? {
				text: `${isOne ? delays[0] : delays.join(', ')}${waits}`,
				...(!isOne && {short: `${delays[0]}${waits}`}),
				rank: 3,
			}
			: undefined,
		...copies.map(({corruption}, index): Part | undefined =>
			corruption && {
				text:
						copies.length > 1
							? link.corruptedCopy(corruption.at, index + 1)
							: link.corrupted(corruption.at),
				rank: 4,
			}),
		isHeldBack ? {text: link.heldBack, rank: 5} : undefined,
		overtakenBy === undefined ? undefined : {text: link.overtakenBy(overtakenBy), rank: 1},
	];
	return parts.filter(part => part !== undefined);
}

function streamText({onTheLink, discarded, segments, delay}: StreamLinkFate, words: Words): FateText {
	const {link} = words;
	const failed
		= discarded === 0
			? []
			: [{text: link.ofBytes(discarded, link.discarded), short: link.ofBytes(discarded, link.shortDiscarded)}];
	if (onTheLink > 0) {
		const text = link.onTheLink(onTheLink);
		return {told: [`${text} …`], failed};
	}

	const parts: Array<Part | undefined> = [
		delay === undefined || delay < minDelay ? undefined : {text: link.later(delay), rank: 1},
		segments > 1 && discarded === 0 ? {text: link.segments(segments), rank: 2} : undefined,
	];
	return {told: choicesByLink(parts.filter(part => part !== undefined), words), failed};
}

/** Who has done it is told as well, where there is room. */
function choicesByLink(parts: readonly Part[], {link}: Words): string[] {
	const choices = choicesOf(parts);
	const [longest] = choices;
	return longest === undefined ? [] : [link.by(longest), ...choices];
}
