import type {Exchange, Mistake} from '../api/mistake.ts';

/**
What is wrong with the bytes that came back; undefined where they are as expected, or none came.

@param earlier - messages from before, whose bytes may still be in the program's buffer
*/
export function judgeBytes(
	exchange: Exchange,
	expected: Uint8Array,
	earlier: readonly Uint8Array[] = [],
): Mistake | undefined {
	const {got, sent} = exchange;
	if (got === undefined || isSame(got, expected)) {
		return undefined;
	}

	const values = {...exchange, got, expected};
	if (startsWith(got, expected)) {
		return {...values, kind: whatFollows(got.subarray(expected.length), expected.length, earlier)};
	}

	if (isSame(got, sent)) {
		return {...values, kind: 'unchanged'};
	}

	// A program that cuts may end what is left with a zero.
	const text = withoutZeros(got);
	if (text.length > 0 && text.length < expected.length && startsWith(expected, text)) {
		return {...values, kind: expected[text.length] === 0 ? 'stops-at-zero' : 'cut'};
	}

	return {...values, kind: 'wrong-bytes'};
}

/** What a program has sent behind the text that was expected. */
function whatFollows(
	rest: Uint8Array,
	at: number,
	earlier: readonly Uint8Array[],
): 'terminator' | 'line-break-added' | 'stale-bytes' | 'whole-buffer' | 'wrong-bytes' {
	if (rest.length === 1 && rest[0] === 0) {
		return 'terminator';
	}

	if (/^(?:\r?\n)+$/.test(Buffer.from(rest).toString('latin1'))) {
		return 'line-break-added';
	}

	if (rest.every(byte => byte === 0)) {
		return 'whole-buffer';
	}

	const text = Buffer.from(withoutZeros(rest)).toString('latin1').toLowerCase();
	return earlier.some(message => Buffer.from(message.subarray(at)).toString('latin1').toLowerCase().startsWith(text))
		? 'stale-bytes'
		: 'wrong-bytes';
}

function withoutZeros(bytes: Uint8Array): Uint8Array {
	return bytes.subarray(0, bytes.findLastIndex(byte => byte !== 0) + 1);
}

function startsWith(bytes: Uint8Array, beginning: Uint8Array): boolean {
	return isSame(bytes.subarray(0, beginning.length), beginning);
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
	return Buffer.compare(one, other) === 0;
}
