import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {ClientState, ClientView} from '../../../source/engine/api/scene-view.ts';
import type {PaneView} from '../../../source/engine/api/view.ts';
import {paneLines, tabsLine} from '../../../source/screen/panes/pane-lines.ts';
import {newPaneState, type PaneState} from '../../../source/screen/state/screen-state.ts';
import {applyView} from '../../../source/screen/state/apply-view.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import textWidth from '../../../source/text/width/width.ts';
import type {Row, RowsView} from '../../../source/views/rows.ts';
import {
	clientView, row, sceneView, screenState, serverAddress, serverView,
} from '../../helpers/terminal-scene.ts';

const rows = Array.from({length: 5}, (_, index) => row({
	sequence: index, peer: serverAddress, payload: '안녕',
}));
const views: readonly PaneView[] = [
	{
		type: 'rows',
		pane: 1,
		kind: 'messages',
		rows,
		end: 5,
		total: 9,
		first: 0,
	},
	{
		type: 'rows',
		pane: 1,
		kind: 'messages',
		rows,
		end: 5,
		total: 9,
		first: 2,
		filtered: {isComplete: true, of: 40},
	},
	{
		type: 'sockets',
		pane: 1,
		from: 0,
		total: 9,
		isFromKernel: true,
		rows: Array.from({length: 4}, (_, index) => ({
			role: 'connection' as const,
			number: index,
			local: serverAddress,
			peer: serverAddress,
			state: 'ESTABLISHED',
			isClosed: false,
			waiting: 0,
		})),
	},
	{
		type: 'source',
		pane: 1,
		language: 'python',
		fileName: 'udp_server.py',
		lacks: [],
		lines: ['one', 'two', 'three'],
		marks: [1],
		callLines: [],
	},
];
const states: readonly PaneState[] = [
	newPaneState,
	{
		...newPaneState,
		notice: 'a notice that is so long that it takes several lines of a pane, however wide the pane may be, and then some more',
	},
	{...newPaneState, filter: '안녕'},
];

test('a pane fills its box exactly in every view, however low that is', t => {
	const scene = sceneView({
		server: serverView({peerCount: 0}), clients: [clientView(1, {type: 'unbound'})],
	});
	for (const words of [en, ko]) {
		for (const width of [40, 60, 80]) {
			// A footer of six lines leaves four rows for each pane of the smallest window.
			for (let height = 4; height < 14; height++) {
				for (const [view, pane] of [undefined, ...views].flatMap(each =>
					states.map(state => [each, state] as const))) {
					const lines = paneLines({
						box: {
							x: 0,
							y: 0,
							width,
							height,
							pane: 1,
						},
						scene,
						pane,
						view,
						selected: 4,
						isFocused: true,
						words,
					});
					t.is(lines.length, height);
					t.deepEqual(
						new Set(lines.map(line => textWidth(stripVTControlCharacters(line)))),
						new Set([width]),
					);
				}
			}
		}
	}
});

test('the title names the view, and what is looked for with the count of what was found', t => {
	const title = (view: PaneView, pane = newPaneState): string => stripVTControlCharacters(paneLines({
		box: {
			x: 0, y: 0, width: 80, height: 12, pane: 1,
		}, scene: sceneView(), pane, view, selected: undefined, isFocused: false, words: en,
	})[0] ?? '');
	t.regex(title(views[1]!, {...newPaneState, filter: 'a'}), / \/a 7 of 40 ─┐$/);
	t.regex(title(views[2]!), / sockets ─┐$/);
	t.regex(title(views[3]!), / udp_server\.py · Python ─┐$/);
	t.regex(title(views[0]!), /● ─+┐$/);
});

test('rows that the log has dropped are counted, but not beside those that a filter has found', t => {
	const foot = (view: PaneView): string => stripVTControlCharacters(paneLines({
		box: {
			x: 0, y: 0, width: 80, height: 12, pane: 1,
		}, scene: sceneView(), pane: {...newPaneState, filter: 'a'}, view, selected: undefined, isFocused: false, words: en,
	}).at(-1) ?? '');
	const [all, found] = views as [RowsView, RowsView];
	t.true(foot({...all, first: 2}).includes(en.log.gone(2)));
	t.false(foot(all).includes(en.log.gone(0)));
	t.false(foot(found).includes(en.log.gone(2)));
});

test('the title names the framing, and what a program does without', t => {
	const scene = sceneView({
		protocol: 'tcp', server: serverView({framing: 'u16be'}), clients: [clientView(1, {type: 'closed'}, {framing: 'line'})],
	});
	const title = (pane: number, view?: PaneView): string => stripVTControlCharacters(paneLines({
		box: {
			x: 0, y: 0, width: 120, height: 12, pane,
		}, scene, pane: newPaneState, view, selected: undefined, isFocused: false, words: en,
	})[0] ?? '');
	t.regex(title(1, views[0]), / framing u16be ─┐$/);
	t.regex(title(2), / framing line ─┐$/);
	const program = views.find(view => view.type === 'source')!;
	t.regex(title(1, program), / Python ─┐$/);
	const {framing, encoding} = en.views.lacks;
	t.true(title(1, {...program, lacks: ['framing', 'encoding']}).endsWith(` Python · ${framing} · ${encoding} ─┐`));
});

test('the title of a program says that it lacks the line ending of its pane', t => {
	const {ending: lacked} = en.views.lacks;
	const program = views.find(view => view.type === 'source')!;
	const isTold = (protocol: 'udp' | 'tcp', pane: Partial<PaneState>, framing?: 'line'): boolean => (paneLines({
		box: {
			x: 0, y: 0, width: 120, height: 12, pane: 2,
		},
		scene: sceneView({protocol, server: serverView({}), clients: [clientView(1, {type: 'closed'}, {framing})]}),
		pane: {...newPaneState, ...pane},
		view: {...program, pane: 2},
		selected: undefined,
		isFocused: false,
		words: en,
	})[0] ?? '').includes(lacked);
	t.false(isTold('udp', {}));
	t.true(isTold('udp', {ending: 'lf', form: 'full'}));
	t.true(isTold('tcp', {ending: 'lf', form: 'short'}));
	t.false(isTold('tcp', {ending: 'lf', form: 'full'}), 'in full it sends lines as they are typed');
	t.true(isTold('tcp', {ending: 'crlf', form: 'full'}));
	t.true(isTold('tcp', {ending: 'lf', form: 'full'}, 'line'), 'with a framing it sends messages');
});

test('a badge that is too long for the border leaves the title its beginning', t => {
	for (const width of [20, 30, 50]) {
		const [line = ''] = paneLines({
			box: {
				x: 0, y: 0, width, height: 12, pane: 2,
			},
			scene: sceneView({protocol: 'udp', server: serverView({}), clients: [clientView(1, {type: 'closed'})]}),
			pane: {...newPaneState, ending: 'lf'},
			view: {
				...views.find(view => view.type === 'source')!, pane: 2, fileName: 'udp_client_short.mjs', lacks: ['framing'],
			},
			selected: undefined,
			isFocused: true,
			words: en,
		});
		const text = stripVTControlCharacters(line);
		t.regex(text, /^┏━ CLIENT 1 .*━┓$/);
		t.is(textWidth(text), width);
	}
});

test('a client has the sign of an open socket only while there is one in the system', t => {
	const states: ReadonlyArray<readonly [ClientState, string]> = [
		[{type: 'unbound'}, '○'],
		[{type: 'bound', local: serverAddress}, '●'],
		[{type: 'connecting', destination: serverAddress}, '○'],
		[{
			type: 'connected', local: serverAddress, peer: serverAddress, isFinishing: false, hasSentFin: false, hasReceivedFin: false,
		}, '●'],
		[{type: 'closed'}, '○'],
	];
	for (const [state, sign] of states) {
		const scene = sceneView({clients: [clientView(1, state)]});
		for (const words of [en, ko]) {
			const [title = ''] = paneLines({
				box: {
					x: 0, y: 0, width: 80, height: 12, pane: 2,
				}, scene, pane: newPaneState, view: undefined, selected: undefined, isFocused: false, words,
			});
			t.is(/[●○]/.exec(stripVTControlCharacters(title))?.[0], sign);
			t.is(title.includes(words.client.unbound), state.type === 'unbound');
			t.regex(tabsLine({
				state: {panes: new Map()}, scene, shown: undefined, words,
			}, 80), new RegExp(sign));
		}
	}
});

test('the lower border counts the rows above those that show, also where rows take several lines', t => {
	const foot = (view: PaneView): string => stripVTControlCharacters(paneLines({
		box: {
			x: 0, y: 0, width: 80, height: 9, pane: 1,
		}, scene: sceneView(), pane: newPaneState, view, selected: undefined, isFocused: false, words: en,
	}).at(-1) ?? '');
	const view = {
		type: 'rows', pane: 1, kind: 'messages', end: 9, total: 9, first: 0,
	} as const;
	t.regex(foot({...view, rows}), / ↑ 4 ─┘$/);
	const calls = [{name: 'socket', arguments: []}, {name: 'bind', arguments: []}] as const;
	t.regex(foot({...view, kind: 'calls', rows: rows.map(each => ({...each, calls}))}), / ↑ 7 ─┘$/);
});

test('a row leaves out the host that is named above it: the server\'s own, or that of a client\'s destination', t => {
	const client = clientView(1, {type: 'unbound'}, {destination: {host: '127.0.0.9', port: 9}});
	const scene = sceneView({clients: [client]});
	const text = (pane: number, host: string): string => stripVTControlCharacters(paneLines({
		box: {
			x: 0, y: 0, width: 80, height: 9, pane,
		},
		scene,
		pane: newPaneState,
		view: {
			type: 'rows', pane, kind: 'messages', rows: [row({peer: {host, port: 4321}, payload: 'x'})], end: 1, total: 1, first: 0,
		},
		selected: undefined,
		isFocused: false,
		words: en,
	}).join('\n'));
	t.regex(text(1, serverAddress.host), /→ :4321 /);
	t.regex(text(1, '127.0.0.9'), /→ 127\.0\.0\.9:4321 /);
	t.regex(text(2, '127.0.0.9'), /→ :4321 /);
	t.regex(text(2, serverAddress.host), /→ 127\.0\.0\.1:4321 /);
});

test('the lower border says on which side of the rows that show a marked one is', t => {
	const foot = (sequence: number): string => stripVTControlCharacters(paneLines({
		box: {
			x: 0, y: 0, width: 80, height: 9, pane: 1,
		},
		scene: sceneView(),
		pane: {...newPaneState, end: 5},
		view: views[0],
		selected: undefined,
		marks: [{pane: 1, sequence}],
		isFocused: false,
		words: en,
	}).at(-1)!);
	const newer = en.log.newer(4);
	t.true(foot(-1).endsWith(` ◆ ↑ · ${newer} ─┘`), foot(-1));
	t.true(foot(8).endsWith(`─ ◆ ${newer} ─┘`), foot(8));
	t.true(foot(3).endsWith(`─ ${newer} ─┘`), foot(3));
});

test('a row is drawn anew where it says something else, or is shown in another way', t => {
	const first = row({
		sequence: 7, peer: serverAddress, payload: 'abc', arrival: {type: 'under-way'},
	});
	const viewOf = (...shown: Row[]): RowsView => ({
		type: 'rows', pane: 1, kind: 'messages', rows: shown, end: 9, total: 9, first: 0,
	});
	let state = applyView(screenState(sceneView()), viewOf(first));
	const text = (pane = newPaneState, width = 80): string => stripVTControlCharacters(paneLines({
		box: {
			x: 0, y: 0, width, height: 9, pane: 1,
		}, scene: sceneView(), pane, view: state.views.get(1), selected: undefined, isFocused: false, words: en,
	}).join('\n'));
	const kept = (): Row | undefined => (state.views.get(1) as RowsView).rows[0];
	t.regex(text(), /3 B {2}abc/);
	state = applyView(state, viewOf(structuredClone(first), row({sequence: 8})));
	t.is(kept(), first, 'it says what it said');
	t.regex(text(), /3 B {2}abc/);
	t.regex(text({...newPaneState, payload: 'hex'}), /61 62 63 {2}abc/);
	t.regex(text(newPaneState, 60), /34:56\.789 → :12000 {3}3 B {2}abc/);
	state = applyView(state, viewOf({...structuredClone(first), arrival: {type: 'lost'}}));
	t.not(kept(), first);
	t.regex(text(), /abc +✗ ~lost/);
});

test('a row that names a client is drawn anew when that client is removed', t => {
	const read = row({
		type: 'datagram-received', pane: 1, number: 1, peer: serverAddress, payload: 'x', far: {pane: 2, socket: 0},
		ledger: {
			parts: [{
				number: 1, from: 0, length: 1, whole: 1,
			}], missing: 0, more: 0, isOver: false, offset: undefined,
		},
	});
	const text = (...clients: ClientView[]): string => stripVTControlCharacters(paneLines({
		box: {
			x: 0, y: 0, width: 80, height: 9, pane: 1,
		},
		scene: sceneView({clients}),
		pane: {...newPaneState, view: 'byte-view'},
		view: {
			type: 'rows', pane: 1, kind: 'bytes', rows: [read], end: 1, total: 1, first: 0,
		},
		selected: undefined,
		isFocused: false,
		words: en,
	}).join('\n'));
	const client = clientView(1, {type: 'unbound'});
	t.regex(text(client), new RegExp(en.client.tab(1)));
	t.regex(text(), new RegExp(en.views.ledger.gone));
	t.regex(text({...client, number: 7}), new RegExp(en.client.tab(7)));
});

test('the lower border counts hidden rows whole beside rates and dropped rows, in both languages', t => {
	const view = {
		type: 'rows', pane: 1, kind: 'messages', rows, end: 20_005, total: 30_000, first: 10_000,
	} as const;
	const seconds = [1, 2, 3, 4, 5, 6, 7, 8];
	const rateSummary = {messages: seconds, bytes: seconds, roundTrip: {last: 123.4, median: 123.4, p99: 123.4}};
	for (const words of [en, ko]) {
		for (let width = 50; width < 120; width++) {
			for (const [end, count] of [[undefined, /↑ \d+,\d+ ─┘$/], [20_005, /↓ .*\d,\d{3}(?: newer)? ─┘$/]] as const) {
				const foot = stripVTControlCharacters(paneLines({
					box: {
						x: 0, y: 0, width, height: 9, pane: 1,
					},
					scene: sceneView({server: serverView({rateSummary})}),
					pane: {...newPaneState, end},
					view,
					selected: undefined,
					isFocused: false,
					words,
				}).at(-1)!);
				t.regex(foot, count);
				t.false(foot.includes('…'), `drawn as ${foot}`);
			}
		}
	}
});
