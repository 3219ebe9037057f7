import {kindOf} from '../log/event-kinds.ts';
import type {SocketEvent} from '../log/event.ts';
import {formatDuration} from '../text/quantities.ts';
import {hostsOf, isItself} from '../engine/scene/panes/relay-pane.ts';
import type {Scene} from '../engine/scene/scene.ts';
import type {TcpConnection} from '../sockets/tcp/tcp-connection.ts';
import type {TcpServer} from '../sockets/tcp/tcp-server.ts';
import type {UdpServer} from '../sockets/udp/udp-server.ts';
import {visibleBytes} from '../text/width/visible.ts';
import {exitCodeOf, exitCodes} from './exit-code.ts';
import type {Done, Ready} from './json-line.ts';
import {failureText, type PlainContext} from './plain-line.ts';
import {ReadingTurns} from './reading-turns.ts';
import {type Ending, openSession, type RunOptions} from './session.ts';

/** A server or a relay without a screen, and when it ends. */
export type ServeOptions = RunOptions & {
	/** End when the first connection has ended; in UDP, with the first answer, or the first passed on. */
	readonly isOnce: boolean;
	/** End after this many milliseconds. */
	readonly time: number | undefined;
	/** End when this many messages were received: datagrams, or reads of a stream; with a framing, its messages. */
	readonly count: number | undefined;
};

/**
Open a server, or a relay in its place, tell what happens to it, and end the process when that is over: by a signal, by
the time, or when what it waits for has come.
*/
export async function serve(options: ServeOptions): Promise<never> {
	const {playground, isJson, isQuiet, isOnce, time, count} = options;
	const isRelay = playground.relay !== undefined;
	const {session, output, context} = openSession(options, {
		isServer: true,
		targetPane: isRelay ? targetPane : undefined,
		isTold: event => !isOpening(event),
		onSlow(isSlow) {
			if (isSlow) {
				reading?.pause();
			} else {
				reading?.resume();
			}
		},
	});
	// Without subscribers the log makes no objects: what is told of nothing costs nothing.
	const reading = isJson || !isQuiet
		? session.log.subscribe({
			payload: 'whole',
			onEntry(entry) {
				session.reporter.entry(entry);
			},
		})
		: undefined;
	const {scene} = session;
	const served = servedBy(scene);
	const {server} = served;
	// These never pause: neither the end nor whose turn it is depends on who reads the output.
	let messages = 0;
	const isFramed = (playground.framing ?? 'none') !== 'none';
	const hasCondition = isOnce || count !== undefined;
	if (hasCondition) {
		session.hear('none', event => {
			messages += 'frame' in event && event.pane !== targetPane ? 1 : 0;
			const received = isFramed ? messages : served.counts().received.count;
			if (isOnce && isOver(event, isRelay)) {
				session.finish({code: exitCodes.done, reason: 'once'});
			} else if (count !== undefined && isMessage(event, isFramed) && received >= count) {
				session.finish({code: exitCodes.done, reason: 'until'});
			}
		});
	}

	if (reading && server.protocol === 'tcp') {
		const turns = new ReadingTurns(served.connections);
		session.hear('none', event => {
			const {stage, data} = kindOf(event.type);
			const how = stage === 'connected' ? 'accepted' : (data?.isSent === false ? 'read' : 'other');
			turns.told(served.connectionOf(event), how);
		});
	}

	return session.run({
		async work() {
			const problem = await targetProblem(scene, context);
			if (problem) {
				session.finish(problem);
				return;
			}

			await scene.open();
			const {state} = server;
			if (state.type === 'failed') {
				const {failure, wanted} = state;
				session.finish({
					code: exitCodeOf(failure), reason: 'failed', message: failureText(failure, wanted, context),
				});
			} else if (state.type === 'open') {
				session.ready({local: state.local, ...served.facts});
				if (!isJson) {
					setImmediate(warmUp);
				}

				if (time !== undefined) {
					setTimeout(() => {
						const flag = isOnce ? '--once' : '--until';
						session.finish(hasCondition
							? {code: exitCodes.unanswered, reason: 'time', message: context.words.headless.timeOver(formatDuration(time), flag)}
							: {code: exitCodes.done, reason: 'time'});
					}, time);
				}
			}
		},
		finishSending: async () => served.finishSending(async isSo => session.settled(isSo)),
		counts: served.counts,
		flushed: async () => output.flushed(),
	});
}

/** The number of the pane that a relay's sockets to its target have: a session has no others. */
const targetPane = 2;

/** What a server and a relay have in common while they run. */
type Served = {
	readonly server: UdpServer | TcpServer;
	/** Those of TCP, on both sides of a relay. */
	readonly connections: () => ReadonlyArray<TcpConnection | undefined>;
	/** That of an event. */
	readonly connectionOf: (event: SocketEvent) => TcpConnection | undefined;
	readonly facts: Pick<Ready, 'rule' | 'peer'>;
	readonly counts: () => Pick<Done, 'received' | 'sent' | 'target'>;
	/** Settles when what has still to be sent is sent. */
	readonly finishSending: (until: (isSo: () => boolean) => Promise<void>) => Promise<void>;
};

export function servedBy(scene: Scene): Served {
	const {relay: pane} = scene;
	if (pane) {
		const {relay, clientIndex, targetIndex, target} = pane;
		return {
			server: relay.server,
			connections: () => relay.protocol === 'tcp'
				? [...relay.server.peers.values(), ...[...relay.clients.values()].map(client => client.connection)]
				: [],
			connectionOf({pane: side, socket}) {
				if (relay.protocol === 'udp') {
					return undefined;
				}

				return side === targetPane ? relay.clients.get(socket)?.connection : relay.server.peers.get(socket);
			},
			facts: {peer: target},
			counts: () => ({
				received: clientIndex.received,
				sent: clientIndex.sent,
				target: {received: targetIndex.received, sent: targetIndex.sent},
			}),
			finishSending: async until => relay.protocol === 'tcp' ? relay.finish() : until(() => relay.isIdle),
		};
	}

	const {server, index, rule} = scene.server!;
	return {
		server,
		connections: () => server.protocol === 'tcp' ? [...server.peers.values()] : [],
		connectionOf: ({socket}) => server.protocol === 'tcp' ? server.peers.get(socket) : undefined,
		facts: {rule},
		counts: () => ({received: index.received, sent: index.sent}),
		async finishSending(until) {
			if (server.protocol === 'udp') {
				await until(() => server.onTheLink.count === 0);
				return;
			}

			await Promise.all([...server.peers.values()].map(async connection => {
				connection.closeGracefully();
				await connection.whenClosed;
			}));
		},
	};
}

/** Why a relay cannot pass on to its target: its name has no address, or it is the relay itself. */
async function targetProblem({relay}: Scene, context: PlainContext): Promise<Ending | undefined> {
	if (!relay) {
		return undefined;
	}

	const {target, configured} = relay;
	const found = await hostsOf(target.host);
	if ('failure' in found) {
		const {failure} = found;
		return {code: exitCodeOf(failure), reason: 'failed', message: failureText(failure, target, {...context, isServer: false})};
	}

	return await isItself(configured, target)
		? {
			code: exitCodes.usage,
			reason: 'failed',
			message: context.words.refusal({reason: 'relays-to-itself', target}),
		}
		: undefined;
}

/** Load the tables that the first text which is not ASCII would wait for, and with it the answer. */
function warmUp(): void {
	visibleBytes(Buffer.from('\u{E9}\u{1F44D}'), 10);
}

/** A server's own socket is open, as the first line says; or it could not be, as standard error does. */
function isOpening({type, socket}: SocketEvent): boolean {
	const {stage} = kindOf(type);
	return socket === 0 && (stage === 'bound' || stage === 'listening' || stage === 'failed');
}

/** Whether this is what `--once` waits for: the end of a connection, a datagram, or a relay's answer. */
export function isOver({type, socket, pane}: SocketEvent, isRelay: boolean): boolean {
	const {data, stage} = kindOf(type);
	return (data?.unit === 'datagram' && !data.isSent && (!isRelay || pane === targetPane))
		|| (stage === 'closed' && socket > 0 && pane !== targetPane);
}

/** Whether it is a datagram, or what one read returned; with a framing, a message. */
function isMessage(event: SocketEvent, isFramed: boolean): boolean {
	return isFramed ? 'frame' in event : kindOf(event.type).data?.isSent === false;
}
