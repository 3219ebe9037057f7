import type {ExecutionContext} from 'ava';
import type {Address} from '../../source/log/event.ts';
import {KernelWatch} from './kernel-watch.ts';
import {connectRaw, openRawServer, type RawConnection} from './raw-tcp.ts';

type KernelPair = {
	readonly client: RawConnection;
	/** The server's connection socket. */
	readonly accepted: RawConnection;
	readonly near: Address;
	readonly far: Address;
	readonly kernel: KernelWatch;
};

/**
A connection between two bare sockets, and the kernel's tables with both ends. Either end reads nothing before it is
resumed, if so wanted.
*/
export async function openKernelPair(
	t: ExecutionContext,
	{host = '127.0.0.1', isServerPaused = false, isClientPaused = false} = {},
): Promise<KernelPair> {
	const {address, accepted} = await openRawServer(t, host, {pauseOnConnect: isServerPaused});
	const client = await connectRaw(t, address, {isPaused: isClientPaused});
	return {
		client,
		accepted: await accepted.next(),
		near: client.local,
		far: address,
		kernel: new KernelWatch(t, 'tcp', address.port),
	};
}

/**
Write until the receive buffer of the peer, which does not read, is full, and bytes stay in this end's send queue. That
still has room, so that Node has handed over all.
*/
export async function fillPeer(socket: RawConnection, from: Address, to: Address, kernel: KernelWatch): Promise<void> {
	for (let written = 65_536; ; written += 65_536) {
		socket.write(Buffer.alloc(65_536));
		const sendQueue = await kernel.until(sockets => {
			const ours = sockets.find(({local, remote}) => local.port === from.port && remote.port === to.port);
			const theirs = sockets.find(({local, remote}) => local.port === to.port && remote.port === from.port);
			return ours && theirs && ours.sendQueue + theirs.receiveQueue === written ? ours.sendQueue : undefined;
		}, `${written} bytes in both queues`);
		if (sendQueue > 0) {
			return;
		}
	}
}
