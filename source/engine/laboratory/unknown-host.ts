import type {Experiment} from './experiment.ts';

/** No name in `.invalid` ever exists (RFC 6761 section 6.4). */
const nowhere = {host: 'no-such-host.invalid', port: 80};

/** A client connects to a name that no address belongs to: getaddrinfo() → ENOTFOUND, or EAI_AGAIN where no name server answers (getaddrinfo(3)). */
export const unknownHost: Experiment = {
	name: 'unknown-host',
	protocol: 'tcp',
	rule: 'uppercase',
	connect: nowhere,
	async run(bench) {
		bench.tell({address: nowhere});
		const client = bench.addClient();
		await bench.step();
		const failure = await bench.connect(client);
		// A name server that makes an address up must not make us talk to somebody.
		await client.close();
		return bench.outcomeOf(failure, 'ENOTFOUND', 'EAI_AGAIN');
	},
};
