import {choicesOf, type Part} from '../../../text/choices.ts';
import {shortDuration} from '../../../text/short-duration.ts';
import type {
	DatagramLinkFate, LinkPassage, LossCause, StreamLinkFate,
} from '../../events/link-fate.ts';
import {counted} from './counted.ts';

/** What the simulated link has made of what an arrow tells of; of several equal arrows, of all of them. */
export type FlowLink = {
	/** Why it has never left the link: the ways to say it, the longest first. Then there is nothing else to be told. */
	readonly loss?: readonly string[];
	/** What does not depend on times: arrows that differ in these are not equal. */
	readonly notes: readonly Part[];
	/** The shortest and the longest time on the link, in milliseconds. */
	readonly delay?: {readonly least: number; readonly most: number};
	/** Some of it has not left the link yet. */
	readonly isWaiting: boolean;
	/** Which of the socket's writes has overtaken it; `several` where these are not one. */
	readonly overtakenBy?: number | 'several';
};

/** Below so many milliseconds nobody would notice. */
const leastDelay = 1;

/** What is left out sooner than the delay is told behind it. */
const delayRank = 3;

const losses: Readonly<Record<LossCause, readonly string[]>> = {
	loss: ['lost by the link', 'lost by link', 'by link'],
	queue: ['lost: link queue full', 'lost by the link', 'lost by link', 'by link'],
	full: ['lost: the link is full', 'lost by the link', 'lost by link', 'by link'],
	next: ['lost by the link, as asked', 'lost by the link', 'lost by link', 'by link'],
};

/** A socket that was closed with this on the link, or a system that has not taken it. */
const discards = {
	closed: ['never left the link: closed', 'never left the link', 'closed'],
	refused: ['not taken by the system', 'not taken'],
} as const;

/**
Of a datagram, where it was sent.

@param isFollowed - whether the second copy has an arrow of its own where it arrives
*/
export function linkOfDatagram(fate: DatagramLinkFate, isFollowed: boolean): FlowLink {
	if (fate.type === 'lost') {
		return lostOnLink(losses[fate.cause]);
	}

	const {copies: all, discarded, refused = 0, onTheLink, isHeldBack, overtakenBy} = fate;
	if (discarded === all.length) {
		return lostOnLink(refused > 0 ? discards.refused : discards.closed);
	}

	// In the order in which they leave the link.
	const copies = all.toSorted((a, b) => a.delay - b.delay);
	const told = isFollowed ? copies.slice(0, 1) : copies;
	return {
		notes: [
			...(copies.length > 1 ? [{text: `${copies.length} copies`, rank: 2}] : []),
			...(discarded > 0 ? [{text: `${discarded} of ${copies.length} copies ${refused > 0 ? discards.refused[0] : discards.closed[0]}`, rank: 0}] : []),
			...told.flatMap(({corruption}, index) => corruption ? [changed(corruption.at, told.length > 1 ? index + 1 : undefined)] : []),
			...(isHeldBack ? [{text: 'held back', rank: 5}] : []),
		],
		...delayFrom(told.map(({delay}) => delay)),
		isWaiting: onTheLink > 0,
		...(overtakenBy !== undefined && {overtakenBy}),
	};
}

/** Of a copy, or of a datagram that was changed, where it was read. */
export function linkOfPassage({copy, delay, corruption}: LinkPassage): FlowLink {
	return {
		notes: [...(copy === undefined ? [] : [{text: copy === 1 ? '1st copy' : '2nd copy', rank: 1}]), ...(corruption ? [changed(corruption.at)] : [])],
		...delayFrom([delay]),
		isWaiting: false,
	};
}

/** Of a write to a byte stream of so many bytes. */
export function linkOfWrite({onTheLink, discarded, segments, delay}: StreamLinkFate, length: number): FlowLink {
	if (discarded === length) {
		return lostOnLink(discards.closed);
	}

	return {
		notes: [
			...(onTheLink > 0 ? [{text: `${counted(onTheLink)} B on the link`, rank: 1}] : []),
			...(discarded > 0 ? [{text: `${counted(discarded)} B ${discards.closed[0]}`, rank: 0}] : []),
			...(onTheLink === 0 && discarded === 0 && segments > 1 ? [{text: `in ${counted(segments)} segments`, rank: 5}] : []),
		],
		...delayFrom(delay === undefined ? [] : [delay]),
		isWaiting: onTheLink > 0,
	};
}

/** Of a read that has the last bytes of writes that were so late. */
export function linkOfRead(delays: readonly number[]): FlowLink | undefined {
	const late = delayFrom(delays);
	return late.delay && {notes: [], ...late, isWaiting: false};
}

/** Whether two arrows may be drawn as one: they differ in their times only. */
export function isSameLink(a: FlowLink | undefined, b: FlowLink | undefined): boolean {
	if (a === b) {
		return true;
	}

	const keyOf = ({loss = [], notes, isWaiting, overtakenBy, delay}: FlowLink): string =>
		[...loss, isWaiting, overtakenBy !== undefined, delay !== undefined, ...notes.map(({text}) => text)].join('\n');
	return a !== undefined && b !== undefined && keyOf(a) === keyOf(b);
}

/** What is told of equal arrows together. */
export function joinLinks(links: readonly FlowLink[]): FlowLink | undefined {
	const [first] = links;
	return first && {
		...first,
		...delayFrom(links.flatMap(({delay}) => delay ? [delay.least, delay.most] : [])),
		...(links.some(({overtakenBy}) => overtakenBy !== first.overtakenBy) && {overtakenBy: 'several'}),
	};
}

/** What is written at an arrow: the ways to say it, the longest first. The first says that it was the link, and is for where there is room for everything. */
export function linkChoices({loss, notes, delay, isWaiting, overtakenBy}: FlowLink): readonly string[] {
	if (loss) {
		return [loss[0], ...loss];
	}

	const choices = choicesOf([
		...notes.filter(({rank}) => rank < delayRank),
		...(delay ? [{text: `+${shortDuration(delay.least, delay.most)}${isWaiting ? ' …' : ''}`, rank: delayRank}] : []),
		...notes.filter(({rank}) => rank > delayRank),
		...(overtakenBy === undefined ? [] : [{text: overtakenBy === 'several' ? 'overtaken' : `overtaken by write ${counted(overtakenBy)}`, rank: 1}]),
	]);
	return choices.length === 0 ? [] : [choices[0].includes('the link') ? choices[0] : `link: ${choices[0]}`, ...choices];
}

function lostOnLink(loss: readonly string[]): FlowLink {
	return {loss, notes: [], isWaiting: false};
}

function changed(at: number, copy?: number): Part {
	return {text: `byte ${counted(at + 1)}${copy === undefined ? '' : ` of copy ${copy}`} changed`, rank: 4};
}

function delayFrom(delays: readonly number[]): Pick<FlowLink, 'delay'> {
	let least = Number.POSITIVE_INFINITY;
	let most = 0;
	for (const delay of delays) {
		if (delay >= leastDelay) {
			least = Math.min(least, delay);
			most = Math.max(most, delay);
		}
	}

	return most === 0 ? {} : {delay: {least, most}};
}
