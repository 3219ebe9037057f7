import type {Experiment} from './experiment.ts';

/** Ports of small services that hardly a machine has: echo (RFC 862), discard, daytime, quotd, chargen. Where one is taken the next is tried. */
const lowPorts = [7, 9, 13, 17, 19];

/**
A server binds a port below 1024: bind() → EACCES. Linux asks for CAP_NET_BIND_SERVICE below net.ipv4.ip_unprivileged_port_start (ip(7)). Where
this process may bind it, it is closed at once.
*/
export const permissionDenied: Experiment = {
	name: 'permission-denied',
	protocol: 'tcp',
	rule: 'uppercase',
	async run(bench) {
		const {host} = bench.server.configured;
		await bench.step();
		for (const port of lowPorts) {
			const address = {host, port};
			const failure = await bench.openServer(address); // eslint-disable-line no-await-in-loop -- Only where the one before was taken.
			if (failure?.code !== 'EADDRINUSE') {
				bench.tell({address});
				await bench.server.server.close(); // eslint-disable-line no-await-in-loop
				return bench.outcomeOf(failure, 'EACCES');
			}
		}

		throw new Error('every low port that was tried is taken');
	},
};
