import type {Command} from '../../engine/api/command.ts';
import type {SceneView} from '../../engine/api/scene-view.ts';
import {type LinkDirection, linkDirections} from '../../link/random.ts';
import type {Protocol} from '../../log/event.ts';
import {nextRule} from '../../replies/reply-rule.ts';
import {
	backToTyping, type PaneState, paneState, type ScreenState, withPane,
} from '../state/screen-state.ts';
import {type Holding, holdingOf} from '../words/panes/relay-words.ts';
import type {Words} from '../words/words.ts';
import {bothColumns, dockColumns} from '../frame/layout.ts';
import {openFilter} from '../overlays/filter-prompt.ts';
import {endExperiment} from '../overlays/laboratory/experiments.ts';
import {openLessons, reasonAgainstHint, tellLesson} from '../overlays/lessons/lessons.ts';
import {openLink} from '../overlays/link/link-panel.ts';
import {viewKind} from '../panes/views.ts';
import {
	actsMenu, emptyPrompt, exerciseRun, experimentList, filePrompt, flowDiagram, heldList, helpPage,
	lessonMenuMode, settingsPanel,
} from '../overlays/modes.ts';
import {focusSameRole} from './focus.ts';
import {
	contextOf, filesOf, isRelayPane, isServerOpen, type KeyContext, nextForm, nextLanguage,
	nextView, showsProgram, viewOfDigit,
} from './key-context.ts';
import {
	type CommandId, isHangul, type KeyBinding, letterOf,
} from './keys.ts';
import {lineEndings} from './line/draft.ts';
import {executed, update, type Update} from './update.ts';
import type {Input} from './decode/key-decoder.ts';

/**
Carry out a key's command, or say in the focused pane that it does nothing there now.

@param pressed - the letter that was pressed, where a command has several
*/
export function runBinding(
	before: ScreenState,
	scene: SceneView,
	binding: KeyBinding,
	words: Words,
	pressed = binding.letter,
): Update {
	const context = contextOf(before, scene);
	const {focused: pane} = context;
	const notice = reasonAgainst(binding, before, scene, words);
	const state = pane === undefined ? before : withPane(before, pane, {notice});
	if (notice !== undefined) {
		return update(state);
	}

	return runs[binding.id]({
		...context,
		state,
		words,
		pressed,
		execute: (command, own = state) => executed(own, command, pane),
		withOwn: change => update(pane === undefined ? state : withPane(state, pane, change(paneState(state, pane)))),
	});
}

type Run = KeyContext & {
	readonly words: Words;
	readonly pressed: string;
	/** Have the engine carry out a command, given the state beside it where that changes, too. */
	readonly execute: (command: Command, own?: ScreenState) => Update;
	/** Change something of the focused pane, if there is one. */
	readonly withOwn: (change: (own: PaneState) => Partial<PaneState>) => Update;
};

const runs: Readonly<Record<CommandId, (run: Run) => Update>> = {
	'switch-protocol'({state, scene, protocol, execute}) {
		const other = otherThan(protocol);
		const seen = state.scenes[other];
		const focused = seen ? focusSameRole(state, scene, seen) : state;
		return execute({type: 'open-scene', protocol: other}, {...focused, protocol: other});
	},
	'new-client': ({protocol, execute}) => execute({type: 'open-client', protocol}),
	'close-socket': run => toSocket(run, 'close'),
	'half-close': run => toSocket(run, 'half-close'),
	'open-or-stop': run => run.execute(openOrStop(run)),
	'reply-rule': ({state, scene: {server}, protocol, execute}) => server
		? execute({type: 'set-rule', protocol, rule: nextRule(server.rule, server.rulesFile !== undefined)})
		: update(state),
	hold({scene: {server}, protocol, execute}) {
		const directions = server?.relay ? nextHolding[holdingOf(server.relay.holding)] : [];
		return execute({type: 'set-holding', protocol, directions});
	},
	held: ({state}) => update({...state, mode: heldList()}),
	'keep-open': ({scene: {server}, execute}) =>
		execute({type: 'set-close-after-reply', closeAfterReply: !server?.closeAfterReply}),
	acts: ({state, client}) => update({...state, mode: actsMenu(client?.series?.isRunning ? 'report' : 'menu', 0)}),
	file(run) {
		const {state, focused: pane} = run;
		if (pane === undefined) {
			return update(state);
		}

		return filesOf(run)?.sending
			? run.execute({type: 'stop-file', pane})
			: update({...state, mode: filePrompt(pane)});
	},
	'link-conditions': ({state, scene}) => update(openLink(state, scene)),
	payload: ({withOwn}) => withOwn(({payload}) => ({payload: payload === 'text' ? 'hex' : 'text'})),
	view: ({withOwn}) => withOwn(own => ({view: nextView(own), top: undefined})),
	'view-back': ({withOwn}) => withOwn(own => ({view: nextView(own, -1), top: undefined})),
	'view-number'(run) {
		const view = viewOfDigit(run.pressed.normalize('NFKC'));
		const isMissing = view !== undefined && viewKind(view).isProgram && isRelayPane(run);
		const shown = view ? {view, top: undefined} : {};
		return run.withOwn(() => isMissing ? {notice: run.words.relay.noProgram} : shown);
	},
	source: ({withOwn}) => withOwn(own => ({view: 'program-view', language: nextLanguage(own), top: undefined})),
	zoom: ({state, pane, withOwn}) => showsProgram(pane)
		? withOwn(own => ({form: nextForm(own), top: undefined}))
		: update({...state, isZoomed: !state.isZoomed}),
	flow({state}) {
		const {isFlowDocked: isBeside, isZoomed} = state;
		return update(isBeside || isZoomed || !canDockFlow(state)
			? {...state, isFlowDocked: false, mode: flowDiagram(isBeside)}
			: {...state, isFlowDocked: true, dockScroll: undefined});
	},
	'both-scenes'({state, protocol, execute}) {
		const next = {...state, isBothWanted: !state.isBothWanted};
		return next.isBothWanted ? execute({type: 'open-scene', protocol: otherThan(protocol)}, next) : update(next);
	},
	laboratory: ({state, scene}) => scene.name === 'laboratory'
		? endExperiment(state)
		: update({...state, mode: experimentList(0)}),
	lessons({state, lesson}) {
		if (state.exercising.run) {
			return update({...state, mode: exerciseRun()});
		}

		return lesson ? update({...state, mode: lessonMenuMode()}) : openLessons(state);
	},
	hint: ({state}) => tellLesson(state, {type: 'lesson-hint'}),
	filter: ({state, focused}) => update(focused === undefined ? state : openFilter(state, focused)),
	save({state, lesson}) {
		if (state.exercising.run) {
			return update(state, {type: 'save-exercise'});
		}

		return lesson?.phase === 'finished'
			? update(state, {type: 'save-lesson'})
			: update({...state, mode: {type: 'save-menu'}});
	},
	'line-ending': ({words, withOwn}) => withOwn(own => {
		const ending = lineEndings[(lineEndings.indexOf(own.ending) + 1) % lineEndings.length] ?? 'none';
		return {ending, notice: words.line.endingNotice[ending]};
	}),
	'hex-input': ({words, withOwn}) => withOwn(own => {
		const isHex = !own.isHex;
		return {isHex, notice: words.line.hex.notice[isHex ? 'hex' : 'text']};
	}),
	settings: ({state}) => update({...state, mode: settingsPanel()}),
	address: ({state, client}) =>
		update({...state, mode: {...emptyPrompt, type: 'address-prompt', pane: client?.pane ?? 'server'}}),
	help: ({state}) => update({...state, mode: helpPage()}),
	quit: ({state, pressed}) => askToQuit(state, isHangul(pressed)),
	type: ({state}) => update(backToTyping(state)),
};

type Reason = (context: KeyContext, words: Words) => string | undefined;

const whyNotBoth: Reason = ({scene}, words) =>
	scene.name === 'laboratory' ? words.laboratory.notHere : words.notice.bothNeedColumns(bothColumns);

/** Why commands that have a reason of their own do nothing now. */
const reasons: Readonly<Partial<Record<CommandId, Reason>>> = {
	'switch-protocol': whyNotBoth,
	'both-scenes': whyNotBoth,
	'new-client': ({scene}, words) => words.refusal({reason: 'client-limit', limit: scene.clientLimit}),
	'open-or-stop': ({client}, words) => client
		&& (client.state.type === 'unbound' ? words.refusal({reason: 'no-socket-yet'}) : words.notice.openAlready),
	hint: ({lesson}, words) => lesson ? reasonAgainstHint(lesson, words) : words.lessons.needsLesson,
	save: (_context, words) => words.views.notSavable,
};

/** Why a key does nothing now; undefined where it does something. */
export function reasonAgainst(
	{id, letter, label}: KeyBinding,
	state: ScreenState,
	scene: SceneView,
	words: Words,
): string | undefined {
	const context = contextOf(state, scene);
	if (label(words, context) !== undefined) {
		return undefined;
	}

	const own = reasons[id]?.(context, words);
	if (own !== undefined) {
		return own;
	}

	if (isRelayPane(context)) {
		return id === 'source' ? words.relay.noProgram : words.relay.notHere(letter);
	}

	const needsServer = id === 'open-or-stop' || id === 'reply-rule' || id === 'keep-open';
	return needsServer && !scene.server ? words.refusal({reason: 'no-server'}) : words.notice.nothingToDo(letter);
}

const nextHolding: Readonly<Record<Holding, readonly LinkDirection[]>> = {
	none: linkDirections, both: ['to-server'], 'to-server': ['to-clients'], 'to-clients': [],
};

/** Whether the flow diagram can stand beside the panes: the panel of a lesson gives way to it. */
function canDockFlow({columns, isBothWanted, learning: {panel}}: ScreenState): boolean {
	return dockColumns({
		columns: columns + (panel?.isColumn ? panel.width : 0), isBothWanted, isFlowDocked: true,
	}) > 0;
}

function otherThan(protocol: Protocol): Protocol {
	return protocol === 'udp' ? 'tcp' : 'udp';
}

/** Close, or half-close, the focused client or the chosen connection socket. */
function toSocket({state, client, scene, execute}: Run, way: 'close' | 'half-close'): Update {
	if (client) {
		const {pane} = client;
		return execute({type: way === 'close' && client.state.type === 'closed' ? 'remove-client' : `${way}-client`, pane});
	}

	const target = scene.server?.target;
	return typeof target === 'number'
		? execute({type: `${way}-connection`, connection: target})
		: update(state);
}

/** Whether a command closes a socket now, which nothing undoes, or takes a closed client's pane away. */
export function closes(id: CommandId, context: KeyContext): boolean {
	const {client} = context;
	return id === 'close-socket' || id === 'half-close' || (id === 'open-or-stop' && (client
		? client.state.type !== 'closed'
		: isServerOpen(context.scene)));
}

/** `o` is for the pane that has the focus: it opens a closed client again, and opens or stops the server. */
function openOrStop({protocol, client, scene}: KeyContext): Command {
	return client
		? {type: 'reopen-client', pane: client.pane}
		: {type: isServerOpen(scene) ? 'stop-server' : 'open-server', protocol};
}

/** Ctrl+C ends the program at once, in every mode, and also while commands are waited for. */
export function isInterrupt(key: Input): boolean {
	return key.type === 'key' && key.ctrl && key.name === 'c';
}

/** Ctrl+Q, which does what `q` does after Esc, but in every mode. */
export function isQuitChord(key: Input): boolean {
	return key.type === 'key' && key.ctrl && key.name === 'q';
}

/** Quit, or ask first where sockets would be closed that have seen traffic, or where the key may be of a message. */
export function askToQuit(state: ScreenState, isUnsure = false): Update {
	const {udp, tcp} = state.scenes;
	return isUnsure || [udp, tcp].some(scene => scene && scene.traffic.sent.count + scene.traffic.received.count > 0)
		? update({...state, isQuitAsked: true})
		: update(state, {type: 'quit'});
}

/** The key after that: `q`, but no Hangul letter, or Ctrl+Q quits; any other only takes it back. */
export function answerQuit(state: ScreenState, key: Input): Update {
	if (key.type === 'pointer' || key.type === 'retraction') {
		return update(state);
	}

	const isQuit = key.type === 'key' && (isQuitChord(key) || (letterOf(key) === 'q' && !isHangul(key.text)));
	return update({...state, isQuitAsked: false}, ...(isQuit ? [{type: 'quit'} as const] : []));
}
