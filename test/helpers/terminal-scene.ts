import type {Row} from '../../source/views/rows.ts';
import type {
	ClientState, ClientView, LinkView, PeerView, RateSummary, SceneView, ServerView,
} from '../../source/engine/api/scene-view.ts';
import {perfect} from '../../source/link/conditions.ts';
import {newScreenState, type ScreenState} from '../../source/screen/state/screen-state.ts';

export const serverAddress = {host: '127.0.0.1', port: 12_000};

const none = {count: 0, bytes: 0};

/** Of a pane in which nothing has been sent or received. */
export const noRates: RateSummary = {messages: [], bytes: []};

const onLink = {
	conditions: perfect, losesNext: false, datagrams: 0, bytes: 0,
};

/** Of a simulated link that does nothing. */
export const perfectLinkView: LinkView = {seed: 1, 'to-server': onLink, 'to-clients': onLink};

export function serverView(changes: Partial<ServerView> = {}): ServerView {
	return {
		pane: 1,
		total: 0,
		state: {type: 'open', local: serverAddress},
		configured: serverAddress,
		isExposed: false,
		rule: 'uppercase',
		rulesFile: undefined,
		closeAfterReply: false,
		peerCount: 0,
		peersEver: 0,
		target: undefined,
		rateSummary: noRates,
		peers: [],
		peersBefore: 0,
		...changes,
	};
}

export function clientView(number: number, state: ClientState, changes: Partial<ClientView> = {}): ClientView {
	return {
		pane: number + 1,
		number,
		total: 0,
		destination: serverAddress,
		state,
		received: none,
		sent: none,
		waiting: 0,
		onTheLink: 0,
		isReadingStopped: false,
		rateSummary: noRates,
		...changes,
	};
}

/** Where a client's socket is, by both ends. */
export const clientAddress = {host: '127.0.0.1', port: 40_000};

/** Of a TCP client that is connected, and has neither sent nor received a FIN. */
export const connected = {
	type: 'connected',
	local: clientAddress,
	peer: serverAddress,
	isFinishing: false,
	hasSentFin: false,
	hasReceivedFin: false,
} as const;

/** The other end of such a connection, which has the number 1 unless another one is given. */
export function connectedPeer(changes: Partial<NonNullable<PeerView['connection']>> = {}, number = 1): PeerView {
	return {
		number,
		address: clientAddress,
		received: none,
		sent: none,
		connection: {
			local: serverAddress,
			state: 'ESTABLISHED',
			waiting: 0,
			onTheLink: 0,
			isPaused: false,
			isReadingStopped: false,
			...changes,
		},
	};
}

export function sceneView(changes: Partial<SceneView> = {}): SceneView {
	return {
		type: 'scene',
		name: changes.protocol ?? 'udp',
		protocol: 'udp',
		link: perfectLinkView,
		server: serverView(),
		connect: undefined,
		traffic: {received: none, sent: none},
		clients: [clientView(1, {type: 'unbound'}), clientView(2, {type: 'unbound'})],
		clientLimit: 9,
		...changes,
	};
}

export function screenState(scene: SceneView, changes: Partial<ScreenState> = {}): ScreenState {
	return {
		...newScreenState({columns: 120, rows: 40, protocol: scene.protocol}),
		scenes: {[scene.name]: scene},
		...changes,
	};
}

/** What a row is to have; a payload may be given as text. */
export type RowChanges = Partial<Row> & {readonly payload?: string};

/** A row at 12:34:56.789 of this machine's time zone. */
export function row({payload, ...changes}: RowChanges): Row {
	return {
		sequence: 0,
		time: new Date(2026, 10, 22, 12, 34, 56, 789).getTime(),
		type: 'datagram-sent',
		pane: 0,
		socket: 0,
		...(payload !== undefined && {bytes: new TextEncoder().encode(payload), length: Buffer.byteLength(payload)}),
		...changes,
	};
}
