import type {Address} from './event.ts';
import type {Recorder} from './recorder.ts';

/** The other end of what a socket sends or receives: its address, and whose socket is there where it is one of ours. */
export type FarEnd = {
	readonly address: Address;
	/** The recorder of our own socket at that address; undefined where none is, as far as is known. */
	socket: Recorder | undefined;
	/** Whether a socket of ours was there before, and none is now. */
	readonly isVacant: boolean;
	/** The revision of our own sockets for which `socket` is known to be right. */
	revision: number;
};

/** An address whose socket has not been looked for yet. */
export function farEndAt(address: Address): FarEnd {
	return {
		address, socket: undefined, isVacant: false, revision: -1,
	};
}
