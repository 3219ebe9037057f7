import type {Protocol} from '../../log/event.ts';
import type {LessonRunView} from '../../engine/api/lesson.ts';
import type {
	ClientView, FilesView, SceneView,
} from '../../engine/api/scene-view.ts';
import {type ListingForm, type SourceLanguage, sourceLanguages} from '../../programs/languages.ts';
import {
	focusedPane, type PaneState, paneState, type PaneViewName, type ScreenState,
} from '../state/screen-state.ts';
import {openRun} from '../state/learning.ts';
import type {Hint} from '../frame/hints.ts';
import {bothColumns, dockColumns} from '../frame/layout.ts';
import {viewKind, viewKinds} from '../panes/views.ts';
import {holdingOf} from '../words/panes/relay-en.ts';
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
		| 'hold'
		| 'held'
		| 'keep-open'
		| 'half-close'
		| 'acts'
		| 'file'
		| 'link-conditions'
		| 'payload'
		| 'view'
		| 'view-back'
		| 'view-number'
		| 'zoom'
		| 'flow'
		| 'both-scenes'
		| 'laboratory'
		| 'lessons'
		| 'hint'
		| 'source'
		| 'filter'
		| 'save'
		| 'line-ending'
		| 'hex-input'
		| 'settings'
		| 'address'
		| 'help'
		| 'quit'
		| 'type';

/** What commands are for: they stand together. */
export const commandGroups = ['see', 'change', 'sockets', 'more'] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** What the keys' meaning depends on. */
export type KeyContext = {
	readonly protocol: Protocol;
	readonly scene: SceneView;
	/** The focused client; undefined while the server has the focus. */
	readonly client: ClientView | undefined;
	/** What the focused pane shows; undefined where there is no pane. */
	readonly pane: PaneState | undefined;
	readonly isZoomed: boolean;
	/** Whether the flow diagram stands beside the panes. */
	readonly isFlowDocked: boolean;
	/** Whether the scenes of both protocols can stand side by side in this window, and whether they do. */
	readonly canShowBoth: boolean;
	readonly isBothWanted: boolean;
	/** The lesson that is open. */
	readonly lesson: LessonRunView | undefined;
	/** Whether an exercise is shown. */
	readonly isExercise: boolean;
};

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
	readonly hasCtrl: boolean;
	/** Whether it is there only where a relay stands in the server's place, or only elsewhere; both unless given. */
	readonly place?: 'relay' | 'server';
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
		isFlowDocked: dockColumns(state) > 0,
		canShowBoth: state.columns >= bothColumns,
		isBothWanted: state.isBothWanted,
		lesson: openRun(state.learning),
		isExercise: state.exercising.run !== undefined,
	};
}

/** Every way to show a pane, in the order of their numbers. */
const viewNames = Object.keys(viewKinds) as PaneViewName[];

/** THE key table. What keys do, the footer, the help and the readme all come from it. */
export const keyBindings: readonly KeyBinding[] = [
	{
		id: 'view',
		group: 'see',
		letter: 'v',
		shown: `v V 1–${viewNames.length}`,
		isRepeated: true,
		hasCtrl: true,
		label: (words, {pane}) => pane && (
			viewKind(pane.view).isProgram ? words.keys.leaveProgram : words.keys.view(words.views.names[nextView(pane)])
		),
	},
	{
		id: 'view-back',
		group: 'see',
		letter: 'V',
		shown: '',
		isRepeated: true,
		hasCtrl: false,
		label: (words, {pane}) => pane && words.keys.view(words.views.names[nextView(pane, -1)]),
	},
	{
		id: 'view-number',
		group: 'see',
		letter: `1–${viewNames.length}`,
		letters: viewNames.map((_, index) => String(index + 1)),
		shown: '',
		hasCtrl: false,
		label: (words, {pane}) => pane && words.keys.viewNumber,
	},
	{
		id: 'flow',
		group: 'see',
		letter: 'f',
		hasCtrl: true,
		label: (words, {isFlowDocked}) => isFlowDocked ? words.keys.wholeFlow : words.keys.flow,
	},
	{
		id: 'both-scenes',
		group: 'see',
		letter: 'c',
		hasCtrl: false,
		label: (words, {scene, canShowBoth, isBothWanted}) => scene.name === 'laboratory' || !canShowBoth
			? undefined
			: (isBothWanted ? words.keys.oneScene : words.keys.bothScenes),
	},
	{
		id: 'source',
		group: 'see',
		letter: 's',
		hasCtrl: true,
		label: (words, context) => context.pane && !isRelayPane(context)
			? words.keys.source(words.views.languages[nextLanguage(context.pane)])
			: undefined,
	},
	{
		id: 'payload',
		group: 'see',
		letter: 'p',
		isRepeated: true,
		hasCtrl: true,
		label: words => words.keys.payload,
	},
	{
		id: 'filter',
		group: 'see',
		letter: '/',
		hasCtrl: false,
		label: (words, {pane}) => pane && words.keys.filter,
	},
	{
		id: 'zoom',
		group: 'see',
		letter: 'z',
		hasCtrl: false,
		label: (words, {isZoomed, pane}) =>
			// A program has the whole screen in any case.
			pane && viewKind(pane.view).isProgram
				? words.keys.form(nextForm(pane))
				: (isZoomed ? words.keys.unzoom : words.keys.zoom),
	},
	{
		id: 'switch-protocol',
		group: 'change',
		letter: 't',
		hasCtrl: true,
		label: (words, {protocol, scene}) =>
			scene.name === 'laboratory' ? undefined : words.keys.switchTo(protocol === 'udp' ? 'TCP' : 'UDP'),
	},
	{
		id: 'hold',
		group: 'change',
		letter: 'k',
		isRepeated: true,
		hasCtrl: true,
		place: 'relay',
		label: (words, {scene: {server}}) =>
			server?.relay && words.relay.keys.hold[holdingOf(server.relay.holding)],
	},
	{
		id: 'held',
		group: 'change',
		letter: 'r',
		hasCtrl: true,
		place: 'relay',
		label: (words, {scene: {server}}) => server?.relay && words.relay.keys.list,
	},
	{
		id: 'reply-rule',
		group: 'change',
		letter: 'r',
		isRepeated: true,
		hasCtrl: true,
		place: 'server',
		label: (words, {scene}) => scene.server && words.keys.nextRule,
	},
	{
		id: 'keep-open',
		group: 'change',
		letter: 'k',
		isRepeated: true,
		hasCtrl: true,
		place: 'server',
		label: (words, {protocol, scene}) =>
			protocol === 'tcp' && scene.server
				? (scene.server.closeAfterReply
					? words.keys.keepOpen
					: words.keys.closeAfterReply)
				: undefined,
	},
	{
		id: 'line-ending',
		group: 'change',
		letter: 'm',
		hasCtrl: false,
		label: (words, context) => isRelayPane(context) ? undefined : words.keys.lineEnding,
	},
	{
		id: 'hex-input',
		group: 'change',
		letter: 'y',
		hasCtrl: false,
		label: (words, context) => context.pane && !isRelayPane(context)
			? (context.pane.isHex ? words.keys.textInput : words.keys.hexInput)
			: undefined,
	},
	{
		id: 'settings',
		group: 'change',
		letter: 'j',
		hasCtrl: false,
		label: (words, {pane}) => pane && words.keys.settings,
	},
	{
		id: 'link-conditions',
		group: 'change',
		letter: 'l',
		hasCtrl: true,
		label: words => words.keys.link,
	},
	{
		id: 'new-client',
		group: 'sockets',
		letter: 'n',
		hasCtrl: true,
		label: (words, {scene}) => (scene.clients.length < scene.clientLimit ? words.keys.newClient : undefined),
	},
	{
		id: 'close-socket',
		group: 'sockets',
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
		group: 'sockets',
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

			if (scene.server?.relay) {
				return isServerOpen(scene) ? words.relay.keys.stop : words.relay.keys.open;
			}

			return scene.server && (isServerOpen(scene) ? words.keys.stopServer : words.keys.openServer);
		},
	},
	{
		id: 'address',
		group: 'sockets',
		letter: 'a',
		hasCtrl: false,
		label: (words, {scene, client}) => (client ? words.keys.destination : scene.server && words.keys.serverAddress),
	},
	{
		id: 'half-close',
		group: 'sockets',
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
		group: 'sockets',
		letter: 'b',
		hasCtrl: false,
		label: (words, context) => context.pane && !isRelayPane(context) ? words.keys.acts : undefined,
	},
	{
		id: 'file',
		group: 'sockets',
		letter: 'u',
		hasCtrl: false,
		label: (words, context) => context.pane && !isRelayPane(context)
			? (filesOf(context)?.sending ? words.keys.stopFile : words.keys.sendFile)
			: undefined,
	},
	{
		id: 'laboratory',
		group: 'more',
		letter: 'e',
		hasCtrl: false,
		label: (words, {scene}) => (scene.name === 'laboratory' ? words.keys.endExperiment : words.keys.laboratory),
	},
	{
		id: 'lessons',
		group: 'more',
		letter: 'g',
		hasCtrl: false,
		label: (words, {lesson, isExercise}) => isExercise
			? words.exercises.keys.menu
			: (lesson ? words.keys.lesson : words.keys.lessons),
	},
	{
		id: 'hint',
		group: 'more',
		letter: 'h',
		hasCtrl: false,
		label: (words, {lesson}) => lesson && lesson.hints.length < lesson.hintCount ? words.keys.hint : undefined,
	},
	{
		id: 'save',
		group: 'more',
		letter: 'w',
		hasCtrl: false,
		label: (words, {pane, lesson}) => lesson?.phase === 'finished' ? words.keys.saveReport : pane && words.keys.save,
	},
	{
		id: 'help',
		group: 'more',
		letter: '?',
		hasCtrl: false,
		label: words => words.keys.help,
	},
	{
		id: 'quit',
		group: 'more',
		letter: 'q',
		hasCtrl: true,
		label: words => words.keys.quit,
	},
	{
		id: 'type',
		group: 'more',
		letter: 'i',
		hasCtrl: false,
		label: words => words.keys.typing,
	},
];

/** Whether a relay's pane has the focus: it sends nothing of its own, and no program is written for it. */
export function isRelayPane({scene, client}: Pick<KeyContext, 'scene' | 'client'>): boolean {
	return !client && scene.server?.relay !== undefined;
}

/** The files that the focused pane sends and receives. */
export function filesOf({client, scene}: Pick<KeyContext, 'client' | 'scene'>): FilesView | undefined {
	return client ? client.files : scene.server?.files;
}

/** What there is to do in a pane in which nothing has been sent or received yet. */
export function firstSteps(
	scene: SceneView,
	client: ClientView | undefined,
	pane: PaneState,
	{firstSteps: words, views}: Words,
): Hint[] {
	const {protocol} = scene;
	const keyOfCommand = (wanted: CommandId): string =>
		keyBindings.filter(({id}) => id === wanted).map(binding => keyOf(binding)).join('');
	const isOpen = client ? client.state.type !== 'closed' : isServerOpen(scene);
	const steps: ReadonlyArray<readonly [CommandId, string] | undefined> = [
		isOpen && !client && scene.clients.length === 0 ? ['new-client', words.newClient] : undefined,
		isOpen && !client && scene.server?.relay ? ['hold', words.hold] : undefined,
		// Many servers elsewhere read lines, and would wait for the end of one.
		!scene.server && protocol === 'tcp' && pane.ending === 'none' ? ['line-ending', words.lineEnding] : undefined,
		['view', views.names[nextView(pane)]],
		['flow', words.flow],
		scene.name === 'laboratory' ? undefined : ['switch-protocol', protocol === 'udp' ? 'TCP' : 'UDP'],
	];
	const canType = isOpen && scene.clients.length > 0 && client?.state.type !== 'connecting';
	return [
		...(canType ? [{key: '', label: client ? words.type : words.typeInClient}] : []),
		...steps.flatMap(step => step ? [{key: keyOfCommand(step[0]), label: step[1]}] : []),
	];
}

/** What is pressed for a command: `^V`, or `Esc v` where no chord does it. */
export function keyOf({letter, hasCtrl}: KeyBinding): string {
	return hasCtrl ? `^${letter.toUpperCase()}` : `Esc ${letter}`;
}

/** The view after the pane's own (1), or before it (-1); after a program come the messages, either way. */
export function nextView({view}: PaneState, step: 1 | -1 = 1): PaneViewName {
	const walk = viewNames.filter(name => !viewKind(name).isProgram);
	const at = walk.indexOf(view);
	return (at === -1 ? walk[0] : walk[(at + step + walk.length) % walk.length]) ?? view;
}

/** The view that a digit shows. */
export function viewOfDigit(digit: string): PaneViewName | undefined {
	return viewNames[Number(digit) - 1];
}

/** The language that the key for the program would show: the next one, or, where none is shown, the last. */
export function nextLanguage({view, language}: PaneState): SourceLanguage {
	return viewKind(view).isProgram
		? (sourceLanguages[(sourceLanguages.indexOf(language) + 1) % sourceLanguages.length] ?? 'python')
		: language;
}

/** The form of the program that the key for it would show. */
export function nextForm({form}: PaneState): ListingForm {
	return form === 'short' ? 'full' : 'short';
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
export function letterOf({
	text,
	ctrl,
	alt,
}: {
	readonly text: string;
	readonly ctrl: boolean;
	readonly alt: boolean;
}): string {
	return ctrl || alt ? '' : (hangulKeys.get(text) ?? text.normalize('NFKC').toLowerCase());
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

/** The command of Ctrl and a letter. */
export function bindingOfChord(
	{name, ctrl}: Extract<Key, {type: 'key'}>,
	scene?: SceneView,
): KeyBinding | undefined {
	return ctrl
		? keyBindings.find(binding => binding.hasCtrl && binding.letter === name && isIn(binding, scene))
		: undefined;
}

/** Whether a command is there in a scene: some letters have another one where a relay stands in the server's place. */
export function isIn({place}: KeyBinding, scene: SceneView | undefined): boolean {
	return place === undefined || place === (scene?.server?.relay ? 'relay' : 'server');
}
