import type {SceneView, SequenceView} from '../../../engine/api/scene-view.ts';
import type {PaneId} from '../../../log/event.ts';
import textWidth from '../../../text/width/width.ts';
import {hintLine, type Hint, noticedHints} from '../../frame/hints.ts';
import {padLines} from '../../frame/paint.ts';
import {moveFocus} from '../../input/focus.ts';
import {letterOf} from '../../input/keys.ts';
import {executed, update, type Update} from '../../input/update.ts';
import {backToTyping, focusedPane, stepBack} from '../../state/screen-state.ts';
import {type ActsMode, actsMenu, actNames} from '../modes.ts';
import type {
	KeyInput, ModeInput, Overlay, PressedKey,
} from '../overlay.ts';
import {actsPage} from './acts-lines.ts';
import {actOfKey, type ActSubject, subjectOf} from './acts.ts';
import {chooseAct, chooseSaved} from './choose-act.ts';
import {savedNameIn} from './saved-lines.ts';

/** The menu of acts on the focused socket, or the report of its series: beneath the panes, or over them. */
export const acts = {
	// A report that was chosen in the menu leads back to it.
	escape: (state, {page, selected}) => page === 'report' && actNames[selected] === 'report'
		? {...state, mode: actsMenu('menu', selected)}
		: stepBack(state),
	paste: 'line',
	handleKey(input, key) {
		const {state, scene, mode} = input;
		const subject = subjectOf(scene, focusedPane(state, scene));
		if (!subject || letterOf(key) === 'b') {
			return update(backToTyping(state));
		}

		if (key.name === 'tab') {
			return update({
				...moveFocus(state, scene, key.shift ? -1 : 1),
				mode: actsMenu('menu', mode.selected),
			});
		}

		return actsPage(input).type === 'report'
			? pressReport(input, subject, key)
			: pressMenu(input, subject, key);
	},
	body: {
		// Where it fits beneath the panes, it is a part of the footer.
		rows: input => actsPage(input).isOver ? 'all' : 0,
		draw: input => padLines(actsPage(input).lines, input.rows, input.state.columns),
	},
	entryAt({state, mode}, {column, text}) {
		const saved = savedNameIn(text);
		if (saved !== undefined && mode.page === 'menu') {
			// A long name is cut.
			const index = state.saved?.sequences.findIndex(({name}) =>
				saved.endsWith('…') ? name.startsWith(saved.slice(0, -1)) : name === saved) ?? -1;
			return index === -1 ? undefined : actsMenu('menu', actNames.length + index);
		}

		// In a grid several entries stand beside each other: it is the last one that begins before the place.
		const [, key = ''] = [...text.matchAll(/(?:^| ) ?[ ▸]([\da-z]) /g)]
			.findLast(({index}) => textWidth(text.slice(0, index)) <= column) ?? [];
		const name = mode.page === 'menu' ? actOfKey(key) : undefined;
		return name && actsMenu('menu', actNames.indexOf(name));
	},
	look: ({page}) => page === 'report' ? 'report' : 'acts',
	footer(input) {
		const {state, mode} = input;
		const {type, lines, isOver} = actsPage(input);
		return [
			...(isOver ? [] : lines),
			...(type === 'report'
				? noticedHints(reportHints(input), mode.notice, state.columns)
				: [hintLine(menuHints(input), state.columns)]),
		];
	},
	tell: (mode, notice) => ({...mode, notice}),
} satisfies Overlay<ActsMode>;

/** The saved messages that the pane is sending. */
function sequenceOf({server, clients}: SceneView, pane: PaneId | undefined): SequenceView | undefined {
	return [...(server ? [server] : []), ...clients].find(view => view.pane === pane)?.sequence;
}

function menuHints({state, scene, words: {acts: {hints}, messages}}: ModeInput<ActsMode>): Hint[] {
	const pane = focusedPane(state, scene);
	const hasOthers = scene.protocol === 'tcp' && pane === scene.server?.pane && scene.server?.target !== undefined;
	return [
		...(sequenceOf(scene, pane) ? [{key: 's', label: messages.stopIt, isVital: true}] : []),
		{key: '↑ ↓', label: hints.move},
		{key: 'Enter 0–9 c', label: hints.doIt, isVital: true},
		...(hasOthers ? [{key: '← →', label: hints.otherConnection}] : []),
		{key: 'Esc', label: hints.back, isVital: true},
	];
}

function reportHints({state, scene, words: {acts: {hints}, keys: {save}}}: ModeInput<ActsMode>): Hint[] {
	const pane = focusedPane(state, scene);
	const isRunning = scene.clients.some(client => client.pane === pane && client.series?.isRunning);
	return [
		...(isRunning ? [{key: 's', label: hints.stop, isVital: true}] : []),
		{key: 'a', label: hints.acts},
		{key: 'w', label: save},
		{key: 'Esc', label: hints.back, isVital: true},
	];
}

function pressReport({state, mode}: KeyInput<ActsMode>, subject: ActSubject, key: PressedKey): Update {
	const {pane} = subject;
	const letter = letterOf(key);
	if (letter === 's' && subject.type === 'client' && subject.client.series?.isRunning) {
		return executed(state, {type: 'stop-series', pane}, pane);
	}

	if (letter === 'a') {
		return update({...state, mode: actsMenu('menu', mode.selected)});
	}

	return letter === 'w'
		? update(state, {type: 'save-text', what: {type: 'report', pane}})
		: update(key.name === 'return' ? backToTyping(state) : state);
}

/** How many saved messages a page key passes over. */
const page = 8;

/**
Where a key leads from the chosen entry: round and round; by pages, where the acts are one, so that the first saved
message is the next one's beginning. Undefined for any other key.
*/
function turnedTo(key: string | undefined, chosen: number, count: number): number | undefined {
	const first = actNames.length;
	const places: Readonly<Partial<Record<string, number>>> = {
		up: (chosen - 1 + count) % count,
		down: (chosen + 1) % count,
		home: 0,
		end: count - 1,
		pageup: chosen <= first ? 0 : Math.max(first, chosen - page),
		pagedown: Math.min(count - 1, chosen < first ? first : chosen + page),
	};
	return places[key ?? ''];
}

function pressMenu({
	state, scene, mode, words,
}: KeyInput<ActsMode>, subject: ActSubject, key: PressedKey): Update {
	const count = actNames.length + (state.saved?.sequences.length ?? 0);
	const {pane} = subject;
	const {protocol, server} = scene;
	const sequence = sequenceOf(scene, pane);
	const place = turnedTo(key.name, Math.min(mode.selected, count - 1), count);
	if (place !== undefined) {
		return update({...state, mode: actsMenu('menu', place)});
	}

	if ((key.name === 'left' || key.name === 'right') && subject.type !== 'client') {
		// As on the server's empty line: what the menu is for is another connection then.
		const step = key.name === 'left' ? -1 : 1;
		return executed({...state, mode: {...mode, notice: undefined}}, {type: 'choose-peer', protocol, step}, pane);
	}

	const letter = letterOf(key);
	if (sequence && letter === 's') {
		return executed(backToTyping(state), {type: 'stop-messages', pane}, pane);
	}

	const name = key.name === 'return' ? actNames[mode.selected] : actOfKey(letter);
	if (name) {
		return chooseAct(state, subject, name, words);
	}

	const target = server?.pane === pane ? server.target : undefined;
	return key.name === 'return'
		? chooseSaved(state, pane, sequence, target, mode.selected, words)
		: update(state);
}
