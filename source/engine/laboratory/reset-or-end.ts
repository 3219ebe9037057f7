import type {Experiment} from './experiment.ts';

/**
One client ends its connection with a FIN: the server reads all bytes, then recv() → 0 B. The other ends it with a RST (SO_LINGER of 0 seconds, socket(7)):
recv() → ECONNRESET (RFC 9293 section 3.10.7.4).
*/
export const resetOrEnd: Experiment = {
	name: 'reset-or-end',
	protocol: 'tcp',
	rule: 'discard',
	async run(bench) {
		await bench.listen();
		const orderly = await bench.openConversation();
		const abrupt = await bench.openConversation();
		await bench.step();
		bench.send(orderly.pane, 'this is all');
		await orderly.pane.close();
		await bench.happened(bench.server, ['closed'], ({socket}) => socket === orderly.connection.number);
		await bench.step();
		bench.send(abrupt.pane, 'this is not');
		await bench.happened(bench.server, ['chunk-received'], ({socket}) => socket === abrupt.connection.number);
		await bench.step();
		abrupt.client.reset();
		const {failure} = await bench.happened(bench.server, ['reset']);
		await bench.happened(bench.server, ['closed'], ({socket}) => socket === abrupt.connection.number);
		return bench.outcomeOf(failure, 'ECONNRESET');
	},
};
