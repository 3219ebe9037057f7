/* The placeholders in the text, or in the hexadecimal digits, of a saved message. */
import type {Node} from 'yaml';
import {readHex} from '../text/hex.ts';
import type {Fault} from '../text/files/file-problem.ts';
import {splitPlaceholders} from '../text/files/placeholders.ts';
import {unknownName, type YamlReader} from '../text/files/yaml-reader.ts';
import {checksumBits, checksumNames, isChecksum} from './checksums.ts';
import type {FieldFormat, MessageField, SavedMessage} from './message.ts';

type SavedPart = SavedMessage['parts'][number];
type FilledPart = Extract<SavedPart, {type: 'field' | 'mark'}>;

const values = ['counter', 'time', 'length', ...checksumNames] as const;
const marks = ['start', 'end'] as const;

/** A backslash with what it escapes, where that could be a brace; two braces; or a placeholder. */
const token = /\\\\|\\u{[\da-f]{1,6}}|{{|{\s*([a-z][a-z\d]*(?:-[a-z][a-z\d]*)*)(\s*[:+-][^{}]*|\s*)}/gi;

const suffix = /^(?::([a-z\d]+))?(?:([+-]\d{1,9}))?$/i;

/** The parts of a text: pieces of it, with their escapes, and what is filled in. */
export function parseTextParts(text: string, node: Node, reader: YamlReader): SavedPart[] {
	return checked(splitText(text, node, false, reader).map(part =>
		typeof part === 'string' ? {type: 'text', text: part} : part), node, reader);
}

/** The parts of a message in hexadecimal: bytes, and what is filled in. */
export function parseHexParts(text: string, node: Node, reader: YamlReader): SavedPart[] {
	const parts = splitText(text, node, true, reader).map((part): SavedPart => {
		if (typeof part !== 'string') {
			return part;
		}

		const read = readHex(part);
		if ('bytes' in read) {
			return {type: 'bytes', bytes: read.bytes};
		}

		reader.failAt(reader.offsetOf(node, part) + read.index, ['hex', 'hex', part.slice(read.index)]);
		return {type: 'bytes', bytes: new Uint8Array()};
	});
	return checked(parts, node, reader);
}

function splitText(text: string, node: Node, isHex: boolean, reader: YamlReader): Array<FilledPart | string> {
	return splitPlaceholders(text, token, ({0: written, 1: name, 2: behind = ''}) => {
		if (name === undefined) {
			return written;
		}

		const offset = reader.offsetOf(node, written);
		return parsePlaceholder({
			written, name, behind, isHex,
		}, fault => {
			reader.failAt(offset, fault);
		});
	});
}

/** A placeholder as it is written: its name, and what stands behind that. */
type Placeholder = {
	readonly written: string;
	readonly name: string;
	readonly behind: string;
	readonly isHex: boolean;
};

function parsePlaceholder(
	{written, name, behind, isHex}: Placeholder,
	fail: (fault: Fault) => void,
): FilledPart | undefined {
	const mark = marks.find(known => known === name);
	const value = values.find(known => known === name);
	const [whole, format, plus = '0'] = suffix.exec(behind) ?? [];
	if (mark !== undefined && behind === '') {
		return {type: 'mark', mark};
	}

	if (value === undefined && mark === undefined) {
		fail(unknownName('placeholder', name, 'a message', [...values, ...marks], 'a brace itself is {{'));
		return undefined;
	}

	if (value === undefined || whole === undefined || !written.startsWith(`{${name}`)) {
		fail(['noPlaceholder', written]);
		return undefined;
	}

	const number = Number(plus);
	if (number !== 0 && value !== 'counter' && value !== 'length') {
		fail(['nothingAdded', written]);
		return undefined;
	}

	if (isHex && format === undefined) {
		fail(['hexFormat', written, `{${name}:${isChecksum(value) ? `u${checksumBits(value)}be` : 'u32be'}}`]);
		return undefined;
	}

	const field = value === 'time' ? timeField(format, written) : numberField(value, format, written);
	if (!('value' in field)) {
		fail(field);
		return undefined;
	}

	return {
		type: 'field', ...field, plus: number, written,
	};
}

type Formatted = Pick<MessageField, 'value' | 'format'>;

/** What a time is, or what is wrong with its format. */
function timeField(format: string | undefined, written: string): Formatted | Fault {
	const binary = format === undefined ? undefined : binaryFormat(format);
	if (format === undefined || format === 's' || format === 'ms') {
		return format === undefined
			? {value: 'milliseconds', format: {type: 'iso'}}
			: {value: format === 's' ? 'seconds' : 'milliseconds', format: {type: 'decimal', places: 1}};
	}

	return binary && binary.bytes >= 4
		? {value: binary.bytes > 4 ? 'milliseconds' : 'seconds', format: binary}
		: ['timeFormat', written];
}

/** What a number is, or what is wrong with its format. */
function numberField(
	value: Exclude<(typeof values)[number], 'time'>,
	format: string | undefined,
	written: string,
): Formatted | Fault {
	if (isChecksum(value)) {
		const bits = checksumBits(value);
		const isHex = format === undefined || /^x$/i.test(format);
		const binary = isHex ? undefined : binaryFormat(format);
		if (isHex) {
			return {value, format: {type: 'hexadecimal', places: bits / 4, isUpper: format === 'X'}};
		}

		return binary?.bytes === bits / 8
			? {value, format: binary}
			: ['checksumFormat', written, value, bits];
	}

	const [, places, kind] = /^(?:0?(\d{1,2}))?(x?)$/i.exec(format ?? '') ?? [];
	if (kind !== undefined) {
		return {
			value,
			format: kind === ''
				? {type: 'decimal', places: Number(places ?? 1)}
				: {type: 'hexadecimal', places: Number(places ?? 1), isUpper: kind === 'X'},
		};
	}

	const binary = binaryFormat(format ?? '');
	return binary
		? {value, format: binary}
		: ['numberFormat', written];
}

function binaryFormat(format: string): Extract<FieldFormat, {type: 'binary'}> | undefined {
	const [, bits, order] = /^u(8|16|24|32|48|64)(be|le)?$/.exec(format) ?? [];
	return bits === undefined || (order === undefined) !== (bits === '8')
		? undefined
		: {type: 'binary', bytes: Number(bits) / 8, isLittle: order === 'le'};
}

/** What the parts are together: each mark stands once, and a checksum counts something. */
function checked(parts: SavedPart[], node: Node, reader: YamlReader): SavedPart[] {
	for (const mark of marks) {
		if (parts.filter(part => part.type === 'mark' && part.mark === mark).length > 1) {
			reader.fail(node, ['markTwice', mark]);
		}
	}

	const start = parts.findIndex(part => part.type === 'mark' && part.mark === 'start');
	const end = parts.findIndex(part => part.type === 'mark' && part.mark === 'end');
	if (end !== -1 && end < start) {
		reader.fail(node, ['endFirst']);
	}

	const [first] = parts;
	if (first?.type === 'field' && isChecksum(first.value) && start === -1) {
		reader.fail(node, ['inFront', first.written]);
	}

	return parts;
}
