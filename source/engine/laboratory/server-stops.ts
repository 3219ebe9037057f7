import type {Experiment} from './experiment.ts';

/** A server stops while clients are connected: each gets a FIN, recv() → 0 B, and from then on connect() → ECONNREFUSED (close(2), connect(2)). */
export const serverStops: Experiment = {
	name: 'server-stops',
	protocol: 'tcp',
	rule: 'uppercase',
	async run(bench) {
		await bench.listen();
		const first = await bench.openConversation();
		const second = await bench.openConversation();
		await bench.step();
		await bench.server.server.close();
		await bench.happened(first.pane, ['fin-received']);
		await bench.happened(second.pane, ['fin-received']);
		await bench.step();
		return bench.outcomeOf(await bench.connect(first.pane), 'ECONNREFUSED');
	},
};
