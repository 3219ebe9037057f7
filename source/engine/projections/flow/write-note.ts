/** A write to a byte stream: the how-many-th, where in the stream, and how late the simulated link made its last byte, in milliseconds. */
export type StreamWrite = {readonly number: number; readonly offset: number; readonly length: number; readonly delay?: number};

/** More writes than this are told by the first and the last of them. */
const mostNamed = 3;

/**
Which writes one read has returned, where that is not exactly one: `writes 3+4`, `writes 3–9`, `write 3, bytes 0–65535`,
`writes 3[5–9]+4`. Undefined where it is one write whole, or where not all of the writes are known.

@param writes - in the order of the stream
*/
export function noteOfWrites(writes: readonly StreamWrite[], {offset, length}: {readonly offset: number; readonly length: number}): string | undefined {
	const end = offset + length;
	const parts = writesWithin(writes, offset, end);
	const first = parts.at(0);
	const last = parts.at(-1);
	if (!first || !last || first.offset > offset || last.offset + last.length < end || parts.some(({number}, index) => number !== first.number + index)) {
		return undefined;
	}

	const nameOf = (write: StreamWrite): string => {
		const range = rangeOf(write, offset, end);
		return range === undefined ? String(write.number) : `${write.number}[${range}]`;
	};

	if (parts.length === 1) {
		const range = rangeOf(first, offset, end);
		return range === undefined ? undefined : `write ${first.number}, ${range.includes('–') ? 'bytes' : 'byte'} ${range}`;
	}

	return parts.length > mostNamed ? `writes ${nameOf(first)}–${nameOf(last)}` : `writes ${parts.map(write => nameOf(write)).join('+')}`;
}

/** Which bytes of a write, counted from 0, lie between two offsets of the stream; undefined where all do. */
function rangeOf(write: StreamWrite, offset: number, end: number): string | undefined {
	const from = Math.max(offset, write.offset) - write.offset;
	const to = Math.min(end, write.offset + write.length) - write.offset;
	if (from === 0 && to === write.length) {
		return undefined;
	}

	return to === from + 1 ? String(from) : `${from}–${to - 1}`;
}

/** The writes that have bytes between two offsets of the stream. */
export function writesWithin(writes: readonly StreamWrite[], offset: number, end: number): readonly StreamWrite[] {
	let low = 0;
	let high = writes.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (writes[middle].offset + writes[middle].length > offset) {
			high = middle;
		} else {
			low = middle + 1;
		}
	}

	const first = low;
	while (low < writes.length && writes[low].offset < end) {
		low++;
	}

	return writes.slice(first, low);
}
