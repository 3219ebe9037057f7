import type {Corruption, LossCause} from '../log/delivery/link-fate.ts';
import type {Bottleneck} from './bottleneck.ts';
import {
	delayOf, heldBack, isPerfectFor, type LinkConditions,
} from './conditions.ts';
import {type LinkDirection, type Random, randomStream} from './random.ts';

export type DatagramCopy = {
	/** When it arrives, in milliseconds by the clock whose time the link was given. */
	readonly due: number;
	/** How long it is on its way, in milliseconds; a rate's queue and being held back included. */
	readonly delay: number;
	readonly corruption?: Corruption;
};

export type DatagramFate
	= | {readonly type: 'lost'; readonly cause: LossCause}
	/** It arrives once, or twice; the first copy is the original, and need not arrive first. */
		| {
			readonly type: 'passed';
			readonly copies: readonly [DatagramCopy] | readonly [DatagramCopy, DatagramCopy];
			readonly isHeldBack: boolean;
		};

/** The bytes of a copy as they arrive: themselves, or a new array in which one of them has another value. */
export function bytesOfCopy(bytes: Uint8Array, {corruption}: DatagramCopy): Uint8Array {
	if (!corruption) {
		return bytes;
	}

	const changed = Uint8Array.from(bytes);
	changed[corruption.at]! ^= corruption.xor;
	return changed;
}

type DatagramLinkOptions = {
	readonly conditions: LinkConditions;
	readonly seed: number;
	readonly direction: LinkDirection;
	/** What limits the rate of this direction; its owner tells it of another rate. */
	readonly bottleneck: Bottleneck;
};

/** What is decided by random numbers of its own. */
type RandomName = 'loss' | 'jitter' | 'duplication' | 'reordering' | 'corruption';

/**
Decides the fate of each datagram that is sent in one direction, from the seed, the direction and the datagram's number
alone; which byte is corrupted depends on the length, too, and drops from the queue on lengths, times and rate. Each
property draws the same amount of its own random numbers for every datagram, so that a change of one leaves the others.
*/
export class DatagramLink {
	readonly #bottleneck: Bottleneck;
	readonly #direction: LinkDirection;
	#random: Readonly<Record<RandomName, Random>>;
	#conditions: LinkConditions;
	#losesNext = false;
	/** Whether the conditions do nothing: asked for every datagram, so it is kept. */
	#doesNothing: boolean;

	constructor({conditions, seed, direction, bottleneck}: DatagramLinkOptions) {
		this.#conditions = conditions;
		this.#doesNothing = isPerfectFor(conditions, 'udp');
		this.#direction = direction;
		this.#bottleneck = bottleneck;
		this.#random = randomsOf(seed, direction);
	}

	get conditions(): LinkConditions {
		return this.#conditions;
	}

	get losesNext(): boolean {
		return this.#losesNext;
	}

	/** Whether the link would not affect a datagram, so that it can be bypassed. */
	get isPerfect(): boolean {
		return this.#doesNothing && !this.#losesNext;
	}

	/**
	Other conditions for the datagrams to come. Those on their way keep the times that they were given, so that after a
	change for the better later ones may overtake them.
	*/
	change(conditions: LinkConditions): void {
		this.#conditions = conditions;
		this.#doesNothing = isPerfectFor(conditions, 'udp');
	}

	/** Restart the random numbers with this seed, as at the beginning. Datagrams on the link keep their fate. */
	reseed(seed: number): void {
		this.#random = randomsOf(seed, this.#direction);
	}

	/** Lose exactly the next datagram. Said twice before one was sent, it is still one. */
	loseNext(): void {
		this.#losesNext = true;
	}

	/**
	The fate of a datagram that is sent now. Lost ones never enter the rate's queue; copies take no room in it.

	@param length - bytes of payload
	@param now - milliseconds of a monotonic clock
	*/
	fateOf(length: number, now: number): DatagramFate {
		const conditions = this.#conditions;
		// All numbers are taken before anything is decided, so that each datagram takes as many.
		const isLost = this.#random.loss() < conditions.loss;
		const isDoubled = this.#random.duplication() < conditions.duplication;
		const isHeldBack = this.#random.reordering() < conditions.reordering;
		const delays = [
			delayOf(conditions, this.#random.jitter()),
			delayOf(conditions, this.#random.jitter()),
		] as const;
		const corruptions = [this.#nextCorruption(length), this.#nextCorruption(length)] as const;
		if (this.#losesNext) {
			this.#losesNext = false;
			return {type: 'lost', cause: 'next'};
		}

		if (isLost) {
			return {type: 'lost', cause: 'loss'};
		}

		const through = this.#bottleneck.enter(length, now, conditions);
		if (through === undefined) {
			return {type: 'lost', cause: 'queue'};
		}

		const held = isHeldBack ? heldBack(conditions) : 0;
		const copy = (which: 0 | 1): DatagramCopy => {
			const due = through + delays[which] + held;
			const corruption = corruptions[which];
			return corruption ? {due, delay: due - now, corruption} : {due, delay: due - now};
		};

		return {type: 'passed', copies: isDoubled ? [copy(0), copy(1)] : [copy(0)], isHeldBack};
	}

	#nextCorruption(length: number): Corruption | undefined {
		const isCorrupted = this.#random.corruption() < this.#conditions.corruption;
		const at = Math.floor(this.#random.corruption() * length);
		const xor = 1 + Math.floor(this.#random.corruption() * 255);
		return isCorrupted && length > 0 ? {at, xor} : undefined;
	}
}

function randomsOf(seed: number, direction: LinkDirection): Readonly<Record<RandomName, Random>> {
	const random = (name: RandomName): Random => randomStream(seed, `${direction}/${name}`);
	return {
		loss: random('loss'),
		jitter: random('jitter'),
		duplication: random('duplication'),
		reordering: random('reordering'),
		corruption: random('corruption'),
	};
}
