import type {Command, Refusal, Target} from '../../api/command.ts';
import {largestDatagramTo} from '../../../sockets/limits.ts';
import {ClientPane} from '../panes/client-pane.ts';
import type {ServerPane} from '../panes/server-pane.ts';
import type {MessageOutlet} from '../panes/pane-messages.ts';

/** Send a saved message or begin a sequence. Settles when the first message has been sent, or refused. */
export async function sendMessages(
	pane: ServerPane | ClientPane,
	{sequence, target}: Extract<Command, {type: 'send-messages'}>,
	counters: Map<string, number>,
): Promise<Refusal | undefined> {
	if (pane instanceof ClientPane) {
		return pane.whyBusy() ?? pane.messages.start(sequence, clientOutlet(pane), counters);
	}

	return pane.messages.start(sequence, serverOutlet(pane, target ?? pane.target), counters);
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
