import type {FlowView, PaneView} from '../../source/engine/api/view.ts';
import type {PayloadView} from '../../source/views/payload.ts';
import type {LedgerRow} from '../../source/views/ledger.ts';
import type {Row, RowsView} from '../../source/views/rows.ts';
import type {SceneView} from '../../source/engine/api/scene-view.ts';
import type {
	FlowFate, FlowKind, FlowLane, FlowLaneId, FlowStep,
} from '../../source/flow/step.ts';
import type {Mode, ModeOf} from '../../source/screen/overlays/modes.ts';
import {
	newPaneState, type PaneState, type PaneViewName, type ScreenState,
} from '../../source/screen/state/screen-state.ts';
import {emptyDraft} from '../../source/screen/input/line/draft.ts';
import {countText, utf8Reading} from '../../source/text/encoding/codec.ts';
import {encodeUtf8} from '../../source/text/encoding/utf8.ts';
import type {Call} from '../../source/log/calls/calls.ts';
import {draftOf} from './draft-of.ts';
import {seriesView} from './series-view.ts';
import {
	clientAddress as local, clientView, connected, connectedPeer, row, sceneView, screenState, serverAddress,
	serverView,
} from './terminal-scene.ts';

const select = {type: 'select', pane: 2, ordinal: 2} as const;
const place = {row: 'loss', column: 'both'} as const;

/** Every mode that the screen can be in, at least once. */
export const everyMode: {readonly [Type in Mode['type']]: readonly [ModeOf<Type>, ...ReadonlyArray<ModeOf<Type>>]} = {
	typing: [{type: 'typing'}],
	commands: [{type: 'commands'}, {type: 'commands', notice: 'no command on \'9\''}],
	'help-page': [{type: 'help-page', top: 0}, {type: 'help-page', top: 1000}],
	'address-prompt': [{
		type: 'address-prompt', pane: 'server', draft: draftOf('x'),
	}],
	'file-prompt': [{
		type: 'file-prompt', pane: 2, draft: draftOf('~/x'), names: ['x.bin', 'x/'],
	}],
	'filter-prompt': [{
		type: 'filter-prompt', pane: 2, draft: draftOf('x'), problem: 'wrong',
	}],
	select: [select],
	'whole-payload': [{
		type: 'whole-payload', sequence: 7, from: 0, back: select, notice: 'copied',
	}],
	'flow-diagram': [{type: 'flow-diagram', ends: []}, {type: 'flow-diagram', ends: [3], notice: 'saved'}],
	'acts-menu': [{type: 'acts-menu', page: 'menu', selected: 3}, {
		type: 'acts-menu', page: 'menu', selected: 3, notice: 'a reason',
	}, {type: 'acts-menu', page: 'report', selected: 0}],
	'series-prompt': [{
		type: 'series-prompt', kind: 'burst', pane: 2, draft: emptyDraft,
	}],
	'link-panel': [{type: 'link-panel', place}, {type: 'link-panel', place: {row: 'preset', column: 'to-server'}, notice: 'a reason'}],
	'link-value': [{
		type: 'link-value', place, draft: draftOf('3'), problem: 'wrong',
	}],
	'link-seed': [{
		type: 'link-seed', place, draft: emptyDraft,
	}],
	'settings-panel': [{type: 'settings-panel', chosen: undefined}, {type: 'settings-panel', chosen: 'ending', notice: 'a reason'}],
	'setting-value': [{
		type: 'setting-value', chosen: 'ending', draft: draftOf('3'), problem: 'wrong',
	}],
	'held-list': [{type: 'held-list'}, {type: 'held-list', chosen: 2, notice: 'a reason'}],
	'held-edit': [{
		type: 'held-edit', held: 2, isHex: true, lead: 0, range: {least: 1, most: 8192}, draft: draftOf('6'), problem: 'wrong',
	}],
	'save-menu': [{type: 'save-menu'}],
	'experiment-list': [{type: 'experiment-list', chosen: 15, notice: 'a reason'}],
	'lesson-list': [{type: 'lesson-list', chosen: undefined}, {type: 'lesson-list', chosen: 3, notice: 'a reason'}],
	'lesson-menu': [{type: 'lesson-menu'}, {type: 'lesson-menu', notice: 'a reason'}],
	'exercise-run': [{type: 'exercise-run'}, {type: 'exercise-run', notice: 'a reason'}],
	'exercise-prompt': [{type: 'exercise-prompt', exercise: 'udp-echo-server', draft: draftOf('x')}],
	'lesson-question': [{type: 'lesson-question'}, {type: 'lesson-question', problem: 'a reason'}],
};

/** Each kind of step of a flow diagram: between which lanes it is drawn, and how the arrow ends. */
const stepKinds: Readonly<Record<FlowKind, readonly [from: FlowLaneId, to?: FlowLaneId, fate?: FlowFate]>> = {
	'listening-started': ['server'],
	connect: ['client:2', 'server', 'arrived'],
	connected: ['server', 'client:2', 'arrived'],
	ack: ['client:2', 'server', 'arrived'],
	unreachable: ['server', 'client:2', 'arrived'],
	accept: ['server', 'connection:4', 'arrived'],
	reject: ['server', 'client:3', 'refused'],
	chunk: ['client:2', 'connection:4', 'arrived'],
	datagram: ['client:3', 'connection:5', 'under-way'],
	unsent: ['client:2', 'connection:4', 'lost'],
	fin: ['connection:4', 'client:2', 'discarded'],
	reset: ['client:2', 'connection:4', 'left'],
	'socket-bound': ['client:2'],
	'bind-failed': ['server'],
	'listen-failed': ['server'],
	'connect-failed': ['client:2'],
	'socket-closed': ['connection:4'],
	'socket-failed': ['client:2'],
	'backpressure-started': ['client:2'],
	'backpressure-ended': ['client:2'],
	'send-refused': ['client:2'],
	'peer-set': ['client:2'],
	'reading-stopped': ['client:2'],
	'reading-resumed': ['client:2'],
	'message-held': ['connection:4'],
	'held-edited': ['connection:4'],
	'held-released': ['connection:4'],
	'held-dropped': ['connection:4'],
	'link-changed': ['server'],
	'loss-ordered': ['server'],
	'series-started': ['client:2'],
	'series-ended': ['client:2'],
};

/** A step of each kind, one event each. */
const steps = (Object.keys(stepKinds) as FlowKind[]).map((kind, sequence): FlowStep => {
	const [from, to, fate = 'arrived'] = stepKinds[kind];
	const moment = {time: 1000 * sequence, sequence};
	return {
		kind,
		from: {lane: from, ...moment},
		...(to !== undefined && {to: {lane: to, fate, ...moment}}),
		sequence,
		first: sequence,
		time: moment.time,
		took: 0,
		length: 5,
		bytes: encodeUtf8('hello'),
		count: 1,
		hasMore: false,
		isSecond: false,
	};
});

function lane(id: FlowLaneId, type: FlowLane['type'], more: Partial<FlowLane> = {}): FlowLane {
	return {
		id, type, ports: [], hasMorePorts: false, ...more,
	};
}

/** With more steps than a window of 24 rows shows, and more lanes than one of 80 columns. */
const flow: FlowView = {
	type: 'flow',
	scene: 'tcp',
	protocol: 'tcp',
	focus: 'client:2',
	steps,
	lanes: [
		lane('client:2', 'client', {number: 1, ports: [40_000], hasMorePorts: true}),
		lane('client:3', 'client', {number: 2}),
		lane('peer:127.0.0.1:5555', 'peer'),
		lane('server', 'welcoming', {ports: [12_000]}),
		lane('connection:4', 'connection', {number: 4, ports: [12_000], peerPort: 40_000}),
		lane('connection:5', 'connection', {number: 5, ports: [12_000], peerPort: 5555}),
	],
	oldest: 0,
	isWhole: true,
	dropped: 3,
	details: {
		first: 6,
		source: local,
		destination: serverAddress,
		header: {
			type: 'tcp', flags: 'PSH+ACK', length: 5, offset: 0,
		},
		sent: 6000,
		arrived: 6000.5,
		count: 1,
		capture: 'tshark -i lo -f "tcp port 40000 and tcp port 12000"',
	},
};

/** Text of ASCII and Hangul with an escape and a byte that is no UTF-8, in 50 lines of 8 bytes. */
const payloadBytes = Buffer.concat([
	encodeUtf8('a\u{1B}한 '),
	Uint8Array.of(0xFF),
	encodeUtf8('가나'.repeat(100)),
]).subarray(0, 400);

const payload: PayloadView = {
	type: 'payload',
	sequence: 7,
	pane: 2,
	row: row({type: 'chunk-received', peer: serverAddress, length: 409}),
	part: {
		offset: 0, start: 0, bytes: payloadBytes, kept: 400, length: 409, text: countText(payloadBytes, utf8Reading),
	},
};

function rowsView(pane: number, kind: 'messages' | 'calls' | 'bytes'): RowsView {
	const rows = [
		row({type: 'socket-bound', local}),
		row({
			type: 'chunk-sent', payload: 'he\nllo', number: 1, far: {pane: 1, socket: 1},
		}),
		row({
			type: 'chunk-received', payload: 'HELLO', number: 1, far: {pane: 1, socket: 1}, elapsed: 1.5, writes: 2,
		}),
		row({
			type: 'send-failed', payload: 'hello', failure: {code: 'EPIPE', syscall: 'write', message: 'broken pipe'},
		}),
		row({type: 'chunk-sent', payload: 'hello'.repeat(80)}),
	].map((each, index) => ({
		...each,
		sequence: index,
		...(kind === 'calls' && {calls: [callOf(index === 3)]}),
		...(kind === 'bytes' && each.type.startsWith('chunk-') && {ledger: ledgerOf(each)}),
	}));
	return {
		type: 'rows', pane, kind, rows, end: 5, total: 9, first: 0,
	};
}

function callOf(isFailed: boolean): Call {
	return {name: 'send', arguments: [{bytes: 5}], ...(isFailed ? {error: 'EPIPE'} : {result: [5]})};
}

/** A read has its bytes from one write; where those of a write went is not known. */
function ledgerOf({type, length = 0}: Row): LedgerRow {
	const part = {
		number: 1, from: 0, length, whole: length,
	};
	return {
		...(type === 'chunk-received' ? {parts: [part], missing: 0} : {parts: [], missing: length}),
		more: 0,
		isOver: false,
		offset: 0,
	};
}

/** What fills a pane, for each of its views. */
export function paneViewOf(pane: number, view: PaneViewName): PaneView {
	switch (view) {
		case 'socket-view': {
			return {
				type: 'sockets',
				pane,
				from: 0,
				total: 9,
				isFromKernel: true,
				rows: Array.from({length: 4}, (_, index) => ({
					role: 'connection' as const,
					number: index,
					local: serverAddress,
					peer: local,
					state: 'ESTABLISHED',
					isClosed: false,
					waiting: 0,
				})),
			};
		}

		case 'program-view': {
			return {
				type: 'source',
				pane,
				language: 'python',
				fileName: 'tcp_client.py',
				lacks: [],
				lines: ['one', '\ttwo', 'three'],
				marks: [1],
				calls: rowsView(pane, 'calls'),
				callLines: [],
			};
		}

		case 'message-view': {
			return rowsView(pane, 'messages');
		}

		case 'call-view': {
			return rowsView(pane, 'calls');
		}

		case 'byte-view': {
			return rowsView(pane, 'bytes');
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
			target: 4,
			peerCount: 1,
			peersEver: 1,
			peers: [connectedPeer({waiting: 9, onTheLink: 3, isPaused: true}, 4)],
		}),
		clients: [
			clientView(
				1,
				connected,
				{
					total: 9,
					series: seriesView(false),
					rateSummary: {
						messages: [1, 4, 8],
						bytes: [1, 4, 8],
						roundTrip: {last: 1, median: 1, p99: 2},
					},
				},
			),
			clientView(2, {type: 'unbound'}),
		],
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

/** The screen with a scene, in a mode, with this view in every pane: the last one shows payloads in hexadecimal. */
export function fullState(
	scene: SceneView,
	changes: Partial<ScreenState> = {},
	view: PaneViewName = 'message-view',
): ScreenState {
	const panes = [1, 2, 3];
	const paneOf = (pane: number): PaneState => ({...newPaneState, view, payload: pane === 3 ? 'hex' : 'text'});
	return screenState(scene, {
		isExperimenting: scene.name === 'laboratory',
		focus: {[scene.name]: 2},
		panes: new Map(panes.map(each => [each, paneOf(each)])),
		views: new Map(panes.map(each => [each, paneViewOf(each, view)])),
		flow: {...flow, scene: scene.name},
		payload,
		...changes,
	});
}
