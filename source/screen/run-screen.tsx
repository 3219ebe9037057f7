import {type Instance, render} from 'ink';
import type {EngineClient} from '../engine/client.ts';
import type {Lesson} from '../lessons/lesson.ts';
import {asError} from '../text/as-error.ts';
import {App, type StateSource} from './ink/app.tsx';
import {clipboardSequence} from './overlays/payload/clipboard.ts';
import {Controller, type ControllerOptions} from './controller.ts';
import {type Input, KeyDecoder} from './input/decode/key-decoder.ts';
import {type ScreenState, shownScene} from './state/screen-state.ts';
import {Terminal, titleSequence, windowTitle} from './terminal.ts';
import {FrameScheduler, limitYoungGeneration} from './frame/frame-scheduler.ts';
import {setTheme} from './frame/paint.ts';
import {backgroundOf, type Theme, themeOfEnvironment} from './frame/tones.ts';
import {lessonVocabulary} from './input/vocabulary.ts';

/** What the screen is started with: a running engine, the protocol shown first, the language's words. */
type ScreenOptions = Pick<ControllerOptions, 'protocol' | 'words' | 'lesson' | 'messagesFile'> & {
	readonly engine: EngineClient;
	/** Which ground the colours are for; undefined where the terminal is asked. */
	readonly theme: Theme | undefined;
	/** Whether clicks and the wheel are the screen's. */
	readonly hasMouse: boolean;
};

type ScreenEnd = {readonly exitCode: number; readonly error?: Error};

const exitCodes = {
	SIGINT: 130, SIGTERM: 143, SIGHUP: 129, SIGQUIT: 131,
} as const;

/** A frame of Ink is throttled to this; how often there is one is decided elsewhere. */
const inkFramesPerSecond = 1000;

/**
Draw the playground until the user quits, a signal comes, the terminal goes away or the engine dies. The terminal is as
it was found when this settles; its sockets are being closed.
*/
export async function runScreen({
	engine, protocol, words, theme, hasMouse, lesson, messagesFile,
}: ScreenOptions): Promise<ScreenEnd> {
	const {stdin, stdout} = process;
	const terminal = new Terminal(stdin, stdout, hasMouse);
	const decoder = new KeyDecoder(stdin);
	let current: ScreenState;
	let onChange = (): void => undefined;
	let instance: Instance | undefined;
	let title: string | undefined;
	const {promise, resolve: end} = Promise.withResolvers<ScreenEnd>();

	const failed = (error: unknown): void => {
		end({exitCode: 1, error: asError(error)});
	};

	/** The window's title follows the address of the server that is shown. */
	const setTitle = (): void => {
		const scene = current.scenes[shownScene(current)];
		// The title that was there is saved when the terminal is taken.
		const wanted = instance && scene && windowTitle(scene, words);
		if (wanted !== undefined && wanted !== title) {
			terminal.output.write(titleSequence(wanted));
			title = wanted;
		}
	};

	const controller = new Controller({
		protocol,
		columns: terminal.output.columns,
		rows: terminal.output.rows,
		words,
		lesson,
		messagesFile,
		loadLessons,
		execute: command => engine.execute(command),
		read: async query => engine.read(query),
		onState(state) {
			current = state;
			instance ??= mount();
			onChange();
			setTitle();
		},
		onQueries() {
			scheduler.refresh(controller.isAwaitingViews);
		},
		onCopy(text) {
			stdout.write(clipboardSequence(text));
		},
		onQuit(signal) {
			end({exitCode: signal ? exitCodes[signal] : 0});
		},
	});
	current = controller.state;

	const source: StateSource = {
		subscribe(listener) {
			onChange = listener;
			return () => undefined;
		},
		getState: () => current,
	};

	const mount = (): Instance => {
		terminal.take();
		const mounted = render(<App source={source} words={words}/>, {
			// Ink reads nothing: keys come from the decoder.
			stdout: terminal.output as unknown as NodeJS.WriteStream,
			// Both ends are known to be a terminal; an environment that looks like a CI's must not blind the screen.
			interactive: true,
			exitOnCtrlC: false,
			patchConsole: false,
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
		controller.resize(terminal.output.columns, terminal.output.rows);
	};

	/** A window that was made smaller and larger again has lost what it showed, though its size is what it was. */
	const repaint = (): void => {
		if (instance) {
			terminal.erase();
			instance.clear();
			resized();
		}
	};

	const signalled = (signal: keyof typeof exitCodes): void => {
		end({exitCode: exitCodes[signal]});
	};

	const gone = (): void => {
		// The terminal is gone: the same as a hang-up.
		end({exitCode: exitCodes.SIGHUP});
	};

	engine.onViews = views => {
		scheduler.take(views);
	};

	engine.onDeath = failed;
	engine.onFault = message => {
		controller.showFault(message);
	};

	decoder.onKeys = keys => {
		const others = keys.filter(key => !isStop(key));
		controller.press(others);
		if (others.length < keys.length) {
			void terminal.stopGroup();
		}
	};

	decoder.onReport = report => {
		terminal.answered(report);
		const background = backgroundOf(report);
		if (background && theme === undefined && setTheme(background)) {
			// What is drawn is known by its words: with others, equal ones, all of it is drawn anew.
			instance?.rerender(<App source={source} words={{...words}}/>);
		}
	};

	terminal.onResume = () => {
		title = undefined;
		repaint();
	};

	stdout.on('resize', resized).on('error', gone);
	process.on('SIGWINCH', repaint);
	stdin.on('error', gone).on('end', gone);
	// More than one may fail before the terminal has been given back.
	process.on('uncaughtException', failed).on('unhandledRejection', failed);
	for (const signal of Object.keys(exitCodes) as Array<keyof typeof exitCodes>) {
		process.on(signal, signalled);
	}

	setTheme(theme ?? themeOfEnvironment(process.env));
	decoder.start();
	if (theme === undefined) {
		terminal.ask();
	}

	controller.start();
	const result = await promise;
	scheduler.stop();
	// The sockets do not wait for a terminal that is slow to take its last bytes.
	void engine.close();
	engine.onViews = () => undefined;
	instance?.unmount();
	await terminal.close();
	decoder.stop();
	stdout.off('resize', resized);
	process.off('SIGWINCH', repaint);
	process.off('uncaughtException', failed).off('unhandledRejection', failed);
	return result;
}

/** Read the built-in lessons. Neither they nor what reads them is loaded before they are asked for. */
async function loadLessons(): Promise<readonly Lesson[]> {
	const chapter = await import('../lessons/chapter.ts');
	return chapter.loadLessons(lessonVocabulary);
}

/** Ctrl+Z stops the program, as in any other. */
function isStop(key: Input): boolean {
	return key.type === 'key' && key.ctrl && !key.alt && key.name === 'z';
}
