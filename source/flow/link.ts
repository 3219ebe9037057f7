import type {
	DatagramLinkFate, LinkPassage, LossCause, StreamLinkFate,
} from '../log/delivery/link-fate.ts';

/** What the simulated link has made of what an arrow stands for; of several equal arrows, of all of them. */
export type FlowLink = {
	/**
	Why it has never left the link. Then nothing else is known: its socket was `closed` first, or the operating system
	has `refused` it.
	*/
	readonly loss?: LossCause | 'closed' | 'refused';
	/** How many copies leave the link, where these are two; and how many of them do not. */
	readonly copies?: number;
	readonly lostCopies?: {readonly count: number; readonly isRefused: boolean};
	/** Which copy it is, where it was read. */
	readonly copy?: number;
	/** The byte that was changed, from 0, of each copy that tells. */
	readonly changes: ReadonlyArray<{readonly at: number; readonly copy?: number}>;
	readonly isHeldBack: boolean;
	/**
	Of a write to a byte stream: bytes that have not left yet, bytes that never will, and in how many segments it left.
	*/
	readonly bytesWaiting?: number;
	readonly bytesDiscarded?: number;
	readonly segments?: number;
	/** The shortest and the longest time on the link, in milliseconds. */
	readonly delay?: {readonly least: number; readonly most: number};
	/** Some of it has not left the link yet. */
	readonly isWaiting: boolean;
	/** Which of the socket's writes has overtaken it; `several` where these are not one. */
	readonly overtakenBy?: number | 'several';
};

/** Delays below this, in milliseconds, are not told. */
const minDelay = 1;

/** What the link has done nothing to. */
export const unchanged = {changes: [], isHeldBack: false, isWaiting: false} as const;

/**
Of a datagram, where it was sent.

@param isFollowed - whether the second copy has an arrow of its own where it arrives
*/
export function linkOfDatagram(fate: DatagramLinkFate, isFollowed: boolean): FlowLink {
	if (fate.type === 'lost') {
		return {...unchanged, loss: fate.cause};
	}

	const {copies: all, discarded, refused = 0, onTheLink, isHeldBack, overtakenBy} = fate;
	if (discarded === all.length) {
		return {...unchanged, loss: refused > 0 ? 'refused' : 'closed'};
	}

	// In the order in which they leave the link.
	const copies = all.toSorted((a, b) => a.delay - b.delay);
	const told = isFollowed ? copies.slice(0, 1) : copies;
	return {
		...(copies.length > 1 && {copies: copies.length}),
		...(discarded > 0 && {lostCopies: {count: discarded, isRefused: refused > 0}}),
		changes: told.flatMap(({corruption}, index) =>
			corruption ? [{at: corruption.at, ...(told.length > 1 && {copy: index + 1})}] : []),
		isHeldBack,
		...delayFrom(told.map(({delay}) => delay)),
		isWaiting: onTheLink > 0,
		...(overtakenBy !== undefined && {overtakenBy}),
	};
}

/** Of a copy, or of a datagram that was changed, where it was read. */
export function linkOfPassage({copy, delay, corruption}: LinkPassage): FlowLink {
	return {
		...unchanged,
		...(copy !== undefined && {copy}),
		changes: corruption ? [{at: corruption.at}] : [],
		...delayFrom([delay]),
	};
}

/** Of a write of this many bytes to a byte stream. */
export function linkOfWrite({onTheLink, discarded, segments, delay}: StreamLinkFate, length: number): FlowLink {
	if (discarded === length) {
		return {...unchanged, loss: 'closed'};
	}

	return {
		...unchanged,
		...(onTheLink > 0 && {bytesWaiting: onTheLink}),
		...(discarded > 0 && {bytesDiscarded: discarded}),
		...(onTheLink === 0 && discarded === 0 && segments > 1 && {segments}),
		...delayFrom(delay === undefined ? [] : [delay]),
		isWaiting: onTheLink > 0,
	};
}

/** Whether two arrows may be drawn as one: they differ in their times only. */
export function isSameLink(a: FlowLink | undefined, b: FlowLink | undefined): boolean {
	return a === b || (a !== undefined && b !== undefined && keyOf(a) === keyOf(b));
}

/** What equal arrows have in common, with the shortest and the longest delay of all. */
export function joinLinks(links: readonly FlowLink[]): FlowLink | undefined {
	const [first] = links;
	return first && {
		...first,
		...delayFrom(links.flatMap(({delay}) => delay ? [delay.least, delay.most] : [])),
		...(links.some(({overtakenBy}) => overtakenBy !== first.overtakenBy) && {overtakenBy: 'several'}),
	};
}

function keyOf({delay, overtakenBy, ...rest}: FlowLink): string {
	return JSON.stringify([delay !== undefined, overtakenBy !== undefined, rest]);
}

function delayFrom(delays: readonly number[]): Pick<FlowLink, 'delay'> {
	let least = Number.POSITIVE_INFINITY;
	let most = 0;
	for (const delay of delays) {
		if (delay >= minDelay) {
			least = Math.min(least, delay);
			most = Math.max(most, delay);
		}
	}

	return most === 0 ? {} : {delay: {least, most}};
}
