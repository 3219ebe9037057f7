/* The worker's entry: the playground behind the thread's message port. */
import {parentPort} from 'node:worker_threads';
import {replyRules, replyTo} from '../replies/reply-rule.ts';
import type {PlaygroundOptions} from './api/command.ts';
import {EnginePort} from './port.ts';

if (!parentPort) {
	throw new Error('The engine runs as a worker thread');
}

/**
Load what the first message would otherwise wait for: the tables of graphemes and emoji alone take some 40 ms, which
the first round-trip time on screen would include.
*/
function warmUp(): void {
	const sample = Buffer.concat([
		Buffer.from('a\u{E9} \u{D55C}\u{AE00} \u{1F44D}\u{1F3FD}\n\u{202E}'),
		Buffer.of(0xFF),
	]);
	for (const bytes of [sample, sample.subarray(0, -1)]) {
		for (const rule of replyRules) {
			replyTo(rule, bytes);
		}
	}
}

parentPort.once('message', (options: PlaygroundOptions) => {
	const port = new EnginePort(parentPort!, options);
	// An exception in a timer or a socket's callback would end the thread, and with it every socket.
	process.on('uncaughtException', error => {
		if (!port.playground.takeFault(error)) {
			port.tellFault(error);
		}
	});
	// The first screen does not wait for it.
	port.onFirstViews = () => {
		setImmediate(warmUp);
	};
});
