import type {FlowView, PayloadView} from '../../source/engine/api/overlay-view.ts';
import type {PaneView} from '../../source/engine/api/pane-view.ts';
import type {SceneView} from '../../source/engine/api/scene-view.ts';
import {
	type Mode, newPaneState, type PaneState, type PaneViewName, type ScreenState,
} from '../../source/screen/state/screen-state.ts';
import {seriesView} from './series-view.ts';
import {
	clientView, row, sceneView, screenState, serverAddress, serverView,
} from './terminal-scene.ts';

const local = {host: '127.0.0.1', port: 40_000};
const none = {count: 0, bytes: 0};
const select = {type: 'select', pane: 2, ordinal: 2} as const;
const place = {row: 'loss', column: 'both'} as const;

/** The mode of this type, where one member of the union has several. */
export type ModeOf<Type extends Mode['type']> = Mode & {readonly type: Type};

/** Every mode that the screen can be in, at least once. */
export const everyMode: {readonly [Type in Mode['type']]: readonly [ModeOf<Type>, ...ReadonlyArray<ModeOf<Type>>]} = {
	typing: [{type: 'typing'}],
	commands: [{type: 'commands'}, {type: 'commands', notice: 'no command on \'9\''}],
	help: [{type: 'help', top: 0}, {type: 'help', top: 1000}],
	address: [{
		type: 'address', pane: 'server', value: 'x', isReady: true,
	}],
	filter: [{
		type: 'filter', pane: 2, value: 'x', isReady: true, problem: 'wrong',
	}],
	select: [select],
	payload: [{
		type: 'payload', sequence: 7, from: 0, back: select, notice: 'copied',
	}],
	flow: [{type: 'flow', ends: []}, {type: 'flow', ends: [3], notice: 'saved'}],
	acts: [{type: 'acts', page: 'menu', selected: 3}, {
		type: 'acts', page: 'menu', selected: 3, notice: 'a reason',
	}, {type: 'acts', page: 'report', selected: 0}],
	series: [{
		type: 'series', kind: 'burst', pane: 2, value: '', isReady: true,
	}],
	link: [{type: 'link', place}, {type: 'link', place: {row: 'preset', column: 'to-server'}, notice: 'a reason'}],
	'link-value': [{
		type: 'link-value', place, value: '3', isReady: true, problem: 'wrong',
	}],
	'link-seed': [{
		type: 'link-seed', place, value: '', isReady: true,
	}],
	laboratory: [{type: 'laboratory', chosen: 15, notice: 'a reason'}],
};

const flow: FlowView = {
	type: 'flow',
	scene: 'tcp',
	header: [[{text: 'client 1', tone: 'strong'}], [{text: ':40000', tone: 'dim'}]],
	lines: Array.from({length: 30}, (_, index) => [{text: `step ${index}`, tone: 'plain' as const}]),
	older: {step: 2, page: 1},
	hiddenLanes: 2,
	hiddenSteps: 1,
};

const payload: PayloadView = {
	type: 'payload',
	sequence: 7,
	pane: 2,
	row: row({type: 'chunk-received', peer: serverAddress, length: 9}),
	page: {
		lines: [[{text: '0000  61', tone: 'plain'}]], from: 0, totalLines: 50, bytesPerLine: 1, start: 0, end: 1, kept: 5, length: 9, isWhole: false,
		utf8: {
			characters: 5, invalid: 0, cut: 0, isValid: true,
		},
	},
};

function rowsView(pane: number, kind: 'messages' | 'calls' | 'bytes'): PaneView {
	const rows = [
		row({type: 'bound', local}),
		row({
			type: 'chunk-sent', length: 5, payload: String.raw`he\nllo`, number: 1, far: {pane: 1, socket: 1},
		}),
		row({
			type: 'chunk-received', length: 5, payload: 'HELLO', elapsed: 1.5, writes: 2,
		}),
		row({
			type: 'send-failed', length: 5, payload: 'hello', failure: {code: 'EPIPE', syscall: 'write', message: 'broken pipe'},
		}),
		row({
			type: 'chunk-sent', length: 400, dump: ['68 65 6c 6c 6f  hello'], payload: '',
		}),
	].map((each, index) => ({
		...each,
		sequence: index,
		...(kind === 'calls' && {
			calls: [{
				name: 'send' as const, text: 'send(b\'hello\') → 5', isFailed: index === 3,
			}],
		}),
		...(kind === 'bytes' && {
			ledger: {
				parts: [], missing: 5, more: 0, isOver: false, offset: 0, pieces: [{number: 1, text: 'hello'}],
			},
		}),
	}));
	return {
		type: 'rows', pane, kind, rows, end: 5, total: 9, first: 0,
	};
}

/** What fills a pane, for each of its views. */
export function paneViewOf(pane: number, view: PaneViewName): PaneView {
	switch (view) {
		case 'sockets': {
			return {
				type: 'sockets', pane, from: 0, total: 9, isFromKernel: true, rows: Array.from({length: 4}, (_, index) => ({
					role: 'connection' as const, number: index, local: serverAddress, peer: local, state: 'ESTABLISHED', isClosed: false, waiting: 0,
				})),
			};
		}

		case 'source': {
			return {
				type: 'source', pane, language: 'python', fileName: 'tcp_client.py', lines: ['one', '\ttwo', 'three'], marks: [1], lastCall: undefined,
			};
		}

		case 'messages':
		case 'calls':
		case 'bytes': {
			return rowsView(pane, view);
		}

		default: {
			return view satisfies never;
		}
	}
}

/** A TCP scene in which every part of the screen has something to show. */
export function fullScene(changes: Partial<SceneView> = {}): SceneView {
	return sceneView({
		protocol: 'tcp',
		name: 'tcp',
		server: serverView({
			target: 4, peerCount: 1, peersEver: 1, peers: [{
				number: 4, address: local, received: none, sent: none, connection: {
					local: serverAddress, state: 'ESTABLISHED', waiting: 9, onTheLink: 3, isPaused: true, isReadingStopped: false,
				},
			}],
		}),
		clients: [clientView(1, {
			type: 'connected', local, peer: serverAddress, isFinishing: false, hasSentFin: false, hasReceivedFin: false,
		}, {
			total: 9,
			series: seriesView(false),
			rateSummary: {
				messagesLine: '▁▃▇', bytesLine: '▁▃▇', messages: 3, bytes: 9, roundTrip: {last: 1, median: 1, p99: 2},
			},
		}), clientView(2, {type: 'unbound'})],
		...changes,
	});
}

/** The laboratory's scene, with an experiment. */
export function laboratoryScene(): SceneView {
	return fullScene({
		name: 'laboratory', experiment: {
			name: 'tcp-refused', isDone: true, outcome: 'caused', facts: {},
		},
	});
}

/** The screen with a scene, in a mode, with this view in every pane. */
export function fullState(scene: SceneView, changes: Partial<ScreenState> = {}, view: PaneViewName = 'messages'): ScreenState {
	const pane: PaneState = {...newPaneState, view};
	const panes = [1, 2, 3];
	return screenState(scene, {
		isExperimenting: scene.name === 'laboratory',
		focus: {[scene.name]: 2},
		panes: new Map(panes.map(each => [each, pane])),
		views: new Map(panes.map(each => [each, paneViewOf(each, view)])),
		flow: {...flow, scene: scene.name},
		payload,
		...changes,
	});
}
