import type {LessonLanguage} from '../../lessons/lesson.ts';
import type {LessonRun} from '../../lessons/lesson-run.ts';
import type {Protocol} from '../../log/event.ts';
import type {EventLog} from '../../log/event-log.ts';
import type {LessonReport, StepReport} from '../api/lesson.ts';
import type {Scenes} from '../scene/scenes.ts';
import {projectRun} from './lesson-view.ts';

/** A step as it went, in each of the lesson's languages: what its texts name may be another thing later. */
type StepRecord = ReadonlyMap<LessonLanguage, StepReport>;

/** Keeps how the steps of a lesson went, for its report. */
export class LessonRecord {
	readonly #run: LessonRun;
	readonly #scenes: Scenes;
	readonly #log: EventLog;
	readonly #startedAt: number;
	readonly #steps = new Map<number, StepRecord>();
	readonly #attempts = new Map<number, number>();
	readonly #seeds = new Map<Protocol, number>();
	#stepAt = 0;
	#endedAt: number | undefined;

	constructor(run: LessonRun, scenes: Scenes, log: EventLog) {
		this.#run = run;
		this.#scenes = scenes;
		this.#log = log;
		this.#startedAt = log.now();
	}

	begun(): void {
		const {step} = this.#run;
		this.#stepAt = this.#log.now();
		this.#attempts.set(step, (this.#attempts.get(step) ?? 0) + 1);
		this.#endedAt = undefined;
		for (const {name, link} of this.#scenes.all) {
			if (name !== 'laboratory' && this.#run.scene.protocols.includes(name)) {
				this.#seeds.set(name, link.seed);
			}
		}
	}

	/** The present step is done, or is left as it is. What was done before is not undone by a later try. */
	left(isSkipped: boolean): void {
		const {step, phase} = this.#run;
		const isDone = phase === 'explaining';
		const known = this.#steps.get(step)?.values().next().value;
		if (isDone || known?.outcome !== 'done') {
			this.#steps.set(step, this.#recordOf(isDone ? 'done' : (isSkipped ? 'skipped' : 'begun')));
		}
	}

	ended(): void {
		this.#endedAt = this.#log.now();
	}

	report(asked: LessonLanguage): LessonReport {
		const {lesson, phase, step} = this.#run;
		const language = lesson.languages.includes(asked) ? asked : lesson.languages[0] ?? asked;
		const isOpen = (phase === 'doing' || phase === 'asking') && !this.#steps.has(step);
		const steps = isOpen ? new Map([...this.#steps, [step, this.#recordOf('begun')]]) : this.#steps;
		return {
			id: lesson.id,
			title: lesson.title[language] ?? lesson.id,
			language,
			startedAt: this.#log.wallTime(this.#startedAt),
			endedAt: this.#endedAt === undefined ? undefined : this.#log.wallTime(this.#endedAt),
			seeds: [...this.#seeds].map(([protocol, seed]) => ({protocol, seed})),
			count: lesson.steps.length,
			done: this.#run.done,
			steps: [...steps].toSorted(([a], [b]) => a - b).flatMap(([, record]) => record.get(language) ?? []),
		};
	}

	#recordOf(outcome: StepReport['outcome']): StepRecord {
		const run = this.#run;
		return new Map(run.lesson.languages.map(language => {
			const {step, teaches, text, checks, prediction, explanation} = projectRun(run, '', language, this.#scenes);
			const ticked = run.state.checks.map(check => check.ticked?.at);
			const last = Math.max(...ticked.filter(time => time !== undefined));
			return [language, {
				step,
				outcome,
				teaches,
				text,
				done: outcome === 'done' ? {at: this.#log.wallTime(last), after: last - this.#stepAt} : undefined,
				attempts: this.#attempts.get(step) ?? 1,
				hints: run.state.hints,
				checks: checks.map(({label}, index) => {
					const time = ticked[index];
					return {label, doneAt: time === undefined ? undefined : this.#log.wallTime(time)};
				}),
				prediction: prediction && {
					ask: prediction.ask, state: prediction.state, given: prediction.given, came: prediction.came,
				},
				explanation: outcome === 'done' ? explanation : undefined,
			}];
		}));
	}
}
