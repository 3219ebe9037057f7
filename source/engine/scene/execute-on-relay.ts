import type {Command, Refusal} from '../api/command.ts';
import type {HeldMessages} from '../../sockets/held-messages.ts';
import type {RelayPane} from './relay-pane.ts';

/** The commands on what a relay holds. */
export type HoldingCommand = Extract<Command, {type: 'set-holding' | 'edit-held' | 'drop-held' | 'release-held'}>;

/** The commands for a relay and the socket that it listens with. */
type RelayCommand = HoldingCommand | Extract<Command, {type: 'open-server' | 'stop-server' | 'move-server'}>;

/** Carry out a command on a relay. Settles when it is done: its socket bound or closed, or the attempt failed. */
export async function executeOnRelay(pane: RelayPane, command: RelayCommand): Promise<Refusal | undefined> {
	switch (command.type) {
		case 'open-server': {
			await pane.open();
			return undefined;
		}

		case 'stop-server': {
			await pane.close();
			return undefined;
		}

		case 'move-server': {
			return pane.move(command.address);
		}

		default: {
			return executeOnHeld(pane.relay.held, command);
		}
	}
}

function executeOnHeld(held: HeldMessages, command: HoldingCommand): Refusal | undefined {
	switch (command.type) {
		case 'set-holding': {
			held.hold(command.directions);
			return undefined;
		}

		case 'edit-held': {
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

function refusalOf(held: HeldMessages, id: number): Refusal {
	return {reason: held.get(id) ? 'held-end' : 'not-held'};
}
