import type {PaneId} from '../../log/event.ts';

/** A place on the screen, in terminal columns and rows from the upper left corner. */
type Box = {readonly x: number; readonly y: number; readonly width: number; readonly height: number};

/** Where a pane stands, its borders included. */
export type PaneBox = Box & {readonly pane: PaneId};

/**
Where everything stands. Clients that are not whole are folded to their title line, or are tabs between the panes.
*/
export type Layout = {
	readonly columns: number;
	readonly rows: number;
	readonly server: PaneBox | undefined;
	readonly clients: readonly PaneBox[];
	readonly folded: readonly PaneBox[];
	/** The row of the tabs, in a narrow window with several clients. */
	readonly tabs: number | undefined;
	/** Where the flow diagram stands beside the panes. */
	readonly dock: Box | undefined;
};

/**
What the layout depends on: the terminal's size in columns and rows, and the panes there are, clients in their order.
*/
export type LayoutInput = {
	readonly columns: number;
	readonly rows: number;
	/** Rows that the footer takes. */
	readonly footerRows: number;
	readonly server: PaneId | undefined;
	readonly clients: readonly PaneId[];
	/** The client that is always whole: the focused one, or the one that had the focus last. */
	readonly client: PaneId | undefined;
	/** The pane that has the whole screen. */
	readonly zoomed: PaneId | undefined;
	/** Columns of the flow diagram beside the panes, from `dockColumns()`; 0 where it is not there. */
	readonly dockColumns: number;
};

/**
The narrowest terminal that the program is drawn on, in columns. In a narrower one it says so, and keeps its sockets.
*/
const smallestColumns = 60;
/** The lowest, in rows. */
const smallestRows = 16;

/** From this many columns on, the server stands on the left and the clients on the right. */
const wideColumns = 100;

/** From this many columns on the flow diagram can stand beside the panes, which keep this many. */
export const dockedColumns = 120;
const columnsBesideDock = 60;

/** Two borders, a status line, two rows and the message line. */
export const smallestPane = 6;

/**
How many columns the flow diagram has beside the panes: none where it is not there, the window is too narrow, or one
pane has the whole screen.
*/
export function dockColumns({columns, isFlowDocked, isZoomed = false}: {
	readonly columns: number;
	readonly isFlowDocked: boolean;
	readonly isZoomed?: boolean;
}): number {
	return isFlowDocked && !isZoomed && columns >= dockedColumns
		? columns - Math.max(columnsBesideDock, Math.floor(columns * 0.45))
		: 0;
}

/** Whether the clients stand beside the server, in this many columns for all panes: beside a diagram only in more. */
export function isSideBySide(paneColumns: number, dock: number): boolean {
	return paneColumns >= (dock > 0 ? dockedColumns : wideColumns);
}

/** Whether the program can be drawn at all. */
export function isTooSmall(columns: number, rows: number): boolean {
	return columns < smallestColumns || rows < smallestRows;
}

/**
Divide the screen: a header line on top, the footer at the bottom, the panes between them. A screen that is too small
has no panes.
*/
export function layOut(input: LayoutInput): Layout {
	const {columns, rows, footerRows, server, clients, dockColumns: dock} = input;
	const [first] = clients;
	const body: Box = {
		x: 0, y: 1, width: columns - dock, height: rows - 1 - footerRows,
	};
	const base = {
		columns,
		rows,
		folded: [],
		tabs: undefined,
		dock: dock > 0 ? {...body, x: body.width, width: dock} : undefined,
	};
	if (isTooSmall(columns, rows)) {
		return {
			...base, server: undefined, clients: [], dock: undefined,
		};
	}

	if (input.zoomed !== undefined) {
		const box = {...body, pane: input.zoomed};
		return input.zoomed === server
			? {...base, server: box, clients: []}
			: {...base, server: undefined, clients: [box]};
	}

	if (first === undefined) {
		return {...base, server: server === undefined ? undefined : {...body, pane: server}, clients: []};
	}

	if (server === undefined) {
		return {...base, server: undefined, ...stack(body, input)};
	}

	if (isSideBySide(body.width, dock)) {
		const left = Math.floor(body.width / 2);
		return {
			...base,
			server: {...body, width: left, pane: server},
			...stack({...body, x: left, width: body.width - left}, input),
		};
	}

	const half = Math.ceil(body.height / 2);
	if (dock > 0 && half >= smallestPane + clients.length - 1) {
		const y = body.y + body.height - half;
		return {
			...base,
			server: {...body, height: body.height - half, pane: server},
			...stack({...body, y, height: half}, input),
		};
	}

	const tabRows = clients.length > 1 ? 1 : 0;
	const upper = Math.floor((body.height - tabRows) / 2);
	return {
		...base,
		server: {...body, height: upper, pane: server},
		clients: [{
			...body, y: body.y + upper + tabRows, height: body.height - upper - tabRows, pane: input.client ?? first,
		}],
		tabs: tabRows > 0 ? body.y + upper : undefined,
	};
}

/**
Stack the clients: as many whole as there is room for, from the first on and the chosen one always; the others folded.
*/
function stack(box: Box, {clients, client}: LayoutInput): Pick<Layout, 'clients' | 'folded'> {
	let wholeCount = clients.length;
	while (wholeCount > 1 && (wholeCount * smallestPane) + (clients.length - wholeCount) > box.height) {
		wholeCount--;
	}

	const chosen = Math.max(0, client === undefined ? 0 : clients.indexOf(client));
	const from = Math.max(0, Math.min(chosen - wholeCount + 1, clients.length - wholeCount));
	const room = box.height - (clients.length - wholeCount);
	const whole: PaneBox[] = [];
	const folded: PaneBox[] = [];
	let {y} = box;
	for (const [index, pane] of clients.entries()) {
		const nth = index - from;
		if (nth < 0 || nth >= wholeCount) {
			folded.push({
				...box, y, height: 1, pane,
			});
			y++;
			continue;
		}

		const height = Math.floor(room / wholeCount) + (nth < room % wholeCount ? 1 : 0);
		whole.push({
			...box, y, height, pane,
		});
		y += height;
	}

	return {clients: whole, folded};
}
