import type {LessonRunView} from '../../engine/api/lesson.ts';
import type {PaneView} from '../../engine/api/view.ts';
import type {ClientView, SceneView} from '../../engine/api/scene-view.ts';
import type {Address, Protocol, PaneId} from '../../log/event.ts';
import {formatAddress} from '../../text/address.ts';
import type {Codec} from '../../text/encoding/codec.ts';
import {timeOfDay} from '../../text/time-of-day.ts';
import textWidth from '../../text/width/width.ts';
import type {Hint} from '../frame/hints.ts';
import type {PaneBox} from '../frame/layout.ts';
import type {CommandsMode} from '../overlays/modes.ts';
import type {PaneState} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';
import {kindOf} from '../../log/event-kinds.ts';
import type {Row} from '../../views/rows.ts';
import type {PayloadFormat} from './rows/payload-text.ts';
import {socketLines} from './sockets-lines.ts';
import {paneStatus} from './status-lines.ts';

/** All that a pane's lines are made from. There is no view until the engine has answered for it. */
export type PaneInput = {
	readonly box: PaneBox;
	readonly scene: SceneView;
	readonly pane: PaneState;
	readonly view: PaneView | undefined;
	readonly selected: number | undefined;
	/** The events whose rows are marked, of this pane and of others. */
	readonly marks?: LessonRunView['marks'];
	/** Why the engine could not answer for it. */
	readonly failure?: string;
	readonly isFocused: boolean;
	/** That letters are commands, which stands in the place of the focused pane's line. */
	readonly letters?: CommandsMode | undefined;
	/** What there is to do while nothing has been sent or received, the most important first. */
	readonly firstSteps?: readonly Hint[];
	readonly words: Words;
};

/** How a pane's columns and rows are divided. */
export type PaneGeometry = {
	/** Columns between the borders and their margins. */
	readonly inner: number;
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
	/** The host that the pane's title or status names: in a row, an address there is its port alone. */
	readonly home: string | undefined;
	readonly payload: PayloadFormat;
	/** What they are read in as text; UTF-8 where none is given. */
	readonly codec?: Codec;
	/** Who is who: the server's pane and the clients; of a relay, the pane of its sockets to its target. */
	readonly server: PaneId | undefined;
	readonly target?: PaneId | undefined;
	readonly clients: readonly ClientView[];
	readonly words: Words;
};

/** A row as lines of exactly the pane's inner width; and whether its payload could show more in more lines. */
export type DrawnRow = {readonly lines: readonly string[]; readonly isCut: boolean};

/** Lines that a payload takes at most; the payload view has the rest. */
export const maxPayloadLines = 4;

export const borderColumns = 4;

/**
Columns of a length such as `999 B`, right-aligned, with a space before and two behind it. A longer one takes more.
*/
const lengthColumns = 8;

/** Columns before the lines of a dump. */
export const dumpIndent = 4;

/** Least inner columns for a time with hours, and for one with minutes. */
const hourColumns = 96;
const minuteColumns = 52;

/** Columns of a time, by what of it is written. */
const timeColumns = {full: 12, short: 9, seconds: 6} as const;

/** Divide a pane's box, in terminal columns and rows, between the status lines, the log and the parts of a row. */
export function measurePane(box: PaneBox, scene: SceneView, words: Words): PaneGeometry {
	const inner = box.width - borderColumns;
	const client = scene.clients.find(({pane}) => pane === box.pane);
	const statusRows = Math.max(1, paneStatus(scene, box, inner, words).length);
	const logRows = Math.max(1, box.height - 3 - statusRows);
	const time = timeColumns[inner >= hourColumns ? 'full' : (inner >= minuteColumns ? 'short' : 'seconds')];
	const peer = Math.min(peerColumns(scene, client, inner, words), Math.floor(inner / 2));
	const payload = inner - time - (peer > 0 ? 3 : 2) - peer - lengthColumns;
	return {
		inner, logRows, time, peer, payload: Math.max(0, payload),
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

function peerColumns(scene: SceneView, client: ClientView | undefined, inner: number, words: Words): number {
	const {protocol, server} = scene;
	if (server?.relay && !client) {
		const home = homeOf(scene, undefined);
		const peers = protocol === 'tcp'
			? [{leg: server.peersEver, peer: undefined}]
			: server.peers.map(({number, address}) => ({leg: number, peer: address}));
		return Math.max(6, ...peers.flatMap(end => [true, false].map(isSent =>
			textWidth(wayName({...end, isToTarget: isSent, isSent}, {protocol, home, words}, inner)))));
	}

	if (protocol === 'tcp') {
		return client ? 0 : textWidth(connectionName(server?.peersEver ?? 0, inner, words));
	}

	const addresses = client ? [client.destination ?? []].flat() : (server?.peers ?? []).map(({address}) => address);
	const home = homeOf(scene, client);
	return Math.max(6, ...addresses.map(address => shortAddress(address, home).length));
}

/** The host that a pane's rows leave out: the server's title has its own, a client's status its destination's. */
export function homeOf({server}: SceneView, client: ClientView | undefined): string | undefined {
	const own = server?.state.type === 'open' ? server.state.local : server?.configured;
	return (client ? client.destination : own)?.host;
}

/** An address in a row: its port alone where its host is named above the rows. */
export function shortAddress(address: Address, home: string | undefined): string {
	return address.host === home ? `:${address.port}` : formatAddress(address);
}

/** The name of a connection in the rows of a pane with `inner` columns. */
export function connectionName(number: number, inner: number, {server}: Words): string {
	return inner >= minuteColumns ? server.connection(number) : server.shortConnection(number);
}

/** A leg of a relay, by the number of its connection or of its peer, and which way something went on it. */
type Leg = {
	readonly leg: number;
	readonly peer: Address | undefined;
	readonly isToTarget: boolean;
	readonly isSent: boolean;
};

/** Which leg that is: `:51234`, `target 1`; with room, `client 1 → relay`. */
function wayName(
	{leg, peer, isToTarget, isSent}: Leg,
	{protocol, home, words}: Pick<RowContext, 'protocol' | 'home' | 'words'>,
	inner: number,
): string {
	const name = isToTarget
		? words.server.toTarget(leg)
		: (protocol === 'tcp' || !peer ? connectionName(leg, inner, words) : shortAddress(peer, home));
	if (inner < hourColumns) {
		return name;
	}

	const {fromClient, toClient, fromTarget, toTarget} = words.relay.ways;
	return isToTarget ? (isSent ? toTarget : fromTarget)(name) : (isSent ? toClient : fromClient)(name);
}

/** The same of a row in a relay's pane. */
export function rowWay({socket: leg, peer, pane, type}: Row, context: RowContext): string {
	return wayName({
		leg, peer, isToTarget: pane === context.target, isSent: kindOf(type).tone !== 'received',
	}, context, context.geometry.inner);
}

/** When a row happened, as its pane's time column has it. */
export function rowTime(milliseconds: number, {time}: PaneGeometry): string {
	return timeOfDay(
		milliseconds,
		time >= timeColumns.full ? 'full' : (time >= timeColumns.short ? 'short' : 'seconds'),
	);
}
