import type {SentCommand} from '../engine/client.ts';
import type {
	Command, Protocol, Question, SceneView, Views,
} from '../engine/door.ts';
import type {PaneId} from '../engine/events/event.ts';
import {formatAddress, parseAddress} from '../engine/sockets/addresses.ts';
import {nextRule} from '../engine/replies/reply-rule.ts';
import {
	bindingOf, canReopen, type CommandId, ctrlBindingOf, isServerOpen, type KeyBinding, type KeyContext,
} from './keys.ts';
import type {Key} from './key-stage.ts';
import {bytesOfDraft, emptyDraft} from './line/draft.ts';
import {editLine} from './line/edit-line.ts';
import {screenLayout} from './screen-layout.ts';
import {peersShown, rowsQuestion} from './pane/geometry.ts';
import {
	focusedPane, focusRing, lineEndings, type PaneState, paneState, type ScreenState, withPane,
} from './screen-state.ts';
import type {Words} from './words/words.ts';

export type ControllerOptions = {
	readonly protocol: Protocol;
	readonly columns: number;
	readonly rows: number;
	readonly words: Words;
	readonly execute: (command: Command) => SentCommand;
	/** Draw this state. */
	readonly onState: (state: ScreenState) => void;
	/** The open questions may be others now. */
	readonly onQuestions: () => void;
	/** Hand a key to the short prompt. */
	readonly onPromptKey: (key: Key) => void;
	readonly onQuit: () => void;
};

/** More entries than this a pane's history forgets. */
const longestHistory = 200;

const encoder = new TextEncoder();
const endings = {none: encoder.encode(''), lf: encoder.encode('\n'), crlf: encoder.encode('\r\n')};

/** What keys do. Holds the screen's state, which is replaced and never changed, and sends commands to the engine. */
export class Controller {
	#state: ScreenState;
	readonly #options: ControllerOptions;
	/** Scenes in which a new client was asked for: it gets the focus as soon as it shows. */
	readonly #awaitsClient = new Set<Protocol>();
	/** The last command whose outcome keys depend on, and the last one that the views have shown. */
	#awaitedCommand = 0;
	#shownCommand = 0;
	/** Keys pressed before that outcome was seen. They mean what they will mean then. */
	#heldKeys: readonly Key[] = [];

	constructor(options: ControllerOptions) {
		const {protocol, columns, rows} = options;
		this.#options = options;
		this.#state = {
			columns, rows, protocol, mode: {type: 'typing'}, scenes: {}, views: new Map(), panes: new Map(), focus: {}, lastClient: {},
		};
	}

	get state(): ScreenState {
		return this.#state;
	}

	/** Open the scene that is shown first. */
	start(): void {
		this.#execute(undefined, {type: 'open-scene', protocol: this.#state.protocol});
		this.#options.onQuestions();
	}

	/** What is to be seen now, as questions to the engine. */
	get questions(): readonly Question[] {
		const {protocol, scenes, rows} = this.#state;
		const scene = scenes[protocol];
		const layout = scene && screenLayout(this.#state, scene, this.#options.words);
		const height = layout?.server?.height ?? rows;
		const question: Question = {type: 'scene', protocol, peers: peersShown(protocol, height)};
		if (!layout) {
			return [question];
		}

		const boxes = layout.server ? [layout.server, ...layout.clients] : layout.clients;
		return [question, ...boxes.map(box => rowsQuestion(box, scene, paneState(this.#state, box.pane), this.#options.words))];
	}

	/** Take the engine's answers to the open questions. */
	see({views, lastCommand}: Views): void {
		let state = this.#state;
		const shown = new Map(state.views);
		for (const view of views) {
			if (view?.type === 'scene') {
				state = this.#seeScene(state, view);
			} else if (view) {
				shown.set(view.pane, view);
				state = seeRows(state, view.pane, view.end, view.total);
			}
		}

		this.#shownCommand = lastCommand;
		this.#set({...state, views: shown});
		this.#options.onQuestions();
		if (this.#heldKeys.length > 0 && !this.isHolding) {
			const keys = this.#heldKeys;
			this.#heldKeys = [];
			this.press(keys);
		}
	}

	resize(columns: number, rows: number): void {
		this.#set({...this.#state, columns, rows});
		this.#options.onQuestions();
	}

	/** Take keys that arrived together: they cost one frame. */
	press(keys: readonly Key[]): void {
		const before = this.#state;
		for (const [index, key] of keys.entries()) {
			if (key.type === 'key' && key.ctrl && key.name === 'c') {
				this.#options.onQuit();
				return;
			}

			if (this.isHolding) {
				this.#heldKeys = [...this.#heldKeys, ...keys.slice(index)];
				break;
			}

			this.#press(key);
		}

		if (this.#state !== before) {
			this.#options.onState(this.#state);
		}

		this.#options.onQuestions();
	}

	/** What was typed into the address prompt so far. */
	changePrompt(value: string): void {
		const {mode} = this.#state;
		if (mode.type === 'address') {
			this.#set({...this.#state, mode: {...mode, value, problem: undefined}});
		}
	}

	/** Enter in the address prompt. */
	submitPrompt(value: string): void {
		const {mode, protocol} = this.#state;
		if (mode.type !== 'address') {
			return;
		}

		const address = parseAddress(value.trim());
		if (!address || (mode.pane !== 'server' && address.port === 0)) {
			this.#set({...this.#state, mode: {...mode, problem: this.#options.words.prompt.wrong(value)}});
			return;
		}

		this.#set({...this.#state, mode: {type: 'typing'}});
		if (mode.pane === 'server') {
			this.#execute(undefined, {type: 'move-server', protocol, address});
		} else {
			this.#execute(mode.pane, {type: 'set-destination', pane: mode.pane, destination: address});
		}
	}

	/** Whether the screen does not show yet what the keys so far have done. */
	get isHolding(): boolean {
		return this.#state.scenes[this.#state.protocol] === undefined || this.#shownCommand < this.#awaitedCommand;
	}

	#set(state: ScreenState): void {
		this.#state = state;
		this.#options.onState(state);
	}

	#seeScene(state: ScreenState, scene: SceneView): ScreenState {
		const {protocol} = scene;
		const known = new Set(state.scenes[protocol]?.clients.map(({pane}) => pane));
		const added = scene.clients.findLast(({pane}) => !known.has(pane));
		const seen = {...state, scenes: {...state.scenes, [protocol]: scene}};
		if (added && this.#awaitsClient.delete(protocol)) {
			return this.#focus(seen, scene, added.pane);
		}

		return seen;
	}

	#press(key: Key): void {
		const {mode, protocol, scenes} = this.#state;
		const scene = scenes[protocol];
		if (!scene) {
			return;
		}

		switch (mode.type) {
			case 'typing': {
				this.#pressTyping(scene, key);
				break;
			}

			case 'commands': {
				this.#pressCommand(scene, key);
				break;
			}

			case 'help': {
				this.#pressHelp(key, mode.top);
				break;
			}

			case 'address': {
				this.#pressPrompt(scene, key);
				break;
			}

			default: {
				mode satisfies never;
			}
		}
	}

	#pressTyping(scene: SceneView, key: Key): void {
		const pane = focusedPane(this.#state, scene);
		if (key.type === 'key' && this.#pressGlobal(scene, pane, key)) {
			return;
		}

		if (pane === undefined) {
			return;
		}

		const before = paneState(this.#state, pane);
		if (key.type === 'key' && this.#pressInPane(scene, pane, before, key)) {
			return;
		}

		const changes = editLine(before, key);
		if (changes) {
			this.#state = withPane(this.#state, pane, {...changes, notice: undefined});
		}
	}

	/** Keys that mean the same in every pane. */
	#pressGlobal(scene: SceneView, pane: PaneId | undefined, key: Extract<Key, {type: 'key'}>): boolean {
		const {name, ctrl, alt, shift, text, sequence} = key;
		if (name === 'escape') {
			this.#state = {...this.#state, mode: {type: 'commands'}};
			return true;
		}

		if (name === 'tab') {
			this.#moveFocus(scene, pane, shift ? -1 : 1);
			return true;
		}

		const isLetter = [...sequence].length === (alt ? 2 : 1);
		const binding = ctrl && name !== undefined ? ctrlBindingOf(name) : (alt && isLetter ? bindingOf(sequence.slice(1)) : undefined);
		if (binding) {
			this.#run(scene, binding);
			return true;
		}

		// A chord that is no command types nothing.
		return alt && isLetter && text === '' && name !== 'backspace';
	}

	/** Keys of a pane that do not edit its line. */
	#pressInPane(scene: SceneView, pane: PaneId, before: PaneState, {name, ctrl, alt}: Extract<Key, {type: 'key'}>): boolean {
		switch (name) {
			case 'return':
			case 'enter': {
				this.#send(scene, pane, before);
				return true;
			}

			case 'pageup':
			case 'pagedown': {
				this.#scroll(pane, name === 'pageup' ? -1 : 1);
				return true;
			}

			case 'left':
			case 'right': {
				if (ctrl || alt || pane !== scene.server?.pane || before.draft.cells.length > 0) {
					return false;
				}

				this.#execute(pane, {type: 'choose-peer', protocol: scene.protocol, step: name === 'left' ? -1 : 1});
				return true;
			}

			default: {
				return false;
			}
		}
	}

	#pressCommand(scene: SceneView, key: Key): void {
		if (key.type === 'paste') {
			this.#state = {...this.#state, mode: {type: 'typing'}};
			this.#pressTyping(scene, key);
			return;
		}

		if (key.name === 'escape' || key.name === 'return') {
			this.#state = {...this.#state, mode: {type: 'typing'}};
			return;
		}

		if (key.name === 'tab') {
			this.#moveFocus(scene, focusedPane(this.#state, scene), key.shift ? -1 : 1);
			return;
		}

		const letter = key.ctrl ? (key.name ?? '') : (key.alt ? key.sequence.slice(1) : key.text);
		const binding = key.ctrl ? ctrlBindingOf(letter) : bindingOf(letter);
		if (binding) {
			this.#state = {...this.#state, mode: {type: 'typing'}};
			this.#run(scene, binding);
		} else if (key.text !== '') {
			this.#state = {...this.#state, mode: {type: 'commands', notice: this.#options.words.notice.unknownCommand(key.text)}};
		}
	}

	#pressHelp(key: Key, top: number): void {
		if (key.type === 'paste') {
			return;
		}

		const step = {
			up: -1, down: 1, pageup: -10, pagedown: 10,
		}[key.name ?? ''];
		this.#state = {...this.#state, mode: step === undefined ? {type: 'typing'} : {type: 'help', top: Math.max(0, top + step)}};
	}

	#pressPrompt(scene: SceneView, key: Key): void {
		if (key.type === 'paste') {
			this.#options.onPromptKey({...key, text: key.text.split('\n')[0].trim()});
			return;
		}

		if (key.name === 'escape') {
			this.#state = {...this.#state, mode: {type: 'typing'}};
			return;
		}

		const binding = key.ctrl && key.name !== undefined ? ctrlBindingOf(key.name) : undefined;
		if (binding) {
			this.#state = {...this.#state, mode: {type: 'typing'}};
			this.#run(scene, binding);
			return;
		}

		if (!key.ctrl && !key.alt && key.name !== 'tab') {
			this.#options.onPromptKey(key);
		}
	}

	/** Carry out a key's command, or say that it does nothing here. */
	#run(scene: SceneView, {id, letter, label}: KeyBinding): void {
		const pane = focusedPane(this.#state, scene);
		const client = scene.clients.find(candidate => candidate.pane === pane);
		const context: KeyContext = {protocol: scene.protocol, scene, client};
		const {words} = this.#options;
		if (label(words, context) === undefined) {
			if (pane !== undefined) {
				this.#state = withPane(this.#state, pane, {notice: words.notice.nothingToDo(letter)});
			}

			return;
		}

		if (pane !== undefined) {
			this.#state = withPane(this.#state, pane, {notice: undefined});
		}

		this.#runOnScreen(id, context, pane);
		const command = engineCommand(id, context);
		if (command) {
			this.#execute(pane, command);
		}
	}

	/** What a command does to the screen itself. */
	#runOnScreen(id: CommandId, {protocol, scene, client}: KeyContext, pane: PaneId | undefined): void {
		switch (id) {
			case 'switch-protocol': {
				this.#state = {...this.#state, protocol: protocol === 'udp' ? 'tcp' : 'udp'};
				break;
			}

			case 'new-client': {
				this.#awaitsClient.add(protocol);
				break;
			}

			case 'payload': {
				if (pane !== undefined) {
					this.#state = withPane(this.#state, pane, {payload: paneState(this.#state, pane).payload === 'text' ? 'hex' : 'text'});
				}

				break;
			}

			case 'line-ending': {
				if (pane !== undefined) {
					const ending = lineEndings[(lineEndings.indexOf(paneState(this.#state, pane).ending) + 1) % lineEndings.length];
					this.#state = withPane(this.#state, pane, {ending, notice: this.#options.words.line.endingNotice[ending]});
				}

				break;
			}

			case 'address': {
				const address = client ? client.destination : scene.server?.configured;
				const value = address ? formatAddress(address) : '';
				this.#state = {...this.#state, mode: {type: 'address', pane: client?.pane ?? 'server', value}};
				break;
			}

			case 'help': {
				this.#state = {...this.#state, mode: {type: 'help', top: 0}};
				break;
			}

			case 'quit': {
				this.#options.onQuit();
				break;
			}

			case 'close-socket':
			case 'open-or-stop':
			case 'reply-rule':
			case 'keep-open':
			case 'half-close': {
				break;
			}

			default: {
				id satisfies never;
			}
		}
	}

	#moveFocus(scene: SceneView, pane: PaneId | undefined, step: 1 | -1): void {
		const ring = focusRing(scene);
		if (pane !== undefined && ring.length > 0) {
			const next = ring[(ring.indexOf(pane) + step + ring.length) % ring.length];
			this.#state = this.#focus(this.#state, scene, next);
		}
	}

	#focus(state: ScreenState, scene: SceneView, pane: PaneId): ScreenState {
		const focus = {...state.focus, [scene.protocol]: pane};
		return pane === scene.server?.pane ? {...state, focus} : {...state, focus, lastClient: {...state.lastClient, [scene.protocol]: pane}};
	}

	#scroll(pane: PaneId, direction: 1 | -1): void {
		const view = this.#state.views.get(pane);
		if (!view) {
			return;
		}

		const page = Math.max(1, view.rows.length - 1);
		const end = (paneState(this.#state, pane).end ?? view.total) + (direction * page);
		const lowest = view.first + Math.min(page + 1, view.total - view.first);
		this.#state = withPane(this.#state, pane, {end: end >= view.total ? undefined : Math.max(lowest, end)});
	}

	#send(scene: SceneView, pane: PaneId, before: PaneState): void {
		const {draft, history, ending} = before;
		const bytes = Buffer.concat([bytesOfDraft(draft), endings[ending]]);
		const isServer = pane === scene.server?.pane;
		this.#state = withPane(this.#state, pane, {
			draft: emptyDraft,
			recalled: undefined,
			end: undefined,
			notice: undefined,
			history: draft.cells.length > 0 ? [...history, draft].slice(-longestHistory) : history,
		});
		const command: Command = isServer
			? {
				type: 'send-from-server', protocol: scene.protocol, target: scene.server?.target, bytes,
			}
			: {type: 'send', pane, bytes};
		this.#execute(pane, command, () => {
			// What could not be sent is put back, unless something else has been typed by now: then it is in the history.
			if (paneState(this.#state, pane).draft.cells.length === 0) {
				this.#state = withPane(this.#state, pane, {draft});
			}
		});
	}

	/** Send a command; a refusal is shown in the pane that it was given in. */
	#execute(pane: PaneId | undefined, command: Command, onRefused: () => void = () => undefined): void {
		const {id, answer} = this.#options.execute(command);
		if (command.type !== 'send' && command.type !== 'send-from-server') {
			this.#awaitedCommand = id;
		}

		void answer.then(({refusal}) => {
			if (refusal && command.type === 'open-client') {
				this.#awaitsClient.delete(command.protocol);
			}

			if (refusal && pane !== undefined) {
				onRefused();
				this.#set(withPane(this.#state, pane, {notice: this.#options.words.refusal(refusal)}));
			}
		});
	}
}

/** The engine's part of a command; undefined where the screen does it all. */
function engineCommand(id: CommandId, {protocol, scene, client}: KeyContext): Command | undefined {
	const target = scene.server?.target;
	switch (id) {
		case 'switch-protocol': {
			return {type: 'open-scene', protocol: protocol === 'udp' ? 'tcp' : 'udp'};
		}

		case 'new-client': {
			return {type: 'open-client', protocol};
		}

		case 'close-socket': {
			if (client) {
				return {type: client.state.type === 'closed' ? 'remove-client' : 'close-client', pane: client.pane};
			}

			return typeof target === 'number' ? {type: 'close-connection', connection: target} : undefined;
		}

		case 'open-or-stop': {
			if (client && canReopen(client)) {
				return {type: 'reopen-client', pane: client.pane};
			}

			return {type: isServerOpen(scene) ? 'stop-server' : 'open-server', protocol};
		}

		case 'reply-rule': {
			return scene.server && {type: 'set-rule', protocol, rule: nextRule(scene.server.rule)};
		}

		case 'keep-open': {
			return scene.server && {type: 'set-close-after-reply', closeAfterReply: !scene.server.closeAfterReply};
		}

		case 'half-close': {
			if (client) {
				return {type: 'half-close-client', pane: client.pane};
			}

			return typeof target === 'number' ? {type: 'half-close-connection', connection: target} : undefined;
		}

		default: {
			return undefined;
		}
	}
}

/** Note how much of a pane has been on screen, and let a pane that was scrolled back follow again at its end. */
function seeRows(state: ScreenState, pane: PaneId, end: number, total: number): ScreenState {
	const {seen, end: wanted} = paneState(state, pane);
	const follows = wanted === undefined || wanted >= total;
	return withPane(state, pane, {seen: Math.max(seen, end), end: follows ? undefined : wanted});
}
