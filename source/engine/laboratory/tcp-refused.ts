import {holdVacant} from '../sockets/held-address.ts';
import type {Experiment} from './experiment.ts';

/** A TCP client connects to a port at which nobody listens: the SYN is answered with RST, connect() → ECONNREFUSED (RFC 9293 section 3.10.7.1, connect(2)). */
export const tcpRefused: Experiment = {
	name: 'tcp-refused',
	protocol: 'tcp',
	rule: 'uppercase',
	async run(bench) {
		bench.server.configured = await bench.hold(holdVacant('tcp'));
		const client = bench.addClient();
		await bench.step();
		return bench.outcomeOf(await bench.connect(client), 'ECONNREFUSED');
	},
};
