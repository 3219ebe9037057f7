import test from 'ava';
import fc from 'fast-check';
import {
	bothColumns, dockColumns, isTooSmall, type Layout, type LayoutInput, layOut, rowsBeneath,
} from '../../../source/screen/frame/layout.ts';

const input = (columns: number, rows: number, count: number, client?: number): LayoutInput => ({
	columns,
	rows,
	footerRows: 1,
	server: 0,
	clients: Array.from({length: count}, (_, index) => index + 1),
	client,
	zoomed: undefined,
	dockColumns: 0,
});

/** How often each cell between the header and the footer is covered. */
function coverage(
	{dock, beside, ...own}: Layout,
	{columns, rows, footerRows}: Pick<LayoutInput, 'columns' | 'rows' | 'footerRows'>,
): Set<number> {
	const cells = Array.from({length: columns * rows}, () => 0);
	const scenes = [own, ...(beside ? [beside] : [])].flatMap(({panes, server, clients, folded, tabs}) => [
		...(server ? [server] : []),
		...clients,
		...folded,
		...(tabs === undefined ? [] : [{...panes, y: tabs, height: 1}]),
	]);
	const boxes = [...scenes, ...(dock ? [dock] : [])];
	for (const box of boxes) {
		for (let {y} = box; y < box.y + box.height; y++) {
			for (let {x} = box; x < box.x + box.width; x++) {
				cells[(y * columns) + x]!++;
			}
		}
	}

	return new Set(cells.slice(columns, (rows - footerRows) * columns));
}

test('a window of 60x16 is just large enough', t => {
	t.false(isTooSmall(60, 16));
	t.true(isTooSmall(59, 16));
	t.true(isTooSmall(60, 15));
});

test('a wide window has the server on the left and the clients on the right', t => {
	const {server, clients, folded, tabs} = layOut(input(120, 40, 2));
	t.deepEqual(server, {
		x: 0, y: 1, width: 60, height: 38, pane: 0,
	});
	t.deepEqual(clients.map(({x, y, height, pane}) => [x, y, height, pane]), [[60, 1, 19, 1], [60, 20, 19, 2]]);
	t.deepEqual(folded, []);
	t.is(tabs, undefined);
});

test('a narrow window has the server above, the chosen client below, and tabs between', t => {
	const {server, clients, tabs} = layOut(input(80, 24, 3, 2));
	t.is(server?.height, 10);
	t.is(tabs, 11);
	t.deepEqual(clients, [{
		x: 0, y: 12, width: 80, height: 11, pane: 2,
	}]);
});

test('beside the flow diagram the panes stand one above the other, all clients whole where there is room', t => {
	const at = (columns: number, rows: number, count: number): Layout => layOut({
		...input(columns, rows, count, 1), dockColumns: dockColumns({columns, isFlowDocked: true}),
	});
	const wide = at(120, 40, 2);
	t.deepEqual(wide.dock, {
		x: 60, y: 1, width: 60, height: 38,
	});
	t.deepEqual(
		[wide.server!, ...wide.clients].map(({x, y, width, height}) => [x, y, width, height]),
		[[0, 1, 60, 19], [0, 20, 60, 10], [0, 30, 60, 9]],
	);
	t.deepEqual([at(160, 50, 1).server?.width, at(160, 50, 1).dock?.width], [72, 88]);
	t.is(at(120, 24, 9).tabs, 11, 'nine clients are tabs there');
	t.is(at(266, 50, 1).clients[0]?.x, 0);
	t.is(at(267, 50, 1).clients[0]?.x, 60, 'the panes stand side by side where they have room');
	t.is(at(119, 40, 1).dock, undefined);
});

test('two scenes stand side by side, each with its server above its clients', t => {
	const at = (columns: number, rows: number, isLeft: boolean): Layout =>
		layOut({
			...input(columns, rows, 1, 1), beside: {
				server: 10, clients: [11], client: 11, isLeft,
			},
		});
	const {server, clients, beside} = at(80, 24, false);
	const boxes = [server!, ...clients, beside!.server!, ...beside!.clients];
	t.deepEqual(boxes.map(({x, y, width, height, pane}) => [x, y, width, height, pane]), [
		[0, 1, 40, 11, 0], [0, 12, 40, 11, 1], [40, 1, 40, 11, 10], [40, 12, 40, 11, 11],
	]);
	t.is(at(81, 24, true).server?.x, 40, 'the one with the focus is on the right');
	t.is(at(81, 24, true).beside?.panes.width, 40);
	t.is(layOut({...input(80, 24, 2), zoomed: 2, beside: {...input(80, 24, 1), isLeft: true}}).beside, undefined);
});

test('one client in a narrow window needs no tabs', t => {
	t.is(layOut(input(80, 24, 1)).tabs, undefined);
});

test('without clients, or without a server, the others have the window', t => {
	t.is(layOut(input(120, 40, 0)).server?.width, 120);
	const {server, clients} = layOut({...input(120, 40, 2), server: undefined});
	t.is(server, undefined);
	t.deepEqual(clients.map(({x, width, height}) => [x, width, height]), [[0, 120, 19], [0, 120, 19]]);
});

test('a pane that is zoomed has the window alone, the server or a client, wide or narrow', t => {
	for (const [columns, rows] of [[120, 40], [80, 24]] as const) {
		const box = {
			x: 0, y: 1, width: columns, height: rows - 2,
		};
		const server = layOut({...input(columns, rows, 3, 2), zoomed: 0});
		t.deepEqual(server.server, {...box, pane: 0});
		t.deepEqual([server.clients, server.folded, server.tabs], [[], [], undefined]);
		const client = layOut({...input(columns, rows, 3, 2), zoomed: 3});
		t.is(client.server, undefined);
		t.deepEqual(client.clients, [{...box, pane: 3}]);
		t.deepEqual([client.folded, client.tabs], [[], undefined]);
	}
});

test('in every window each cell belongs to one box, the chosen client is whole, and whole panes have 6 rows, or 4 while the footer is long', t => {
	const sizes = fc.record({
		columns: fc.integer({min: 60, max: 250}),
		rows: fc.integer({min: 16, max: 80}),
		count: fc.integer({min: 0, max: 9}),
		chosen: fc.nat(8),
		hasServer: fc.boolean(),
		footerRows: fc.integer({min: 1, max: 3}),
		isZoomed: fc.boolean(),
		isFlowDocked: fc.boolean(),
		besideCount: fc.integer({min: 0, max: 9}),
		isBothWanted: fc.boolean(),
		isLeft: fc.boolean(),
	});
	t.notThrows(() => {
		fc.assert(fc.property(sizes, ({columns, rows, count, chosen, isFlowDocked, ...more}) => {
			const {hasServer, footerRows, isZoomed, besideCount, isLeft} = more;
			const isBothWanted = more.isBothWanted && columns >= bothColumns;
			const client = count > 0 ? 1 + (chosen % count) : undefined;
			const layout = layOut({
				...input(columns, rows, count, client),
				server: hasServer || count === 0 ? 0 : undefined,
				footerRows,
				zoomed: isZoomed ? client : undefined,
				dockColumns: dockColumns({columns, isFlowDocked, isBothWanted}),
				...(isBothWanted && {beside: {...input(columns, rows, besideCount), isLeft}}),
			});
			const covered = coverage(layout, {columns, rows, footerRows});
			const whole = [...layout.clients, ...(layout.server ? [layout.server] : [])];
			return (
				covered.size === 1
				&& covered.has(1)
				&& (client === undefined || layout.clients.some(({pane}) => pane === client))
				&& whole.every(({height}) => height >= (footerRows === 1 ? 6 : 4))
				&& layout.folded.every(({height}) => height === 1)
				&& whole.every(({width}) => width >= (isBothWanted ? 40 : Math.min(columns, 60)) || !layout.dock)
			);
		}));
	});
});

test('a panel takes rows beneath the panes as long as these keep enough for a server, a client and tabs', t => {
	for (const [height, otherRows, rows] of [[3, 2, 1], [10, 2, 8], [11, 2, 'all'], [1, 4, 0]] as const) {
		t.is(rowsBeneath(24, height, otherRows), rows);
	}
});
