import type {FlowView} from '../../../engine/api/view.ts';
import type {FlowFormat} from '../../../flow/drawing/export.ts';
import type {FlowStep} from '../../../flow/step.ts';
import {noticedHints} from '../../frame/hints.ts';
import {letterOf} from '../../input/keys.ts';
import {update, type Update} from '../../input/update.ts';
import {backToTyping, type ScreenState, stepBack} from '../../state/screen-state.ts';
import {flowDiagram, type FlowMode} from '../modes.ts';
import type {ModeInput, Overlay} from '../overlay.ts';
import {askToSave, savingHints} from '../saving.ts';
import {
	aroundPane, drawnFlow, endsAhead, endsWith, flowLines, type FlowPage, flowRows, heldEnds, olderSteps, stepAt,
	turnedEnds, selectedStep, flowOf, flowQuery,
} from './flow-lines.ts';

/** Each has a digit, from 1 on. */
const formats: readonly FlowFormat[] = ['svg', 'mermaid', 'text'];

/** The flow diagram over the panes: a row is selected, it scrolls, and is saved by a letter and a digit. */
export const flow = {
	close,
	escape: (state, mode) =>
		mode.isSaving || mode.selected
			? {...state, mode: flowDiagram(mode.isBeside === true, mode.ends, mode.isSaving && mode.selected)}
			: stepBack(state, before => close(before, mode)),
	paste: 'line',
	handleKey(input, key) {
		const {state, scene, mode, words} = input;
		const view = flowOf(input);
		const letter = letterOf(key);
		if (letter === 'w' && !mode.isSaving) {
			return update({...state, mode: {...mode, ...askToSave(words)}});
		}

		if (mode.isSaving) {
			const format = formats[Number(letter) - 1];
			const shown = {...state, mode: flowDiagram(mode.isBeside === true, mode.ends, mode.selected)};
			return update(shown, ...(format ? [{type: 'save-flow', scene: scene.name, format} as const] : []));
		}

		const up = (): Update => view ? selectOlder(input, view) : update(state);
		const keys: Readonly<Partial<Record<string, () => Update>>> = {
			up,
			...(!mode.selected && {return: up}),
			down: () => selectNewer(input, view),
			pageup: () => scrolledBack(input, view, 'page'),
			pagedown: () => scrolledForth(input, view),
			// Where an event is asked for that the log has dropped, the engine answers with the oldest.
			home: () => at(input, {ends: [0], selected: mode.selected && {first: -1, by: 0}}),
			end: () => at(input, {ends: [], selected: undefined}),
		};
		const capture = letter === 'y' ? detailsOf(input)?.capture : undefined;
		return keys[key.name ?? '']?.() ?? (capture === undefined
			? update(letter === 'f' ? backToTyping(state) : state)
			: update(state, {type: 'copy-text', text: capture, notice: words.views.flow.copied}));
	},
	body: {
		draw(input) {
			return flowLines(flowOf(input), pageOf(input, input.rows), input.words);
		},
	},
	entryAt(input, {line, rows}) {
		const {state, mode, words} = input;
		const view = flowOf(input);
		const step = view && stepAt(view, pageOf(input, rows), line, words);
		return step && flowDiagram(
			mode.isBeside === true,
			endsWith(mode.ends, view, stepsOf(input, view), step, flowRows(state.rows, true)),
			{first: step.first, by: 0},
		);
	},
	/** A row that is selected moves; where none is, the diagram does. */
	wheel(input, action, by) {
		const {state: {columns, rows}, mode, words} = input;
		const view = flowOf(input);
		if (!view || mode.selected) {
			return view && action === 'up' ? selectOlder(input, view) : selectNewer(input, view);
		}

		const ends = turnedEnds(mode.ends, view, {columns, steps: flowRows(rows)}, {action, by}, words);
		return ends ? at(input, {ends, selected: undefined}) : update(input.state);
	},
	query(input) {
		const {state: {rows}, mode} = input;
		const selected = selectedOf(input);
		return {
			...flowQuery(input, flowRows(rows, mode.selected !== undefined), mode.ends),
			...(selected && {selected: selected.first}),
		};
	},
	look: () => 'flow',
	footer(input) {
		const {state: {columns}, mode, words} = input;
		const {views: {flow: say}, keys: {short: {type}}} = words;
		if (mode.isSaving) {
			return noticedHints(savingHints(formats.map(format => say.formats[format]), words), mode.notice, columns);
		}

		const capture = detailsOf(input)?.capture;
		return noticedHints([
			{key: '↑ ↓', label: say.select},
			...(capture === undefined ? [] : [{key: 'y', label: say.copy, isVital: true}]),
			{key: 'w', label: words.keys.save, isVital: capture === undefined},
			capture === undefined
				? {key: 'i', label: `${type}: ${words.footer.letters}`, isVital: true}
				: {key: 'i', label: type},
			{key: 'PgUp PgDn', label: words.footer.scroll},
			...(mode.isBeside ? [{key: 'f', label: words.footer.close, isVital: true}] : []),
			{
				key: 'Esc',
				label: mode.selected ? say.unselect : (mode.isBeside ? say.beside : words.footer.close),
				isVital: true,
			},
		], mode.notice, columns);
	},
	closedBy: 'flow',
	tell: (mode, notice) => ({...mode, notice}),
} satisfies Overlay<FlowMode>;

/** The panes again, and the diagram beside them where it was there before. */
function close(state: ScreenState, {isBeside}: FlowMode): ScreenState {
	return {...backToTyping(state), isFlowDocked: isBeside === true};
}

function at({state, mode: {type, isBeside}}: ModeInput<FlowMode>, place: Pick<FlowMode, 'ends' | 'selected'>): Update {
	return update({...state, mode: {type, ...place, ...(isBeside && {isBeside})}});
}

function pageOf(input: ModeInput<FlowMode>, height: number): FlowPage {
	const {state: {columns, rows}, mode: {ends, selected}} = input;
	return {
		columns,
		height,
		steps: flowRows(rows, selected !== undefined),
		around: aroundPane(input),
		isScrolled: ends.length > 0,
		...(selected && {selected}),
	};
}

function stepsOf({state: {columns, rows}, mode, words}: ModeInput<FlowMode>, view: FlowView): readonly FlowStep[] {
	return drawnFlow(view, {columns, steps: flowRows(rows, mode.selected !== undefined)}, words).steps;
}

function selectedOf(input: ModeInput<FlowMode>): FlowStep | undefined {
	const view = flowOf(input);
	return view && input.mode.selected && selectedStep(stepsOf(input, view), input.mode.selected);
}

function detailsOf(input: ModeInput<FlowMode>): FlowView['details'] {
	const details = flowOf(input)?.details;
	return details && details.first === selectedOf(input)?.first ? details : undefined;
}

/** Select the newest row that shows, then the one above the selected one. */
function selectOlder(input: ModeInput<FlowMode>, view: FlowView): Update {
	const {mode} = input;
	const steps = stepsOf(input, view);
	const selected = selectedStep(steps, mode.selected);
	const index = selected ? steps.indexOf(selected) : steps.length;
	const next = steps[index - 1];
	return next
		? at(input, {ends: heldEnds(mode.ends, view), selected: {first: next.first, by: 0}})
		: scrolledBack(input, view, 'step');
}

/** Select the row below; below the last one, the diagram follows the end again. */
function selectNewer(input: ModeInput<FlowMode>, view: FlowView | undefined): Update {
	const {mode} = input;
	const steps = view ? stepsOf(input, view) : [];
	const selected = selectedStep(steps, mode.selected);
	const next = selected && steps[steps.indexOf(selected) + 1];
	return next
		? at(input, {ends: mode.ends, selected: {first: next.first, by: 0}})
		: scrolledForth(input, view);
}

function scrolledBack(input: ModeInput<FlowMode>, view: FlowView | undefined, by: 'step' | 'page'): Update {
	const {state: {columns, rows}, mode, words} = input;
	const older = view && olderSteps(view, {columns, steps: flowRows(rows, mode.selected !== undefined)}, words);
	const end = older?.[by];
	// Before the engine has answered for the last one, this is the same again.
	if (!view || end === undefined || end === mode.ends.at(-1)) {
		return update(input.state);
	}

	const [top] = stepsOf(input, view);
	return at(input, {
		ends: [...heldEnds(mode.ends, view), end],
		selected: mode.selected && top && {first: top.first, by: -1},
	});
}

function scrolledForth(input: ModeInput<FlowMode>, view: FlowView | undefined): Update {
	const {state: {rows}, mode: {ends: before, selected}} = input;
	const isStacked = before.length > (selected ? 1 : 2);
	const ahead = view ? endsAhead(view, flowRows(rows, selected !== undefined)) : [];
	const ends = isStacked ? before.slice(0, -1) : ahead;
	const last = view && stepsOf(input, view).at(-1);
	return at(input, {ends, selected: selected && ends.length > 0 && last ? {first: last.first, by: 1} : undefined});
}
