import type {Command, Refusal, Target} from '../../api/command.ts';
import type {SocketEvent} from '../../../log/event.ts';
import type {TcpConnection} from '../../../sockets/tcp/tcp-connection.ts';
import {isSameAddress} from '../../../text/address.ts';
import {ClientPane} from '../panes/client-pane.ts';
import type {ServerPane} from '../panes/server-pane.ts';
import type {FileSource} from '../files/file-receiver.ts';
import {readDatagram} from '../files/file-sender.ts';
import type {PaneFiles} from '../files/pane-files.ts';

export type FileCommand = Extract<Command, {type: 'send-file' | 'receive-file' | 'stop-file'}>;

/** Begin to send or receive a file, or stop. Settles when it has begun; a datagram, when it has been sent. */
export async function executeOnFiles(
	pane: ServerPane | ClientPane,
	command: FileCommand,
): Promise<Refusal | undefined> {
	if (command.type === 'stop-file') {
		return pane.files.stop();
	}

	if (command.type === 'send-file' && pane.messages.isRunning) {
		return {reason: 'messages-under-way'};
	}

	return pane instanceof ClientPane ? onClient(pane, command) : onServer(pane, command, command.target);
}

type OfFile = Exclude<FileCommand, {type: 'stop-file'}>;

async function onClient(pane: ClientPane, {type, path}: OfFile): Promise<Refusal | undefined> {
	const {client, files, destination} = pane;
	const isOwn = (event: SocketEvent): boolean =>
		event.pane === pane.pane && !('isThirdParty' in event && event.isThirdParty);
	if (client.protocol === 'udp') {
		if (type === 'receive-file') {
			return files.receive(path, {has: isOwn, peer: destination});
		}

		if (!destination) {
			return {reason: 'no-destination'};
		}

		const read = await readDatagram(path, destination.host);
		return 'refusal' in read ? read.refusal : pane.send(read.bytes);
	}

	await client.whenConnected();
	const {connection} = client;
	if (!connection) {
		return {reason: 'not-open'};
	}

	return overConnection(files, {type, path}, connection, isOwn);
}

async function onServer(
	pane: ServerPane,
	{type, path}: OfFile,
	target: Target | undefined,
): Promise<Refusal | undefined> {
	const {server, files} = pane;
	if (server.state.type !== 'open') {
		return {reason: 'not-open'};
	}

	if (target === 'all') {
		return {reason: 'one-peer'};
	}

	if (server.protocol === 'udp') {
		const peer = target === undefined ? undefined : server.peers.get(target);
		if (!peer) {
			return {reason: 'no-peer'};
		}

		const {address} = peer;
		if (type === 'receive-file') {
			return files.receive(path, {
				peer: address,
				has: event => event.pane === pane.pane
					&& (!('peer' in event) || event.peer === undefined || isSameAddress(event.peer, address)),
			});
		}

		const read = await readDatagram(path, address.host);
		return 'refusal' in read ? read.refusal : pane.send(target, read.bytes);
	}

	const connection = target === undefined ? undefined : server.peers.get(target);
	if (!connection) {
		return {reason: target === undefined ? 'no-connection' : 'peer-gone'};
	}

	return overConnection(files, {type, path}, connection, event =>
		event.pane === pane.pane && event.socket === connection.number);
}

async function overConnection(
	files: PaneFiles,
	{type, path}: Pick<OfFile, 'type' | 'path'>,
	connection: TcpConnection,
	has: FileSource['has'],
): Promise<Refusal | undefined> {
	return type === 'send-file'
		? files.send(path, connection)
		: files.receive(path, {
			has,
			peer: connection.peer,
			holdReading(isHeld) {
				connection.holdReading(isHeld);
			},
		});
}
