import {reserveTaken} from '../../sockets/reserved-address.ts';
import {experiment} from './experiment.ts';

/** A server binds the address of another listening socket: bind() → EADDRINUSE (bind(2), socket(7) on SO_REUSEADDR). */
export const addressInUse = experiment({name: 'address-in-use', protocol: 'tcp'}, async context => {
	const taken = await context.reserve(reserveTaken());
	await context.step();
	return context.outcomeOf(await context.openServer(taken), 'EADDRINUSE');
});

/**
Ports of small services that few machines run: echo (RFC 862), discard, daytime, quotd, chargen. Where one is taken the
next is tried.
*/
const lowPorts = [7, 9, 13, 17, 19];

/**
A server binds a port below 1024: bind() → EACCES. Linux asks for CAP_NET_BIND_SERVICE below
net.ipv4.ip_unprivileged_port_start (ip(7)). Where this process may bind it, it is closed at once.
*/
export const permissionDenied = experiment({name: 'permission-denied', protocol: 'tcp'}, async context => {
	const {host} = context.server.configured;
	await context.step();
	for (const port of lowPorts) {
		const address = {host, port};
		const failure = await context.openServer(address); // eslint-disable-line no-await-in-loop -- Only where the one before was taken.
		if (failure?.code !== 'EADDRINUSE') {
			context.tell({address});
			await context.server.server.close(); // eslint-disable-line no-await-in-loop -- One after the other.
			return context.outcomeOf(failure, 'EACCES');
		}
	}

	throw new Error('every low port that was tried is taken');
});
