import type {Command} from '../../../engine/api/command.ts';
import type {HeldRow} from '../../../engine/api/view.ts';
import {type Hint, noticedHints} from '../../frame/hints.ts';
import {padLines} from '../../frame/paint.ts';
import {bindingOf, isHangul, letterOf} from '../../input/keys.ts';
import {runBinding} from '../../input/run-binding.ts';
import {executed, update, type Update} from '../../input/update.ts';
import type {ScreenState} from '../../state/screen-state.ts';
import {holdingOf} from '../../words/panes/relay-words.ts';
import {heldList, type HeldListMode} from '../modes.ts';
import {
	type KeyInput, type ModeInput, type Overlay, stepOf,
} from '../overlay.ts';
import {upTo} from '../../../views/window.ts';
import {heldLines, nothingLines} from './held-lines.ts';

/** Rows of the list beneath the panes, its title among them. In a window lower than this it is over them. */
const leastRows = 5;
const mostRows = 14;
const lowWindow = 20;

const page = 8;

/** The messages that a relay holds, oldest first, beneath the panes: each can be edited, dropped and let go. */
export const heldMessages = {
	paste: ({state, mode, words}) => update({...state, mode: heldList(mode.chosen, words.relay.line)}),
	closedBy: 'held',
	handleKey(input, key) {
		const step = key.name === 'home' || key.name === 'end' ? undefined : stepOf(key, page);
		if (step !== undefined) {
			return update(choose(input, step));
		}

		return key.name === 'return' ? edit(input) : act(input, key.name === 'delete' ? 'x' : letterOf(key), key.text);
	},
	body: {
		rows: ({state: {rows}}) => rows < lowWindow ? 'all' : rowsBeneath(rows),
		draw(input) {
			const {state: {columns}, scene, rows, words} = input;
			const view = viewOf(input);
			const lines = heldLines({
				scene, view, chosen: chosenRow(input)?.id, words,
			}, columns);
			const nothing = view?.total === 0 ? nothingLines(scene, columns, words) : [];
			return padLines([...lines, ...nothing], rows, columns);
		},
	},
	query: ({state: {rows}, scene: {name}, mode: {chosen}}) => ({
		type: 'held',
		scene: name,
		rows: rows < lowWindow ? Math.max(1, rows - 3) : rowsBeneath(rows) - 1,
		...(chosen !== undefined && {around: chosen}),
	}),
	entryAt(input, {line}) {
		const row = viewOf(input)?.rows[line - 1];
		return row && heldList(row.id);
	},
	tell: ({chosen}, notice) => heldList(chosen, notice),
	footer(input) {
		const {state, mode, words: {relay: {list: {hints}}, footer, keys}} = input;
		const hasRows = (viewOf(input)?.rows.length ?? 0) > 0;
		return noticedHints([
			...(hasRows
				? [
					{key: '↑ ↓', label: hints.move},
					{key: 'Enter', label: hints.edit, isVital: true},
					{key: 'g', label: hints.release, isVital: true},
					{key: 'o', label: hints.original},
					{key: 'x', label: hints.drop, isVital: true},
					{key: 'a', label: hints.all, isVital: true},
				] satisfies Hint[]
				: []),
			{key: 'k', label: holdLabel(input)},
			{key: 'i', label: keys.short.type, isVital: true},
			{key: 'Esc', label: footer.close, isVital: true},
		], mode.notice, state.columns);
	},
} satisfies Overlay<HeldListMode>;

/** Two fifths of a window. */
function rowsBeneath(rows: number): number {
	return Math.max(leastRows, Math.min(mostRows, Math.floor((rows - 2) * 0.42)));
}

/** What the engine has answered for this scene. */
function viewOf({state: {held}, scene}: ModeInput<HeldListMode>): ScreenState['held'] {
	return held?.scene === scene.name ? held : undefined;
}

/** The chosen message: where it is gone, the next one. */
function chosenRow(input: ModeInput<HeldListMode>): HeldRow | undefined {
	const {mode: {chosen = 0}} = input;
	const rows = viewOf(input)?.rows ?? [];
	return rows.find(({id}) => id >= chosen) ?? rows.at(-1);
}

function choose(input: KeyInput<HeldListMode>, by: number): ScreenState {
	const rows = viewOf(input)?.rows ?? [];
	const row = chosenRow(input);
	const next = row && rows[upTo(rows.length - 1, rows.indexOf(row) + by)];
	return {...input.state, mode: heldList(next?.id)};
}

function edit(input: KeyInput<HeldListMode>): Update {
	const {state, scene: {protocol}, words: {relay: {list}}} = input;
	const row = chosenRow(input);
	if (!row) {
		return update(state);
	}

	return row.what === 'data'
		? update({...state, mode: heldList(row.id)}, {type: 'edit-held', held: row.id, protocol})
		: update({...state, mode: heldList(row.id, list.endsAreNotEdited)});
}

/** A letter of the list, as it was typed. */
function act(input: KeyInput<HeldListMode>, letter: string, text: string): Update {
	const {state, scene, mode, words} = input;
	const {protocol} = scene;
	const row = chosenRow(input);
	const execute = (command: Command, chosen?: number): Update =>
		executed({...state, mode: heldList(chosen)}, command, scene.server?.pane);
	const {list} = words.relay;
	const {total = 0} = viewOf(input) ?? {};
	// What is chosen by now may be another message.
	const isAsked = mode.asked === letter && mode.chosen === row?.id && !isHangul(text);
	/** What nothing undoes, and what lets several messages go, is asked for once more. */
	const twice = (label: string, run: () => Update): Update => isAsked
		? run()
		: update({
			...state, mode: {...heldList(row?.id, words.notice.pressAgain(letter, label)), asked: letter},
		});
	const letters: Readonly<Partial<Record<string, () => Update | undefined>>> = {
		k() {
			const {state: run, effects} = runBinding(state, scene, bindingOf('k', scene)!, words);
			return {state: {...run, mode: heldList(mode.chosen)}, effects};
		},
		a() {
			const release = (): Update => execute({type: 'release-held', protocol});
			return total > 1 ? twice(list.releasing(total), release) : release();
		},
		...(row && {
			g: () => execute({type: 'release-held', protocol, held: row.id}, row.id),
			o() {
				const release = (): Update => execute({
					type: 'release-held', protocol, held: row.id, asItWas: true,
				}, row.id);
				return row.before === undefined ? release() : twice(list.undoing(row.id), release);
			},
			x: () => row.what === 'data'
				? twice(list.dropping(row.id), () => execute({type: 'drop-held', protocol, held: row.id}, row.id))
				: update({...state, mode: heldList(row.id, list.endsAreNotEdited)}),
		}),
	};
	return letters[letter]?.() ?? update(state);
}

function holdLabel({scene, words}: ModeInput<HeldListMode>): string {
	const own = scene.server?.relay;
	return own ? words.relay.keys.hold[holdingOf(own.holding)] : '';
}
