import {largestDatagram} from '../../sockets/limits.ts';
import {experiment} from './experiment.ts';
import type {Conversation, ExperimentContext} from './experiment-context.ts';

/**
A datagram of one byte more than fits into one packet of IPv4: sendto() → EMSGSIZE (send(2)). The largest that fits goes
(RFC 768, RFC 791).
*/
export const messageTooLong = experiment({name: 'message-too-long', protocol: 'udp', rule: 'discard'}, async context => {
	await context.listen();
	const client = context.addClient();
	await context.step();
	context.send(client, Buffer.alloc(largestDatagram + 1, 'x'));
	const first = await context.happened(client, ['send-failed', 'datagram-sent']);
	await context.step();
	context.send(client, Buffer.alloc(largestDatagram, 'x'));
	// Some systems allow less by default, such as macOS (net.inet.udp.maxdgram).
	const second = await context.happened(
		client,
		['send-failed', 'datagram-sent'],
		({length}) => length === largestDatagram,
	);
	if (second.type === 'datagram-sent') {
		await context.happened(context.server, ['datagram-received'], ({length}) => length === largestDatagram);
		context.tell({length: largestDatagram});
	}

	return context.outcomeOf(first.type === 'send-failed' ? first.failure : undefined, 'EMSGSIZE');
});

/**
A datagram without payload is a datagram (RFC 768: the length is 8, the header's): recvfrom() → 0 B, and the next comes
after it. In TCP 0 B would be the end (recv(2)).
*/
export const emptyDatagram = experiment({name: 'empty-datagram', protocol: 'udp', rule: 'echo'}, async context => {
	await context.listen();
	const client = context.addClient();
	for (const [index, text] of ['', 'not the end'].entries()) {
		await context.step(); // eslint-disable-line no-await-in-loop -- One after the other.
		context.send(client, text);
		await context.happened(client, ['datagram-received'], ({number}) => number === index + 1); // eslint-disable-line no-await-in-loop -- One after the other.
	}

	return 'caused';
});

/** Three bytes in UTF-8 (RFC 3629): ED 95 9C. */
const character = Buffer.from('한');

/**
A character of three bytes is sent in two writes: one read ends inside it, the next begins inside it, and neither is
valid UTF-8 (RFC 3629 section 3). The server keeps the cut bytes until the rest has come.
*/
export const truncatedCharacter = experiment({name: 'truncated-character', protocol: 'tcp'}, async context => {
	const {pane} = await context.openConversation();
	for (const [index, part] of [character.subarray(0, 2), character.subarray(2)].entries()) {
		await context.step(); // eslint-disable-line no-await-in-loop -- Each is read before the next is sent.
		context.send(pane, part);
		await context.happened(context.server, ['chunk-received'], ({number}) => number === index + 1); // eslint-disable-line no-await-in-loop -- One after the other.
	}

	await context.happened(pane, ['chunk-received']);
	return 'caused';
});

/** What is written at once. */
const piece = Buffer.alloc(64 * 1024, 'x');

/** The experiment pauses for this many steps, so that one can look at it. */
const stepsToLook = 5;

/**
A server does not read from a connection: its receive buffer fills, its window closes (RFC 9293 section 3.8.6), then the
client's send buffer fills, and send() has to wait (send(2): it blocks, or → EAGAIN). When the server reads again, every
byte comes.
*/
export const noReader = experiment({name: 'no-reader', protocol: 'tcp', rule: 'discard'}, async context => {
	const conversation = await context.openConversation();
	const {pane, client, connection} = conversation;
	connection.setReading(false);
	await context.step();
	await fill(context, conversation);
	await tellQueues(context, conversation);
	for (let steps = 0; steps < stepsToLook; steps++) {
		await context.step(); // eslint-disable-line no-await-in-loop -- One after the other.
	}

	connection.setReading(true);
	const isRead = (): boolean => client.waiting === 0 && connection.received.bytes === pane.index.sent.bytes;
	await context.until(() => isRead() || undefined);
	return 'caused';
});

/** Write until the system accepts no further data, and has not taken the rest by the next step either. */
async function fill(context: ExperimentContext, {pane, client}: Conversation): Promise<void> {
	do {
		while (client.waiting === 0) {
			context.send(pane, piece);
			await context.turn(); // eslint-disable-line no-await-in-loop -- One after the other.
		}

		await context.step(); // eslint-disable-line no-await-in-loop -- One after the other.
	} while (client.waiting === 0);
}

/**
How long the kernel's tables must not change, in milliseconds: longer than a delayed ACK takes (TCP_DELACK_MAX in the
kernel's `include/net/tcp.h`: 200 ms). Until the ACK, bytes count in the receive queue and in the send queue.
*/
const steadyTime = 250;

async function tellQueues(context: ExperimentContext, conversation: Conversation): Promise<void> {
	const {pane, client, connection} = conversation;
	const length = pane.index.sent.bytes;
	const queues = await context.inKernel(conversation, ends => {
		const {readAhead} = connection;
		const receive = ends.server?.receiveQueue ?? 0;
		const send = ends.client?.sendQueue ?? 0;
		// The rest of the last write. As long as that cannot be, something moves that the reading has not seen.
		const waiting = length - receive - send - readAhead;
		return ends.server && ends.client && waiting >= 0 && waiting <= client.waiting
			? {
				receive, send, readAhead, waiting,
			}
			: undefined;
	}, steadyTime);
	context.tell({length, queues});
}
