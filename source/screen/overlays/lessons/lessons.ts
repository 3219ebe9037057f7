import type {LessonCommand, LessonRunView} from '../../../engine/api/lesson.ts';
import type {SceneView} from '../../../engine/api/scene-view.ts';
import type {PaneId} from '../../../log/event.ts';
import {canSend} from '../../input/key-context.ts';
import {letterOf} from '../../input/keys.ts';
import {update, type Update} from '../../input/update.ts';
import {showScenes, withoutLesson} from '../../state/apply-lesson.ts';
import {openRun, type OpenableLesson} from '../../state/learning.ts';
import {
	backToTyping, focusedPane, paneState, type ScreenState, shownScene, withPane,
} from '../../state/screen-state.ts';
import {linkDirections} from '../../../link/random.ts';
import {endExperiment} from '../laboratory/experiments.ts';
import {areEqual} from '../link/link-summary.ts';
import type {Words} from '../../words/words.ts';
import {lessonList, lessonQuestion} from '../modes.ts';
import {type PressedKey, stepOf} from '../overlay.ts';
import {upTo} from '../../../views/window.ts';

type LessonStepCommand = Exclude<LessonCommand, {type: 'start-lesson' | 'note-screen'}>;

/** Open a lesson at the step where it was left, or at the one asked for. An experiment that is shown is ended. */
export function startLesson(state: ScreenState, {lesson, file}: OpenableLesson, step?: number): Update {
	const ended = state.isExperimenting ? endExperiment(state) : update(state);
	const {learning} = state;
	const [protocol] = lesson.scene.protocols;
	return update({
		...backToTyping(ended.state),
		protocol,
		isZoomed: false,
		focus: {...ended.state.focus, udp: undefined, tcp: undefined},
		learning: {
			...learning,
			isOpen: true,
			view: learning.view && {...learning.view, run: undefined},
			before: learning.isOpen ? learning.before : state.scenes,
			own: file === undefined ? learning.own : {lesson, file},
		},
	}, ...ended.effects, {
		type: 'execute',
		command: {
			type: 'start-lesson', lesson, ...(file !== undefined && {file}), ...(step !== undefined && {step}),
		},
	});
}

/** Leave the open lesson: its sockets stay as they are. What is not as it was before the lesson is said. */
export function leaveLesson(state: ScreenState, words: Words): Update {
	const {left} = words.lessons;
	const others = Object.values(state.learning.before).flatMap(before => othersThan(before, state, words));
	const scene = state.scenes[shownScene(state)];
	const pane = scene && focusedPane(state, scene);
	const told = pane === undefined || others.length === 0 ? state : withPane(state, pane, {notice: left.told(others)});
	return tellLesson(told, {type: 'leave-lesson'});
}

/** What of a scene that a lesson has taken the place of is another now. */
function othersThan(before: SceneView, {scenes}: ScreenState, {lessons: {left}}: Words): readonly string[] {
	const {name, protocol, server, link} = before;
	const now = scenes[name];
	if (!now || now.server?.pane === server?.pane) {
		return [];
	}

	const title = protocol.toUpperCase();
	const isSame = linkDirections.every(way => areEqual([link[way].conditions, now.link[way].conditions], protocol));
	return [
		...(server?.relay ? [left.relay(title)] : []),
		...(server && now.server && !server.relay && server.rule !== now.server.rule
			? [left.rule(title, now.server.rule, server.rule)]
			: []),
		...(isSame ? [] : [left.link(title)]),
	];
}

export function tellLesson(state: ScreenState, command: LessonStepCommand): Update {
	const run = openRun(state.learning);
	const {type} = command;
	const isAnew = type === 'reset-lesson-scene' || type === 'lesson-again' || type === 'lesson-back';
	const shown = isAnew && run ? showScenes(state, run.protocols) : state;
	return update(type === 'leave-lesson' ? withoutLesson(state) : shown, {type: 'execute', command});
}

/** The list of lessons, which are read if they have not been. The open one, or else the first to be done, is chosen. */
export function openLessons(state: ScreenState): Update {
	return update({...state, mode: lessonList()}, ...(state.learning.lessons ? [] : [{type: 'load-lessons'} as const]));
}

/**
Enter on an empty message line, once a step is done: first the rest of what is said, then the next step; after the last
one the list. Undefined where Enter is not for the lesson.
*/
export function goOn(state: ScreenState): Update | undefined {
	const {learning, exercising} = state;
	const run = openRun(learning);
	if (exercising.run || !run || !canGoOn(run)) {
		return undefined;
	}

	const {panel} = learning;
	if (panel && panel.top + panel.page < panel.newLines) {
		return update(scrollPanel(state, panel.page));
	}

	return run.phase === 'finished' ? openLessons(state) : tellLesson(state, {type: 'lesson-next'});
}

/**
Enter on an empty message line, in a step that is not done, may be one Enter too many: only the next one sends an empty
datagram. Undefined where that was said, and where Enter would send none.
*/
export function askEmpty(state: ScreenState, scene: SceneView, pane: PaneId, {lessons}: Words): Update | undefined {
	const {notice, ending} = paneState(state, pane);
	const client = scene.clients.find(each => each.pane === pane);
	const canBeSent = client ? canSend(client) : (scene.server?.peerCount ?? 0) > 0;
	const isAsked = notice === lessons.sendsEmpty;
	return openRun(state.learning) && scene.protocol === 'udp' && ending === 'none' && canBeSent && !isAsked
		? update(withPane(state, pane, {notice: lessons.sendsEmpty}))
		: undefined;
}

/** Whether the step is done, or everything was so when it began: the person goes on when they have read it. */
export function canGoOn({phase, isAlready}: LessonRunView): boolean {
	return phase === 'explaining' || phase === 'finished' || (phase === 'doing' && isAlready);
}

/** The panel's text scrolled by this many lines, as far as there are any. */
export function scrollPanel(state: ScreenState, lines: number): ScreenState {
	const {learning} = state;
	if (!learning.panel) {
		return state;
	}

	const {top, page, total} = learning.panel;
	return {...state, learning: {...learning, top: upTo(total - page, top + lines)}};
}

/** What keys do in the menu of every panel: they scroll its text, or lead back, as all do once nothing is open. */
export function panelKey(state: ScreenState, key: PressedKey, isOpen: boolean): Update | undefined {
	const scroll = stepOf(key, 5);
	if (scroll !== undefined) {
		return update(scrollPanel(state, scroll));
	}

	return isOpen && !['g', 'i'].includes(letterOf(key)) ? undefined : update(backToTyping(state));
}

/** Whether the step asks a question that has not been answered. */
export function isAsking(state: ScreenState): boolean {
	return openRun(state.learning)?.phase === 'asking';
}

/** Keys go to the answer of the step's question. */
export function toQuestion(state: ScreenState): ScreenState {
	return {...state, mode: lessonQuestion()};
}

export function reasonAgainstHint({hints, hintCount, phase}: LessonRunView, {lessons}: Words): string | undefined {
	if (hintCount === 0 || phase === 'finished') {
		return lessons.noHints;
	}

	return hints.length >= hintCount ? lessons.noMoreHints : undefined;
}
