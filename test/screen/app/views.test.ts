import test from 'ava';
import {keys, openApp} from '../../helpers/terminal-app.ts';
import {openRawUdp} from '../../helpers/raw-udp.ts';

test.serial('p shows payloads as hex and text, in that pane only, and as text again', async t => {
	const app = await openApp(t, {columns: 120, rows: 40});
	app.send('Az안');
	await app.waitForPane('CLIENT 1', /← .*AZ안/);
	app.press(keys.ctrl('p'));
	await app.waitForPane('CLIENT 1', /→ .* 5 B +41 7a ec 95 88 +Az안/);
	t.regex(app.screen.pane('CLIENT 1').title, /hex/);
	t.notRegex(app.screen.pane('SERVER').text, /41 7a/);
	t.deepEqual(app.screen.frameProblems, []);
	await app.command('p');
	await app.waitForPane('CLIENT 1', /→ .* 5 B +Az안/);
	t.notRegex(app.screen.pane('CLIENT 1').title, /hex/);
});

for (const [columns, rows] of [[80, 24], [120, 40]] as const) {
	test.serial(
		`a pane of ${columns}x${rows} that is scrolled back stays, counts what is newer, and follows again at its end`,
		async t => {
			const app = await openApp(t, {columns, rows, args: ['-r', 'discard', '-c', '1']});
			const peer = await openRawUdp(t);
			const {port} = app.serverAddress;
			const shown = (): readonly string[] => app.screen.pane('SERVER').lines.filter(line => /row \d/.test(line));
			app.press(keys.shiftTab);
			for (let row = 0; row < 100; row++) {
				peer.send(`row ${row};`, port);
			}

			await app.waitForPane('SERVER', 'row 99;');
			const last = shown();
			app.press(keys.pageUp);
			await app.waitFor(screen => /↓ \d+ newer/.test(screen.pane('SERVER').foot), 'rows that are newer');
			const before = shown();
			const newer = Number(/↓ (\d+) newer/.exec(app.screen.pane('SERVER').foot)?.[1]);
			t.true(newer > 0 && newer < 100);
			t.false(app.screen.text.includes('row 99;'));
			t.true(before.some(line => line.includes(`row ${99 - newer};`)));
			for (let row = 100; row < 105; row++) {
				peer.send(`row ${row};`, port);
			}

			await app.waitFor(screen => screen.pane('SERVER').foot.includes(`↓ ${newer + 5} newer`), 'five more');
			t.deepEqual(shown(), before);
			t.deepEqual(app.screen.frameProblems, []);
			app.press(keys.pageUp.repeat(100));
			await app.waitForPane('SERVER', 'row 0;');
			t.regex(app.screen.pane('SERVER').text, /bound to/);
			app.press(keys.pageDown.repeat(100));
			await app.waitForPane('SERVER', 'row 104;');
			t.notRegex(app.screen.pane('SERVER').foot, /newer/);
			peer.send('row 105;', port);
			await app.waitForPane('SERVER', 'row 105;');
			t.is(shown().length, last.length);
		},
	);
}

test.serial('sending from a pane that is scrolled back shows its end again', async t => {
	const app = await openApp(t);
	app.press(Array.from({length: 12}, (_, index) => `n${index}\r`).join(''));
	await app.waitForPane('CLIENT 1', 'N11');
	app.press(keys.pageUp);
	await app.waitFor(screen => screen.pane('CLIENT 1').foot.includes('newer'), 'scrolled back');
	app.send('newest');
	await app.waitForPane('CLIENT 1', 'NEWEST');
	t.notRegex(app.screen.pane('CLIENT 1').foot, /newer/);
});

for (const [columns, rows] of [[80, 24], [120, 40]] as const) {
	test.serial(`? shows the help at ${columns}x${rows}, whole by scrolling, and q goes back to typing`, async t => {
		const app = await openApp(t, {columns, rows});
		app.press('kept');
		await app.command('?');
		await app.waitFor(({footer}) => footer.includes('scroll'), 'the help');
		const seen = [app.screen.text];
		while (!seen.at(-1)!.includes('rows not seen yet')) {
			app.press(keys.pageDown);
			await app.waitFor(({text, footer}) => text !== seen.at(-1) && footer.includes('scroll'));
			seen.push(app.screen.text);
		}

		for (const word of ['UDP or TCP', 'new client', 'half-close', 'payload', 'quit', 'Enter', 'PageUp', 'Signs']) {
			t.true(seen.some(text => text.includes(word)));
		}

		t.regex(app.screen.header, /\[UDP]/);
		app.press(`q${keys.enter}`);
		await app.waitForPane('CLIENT 1', '> kept');
		t.regex(app.screen.pane('CLIENT 1').lines.at(-1)!, /^> kept +4 B$/);
		t.deepEqual(app.screen.frameProblems, []);
	});
}

test.serial('Esc shows the letters of all commands, and the line that is typed stays', async t => {
	const app = await openApp(t);
	app.press('half-typed');
	await app.showLetters();
	t.regex(app.screen.text, / see +v V 1–5 view[\s\S]* change +t UDP\/TCP[\s\S]* sockets +n new.* d \(half-close\)/);
	t.regex(app.screen.pane('CLIENT 1').lines.at(-1)!, /^COMMANDS .* > half-typed .*Enter or i: type$/);
	t.deepEqual(app.screen.frameProblems.filter(problem => !problem.startsWith('column')), []);
	app.press(keys.enter);
	await app.waitFor(({footer}) => footer.includes('Esc commands'));
	t.deepEqual(app.screen.frameProblems, []);
});

test.serial('Korean is spoken where the locale or --lang asks for it', async t => {
	const app = await openApp(t, {env: {LANG: 'ko_KR.UTF-8'}});
	t.deepEqual(app.screen.frameProblems, []);
	app.send('안녕하세요');
	await app.waitForText(/← .*15 B +안녕하세요/);
	t.deepEqual(app.screen.frameProblems, []);
	t.like(await app.quit(), {exitCode: 130});
	const other = await openApp(t, {args: ['--lang', 'en'], env: {LANG: 'ko_KR.UTF-8'}});
	t.regex(other.screen.footer, /Esc commands/);
});
