import {holdVacant} from '../sockets/held-address.ts';
import type {Experiment} from './experiment.ts';

/**
A UDP client sends to a port that no socket has. ICMP "port unreachable" comes back (RFC 1122 section 4.1.3.1), but a socket that is not connected
is not told of it (udp(7)): the second sendto() succeeds like the first.
*/
export const udpRefused: Experiment = {
	name: 'udp-refused',
	protocol: 'udp',
	rule: 'uppercase',
	async run(bench) {
		bench.server.configured = await bench.hold(holdVacant('udp'));
		const client = bench.addClient();
		for (const number of [1, 2]) {
			await bench.step(); // eslint-disable-line no-await-in-loop -- One after the other.
			bench.send(client, 'anybody there?');
			await bench.happened(client, ['datagram-sent'], event => event.number === number); // eslint-disable-line no-await-in-loop
		}

		await bench.step();
		return 'caused';
	},
};

/** The same from a socket that is connected: the next call is told, recv() → ECONNREFUSED (udp(7)). */
export const udpConnectedRefused: Experiment = {
	name: 'udp-connected-refused',
	protocol: 'udp',
	rule: 'uppercase',
	async run(bench) {
		bench.server.configured = await bench.hold(holdVacant('udp'));
		const client = bench.addClient(true);
		await bench.step();
		await bench.connect(client);
		await bench.step();
		bench.send(client, 'anybody there?');
		const {failure} = await bench.happened(client, ['socket-failed', 'send-failed']);
		return bench.outcomeOf(failure, 'ECONNREFUSED');
	},
};
