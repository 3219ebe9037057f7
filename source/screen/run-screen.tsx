import type {WriteStream} from 'node:tty';
import {type Instance, render} from 'ink';
import type {EngineClient} from '../engine/client.ts';
import type {Protocol} from '../log/event.ts';
import {App} from './app.tsx';
import {clipboardSequence} from './overlays/payload/clipboard.ts';
import {Controller} from './controller.ts';
import type {StateSource} from './frame/use-screen-state.ts';
import {KeyDecoder} from './input/key-decoder.ts';
import type {ScreenState} from './state/screen-state.ts';
import {FrameScheduler} from './frame/frame-scheduler.ts';
import type {Words} from './words/words.ts';
import {limitYoungGeneration} from './frame/young-generation.ts';

/** What the screen is started with: a running engine, the protocol shown first, and the words of its language. */
type ScreenOptions = {
	readonly engine: EngineClient;
	readonly protocol: Protocol;
	readonly words: Words;
};

/** How the screen ended: with an exit code, or because of an error. */
type ScreenEnd = {readonly exitCode: number; readonly error?: Error};

const exitCodes: Readonly<Record<string, number>> = {
	SIGINT: 130, SIGTERM: 143, SIGHUP: 129, SIGQUIT: 131,
};

/** Move the cursor home, and erase from there to the end of the screen (ECMA-48 CUP and ED). */
const homeAndErase = '\u{1B}[H\u{1B}[J';

/** How long a terminal may take for the last bytes before the program ends without it, in milliseconds. */
const flushTime = 1000;

/** A frame of Ink is throttled to this; how often there is one is decided elsewhere. */
const inkFramesPerSecond = 1000;

/**
Draw the playground until the user quits, a signal comes, the terminal goes away or the engine dies. The terminal is as
it was found when this settles; its sockets are being closed.
*/
export async function runScreen({engine, protocol, words}: ScreenOptions): Promise<ScreenEnd> {
	const {stdin, stdout} = process;
	const decoder = new KeyDecoder(stdin);
	const listeners = new Set<() => void>();
	let current: ScreenState;
	let instance: Instance | undefined;
	const {promise, resolve: end} = Promise.withResolvers<ScreenEnd>();

	const failed = (error: unknown): void => {
		end({exitCode: 1, error: error instanceof Error ? error : new Error(String(error))});
	};

	const controller = new Controller({
		protocol,
		columns: stdout.columns,
		rows: stdout.rows,
		words,
		execute: command => engine.execute(command),
		onState(state) {
			current = state;
			instance ??= mount();
			for (const listener of listeners) {
				listener();
			}
		},
		onQueries() {
			scheduler.refresh(controller.isAwaitingViews);
		},
		onCopy(text) {
			stdout.write(clipboardSequence(text));
		},
		onQuit() {
			end({exitCode: 0});
		},
	});
	current = controller.state;

	const source: StateSource = {
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		getState: () => current,
	};

	const mount = (): Instance => {
		const mounted = render(<App source={source} words={words}/>, {
			stdin: decoder as unknown as NodeJS.ReadStream,
			stdout,
			// Both ends are known to be a terminal; an environment that looks like a CI's must not blind the screen.
			interactive: true,
			exitOnCtrlC: false,
			patchConsole: false,
			alternateScreen: true,
			incrementalRendering: true,
			maxFps: inkFramesPerSecond,
		});
		// Ink ends by itself only when drawing has failed.
		mounted.waitUntilExit().catch(failed);
		return mounted;
	};

	const scheduler = new FrameScheduler({
		ask(queries) {
			engine.ask(queries);
		},
		queries: () => controller.queries,
		draw(views) {
			controller.applyViews(views);
			limitYoungGeneration();
		},
		isBehind: () => stdout.writableLength > 0,
	});

	const resized = (): void => {
		controller.resize(stdout.columns, stdout.rows);
	};

	/** A window that was made smaller and larger again has lost what it showed, though its size is what it was. */
	const repaint = (): void => {
		if (instance) {
			stdout.write(homeAndErase);
			instance.clear();
			resized();
		}
	};

	const signalled = (signal: NodeJS.Signals): void => {
		end({exitCode: exitCodes[signal] ?? 1});
	};

	const gone = (): void => {
		// The terminal is gone: the same as a hang-up.
		end({exitCode: exitCodes.SIGHUP ?? 1});
	};

	engine.onViews = views => {
		scheduler.take(views);
	};

	engine.onDeath = failed;
	engine.onFault = message => {
		controller.showFault(message);
	};

	decoder.onKeys = keys => {
		controller.press(keys);
	};

	stdout.on('resize', resized).on('error', gone);
	process.on('SIGWINCH', repaint);
	stdin.on('error', gone).on('end', gone);
	// More than one may fail before the terminal has been given back.
	process.on('uncaughtException', failed).on('unhandledRejection', failed);
	for (const signal of Object.keys(exitCodes)) {
		process.on(signal, signalled);
	}

	unblock(stdout);
	controller.start();
	const result = await promise;
	scheduler.stop();
	// The sockets do not wait for a terminal that is slow to take its last bytes.
	void engine.close();
	engine.onViews = () => undefined;
	instance?.unmount();
	await flush(stdout);
	stdout.off('resize', resized);
	process.off('SIGWINCH', repaint);
	process.off('uncaughtException', failed).off('unhandledRejection', failed);
	return result;
}

/**
A terminal that stops reading must not block the screen: frames wait in the program, and none is added until they are
written.
*/
function unblock(stream: WriteStream): void {
	const {_handle: handle} = stream as WriteStream & {_handle?: {setBlocking?: (isBlocking: boolean) => void}};
	if (stream.isTTY) {
		handle?.setBlocking?.(false);
	}
}

/** Wait until the terminal has taken everything, or has stopped reading. */
async function flush(stdout: WriteStream): Promise<void> {
	const {promise, resolve} = Promise.withResolvers<void>();
	const timer = setTimeout(() => {
		// On its way out, the program shows the cursor there.
		unblock(process.stderr);
		resolve();
	}, flushTime);
	stdout.write('', () => {
		resolve();
	});
	await promise;
	clearTimeout(timer);
}
