/* How values stand in the sentences about exercises, in any language, and what those are. */
import type {Mistake} from '../../../engine/api/mistake.ts';
import {formatAddress} from '../../../text/address.ts';
import {visibleBytes} from '../../../text/width/visible.ts';
import type {Address} from '../../../log/event.ts';
import type {Both} from '../both.ts';
import {formatExactBytes} from '../../../text/numbers.ts';

/** What is said of each of some mistakes: what the program does, then why that is wrong, or what to do. */
export type MistakeWords<Kinds extends Mistake> = {
	readonly [Kind in Kinds['kind']]: (mistake: Extract<Kinds, {kind: Kind}>) => Both<string[]>;
};

/** What a check demands, by its name; where the exercises differ, by `exercise/check`. */
export type CheckWords = Readonly<Record<string, Both<string>>>;

/** How many columns of a payload a sentence has. */
const quotedColumns = 48;

/** Bytes in quotes, as far as a sentence has room for them, and how many they are: `"HELLO\0" (6 B)`. */
export function quote(bytes: Uint8Array): string {
	return `"${visibleBytes(bytes, quotedColumns).text}" (${formatExactBytes(bytes.length)})`;
}

/** The last bytes of a payload, where its end is what matters. */
export function quoteEnd(bytes: Uint8Array, count = 16): string {
	const end = visibleBytes(bytes.subarray(-count), quotedColumns * 2).text;
	return `"${bytes.length > count ? '…' : ''}${end}" (${formatExactBytes(bytes.length)})`;
}

/** `127.0.0.1:12000`. */
export function at(address: Address): string {
	return formatAddress(address);
}

/** A port as a number and as its two bytes: `12000 = 0x2EE0`. */
export function portBytes(port: number): string {
	return `${port} = 0x${port.toString(16).toUpperCase().padStart(4, '0')}`;
}
