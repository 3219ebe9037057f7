import {experiment} from './experiment.ts';

/**
One client ends its connection with a FIN: the server reads all bytes, then recv() → 0 B. The other ends it with a RST
(SO_LINGER of 0 seconds, socket(7)): recv() → ECONNRESET (RFC 9293 section 3.10.7.4).
*/
export const resetOrEnd = experiment({name: 'reset-or-end', protocol: 'tcp', rule: 'discard'}, async context => {
	const orderly = await context.openConversation();
	const abrupt = await context.openConversation();
	await context.step();
	context.send(orderly.pane, 'this is all');
	await orderly.pane.close();
	await context.happened(context.server, ['socket-closed'], ({socket}) => socket === orderly.connection.number);
	await context.step();
	context.send(abrupt.pane, 'this is not');
	await context.happened(context.server, ['chunk-received'], ({socket}) => socket === abrupt.connection.number);
	await context.step();
	abrupt.client.reset();
	const {failure} = await context.happened(context.server, ['reset-received']);
	await context.happened(context.server, ['socket-closed'], ({socket}) => socket === abrupt.connection.number);
	return context.outcomeOf(failure, 'ECONNRESET');
});

/**
A client has sent its FIN, shutdown(SHUT_WR), and still receives what the server sends (RFC 9293 section 3.6). It is
left so: the client in FIN_WAIT2, the server in CLOSE_WAIT.
*/
export const halfClosed = experiment({name: 'half-closed', protocol: 'tcp', rule: 'manual'}, async context => {
	const {pane, client, connection} = await context.openConversation();
	await context.step();
	context.send(pane, 'the whole request');
	await context.happened(context.server, ['chunk-received']);
	await context.step();
	client.halfClose();
	await context.happened(context.server, ['fin-received']);
	for (const [index, answer] of ['the answer', 'and more of it'].entries()) {
		await context.step(); // eslint-disable-line no-await-in-loop -- One after the other.
		connection.write(Buffer.from(answer), false);
		await context.happened(pane, ['chunk-received'], ({number}) => number === index + 1); // eslint-disable-line no-await-in-loop -- One after the other.
	}

	return 'caused';
});

/** At most this many sends after the peer has closed, where no error shows yet that its RST has arrived. */
const maxSends = 20;

/**
A client goes on sending after the peer has closed. The first send() is taken, and answered with RST (RFC 9293 section
3.10.7.1); the next one → EPIPE (send(2)).
*/
export const brokenPipe = experiment({name: 'broken-pipe', protocol: 'tcp', rule: 'manual'}, async context => {
	const conversation = await context.openConversation();
	const {pane, client, connection} = conversation;
	await context.step();
	connection.close();
	await context.happened(pane, ['fin-received']);
	await context.step();
	context.send(pane, 'taken, and answered with RST');
	// After the RST the socket is in none of the kernel's tables.
	await context.inKernel(conversation, ends => ends.client ? undefined : true);
	for (let sends = 0; sends < maxSends && client.state.type === 'connected'; sends++) {
		await context.step(); // eslint-disable-line no-await-in-loop -- One after the other.
		client.send(Buffer.from('too late'));
		await context.turn(); // eslint-disable-line no-await-in-loop -- One after the other.
	}

	await context.happened(pane, ['socket-closed']);
	const {state} = client;
	return context.outcomeOf(state.type === 'closed' ? state.failure : undefined, 'EPIPE', 'ECONNRESET');
});

/**
A server stops while clients are connected: each gets a FIN, recv() → 0 B, and from then on connect() → ECONNREFUSED
(close(2), connect(2)).
*/
export const serverStops = experiment({name: 'server-stops', protocol: 'tcp'}, async context => {
	const first = await context.openConversation();
	const second = await context.openConversation();
	await context.step();
	await context.server.server.close();
	await context.happened(first.pane, ['fin-received']);
	await context.happened(second.pane, ['fin-received']);
	await context.step();
	return context.outcomeOf(await context.connect(first.pane), 'ECONNREFUSED');
});

/**
The side that closes first keeps the connection in TIME_WAIT when all is over (RFC 9293 section 3.6.1), which only the
kernel's tables show.
*/
export const timeWait = experiment({name: 'time-wait', protocol: 'tcp'}, async context => {
	const conversation = await context.openConversation();
	const {pane, local, connection} = conversation;
	await context.step();
	context.send(pane, 'hello');
	await context.happened(pane, ['chunk-received']);
	await context.step();
	await pane.close();
	await context.happened(context.server, ['socket-closed'], ({socket}) => socket === connection.number);
	const kept = await context.inKernel(conversation, ends =>
		ends.client?.state === 'TIME_WAIT' ? ends.client : undefined);
	context.tell({address: local, state: kept?.state});
	return 'caused';
});
