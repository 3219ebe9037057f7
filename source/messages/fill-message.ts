import {FaultError} from '../text/files/file-problem.ts';
import {checksumOf, isChecksum} from './checksums.ts';
import type {
	FieldFormat, Message, MessageField, MessagePart,
} from './message.ts';

/** What a message is filled in with: its counter, and the time in milliseconds since 1970 (UTC). */
type FieldValues = {readonly counter: number; readonly time: number};

/** A value that does not fit where it is to be written. */
export class FieldOverflow extends FaultError {
	/** The placeholder as it is written in the file. */
	readonly written: string;

	constructor({written}: MessageField, value: number) {
		super(['overflow', written, value]);
		this.written = written;
	}
}

/** As wide as any counter and time will be: what a message is measured with. */
export const widestValues: FieldValues = {counter: Number.MAX_SAFE_INTEGER, time: Date.UTC(9999)};

/** Where a value stands among the parts. */
type Slot = {readonly field: MessageField; readonly index: number};

/**
The bytes of a message, filled in: counters and times first, then lengths from the last to the first, then checksums, so
that each is known where another one counts it.

@throws FieldOverflow for a length that does not fit
*/
export function fillMessage({parts, ending, characterBytes}: Message, values: FieldValues): Uint8Array {
	const written: Uint8Array[] = parts.map(part => part.type === 'bytes' ? part.bytes : new Uint8Array());
	const put = ({field, index}: Slot, value: number): void => {
		written[index] = writeValue(field, value + field.plus, characterBytes);
	};

	const slots = parts.flatMap((field, index) => field.type === 'field' ? [{field, index}] : []);
	for (const slot of slots.filter(({field}) => field.value !== 'length')) {
		put(slot, knownValue(slot.field, values));
	}

	const {start, end} = marksOf(parts);
	const bytesBetween = (from: number, to: number): Uint8Array => Buffer.concat(written.slice(from, to));
	for (const slot of slots.filter(({field}) => field.value === 'length').toReversed()) {
		const from = Math.max(slot.index + 1, start);
		put(slot, bytesBetween(from, slot.index < end ? end : parts.length).length);
	}

	// One before the mark counts what follows that, and with it others.
	const checked = slots.filter(({field}) => isChecksum(field.value)).toSorted((a, b) =>
		Number(a.index < start) - Number(b.index < start) || a.index - b.index);
	for (const slot of checked) {
		const {field: {value}, index} = slot;
		if (isChecksum(value)) {
			const to = index < start ? end : Math.min(index, end);
			put(slot, checksumOf(value, bytesBetween(start, to)));
		}
	}

	return Buffer.concat([...written, ending]);
}

/** Where the marks stand among the parts; without them, before the first and behind the last. */
function marksOf(parts: readonly MessagePart[]): {readonly start: number; readonly end: number} {
	const indexOf = (mark: 'start' | 'end'): number => parts.findIndex(part => part.type === 'mark' && part.mark === mark);
	const end = indexOf('end');
	return {start: Math.max(0, indexOf('start')), end: end === -1 ? parts.length : end};
}

/** A value that does not depend on the message's bytes; 0 for a checksum, which is as long as that. */
function knownValue({value}: MessageField, {counter, time}: FieldValues): number {
	switch (value) {
		case 'counter': {
			return counter;
		}

		case 'seconds': {
			return Math.floor(time / 1000);
		}

		case 'milliseconds': {
			return time;
		}

		default: {
			return 0;
		}
	}
}

function writeValue(field: MessageField, value: number, characterBytes: Message['characterBytes']): Uint8Array {
	const {format} = field;
	if (format.type === 'binary') {
		return writeBinary(field, format, value);
	}

	return Buffer.from(digitsOf(format, value), characterBytes === 1 ? 'latin1' : 'utf16le');
}

function digitsOf(format: Exclude<FieldFormat, {type: 'binary'}>, value: number): string {
	switch (format.type) {
		case 'iso': {
			return new Date(value).toISOString();
		}

		case 'decimal': {
			const digits = String(Math.abs(value)).padStart(format.places, '0');
			return value < 0 ? `-${digits}` : digits;
		}

		case 'hexadecimal': {
			const digits = value.toString(16).padStart(format.places, '0');
			return format.isUpper ? digits.toUpperCase() : digits;
		}

		default: {
			return format satisfies never;
		}
	}
}

/** A counter begins again at 0 where there is no room for it, and so do times; a length has to fit. */
function writeBinary(
	field: MessageField,
	{bytes, isLittle}: Extract<FieldFormat, {type: 'binary'}>,
	value: number,
): Uint8Array {
	if (field.value === 'length' && (value < 0 || value >= 2 ** (bytes * 8))) {
		throw new FieldOverflow(field, value);
	}

	let rest = BigInt.asUintN(bytes * 8, BigInt(value));
	const written = Uint8Array.from({length: bytes}, () => {
		const low = Number(rest % 256n);
		rest /= 256n;
		return low;
	});
	return isLittle ? written : written.toReversed();
}
