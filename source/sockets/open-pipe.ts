import {constants, openSync} from 'node:fs';
import {Socket} from 'node:net';
import type {Readable} from 'node:stream';

/**
Read a named pipe (fifo(7)) as Node reads standard input from a pipe: without a thread that waits in read(2), so that it
can be given up. Ends when the last writer has closed it.

@throws the system's error, where it cannot be opened
*/
export function openPipe(path: string): Readable {
	return new Socket({fd: openSync(path, constants.O_RDONLY | constants.O_NONBLOCK), readable: true, writable: false});
}
