import test from 'ava';
import {ko} from '../../../source/screen/words/ko.ts';
import {keys, openApp, type TestApp} from '../../helpers/terminal-app.ts';
import type {TerminalScreen} from '../../helpers/terminal-screen.ts';

/** Open the panel, and wait until it shows. */
async function openPanel(app: TestApp, title = 'SIMULATED LINK'): Promise<void> {
	await app.command('l');
	await app.waitFor(({text}) => text.includes(` ${title} `), 'the panel');
}

/** Close the panel, and wait for the panes. */
async function closePanel(app: TestApp): Promise<void> {
	app.press(keys.typing);
	await app.waitFor(
		({text, footer}) => !text.includes(' SIMULATED LINK ') && footer.includes('Esc commands'),
		'the panes',
	);
}

/** A row of the panel: its name and its two values. */
function row({lines}: TerminalScreen, name: string): string {
	return lines.find(line => line.slice(2).startsWith(`${name} `))?.trim().replaceAll(/ {2,}/g, ' | ') ?? '';
}

/** Wait until a row of the panel reads so. */
async function waitForRow(app: TestApp, name: string, wanted: string): Promise<void> {
	await app.waitFor(screen => row(screen, name) === wanted, `'${wanted}' in the panel`);
}

for (const [columns, rows] of [[80, 24], [160, 50]] as const) {
	test.serial(
		`UDP at ${columns}x${rows}: a value is typed, a wrong one stays in the prompt, and presets and directions are chosen by keys`,
		async t => {
			const app = await openApp(t, {columns, rows, args: ['--seed', '42']});
			await openPanel(app);
			t.regex(app.screen.text, /for what this program's UDP sockets send .* seed 42/);
			t.deepEqual(
				rows === 50 ? app.screen.panes.map(({title}) => title.split(' ')[0]) : app.screen.panes,
				rows === 50 ? ['SERVER', 'CLIENT', 'CLIENT'] : [],
			);
			t.deepEqual(app.screen.overlayProblems, []);
			app.press(keys.down + keys.enter);
			await app.waitFor(
				({footer}) => footer.startsWith(' loss, both ways:') && footer.includes('Esc cancels'),
				'the prompt',
			);
			app.press('300' + keys.enter);
			await app.waitFor(
				({text}) => text.includes('✗ loss takes 0 to 1, or 0% to 100%, not \'300\''),
				'what is allowed',
			);
			t.is(row(app.screen, 'loss'), '▸ loss | [0 %] | [0 %]');
			app.press(`${keys.backspace}${keys.enter}`);
			await waitForRow(app, 'loss', '▸ loss | [30 %] | [30 %]');
			await app.waitFor(({header}) => header.includes('simulated link: custom'), 'the header');
			app.press(`${keys.right}${keys.down}++`);
			await waitForRow(app, 'delay', '▸ delay | [2 ms] | 0 ms');
			await app.waitFor(
				({header}) => header.includes('simulated link: custom ⇄ custom'),
				'the header for two directions',
			);
			app.press(`${keys.tab}p`);
			await waitForRow(app, 'preset', 'preset | custom | perfect');
			app.press('p');
			await waitForRow(app, 'preset', 'preset | custom | wifi');
			t.is(row(app.screen, 'delay'), '▸ delay | 2 ms | [4 ms]');
			app.press(`${keys.right}${keys.home}${keys.enter}`);
			await app.waitFor(({prompt}) => prompt.includes(' link, both ways:'), 'the prompt for conditions');
			app.press('wifi,loss=5%' + keys.enter);
			await waitForRow(app, 'preset', '▸ preset | [custom] | [custom]');
			t.is(row(app.screen, 'loss'), 'loss | 5 % | 5 %');
			t.is(row(app.screen, 'rate'), 'rate | 5 MB/s | 5 MB/s');
			app.press('0');
			await waitForRow(app, 'preset', '▸ preset | [perfect] | [perfect]');
			await app.waitFor(({header}) => !header.includes('simulated'), 'the perfect header');
			t.deepEqual(app.screen.overlayProblems, []);
			await closePanel(app);
			t.deepEqual(app.screen.frameProblems, []);
			// What was changed, and changed back, has no row.
			await openPanel(app);
			app.press('pp');
			await waitForRow(app, 'preset', '▸ preset | [wifi] | [wifi]');
			await closePanel(app);
			await app.waitForPane('CLIENT 1', /simulated link from here/);
			t.is(app.screen.flat('CLIENT 1').split('simulated link from here').length, 2, 'many keys, one row');
			t.like(await app.quit(), {exitCode: 130});
		},
	);

	test.serial(`TCP at ${columns}x${rows}: a stall holds bytes on the link, and lets them go`, async t => {
		const app = await openApp(t, {columns, rows, args: ['-p', 'tcp', '-c', '1']});
		await app.waitForPane('SERVER', 'ESTABLISHED');
		await openPanel(app);
		t.regex(app.screen.text, /TCP bytes cannot be dropped here: loss below TCP shows up as delay\./);
		t.notRegex(app.screen.text, /^ {2}loss /m);
		app.press(keys.end + keys.right + keys.enter);
		await waitForRow(app, 'stall', '▸ stall | [on] | off');
		await app.waitFor(({header}) => header.includes('simulated link: custom ⇄ perfect'), 'the header');
		await closePanel(app);
		app.send('hello');
		await app.waitForPane('CLIENT 1', /→ +5 B +hello/);
		await openPanel(app);
		await waitForRow(app, 'on the link now', 'on the link now | 5 B | 0');
		t.notRegex(rows === 50 ? app.screen.pane('SERVER').text : '', /hello/);
		app.press(keys.end + keys.enter);
		await waitForRow(app, 'stall', '▸ stall | [off] | off');
		await waitForRow(app, 'on the link now', 'on the link now | 0 | 0');
		await closePanel(app);
		await app.waitForPane('SERVER', /← connection 1 +5 B +hello/);
		await app.waitForPane('CLIENT 1', 'HELLO');
		t.regex(app.screen.header, rows === 50 ? / link: perfect$/ : /reply: uppercase /);
	});
}

test.serial('losing exactly the next datagram loses one, of the direction that is chosen', async t => {
	const app = await openApp(t, {columns: 160, rows: 50, args: ['-c', '1']});
	await openPanel(app);
	app.press(`${keys.right}n`);
	await waitForRow(app, 'lose the next one', 'lose the next one | ordered | —');
	await app.waitFor(({header}) => header.includes('simulated link: perfect · loses next'), 'the header');
	await closePanel(app);
	app.send('gone');
	await app.waitForPane('CLIENT 1', /gone[\s\S]*lost by the link/);
	await app.waitFor(({header}) => !header.includes('loses next'), 'the header after the loss');
	app.send('here');
	await app.waitForPane('CLIENT 1', 'HERE');
	t.notRegex(app.screen.pane('SERVER').text, /gone/);
	t.regex(app.screen.pane('SERVER').text, /← .*here/);
	await openPanel(app);
	app.press(`${keys.end}${keys.left}${keys.enter}`);
	await waitForRow(app, 'lose the next one', '▸ lose the next one | — | [ordered]');
	await closePanel(app);
	app.send('mute');
	await app.waitForPane('SERVER', /MUTE[\s\S]*lost by the link/);
	app.send('again');
	await app.waitForPane('CLIENT 1', 'AGAIN');
	t.notRegex(app.screen.pane('CLIENT 1').text, /MUTE/);
});

test.serial(
	'another seed is typed or taken at random, and stands in the panel, in the header of a wide window and in the panes',
	async t => {
		const app = await openApp(t, {columns: 160, rows: 50, args: ['--seed', '42', '--link', 'pinger']});
		await app.waitFor(
			({header}) => header.includes('simulated link: pinger') && header.endsWith('seed 42'),
			'the header',
		);
		await openPanel(app);
		app.press('s');
		await app.waitFor(({prompt}) => prompt.includes(' seed:'), 'the prompt');
		app.press('4294967296' + keys.enter);
		await app.waitFor(({text}) => text.includes('✗ a whole number from 0 to 4294967295'), 'what is allowed');
		app.press(keys.backspace + keys.enter);
		await app.waitFor(
			({header, text}) =>
				header.endsWith('seed 429496729') && / seed 429496729 *$/m.test(text.split('\n').slice(1).join('\n')),
			'the new seed',
		);
		await app.waitForPane('CLIENT 1', /\(seed\s+429496729\)/);
		app.press('r');
		await app.waitFor(
			({header}) => /seed \d+$/.test(header) && !header.endsWith('seed 429496729'),
			'a random seed',
		);
		app.press(`${keys.enter}${keys.escape}`);
		await app.waitFor(({footer}) => footer.includes('random seed'), 'the panel behind the prompt');
		await closePanel(app);
		t.deepEqual(app.screen.frameProblems, []);
	},
);

test.serial('^L opens and closes the panel; a chord leaves it; with another program\'s server it says so', async t => {
	const app = await openApp(t, {args: ['--connect', '127.0.0.1:9'], isOpen: false});
	app.press(keys.ctrl('l'));
	await app.waitFor(({text}) => text.includes('The server is another program'), 'the panel');
	t.is(row(app.screen, 'preset'), '▸ preset | [perfect] | perfect');
	app.press(keys.ctrl('l'));
	await app.waitFor(({footer}) => footer.includes('Esc commands'), 'the panes');
	app.press(`typed${keys.ctrl('l')}`);
	await app.waitFor(({text}) => text.includes('The server is another program'), 'the panel again');
	app.press(keys.ctrl('t'));
	await app.waitFor(({header, footer}) => header.includes('[TCP]') && footer.includes('Esc commands'), 'TCP');
});

test.serial('in Korean, and in the smallest window', async t => {
	const app = await openApp(t, {columns: 60, rows: 16, args: ['--lang', 'ko', '-p', 'tcp', '--seed', '7']});
	app.press(keys.ctrl('l'));
	await app.waitFor(({text}) => text.includes(' 네트워크 시뮬레이션 '), 'the panel');
	t.true(app.screen.line(1).includes(`${ko.link.panel.about('tcp', false, false)} `));
	t.regex(app.screen.line(1), /TCP.* 시드 7 *$/);
	t.true(app.screen.text.replaceAll(/\s+/g, ' ').includes(ko.link.panel.whyNoLoss));
	t.deepEqual(app.screen.overlayProblems, []);
	app.press(keys.down + keys.enter);
	await app.waitFor(({prompt}) => prompt.includes(' 지연 delay, 양쪽:'), 'the prompt');
	app.press('1h' + keys.enter);
	const problem = ko.link.panel.problem({
		type: 'wrong-value', name: 'delay', value: '1h', kind: 'duration',
	});
	await app.waitFor(({text}) => text.includes(`✗ ${problem}`), 'what is allowed');
	app.press(`${keys.backspace}0ms${keys.enter}`);
	await app.waitFor(screen => row(screen, '지연 delay') === '▸ 지연 delay | [10 ms] | [10 ms]', 'the delay');
	t.true(app.screen.header.includes(ko.link.panel.header.short(ko.link.panel.custom)));
	t.deepEqual(app.screen.overlayProblems, []);
});
