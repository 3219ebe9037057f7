import {promises as dns} from 'node:dns';
import {mock} from 'node:test';
import type {ExecutionContext} from 'ava';
import {inTime} from './in-time.ts';

/**
Stands in for the system's look-ups of names that end in `.test`, which are answered when the test says so; other names
are looked up.
*/
export class NameLookups {
	/** The names that were looked up, in order. */
	readonly names: string[] = [];
	readonly #pending = new Map<string, (address: string) => void>();
	readonly #looks = new Set<() => void>();

	constructor(t: ExecutionContext) {
		const {lookup} = dns;
		const mocked = mock.method(dns, 'lookup', async (name: string, options: {readonly all?: boolean}) => {
			if (!name.endsWith('.test')) {
				return lookup(name, options);
			}

			const {promise, resolve} = Promise.withResolvers<string>();
			this.names.push(name);
			this.#pending.set(name, resolve);
			for (const look of this.#looks) {
				look();
			}

			const found = {address: await promise, family: 4};
			return options.all ? [found] : found;
		});
		t.teardown(() => {
			mocked.mock.restore();
		});
	}

	/** Answer the look-up of this name, once it has begun. */
	async answer(name: string, address = '127.0.0.1'): Promise<void> {
		const {promise, resolve} = Promise.withResolvers<void>();
		const look = (): void => {
			const pending = this.#pending.get(name);
			if (pending) {
				this.#pending.delete(name);
				this.#looks.delete(look);
				pending(address);
				resolve();
			}
		};

		this.#looks.add(look);
		look();
		await inTime(promise, () => `a look-up of ${name}`);
	}
}
