import {largestDatagram} from '../sockets/limits.ts';
import type {Experiment} from './experiment.ts';

/** A datagram of one byte more than fits into one packet of IPv4: sendto() → EMSGSIZE (send(2)). The largest that fits goes (RFC 768, RFC 791). */
export const messageTooLong: Experiment = {
	name: 'message-too-long',
	protocol: 'udp',
	rule: 'discard',
	async run(bench) {
		await bench.listen();
		const client = bench.addClient();
		await bench.step();
		bench.send(client, Buffer.alloc(largestDatagram + 1, 'x'));
		const first = await bench.happened(client, ['send-failed', 'datagram-sent']);
		await bench.step();
		bench.send(client, Buffer.alloc(largestDatagram, 'x'));
		// Some systems allow less by default, such as macOS (net.inet.udp.maxdgram).
		const second = await bench.happened(client, ['send-failed', 'datagram-sent'], ({length}) => length === largestDatagram);
		if (second.type === 'datagram-sent') {
			await bench.happened(bench.server, ['datagram-received'], ({length}) => length === largestDatagram);
			bench.tell({length: largestDatagram});
		}

		return bench.outcomeOf(first.type === 'send-failed' ? first.failure : undefined, 'EMSGSIZE');
	},
};
