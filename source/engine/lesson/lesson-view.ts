import {startOf} from '../../lessons/fields.ts';
import {fillText, type FilledText} from '../../lessons/fill-template.ts';
import {encodeUtf8} from '../../text/encoding/utf8.ts';
import type {LessonLanguage, LessonText} from '../../lessons/lesson.ts';
import type {LessonRun, PredictionState} from '../../lessons/lesson-run.ts';
import type {Scenes} from '../scene/scenes.ts';
import type {CheckView, LessonRunView, PredictionView} from '../api/lesson.ts';

/** How a lesson stands, with its texts in a language. */
export function projectRun(run: LessonRun, key: string, asked: LessonLanguage, scenes: Scenes): LessonRunView {
	const {lesson, current, context, state} = run;
	const language = lesson.languages.includes(asked) ? asked : lesson.languages[0] ?? asked;
	const fill = (text: LessonText): FilledText => fillText(text, language, context);
	const isExplained = run.phase === 'explaining' || run.phase === 'finished';
	return {
		key,
		id: lesson.id,
		title: lesson.title[language] ?? lesson.id,
		language,
		protocols: run.scene.protocols,
		servers: Object.fromEntries(run.scene.protocols.map(protocol => [protocol, scenes.of(protocol).server?.pane])),
		isOpening: state.stage === 'opening',
		isAlready: run.isAlready,
		step: run.step,
		count: lesson.steps.length,
		done: run.done,
		skipped: run.skipped,
		isNextAnew: run.step + 1 < lesson.steps.length && run.opensScene(run.step + 1),
		isBackAnew: run.opensScene(run.phase === 'finished' ? run.step : Math.max(0, run.step - 1)),
		phase: run.phase,
		text: fill(current.text),
		checks: projectChecks(run, fill),
		prediction: state.prediction && projectPrediction(state.prediction, fill),
		hints: current.hints.slice(0, state.hints).map(hint => fill(hint)),
		hintCount: current.hints.length,
		reaction: state.reaction && {
			number: state.reaction.number,
			text: fillText(state.reaction.text, language, context, state.reaction.it),
		},
		explanation: isExplained ? fill(current.explanation) : undefined,
		marks: run.marks,
		teaches: current.teaches,
	};
}

function projectChecks({state, current}: LessonRun, fill: (text: LessonText) => FilledText): readonly CheckView[] {
	// While the scene of a step is being opened, none of them is followed yet.
	return current.checks.map(({label, when}, index) => {
		const {ticked, tracker} = state.checks[index] ?? {};
		const isDone = ticked !== undefined;
		// The parts of a condition are nothing that its label speaks of.
		const {seen, count} = (when.type === 'event' ? tracker?.progress() : undefined) ?? {seen: 0, count: 1};
		return {
			label: label && fill(label), isDone, seen: isDone ? count : seen, count,
		};
	});
}

/** A prediction, and how it stands beside what came. */
function projectPrediction(
	{prediction, state, given, came}: PredictionState,
	fill: (text: LessonText) => FilledText,
): PredictionView {
	const {kind, ask, choices, right, wrong} = prediction;
	const written = (answer: string | undefined): FilledText | undefined => {
		if (answer === undefined) {
			return undefined;
		}

		const choice = choices.find(({id}) => id === answer);
		// A text may be a payload.
		return choice ? fill(choice.text) : [{type: 'payload', ...startOf(encodeUtf8(answer))}];
	};

	const comment = state === 'right' ? right : (state === 'wrong' ? wrong : undefined);
	return {
		kind,
		ask: fill(ask),
		choices: choices.map(({id, text}) => ({id, text: fill(text)})),
		state,
		given: written(given),
		came: written(came),
		comment: comment && fill(comment),
	};
}
