import test from 'ava';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import {keys, openApp, type TestApp} from '../../helpers/terminal-app.ts';
import type {TerminalScreen} from '../../helpers/terminal-screen.ts';

const sizes = [[80, 24], [160, 50]] as const;

/** Open the list of experiments. */
async function openList(app: TestApp): Promise<void> {
	await app.command('e');
	await app.waitFor(screen => screen.line(1).startsWith(' LABORATORY '), 'the list');
}

/** Start the experiment on this key of the list, and wait until all its steps have been taken. */
async function run(app: TestApp, key: string, name: string): Promise<void> {
	app.press(key);
	await app.waitFor(
		screen => screen.header.includes('[LABORATORY') && titleOf(screen).includes(`${name} · done`),
		`${name} to be done`,
	);
}

/** The title of what is tried. */
function titleOf({lines}: TerminalScreen): string {
	return lines.slice(2).find(line => line.startsWith(' LABORATORY  ')) ?? '';
}

/** What is explained beneath the panes, in one line. */
function explanation({lines}: TerminalScreen): string {
	const from = lines.findLastIndex(line => line.startsWith(' LABORATORY  '));
	return lines.slice(from + 1, -1).map(line => line.trim()).join(' ');
}

/** Go back to the list, and from there to the panes. */
async function leave(app: TestApp, name: string): Promise<void> {
	app.press(keys.alt('e'));
	await app.waitFor(
		screen =>
			screen.line(1).startsWith(' LABORATORY ')
			&& screen.lines.some(line => line.startsWith('▸') && line.includes(name)),
		'the list',
	);
	app.press(keys.typing);
	await app.waitFor(
		screen => screen.header.includes('[TCP]') && screen.panes.some(({isFocused}) => isFocused),
		'the panes',
	);
}

/** What shows of the user's own scene, without what a second changes. */
function own({panes, header, cursor}: TerminalScreen): unknown {
	return {header, cursor, panes: panes.map(({foot, ...pane}) => pane)};
}

/** What each experiment must show: its key, its name, what to look for in which pane, and what in the explanation. */
const experiments: ReadonlyArray<{
	readonly key: string;
	readonly name: string;
	readonly focus: 'SERVER' | 'CLIENT 1';
	readonly rows: readonly RegExp[];
	readonly explained: RegExp;
}> = [
	{
		key: '1',
		name: 'connection refused (TCP)',
		focus: 'CLIENT 1',
		rows: [/connecting to 127\.0\.0\.1:\d+/, /✗ refused: no socket listens at 127\.0\.0\.1:\d+ \(ECONNREFUSED\)/],
		explained: /^connect\(\('127\.0\.0\.1', \d+\)\) → ECONNREFUSED\..* RST /,
	},
	{
		key: '2',
		name: 'no socket there (UDP)',
		focus: 'CLIENT 1',
		rows: [/→ \S*:\d+ 14 B anybody.* ✗ no socket .*→ \S*:\d+ 14 B anybody.* ✗ no socket/],
		explained: /^sendto\(\('127\.0\.0\.1', \d+\)\) succeeds: .* lost without an error\. ss shows what keeps port \d+ .*\.$/,
	},
	{
		key: '8',
		name: 'reset or orderly end',
		focus: 'SERVER',
		rows: [
			/connection 1 11 B this is all .*connection 1 FIN received/,
			/connection 2 11 B this is not .*✗ connection 2 RST received/,
		],
		explained: /SO_LINGER \(1, 0\) sends RST.* ECONNRESET\.$/,
	},
	{
		key: 'b',
		name: 'message too long',
		focus: 'CLIENT 1',
		rows: [/✗ \S*:\d+ 65508 B .*\(EMSGSIZE\)/, /→ \S*:\d+ 65507 B/],
		explained: /^sendto\(65508 B\) → EMSGSIZE.*Here 65,507 B were sent\.$/,
	},
	{
		key: 'h',
		name: 'a peer that does not read',
		focus: 'SERVER',
		rows: [/← connection 1 \d+ B x+/],
		explained: /window closes.* Here \d+\.\d [KM]iB were written: .* in this program\.$/,
	},
];

for (const {
	key, name, focus, rows, explained,
} of experiments) {
	for (const [columns, count] of sizes) {
		test.serial(
			`${name} at ${columns}x${count}: its rows and why show, and afterwards all is as it was`,
			async t => {
				const app = await openApp(t, {columns, rows: count, args: ['-p', 'tcp']});
				const {port} = app.serverAddress;
				app.send('mine');
				await app.waitForPane('CLIENT 1', 'MINE');
				app.press(`${keys.tab}half a line${keys.left}${keys.left}`);
				await app.waitForPane('CLIENT 2', /● connected [\s\S]*half a line/);
				const before = own(app.screen);
				await openList(app);
				await run(app, key, name);
				t.deepEqual(app.screen.overlayProblems, []);
				t.regex(app.screen.footer, /Esc e back to the list/);
				t.regex(explanation(app.screen), explained);
				await look(app, focus, rows);
				await leave(app, name);
				t.deepEqual(own(app.screen), before);
				t.is(app.serverAddress.port, port);
				app.press(keys.enter);
				await app.waitForPane('CLIENT 2', 'HALF A LINE');
			},
		);
	}
}

/** Look at a pane alone, with the keys that are everywhere the same. */
async function look(
	app: TestApp,
	focus: 'SERVER' | 'CLIENT 1',
	rows: readonly RegExp[],
): Promise<void> {
	if (!app.screen.pane(focus).isFocused) {
		app.press(focus === 'SERVER' ? keys.shiftTab : keys.tab);
		await app.waitForFocus(focus);
	}

	app.press(keys.alt('z'));
	await app.waitFor(
		screen => screen.panes.length === 1 && rows.every(row => row.test(screen.flat(focus))),
		`${rows.join(' and ')} in ${focus}`,
	);
}

test.serial(
	'the list is walked through and scrolled, and Enter starts the chosen one, in a window of 60x16 too',
	async t => {
		const app = await openApp(t, {columns: 60, rows: 16});
		await openList(app);
		t.true(app.screen.line(2).includes('↓'));
		app.press(keys.end + keys.up.repeat(5));
		await app.waitFor(
			screen => screen.lines.some(line => line.startsWith('▸b message too long')),
			'the chosen one',
		);
		t.true(app.screen.line(2).includes('↑'));
		await run(app, keys.enter, 'message too long');
		t.is(app.screen.panes.length, 1);
		t.regex(explanation(app.screen), /65,507\.? .*\.$/);
		app.press(keys.tab);
		await app.waitForFocus('SERVER');
		t.deepEqual(
			app.screen.overlayProblems.filter(problem => !problem.startsWith('the header')),
			[],
		);
	},
);

test.serial(
	'a client of the laboratory is like any other, its flow diagram too, and another experiment takes its place',
	async t => {
		const app = await openApp(t, {columns: 120, rows: 40});
		await openList(app);
		await run(app, '9', 'half-close');
		app.press(`${keys.shiftTab}and from me${keys.enter}`);
		await app.waitForPane('CLIENT 1', 'and from me');
		app.press(keys.ctrl('f').repeat(2));
		await app.waitFor(
			screen => screen.line(1).startsWith(' FLOW') && /"and from me" ─+┤|"and from me"/.test(screen.text),
			'the flow diagram',
		);
		app.press(keys.ctrl('f'));
		await app.waitForFocus('SERVER');
		app.press(keys.ctrl('t'));
		await app.waitForPane('SERVER', en.laboratory.notHere.slice(0, 40));
		await app.command('e');
		await app.waitFor(screen => screen.line(1).startsWith(' LABORATORY '), 'the list');
		await run(app, 'c', 'an empty datagram');
		t.regex(app.screen.flat('CLIENT 1'), /→ :\d+ 0 B /);
		t.false(app.screen.text.includes('and from me'));
	},
);

test.serial('one leaves from within, while it is under way and when it is done', async t => {
	for (const isDone of [false, true]) {
		const app = await openApp(t);
		await openList(app);
		if (isDone) {
			await run(app, '9', 'half-close');
		} else {
			app.press('7');
			await app.waitFor(screen => titleOf(screen).includes('under way'), 'the experiment');
		}

		t.deepEqual(await app.quit(), {exitCode: 130, signal: 0});
	}
});

test.serial('in Korean', async t => {
	const app = await openApp(t, {args: ['--lang', 'ko'], columns: 80, rows: 24});
	app.press(keys.alt('e'));
	await app.waitFor(
		screen => screen.line(1).startsWith(' 실험실 ') && screen.text.includes('1 연결 거부 (TCP)'),
		'the list',
	);
	app.press('1');
	await app.waitFor(screen => screen.text.includes(`실험실  연결 거부 (TCP) · ${ko.laboratory.done}`), 'the experiment');
	t.regex(app.screen.text, /connect\(\('127\.0\.0\.1', \d+\)\) → ECONNREFUSED/);
	t.true(app.screen.footer.includes(ko.keys.endExperiment));
	t.deepEqual(app.screen.overlayProblems, []);
});
