import type {Experiment} from './experiment.ts';

/** So often is sent after the peer has gone, where nothing says that its RST has come. */
const mostSends = 20;

/**
A client goes on sending after the peer has closed. The first send() is taken, and answered with RST (RFC 9293 section 3.10.7.1); the next
one → EPIPE (send(2)).
*/
export const brokenPipe: Experiment = {
	name: 'broken-pipe',
	protocol: 'tcp',
	rule: 'manual',
	async run(bench) {
		await bench.listen();
		const {pane, client, local, connection} = await bench.openConversation();
		await bench.step();
		connection.close();
		await bench.happened(pane, ['fin-received']);
		await bench.step();
		bench.send(pane, 'taken, and answered with RST');
		// After the RST the kernel has the socket in no table any more.
		await bench.inKernel(local.port, sockets => sockets.some(socket => socket.local.port === local.port) ? undefined : true);
		for (let sends = 0; sends < mostSends && client.state.type === 'connected'; sends++) {
			await bench.step(); // eslint-disable-line no-await-in-loop -- One after the other.
			client.send(Buffer.from('too late'));
			await bench.turn(); // eslint-disable-line no-await-in-loop
		}

		const {failure} = await bench.happened(pane, ['socket-failed', 'reset']);
		await bench.happened(pane, ['closed']);
		return bench.outcomeOf(failure, 'EPIPE', 'ECONNRESET');
	},
};
