import {holdTaken} from '../sockets/held-address.ts';
import type {Experiment} from './experiment.ts';

/** A server binds an address that another listening socket has: bind() → EADDRINUSE (bind(2), socket(7) on SO_REUSEADDR). */
export const addressInUse: Experiment = {
	name: 'address-in-use',
	protocol: 'tcp',
	rule: 'uppercase',
	async run(bench) {
		const taken = await bench.hold(holdTaken());
		await bench.step();
		return bench.outcomeOf(await bench.openServer(taken), 'EADDRINUSE');
	},
};
