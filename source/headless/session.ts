/* A run without a screen: the engine in this process, what follows its log, and an end with one exit code. */
import {setTimeout as sleep} from 'node:timers/promises';
import type {PlaygroundOptions} from '../engine/api/command.ts';
import {openLog} from '../engine/open-log.ts';
import type {Scene} from '../engine/scene/scene.ts';
import {shieldProcess} from '../engine/scene/module-process.ts';
import {Scenes} from '../engine/scene/scenes.ts';
import type {PaneId, Protocol, SocketEvent} from '../log/event.ts';
import type {EventLog} from '../log/event-log.ts';
import type {EntrySubscriber, Subscription} from '../log/subscriptions.ts';
import {conditionsFor} from '../link/conditions.ts';
import {formatConditions} from '../link/conditions-text.ts';
import {isRuleTable} from '../replies/reply-rule.ts';
import {defaultLimits} from '../sockets/limits.ts';
import {eventText} from '../screen/panes/rows/event-text.ts';
import {withoutKeys, type Words} from '../screen/words/words.ts';
import {type Codec, codecOf} from '../text/encoding/codec.ts';
import {visibleLine} from '../text/width/visible.ts';
import {asError} from '../text/as-error.ts';
import {
	type EndSignal, type ExitCode, exitCodes, signalCodes,
} from './exit-code.ts';
import type {Done, EndReason, Ready} from './json-line.ts';
import {Output} from './output.ts';
import type {PlainContext} from './plain-line.ts';
import {
	jsonReporter, plainReporter, type Reporter, silentReporter,
} from './reporter.ts';

export type Ending = {
	readonly code: ExitCode;
	readonly reason: EndReason;
	/** What has failed, in one line. */
	readonly message?: string;
	/** An event with the same text has been reported on standard error. */
	readonly isTold?: boolean;
};

type SessionOptions = {
	readonly command: Ready['command'];
	readonly protocol: Protocol;
	readonly playground: PlaygroundOptions;
	readonly words: Words;
	readonly isQuiet: boolean;
	/** What tells of events, made with the wall clock's time of a time of the log, or of now. */
	readonly reporter: (wallTime: (time?: number) => number) => Reporter;
	/** Standard error. */
	readonly errors: Output;
};

/** Old events are never read here: a subscriber gets every event, and its payload whole. */
const smallLog = {events: 4096, logBytes: 64 * 1024};

const exitProcess = process.exit.bind(process);

/**
End the process, also while a module of reply rules finds another function in this place. What listens for the end then,
such as that module, neither writes behind the last line nor sets another exit code. Within the event "exit" no listener
behind this one is called.
*/
function exit(code: ExitCode): never {
	process.removeAllListeners('exit');
	return exitProcess(code);
}

/** How long sockets get to send what is still to be sent, in milliseconds. */
const closingTime = 2000;

/** One run: its scene, its log, and its end. Whatever asks for the end first says how it ends. */
export class Session {
	readonly log: EventLog;
	readonly scene: Scene;
	readonly reporter: Reporter;
	readonly ended: Promise<Ending>;
	/** How it ends where a signal comes; undefined where it is not done yet. */
	endBySignal: () => Ending | undefined = () => ({code: exitCodes.done, reason: 'signal'});
	readonly #options: SessionOptions;
	readonly #scenes: Scenes;
	readonly #waiting = new Set<() => void>();
	readonly #end: (ending: Ending) => void;
	#ending: Ending | undefined;
	/** The code in the last line, which the process exits with, whatever comes after it. */
	#told: ExitCode | undefined;
	/** Until the sockets can be used, where options were asked for. */
	readonly #watchedOptions: Subscription | undefined;
	#hasRefusedOption = false;

	constructor(options: SessionOptions) {
		const {protocol, playground, reporter} = options;
		this.#options = options;
		const {promise, resolve} = Promise.withResolvers<Ending>();
		this.ended = promise;
		this.#end = resolve;
		const limits = {...defaultLimits, ...smallLog, ...playground.limits};
		this.log = openLog(limits, error => {
			this.#fault(error);
		});
		const made = reporter((time = this.log.now()) => this.log.wallTime(time));
		this.reporter = {
			...made,
			entry: entry => {
				// While the last line is being written, what a module has begun can still cause events.
				if (this.#told === undefined) {
					made.entry(entry);
				}
			},
		};
		const onChange = (): void => {
			this.look();
		};

		this.#scenes = new Scenes({
			playground, limits, log: this.log, onChange,
		});
		this.scene = this.#scenes.of(protocol);
		this.log.watch(onChange);
		this.#watchedOptions = (playground.options?.length ?? 0) > 0 ? this.#watchOptions() : undefined;
	}

	get isEnding(): boolean {
		return this.#ending !== undefined;
	}

	hear(payload: EntrySubscriber['payload'], onEvent: (event: SocketEvent) => void): Subscription {
		return this.log.subscribe({
			payload,
			onEntry(entry) {
				if (entry.type === 'event') {
					onEvent(entry.event);
				}
			},
		});
	}

	/** End the run. Only the first call counts. */
	finish(ending: Ending): void {
		if (!this.#ending) {
			this.#ending = ending;
			this.#end(ending);
			this.look();
		}
	}

	/** Settles when this is so, which is looked at after every event and every other change; or when the run ends. */
	async until(isSo: () => boolean): Promise<void> {
		await this.settled(() => this.isEnding || isSo());
	}

	/** The same; and settles after this many milliseconds, of which Infinity are for ever. */
	async untilOrLate(isSo: () => boolean, milliseconds: number): Promise<void> {
		if (milliseconds === Number.POSITIVE_INFINITY) {
			await this.until(isSo);
			return;
		}

		let isLate = false;
		const timer = setTimeout(() => {
			isLate = true;
			this.look();
		}, Math.max(0, milliseconds));
		await this.until(() => isLate || isSo());
		clearTimeout(timer);
	}

	/** The same as `until()`, but the end of the run does not settle it. */
	async settled(isSo: () => boolean): Promise<void> {
		if (isSo()) {
			return;
		}

		await new Promise<void>(resolve => {
			const look = (): void => {
				if (isSo()) {
					this.#waiting.delete(look);
					resolve();
				}
			};

			this.#waiting.add(look);
		});
	}

	/** Tell that the sockets can be used; not where the system has refused what they were to be. */
	ready(facts: Pick<Ready, 'local' | 'peer' | 'rule'>): void {
		this.#watchedOptions?.close();
		if (this.#hasRefusedOption) {
			return;
		}

		const {command, protocol, playground, isQuiet, words, errors} = this.#options;
		const {framing = 'none', link, linkToClients} = playground;
		// What is given by its name is refused where it means nothing to TCP; a preset may have some of that.
		for (const [flag, conditions] of [['--link', link], ['--link-to-clients', linkToClients]] as const) {
			const own = conditions && formatConditions(conditionsFor(conditions, protocol));
			if (own !== undefined && protocol === 'tcp' && !isQuiet && own !== formatConditions(conditions!)) {
				errors.write(`socket-playground: ${flag}: ${words.link.panel.overTcp(own)}\n`);
			}
		}

		this.reporter.ready({
			command,
			protocol,
			...facts,
			...(framing !== 'none' && {framing}),
			...(playground.encoding && {encoding: playground.encoding}),
			link: formatConditions(conditionsFor(link, protocol)),
			seed: playground.seed,
		});
	}

	/**
	Do the work of a run, and end the process with its exit code: the work done, the sockets closed in order, and
	everything written.

	@param work - what it does; it is over when finish() is called, or this has failed
	@param finishSending - what has still to be sent is sent, before the sockets are closed
	@param counts - what was received and sent
	@param flushed - settles when all has been reported
	*/
	async run({work, finishSending, counts, flushed}: {
		readonly work: () => Promise<void>;
		readonly finishSending: () => Promise<void>;
		readonly counts: () => Pick<Done, 'received' | 'sent' | 'target'>;
		readonly flushed: () => Promise<void>;
	}): Promise<never> {
		const tell = ({isTold = false, ...end}: Ending): ExitCode => {
			if (this.#told === undefined) {
				this.#told = end.code;
				this.reporter.done({...end, ...structuredClone(counts())});
				if (end.message !== undefined && !isTold) {
					this.#options.errors.write(`socket-playground: ${visibleLine(end.message)}\n`);
				}
			}

			return this.#told;
		};

		this.#catchEnds(tell);
		// The process can be ended while the run goes on, as by a module of reply rules: the last line tells that, too.
		process.on('exit', () => {
			const {playground: {rulesFile}, words} = this.#options;
			const message = words.headless.exited(rulesFile !== undefined && !isRuleTable(rulesFile));
			// At once: the module may listen for the end, and set another code.
			exit(tell(this.#ending ?? {code: exitCodes.failed, reason: 'failed', message}));
		});
		void work().catch((error: unknown) => {
			this.#fault(error);
		});
		let ending = await this.ended;
		try {
			await Promise.race([finishSending(), sleep(closingTime)]);
			if (this.#options.playground.rulesFile !== undefined) {
				// What a module has begun goes on until the exit: it neither ends the process nor writes to its output.
				shieldProcess(() => undefined);
			}

			await this.#scenes.close();
			await flushed();
		} catch (error) {
			ending = endingOfFault(error);
		}

		const code = tell(ending);
		await Promise.all([flushed(), this.#options.errors.flushed()]);
		// At once: what a module of reply rules has begun, such as a timer, would keep the process running, and a
		// signal that comes while Node ends by itself would give it another exit code.
		return exit(code);
	}

	/** A socket without an option that was asked for is another one: the run ends before anybody uses it. */
	#watchOptions(): Subscription {
		return this.hear('none', event => {
			if (event.type === 'option-failed') {
				const message = withoutKeys(eventText(event, true, this.#options.words).text);
				this.#hasRefusedOption = true;
				this.finish({code: exitCodes.unreachable, reason: 'failed', message});
			}
		});
	}

	#fault(error: unknown): void {
		this.finish(endingOfFault(error));
	}

	/**
	Signals end the run in order, a second one at once.

	@param tell - writes the last line, once. @returns the code in it
	*/
	#catchEnds(tell: (ending: Ending) => ExitCode): void {
		const onSignal = (signal: EndSignal): void => {
			const message = this.#options.words.headless.interrupted(signal);
			const ending: Ending = {code: signalCodes[signal], reason: 'signal', message};
			if (this.isEnding) {
				exit(tell(ending));
			}

			this.finish(this.endBySignal() ?? ending);
		};

		process.on('uncaughtException', error => {
			if (!this.#scenes.takeFault(error)) {
				this.#fault(error);
			}
		});
		for (const signal of Object.keys(signalCodes) as EndSignal[]) {
			process.on(signal, onSignal);
		}
	}

	/** Look again at what is waited for: something has changed that the engine does not know. */
	look(): void {
		for (const look of this.#waiting) {
			look();
		}
	}
}

function endingOfFault(error: unknown): Ending {
	return {code: exitCodes.failed, reason: 'failed', message: asError(error).message};
}

/** What `serve`, `send` and `relay` have in common: what runs, and what is written of it. */
export type RunOptions = Omit<SessionOptions, 'reporter' | 'errors'> & {readonly isJson: boolean};

/**
A session that writes JSON lines on standard output, or lines of text: a server's there, too, a client's on standard
error, as standard output has the answers.

@param isTold - whether an event has a line of text
@param onSlow - standard output is full (true), or has room again (false); `onSlowErrors`: the same of standard error
*/
export function openSession(
	{isJson, ...options}: RunOptions,
	{isServer, targetPane, isTold, onSlow, onSlowErrors}: {
		readonly isServer: boolean;
		readonly targetPane?: PaneId | undefined;
		readonly isTold: (event: SocketEvent) => boolean;
		readonly onSlow: (isSlow: boolean) => void;
		readonly onSlowErrors?: (isSlow: boolean) => void;
	},
): {
	readonly session: Session; readonly output: Output; readonly errors: Output; readonly context: PlainContext;
	readonly codec: Codec;
} {
	const {protocol, playground, words, isQuiet} = options;
	const codec = codecOf(playground.encoding);
	const errors = new Output(process.stderr, {...(onSlowErrors && {onSlow: onSlowErrors})});
	const output = new Output(process.stdout, {
		onSlow,
		onGone(message) {
			session.finish(message === undefined
				? {code: exitCodes.done, reason: 'closed'}
				: {code: exitCodes.failed, reason: 'failed', message});
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
