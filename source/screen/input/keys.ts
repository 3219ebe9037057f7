import type {Protocol} from '../../log/event.ts';
import type {ClientView, SceneView} from '../../engine/api/scene-view.ts';
import {type SourceLanguage, sourceLanguages} from '../../programs/languages.ts';
import {
	focusedPane, type PaneState, paneState, type PaneViewName, type ScreenState,
} from '../state/screen-state.ts';
import {viewKind, viewKinds} from '../panes/views.ts';
import type {Words} from '../words/words.ts';
import type {Key} from './key-decoder.ts';

/**
A command that has a key, by its name in the key table. What the engine is asked then, if anything, depends on the
focused pane.
*/
export type CommandId
	= | 'switch-protocol'
		| 'new-client'
		| 'close-socket'
		| 'open-or-stop'
		| 'reply-rule'
		| 'keep-open'
		| 'half-close'
		| 'acts'
		| 'link-conditions'
		| 'payload'
		| 'view'
		| 'zoom'
		| 'flow'
		| 'laboratory'
		| 'source'
		| 'filter'
		| 'save'
		| 'line-ending'
		| 'address'
		| 'help'
		| 'quit';

/** What the keys' meaning depends on. */
export type KeyContext = {
	readonly protocol: Protocol;
	readonly scene: SceneView;
	/** The focused client; undefined while the server has the focus. */
	readonly client: ClientView | undefined;
	/** What the focused pane shows; undefined where there is no pane. */
	readonly pane: PaneState | undefined;
	readonly isZoomed: boolean;
};

/** One entry of the key table: a command, and the letter that is pressed for it after Esc. */
export type KeyBinding = {
	readonly id: CommandId;
	readonly letter: string;
	/** Whether Ctrl and the letter does the same at once. The letters that terminals and line editing need do not. */
	readonly hasCtrl: boolean;
	/** What the key would do now, in a word or two; undefined where it would do nothing. */
	readonly label: (words: Words, context: KeyContext) => string | undefined;
};

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

/** THE key table. What keys do, the footer, the help and the readme all come from it. */
export const keyBindings: readonly KeyBinding[] = [
	{
		id: 'switch-protocol',
		letter: 't',
		hasCtrl: true,
		label: (words, {protocol, scene}) =>
			scene.name === 'laboratory' ? undefined : words.keys.switchTo(protocol === 'udp' ? 'TCP' : 'UDP'),
	},
	{
		id: 'new-client',
		letter: 'n',
		hasCtrl: true,
		label: (words, {scene}) => (scene.clients.length < scene.clientLimit ? words.keys.newClient : undefined),
	},
	{
		id: 'view',
		letter: 'v',
		hasCtrl: true,
		label: (words, {pane}) => pane && words.keys.view(words.views.names[nextView(pane)]),
	},
	{
		id: 'flow',
		letter: 'f',
		hasCtrl: true,
		label: words => words.keys.flow,
	},
	{
		id: 'laboratory',
		letter: 'e',
		hasCtrl: false,
		label: (words, {scene}) => (scene.name === 'laboratory' ? words.keys.endExperiment : words.keys.laboratory),
	},
	{
		id: 'source',
		letter: 's',
		hasCtrl: true,
		label: (words, {pane}) => pane && words.keys.source(words.views.languages[nextLanguage(pane)]),
	},
	{
		id: 'close-socket',
		letter: 'x',
		hasCtrl: true,
		label(words, {protocol, scene, client}) {
			if (client) {
				return client.state.type === 'closed' ? words.keys.removePane : words.keys.closeSocket;
			}

			return protocol === 'tcp' && typeof scene.server?.target === 'number'
				? words.keys.closeConnection(scene.server.target)
				: undefined;
		},
	},
	{
		id: 'open-or-stop',
		letter: 'o',
		hasCtrl: true,
		label(words, {protocol, scene, client}) {
			if (client && canReopen(client)) {
				return protocol === 'tcp'
					? (client.state.type === 'closed'
						? words.keys.connect
						: words.keys.reconnect)
					: words.keys.openSocket;
			}

			return scene.server && (isServerOpen(scene) ? words.keys.stopServer : words.keys.openServer);
		},
	},
	{
		id: 'reply-rule',
		letter: 'r',
		hasCtrl: true,
		label: (words, {scene}) => scene.server && words.keys.nextRule,
	},
	{
		id: 'keep-open',
		letter: 'k',
		hasCtrl: true,
		label: (words, {protocol, scene}) =>
			protocol === 'tcp' && scene.server
				? (scene.server.closeAfterReply
					? words.keys.keepOpen
					: words.keys.closeAfterReply)
				: undefined,
	},
	{
		id: 'half-close',
		letter: 'd',
		hasCtrl: true,
		label(words, {protocol, scene, client}) {
			if (protocol === 'udp') {
				return undefined;
			}

			if (client) {
				return client.state.type === 'connected' && !client.state.isFinishing
					? words.keys.halfClose
					: undefined;
			}

			return typeof scene.server?.target === 'number' ? words.keys.halfClose : undefined;
		},
	},
	{
		id: 'acts',
		letter: 'b',
		hasCtrl: false,
		label: (words, {pane}) => pane && words.keys.acts,
	},
	{
		id: 'link-conditions',
		letter: 'l',
		hasCtrl: true,
		label: words => words.keys.link,
	},
	{
		id: 'payload',
		letter: 'p',
		hasCtrl: true,
		label: words => words.keys.payload,
	},
	{
		id: 'save',
		letter: 'w',
		hasCtrl: false,
		label: (words, {pane}) => pane && words.keys.save,
	},
	{
		id: 'filter',
		letter: '/',
		hasCtrl: false,
		label: (words, {pane}) => pane && words.keys.filter,
	},
	{
		id: 'zoom',
		letter: 'z',
		hasCtrl: false,
		label: (words, {isZoomed, pane}) =>
			pane && viewKind(pane.view).isProgram ? undefined : (isZoomed ? words.keys.unzoom : words.keys.zoom),
	},
	{
		id: 'line-ending',
		letter: 'm',
		hasCtrl: false,
		label: words => words.keys.lineEnding,
	},
	{
		id: 'address',
		letter: 'a',
		hasCtrl: false,
		label: (words, {scene, client}) => (client ? words.keys.destination : scene.server && words.keys.serverAddress),
	},
	{
		id: 'help',
		letter: '?',
		hasCtrl: false,
		label: words => words.keys.help,
	},
	{
		id: 'quit',
		letter: 'q',
		hasCtrl: true,
		label: words => words.keys.quit,
	},
];

/** The view after the pane's own; after a program come the messages. */
export function nextView({view}: PaneState): PaneViewName {
	const names = Object.keys(viewKinds) as PaneViewName[];
	const walk = names.filter(name => !viewKind(name).isProgram);
	return walk[(walk.indexOf(view) + 1) % walk.length] ?? view;
}

/** The language that the key for the program would show: the next one, or, where none is shown, the last. */
export function nextLanguage({view, language}: PaneState): SourceLanguage {
	return viewKind(view).isProgram
		? (sourceLanguages[(sourceLanguages.indexOf(language) + 1) % sourceLanguages.length] ?? 'python')
		: language;
}

/** Whether `o` in this client's pane opens its socket again. */
export function canReopen({state}: ClientView): boolean {
	return state.type === 'closed' || (state.type === 'connected' && (state.hasReceivedFin || state.isFinishing));
}

/** Whether the server's own socket is open or being opened, so that `o` stops it. */
export function isServerOpen({server}: SceneView): boolean {
	return server?.state.type === 'open' || server?.state.type === 'opening';
}

/**
The Latin letter on the key of a Hangul letter (KS X 5002, two-set layout): commands work whichever is switched on.
*/
const hangulKeys = new Map([...'ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ'].map((jamo, index) => [
	jamo,
	'qwertyuiopasdfghjklzxcvbnm'[index] ?? '',
]));

/**
The Latin letter on a key pressed alone, whichever layout is switched on; empty for a chord, and for a key without a
letter.
*/
export function letterOf({
	text,
	ctrl,
	alt,
}: {
	readonly text: string;
	readonly ctrl: boolean;
	readonly alt: boolean;
}): string {
	return ctrl || alt ? '' : (hangulKeys.get(text) ?? text.toLowerCase());
}

/**
The command on a letter, pressed after Esc or with Alt: upper case and Hangul letters are taken for the key that they
are on.
*/
export function bindingOf(letter: string): KeyBinding | undefined {
	const latin = letterOf({text: letter, ctrl: false, alt: false});
	return keyBindings.find(binding => binding.letter === latin);
}

/** The command of Ctrl and a letter, or of Alt and a letter, which terminals send as Esc and the letter. */
export function bindingOfChord({name, ctrl, alt, sequence}: Extract<Key, {type: 'key'}>): KeyBinding | undefined {
	if (ctrl) {
		return keyBindings.find(({hasCtrl, letter}) => hasCtrl && letter === name);
	}

	return alt && [...sequence].length === 2 ? bindingOf(sequence.slice(1)) : undefined;
}
