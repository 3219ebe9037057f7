import type {Command, Refusal} from '../api/command.ts';
import type {ServerPane} from './server-pane.ts';

/** The commands that are for a server and its own socket. */
type ServerCommand = Extract<
	Command,
	{type: 'open-server' | 'stop-server' | 'move-server' | 'set-rule' | 'choose-peer' | 'send-from-server'}
>;

/** Carry out a command on a server. Settles when it is done: its socket bound or closed, or the attempt failed. */
export async function executeOnServer(
	pane: ServerPane,
	command: ServerCommand,
): Promise<Refusal | undefined> {
	switch (command.type) {
		case 'open-server': {
			await pane.open();
			return undefined;
		}

		case 'stop-server': {
			await pane.server.close();
			return undefined;
		}

		case 'move-server': {
			await pane.move(command.address);
			return undefined;
		}

		case 'set-rule': {
			pane.setRule(command.rule);
			return undefined;
		}

		case 'choose-peer': {
			pane.choose(command.step);
			return undefined;
		}

		case 'send-from-server': {
			return pane.send(command.target, command.bytes);
		}

		default: {
			return command satisfies never;
		}
	}
}
