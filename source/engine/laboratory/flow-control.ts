import type {ExperimentContext, Conversation} from './experiment-context.ts';
import type {Experiment} from './experiment.ts';

/** What is written at once. */
const piece = Buffer.alloc(64 * 1024, 'x');

/** So many steps long everything stands still, to be looked at. */
const stepsToLook = 5;

/**
A server does not read from a connection: its receive buffer fills, its window closes (RFC 9293 section 3.8.6), then the client's send buffer
fills, and send() has to wait (send(2): it blocks, or → EAGAIN). When the server reads again, every byte comes.
*/
export const noReader: Experiment = {
	name: 'no-reader',
	protocol: 'tcp',
	rule: 'discard',
	async run(context) {
		await context.listen();
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
		await context.until(() => (client.waiting === 0 && connection.received.bytes === pane.index.sent.bytes) || undefined);
		return 'caused';
	},
};

/** Write until the system takes no more, and has not taken the rest by the next step either. */
async function fill(context: ExperimentContext, {pane, client}: Conversation): Promise<void> {
	do {
		while (client.waiting === 0) {
			context.send(pane, piece);
			await context.turn(); // eslint-disable-line no-await-in-loop -- One after the other.
		}

		await context.step(); // eslint-disable-line no-await-in-loop
	} while (client.waiting === 0);
}

async function tellQueues(context: ExperimentContext, {pane, client, local, connection}: Conversation): Promise<void> {
	const length = pane.index.sent.bytes;
	const queues = await context.inKernel(local.port, sockets => {
		const send = sockets.find(socket => socket.local.port === local.port)?.sendQueue ?? 0;
		const receive = sockets.find(socket => socket.remote.port === local.port)?.receiveQueue ?? 0;
		const {readAhead} = connection;
		// The rest of the last write. As long as that cannot be, something moves that the reading has not seen.
		const waiting = length - receive - send - readAhead;
		return waiting >= 0 && waiting <= client.waiting
			? {
				receive, send, readAhead, waiting,
			}
			: undefined;
	});
	context.tell({length, queues});
}
