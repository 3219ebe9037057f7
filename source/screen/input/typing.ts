import type {ClientView, SceneView} from '../../engine/api/scene-view.ts';
import {hasRawBytes} from '../../text/encoding/utf8.ts';
import {type Hint, hintLine} from '../frame/hints.ts';
import {heldList, type TypingMode} from '../overlays/modes.ts';
import type {KeyInput, Overlay, PressedKey} from '../overlays/overlay.ts';
import {
	askEmpty, goOn, isAsking, toQuestion,
} from '../overlays/lessons/lessons.ts';
import {selectNewest} from '../overlays/select.ts';
import {
	encodingOfPane, focusedPane, type PaneState, paneState, type ScreenState, toCommands, withPane,
} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';
import {isEndOfRing, moveFocus} from './focus.ts';
import type {Key} from './decode/key-decoder.ts';
import {
	canReopen, canSend, contextOf, isRelayPane, isServerOpen, type KeyContext, nextView, showsProgram,
} from './key-context.ts';
import {
	bindings, type CommandId, isIn, type KeyBinding, keyBindings, keyOf,
} from './keys.ts';
import {pastedLines} from './line/draft.ts';
import {editLine} from './line/edit-line.ts';
import {scrollPane} from './scroll.ts';
import {sendLine} from './line/send-line.ts';
import {executed, update, type Update} from './update.ts';

/** Keys type into the focused pane's line, scroll it, or move the focus. Esc announces a command. */
export const typing = {
	close: state => state,
	escape: state => toCommands(state),
	paste({state, scene, words}, paste) {
		const pane = focusedPane(state, scene);
		if (pane !== undefined && isRelayPane(contextOf(state, scene))) {
			return update(withPane(state, pane, {notice: words.relay.line}));
		}

		const {state: after} = typed(state, pane, paste, words);
		const isHex = pane !== undefined && paneState(state, pane).isHex;
		const notice = isHex ? undefined : pastedNotice(paste, encodingOfPane(scene, pane) === undefined, words);
		return update(pane === undefined || notice === undefined ? after : withPane(after, pane, {notice}));
	},
	handleKey(input, key) {
		const {state, scene} = input;
		const pane = focusedPane(state, scene);
		if (key.name === 'tab') {
			const direction = key.shift ? -1 : 1;
			return update(isAsking(state) && isEndOfRing(state, scene, direction)
				? toQuestion(state)
				: moveFocus(state, scene, direction));
		}

		return pane === undefined ? update(state) : pressInPane(input, pane, key);
	},
	footer: ({state, scene, words}) => [hintLine(hintsFor(state, scene, words), state.columns)],
} satisfies Overlay<TypingMode>;

function pressInPane(input: KeyInput<TypingMode>, pane: number, key: PressedKey): Update {
	const {state, scene, words} = input;
	const isEmpty = paneState(state, pane).draft.cells.length === 0;
	const {name, ctrl, alt, shift} = key;
	const isRelay = isRelayPane(contextOf(state, scene));
	if (isRelay && name !== 'pageup' && name !== 'pagedown' && !(shift && name === 'up')) {
		return pressInRelay(state, pane, key, words);
	}

	if (name === 'return') {
		return (isEmpty ? goOn(state) ?? askEmpty(state, scene, pane, words) : undefined)
			?? sendLine(state, scene, pane, words);
	}

	if (name === 'pageup' || name === 'pagedown') {
		return update(scrollPane(input, pane, name === 'pageup' ? -1 : 1));
	}

	if (shift && name === 'up') {
		return update(selectNewest(state, pane) ?? state);
	}

	if ((name === 'left' || name === 'right') && pane === scene.server?.pane && isEmpty && !ctrl && !alt) {
		return executed(state, {type: 'choose-peer', protocol: scene.protocol, step: name === 'left' ? -1 : 1}, pane);
	}

	return typed(state, pane, key, words);
}

/** A relay has no line: Enter lists what is held, and typing says so. */
function pressInRelay(state: ScreenState, pane: number, {name, text, ctrl, alt}: PressedKey, words: Words): Update {
	if (name === 'return') {
		return update({...withPane(state, pane, {notice: undefined}), mode: heldList()});
	}

	return update(text === '' || ctrl || alt ? state : withPane(state, pane, {notice: words.relay.line}));
}

/** What edits the line does; any other key does nothing. That the line is no prediction is told until it is empty. */
function typed(state: ScreenState, pane: number | undefined, key: Key, {lessons}: Words): Update {
	if (pane === undefined) {
		return update(state);
	}

	const own = paneState(state, pane);
	const changes = editLine(own, key);
	const {draft = own.draft} = changes ?? {};
	const isTold = own.notice === lessons.inLine && draft.cells.length > 0;
	return update(changes ? withPane(state, pane, {...changes, notice: isTold ? own.notice : undefined}) : state);
}

/** What is to be known of a paste before it is sent. */
function pastedNotice(
	{text}: Extract<Key, {type: 'paste'}>,
	isUtf8: boolean,
	{line}: Words,
): string | undefined {
	if (hasRawBytes(text)) {
		return line.pastedBytes;
	}

	const replaced = text.split('\u{FFFD}').length - 1;
	return replaced > 0 && isUtf8
		? line.pastedReplaced(replaced)
		: (pastedLines(text).isPaired ? line.pastedPairs : undefined);
}

/** The commands that teach, in the order of their hints; and one that a window of 80 columns still has room for. */
const teaching = ['switch-protocol', 'view', 'flow', 'link-conditions', 'laboratory', 'quit'] as const;

/**
What does something for this pane now; then what teaches, and in the room that is left how to send, which the empty pane
tells, the help, and the commands of a chord.
*/
function hintsFor(state: ScreenState, scene: SceneView, words: Words): Hint[] {
	const pane = focusedPane(state, scene);
	const isServer = pane === scene.server?.pane;
	const isEmpty = pane === undefined || paneState(state, pane).draft.cells.length === 0;
	const {footer, keys} = words;
	const context = contextOf(state, scene);
	const isProgram = showsProgram(context.pane);
	const hint = (wanted: CommandId): Hint[] => {
		const binding = bindings[wanted];
		const label = isIn(binding, scene) ? binding.label(words, context) : undefined;
		return label === undefined ? [] : [{key: keyOf(binding), label: footerLabel(binding, label, context, words)}];
	};

	const own = needed(context);
	const rest = keyBindings.filter(({id, hasCtrl}) =>
		hasCtrl && !teaching.includes(id as never) && !own.includes(id));
	return [
		...(isProgram
			? (['view', 'zoom', 'source', 'save'] as const).map((id): Hint => ({
				key: `Esc ${bindings[id].letter}`, label: bindings[id].label(words, context) ?? '', isVital: id === 'view',
			}))
			: []),
		...own.flatMap(id => hint(id)),
		...(isServer && isEmpty && !scene.server?.relay && (scene.server?.peerCount ?? 0) > 0
			? [{key: '← →', label: footer.choosePeer}]
			: []),
		...(context.pane && context.pane.filter !== ''
			? [{key: 'Esc /', label: keys.otherRows}, {key: 'Esc / Esc', label: keys.allRows}]
			: []),
		...(state.isZoomed && !isProgram ? [{key: 'Esc z', label: keys.unzoom}] : []),
		// The lesson's panel names Enter where it goes on.
		...((context.client && !canSend(context.client)) || isRelayPane(context) || (isEmpty && goOn(state))
			? []
			: [{key: 'Enter', label: footer.send, isRare: true}]),
		{key: 'Tab', label: footer.nextPane},
		{key: 'Esc', label: footer.commands, isVital: true},
		...(scene.name === 'laboratory' ? [{key: 'Esc e', label: keys.endExperiment, isVital: true}] : []),
		...teaching
			.filter(id => !(isProgram && id === 'view') && !(scene.name === 'laboratory' && id === 'laboratory'))
			.flatMap(id => hint(id))
			.map(each => ({...each, isVital: each.key === '^Q'})),
		...[...hint('help'), ...rest.flatMap(({id}) => hint(id))].map(each => ({...each, isRare: true})),
	];
}

/** What the pane has nothing without: its socket opened, a client to send from; of a relay, what is held. */
function needed({scene, client, pane}: KeyContext): readonly CommandId[] {
	const isRelay = isRelayPane({scene, client});
	if (client ? canReopen(client) : scene.server && pane && !isServerOpen(scene)) {
		return ['open-or-stop'];
	}

	return [
		...(client?.state.type === 'connecting' ? ['close-socket'] as const : []),
		...(scene.clients.length === 0 && !isRelay ? ['new-client'] as const : []),
		...(isRelay ? ['hold', 'held'] as const : []),
	];
}

/** Of what teaches, and is always there, a short label. */
function footerLabel({id}: KeyBinding, label: string, context: KeyContext, words: Words): string {
	const {footer, keys: {short}} = words;
	if (id === 'switch-protocol' || id === 'laboratory') {
		return id === 'laboratory' ? footer.laboratory : (context.protocol === 'udp' ? 'TCP' : 'UDP');
	}

	return teaching.includes(id as never) && !(id === 'flow' && context.isFlowDocked) ? short[id] : label;
}

/** What there is to do in a pane in which nothing has been sent or received yet. */
export function firstSteps(
	scene: SceneView,
	client: ClientView | undefined,
	pane: PaneState,
	{firstSteps: words, views}: Words,
): Hint[] {
	const {protocol} = scene;
	const isOpen = client ? client.state.type !== 'closed' : isServerOpen(scene);
	const steps: ReadonlyArray<readonly [CommandId, string] | undefined> = [
		isOpen && !client && scene.clients.length === 0 ? ['new-client', words.newClient] : undefined,
		isOpen && !client && scene.server?.relay ? ['hold', words.hold] : undefined,
		// Many servers elsewhere read lines, and would wait for the end of one.
		!scene.server && protocol === 'tcp' && pane.ending === 'none' ? ['line-ending', words.lineEnding] : undefined,
		['view', views.names[nextView(pane)]],
		['flow', words.flow],
		scene.name === 'laboratory' ? undefined : ['switch-protocol', protocol === 'udp' ? 'TCP' : 'UDP'],
		!client && scene.server?.relay ? undefined : ['source', words.program],
	];
	const canType = isOpen && client?.state.type !== 'connecting'
		&& (client ? [client] : scene.clients).some(each => canSend(each));
	return [
		...(canType ? [{key: '', label: client ? words.type : words.typeInClient}] : []),
		...steps.flatMap(step => step ? [{key: keyOf(bindings[step[0]]), label: step[1]}] : []),
	];
}
