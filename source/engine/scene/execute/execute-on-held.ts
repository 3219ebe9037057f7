import type {CommandAnswer, Refusal} from '../../api/command.ts';
import {type HeldMessages, mostEdited} from '../../../sockets/held-messages.ts';

export function editHeld(held: HeldMessages, id: number, bytes: Uint8Array): Refusal | undefined {
	const range = held.rangeOf(id);
	const {length} = bytes;
	if (range && (length < range.least || length > range.most)) {
		return {reason: 'held-size', length, ...range};
	}

	return held.edit(id, bytes) ? undefined : whyNotHeld(held, id);
}

export function readHeld(held: HeldMessages, id: number): CommandAnswer {
	const bytes = held.get(id)?.bytes;
	const range = held.rangeOf(id);
	if (!bytes || !range) {
		return {refusal: whyNotHeld(held, id)};
	}

	return bytes.length > mostEdited
		? {refusal: {reason: 'held-size', length: bytes.length, ...range}}
		: {bytes, range};
}

export function whyNotHeld(held: HeldMessages, id: number): Refusal {
	return {reason: held.get(id) ? 'held-end' : 'not-held'};
}
