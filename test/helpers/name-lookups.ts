import {promises as dns} from 'node:dns';
import {mock} from 'node:test';
import type {ExecutionContext} from 'ava';
import {Lookout} from './in-time.ts';

/**
Stands in for the system's look-ups of names that end in `.test`, which are answered when the test says so; other names
are looked up.
*/
export class NameLookups {
	/** The names that were looked up, in order. */
	readonly names: string[] = [];
	readonly #pending = new Map<string, (addresses: readonly string[]) => void>();
	readonly #lookout = new Lookout();

	constructor(t: ExecutionContext) {
		const {lookup} = dns;
		const mocked = mock.method(dns, 'lookup', async (name: string, options: {readonly all: true}) => {
			if (!name.endsWith('.test')) {
				return lookup(name, options);
			}

			const {promise, resolve} = Promise.withResolvers<readonly string[]>();
			this.names.push(name);
			this.#pending.set(name, resolve);
			this.#lookout.look();
			const addresses = await promise;
			return addresses.map(address => ({address, family: address.includes(':') ? 6 : 4}));
		});
		t.teardown(() => {
			mocked.mock.restore();
		});
	}

	/** Answer the look-up of this name, once it has begun. */
	async answer(name: string, ...addresses: readonly string[]): Promise<void> {
		await this.#lookout.until(() => {
			const pending = this.#pending.get(name);
			this.#pending.delete(name);
			pending?.(addresses.length > 0 ? addresses : ['127.0.0.1']);
			return pending !== undefined;
		}, () => `a look-up of ${name}`);
	}
}
