import type {PaneId, SocketEvent} from '../log/event.ts';
import {type Codec, codecOf} from '../text/encoding/codec.ts';
import {Output} from './output.ts';
import type {PlainContext} from './plain-line.ts';
import {jsonReporter, plainReporter, silentReporter} from './reporter.ts';
import {Session, type SessionOptions} from './session.ts';

/** What `serve`, `send` and `relay` have in common: what runs, and what is written of it. */
export type RunOptions = Pick<SessionOptions, 'command' | 'protocol' | 'playground' | 'words' | 'isQuiet'> & {
	readonly isJson: boolean;
};

/** A session on the standard streams. */
type OpenSession = {
	readonly session: Session;
	readonly output: Output;
	readonly errors: Output;
	readonly context: PlainContext;
	readonly codec: Codec;
};

/**
A session that writes JSON lines on standard output, or lines of text: a server's there, too, a client's on standard
error, as standard output has the answers.

@param isTold - whether an event has a line of text
@param onSlow - standard output is full (true), or has room again (false)
*/
export function openSession(
	{isJson, ...options}: RunOptions,
	{isServer, targetPane, isTold, onSlow}: {
		readonly isServer: boolean;
		readonly targetPane?: PaneId | undefined;
		readonly isTold: (event: SocketEvent) => boolean;
		readonly onSlow: (isSlow: boolean) => void;
	},
): OpenSession {
	const {protocol, playground, words, isQuiet} = options;
	const codec = codecOf(playground.encoding);
	const errors = new Output(process.stderr);
	const output = new Output(process.stdout, {
		onSlow,
		onGone(message) {
			session.outputGone(message);
		},
	});
	const lines = isServer ? output : errors;
	const context: PlainContext = {
		protocol,
		isServer,
		words,
		hasColours: lines.isTerminal && !process.env.NO_COLOR,
		...(targetPane !== undefined && {targetPane}),
	};
	const session: Session = new Session({
		...options,
		errors,
		reporter(wallTime) {
			if (isJson) {
				return jsonReporter({output, wallTime, codec});
			}

			// The address of a server is told in any case.
			return isQuiet && !isServer
				? silentReporter
				: plainReporter({output: lines, wallTime, codec}, context, event => !isQuiet && isTold(event));
		},
	});
	return {
		session, output, errors, context, codec,
	};
}
