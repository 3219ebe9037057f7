import {readdir, readlink} from 'node:fs/promises';
import path from 'node:path';
import {setImmediate} from 'node:timers/promises';

const descriptors = '/proc/self/fd';

/** What Node calls its sockets, and the threads beside this one. */
const resources = new Set(['TCPServerWrap', 'TCPSocketWrap', 'UDPWrap', 'TCPConnectWrap', 'MessagePort', 'Worker']);

/** How many turns of the event loop a handle may take to be closed. */
const maxTurns = 1000;

/** How many sockets this process has open: what the system says on Linux, elsewhere what Node says. */
export async function countSockets(): Promise<number> {
	if (process.platform !== 'linux') {
		return process.getActiveResourcesInfo().filter(name => resources.has(name)).length;
	}

	const names = await readdir(descriptors);
	const links = await Promise.all(names.map(async name => readlink(path.join(descriptors, name)).catch(() => 'closed meanwhile')));
	return links.filter(link => link.startsWith('socket:')).length;
}

/**
The handles that keep this process alive: sockets, timers and threads, sorted. Files that are being read do not count.
*/
function running(): string[] {
	return process.getActiveResourcesInfo().filter(name => resources.has(name) || name === 'Timeout').toSorted();
}

/** What is open now, to be compared with what is open later. */
export type OpenThings = {readonly sockets: number; readonly running: readonly string[]};

/** What this process has open. */
export async function openThings(): Promise<OpenThings> {
	return {sockets: await countSockets(), running: running()};
}

/**
What this process has open as soon as that is the same as before, or at last: closing takes some turns of the event
loop.
*/
export async function openThingsAfter(before: OpenThings): Promise<OpenThings> {
	for (let turns = 0; turns < maxTurns; turns++) {
		const now = await openThings();
		if (JSON.stringify(now) === JSON.stringify(before)) {
			return now;
		}

		await setImmediate();
	}

	return openThings();
}
