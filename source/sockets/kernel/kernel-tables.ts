import {closeSync, openSync} from 'node:fs';
import path from 'node:path';
import {type OnFault, report, throwLater} from '../../log/subscriptions.ts';
import {formatAddress} from '../../text/address.ts';
import {type KernelSocket, isSameSnapshot} from './kernel-socket.ts';
import {parseKernelTable} from './parse-kernel-table.ts';
import {TableReader} from './table-reader.ts';

const procfs = '/proc/net';

/** The pause between readings where no other is given, in milliseconds. */
const defaultInterval = 250;

/**
A pause is at least this many times as long as the reading before it: on a machine with very many sockets, reading takes
at most a tenth of the time.
*/
const restFactor = 9;

/** No reading makes the pause after it longer than this, in milliseconds. */
const longestRest = 2000;

/** Errors (errno(3)) that say that there is no such table for us, now or later. */
const unavailableCodes = new Set(['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM']);

/** Sockets to watch: those of a protocol that have one of these ports, local or remote. */
export type WatchedSockets = {
	readonly protocol: 'udp' | 'tcp';
	readonly ports: readonly number[];
	/** Which tables are read, both unless given: IPv4's, and IPv6's, which may have IPv4 conversations. */
	readonly families?: ReadonlyArray<4 | 6>;
};

type KernelTablesOptions = {
	/** Called when `revision` has grown. */
	readonly onChange?: () => void;
	/** Called after each reading, also where nothing has changed. */
	readonly onRead?: () => void;
	/** Gets an error that is the program's own, and not the system's; without it, an uncaught exception. */
	readonly onFault?: OnFault;
	/** Milliseconds from the end of a reading to the next. */
	readonly interval?: number;
	/** Whether other sockets are read twice at first, as no reading before has told which there are. */
	readonly readsTwice?: boolean;
	/** Where the tables are, if not in /proc/net. */
	readonly folder?: string;
};

/** One table to read, and the ports that are looked for. */
type Table = {
	readonly protocol: 'udp' | 'tcp';
	readonly family: 4 | 6;
	readonly name: string;
	readonly ports: ReadonlySet<number>;
};

/** Keeps the newest snapshot of the sockets with certain ports in /proc/net, while they are watched. */
export class KernelTables {
	/** Whether this system has such tables, and lets us read them: only Linux. */
	static readonly isAvailable = process.platform === 'linux' && isReadable(path.join(procfs, 'tcp'));

	readonly #options: KernelTablesOptions;
	#reader = new TableReader();
	#tables: readonly Table[] = [];
	#wanted = '';
	readonly #unavailable = new Set<string>();
	#isReading = false;
	#isClosed = false;
	#timer: NodeJS.Timeout | undefined;
	#snapshot: readonly KernelSocket[] | undefined;
	#revision = 0;
	#readAt = Number.NEGATIVE_INFINITY;
	/** The tables of the newest reading. */
	#lastTables: readonly Table[] | undefined;

	constructor(options: KernelTablesOptions) {
		this.#options = options;
	}

	/**
	The watched sockets at the newest reading, in which one may be missing that was not there, or not watched yet. The
	kernel writes a table page by page, and may pass over a socket while others come and go: one that was there is
	missing only if a second reading does not have it either. Undefined until the first reading, while nothing is
	watched, and where the tables cannot be read.
	*/
	get snapshot(): readonly KernelSocket[] | undefined {
		return this.#snapshot;
	}

	/** When the newest reading began, as performance.now() has it: what came since may not be in the snapshot. */
	get readAt(): number {
		return this.#readAt;
	}

	/** How often the snapshot's content has changed. */
	get revision(): number {
		return this.#revision;
	}

	/**
	Watch these sockets from now on, and no others: a change of them begins a reading at once. Without any, reading
	stops, and the snapshot is forgotten.
	*/
	watch(sockets: readonly WatchedSockets[]): void {
		const tables = tablesFor(sockets);
		const wanted = tables
			.map(({name, ports}) => `${name} ${[...ports].toSorted((a, b) => a - b).join(' ')}`)
			.join('\n');
		if (this.#isClosed || wanted === this.#wanted) {
			return;
		}

		this.#wanted = wanted;
		this.#tables = tables;
		clearTimeout(this.#timer);
		if (tables.length === 0) {
			// Its buffer may be large.
			this.#reader = new TableReader();
			this.#take(undefined);
		} else if (!this.#isReading) {
			void this.#read();
		}
	}

	/** Stop. It cannot be started again. */
	close(): void {
		this.#isClosed = true;
		this.#tables = [];
		this.#snapshot = undefined;
		clearTimeout(this.#timer);
	}

	/** Read, again where other sockets are watched by then, and repeat after a pause. */
	async #read(): Promise<void> {
		this.#isReading = true;
		let tables: readonly Table[];
		let sockets: readonly KernelSocket[] | undefined;
		let start: number;
		do {
			tables = this.#tables;
			start = performance.now();
			sockets = await this.#readTables(tables); // eslint-disable-line no-await-in-loop -- Never two readings at once.
			const isNew = this.#options.readsTwice === true && tables !== this.#lastTables;
			if (sockets && (isNew || missingIn(sockets, this.#snapshot ?? []).length > 0)) {
				const again = await this.#readTables(tables); // eslint-disable-line no-await-in-loop -- Never two readings at once.
				sockets = again && [...again, ...missingIn(again, sockets)];
			}
		} while (tables !== this.#tables);

		this.#isReading = false;
		if (tables.some(({name}) => !this.#unavailable.has(name))) {
			const rest = Math.min((performance.now() - start) * restFactor, longestRest);
			this.#timer = setTimeout(() => {
				void this.#read();
			}, Math.max(this.#options.interval ?? defaultInterval, rest)).unref();
		}

		this.#lastTables = tables;
		this.#readAt = start;
		this.#take(sockets);
		this.#options.onRead?.();
	}

	/** @returns undefined where none can be read, or one failed */
	async #readTables(tables: readonly Table[]): Promise<readonly KernelSocket[] | undefined> {
		const reader = this.#reader;
		const {folder = procfs, onFault = throwLater} = this.#options;
		const read: KernelSocket[][] = [];
		for (const {protocol, family, name, ports} of tables.filter(table => !this.#unavailable.has(table.name))) {
			try {
				const bytes = await reader.read(path.join(folder, name), () => tables === this.#tables); // eslint-disable-line no-await-in-loop -- One after the other.
				if (!bytes) {
					return undefined;
				}

				read.push(parseKernelTable(bytes, protocol, family, ports));
			} catch (error) {
				const {code = '', errno} = error as NodeJS.ErrnoException;
				if (errno === undefined) {
					report(error, onFault);
				}

				if (!unavailableCodes.has(code)) {
					return undefined;
				}

				this.#unavailable.add(name);
			}
		}

		return read.length > 0 ? read.flat() : undefined;
	}

	#take(snapshot: readonly KernelSocket[] | undefined): void {
		const before = this.#snapshot;
		if (snapshot === before || (snapshot && before && isSameSnapshot(snapshot, before))) {
			return;
		}

		this.#snapshot = snapshot;
		this.#revision++;
		this.#options.onChange?.();
	}
}

/** Those of `others` that are not among these. */
function missingIn(sockets: readonly KernelSocket[], others: readonly KernelSocket[]): KernelSocket[] {
	if (isSameSnapshot(sockets, others) || others.length === 0) {
		return [];
	}

	const known = new Set(sockets.map(socket => identityOf(socket)));
	return others.filter(other => !known.has(identityOf(other)));
}

function identityOf({protocol, local, remote}: KernelSocket): string {
	return `${protocol} ${formatAddress(local)} ${formatAddress(remote)}`;
}

/** The tables that have these sockets, in an order of their own. */
function tablesFor(sockets: readonly WatchedSockets[]): Table[] {
	return (['udp', 'tcp'] as const).flatMap(protocol => ([4, 6] as const).flatMap(family => {
		const ports = new Set(sockets
			.filter(watched => watched.protocol === protocol && (watched.families ?? [4, 6]).includes(family))
			.flatMap(watched => watched.ports));
		const table = {
			protocol, family, name: family === 4 ? protocol : `${protocol}6`, ports,
		};
		return ports.size > 0 ? [table] : [];
	}));
}

function isReadable(file: string): boolean {
	try {
		closeSync(openSync(file, 'r'));
		return true;
	} catch {
		return false;
	}
}
