import type {Experiment} from './experiment.ts';

/**
A client has sent its FIN, shutdown(SHUT_WR), and still receives what the server sends (RFC 9293 section 3.6). It is left so:
the client in FIN_WAIT2, the server in CLOSE_WAIT.
*/
export const halfClose: Experiment = {
	name: 'half-close',
	protocol: 'tcp',
	rule: 'manual',
	async run(bench) {
		await bench.listen();
		const {pane, client, connection} = await bench.openConversation();
		await bench.step();
		bench.send(pane, 'my whole question');
		await bench.happened(bench.server, ['chunk-received']);
		await bench.step();
		client.halfClose();
		await bench.happened(bench.server, ['fin-received']);
		for (const [index, answer] of ['the answer', 'and more of it'].entries()) {
			await bench.step(); // eslint-disable-line no-await-in-loop -- One after the other.
			connection.write(Buffer.from(answer), false);
			await bench.happened(pane, ['chunk-received'], ({number}) => number === index + 1); // eslint-disable-line no-await-in-loop
		}

		return 'caused';
	},
};
