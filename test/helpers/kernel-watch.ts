import type {ExecutionContext} from 'ava';
import type {Address} from '../../source/log/event.ts';
import type {KernelSocket, KernelState} from '../../source/sockets/kernel/kernel-socket.ts';
import {KernelTables} from '../../source/sockets/kernel/kernel-tables.ts';
import {Lookout} from './in-time.ts';
import {skipped} from './skipped.ts';

/**
Watches the kernel's tables for sockets with some ports, and waits until they have what a test looks for. It is closed
with the test.
*/
export class KernelWatch {
	readonly tables: KernelTables;
	readonly #t: ExecutionContext;
	readonly #lookout = new Lookout();

	constructor(t: ExecutionContext, protocol: 'udp' | 'tcp', ...ports: readonly number[]) {
		this.#t = t;
		this.tables = new KernelTables({
			interval: 5,
			onChange: () => {
				this.#lookout.look();
			},
		});
		t.teardown(() => {
			this.tables.close();
		});
		this.tables.watch([{protocol, ports}]);
	}

	/**
	What this returns once it is neither undefined nor false, of the snapshot as it is or as it becomes. That it came is
	an assertion.
	*/
	async until<Value>(
		find: (sockets: readonly KernelSocket[]) => Value | false | undefined,
		name: string,
	): Promise<Value> {
		const value = await this.#lookout.until(
			() => this.tables.snapshot && find(this.tables.snapshot),
			() => `${name}, among ${JSON.stringify(this.tables.snapshot)}`,
		);
		this.#t.pass();
		return value;
	}

	/** The socket with this local port once it fits; with port 0 as its remote one, the one that has no peer. */
	async socket(
		local: number,
		remote: number,
		fits: (socket: KernelSocket) => boolean,
		name: string,
	): Promise<KernelSocket> {
		return this.until(
			sockets =>
				sockets.find(socket => socket.local.port === local && socket.remote.port === remote && fits(socket)),
			name,
		);
	}

	/** The end of a connection that has this local address, once it is in this state, and fits. */
	async end(
		local: Address,
		remote: Address,
		state: KernelState,
		fits: (socket: KernelSocket) => boolean = () => true,
	): Promise<KernelSocket> {
		return this.socket(
			local.port,
			remote.port,
			socket => socket.state === state && fits(socket),
			`${state} of port ${local.port}`,
		);
	}
}

/** What a test does with real sockets where the kernel has tables of them; elsewhere it is skipped. */
export function onKernel(run: (t: ExecutionContext) => Promise<void>): (t: ExecutionContext) => Promise<void> {
	return async t => {
		if (KernelTables.isAvailable) {
			await run(t);
		} else {
			skipped(t, 'this system has no /proc/net/tcp that can be read');
		}
	};
}
