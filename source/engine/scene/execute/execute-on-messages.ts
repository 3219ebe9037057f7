import type {Command, Refusal, Target} from '../../api/command.ts';
import {largestDatagramTo} from '../../../sockets/limits.ts';
import {ClientPane} from '../panes/client-pane.ts';
import type {ServerPane} from '../panes/server-pane.ts';
import type {MessageOutlet} from '../panes/pane-messages.ts';

export type MessagesCommand = Extract<Command, {type: 'send-messages' | 'stop-messages'}>;

/**
Send a saved message or begin a sequence, or stop it. Settles when the first message has been sent.

@param counters - how often each message has been sent, by its name
*/
export async function executeOnMessages(
	pane: ServerPane | ClientPane,
	command: MessagesCommand,
	counters: Map<string, number>,
): Promise<Refusal | undefined> {
	if (command.type === 'stop-messages') {
		return pane.messages.stop();
	}

	if (pane instanceof ClientPane) {
		const refusal = pane.whyBusy();
		return refusal ?? pane.messages.start(command.sequence, clientOutlet(pane), counters);
	}

	const target = command.target ?? pane.target;
	return pane.messages.start(command.sequence, serverOutlet(pane, target), counters);
}

function clientOutlet(pane: ClientPane): MessageOutlet {
	const {client} = pane;
	const isTcp = client.protocol === 'tcp';
	const host = pane.destination?.host;
	return {
		get ready() {
			return client.protocol === 'tcp' && client.state.type === 'connecting' ? client.whenConnected() : undefined;
		},
		send: async bytes => pane.send(bytes),
		generation: () => isTcp ? client.connection : client.generation,
		connections: () => isTcp && client.connection ? [client.connection] : [],
		limit: isTcp || host === undefined ? undefined : largestDatagramTo(host),
	};
}

function serverOutlet(pane: ServerPane, target: Target | undefined): MessageOutlet {
	const {server} = pane;
	const isTarget = ({number}: {readonly number: number}): boolean => target === 'all' || number === target;
	const hosts = server.protocol === 'udp'
		? [...server.peers.values()].filter(peer => isTarget(peer)).map(({address}) => address.host)
		: [];
	return {
		ready: undefined,
		send: async bytes => pane.send(target, bytes),
		generation: () => server.state,
		connections: () => server.protocol === 'tcp' ? [...server.peers.values()].filter(peer => isTarget(peer)) : [],
		limit: hosts.length === 0 ? undefined : Math.min(...hosts.map(host => largestDatagramTo(host))),
	};
}
