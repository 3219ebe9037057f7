import {reserveSilent} from '../../sockets/reserved-address.ts';
import {experiment} from './experiment.ts';
import type {ExperimentContext} from './experiment-context.ts';

/**
A TCP client connects to a port without a listener: the SYN is answered with RST, connect() → ECONNREFUSED (RFC 9293
section 3.10.7.1, connect(2)).
*/
export const tcpRefused = experiment({name: 'tcp-refused', protocol: 'tcp'}, async context => {
	await context.leaveVacant();
	const client = context.addClient();
	await context.step();
	return context.outcomeOf(await context.connect(client), 'ECONNREFUSED');
});

/** Bind the server, and close it again: where it was is no socket, and the system gives the port to none. */
async function leavePort(context: ExperimentContext): Promise<void> {
	const {server} = context;
	await context.listen();
	const {state} = server.server;
	await context.step();
	await server.server.close();
	await context.leaveVacant(state.type === 'open' ? state.local.port : 0);
}

/**
A UDP client sends to a port that no socket has. ICMP "port unreachable" comes back (RFC 1122 section 4.1.3.1), but a
socket that is not connected is not told of it (udp(7)): the second sendto() succeeds like the first.
*/
export const udpRefused = experiment({name: 'udp-refused', protocol: 'udp'}, async context => {
	await leavePort(context);
	const client = context.addClient();
	for (const number of [1, 2]) {
		await context.step(); // eslint-disable-line no-await-in-loop -- One after the other.
		context.send(client, 'anybody there?');
		await context.happened(client, ['datagram-sent'], event => event.number === number); // eslint-disable-line no-await-in-loop -- One after the other.
	}

	await context.step();
	return 'caused';
});

/** The same from a socket that is connected: the next call is told, recv() → ECONNREFUSED (udp(7)). */
export const udpConnectedRefused = experiment({name: 'udp-connected-refused', protocol: 'udp'}, async context => {
	await leavePort(context);
	const client = context.addClient(true);
	await context.step();
	await context.connect(client);
	await context.step();
	context.send(client, 'anybody there?');
	const {failure} = await context.happened(client, ['socket-failed', 'send-failed']);
	return context.outcomeOf(failure, 'ECONNREFUSED');
});

/** No name in `.invalid` ever exists (RFC 6761 section 6.4). */
const nowhere = {host: 'no-such-host.invalid', port: 80};

/**
A client connects to a name that no address belongs to: getaddrinfo() → ENOTFOUND, or EAI_AGAIN where no name server
answers (getaddrinfo(3)).
*/
export const unknownHost = experiment({name: 'unknown-host', protocol: 'tcp', connect: nowhere}, async context => {
	context.tell({address: nowhere});
	const client = context.addClient();
	await context.step();
	const failure = await context.connect(client);
	// A name server may answer with a made-up address: send nothing to that.
	await client.close();
	return context.outcomeOf(failure, 'ENOTFOUND', 'EAI_AGAIN');
});

/**
A client connects to an address that does not answer: neither SYN+ACK nor RST comes. The system would send the SYN again
for about two minutes (tcp(7), tcp_syn_retries); we give up earlier, with its ETIMEDOUT.
*/
export const timeout = experiment({
	name: 'connect-timeout', protocol: 'tcp', connect: {host: '127.0.0.1', port: 0},
}, async context => {
	const address = await context.reserve(reserveSilent());
	const client = context.addClient();
	context.talkTo(address);
	await context.step();
	const start = performance.now();
	const failure = await context.connect(client, context.times.timeout);
	context.tell({waited: performance.now() - start});
	return context.outcomeOf(failure, 'ETIMEDOUT');
});
