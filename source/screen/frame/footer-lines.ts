import type {SceneView} from '../../engine/api/scene-view.ts';
import {keyBindings, type KeyContext} from '../input/keys.ts';
import {experiments} from '../overlays/laboratory/experiments.ts';
import {type ActsPage, actsPage} from '../overlays/acts/acts-page.ts';
import {linkHints} from '../overlays/link/link-hints.ts';
import {focusedPane, paneState, type ScreenState} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';
import {
	keepEnd, paint, type Span, widthOf,
} from './paint.ts';

/**
A key and what it does. A vital one is there however narrow the window is: how to find the commands, get help and leave.
*/
type Hint = {readonly key: string; readonly label: string; readonly isVital?: boolean};

/** The footer: the keys that do something now; after Esc, every command's letter, in as many lines as they need. */
export function footerLines(state: ScreenState, scene: SceneView, words: Words): string[] {
	const {mode, columns} = state;
	switch (mode.type) {
		case 'typing': {
			return [paint(oneLine(typingHints(state, scene, words), columns), columns)];
		}

		case 'commands': {
			const hints = [
				...commandHints(contextOf(state, scene), words, false),
				{key: 'Esc', label: words.footer.backToTyping},
			];
			const notice: Span[] = mode.notice ? [{text: ` ✗ ${mode.notice}`, tone: 'warning'}] : [];
			return severalLines(hints, columns, notice);
		}

		case 'help': {
			return [
				paint(
					oneLine(
						[
							{key: '↑ ↓', label: words.footer.scroll},
							{key: 'Esc q', label: words.footer.close},
						],
						columns,
					),
					columns,
				),
			];
		}

		case 'select': {
			const {select} = words.views;
			return [
				paint(
					oneLine(
						[
							{key: '↑ ↓', label: select.move},
							{key: 'Enter', label: select.open},
							{key: 'Esc', label: select.end, isVital: true},
						],
						columns,
					),
					columns,
				),
			];
		}

		case 'flow': {
			const {flow} = words.views;
			return overlayFooter([
				{key: 's', label: flow.saveSvg},
				{key: 'm', label: flow.saveMermaid},
				{key: 't', label: flow.saveText},
			], mode.notice, columns, words);
		}

		case 'laboratory': {
			const {laboratory} = words;
			return [
				...noticeLines(mode.notice, columns),
				paint(oneLine([
					{key: '↑ ↓', label: laboratory.choose},
					{key: 'Enter', label: laboratory.run, isVital: true},
					{key: `${experiments[0].key}–${experiments.at(-1)!.key}`, label: laboratory.runDirectly},
					{key: 'Esc', label: laboratory.back, isVital: true},
				], columns), columns),
			];
		}

		case 'payload': {
			const {payload} = words.views;
			return overlayFooter([
				{key: 'c', label: payload.copyText},
				{key: 'h', label: payload.copyHex},
				{key: 'w', label: words.keys.save},
			], mode.notice, columns, words);
		}

		case 'acts': {
			const {type, lines, isOver} = actsPage(state, scene, mode, words);
			return [
				...(isOver ? [] : lines),
				paint(oneLine(actsHints(type, contextOf(state, scene), words), columns), columns),
			];
		}

		case 'link': {
			return severalLines(linkHints(scene.protocol, words), columns, []);
		}

		case 'filter':
		case 'series':
		case 'link-value':
		case 'link-seed':
		case 'address': {
			// The prompt is drawn by its own component: its line is only held free here.
			return [''];
		}

		default: {
			return mode satisfies never;
		}
	}
}

/** The keys of the menu of acts, or of a series' report. */
function actsHints(page: ActsPage['type'], {client, protocol}: KeyContext, {acts: {hints}}: Words): Hint[] {
	const back: Hint = {key: 'Esc', label: hints.back, isVital: true};
	if (page === 'report') {
		return [
			...(client?.series?.isRunning ? [{key: 's', label: hints.stop, isVital: true}] : []),
			{key: 'a', label: hints.acts},
			back,
		];
	}

	return [
		{key: '↑ ↓', label: hints.move},
		{key: 'Enter 0–9', label: hints.doIt, isVital: true},
		...(client || protocol === 'udp' ? [] : [{key: '← →', label: hints.otherConnection}]),
		back,
	];
}

/** The footer of what is drawn over the panes: its keys in a line, and above them what came of the last one. */
function overlayFooter(hints: readonly Hint[], notice: string | undefined, columns: number, words: Words): string[] {
	const all: Hint[] = [
		{key: '↑ ↓', label: words.footer.scroll},
		...hints,
		{key: 'Esc', label: words.footer.close, isVital: true},
	];
	return [
		...noticeLines(notice, columns),
		paint(oneLine(all, columns), columns),
	];
}

function noticeLines(notice: string | undefined, columns: number): string[] {
	return notice === undefined ? [] : [paint([{text: ` ${keepEnd(notice, columns - 1)}`, tone: 'strong'}], columns)];
}

/** What the keys' meaning depends on, as the screen stands now. */
export function contextOf(state: ScreenState, scene: SceneView): KeyContext {
	const pane = focusedPane(state, scene);
	return {
		protocol: scene.protocol,
		scene,
		client: scene.clients.find(client => client.pane === pane),
		pane: pane === undefined ? undefined : paneState(state, pane),
		isZoomed: state.isZoomed,
	};
}

function typingHints(state: ScreenState, scene: SceneView, words: Words): Hint[] {
	const pane = focusedPane(state, scene);
	const isServer = pane === scene.server?.pane;
	const isEmpty = pane === undefined || paneState(state, pane).draft.cells.length === 0;
	const {footer} = words;
	const context = contextOf(state, scene);
	const commands = commandHints(context, words, true);
	const isClosed = context.client?.state.type === 'closed';
	return [
		...(isClosed ? commands.filter(({key}) => key === '^O') : [{key: 'Enter', label: footer.send}]),
		...(isServer && isEmpty && (scene.server?.peerCount ?? 0) > 0 ? [{key: '← →', label: footer.choosePeer}] : []),
		{key: 'Tab', label: footer.nextPane},
		{key: 'Esc', label: footer.commands, isVital: true},
		...(scene.name === 'laboratory' ? [{key: 'Esc e', label: words.keys.endExperiment, isVital: true}] : []),
		...(context.pane?.view === 'source' ? sourceHints(context, words) : []),
		...(context.pane && context.pane.filter !== ''
			? [
				{key: 'Esc /', label: words.keys.otherRows},
				{key: 'Esc / Esc', label: words.keys.allRows},
			]
			: []),
		...(context.isZoomed && context.pane?.view !== 'source' ? [{key: 'Esc z', label: words.keys.unzoom}] : []),
		...(isClosed ? commands.filter(({key}) => key !== '^O') : commands),
	];
}

/** What there is to do with a program that is shown. */
function sourceHints(context: KeyContext, words: Words): Hint[] {
	return keyBindings
		.filter(({id}) => id === 'source' || id === 'save' || id === 'view')
		.map(({letter, label}) => ({key: `Esc ${letter}`, label: label(words, context) ?? ''}));
}

/** The commands that do something now. While typing, only those that a chord gives at once, and the way to the help. */
function commandHints(context: KeyContext, words: Words, isTyping: boolean): Hint[] {
	const hints: Hint[] = [];
	for (const {letter, hasCtrl, label, id} of keyBindings) {
		const text = label(words, context);
		if (text === undefined) {
			continue;
		}

		if (!isTyping) {
			hints.push({key: letter, label: text});
		} else if (id === 'help') {
			hints.push({key: `Esc ${letter}`, label: text, isVital: true});
		} else if (hasCtrl) {
			hints.push({key: `^${letter.toUpperCase()}`, label: text, isVital: id === 'quit'});
		}
	}

	// After the first, which switches the protocol, stand those that are vital.
	return isTyping ? [...hints.slice(0, 1), ...hints.slice(-2), ...hints.slice(1, -2)] : hints;
}

function spansOf({key, label}: Hint): Span[] {
	return [{text: ' '}, {text: key, tone: 'key'}, {text: ` ${label} `, tone: 'dim'}];
}

/** As many hints as fit whole, in their order; the vital ones first get their room. */
function oneLine(hints: readonly Hint[], columns: number): Span[] {
	const line: Span[] = [];
	let room = columns - widthOf(hints.filter(({isVital}) => isVital).flatMap(hint => spansOf(hint)));
	for (const hint of hints) {
		const spans = spansOf(hint);
		const width = hint.isVital ? 0 : widthOf(spans);
		if (width <= room) {
			line.push(...spans);
			room -= width;
		}
	}

	return line;
}

function severalLines(hints: readonly Hint[], columns: number, notice: readonly Span[]): string[] {
	const lines: Span[][] = [[]];
	for (const spans of [...hints.map(hint => spansOf(hint)), [...notice]]) {
		const last = lines.at(-1)!;
		if (last.length > 0 && widthOf(last) + widthOf(spans) > columns) {
			lines.push(spans);
		} else {
			last.push(...spans);
		}
	}

	return lines.map(line => paint(line, columns));
}
