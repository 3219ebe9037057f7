import type {Command} from '../../../engine/api/command.ts';
import {
	exerciseKinds, type ExerciseName, exerciseNames, type ExerciseSubject,
} from '../../../engine/api/exercise.ts';
import type {Protocol} from '../../../log/event.ts';
import {parseAddress} from '../../../text/address.ts';
import {shellWords} from '../../../text/shell-line.ts';
import {emptyDraft, insertText} from '../../input/line/draft.ts';
import {update, type Update} from '../../input/update.ts';
import {forgetScene} from '../../state/apply-scene.ts';
import type {OpenExercise} from '../../state/learning.ts';
import type {ScreenState} from '../../state/screen-state.ts';
import type {Words} from '../../words/words.ts';
import {exerciseRun, lessonList, type LessonListMode} from '../modes.ts';

/** Where a client is awaited where no address is typed: at a port that the OS picks, and that the panel names. */
const anyPort = {host: '127.0.0.1', port: 0};

/** Whether an exercise is about a client, and the playground is its server. */
export function isForClient(exercise: ExerciseName): boolean {
	return exerciseKinds[exercise].role === 'client';
}

/** Ask for the program that is to be checked. What was asked last for this exercise stands in the line. */
export function askForProgram(state: ScreenState, exercise: ExerciseName): Update {
	const draft = insertText(emptyDraft, state.exercising.typed[exercise]?.at(-1) ?? '');
	return update({...state, mode: {type: 'exercise-prompt', exercise, draft}});
}

/** The program that was typed: a command line, an address, or nothing for a client; or what is wrong with it. */
export function subjectOf(
	exercise: ExerciseName,
	typed: string,
	{exercises}: Words,
): ExerciseSubject | {readonly problem: string} {
	const type = isForClient(exercise) ? 'listen' : 'server';
	const text = typed.trim();
	if (text === '') {
		return type === 'server' ? {problem: exercises.noServer} : {type, address: anyPort};
	}

	const address = parseAddress(/^:?\d+$/.test(text) ? `127.0.0.1:${text.replace(':', '')}` : text);
	if (address && !/\s/.test(text)) {
		return type === 'server' && address.port === 0 ? {problem: exercises.wrongPort} : {type, address};
	}

	const [program, ...parameters] = shellWords(text) ?? [];
	return program === undefined || program === ''
		? {problem: exercises.unclosed}
		: {type: 'program', command: [program, ...parameters]};
}

/** Show the laboratory's scene, and have a program checked in it. One that is there is ended first. */
export function startExercise(state: ScreenState, name: ExerciseName, subject: ExerciseSubject): Update {
	return update(
		{
			...forgetScene(state, 'laboratory'),
			mode: exerciseRun(),
			isExperimenting: true,
			isZoomed: false,
			isZoomedOutside: state.isExperimenting ? state.isZoomedOutside : state.isZoomed,
			learning: {...state.learning, top: -1},
			exercising: {...state.exercising, run: {name, subject, view: undefined}},
		},
		// What is told from now on is of the new run.
		{type: 'execute', command: {type: 'end-exercise'}},
		{type: 'execute', command: {type: 'start-exercise', exercise: name, subject}},
	);
}

/** The protocol of which the playground's own server has the port that the exercise needs; undefined where none has. */
export function blockedBy({scenes}: ScreenState, {name, view}: OpenExercise): Protocol | undefined {
	const notRun = view?.notRun;
	const {protocol} = exerciseKinds[name];
	const state = scenes[protocol]?.server?.state;
	const needed = notRun?.reason === 'port-taken'
		? notRun.port
		: (notRun?.reason === 'not-bound' ? notRun.address.port : undefined);
	return state?.type === 'open' && state.local.port === needed ? protocol : undefined;
}

/** End the program that is checked, and show the list again, before the user's own scene. */
export function endExercise(state: ScreenState): Update {
	return update({
		...forgetScene(state, 'laboratory'),
		mode: listAt(state, state.exercising.run?.name),
		isExperimenting: false,
		isZoomed: state.isZoomedOutside,
		learning: {...state.learning, top: 0},
		exercising: {...state.exercising, run: undefined},
	}, {type: 'execute', command: {type: 'end-exercise'}});
}

/** Commands that touch no socket of the exercise, or end it. */
const harmless: ReadonlySet<Command['type']> = new Set([
	'start-exercise',
	'end-exercise',
	'start-experiment',
	'end-experiment',
	'open-scene',
	'choose-peer',
	'tell-changes',
	'start-lesson',
	'leave-lesson',
	'note-screen',
] as const);

/** Whether what a key asks for would change what the checks see, which are still made. */
export function disturbs({exercising: {run}}: ScreenState, {effects}: Update): boolean {
	return run !== undefined && run.view?.isDone !== true
		&& effects.some(effect =>
			effect.type === 'send-saved' || (effect.type === 'execute' && !harmless.has(effect.command.type)));
}

/** The list of lessons with an exercise chosen: the exercises are its last section. */
export function listAt({learning: {lessons, own}}: ScreenState, name: ExerciseName | undefined): LessonListMode {
	return lessonList(lessons && name && (lessons.length + (own ? 1 : 0) + exerciseNames.indexOf(name)));
}
