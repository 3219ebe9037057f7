import type {PaneId} from '../../log/event.ts';
import {upTo} from '../../views/window.ts';

/** A place on the screen, in terminal columns and rows from the upper left corner. */
export type Box = {readonly x: number; readonly y: number; readonly width: number; readonly height: number};

/** Where a pane stands, its borders included. */
export type PaneBox = Box & {readonly pane: PaneId};

/** Where a scene's panes stand. Clients that are not whole are folded to a title line, or tabs between the panes. */
export type SceneLayout = {
	readonly panes: Box;
	readonly server: PaneBox | undefined;
	readonly clients: readonly PaneBox[];
	readonly folded: readonly PaneBox[];
	/** The row of the tabs, in a narrow window with several clients. */
	readonly tabs: number | undefined;
};

/** Where everything stands: the panes of the scene that has the focus, and what is beside them. */
export type Layout = SceneLayout & {
	/** The other protocol's scene, where both stand side by side. */
	readonly beside: SceneLayout | undefined;
	/** Where the flow diagram stands beside the panes. */
	readonly dock: Box | undefined;
};

/** The panes that a scene has, clients in their order. */
export type ScenePanes = {
	readonly server: PaneId | undefined;
	readonly clients: readonly PaneId[];
	/** The client that is always whole: the focused one, or the one that had the focus last. */
	readonly client: PaneId | undefined;
};

/** What the layout depends on: the terminal's size in columns and rows, and the panes there are. */
export type LayoutInput = ScenePanes & {
	readonly columns: number;
	readonly rows: number;
	readonly footerRows: number;
	/** The other protocol's panes, where both scenes stand side by side: on the left, or on the right. */
	readonly beside?: ScenePanes & {readonly isLeft: boolean};
	readonly zoomed: PaneId | undefined;
	/** Columns of the flow diagram beside the panes, from `dockColumns()`; 0 where it is not there. */
	readonly dockColumns: number;
};

/** The fewest columns that the program is drawn in. In a narrower one it says so, and keeps its sockets. */
const smallestColumns = 60;
/** The lowest, in rows. */
const smallestRows = 16;

/** The lowest that panes are laid out in, where the panel of a lesson has a part of the window's rows. */
const smallestBesidePanel = 9;

/** From this many columns on, the server stands on the left and the clients on the right. */
const wideColumns = 100;

/** From this many columns on the flow diagram can stand beside the panes, which keep this many. */
export const dockedColumns = 120;
const columnsBesideDock = 60;

/** Two scenes side by side have at least this many columns together. */
export const bothColumns = 80;

/** Two borders, a status line, two rows and the message line. */
export const smallestPane = 6;

/** Rows that the panes take at least: a server and a client, one above the other, and the clients' tabs. */
const minPanes = (2 * smallestPane) + 1;

/**
How many rows a panel takes beneath the panes; 'all' where these would be too small.

@param height - of the panel and the footer together
@param otherRows - the rows of the footer, and of all else beneath the panes
*/
export function rowsBeneath(rows: number, height: number, otherRows: number): number | 'all' {
	return rows - 1 - height >= minPanes ? Math.max(0, height - otherRows) : 'all';
}

/** How many columns the flow diagram has beside the panes; none in a narrow window, or beside a whole pane. */
export function dockColumns({columns, isFlowDocked, isZoomed = false, isBothWanted = false}: {
	readonly columns: number;
	readonly isFlowDocked: boolean;
	readonly isZoomed?: boolean;
	readonly isBothWanted?: boolean;
}): number {
	const others = isBothWanted ? bothColumns : columnsBesideDock;
	return isFlowDocked && !isZoomed && columns >= dockedColumns - columnsBesideDock + others
		? columns - Math.max(others, Math.floor(columns * 0.45))
		: 0;
}

/** Whether the clients stand beside the server, in this many columns for all panes: beside a diagram only in more. */
export function isSideBySide(paneColumns: number, dock: number): boolean {
	return paneColumns >= (dock > 0 ? dockedColumns : wideColumns);
}

export function isTooSmall(columns: number, rows: number): boolean {
	return columns < smallestColumns || rows < smallestRows;
}

export function boxOf({server, clients, beside}: Layout, pane: PaneId | undefined): PaneBox | undefined {
	return [server, ...clients, beside?.server, ...(beside?.clients ?? [])].find(box => box?.pane === pane);
}

/**
Divide the screen: a header line on top, the footer at the bottom, the panes between them. A screen that is too small
has no panes.
*/
export function layOut(input: LayoutInput): Layout {
	const {columns, rows, footerRows, server, zoomed, beside, dockColumns: dock} = input;
	const body: Box = {
		x: 0, y: 1, width: columns - dock, height: rows - 1 - footerRows,
	};
	const none = {
		panes: body, server: undefined, clients: [], folded: [], tabs: undefined, beside: undefined, dock: undefined,
	};
	if (columns < smallestColumns || rows < smallestBesidePanel) {
		return none;
	}

	const base = {...none, dock: dock > 0 ? {...body, x: body.width, width: dock} : undefined};
	if (zoomed !== undefined) {
		const box = {...body, pane: zoomed};
		return {...base, ...(zoomed === server ? {server: box} : {clients: [box]})};
	}

	if (beside) {
		const [left, right] = halves(body);
		return {
			...base,
			...layOutScene(beside.isLeft ? right : left, input, 'stacked'),
			beside: layOutScene(beside.isLeft ? left : right, beside, 'stacked'),
		};
	}

	const way = isSideBySide(body.width, dock) ? 'columns' : (dock > 0 ? 'stacked' : 'tabs');
	return {...base, ...layOutScene(body, input, way)};
}

function halves(body: Box): readonly [left: Box, right: Box] {
	const half = Math.floor(body.width / 2);
	return [{...body, width: half}, {...body, x: body.x + half, width: body.width - half}];
}

/**
Lay out a scene's panes: the server on the left and the clients on the right, or above them. There the clients are
stacked, where there are rows for it, or one is whole and the others are tabs.
*/
function layOutScene(body: Box, panes: ScenePanes, way: 'columns' | 'stacked' | 'tabs'): SceneLayout {
	const {server, clients, client = clients[0]} = panes;
	const base = {panes: body, folded: [], tabs: undefined};
	if (server === undefined || client === undefined) {
		return {...base, server: server === undefined ? undefined : {...body, pane: server}, ...stack(body, panes)};
	}

	if (way === 'columns') {
		const [left, right] = halves(body);
		return {...base, server: {...left, pane: server}, ...stack(right, panes)};
	}

	const half = Math.ceil(body.height / 2);
	const isStacked = way === 'stacked' && half >= smallestPane + clients.length - 1;
	const tabRows = isStacked || clients.length === 1 ? 0 : 1;
	const height = isStacked ? body.height - half : Math.floor((body.height - tabRows) / 2);
	const lower = {...body, y: body.y + height + tabRows, height: body.height - height - tabRows};
	return {
		...base,
		server: {...body, height, pane: server},
		...(isStacked ? stack(lower, panes) : {clients: [{...lower, pane: client}]}),
		tabs: tabRows > 0 ? body.y + height : undefined,
	};
}

/** Stack the clients: as many whole as there is room for, the chosen one always; the others folded. */
function stack(box: Box, {clients, client}: ScenePanes): Pick<SceneLayout, 'clients' | 'folded'> {
	let wholeCount = clients.length;
	while (wholeCount > 1 && (wholeCount * smallestPane) + (clients.length - wholeCount) > box.height) {
		wholeCount--;
	}

	const chosen = Math.max(0, client === undefined ? 0 : clients.indexOf(client));
	const from = upTo(clients.length - wholeCount, chosen - wholeCount + 1);
	const room = box.height - (clients.length - wholeCount);
	let {y} = box;
	const boxes = clients.map((pane, index): PaneBox => {
		const nth = index - from;
		const isWhole = nth >= 0 && nth < wholeCount;
		const height = isWhole ? Math.floor(room / wholeCount) + (nth < room % wholeCount ? 1 : 0) : 1;
		y += height;
		return {
			...box, y: y - height, height, pane,
		};
	});
	return {
		clients: boxes.slice(from, from + wholeCount),
		folded: [...boxes.slice(0, from), ...boxes.slice(from + wholeCount)],
	};
}
