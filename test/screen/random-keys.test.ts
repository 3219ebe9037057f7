import test from 'ava';
import {keys, openApp, type TestApp} from '../helpers/terminal-app.ts';
import {randomKeys, seededRandom} from '../helpers/terminal-random.ts';

const sizes: ReadonlyArray<readonly [number, number]> = [[80, 24], [120, 40], [50, 10], [100, 30]];

/** Wait until the program has taken every key so far, in whatever state it is, and leave it with an empty line. */
async function settle(app: TestApp, mark: string): Promise<void> {
	// Home closes the help, and a paste ends the row of letters; neither is a command.
	app.press(keys.home + keys.paste(mark));
	await app.waitForText(mark);
	app.press(keys.end + keys.ctrl('u'));
	await app.waitFor(screen => !screen.text.includes(mark));
}

for (const [seed, protocol] of [[1, 'udp'], [2, 'tcp'], [3, 'udp']] as const) {
	test.serial(`after 2,000 random keys (seed ${seed}) it works as ever, and ends cleanly`, async t => {
		const app = await openApp(t, {columns: 120, rows: 40, args: ['-p', protocol]});
		const random = seededRandom(seed);
		let run = 0;
		for (const text of randomKeys(random, 2000)) {
			app.press(text);
			if (run++ % 50 === 49) {
				const [columns, rows] = sizes[Math.floor(random() * sizes.length)];
				app.resize(columns, rows);
			}
		}

		app.resize(120, 40);
		await settle(app, 'mark-1;');
		t.deepEqual(app.screen.frameProblems, []);
		while (!app.screen.pane('SERVER').isFocused) {
			app.press(keys.tab);
			const {title} = app.screen.panes.find(pane => pane.isFocused) ?? {title: ''};
			// eslint-disable-next-line no-await-in-loop -- One key after the other.
			await app.waitFor(screen => screen.panes.some(pane => pane.isFocused && pane.title !== title));
		}

		await settle(app, 'mark-2;');
		if (/○|✗/.test(app.screen.header)) {
			app.press(keys.ctrl('o'));
		}

		await app.waitFor(({header}) => header.includes('●'));
		while (!app.screen.header.includes('uppercase')) {
			const {header} = app.screen;
			app.press(keys.ctrl('r'));
			// eslint-disable-next-line no-await-in-loop -- One key after the other.
			await app.waitFor(screen => screen.header !== header && screen.pane('SERVER').title !== '');
		}

		const clients = (): readonly string[] => app.screen.panes.filter(({title}) => title.startsWith('CLIENT')).map(({title}) => title.slice(0, 9));
		if (clients().length === 0) {
			app.press(keys.ctrl('n'));
			await app.waitFor(screen => screen.panes.some(({title, isFocused}) => isFocused && title.startsWith('CLIENT')));
		} else {
			app.press(keys.tab);
		}

		await settle(app, 'mark-3;');
		const {title = ''} = app.screen.panes.find(({isFocused}) => isFocused) ?? {};
		const name = title.slice(0, 9).trim();
		t.regex(name, /^CLIENT \d+$/);
		app.press(title.includes('●') ? keys.ctrl('x') + keys.ctrl('o') : keys.ctrl('o'));
		await app.waitFor(screen => screen.pane(`${name} `).title.includes('●'), `${name} open again`);
		app.send('ok');
		await app.waitForPane(`${name} `, /← .*(?:OK|4f 4b)/);
		t.deepEqual(app.screen.frameProblems, []);
		t.like(await app.quit(), {exitCode: 0});
		t.false(app.isAlternateScreen);
		t.deepEqual(app.changedModes, []);
	});
}
