import type {Experiment} from './experiment.ts';

/** The side that closes first keeps the connection in TIME_WAIT when all is over (RFC 9293 section 3.6.1), which only the kernel's tables show. */
export const timeWait: Experiment = {
	name: 'time-wait',
	protocol: 'tcp',
	rule: 'uppercase',
	async run(bench) {
		await bench.listen();
		const {pane, local, connection} = await bench.openConversation();
		await bench.step();
		bench.send(pane, 'hello');
		await bench.happened(pane, ['chunk-received']);
		await bench.step();
		await pane.close();
		await bench.happened(bench.server, ['closed'], ({socket}) => socket === connection.number);
		const kept = await bench.inKernel(local.port, sockets => sockets.find(socket => socket.state === 'TIME_WAIT' && socket.local.port === local.port));
		bench.tell({address: local, state: kept?.state});
		return 'caused';
	},
};
