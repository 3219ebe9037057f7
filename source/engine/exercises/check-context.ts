import type {Address, SocketEvent} from '../../log/event.ts';
import type {EventLog} from '../../log/event-log.ts';
import type {LinkConditions} from '../../link/conditions.ts';
import type {ClientPane} from '../scene/panes/client-pane.ts';
import type {Scene} from '../scene/scene.ts';
import type {ServerPane} from '../scene/panes/server-pane.ts';
import {toFailure} from '../../sockets/failure.ts';
import {isLoopback} from '../../text/address.ts';
import {ExperimentContext} from '../laboratory/experiment-context.ts';
import type {ExerciseSubject, ExerciseTimes, NotRun} from '../api/exercise.ts';
import type {Exchange, ProgramEnd} from '../api/mistake.ts';
import {LearnerProgram} from './program/learner-program.ts';
import type {ProcessorWait} from './program/processor-wait.ts';
import {NoScript} from './program/spawn-program.ts';

/** Nothing can be said of the program. */
export class CannotRun extends Error {
	readonly notRun: NotRun;

	constructor(notRun: NotRun) {
		super(notRun.reason);
		this.notRun = notRun;
	}
}

type CheckContextOptions = {
	readonly scene: Scene;
	readonly log: EventLog;
	readonly subject: ExerciseSubject;
	readonly times: ExerciseTimes;
	/** The address, the program or its output has changed. */
	readonly onChange: () => void;
	/** The check waits for the client to give up, for at most this many milliseconds. */
	readonly onWait: (time: number) => void;
};

/**
In steps of how many milliseconds time is waited for. Events end a wait at once: the steps only tell for how long this
process was kept waiting itself.
*/
const timeStep = 50;

/** A program that computes all the time is kept waiting all the time on a busy machine: it gets ten times as long. */
const longestShare = 0.9;

/** What came back for a message. */
export type Answer = {
	readonly exchange: Exchange;
	/** Where it came from; undefined where nothing came. */
	readonly source: Address | undefined;
	/** The program ended before it came. */
	readonly end: ProgramEnd | undefined;
};

/** A datagram as a pane has received it. */
export type Received = Extract<SocketEvent, {isThirdParty: boolean}>;

/** Where the checks of an exercise are made: the scene's panes, and the program. Waits reject once it is ended. */
export class CheckContext extends ExperimentContext {
	readonly subject: ExerciseSubject;
	readonly exerciseTimes: ExerciseTimes;
	readonly tellWait: (time: number) => void;
	readonly #onChange: () => void;
	/** Where the program was told that its server is to be, or that it is to be a client of. */
	#told: Address | undefined;
	#address: Address | undefined;
	#program: LearnerProgram | undefined;

	constructor({
		scene, log, subject, times, onChange, onWait,
	}: CheckContextOptions) {
		super({
			scene, log, times: {step: 0, timeout: times.answer}, onFacts: onChange,
		});
		this.subject = subject;
		this.exerciseTimes = times;
		this.tellWait = onWait;
		this.#onChange = onChange;
	}

	get protocol(): 'udp' | 'tcp' {
		return this.scene.protocol;
	}

	/** The program that was started last; undefined where it was not started for this exercise. */
	get program(): LearnerProgram | undefined {
		return this.#program;
	}

	/** Where the program's server is reached, or the playground's own; undefined until it is known. */
	get address(): Address | undefined {
		return this.#address;
	}

	/** The server of the program is reached here: the clients of the scene talk to it from now on. */
	reach(address: Address): void {
		this.talkTo(address);
		this.serveAt(address);
	}

	/** The playground's own server is here. */
	serveAt(address: Address): void {
		this.#address = address;
		this.#onChange();
	}

	/**
	Start the program, or start it again: the one before is ended first.

	@throws CannotRun where it cannot be started
	*/
	async start(address: Address | undefined = this.#told): Promise<LearnerProgram> {
		if (this.subject.type !== 'program' || !address) {
			throw new Error('there is no program to start');
		}

		await this.stop();
		this.#told = address;
		try {
			this.#program = await LearnerProgram.start(this.subject.command, address, () => {
				this.look();
				this.#onChange();
			});
		} catch (error) {
			const [program] = this.subject.command;
			const {interpreter} = error as {readonly interpreter?: string};
			throw new CannotRun(error instanceof NoScript
				? {reason: 'no-script', file: error.file}
				: {
					reason: 'not-started', program, ...(interpreter !== undefined && {interpreter}), failure: toFailure(error),
				});
		}

		// It was ended meanwhile: nothing else would end the program.
		if (this.isEnded) {
			await this.#program.stop();
		}

		this.#onChange();
		return this.#program;
	}

	/** How the program has ended: the kernel closes its sockets before. Undefined where it goes on. */
	async endAfterSockets(): Promise<ProgramEnd | undefined> {
		return this.#program && this.within(this.exerciseTimes.quiet, () => this.#program?.end);
	}

	/** End the program with all that it has started. */
	async stop(): Promise<void> {
		await this.#program?.stop();
	}

	/** End the program at once: this process is about to end. */
	kill(): void {
		this.#program?.kill();
	}

	/** Events of a pane from this one of its own on (`pane.index.total` before something is done). */
	eventsSince({index}: ServerPane | ClientPane, from: number): SocketEvent[] {
		const found: SocketEvent[] = [];
		for (let next = Math.max(from, index.firstSince(this.log.first)); next < index.total; next++) {
			found.push(this.log.read(index.at(next)));
		}

		return found;
	}

	/** The datagrams that a pane has received, from this one of its events on. */
	receivedBy(pane: ServerPane | ClientPane, from: number): Received[] {
		return this.eventsSince(pane, from).filter(event => 'isThirdParty' in event);
	}

	/** The local address of a client's socket, as the program sees it. */
	localOf({state}: ClientPane): Address {
		const local = 'local' in state ? state.local : {host: '0.0.0.0', port: 0};
		const {host = local.host} = this.#address ?? {};
		return isLoopback(host) && host !== 'localhost' ? {host, port: local.port} : local;
	}

	/**
	Send a datagram, and wait for one that comes back: as long as an answer may take, or until the program ends.

	@param fits - whether a datagram may be the answer
	*/
	async ask(
		pane: ClientPane,
		message: string | Uint8Array,
		fits: (bytes: Uint8Array) => boolean = () => true,
	): Promise<Answer> {
		const sent = typeof message === 'string' ? Buffer.from(message) : message;
		const from = pane.index.total;
		const start = performance.now();
		this.send(pane, sent);
		const find = (): Received | undefined => this.receivedBy(pane, from).find(({bytes}) => fits(bytes));
		const {answer, quiet} = this.exerciseTimes;
		await this.within(answer, () => find() ?? this.program?.end);
		// What it has sent before it ended may still be on its way to be read.
		const event = find() ?? (this.program?.end && await this.within(quiet, find));
		return {
			exchange: {
				from: this.localOf(pane), sent, elapsed: performance.now() - start, ...(event && {got: event.bytes}),
			},
			source: event?.peer,
			end: event ? undefined : this.program?.end,
		};
	}

	/** UDP: lose the next datagram that the playground's server sends. */
	loseNextAnswer(): void {
		this.scene.loseNext('to-clients');
	}

	/** What the simulated link does from now on to what the playground's server sends. */
	setAnswerLink(conditions: LinkConditions): void {
		this.scene.setLink('to-clients', conditions);
	}

	/**
	As above. Time in which this process or the program was kept waiting for a processor does not count, up to a limit:
	on a busy machine nobody can tell what the program would have done.

	@param step - in steps of how many milliseconds it is looked: at what no event tells of
	*/
	override async within<Value>(
		time: number,
		find: () => Value | undefined,
		step = timeStep,
	): Promise<Value | undefined> {
		let found: Value | undefined;
		let kept: ProcessorWait | undefined;
		let waited = 0;
		const longest = time / (1 - longestShare);
		for (let rest = time; rest > 0 && found === undefined;) {
			const next = Math.min(rest, step);
			found = await super.within(next, find); // eslint-disable-line no-await-in-loop -- Step by step.
			waited += next;
			rest -= next;
			// What comes at once, as most does, need not be measured.
			kept ??= this.#program?.waitForProcessor();
			if (rest < 1 && found === undefined && kept) {
				const {share, isQueued} = kept.look();
				const queued = isQueued ? Math.min(step, longest - waited) : 0;
				rest = Math.max(time - (waited * (1 - Math.min(share, longestShare))), queued);
				rest = rest < 1 ? 0 : rest;
			}
		}

		return found;
	}

	/** Whether this comes true within `time` milliseconds. */
	async comesTrue(time: number, isTrue: () => boolean, step = timeStep): Promise<boolean> {
		return await this.within(time, () => isTrue() || undefined, step) ?? false;
	}

	/** The same, or when the program's standard input has ended after that: it may wait for it. */
	async comesTrueAtEnd(time: number, isTrue: () => boolean): Promise<boolean> {
		if (await this.comesTrue(time, isTrue)) {
			return true;
		}

		this.program?.type([], true);
		return this.comesTrue(this.exerciseTimes.answer, isTrue);
	}

	/** Wait, and see what comes meanwhile. */
	async wait(time: number): Promise<void> {
		await this.within(time, () => undefined);
	}

	override async end(): Promise<void> {
		await super.end();
		await this.stop();
	}
}
