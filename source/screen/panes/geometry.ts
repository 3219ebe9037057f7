import type {PaneView} from '../../engine/api/view.ts';
import type {ClientView, SceneView} from '../../engine/api/scene-view.ts';
import type {Protocol, PaneId} from '../../log/event.ts';
import {formatAddress} from '../../text/address.ts';
import textWidth from '../../text/width.ts';
import type {PaneBox} from '../frame/layout.ts';
import type {PaneState} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';
import type {PayloadFormat} from './payload-text.ts';
import {socketLines} from './sockets-lines.ts';

/** All that a pane's lines are made from. There is no view until the engine has answered for it. */
export type PaneInput = {
	readonly box: PaneBox;
	readonly scene: SceneView;
	readonly pane: PaneState;
	readonly view: PaneView | undefined;
	/** The ordinal of the row that is selected. */
	readonly selected: number | undefined;
	/** Why the engine could not answer for it. */
	readonly failure?: string;
	readonly isFocused: boolean;
	readonly words: Words;
};

/** How a pane's columns and rows are divided. */
export type PaneGeometry = {
	/** Columns between the borders and their margins. */
	readonly inner: number;
	/** Lines above the log: what the sockets are now. */
	readonly statusRows: number;
	/** Lines of log. */
	readonly logRows: number;
	/** Columns of the time and of the peer; 0 where a pane has no such column. */
	readonly time: number;
	readonly peer: number;
	/** Columns left for payloads. A round-trip time takes its columns from the end of its row's payload. */
	readonly payload: number;
};

/** What the look of a row depends on, apart from the row: the pane that it stands in, and the language. */
export type RowContext = {
	readonly geometry: PaneGeometry;
	readonly protocol: Protocol;
	readonly isServer: boolean;
	/** How payloads are shown. */
	readonly payload: PayloadFormat;
	/** Who is who: the server's pane and the clients. */
	readonly server: PaneId | undefined;
	readonly clients: readonly ClientView[];
	readonly words: Words;
};

/** Columns of the borders and their margins. */
const borderColumns = 4;

/**
Columns of a length such as `1024 B`, right-aligned, with a space before and two behind it. A longer one takes more.
*/
const lengthColumns = 9;

/** Columns before the lines of a dump. */
export const dumpIndent = 4;

/** Below this many inner columns the time goes without its milliseconds. */
const fullTimeColumns = 52;

/** Divide a pane's box, in terminal columns and rows, between the status lines, the log and the parts of a row. */
export function measurePane(box: PaneBox, scene: SceneView, words: Words): PaneGeometry {
	const inner = box.width - borderColumns;
	const isServer = scene.server?.pane === box.pane;
	const client = scene.clients.find(({pane}) => pane === box.pane);
	const statusRows = isServer ? serverStatusRows(scene, box.height) : clientStatusRows(client, box.height);
	const logRows = Math.max(1, box.height - 3 - statusRows);
	const time = inner >= fullTimeColumns ? 12 : 8;
	const peer = Math.min(peerColumns(scene, isServer, words), Math.floor(inner / 2));
	const payload = inner - time - (peer > 0 ? 3 : 2) - peer - lengthColumns;
	return {
		inner, statusRows, logRows, time, peer, payload: Math.max(0, payload),
	};
}

/** Two borders, the line on what is to be seen, the line that says where it is from, the message line. */
const otherSocketsLines = 5;

/** How many sockets a pane's table shows, beside the lines that say what it is. */
export function socketsShown(box: PaneBox, {server}: SceneView): number {
	const inner = box.width - borderColumns;
	// An open server's own line says nothing that the table does not.
	const status = server?.pane === box.pane && server.state.type === 'open' ? 0 : 1;
	return Math.max(1, Math.floor((box.height - otherSocketsLines - status) / socketLines(inner)));
}

/**
How many of a server's peers are shown at most, in a pane of this height: one line each in TCP, one line together in
UDP.
*/
export function peersShown(protocol: SceneView['protocol'], height: number): number {
	return protocol === 'udp' ? 8 : Math.max(1, Math.floor((height - 3) / 3));
}

function serverStatusRows({protocol, server}: SceneView, height: number): number {
	return protocol === 'udp' ? 1 : Math.max(1, Math.min(server?.peerCount ?? 0, peersShown('tcp', height)));
}

/** A series under way takes a second line, where one of the log stays. */
function clientStatusRows(client: ClientView | undefined, height: number): number {
	return client?.series?.isRunning ? Math.max(1, Math.min(2, height - 4)) : 1;
}

function peerColumns({protocol, server, clients}: SceneView, isServer: boolean, words: Words): number {
	if (protocol === 'tcp') {
		return isServer ? textWidth(words.server.connection(server?.peersEver ?? 0)) : 0;
	}

	const addresses = isServer
		? (server?.peers ?? []).map(({address}) => address)
		: clients.flatMap(({destination}) => destination ?? []);
	return Math.max(15, ...addresses.map(address => formatAddress(address).length));
}
