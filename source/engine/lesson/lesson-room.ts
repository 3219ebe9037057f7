import {byType} from '../../text/by-type.ts';
import {LessonRun} from '../../lessons/lesson-run.ts';
import type {LessonLanguage} from '../../lessons/lesson.ts';
import type {SeenEvent} from '../../lessons/seen.ts';
import type {EventLog} from '../../log/event-log.ts';
import type {PlaygroundOptions, Refusal} from '../api/command.ts';
import type {
	LessonCommand, LessonReport, LessonView, OtherPort, ScreenLook,
} from '../api/lesson.ts';
import type {Scenes} from '../scene/scenes.ts';
import {factsOf} from './lesson-facts.ts';
import {LessonRecord} from './lesson-record.ts';
import {openLessonScene} from './lesson-scene.ts';
import {projectRun} from './lesson-view.ts';
import {LessonWatch} from './lesson-watch.ts';
import {Progress} from './progress.ts';

type LessonRoomOptions = {
	readonly playground: PlaygroundOptions;
	readonly scenes: Scenes;
	readonly log: EventLog;
	readonly onChange: () => void;
};

type OpenLesson = {
	/** What its progress is kept by. */
	readonly key: string;
	readonly run: LessonRun;
	readonly watch: LessonWatch;
	readonly record: LessonRecord;
};

/** One lesson at a time on the playground's own scenes, and the progress of all. */
export class LessonRoom {
	readonly #options: LessonRoomOptions;
	#progress: Progress | undefined;
	#open: OpenLesson | undefined;
	#look: ScreenLook | undefined;
	/** Settles when the scene that was opened last is open. */
	#opening: Promise<unknown> = Promise.resolve();
	#otherPorts: readonly OtherPort[] = [];
	/** How often a step was entered. */
	#entries = 0;
	#isLooking = false;
	#changes = 0;

	constructor(options: LessonRoomOptions) {
		this.#options = options;
	}

	/** Something that is the same for as long as the views are, apart from what they tell of the scenes. */
	get revision(): string {
		return `${this.#changes} ${this.#open?.run.changes ?? ''}`;
	}

	/** Something else than an event has happened that a step may wait for. */
	look(): void {
		if (!this.#open || this.#isLooking) {
			return;
		}

		// Once for all that happens in this turn of the event loop.
		this.#isLooking = true;
		setImmediate(() => {
			this.#isLooking = false;
			this.#take();
		});
	}

	/** Carry out a command. Settles when it is done: a scene that it opens is open. */
	async execute(command: LessonCommand): Promise<Refusal | undefined> {
		return byType<LessonCommand, Promise<Refusal | undefined>>(command, {
			'note-screen': async ({look}) => {
				this.#look = look;
				this.look();
				return undefined;
			},
			'start-lesson': async given => this.#start(given).then(() => undefined),
			'leave-lesson': async () => this.#onOpen(() => {
				this.#leave();
			}),
			'lesson-hint': async () => this.#onOpen(({run}) => {
				run.hint();
			}),
			'lesson-predict': async ({answer}) => this.#onOpen(({run}) => {
				run.predict(answer);
			}),
			'lesson-back': async () => this.#onOpen(async open => {
				const {run: {phase, step}} = open;
				await this.#goTo(open, phase === 'finished' ? step : step - 1, false);
			}, true),
			'lesson-again': async () => this.#onOpen(({run}) => {
				run.begin();
			}, true),
			'lesson-next': async ({skips}) => this.#onOpen(async open => this.#goOn(open, skips === true)),
			'reset-lesson-scene': async () => this.#onOpen(async open => this.#goTo(open, open.run.step, true), true),
		});
	}

	/** How the open lesson went so far, for its report; undefined without one. */
	report(language: LessonLanguage): LessonReport | undefined {
		return this.#open?.record.report(language);
	}

	/** Leave the lesson. Settles when its progress is kept. */
	async close(): Promise<void> {
		this.#leave();
		await this.#progress?.settle();
	}

	/** How it stands, with its texts in a language, and how far all lessons are. */
	view(language: LessonLanguage): LessonView {
		const progress = this.#readProgress();
		return {
			type: 'lesson',
			run: this.#open && projectRun(this.#open.run, this.#open.key, language, this.#options.scenes),
			progress: progress.all,
			problem: progress.problem,
			otherPorts: this.#otherPorts,
		};
	}

	/** Read when it is first asked for: most who start the program open no lesson. */
	#readProgress(): Progress {
		this.#progress ??= new Progress(this.#options.playground.progressFolder, () => {
			this.#changed();
		});
		return this.#progress;
	}

	async #start({lesson, file, step}: Extract<LessonCommand, {type: 'start-lesson'}>): Promise<void> {
		this.#leave();
		// What is found out by opening this one is yet to be told.
		this.#progress?.forgetProblem();
		const progress = this.#readProgress();
		const key = file ?? lesson.id;
		const before = progress.all[key];
		const {scenes, log} = this.#options;
		const run: LessonRun = new LessonRun({
			lesson,
			done: before?.done ?? [],
			facts: () => factsOf(scenes, this.#look),
			now: () => log.now(),
			onStep: () => {
				this.#noteStep(open);
			},
		});
		const watch = new LessonWatch({
			lesson,
			scenes,
			log,
			onSeen: seen => {
				this.#take(seen);
			},
			onState: () => {
				this.look();
			},
		});
		const open: OpenLesson = {
			key, run, watch, record: new LessonRecord(run, scenes, log),
		};
		this.#open = open;
		await this.#goTo(open, step ?? before?.step ?? 0, true);
	}

	#leave(): void {
		const open = this.#open;
		if (open) {
			this.#open = undefined;
			this.#otherPorts = [];
			open.watch.close();
			this.#changed();
		}
	}

	/** @param isLeft - the present step is left as it is */
	async #onOpen(
		act: (open: OpenLesson) => Refusal | undefined | void | Promise<Refusal | undefined | void>,
		isLeft = false,
	): Promise<Refusal | undefined> {
		const open = this.#open;
		if (!open) {
			return {reason: 'no-lesson'};
		}

		if (isLeft) {
			open.record.left(false);
		}

		const refusal = await act(open);
		this.#changed();
		return refusal ?? undefined;
	}

	/** Go on to the next step, or to the end. */
	async #goOn(open: OpenLesson, skips: boolean): Promise<Refusal | undefined> {
		const {run, record} = open;
		if (run.phase === 'finished') {
			return undefined;
		}

		if (run.isAlready && run.phase === 'doing' && !skips) {
			run.explain();
			return undefined;
		}

		if (run.phase !== 'explaining' && !skips) {
			return {reason: 'step-not-done'};
		}

		if (skips) {
			run.skip();
		}

		record.left(skips);
		if (run.step === run.lesson.steps.length - 1) {
			record.ended();
			run.finish();
		} else {
			await this.#goTo(open, run.step + 1, false);
		}

		return undefined;
	}

	/**
	Begin a step, with its start scene where that is not the one that is open, or where that is wanted. The scene is in
	its place at once; the step is begun when its sockets are open.
	*/
	async #goTo(open: OpenLesson, step: number, opensScene: boolean): Promise<void> {
		const {run, watch} = open;
		const entry = ++this.#entries;
		const isAnew = opensScene || run.opensScene(Math.max(0, step));
		run.enter(step, isAnew);
		let opening = this.#opening;
		if (isAnew) {
			const {scenes, playground, log} = this.#options;
			watch.forget();
			const opened = openLessonScene(run.scene, scenes, playground, log);
			opening = opened.then(otherPorts => {
				this.#otherPorts = otherPorts;
			});
			this.#opening = opening.catch(() => undefined);
		}

		this.#changed();
		try {
			await opening;
		} finally {
			if (this.#open === open && this.#entries === entry) {
				run.begin();
				this.#changed();
			}
		}
	}

	#take(seen?: SeenEvent): void {
		const run = this.#open?.run;
		const before = run?.changes;
		run?.take(seen);
		if (run?.changes !== before) {
			this.#changed();
		}
	}

	/** A step has been begun, or done, or the last one has been left: that is kept. */
	#noteStep({key, run, record}: OpenLesson): void {
		const {done, lesson: {steps}} = run;
		const isDone = run.phase === 'explaining';
		if (isDone) {
			record.left(false);
		} else if (run.phase !== 'finished') {
			record.begun();
		}

		this.#readProgress().set(key, {
			// Who comes back to a lesson that is over begins with what was skipped, or anew.
			step: run.phase === 'finished' ? Math.max(0, steps.findIndex((_, step) => !done.includes(step))) : run.step,
			done,
			count: steps.length,
		});
	}

	#changed(): void {
		this.#changes++;
		this.#options.onChange();
	}
}
