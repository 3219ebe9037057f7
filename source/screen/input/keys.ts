import type {SceneView} from '../../engine/api/scene-view.ts';
import {bothColumns} from '../frame/layout.ts';
import type {PaneState} from '../state/screen-state.ts';
import {holdingOf} from '../words/panes/relay-words.ts';
import type {Words} from '../words/words.ts';
import type {KeyPress} from './decode/decode-key.ts';
import {
	canReopen, filesOf, isRelayPane, isServerOpen, type KeyContext, nextForm, nextLanguage, nextView,
	showsProgram, viewNames,
} from './key-context.ts';

/** A command that has a key, by its name in the key table; what it asks of the engine depends on the focused pane. */
export type CommandId = keyof Words['help']['commands'];

/** What commands are for: they stand together. */
export const commandGroups = ['see', 'change', 'sockets', 'more'] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** One entry of the key table: a command, and the letter that is pressed for it after Esc. */
export type KeyBinding = {
	readonly id: CommandId;
	readonly group: CommandGroup;
	/** As it is written; one of several is pressed where that is a range. */
	readonly letter: string;
	readonly letters?: readonly string[];
	/** What stands for it among all letters, where that is not the letter alone; empty where another stands for it. */
	readonly shown?: string;
	/** Whether the letters stay after it, since one presses it again. */
	readonly isRepeated?: boolean;
	/** Whether Ctrl and the letter does the same at once. The letters that terminals and line editing need do not. */
	readonly hasCtrl?: boolean;
	/** Whether it is there only where a relay stands in the server's place, or only elsewhere; both unless given. */
	readonly place?: 'relay' | 'server';
	/** What the key would do now, in a word or two; undefined where it would do nothing. */
	readonly label: (words: Words, context: KeyContext) => string | undefined;
};

/** A label for the focused pane, where that has a socket of one's own: a relay's sends nothing that is asked for. */
function ofSender(label: (words: Words, pane: PaneState, context: KeyContext) => string): KeyBinding['label'] {
	return (words, context) => context.pane && !isRelayPane(context) ? label(words, context.pane, context) : undefined;
}

/** THE key table. What keys do, the footer, the help and the readme all come from it. */
const groups: Readonly<Record<CommandGroup, Readonly<Partial<Record<CommandId, Omit<KeyBinding, 'id' | 'group'>>>>>> = {
	see: {
		view: {
			letter: 'v', shown: `v V 1–${viewNames.length}`, isRepeated: true, hasCtrl: true,
			label: ({keys, views}, {pane}) =>
				pane && (showsProgram(pane) ? keys.leaveProgram : keys.view(views.names[nextView(pane)])),
		},
		'view-back': {
			letter: 'V', shown: '', isRepeated: true,
			label: (words, {pane}) => pane && words.keys.view(words.views.names[nextView(pane, -1)]),
		},
		'view-number': {
			letter: `1–${viewNames.length}`, letters: viewNames.map((_, index) => String(index + 1)), shown: '',
			label: (words, {pane}) => pane && words.keys.viewNumber,
		},
		flow: {
			letter: 'f', hasCtrl: true,
			label: (words, {isFlowDocked}) => isFlowDocked ? words.keys.wholeFlow : words.keys.flow,
		},
		'both-scenes': {
			letter: 'c',
			label: ({keys}, {scene, state: {columns, isBothWanted}}) => scene.name === 'laboratory' || columns < bothColumns
				? undefined
				: (isBothWanted ? keys.oneScene : keys.bothScenes),
		},
		source: {
			letter: 's', hasCtrl: true,
			label: ofSender(({keys, views}, pane) => keys.source(views.languages[nextLanguage(pane)])),
		},
		payload: {
			letter: 'p', isRepeated: true, hasCtrl: true, label: words => words.keys.payload,
		},
		filter: {letter: '/', label: (words, {pane}) => pane && words.keys.filter},
		zoom: {
			letter: 'z',
			// A program has the whole screen in any case.
			label: ({keys}, {state, pane}) =>
				pane && showsProgram(pane) ? keys.form(nextForm(pane)) : (state.isZoomed ? keys.unzoom : keys.zoom),
		},
	},
	change: {
		'switch-protocol': {
			letter: 't', hasCtrl: true,
			label: (words, {protocol, scene}) =>
				scene.name === 'laboratory' ? undefined : words.keys.switchTo(protocol === 'udp' ? 'TCP' : 'UDP'),
		},
		hold: {
			letter: 'k', isRepeated: true, hasCtrl: true, place: 'relay',
			label: (words, {scene: {server}}) =>
				server?.relay && words.relay.keys.hold[holdingOf(server.relay.holding)],
		},
		held: {
			letter: 'r', hasCtrl: true, place: 'relay',
			label: (words, {scene: {server}}) => server?.relay && words.relay.keys.list,
		},
		'reply-rule': {
			letter: 'r', isRepeated: true, hasCtrl: true, place: 'server',
			label: (words, {scene}) => scene.server && words.keys.nextRule,
		},
		'keep-open': {
			letter: 'k', isRepeated: true, hasCtrl: true, place: 'server',
			label: ({keys}, {protocol, scene: {server}}) => protocol === 'tcp' && server
				? (server.closeAfterReply ? keys.keepOpen : keys.closeAfterReply)
				: undefined,
		},
		'line-ending': {letter: 'm', label: ofSender(({keys}) => keys.lineEnding)},
		'hex-input': {letter: 'y', label: ofSender(({keys}, {isHex}) => isHex ? keys.textInput : keys.hexInput)},
		settings: {letter: 'j', label: (words, {pane}) => pane && words.keys.settings},
		'link-conditions': {letter: 'l', hasCtrl: true, label: words => words.keys.link},
	},
	sockets: {
		'new-client': {
			letter: 'n', hasCtrl: true,
			label: (words, {scene}) => (scene.clients.length < scene.clientLimit ? words.keys.newClient : undefined),
		},
		'close-socket': {
			letter: 'x', hasCtrl: true,
			label(words, {protocol, scene, client}) {
				if (client) {
					return client.state.type === 'closed' ? words.keys.removePane : words.keys.closeSocket;
				}

				return protocol === 'tcp' && typeof scene.server?.target === 'number'
					? words.keys.closeConnection(scene.server.target)
					: undefined;
			},
		},
		'open-or-stop': {
			letter: 'o', hasCtrl: true,
			label(words, {protocol, scene, client}) {
				if (client) {
					const {connect, reconnect, openSocket} = words.keys;
					const open = protocol === 'udp' ? openSocket : (client.state.type === 'closed' ? connect : reconnect);
					return canReopen(client) ? open : undefined;
				}

				if (scene.server?.relay) {
					return isServerOpen(scene) ? words.relay.keys.stop : words.relay.keys.open;
				}

				return scene.server && (isServerOpen(scene) ? words.keys.stopServer : words.keys.openServer);
			},
		},
		address: {
			letter: 'a',
			label: ({keys}, {scene, client}) => (client ? keys.destination : scene.server && keys.serverAddress),
		},
		'half-close': {
			letter: 'd', hasCtrl: true,
			label(words, {protocol, scene, client}) {
				const canEnd = client
					? client.state.type === 'connected' && !client.state.isFinishing
					: typeof scene.server?.target === 'number';
				return protocol === 'tcp' && canEnd ? words.keys.halfClose : undefined;
			},
		},
		acts: {letter: 'b', label: ofSender(({keys}) => keys.acts)},
		file: {
			letter: 'u',
			label: ofSender(({keys}, _pane, context) => filesOf(context)?.sending ? keys.stopFile : keys.sendFile),
		},
	},
	more: {
		laboratory: {
			letter: 'e',
			label: (words, {scene}) => (scene.name === 'laboratory' ? words.keys.endExperiment : words.keys.laboratory),
		},
		lessons: {
			letter: 'g',
			label: ({keys, exercises}, {state, lesson}) =>
				state.exercising.run ? exercises.keys.menu : (lesson ? keys.lesson : keys.lessons),
		},
		hint: {
			letter: 'h',
			label: (words, {lesson}) => lesson && lesson.hints.length < lesson.hintCount ? words.keys.hint : undefined,
		},
		save: {
			letter: 'w',
			label: (words, {pane, lesson}) => lesson?.phase === 'finished' ? words.keys.saveReport : pane && words.keys.save,
		},
		help: {letter: '?', label: words => words.keys.help},
		quit: {letter: 'q', hasCtrl: true, label: words => words.keys.quit},
		type: {letter: 'i', label: words => words.keys.typing},
	},
};

/** Every command that has a key, in the order in which they are listed. */
export const keyBindings: readonly KeyBinding[] = commandGroups.flatMap(group =>
	Object.entries(groups[group]).map(([id, binding]) => ({...binding, id: id as CommandId, group})));

export const bindings = Object.fromEntries(keyBindings.map(binding => [binding.id, binding])) as
	Readonly<Record<CommandId, KeyBinding>>;

/** What is pressed for a command: `^V`, or `Esc v` where no chord does it. */
export function keyOf({letter, hasCtrl}: KeyBinding): string {
	return hasCtrl ? `^${letter.toUpperCase()}` : `Esc ${letter}`;
}

/**
The Latin letter on the key of a Hangul letter (KS X 5002, two-set layout): commands work whichever is switched on. The
last seven are typed with Shift.
*/
const hangulKeys = new Map([...'ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ'].map((jamo, index) => [
	jamo,
	'qwertyuiopasdfghjklzxcvbnmqwertop'[index] ?? '',
]));

/**
The Latin letter on a key pressed alone, whichever layout is switched on, full-width forms too; empty for a chord, and
for a key without a letter.
*/
export function letterOf({text, ctrl, alt}: Pick<KeyPress, 'text' | 'ctrl' | 'alt'>): string {
	return ctrl || alt ? '' : (hangulKeys.get(text) ?? text.normalize('NFKC').toLowerCase());
}

/**
Whether it is a Hangul letter: these mean the keys that they are on, but two of one kind are often a message (`ㅂㅂ`,
`ㅌㅌ`), so that none confirms what nothing undoes.
*/
export function isHangul(text: string): boolean {
	return hangulKeys.has(text);
}

/**
The command on a letter, pressed after Esc or with Alt. Capitals and Hangul letters are taken for the key that they are
on, where they have no command of their own.
*/
export function bindingOf(letter: string, scene?: SceneView): KeyBinding | undefined {
	const has = (wanted: string): KeyBinding | undefined => keyBindings.find(binding =>
		isIn(binding, scene) && (binding.letters?.includes(wanted) ?? binding.letter === wanted));
	return has(letter.normalize('NFKC')) ?? has(letterOf({text: letter, ctrl: false, alt: false}));
}

export function bindingOfChord({name, ctrl}: KeyPress, scene?: SceneView): KeyBinding | undefined {
	return ctrl
		? keyBindings.find(binding => binding.hasCtrl && binding.letter === name && isIn(binding, scene))
		: undefined;
}

/** Whether a command is there in a scene: some letters have another one where a relay stands in the server's place. */
export function isIn({place}: KeyBinding, scene: SceneView | undefined): boolean {
	return place === undefined || place === (scene?.server?.relay ? 'relay' : 'server');
}
