import type {Corruption, LossCause} from '../../events/link-fate.ts';

/** A datagram as it arrives. */
export type DatagramCopy = {
	/** When it arrives, in milliseconds by the clock whose time the link was given. */
	readonly due: number;
	/** How long it is on its way, in milliseconds; a rate's queue and being held back included. */
	readonly delay: number;
	readonly corruption?: Corruption;
};

/** What the link does to a datagram. */
export type DatagramFate
	= | {readonly type: 'lost'; readonly cause: LossCause}
	/** It arrives once, or twice; the first copy is the original, and need not arrive first. */
		| {readonly type: 'passed'; readonly copies: readonly [DatagramCopy] | readonly [DatagramCopy, DatagramCopy]; readonly isHeldBack: boolean};

/** The bytes of a copy as they arrive: themselves, or a new array in which one of them has another value. */
export function bytesOfCopy(bytes: Uint8Array, {corruption}: DatagramCopy): Uint8Array {
	if (!corruption) {
		return bytes;
	}

	const changed = Uint8Array.from(bytes);
	changed[corruption.at] ^= corruption.xor;
	return changed;
}
