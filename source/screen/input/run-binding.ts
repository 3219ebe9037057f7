import type {Command} from '../../engine/api/command.ts';
import type {SceneView} from '../../engine/api/scene-view.ts';
import {type LinkDirection, linkDirections} from '../../link/random.ts';
import type {Protocol} from '../../log/event.ts';
import {nextRule} from '../../replies/reply-rule.ts';
import {
	backToTyping, focusedPane, type PaneViewName, paneState, type ScreenState, withPane,
} from '../state/screen-state.ts';
import {type Holding, holdingOf} from '../words/panes/relay-en.ts';
import type {Words} from '../words/words.ts';
import {bothColumns, dockColumns} from '../frame/layout.ts';
import {openFilter} from '../overlays/filter/filter-prompt.ts';
import {endExperiment} from '../overlays/laboratory/experiments.ts';
import {openLessons, reasonAgainstHint, tellLesson} from '../overlays/lessons/lessons.ts';
import {openLink} from '../overlays/link/link-panel.ts';
import {viewKind} from '../panes/views.ts';
import {
	actsMenu, emptyPrompt, exerciseRun, experimentList, filePrompt, flowDiagram, heldList, helpPage, lessonMenuMode,
	settingsPanel,
} from '../overlays/modes.ts';
import {focusSameRole} from './focus.ts';
import {
	canReopen, contextOf, filesOf, isRelayPane, isServerOpen, type KeyBinding, type KeyContext, nextForm,
	nextLanguage, nextView, viewOfDigit,
} from './keys.ts';
import {lineEndings} from './line/draft.ts';
import {askToQuit} from './quit.ts';
import {update, type Effect, type Update} from './update.ts';

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
	const pane = focusedPane(before, scene);
	const context = contextOf(before, scene);
	const notice = reasonAgainst(binding, before, scene, words);
	const state = pane === undefined ? before : withPane(before, pane, {notice});
	if (notice !== undefined) {
		return update(state);
	}

	const {id} = binding;
	const {protocol, client} = context;
	const execute = (command: Command): Effect => ({type: 'execute', command, pane});
	const show = (view: PaneViewName): Update =>
		update(pane === undefined ? state : withPane(state, pane, {view, top: undefined}));
	switch (id) {
		case 'switch-protocol': {
			const other = otherThan(protocol);
			const seen = state.scenes[other];
			const focused = seen ? focusSameRole(state, scene, seen) : state;
			return update({...focused, protocol: other}, execute({type: 'open-scene', protocol: other}));
		}

		case 'new-client': {
			return update(state, {type: 'await-client', scene: scene.name}, execute({type: 'open-client', protocol}));
		}

		case 'close-socket':
		case 'half-close': {
			return update(state, ...socketCommand(id, context).map(command => execute(command)));
		}

		case 'open-or-stop': {
			return update(state, execute(openOrStop(context)));
		}

		case 'reply-rule': {
			return scene.server
				? update(state, execute({type: 'set-rule', protocol, rule: nextRule(scene.server.rule, scene.server.rulesFile !== undefined)}))
				: update(state);
		}

		case 'hold': {
			const directions = scene.server?.relay ? nextHolding[holdingOf(scene.server.relay.holding)] : [];
			return update(state, execute({type: 'set-holding', protocol, directions}));
		}

		case 'held': {
			return update({...state, mode: heldList()});
		}

		case 'keep-open': {
			return update(
				state,
				execute({type: 'set-close-after-reply', closeAfterReply: !scene.server?.closeAfterReply}),
			);
		}

		case 'acts': {
			return update({...state, mode: actsMenu(client?.series?.isRunning ? 'report' : 'menu', 0)});
		}

		case 'file': {
			if (pane === undefined) {
				return update(state);
			}

			return filesOf(context)?.sending
				? update(state, execute({type: 'stop-file', pane}))
				: update({...state, mode: filePrompt(pane)});
		}

		case 'link-conditions': {
			return update(openLink(state, scene));
		}

		case 'payload': {
			return update(pane === undefined
				? state
				: withPane(state, pane, {payload: paneState(state, pane).payload === 'text' ? 'hex' : 'text'}));
		}

		case 'view': {
			return pane === undefined ? update(state) : show(nextView(paneState(state, pane)));
		}

		case 'view-back': {
			return pane === undefined ? update(state) : show(nextView(paneState(state, pane), -1));
		}

		case 'view-number': {
			const view = viewOfDigit(pressed.normalize('NFKC'));
			if (view && viewKind(view).isProgram && isRelayPane(context) && pane !== undefined) {
				return update(withPane(state, pane, {notice: words.relay.noProgram}));
			}

			return view ? show(view) : update(state);
		}

		case 'source': {
			return update(pane === undefined
				? state
				: withPane(state, pane, {
					view: 'program-view',
					language: nextLanguage(paneState(state, pane)),
					top: undefined,
				}));
		}

		case 'zoom': {
			return update(pane !== undefined && context.pane && viewKind(context.pane.view).isProgram
				? withPane(state, pane, {form: nextForm(context.pane), top: undefined})
				: {...state, isZoomed: !state.isZoomed});
		}

		case 'flow': {
			const {isFlowDocked: isBeside, isZoomed} = state;
			return update(isBeside || isZoomed || !canDockFlow(state)
				? {...state, isFlowDocked: false, mode: flowDiagram(isBeside)}
				: {...state, isFlowDocked: true, dockScroll: undefined});
		}

		case 'both-scenes': {
			const isBothWanted = !state.isBothWanted;
			return isBothWanted
				? update({...state, isBothWanted}, execute({type: 'open-scene', protocol: otherThan(protocol)}))
				: update({...state, isBothWanted});
		}

		case 'laboratory': {
			return scene.name === 'laboratory'
				? endExperiment(state)
				: update({...state, mode: experimentList(0)});
		}

		case 'lessons': {
			if (state.exercising.run) {
				return update({...state, mode: exerciseRun()});
			}

			return context.lesson ? update({...state, mode: lessonMenuMode()}) : openLessons(state);
		}

		case 'hint': {
			return tellLesson(state, {type: 'lesson-hint'});
		}

		case 'filter': {
			return update(pane === undefined ? state : openFilter(state, pane));
		}

		case 'save': {
			if (state.exercising.run) {
				return update(state, {type: 'save-exercise'});
			}

			return context.lesson?.phase === 'finished'
				? update(state, {type: 'save-lesson'})
				: update({...state, mode: {type: 'save-menu'}});
		}

		case 'line-ending': {
			if (pane === undefined) {
				return update(state);
			}

			const ending = lineEndings[(lineEndings.indexOf(paneState(state, pane).ending) + 1) % lineEndings.length] ?? 'none';
			return update(withPane(state, pane, {ending, notice: words.line.endingNotice[ending]}));
		}

		case 'hex-input': {
			if (pane === undefined) {
				return update(state);
			}

			const isHex = !paneState(state, pane).isHex;
			return update(withPane(state, pane, {isHex, notice: words.line.hex.notice[isHex ? 'hex' : 'text']}));
		}

		case 'settings': {
			return update({...state, mode: settingsPanel()});
		}

		case 'address': {
			return update({
				...state,
				mode: {...emptyPrompt, type: 'address-prompt', pane: client?.pane ?? 'server'},
			});
		}

		case 'help': {
			return update({...state, mode: helpPage()});
		}

		case 'quit': {
			return askToQuit(state);
		}

		case 'type': {
			return update(backToTyping(state));
		}

		default: {
			return id satisfies never;
		}
	}
}

/** Why a key does nothing now; undefined where it does something. */
export function reasonAgainst(
	{id, letter, label}: KeyBinding,
	state: ScreenState,
	scene: SceneView,
	words: Words,
): string | undefined {
	if (label(words, contextOf(state, scene)) !== undefined) {
		return undefined;
	}

	if (id === 'switch-protocol' || id === 'both-scenes') {
		return scene.name === 'laboratory' ? words.laboratory.notHere : words.notice.bothNeedColumns(bothColumns);
	}

	if (id === 'new-client') {
		return words.refusal({reason: 'client-limit', limit: scene.clientLimit});
	}

	if (id === 'hint') {
		const {lesson} = contextOf(state, scene);
		return lesson ? reasonAgainstHint(lesson, words) : words.lessons.needsLesson;
	}

	if (id === 'save') {
		return words.views.notSavable;
	}

	if (isRelayPane(contextOf(state, scene))) {
		return id === 'source' ? words.relay.noProgram : words.relay.notHere(letter);
	}

	const needsServer = id === 'open-or-stop' || id === 'reply-rule' || id === 'keep-open';
	return needsServer && !scene.server ? words.refusal({reason: 'no-server'}) : words.notice.nothingToDo(letter);
}

/** Which directions are held after these. */
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

/** What closes, or half-closes, the focused client or the chosen connection socket. */
function socketCommand(id: 'close-socket' | 'half-close', {client, scene}: KeyContext): Command[] {
	if (client) {
		const {pane} = client;
		return [
			id === 'half-close'
				? {type: 'half-close-client', pane}
				: {type: client.state.type === 'closed' ? 'remove-client' : 'close-client', pane},
		];
	}

	const target = scene.server?.target;
	return typeof target === 'number'
		? [{type: id === 'half-close' ? 'half-close-connection' : 'close-connection', connection: target}]
		: [];
}

/** `o` opens a closed client again; anywhere else it opens or stops the server. */
function openOrStop({protocol, client, scene}: KeyContext): Command {
	if (client && canReopen(client)) {
		return {type: 'reopen-client', pane: client.pane};
	}

	return {type: isServerOpen(scene) ? 'stop-server' : 'open-server', protocol};
}
