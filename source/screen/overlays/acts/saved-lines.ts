import {isChecksum} from '../../../messages/checksums.ts';
import {
	type FieldFormat, isInline, type SavedMessage, type SavedSequence,
} from '../../../messages/message.ts';
import type {MessageEncoding, MessagesNews} from '../../../messages/messages-file.ts';
import {type Codec, readingOf, Unwritable} from '../../../text/encoding/codec.ts';
import {bytesOfTyped} from '../../../text/encoding/escapes.ts';
import {formatProblems} from '../../../text/files/file-problem.ts';
import {formatDuration} from '../../../text/quantities.ts';
import {visibleBytes, visibleLine} from '../../../text/width/visible.ts';
import {
	padColumns, paint, type Span, widthOf,
} from '../../frame/paint.ts';
import {hexOf} from '../../panes/rows/payload-text.ts';
import type {Words} from '../../words/words.ts';
import {byType} from '../../../text/by-type.ts';
import {firstAround} from '../../../views/window.ts';

/** What stands before the name of a saved message. */
const sign = '»';

/** Columns of a size such as `≥ 120 B`. */
const sizeColumns = 9;

const widestName = 24;

/** More messages of a sequence than there is room for. */
const mostSteps = 20;

/** Bytes of each part that a preview looks at: more than there is room for. */
const mostBytes = 160;

/**
The list of saved messages under its heading, as many of them as fit: the selected one is always among them.

@param encoding - how the pane writes messages
*/
export function savedLines(
	{sequences, file, problems: [problem]}: MessagesNews,
	selected: number | undefined,
	encoding: MessageEncoding,
	{columns, rows}: {readonly columns: number; readonly rows: number},
	words: Words,
): string[] {
	const shown = Math.max(1, rows - 1);
	const top = firstAround(selected ?? 0, sequences.length, shown);
	const names = Math.min(widestName, Math.max(0, ...sequences.map(({name}) => widthOf([{text: name}]))));
	const isPlaced = sequences.length > shown && problem === undefined;
	const place = isPlaced ? `  ${top + 1}–${Math.min(sequences.length, top + shown)} / ${sequences.length}` : '';
	return [
		paint([
			{text: ` ${words.messages.title(visibleLine(file))}${place}`, tone: 'strong'},
			...(problem === undefined ? [] : [{text: `  ✗ ${visibleLine(formatProblems(file, [problem], words.faults))}`, tone: 'warning' as const}]),
		], columns),
		...sequences.slice(top, top + shown).map((sequence, index) => {
			const isSelected = top + index === selected;
			const label: Span[] = [
				{text: isSelected ? ' ▸' : '  '},
				{text: sign, tone: 'key'},
				{text: ` ${padColumns(sequence.name, names)}  `, tone: isSelected ? 'strong' : 'plain'},
			];
			const width = Math.min(columns, widthOf(label));
			return paint(label, width) + previewOf(sequence, encoding, columns - width, words);
		}),
	].slice(0, Math.max(0, rows));
}

/** The name of the saved message that a line is for, as far as it shows. */
export function savedNameIn(text: string): string | undefined {
	return /^ [ ▸]» (\S+)/.exec(text)?.[1];
}

/** What a saved message is, in exactly `columns` columns. */
function previewOf(sequence: SavedSequence, encoding: MessageEncoding, columns: number, words: Words): string {
	const [only] = sequence.steps;
	return !sequence.isSequence && only
		? messagePreview(only.message, encoding, columns, words)
		: paint(sequencePreview(sequence, encoding, words), columns);
}

/** How many messages, and the first of them with their pauses. */
function sequencePreview(
	{steps, rounds, pauseAfter}: SavedSequence,
	encoding: MessageEncoding,
	{messages}: Words,
): Span[] {
	const pause = (milliseconds: number | undefined): Span[][] =>
		milliseconds === undefined ? [] : [[{text: formatDuration(milliseconds)}]];
	const first = steps.slice(0, mostSteps).flatMap(({message, pause: before}) =>
		[...pause(before), nameOf(message, encoding)]);
	const parts = steps.length > mostSteps ? [...first, [{text: '…'}]] : [...first, ...pause(pauseAfter)];
	return [
		{text: `${messages.sequence(steps.length, rounds)}: `, tone: 'dim'},
		...parts.flatMap((part, index) => index === 0 ? part : [{text: ' · '}, ...part]),
	];
}

/** The name of a message; of one that stands in a sequence itself, what it is. */
function nameOf(message: SavedMessage, encoding: MessageEncoding): Span[] {
	const {name, parts, isText} = message;
	if (!isInline(name)) {
		return [{text: name}];
	}

	const shown = parts.map(part => {
		const {text, hex} = pieceOf(part, encoding);
		return isText || part.type === 'file' ? text : hex;
	});
	return isText ? [{text: '"'}, ...shown, {text: '"'}] : [...shown.slice(0, -1), ...shown.slice(-1).map(span => ({...span, text: span.text.trim()}))];
}

/** Sizes stand at the right of their column. */
function padStart(size: string): string {
	return ' '.repeat(Math.max(0, sizeColumns - widthOf([{text: size}]))) + size;
}

/** Its size, and its bytes as text and in hexadecimal, with placeholders as they are written. */
function messagePreview(message: SavedMessage, encoding: MessageEncoding, columns: number, words: Words): string {
	const {parts, isText, ending} = message;
	const pieces = parts.map(part => pieceOf(part, encoding));
	const end = isText || ending !== undefined ? encoding.ending(ending) : new Uint8Array();
	const all = end.length > 0 ? [...pieces, bytesPiece(end, encoding.codec)] : pieces;
	const size = all.reduce((sum, {bytes}) => sum + bytes, 0);
	const isExact = all.every(piece => piece.isExact);
	const lead: Span = {text: `${padStart(words.messages.size(size, isExact))}  `, tone: 'dim'};
	const room = columns - widthOf([lead]) - 3;
	const most = Math.ceil(room / 2);
	const wanted = widthOf(all.map(({text}) => text));
	const hexWanted = widthOf(all.map(({hex}) => hex));
	// The text may have what its bytes leave.
	const width = Math.max(0, Math.min(wanted, Math.max(most, room - hexWanted)));
	return paint([lead], Math.min(columns, widthOf([lead])))
		+ paint(all.map(({text}) => text), width)
		+ paint([{text: '  '}, ...all.map(({hex}) => hex)], room + 3 - width);
}

/** How a part shows, and how many bytes it is, or at least is. */
type Piece = {readonly text: Span; readonly hex: Span; readonly bytes: number; readonly isExact: boolean};

function pieceOf(part: SavedMessage['parts'][number], encoding: MessageEncoding): Piece {
	return byType(part, {
		text({text}) {
			const bytes = encoding.encode(text);
			const shown = visibleBytes(bytesOfTyped(text), mostBytes).text;
			return bytes instanceof Unwritable
				? {
					text: {text: shown, tone: 'error'}, hex: {text: '✗ ', tone: 'error'}, bytes: 0, isExact: false,
				}
				: {...bytesPiece(bytes, encoding.codec), text: {text: shown}};
		},
		bytes: ({bytes}) => bytesPiece(bytes, encoding.codec),
		file({path, size}) {
			const name: Span = {text: visibleLine(path), tone: 'key'};
			return {
				text: name, hex: {text: ''}, bytes: size, isExact: true,
			};
		},
		field({format, written, value}) {
			const {bytes, isExact} = widthOfField(format, isChecksum(value));
			return {
				text: {text: written, tone: 'key'},
				hex: {text: `${written} `, tone: 'key'},
				bytes: format.type === 'binary' ? bytes : bytes * encoding.characterBytes,
				isExact,
			};
		},
		mark: () => ({
			text: {text: ''}, hex: {text: ''}, bytes: 0, isExact: true,
		}),
	});
}

function bytesPiece(bytes: Uint8Array, codec: Codec): Piece {
	const first = bytes.subarray(0, mostBytes);
	return {
		text: {text: visibleBytes(first, mostBytes, true, readingOf(codec)).text},
		hex: {text: bytes.length > 0 ? `${hexOf(first)} ` : '', tone: 'dim'},
		bytes: bytes.length,
		isExact: true,
	};
}

/** How long a value is that is filled in. */
function widthOfField(format: FieldFormat, isFixed: boolean): Pick<Piece, 'bytes' | 'isExact'> {
	if (format.type === 'binary') {
		return {bytes: format.bytes, isExact: true};
	}

	return format.type === 'iso'
		? {bytes: '2026-01-01T00:00:00.000Z'.length, isExact: true}
		: {bytes: format.places, isExact: isFixed};
}
