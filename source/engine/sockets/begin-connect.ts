import type {Socket} from 'node:net';
import type {Address} from '../events/event.ts';

/**
Begin to connect. What comes of it are the socket's events. Settles when it is connected, or closed.

@param patience - after so many milliseconds it fails with ETIMEDOUT; without it the system gives up, after minutes
*/
export async function beginConnect(socket: Socket, destination: Address, patience: number | undefined): Promise<void> {
	const settled = new Promise<void>(resolve => {
		for (const event of ['connect', 'close']) {
			socket.once(event, () => {
				resolve();
			});
		}
	});
	if (patience !== undefined) {
		giveUpAfter(socket, patience);
	}

	try {
		socket.setNoDelay();
		socket.connect(destination);
	} catch (error) {
		// What Node itself refuses, such as a name that cannot be one, fails like what the system refuses.
		socket.destroy(error instanceof Error ? error : new Error(String(error)));
	}

	await settled;
}

/** Let an attempt to connect fail as the system lets it fail when nobody answers, only earlier. */
function giveUpAfter(socket: Socket, patience: number): void {
	const timer = setTimeout(() => {
		const message = `no answer within ${patience / 1000} s`;
		socket.destroy(Object.assign(new Error(message), {code: 'ETIMEDOUT', syscall: 'connect'}));
	}, patience);
	for (const event of ['connect', 'close']) {
		socket.once(event, () => {
			clearTimeout(timer);
		});
	}
}
