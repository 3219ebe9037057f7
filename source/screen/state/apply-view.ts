import {isDeepStrictEqual} from 'node:util';
import type {
	FlowView, HeldView, PaneView, View, ViewPlace,
} from '../../engine/api/view.ts';
import type {ExerciseView} from '../../engine/api/exercise.ts';
import type {RowsView} from '../../views/rows.ts';
import type {SceneView} from '../../engine/api/scene-view.ts';
import {byType} from '../../text/by-type.ts';
import {isAgainst} from '../save/exercise-report.ts';
import {selectedIn} from '../overlays/modes.ts';
import {applyLesson} from './apply-lesson.ts';
import {
	paneState, sceneOfPane, type ScreenState, withPane,
} from './screen-state.ts';

/**
The state with an answer of the engine other than a scene. An answer for a pane or a scene that was removed is dropped.
*/
export function applyView(state: ScreenState, view: Exclude<View, SceneView>): ScreenState {
	const ofScene = (own: FlowView | HeldView): ScreenState =>
		state.scenes[own.scene] ? {...withoutFailure(state, own.type), [own.type]: own} : state;
	const ofPane = (own: PaneView): ScreenState => isThere(state, own.pane) ? withView(state, own) : state;
	return byType(view, {
		flow: ofScene,
		held: ofScene,
		payload: payload => ({...withoutFailure(state, 'payload'), payload}),
		exercise: exercise => applyExercise(withoutFailure(state, 'exercise'), exercise),
		rows: rows => isThere(state, rows.pane)
			? applyRows(withView(state, keepRows(rows, state.views.get(rows.pane))), rows)
			: state,
		sockets: ofPane,
		source: ofPane,
		lesson: lesson => applyLesson(withoutFailure(state, 'lesson'), lesson),
		'lesson-report': () => state,
		failed({place, message}) {
			const isLate
				= typeof place === 'number' ? !isThere(state, place) : place === 'laboratory' && !state.isExperimenting;
			return isLate ? state : {...state, failures: new Map(state.failures).set(place, message)};
		},
	});
}

/** The state after the engine has answered for a place again. */
export function withoutFailure(state: ScreenState, place: ViewPlace): ScreenState {
	if (!state.failures.has(place)) {
		return state;
	}

	const failures = new Map(state.failures);
	failures.delete(place);
	return {...state, failures};
}

/** Whether a scene that is known has this pane. */
function isThere(state: ScreenState, pane: number): boolean {
	return sceneOfPane(state, pane) !== undefined;
}

function withView(state: ScreenState, view: PaneView): ScreenState {
	return {...withoutFailure(state, view.pane), views: new Map(state.views).set(view.pane, view)};
}

/** The state with what the engine tells of an exercise, where that is the one that is shown. */
function applyExercise(state: ScreenState, view: ExerciseView): ScreenState {
	const {exercising} = state;
	const {run, held} = exercising;
	if (run?.name !== view.name) {
		return state;
	}

	const holds = view.isDone && !view.notRun && !view.checks.some(check => isAgainst(check));
	return {
		...state,
		exercising: {
			...exercising,
			run: {...run, view},
			held: holds && !held.includes(view.name) ? [...held, view.name] : held,
		},
	};
}

/**
A view of rows in which those that say what they said before are the same objects, so that they need not be drawn again.
*/
function keepRows(view: RowsView, before: PaneView | undefined): RowsView {
	if (before?.type !== 'rows' || before.kind !== view.kind) {
		return view;
	}

	const known = new Map(before.rows.map(row => [row.sequence, row]));
	return {
		...view,
		rows: view.rows.map(row => {
			const same = known.get(row.sequence);
			return isDeepStrictEqual(same, row) && same ? same : row;
		}),
	};
}

/**
Note how much of a pane has been on screen, and let a pane that was scrolled back follow again at its end, unless a row
is selected there.
*/
function applyRows(state: ScreenState, {pane, end, total, filtered}: RowsView): ScreenState {
	const {seen, end: wanted, anchor} = paneState(state, pane);
	const isSelecting = selectedIn(state.mode, pane) !== undefined;
	const follows = wanted === undefined || (wanted >= total && !isSelecting && anchor?.end !== wanted);
	return withPane(state, pane, {seen: filtered ? seen : Math.max(seen, end), end: follows ? undefined : wanted});
}
