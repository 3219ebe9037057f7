import {holdSilent} from '../sockets/silent-listener.ts';
import type {Experiment} from './experiment.ts';

/**
A client connects to an address that does not answer: neither SYN+ACK nor RST comes. The system would send the SYN again for about two minutes
(tcp(7), tcp_syn_retries); we give up earlier, with its ETIMEDOUT.
*/
export const timeout: Experiment = {
	name: 'timeout',
	protocol: 'tcp',
	rule: 'uppercase',
	connect: {host: '127.0.0.1', port: 0},
	async run(bench) {
		const address = await bench.hold(holdSilent());
		const client = bench.addClient();
		bench.talkTo(address);
		await bench.step();
		const start = performance.now();
		const failure = await bench.connect(client, bench.times.patience);
		bench.tell({waited: performance.now() - start});
		return bench.outcomeOf(failure, 'ETIMEDOUT');
	},
};
