import test from 'ava';
import fc from 'fast-check';
import {en} from '../../../source/screen/words/en.ts';
import {defaultEncoding, encodingLabel} from '../../../source/text/encoding/encoding.ts';
import {keys, openApp, type TestApp} from '../../helpers/terminal-app.ts';
import {keyRun} from '../../helpers/terminal-random.ts';
import type {PaneOnScreen, TerminalScreen} from '../../helpers/terminal-screen.ts';
import {temporaryFolder} from '../../helpers/temporary-folder.ts';

const sizes: ReadonlyArray<readonly [number, number]> = [[80, 24], [120, 40], [50, 10], [100, 30]];

/**
Wait until the program has taken every key so far, in any state, and leave it with an empty line in a pane that shows
its messages, among the others.
*/
async function settle(app: TestApp, mark: string): Promise<void> {
	// An experiment gives way to the laboratory's list, and so does everything else.
	app.press(keys.escape.repeat(4) + 'e');
	// A chord is a command wherever one is: it leaves the list, the diagram, a payload, a prompt and the help. Twice,
	// it changes nothing but a prompt.
	app.press(keys.ctrl('p') + keys.ctrl('p'));
	// A paste ends the row of letters.
	app.press(keys.paste(mark));
	await app.waitFor(
		screen => screen.cursor.before.endsWith(mark) && screen.panes.some(({isFocused}) => isFocused),
		mark,
	);
	app.press(keys.alt('1'));
	// A program takes the screen as a zoomed pane does; its title may be cut before its name.
	await app.waitFor(
		screen =>
			!screen.footer.includes(en.keys.leaveProgram)
			&& !/(?:calls|bytes|sockets|Python|Node|· C)(?: ·|$)/.test(screen.panes.find(({isFocused}) => isFocused)?.title ?? ''),
		'the messages',
	);
	if (app.screen.panes.length === 1) {
		app.press(keys.alt('z'));
		await app.waitFor(screen => screen.panes.length > 1, 'all panes');
	}

	if (/ of \d+/.test(focused(app)?.title ?? '')) {
		app.press(keys.alt('/'));
		await app.waitFor(({prompt}) => prompt.includes(' show rows with:'), 'the prompt');
		app.press(keys.typing);
		await app.waitFor(({footer}) => footer.includes('Esc commands'), 'typing');
	}

	app.press(keys.end + keys.ctrl('u'));
	await app.waitFor(screen => !screen.text.includes(mark));
	// The focused pane has a thick border.
	if (app.screen.text.includes('┃ hex>')) {
		app.press(keys.alt('y'));
		await app.waitFor(({text}) => !text.includes('┃ hex>'), 'a line of text');
	}
}

/** Let the focused pane write UTF-8, and no frames around messages. */
async function setPlain(app: TestApp): Promise<void> {
	const {encoding, framing} = en.settings.rows;
	const rowOf = ({lines}: TerminalScreen, name: string): string | undefined =>
		lines.find(line => line.slice(2).startsWith(`${name}  `));
	app.press(keys.alt('j'));
	await app.waitFor(screen => rowOf(screen, encoding.name) !== undefined, 'the settings');
	for (const [name, wanted] of [[encoding.name, encodingLabel(defaultEncoding)], [framing.name, 'none']] as const) {
		const now = (): string | undefined => rowOf(app.screen, name);
		while (now()?.includes(wanted) === false) {
			const before = now();
			app.press(keys.left);
			await app.waitFor(screen => rowOf(screen, name) !== before, `another ${name}`);
		}

		// The line ending is between these.
		app.press(keys.down + keys.down);
	}

	app.press('j');
	await app.waitFor(screen => rowOf(screen, encoding.name) === undefined, 'no settings');
}

function focused({screen}: TestApp): PaneOnScreen | undefined {
	return screen.panes.find(({isFocused}) => isFocused);
}

for (const [seed, protocol] of [[1, 'udp'], [2, 'tcp'], [3, 'udp']] as const) {
	test.serial(`after 2,000 random keys (seed ${seed}) it works as ever, and ends cleanly`, async t => {
		// Random keys save files.
		const folder = await temporaryFolder(t);
		const app = await openApp(t, {
			columns: 120, rows: 40, args: ['-p', protocol], folder,
		});
		const draws = fc.record({run: keyRun, size: fc.constantFrom(...sizes)});
		for (const [index, {run, size}] of fc.sample(draws, {seed, numRuns: 290, unbiased: true}).entries()) {
			app.press(run);
			if (index % 50 === 49) {
				app.resize(...size);
			}
		}

		app.resize(120, 40);
		await settle(app, 'mark-1;');
		t.deepEqual(app.screen.frameProblems, []);
		const hasBoth = ({panes}: TerminalScreen): boolean =>
			panes.filter(({title}) => title.startsWith('SERVER')).length > 1;
		if (hasBoth(app.screen)) {
			await app.command('c');
			await app.waitFor(screen => !hasBoth(screen), 'one scene');
		}

		// The question of an open lesson takes the next Tab.
		if (app.screen.text.includes(' LESSON ')) {
			app.press(`${keys.alt('g')}x`);
			await app.waitFor(screen => !screen.text.includes(' LESSON '), 'no lesson');
		}

		while (!app.screen.pane('SERVER').isFocused) {
			app.press(keys.tab);
			const {title} = app.screen.panes.find(pane => pane.isFocused) ?? {title: ''};
			await app.waitFor(screen => screen.panes.some(pane => pane.isFocused && pane.title !== title));
		}

		await settle(app, 'mark-2;');
		await setPlain(app);
		if (/○|✗/.test(app.screen.header)) {
			app.press(keys.ctrl('o'));
		}

		await app.waitFor(({header}) => header.includes('●'));
		while (!app.screen.header.includes('uppercase')) {
			const {header} = app.screen;
			app.press(keys.ctrl('r'));
			await app.waitFor(screen => screen.header !== header && screen.pane('SERVER').title !== '');
		}

		const clients = (): readonly string[] =>
			app.screen.panes.filter(({title}) => title.startsWith('CLIENT')).map(({title}) => title.slice(0, 9));
		if (clients().length === 0) {
			app.press(keys.ctrl('n'));
			await app.waitFor(screen =>
				screen.panes.some(({title, isFocused}) => isFocused && title.startsWith('CLIENT')));
		} else {
			app.press(keys.tab);
		}

		await settle(app, 'mark-3;');
		await setPlain(app);
		const {title = ''} = app.screen.panes.find(({isFocused}) => isFocused) ?? {};
		const name = title.slice(0, 9).trim();
		t.regex(name, /^CLIENT \d+$/);
		// A UDP client has no socket until it sends.
		const open = /●|no socket yet/;
		app.press(open.test(title) ? keys.ctrl('x') + keys.ctrl('o') : keys.ctrl('o'));
		await app.waitFor(screen => open.test(screen.pane(`${name} `).title), `${name} open again`);
		// The keys have changed the simulated link: it does nothing from now on, but one datagram each way may still be
		// lost as it was told.
		app.press(keys.ctrl('l') + `0${keys.tab}`.repeat(3) + keys.ctrl('l'));
		await settle(app, 'mark-4;');
		// A connection that the server closes after its reply may be reset by a second message, which discards that
		// reply.
		for (let count = app.screen.header.includes('[TCP]') ? 2 : 0; count < 3; count++) {
			app.send('ok');
		}

		await app.waitForPane(`${name} `, /← .*(?:OK|4f 4b)/);
		t.deepEqual(app.screen.frameProblems, []);
		t.like(await app.quit(), {exitCode: 130});
		t.false(app.isAlternateScreen);
		t.deepEqual(app.changedModes, []);
	});
}
