import {type VisibleText, visibleBytes} from '../../text/visible.ts';
import type {PayloadFormat} from '../door/question.ts';

/**
A payload in at most so many columns: as text, or as hexadecimal bytes and, after two spaces, the same bytes as text.

@param bytes - the payload, or its beginning
@param length - how many bytes the payload has
*/
export function projectPayload(bytes: Uint8Array, length: number, format: PayloadFormat, columns: number): VisibleText {
	if (columns <= 0) {
		return {text: '', columns: 0, isCut: length > 0};
	}

	const isWhole = bytes.length === length;
	if (format === 'text') {
		return visibleBytes(bytes, columns, isWhole);
	}

	// Two digits and a space for each byte, and one column of text; a mark where there is more.
	const fitting = Math.min(bytes.length, Math.max(0, Math.floor((columns - 2) / 4)));
	const isCut = fitting < length;
	const hex = Array.from(bytes.subarray(0, fitting), byte => byte.toString(16).padStart(2, '0')).join(' ');
	if (fitting === 0) {
		return {text: isCut ? '…' : '', columns: isCut ? 1 : 0, isCut};
	}

	const text = visibleBytes(bytes.subarray(0, fitting), columns - hex.length - 2, !isCut);
	return {text: `${hex}  ${text.text}`, columns: hex.length + 2 + text.columns, isCut: isCut || text.isCut};
}
