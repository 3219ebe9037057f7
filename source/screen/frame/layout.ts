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
};

/**
The narrowest terminal that the program is drawn on, in columns. In a narrower one it says so, and keeps its sockets.
*/
const smallestColumns = 60;
/** The lowest, in rows. */
const smallestRows = 16;

/** From this many columns on, the server stands on the left and the clients on the right. */
export const wideColumns = 100;

/** Two borders, a status line, two rows and the message line. */
export const smallestPane = 6;

/** Whether the program can be drawn at all. */
export function isTooSmall(columns: number, rows: number): boolean {
	return columns < smallestColumns || rows < smallestRows;
}

/**
Divide the screen: a header line on top, the footer at the bottom, the panes between them. A screen that is too small
has no panes.
*/
export function layOut(input: LayoutInput): Layout {
	const {columns, rows, footerRows, server, clients} = input;
	const [first] = clients;
	const body: Box = {
		x: 0, y: 1, width: columns, height: rows - 1 - footerRows,
	};
	const base = {
		columns, rows, folded: [], tabs: undefined,
	};
	if (isTooSmall(columns, rows)) {
		return {...base, server: undefined, clients: []};
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

	if (columns >= wideColumns) {
		const left = Math.floor(columns / 2);
		return {
			...base,
			server: {...body, width: left, pane: server},
			...stack({...body, x: left, width: columns - left}, input),
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
