import type {Command, Refusal, Target} from '../../api/command.ts';
import type {Address} from '../../../log/event.ts';
import type {TcpConnection} from '../../../sockets/tcp/tcp-connection.ts';
import {isSameAddress} from '../../../text/address.ts';
import {ClientPane} from '../panes/client-pane.ts';
import type {ServerPane} from '../panes/server-pane.ts';
import type {FileSource} from '../files/file-receiver.ts';
import {readDatagram} from '../files/file-sender.ts';

/** The far end of a file: over TCP, of this connection; over UDP, the address that datagrams go to. */
type FarEnd = Pick<FileSource, 'has'> & {
	readonly connection?: TcpConnection;
	readonly peer: Address | undefined;
};

/** Begin to send or receive a file. Settles when it has begun; a datagram, when it has been sent. */
export async function transferFile(
	pane: ServerPane | ClientPane,
	{type, path, target}: Extract<Command, {type: 'send-file' | 'receive-file'}>,
): Promise<Refusal | undefined> {
	const {files, messages} = pane;
	if (type === 'send-file' && messages.isRunning) {
		return {reason: 'messages-under-way'};
	}

	const far = pane instanceof ClientPane ? await farEndOfClient(pane) : farEndOfServer(pane, target);
	if ('reason' in far) {
		return far;
	}

	const {connection, peer, has} = far;
	if (type === 'receive-file') {
		return files.receive(path, {
			has,
			peer,
			holdReading(isHeld) {
				connection?.holdReading(isHeld);
			},
		});
	}

	if (connection) {
		return files.send(path, connection);
	}

	if (!peer) {
		return {reason: 'no-destination'};
	}

	const read = await readDatagram(path, peer.host);
	if ('reason' in read) {
		return read;
	}

	return pane instanceof ClientPane ? pane.send(read) : pane.send(target, read);
}

async function farEndOfClient({pane, client, destination}: ClientPane): Promise<FarEnd | Refusal> {
	const has: FarEnd['has'] = event => event.pane === pane && !('isThirdParty' in event && event.isThirdParty);
	if (client.protocol === 'udp') {
		return {has, peer: destination};
	}

	await client.whenConnected();
	const {connection} = client;
	return connection ? {has, peer: connection.peer, connection} : {reason: 'not-open'};
}

function farEndOfServer({pane, server}: ServerPane, target: Target | undefined): FarEnd | Refusal {
	if (server.state.type !== 'open') {
		return {reason: 'not-open'};
	}

	if (target === 'all') {
		return {reason: 'one-peer'};
	}

	if (server.protocol === 'udp') {
		const address = target === undefined ? undefined : server.peers.get(target)?.address;
		return address
			? {
				peer: address,
				has: event => event.pane === pane
					&& (!('peer' in event) || event.peer === undefined || isSameAddress(event.peer, address)),
			}
			: {reason: 'no-peer'};
	}

	const connection = target === undefined ? undefined : server.peers.get(target);
	return connection
		? {peer: connection.peer, connection, has: event => event.pane === pane && event.socket === connection.number}
		: {reason: target === undefined ? 'no-connection' : 'peer-gone'};
}
