import type {PlaygroundOptions} from '../engine/api/command.ts';
import {kindOf} from '../log/event-kinds.ts';
import type {Protocol, SocketEvent} from '../log/event.ts';
import {formatDuration} from '../text/quantities.ts';
import type {Words} from '../screen/words/words.ts';
import {visibleBytes} from '../text/visible.ts';
import {exitCodeOf, exitCodes, type ExitCode} from './exit-code.ts';
import {Output} from './output.ts';
import {failureText} from './plain-line.ts';
import {jsonReporter, plainReporter} from './reporter.ts';
import {Session} from './session.ts';

/** A server without a screen, and when it ends. */
export type ServeOptions = {
	readonly protocol: Protocol;
	readonly playground: PlaygroundOptions;
	readonly isJson: boolean;
	readonly isQuiet: boolean;
	readonly words: Words;
	/** End when the first connection has ended; in UDP, when the first datagram has been answered. */
	readonly isOnce: boolean;
	/** End after this many milliseconds. */
	readonly time: number | undefined;
	/** End when this many messages were received: datagrams, or reads of a stream. */
	readonly count: number | undefined;
};

/**
Open a server, tell what happens to it, and settle with the exit code when it has ended: by a signal, by the time, or
when what it waits for has come.
*/
export async function serve(options: ServeOptions): Promise<ExitCode> {
	const {protocol, playground, isJson, isQuiet, words, isOnce, time, count} = options;
	const errors = new Output(process.stderr);
	const output = new Output(process.stdout, {
		onSlow(isSlow) {
			if (isSlow) {
				reading.pause();
			} else {
				reading.resume();
			}
		},
		onGone(message) {
			session.finish(message === undefined
				? {code: exitCodes.done, reason: 'closed'}
				: {code: exitCodes.failed, reason: 'failed', message});
		},
	});
	const context = {
		protocol, isServer: true, words, hasColours: output.isTerminal && !process.env.NO_COLOR,
	};
	const session: Session = new Session({
		command: 'serve',
		protocol,
		playground,
		errors,
		reporter: wallTime => isJson
			? jsonReporter({output, wallTime})
			: plainReporter({output, wallTime}, context, event => !isQuiet && !isOpening(event)),
	});
	const reading = session.log.subscribe({
		payload: 'whole',
		onEntry(entry) {
			session.reporter.entry(entry);
		},
	});
	// This one never pauses: the end does not depend on who reads the output.
	session.log.subscribe({
		payload: 'none',
		onEntry(entry) {
			if (entry.type !== 'event') {
				return;
			}

			if (isOnce && isOver(entry.event)) {
				session.finish({code: exitCodes.done, reason: 'once'});
			} else if (count !== undefined && isMessage(entry.event) && pane.index.received.count >= count) {
				session.finish({code: exitCodes.done, reason: 'until'});
			}
		},
	});
	const {scene} = session;
	const pane = scene.server!;
	const {server} = pane;
	return session.run({
		async work() {
			await scene.open();
			const {state} = server;
			if (state.type === 'failed') {
				const {failure, wanted} = state;
				session.finish({
					code: exitCodeOf(failure), reason: 'failed', message: failureText(failure, wanted, context),
				});
			} else if (state.type === 'open') {
				session.ready({local: state.local, rule: pane.rule});
				if (!isJson) {
					setImmediate(warmUp);
				}

				if (time !== undefined) {
					session.endAfter(time, () => isOnce || count !== undefined
						? {code: exitCodes.unanswered, reason: 'time', message: `${formatDuration(time)} are over, and ${isOnce ? '--once' : '--until'} is not met`}
						: {code: exitCodes.done, reason: 'time'});
				}
			}
		},
		async finishSending() {
			if (server.protocol === 'udp') {
				await session.settled(() => server.onTheLink.count === 0);
				return;
			}

			await Promise.all([...server.peers.values()].map(async connection => {
				connection.closeGracefully();
				await connection.whenClosed;
			}));
		},
		counts: () => pane.index,
		async flushed() {
			do {
				// eslint-disable-next-line no-await-in-loop -- What was kept meanwhile is written when it is taken.
				await output.flushed();
			} while (output.isSlow && !output.isGone);
		},
	});
}

/** Load the tables that the first text which is not ASCII would wait for, and with it the answer. */
function warmUp(): void {
	visibleBytes(Buffer.from('\u{E9}\u{1F44D}'), 10);
}

/** A server's own socket is open, as the first line says; or it could not be, as standard error does. */
function isOpening({type}: SocketEvent): boolean {
	const {stage} = kindOf(type);
	return stage === 'bound' || stage === 'listening' || stage === 'failed';
}

/** Whether this is what `--once` waits for. */
function isOver({type, socket}: SocketEvent): boolean {
	const {data, stage} = kindOf(type);
	return (data?.unit === 'datagram' && !data.isSent) || (stage === 'closed' && socket > 0);
}

/** Whether it is a datagram, or what one read returned. */
function isMessage({type}: SocketEvent): boolean {
	return kindOf(type).data?.isSent === false;
}
