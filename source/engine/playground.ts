import type {EventLog} from '../log/event-log.ts';
import {
	type OnFault, type Subscription, throwLater, Watchers,
} from '../log/subscriptions.ts';
import {defaultLimits} from '../sockets/limits.ts';
import {openLog} from './open-log.ts';
import {Queries} from './queries.ts';
import type {View} from './api/view.ts';
import type {Command, CommandAnswer, PlaygroundOptions} from './api/command.ts';
import type {Query} from './api/query.ts';
import {execute} from './execute.ts';
import {executeReading, isReading} from './execute-reading.ts';
import {Scenes} from './scene/scenes.ts';
import {Laboratory} from './laboratory/laboratory.ts';
import {LessonRoom} from './lesson/lesson-room.ts';
import {defaultTimes, type LaboratoryTimes} from './laboratory/experiment-context.ts';

/** Owns the sockets and the log, carries out commands and answers queries. It knows no screen. */
export class Playground {
	readonly log: EventLog;
	readonly #scenes: Scenes;
	readonly #queries: Queries;
	readonly #laboratory: Laboratory;
	/** How often each saved message has been sent, by its name. */
	readonly #counters = new Map<string, number>();
	readonly #lessons: LessonRoom;
	readonly #watchers: Watchers;
	#changes = 0;
	readonly #changed = (): void => {
		this.#changes++;
		this.#laboratory.look();
		this.#lessons.look();
		this.#watchers.notify();
	};

	/** @param onFault - gets what subscribers and the work for open queries throw; else an uncaught exception */
	constructor(options: PlaygroundOptions, times: LaboratoryTimes = defaultTimes, onFault: OnFault = throwLater) {
		const limits = {...defaultLimits, ...options.limits};
		this.#watchers = new Watchers(onFault);
		this.log = openLog(limits, onFault);
		const {log} = this;
		const scenes = new Scenes({
			playground: options, limits, log, onChange: this.#changed,
		});
		this.#scenes = scenes;
		const onChange = (): void => {
			this.#watchers.notify();
		};

		this.#laboratory = new Laboratory({
			scenes, log, times, onChange: this.#changed,
		});
		this.#lessons = new LessonRoom({
			playground: options, scenes, log, onChange,
		});
		this.#queries = new Queries({
			log,
			scenes,
			clientLimit: limits.clients,
			exercise: () => this.#laboratory.exercise,
			lessons: this.#lessons,
			changes: () => this.#changes,
			onChange,
		});
		log.watch(onChange);
	}

	/** Call `onChange` after every event, and after every other change that a view can show. */
	watch(onChange: () => void): Subscription {
		return this.#watchers.add({onChange});
	}

	open(queries: readonly Query[]): void {
		this.#queries.open(queries);
	}

	revisionOf(query: Query): string {
		return this.#queries.revisionOf(query);
	}

	/** Carry out a command. Settles when it is done: a socket bound or closed, a file written, or it failed. */
	async execute(command: Command): Promise<CommandAnswer> {
		if (isReading(command)) {
			if (command.type === 'read-held') {
				// Keys wait for the views that follow it.
				this.#changed();
			}

			return executeReading(command, this.log, this.#scenes);
		}

		const done = execute(command, {
			scenes: this.#scenes,
			laboratory: this.#laboratory,
			lessons: this.#lessons,
			startExercise: async given => this.#startExercise(given),
			counters: this.#counters,
		});
		this.#changed();
		return {refusal: (await done) ?? undefined};
	}

	view(query: Query): View | undefined {
		return this.#queries.view(query);
	}

	/** End a program that is checked at once: this process is about to end, and nothing may outlive it. */
	kill(): void {
		this.#laboratory.kill();
	}

	takeFault(error: unknown): boolean {
		return this.#scenes.takeFault(error);
	}

	/** Close every socket. May be called twice. */
	async close(): Promise<void> {
		this.#queries.close();
		await this.#lessons.close();
		await this.#laboratory.close();
		await this.#scenes.close();
	}

	/** Its code is loaded when it is first asked for: nothing else needs that. */
	async #startExercise(command: Extract<Command, {type: 'start-exercise'}>): Promise<void> {
		const {exercise: name, subject, times} = command;
		const laboratory = this.#laboratory;
		const ended = laboratory.end();
		const {turn} = laboratory;
		const {ExerciseRun} = await import('./exercises/exercise-run.ts');
		await ended;
		// What has come since ends one that is about to begin.
		if (turn === laboratory.turn) {
			await laboratory.begin(() => new ExerciseRun({
				name, subject, times, scenes: this.#scenes, log: this.log, onChange: this.#changed,
			}));
		}
	}
}
