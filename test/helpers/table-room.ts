import {createHook} from 'node:async_hooks';
import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {mock} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import type {ExecutionContext} from 'ava';
import {KernelTables} from '../../source/sockets/kernel/kernel-tables.ts';
import {temporaryFolder} from './temporary-folder.ts';

/**
The requests to the file system that are under way, by their asynchronous ids (async_hooks), and how many there ever
were.
*/
const pending = new Set<number>();
let requests = 0;

/** How many files were opened and closed. */
export const files = {opened: 0, closed: 0};
createHook({
	init(id, type) {
		if (type === 'FSREQPROMISE' || type === 'FILEHANDLECLOSEREQ') {
			pending.add(id);
			requests++;
		}

		files.opened += type === 'FILEHANDLE' ? 1 : 0;
		files.closed += type === 'FILEHANDLECLOSEREQ' ? 1 : 0;
	},
	after(id) {
		pending.delete(id);
	},
}).enable();

// The timers of tests that import this run only when the test advances the time.
mock.timers.enable({apis: ['setTimeout']});

/** The calls of setTimeout(). */
export const timers = mock.method(globalThis, 'setTimeout').mock;

/** Longer than any pause between readings, in milliseconds. */
const longPause = 10_000;

/** One line of a table in this machine's byte order: 127.127.127.127 is the same in both. */
export function tableLine(port: number, {state = '01', family = 4, drops = false} = {}): string {
	const host = family === 4 ? '7F7F7F7F' : '0'.repeat(32);
	return `   0: ${host}:${port.toString(16).toUpperCase().padStart(4, '0')} ${host}:0001 ${state} 00000000:00000000 00:00000000 00000000     0        0 1 1 0${drops ? ' 3' : ''}\n`;
}

/** A folder with made-up tables, and an object that reads them. */
export class TableRoom {
	static async open(
		t: ExecutionContext,
		tables: Readonly<Record<string, string>>,
		interval?: number,
		readsTwice?: boolean,
	): Promise<TableRoom> {
		const room = new TableRoom(await temporaryFolder(t), interval, readsTwice);
		t.teardown(() => {
			room.tables.close();
		});
		for (const [name, text] of Object.entries(tables)) {
			await room.write(name, text);
		}

		return room;
	}

	readonly folder: string;
	readonly tables: KernelTables;
	/** How often a change was told. */
	changes = 0;
	#changed = Promise.withResolvers<void>();

	constructor(folder: string, interval?: number, readsTwice = false) {
		this.folder = folder;
		this.tables = new KernelTables({
			folder,
			interval,
			readsTwice,
			onChange: () => {
				this.changes++;
				this.#changed.resolve();
				this.#changed = Promise.withResolvers();
			},
		});
	}

	/** The local ports of the snapshot's sockets. */
	get ports(): number[] | undefined {
		return this.tables.snapshot?.map(({local}) => local.port);
	}

	/** Settles at the next change. */
	async change(): Promise<void> {
		return this.#changed.promise;
	}

	/** Do something, and wait for the change that follows. */
	async changeAfter(action: () => void): Promise<void> {
		const change = this.change();
		action();
		await change;
	}

	async write(name: string, text: string): Promise<void> {
		await writeFile(path.join(this.folder, name), text);
	}
}

/** How many requests an action makes to the file system before it returns. */
export function requestsOf(action: () => void): number {
	const before = requests;
	action();
	return requests - before;
}

/** Let the pause between two readings be over. */
export function tickLong(): void {
	mock.timers.tick(longPause);
}

/** Settles when the reading that has begun is over: no request is under way, and none follows. */
export async function readingOver(): Promise<void> {
	for (let quiet = 0; quiet < 5; quiet = pending.size > 0 ? 0 : quiet + 1) {
		await setImmediate();
	}
}
