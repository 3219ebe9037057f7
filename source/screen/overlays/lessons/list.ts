import {type ExerciseName, exerciseNames} from '../../../engine/api/exercise.ts';
import type {Lesson} from '../../../lessons/lesson.ts';
import type {Protocol} from '../../../log/event.ts';
import {noticedHints} from '../../frame/hints.ts';
import {
	invert, keepEnd, moreText, optional, padLines, paint, paintApart, paragraph, type Span, widthOf,
} from '../../frame/paint.ts';
import {isHangul, letterOf} from '../../input/keys.ts';
import {update, type Update} from '../../input/update.ts';
import {
	type Exercising, type Learning, type OpenableLesson, openRun,
} from '../../state/learning.ts';
import {backToTyping, type ScreenState} from '../../state/screen-state.ts';
import type {Words} from '../../words/words.ts';
import {askForProgram} from '../exercises/start-exercise.ts';
import {linkSummary} from '../link/link-summary.ts';
import {lessonList, type LessonListMode} from '../modes.ts';
import {
	type BodyInput, type ModeInput, type Overlay, stepOf,
} from '../overlay.ts';
import {upTo, firstAround} from '../../../views/window.ts';
import {startLesson} from './lessons.ts';
import {checkSign} from './panel-text.ts';

type Entry = {
	readonly isDone: boolean;
	readonly title: string;
	/** What it is, where the title does not say that. */
	readonly about?: string;
	readonly note: string;
	/** The protocols whose sockets it closes, and opens others in their place. */
	readonly replaces: readonly Protocol[];
	/** Enter, and the letter that begins it anew. */
	readonly open: (state: ScreenState, isAnew: boolean) => Update;
};

const nameColumns = Math.max(...exerciseNames.map(({length}) => length));

type Section = {readonly title: string; readonly entries: readonly Entry[]};

function sectionsOf({learning, exercising}: ScreenState, words: Words): readonly Section[] {
	const {lessons} = words;
	const entryOf = (openable: OpenableLesson): Entry => lessonEntry(openable, learning, words);
	return [
		{title: lessons.chapter, entries: (learning.lessons ?? []).map(lesson => entryOf({lesson}))},
		...(learning.own ? [{title: lessons.own, entries: [entryOf(learning.own)]}] : []),
		...(exercising.words
			? [{
				title: words.exercises.section,
				entries: exerciseNames.map(name => exerciseEntry(name, exercising, words)),
			}]
			: []),
	];
}

function exerciseEntry(name: ExerciseName, {words: say, held, typed}: Exercising, {exercises}: Words): Entry {
	const isDone = held.includes(name);
	return {
		isDone,
		title: name,
		about: say?.about[name] ?? '',
		note: isDone ? exercises.held : (typed[name]?.at(-1) ?? ''),
		replaces: [],
		open: state => askForProgram(state, name),
	};
}

/** What a lesson's progress is kept by. */
function keyOf({lesson, file}: OpenableLesson): string {
	return file ?? lesson.id;
}

function lessonEntry(openable: OpenableLesson, learning: Learning, {lessons, comments}: Words): Entry {
	const {lesson} = openable;
	const key = keyOf(openable);
	const isOpen = openRun(learning)?.key === key;
	const {done = []} = learning.view?.progress[key] ?? {};
	const {length: count} = lesson.steps;
	return {
		isDone: done.length >= count,
		title: titleOf(lesson, comments),
		note: [...(isOpen ? [lessons.open] : []), lessons.progress(Math.min(done.length, count), count)].join(' · '),
		replaces: protocolsOf(lesson),
		open: (state, isAnew) => startLesson(state, openable, isAnew ? 0 : undefined),
	};
}

/** Those whose scenes the lesson opens, at its start or at a step. */
function protocolsOf({scene, steps}: Lesson): readonly Protocol[] {
	const scenes = [scene, ...steps.flatMap(step => [step.scene ?? [], step.resume ?? []].flat())];
	return [...new Set(scenes.flatMap(({protocols}) => protocols))];
}

function titleOf({title, id}: Lesson, language: Words['comments']): string {
	return title[language] ?? Object.values(title)[0] ?? id;
}

function entriesOf(state: ScreenState, words: Words): readonly Entry[] {
	return sectionsOf(state, words).flatMap(({entries}) => entries);
}

/** Whether the lessons have been read, which comes after the exercises, and the progress, where it can be. */
function isRead({learning: {lessons, view}, failures}: ScreenState): boolean {
	return lessons !== undefined && (view !== undefined || failures.has('lesson'));
}

/**
The chosen entry, by its place: the open lesson, or else the first that is not done, where none was chosen. Undefined
while the list is read: what Enter opens must not be another entry than the one that was marked.
*/
function chosenIn({state, mode: {chosen}, words}: ModeInput<LessonListMode>): number | undefined {
	if (!isRead(state)) {
		return undefined;
	}

	const entries = entriesOf(state, words);
	const key = openRun(state.learning)?.key;
	const open = (state.learning.lessons ?? []).findIndex(lesson => lesson.id === key);
	const isFinished = openRun(state.learning)?.phase === 'finished';
	const undone = entries.findIndex(({isDone}) => !isDone);
	const first = open === -1 ? Math.max(0, undone) : open + (isFinished ? 1 : 0);
	return upTo(entries.length - 1, chosen ?? first);
}

/** The list of lessons over the panes: Enter opens one, where it was left or from its first step. `g` leads back. */
export const lessonsList = {
	paste: 'line',
	handleKey(input, key) {
		const {state, mode, words, words: {notice: {pressAgain}}} = input;
		const entries = entriesOf(state, words);
		const chosen = chosenIn(input);
		const step = stepOf(key, 5);
		if (step !== undefined) {
			return update(chosen === undefined
				? state
				: {...state, mode: lessonList(upTo(entries.length - 1, chosen + step))});
		}

		const letter = letterOf(key);
		const isEnter = key.name === 'return';
		const entry = chosen !== undefined && (isEnter || letter === 'a') ? entries[chosen] : undefined;
		if (!entry) {
			return update(letter === 'g' ? backToTyping(state) : state);
		}

		// Enter is no part of a message.
		const isAsked = mode.asked === letter && !isHangul(key.text);
		return isEnter || isAsked || entry.replaces.length === 0
			? entry.open(state, !isEnter)
			: update({...state, mode: {...lessonList(chosen, pressAgain(letter, words.lessons.anew)), asked: letter}});
	},
	tell: ({chosen}, notice) => lessonList(chosen, notice),
	body: {draw: listLines},
	entryAt({state, words}, {text}) {
		const place = entriesOf(state, words).findIndex(({title}) => text.slice(3).trimStart().startsWith(`${title} `));
		return place === -1 || !isRead(state) ? undefined : lessonList(place);
	},
	query: ({words}) => ({type: 'lesson', language: words.comments}),
	look: () => 'lessons',
	footer: ({state: {columns}, mode: {notice}, words: {lessons}}) => noticedHints([
		{key: '↑ ↓', label: lessons.choose},
		{key: 'Enter', label: lessons.start, isVital: true},
		{key: 'a', label: lessons.anew},
		{key: 'Esc', label: lessons.back, isVital: true},
	], notice, columns),
} satisfies Overlay<LessonListMode>;

/** What is under way, or set, in the scenes that a lesson takes the place of: it ends with them. */
function endedBy(state: ScreenState, protocols: readonly Protocol[], {lessons: {endings}}: Words): string[] {
	const ended = protocols.flatMap(protocol => {
		const scene = state.scenes[protocol];
		if (!scene) {
			return [];
		}

		const {server, clients} = scene;
		const panes = [
			...(server ? [{number: undefined, isBusy: false, ...server}] : []),
			...clients.map(client => ({...client, isBusy: client.series?.isRunning === true})),
		];
		const held = server?.relay?.held.count ?? 0;
		return [
			...panes.flatMap(({number, isBusy, sequence, files}) => [
				...(isBusy || sequence || files?.sending ? [endings.sending(number)] : []),
				...(files?.receiving ? [endings.writing(number)] : []),
			]),
			...(server?.relay ? [endings.relay] : []),
			...(held > 0 ? [endings.held(held)] : []),
			...(linkSummary(scene).isPerfect ? [] : [endings.link(protocol.toUpperCase())]),
		];
	});
	return [...ended, ...(state.isExperimenting ? [endings.experiment] : [])];
}

/** The list in exactly `rows` rows: its head, and as much of its sections that the chosen entry shows. */
function listLines(input: BodyInput<LessonListMode>): string[] {
	const {state, rows, words} = input;
	const {columns, learning} = state;
	const {lessons} = words;
	const chosen = chosenIn(input);
	const problem = learning.view?.problem;
	const replaces = chosen === undefined ? [] : entriesOf(state, words)[chosen]?.replaces ?? [];
	const ended = replaces.length > 0 ? endedBy(state, replaces, words) : [];
	const below = [
		...(problem ? [paint([{text: ` ! ${lessons.problem(problem)}`, tone: 'warning'}], columns)] : []),
		paint(optional(replaces.length > 0 && ` ${lessons.replaces(replaces.map(name => name.toUpperCase()))}`), columns),
		...(ended.length > 0 ? paragraph(lessons.ends(ended), columns, 'warning') : []),
	];
	let place = 0;
	const list = sectionsOf(state, words).flatMap(({title, entries}) => [
		{place: -1, line: paint([{text: ` ${title}`, tone: 'strong'}], columns)},
		...entries.map(entry => {
			const own = place++;
			const name: Span[] = [{text: own === chosen ? '▸ ' : '  '}, checkSign(entry.isDone), {text: `${entry.title} `}];
			// A long command leaves the exercise its name, and no room for what it is about.
			const room = columns - widthOf(name) - 2;
			const isLong = entry.about !== undefined && widthOf([{text: entry.note}]) > room - nameColumns;
			const note = isLong ? keepEnd(entry.note, room) : entry.note;
			const gap = ' '.repeat(Math.max(0, nameColumns - entry.title.length));
			const about = optional(entry.about !== undefined && !isLong && `${gap} ${entry.about}`, 'dim');
			const line = paintApart([...name, ...about], optional(note !== '' && ` ${note} `, 'dim'), columns);
			return {place: own, line: own === chosen ? invert(line) : line};
		}),
		...(entries.length > 0
			? []
			: [{
				place: -1, line: paint([{text: `   ${learning.lessons ? lessons.none : lessons.loading}`, tone: 'dim'}], columns),
			}]),
	]);
	const room = Math.max(1, rows - below.length - 1);
	const at = list.findIndex(entry => entry.place === chosen);
	const from = firstAround(at, list.length, room);
	const hidden = moreText(from, list.length - from - room);
	const title: Span[] = [{text: ` ${lessons.title} `, tone: 'chosen'}, {text: `  ${lessons.promise}`, tone: 'dim'}];
	return padLines([
		paintApart(title, optional(hidden !== '' && ` ${hidden} `, 'strong'), columns),
		...below,
		...list.slice(from, from + room).map(({line}) => line),
	], rows, columns);
}
