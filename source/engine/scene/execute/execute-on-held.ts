import type {Command, CommandAnswer, Refusal} from '../../api/command.ts';
import {type HeldMessages, mostEdited} from '../../../sockets/held-messages.ts';
import type {RelayPane} from '../panes/relay-pane.ts';

/** The commands on what a relay holds. */
export type HoldingCommand = Extract<Command, {type: 'set-holding' | 'edit-held' | 'drop-held' | 'release-held'}>;

/** Carry out a command on what a relay holds. */
export function executeOnHeld(pane: RelayPane, command: HoldingCommand): Refusal | undefined {
	const {held} = pane.relay;
	switch (command.type) {
		case 'set-holding': {
			pane.hold(command.directions);
			return undefined;
		}

		case 'edit-held': {
			const range = held.rangeOf(command.held);
			const {length} = command.bytes;
			if (range && (length < range.least || length > range.most)) {
				return {reason: 'held-size', length, ...range};
			}

			return held.edit(command.held, command.bytes) ? undefined : refusalOf(held, command.held);
		}

		case 'drop-held': {
			return held.drop(command.held) ? undefined : refusalOf(held, command.held);
		}

		case 'release-held': {
			if (command.held === undefined) {
				held.releaseAll();
				return undefined;
			}

			return held.release(command.held, command.asItWas) ? undefined : refusalOf(held, command.held);
		}

		default: {
			return command satisfies never;
		}
	}
}

/** The bytes of a held message, to be edited. */
export function readHeld(held: HeldMessages, id: number): CommandAnswer {
	const bytes = held.get(id)?.bytes;
	const range = held.rangeOf(id);
	if (!bytes || !range) {
		return {refusal: refusalOf(held, id)};
	}

	return bytes.length > mostEdited
		? {refusal: {reason: 'held-size', length: bytes.length, ...range}}
		: {bytes, range};
}

function refusalOf(held: HeldMessages, id: number): Refusal {
	return {reason: held.get(id) ? 'held-end' : 'not-held'};
}
