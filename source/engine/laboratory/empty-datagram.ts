import type {Experiment} from './experiment.ts';

/** A datagram without payload is a datagram (RFC 768: the length is 8, the header's): recvfrom() → 0 B, and the next comes after it. In TCP 0 B would be the end (recv(2)). */
export const emptyDatagram: Experiment = {
	name: 'empty-datagram',
	protocol: 'udp',
	rule: 'echo',
	async run(bench) {
		await bench.listen();
		const client = bench.addClient();
		for (const [index, text] of ['', 'not the end'].entries()) {
			await bench.step(); // eslint-disable-line no-await-in-loop -- One after the other.
			bench.send(client, text);
			await bench.happened(client, ['datagram-received'], ({number}) => number === index + 1); // eslint-disable-line no-await-in-loop
		}

		return 'caused';
	},
};
