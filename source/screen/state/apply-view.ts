import {isUtf8} from 'node:buffer';
import {isDeepStrictEqual} from 'node:util';
import type {
	FlowView, HeldView, PaneView, View, ViewPlace,
} from '../../engine/api/view.ts';
import type {ExerciseView} from '../../engine/api/exercise.ts';
import {kindOf} from '../../log/event-kinds.ts';
import type {Row, RowsView} from '../../views/rows.ts';
import type {SceneView} from '../../engine/api/scene-view.ts';
import {byType} from '../../text/by-type.ts';
import {codecOf} from '../../text/encoding/codec.ts';
import {unfinishedLength} from '../../text/encoding/utf8.ts';
import {isAgainst} from '../save/exercise-report.ts';
import {selectedIn} from '../overlays/modes.ts';
import type {Words} from '../words/words.ts';
import {applyLesson} from './apply-lesson.ts';
import {
	encodingOfPane, paneState, sceneOfPane, type ScreenState, withPane,
} from './screen-state.ts';

/** The state with an answer of the engine other than a scene. What is for a removed pane or scene is dropped. */
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

/** The view with the objects of rows that say the same as before: these need not be drawn again. */
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

/** Note how much of a pane has been on screen, and let it follow again at its end, unless a row is selected. */
function applyRows(state: ScreenState, {pane, end, total, filtered}: RowsView): ScreenState {
	const {seen, end: wanted, anchor} = paneState(state, pane);
	const isSelecting = selectedIn(state.mode, pane) !== undefined;
	const follows = wanted === undefined || (wanted >= total && !isSelecting && anchor?.end !== wanted);
	return withPane(state, pane, {seen: filtered ? seen : Math.max(seen, end), end: follows ? undefined : wanted});
}

/** Say once in a pane of UTF-8 that what it has received is none, but would be text in CP949. */
export function withEncodingHint(state: ScreenState, view: View, words: Words): ScreenState {
	if (view.type !== 'rows') {
		return state;
	}

	const {pane, rows} = view;
	const {isEncodingHinted, notice} = paneState(state, pane);
	const scene = sceneOfPane(state, pane);
	return scene && !isEncodingHinted && notice === undefined && encodingOfPane(scene, pane) === undefined
		&& rows.some(row => isCp949(row))
		? withPane(state, pane, {isEncodingHinted: true, notice: words.line.encoding.isCp949})
		: state;
}

/** Whether a payload that was received is no UTF-8, however it is cut, and is CP949. */
function isCp949({type, bytes, length = 0}: Row): boolean {
	const {data} = kindOf(type);
	if (!bytes || !data || data.isSent || isUtf8(bytes)) {
		return false;
	}

	const isStream = data.unit === 'chunk';
	const isCut = isStream || bytes.length < length;
	// The rest of a character of UTF-8 has up to three bytes, from 80 to BF.
	const found = isStream ? bytes.findIndex(byte => byte < 0x80 || byte > 0xBF) : 0;
	const first = found === -1 ? bytes.length : found;
	const end = isCut ? bytes.length - unfinishedLength(bytes) : bytes.length;
	const isOnlyCut = first < 4 && isUtf8(bytes.subarray(first, end));
	const pairs = isOnlyCut ? -1 : pairsIn(bytes, isCut);
	// Only what may be such text has the tables loaded.
	return pairs > 0 && codecOf('euc-kr').decode(bytes.subarray(0, pairs)) !== undefined;
}

/** By its ranges, text of ASCII and pairs of CP949, one pair at least. */
const pairsOfCp949 = /^(?:[\u0000-\u007F]*[\u0081-\u00FE][A-Za-z\u0081-\u00FF])+[\u0000-\u007F]*/;

/** How many bytes are that; -1 where there are others. The last may be half of a pair that was cut. */
function pairsIn(bytes: Uint8Array, isCut: boolean): number {
	const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
	const [{length} = ''] = pairsOfCp949.exec(text) ?? [];
	const isHalf = isCut && /^[\u0081-\u00FE]$/.test(text.slice(length));
	return length > 0 && (length === text.length || isHalf) ? length : -1;
}
