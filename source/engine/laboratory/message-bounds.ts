import {largestDatagram} from '../sockets/limits.ts';
import type {Experiment} from './experiment.ts';

/** A datagram of one byte more than fits into one packet of IPv4: sendto() → EMSGSIZE (send(2)). The largest that fits goes (RFC 768, RFC 791). */
export const messageTooLong: Experiment = {
	name: 'message-too-long',
	protocol: 'udp',
	rule: 'discard',
	async run(context) {
		await context.listen();
		const client = context.addClient();
		await context.step();
		context.send(client, Buffer.alloc(largestDatagram + 1, 'x'));
		const first = await context.happened(client, ['send-failed', 'datagram-sent']);
		await context.step();
		context.send(client, Buffer.alloc(largestDatagram, 'x'));
		// Some systems allow less by default, such as macOS (net.inet.udp.maxdgram).
		const second = await context.happened(client, ['send-failed', 'datagram-sent'], ({length}) => length === largestDatagram);
		if (second.type === 'datagram-sent') {
			await context.happened(context.server, ['datagram-received'], ({length}) => length === largestDatagram);
			context.tell({length: largestDatagram});
		}

		return context.outcomeOf(first.type === 'send-failed' ? first.failure : undefined, 'EMSGSIZE');
	},
};

/** A datagram without payload is a datagram (RFC 768: the length is 8, the header's): recvfrom() → 0 B, and the next comes after it. In TCP 0 B would be the end (recv(2)). */
export const emptyDatagram: Experiment = {
	name: 'empty-datagram',
	protocol: 'udp',
	rule: 'echo',
	async run(context) {
		await context.listen();
		const client = context.addClient();
		for (const [index, text] of ['', 'not the end'].entries()) {
			await context.step(); // eslint-disable-line no-await-in-loop -- One after the other.
			context.send(client, text);
			await context.happened(client, ['datagram-received'], ({number}) => number === index + 1); // eslint-disable-line no-await-in-loop
		}

		return 'caused';
	},
};

/** Three bytes in UTF-8 (RFC 3629): ED 95 9C. */
const character = Buffer.from('한');

/**
A character of three bytes is sent in two writes: one read ends inside it, the next begins inside it, and neither is valid UTF-8 (RFC 3629
section 3). The server keeps the cut bytes until the rest has come.
*/
export const truncatedCharacter: Experiment = {
	name: 'truncated-character',
	protocol: 'tcp',
	rule: 'uppercase',
	async run(context) {
		await context.listen();
		const {pane} = await context.openConversation();
		for (const [index, part] of [character.subarray(0, 2), character.subarray(2)].entries()) {
			await context.step(); // eslint-disable-line no-await-in-loop -- Each is read before the next is sent.
			context.send(pane, part);
			await context.happened(context.server, ['chunk-received'], ({number}) => number === index + 1); // eslint-disable-line no-await-in-loop
		}

		await context.happened(pane, ['chunk-received']);
		return 'caused';
	},
};
