import test from 'ava';
import {en} from '../../../source/screen/words/en.ts';
import {keys, openApp, type TestApp} from '../../helpers/terminal-app.ts';
import type {TerminalScreen} from '../../helpers/terminal-screen.ts';
import {openRawUdp} from '../../helpers/raw-udp.ts';

const tcp = ['-p', 'tcp', '-c', '1'];
const sizes = [[80, 24], [160, 50]] as const;

/** Open the menu of the focused pane, and wait until it is there. */
async function openMenu(app: TestApp, of: string): Promise<void> {
	await app.command('b');
	await app.waitFor(
		({text, footer}) =>
			new RegExp(String.raw`^ TRY ON THIS SOCKET {3}${of}(?: {2}|$)`, 'm').test(text)
				&& footer.includes('Esc back'),
		`the menu of ${of}`,
	);
}

/** Choose an entry of the menu that is open, and wait until one types again. */
async function choose(app: TestApp, digit: string): Promise<void> {
	app.press(digit);
	await app.waitFor(({text}) => !text.includes('TRY ON THIS SOCKET'), 'the menu gone');
}

/** Fill in the prompt of a series that a digit opens. */
async function giveSeries(app: TestApp, digit: '7' | '8' | '9', series: string): Promise<void> {
	await openMenu(app, 'client 1');
	app.press(digit);
	await app.waitFor(({prompt}) => prompt.includes('Esc cancels'), 'the prompt of a series');
	app.press(series + keys.enter);
}

for (const [columns, rows] of sizes) {
	test.serial(`at ${columns}x${rows} the panes stay above the menu, and Esc gives them all back`, async t => {
		const app = await openApp(t, {columns, rows});
		const {height} = app.screen.pane('CLIENT 1');
		await openMenu(app, 'client 1');
		t.true(app.screen.pane('CLIENT 1').height >= 6);
		t.regex(app.screen.text, /▸1 reset \(RST\)/);
		t.deepEqual(app.screen.overlayProblems, []);
		app.press(`${keys.down}${keys.down}`);
		await app.waitFor(({text}) => text.includes('▸3 stop reading'), 'the third entry');
		app.press('1');
		await app.waitFor(({text}) => text.includes('✗ UDP has no connection: there is nothing to reset.'), 'why not');
		app.press(keys.typing);
		await app.waitFor(screen => screen.pane('CLIENT 1').height === height, 'the panes as before');
		t.deepEqual(app.screen.frameProblems, []);
	});

	test.serial(
		`at ${columns}x${rows} a client resets its connection: RST goes out, and the server's side is reset`,
		async t => {
			const app = await openApp(t, {args: tcp, columns, rows});
			await app.waitForPane('SERVER', 'ESTABLISHED');
			await openMenu(app, 'client 1');
			await choose(app, '1');
			await app.waitForPane('CLIENT 1', /→ RST sent[\s\S]*○ closed/);
			await app.waitForPane('SERVER', /✗ connection 1 RST received[\s\S]*connection 1 closed/);
			t.notRegex(app.screen.text, /FIN/);
			t.deepEqual(app.screen.frameProblems, []);
		},
	);

	test.serial(
		`at ${columns}x${rows} the server resets the chosen connection: RST goes out, and the client's side is reset`,
		async t => {
			const app = await openApp(t, {args: tcp, columns, rows});
			await app.waitForPane('SERVER', 'ESTABLISHED');
			app.press(keys.tab);
			await app.waitForFocus('SERVER');
			await openMenu(app, en.acts.ofConnection(1));
			app.press(keys.enter);
			await app.waitForPane('SERVER', /→ connection 1 RST sent[\s\S]*○ connection 1 closed/);
			await app.waitForPane('CLIENT 1', /✗ RST received[\s\S]*○ closed/);
			t.deepEqual(app.screen.frameProblems, []);
		},
	);

	test.serial(
		`at ${columns}x${rows} a connection that does not read makes the client's bytes wait, in the kernel and in the client, until it reads again`,
		async t => {
			const app = await openApp(t, {args: [...tcp, '-r', 'discard'], columns, rows});
			await app.waitForPane('SERVER', 'ESTABLISHED');
			app.press(keys.tab);
			await app.waitForFocus('SERVER');
			await openMenu(app, en.acts.ofConnection(1));
			await choose(app, '3');
			await app.waitForPane('SERVER', 'not reading');
			await app.waitForPane('SERVER', 'reading stopped');
			app.press(keys.tab);
			await app.waitForFocus('CLIENT 1');
			const block = 'x'.repeat(500_000);
			// What waits for a moment only is taken by the kernel soon; a line that is refused waits behind much.
			const isRefused = (screen: TerminalScreen): boolean => screen.pane('CLIENT 1').text.includes('already queued');
			// More than the kernel's buffers of both ends take (tcp_rmem and tcp_wmem, tcp(7)).
			for (
				let count = 0;
				count < 30 && !isRefused(app.screen);
				count++
			) {
				app.press(keys.paste(block));
				await app.waitForPane('CLIENT 1', /pasted/);
				app.press(keys.enter);
				await app.waitFor(
					screen => screen.pane('CLIENT 1').lines.at(-1) === '>' || isRefused(screen),
					'the line sent',
				);
			}

			// The line that was refused stays.
			app.press(keys.end + keys.ctrl('u'));

			await app.waitForPane('CLIENT 1', /KiB|MiB waiting: the peer does not read/);
			await app.showView('CLIENT 1', 'socket-view');
			await app.waitForPane(
				'CLIENT 1',
				process.platform === 'linux' ? /(?:KiB|MiB) waiting here.*(?:KiB|MiB) unacked/ : /waiting here/,
			);
			app.press(keys.tab);
			await app.waitForFocus('SERVER');
			await app.showView('SERVER', 'socket-view');
			await app.waitForPane('SERVER', process.platform === 'linux' ? /(?:KiB|MiB) unread/ : /connection 1/);
			await app.showView('SERVER', 'message-view');
			await openMenu(app, en.acts.ofConnection(1));
			t.regex(app.screen.text, /3 read again/);
			await choose(app, '3');
			await app.waitFor(
				screen => (screen.pane('SERVER').lines[0] ?? '').endsWith('ESTABLISHED'),
				'a connection that reads',
			);

			await app.waitFor(screen => !screen.pane('CLIENT 1').text.includes('waiting here'), 'nothing waiting');
			await app.waitForPane('CLIENT 1', 'connected to');
			t.deepEqual(app.screen.frameProblems, []);
		},
	);

	test.serial(
		`at ${columns}x${rows} a client that does not read says so, and reads what has waited when it is told to`,
		async t => {
			const app = await openApp(t, {args: [...tcp, '-r', 'echo'], columns, rows});
			await app.waitForPane('CLIENT 1', 'connected to');
			await openMenu(app, 'client 1');
			await choose(app, '3');
			await app.waitForPane(
				'CLIENT 1',
				'reading stopped: received data waits in the kernel · Esc b 3 reads again',
			);
			app.send('unheard');
			await app.waitForPane('SERVER', /→.*unheard/);
			t.notRegex(app.screen.pane('CLIENT 1').text, /← .*unheard/);
			await openMenu(app, 'client 1');
			await choose(app, '3');
			await app.waitForPane('CLIENT 1', /reading again[\s\S]*← .*unheard/);
			t.deepEqual(app.screen.frameProblems, []);
		},
	);

	for (const protocol of ['udp', 'tcp']) {
		test.serial(
			`at ${columns}x${rows} a character is split between two ${protocol === 'udp' ? 'datagrams' : 'reads of a stream'}`,
			async t => {
				const app = await openApp(t, {
					args: ['-p', protocol, '-c', '1', '-r', 'discard'],
					columns,
					rows,
				});
				await app.waitForPane('CLIENT 1', protocol === 'udp' ? 'no socket' : 'connected to');
				app.press('가나');
				await app.waitForPane('CLIENT 1', '> 가나');
				await openMenu(app, 'client 1');
				await choose(app, '4');
				await app.waitForPane('SERVER', /← .* 1 B +\\xea[\s\S]*← .* 5 B +\\xb0\\x80나/);
				t.regex(app.screen.pane('CLIENT 1').text, /→ .*1 B +\\xea[\s\S]*→ .*5 B +\\xb0\\x80나/);
				t.is(app.screen.pane('CLIENT 1').lines.at(-1), '>');
				app.press(keys.up);
				await app.waitForPane('CLIENT 1', '> 가나');
				t.deepEqual(app.screen.frameProblems, []);
			},
		);
	}
}

for (const digit of ['5', '6']) {
	test.serial(`two writes (${digit}) are two datagrams in UDP`, async t => {
		const app = await openApp(t, {args: ['-r', 'discard', '-c', '1']});
		app.press('left-right');
		await app.waitForPane('CLIENT 1', '> left-right');
		await openMenu(app, 'client 1');
		await choose(app, digit);
		await app.waitForPane('SERVER', /← .* 5 B +left-\n.*← .* 5 B +right/);
		t.deepEqual(app.screen.frameProblems, []);
	});
}

test.serial('from an empty line a sample is sent, and the pane says so', async t => {
	const app = await openApp(t, {args: [...tcp, '-r', 'discard']});
	await app.waitForPane('CLIENT 1', 'connected to');
	await openMenu(app, 'client 1');
	await choose(app, '6');
	await app.waitForPane('SERVER', /← .* first *\n.*← .* second/);
	await app.waitForPane('CLIENT 1', 'the line was empty: the sample “first second” goes instead');
	t.deepEqual(app.screen.frameProblems, []);
});

test.serial('what cannot be split is put back into the line, and the pane says why', async t => {
	const app = await openApp(t, {args: ['-c', '1']});
	app.press('ascii');
	await app.waitForPane('CLIENT 1', '> ascii');
	await openMenu(app, 'client 1');
	await choose(app, '4');
	await app.waitForPane('CLIENT 1', /nothing to divide[\s\S]*> ascii/);
	t.regex(app.screen.pane('CLIENT 1').lines.at(-1) ?? '', /^> ascii +5 B$/);
});

test.serial('of the UDP server nothing can be done to one socket, and the menu says why', async t => {
	const app = await openApp(t);
	app.press(keys.shiftTab);
	await app.waitForFocus('SERVER');
	await openMenu(app, 'the server');
	app.press('4');
	await app.waitFor(({text}) => text.includes('✗ The UDP server has one socket for all'), 'why not');
	app.press(keys.tab);
	await app.waitFor(({text}) => text.includes('TRY ON THIS SOCKET   client 1'), 'the menu of client 1');
	t.deepEqual(app.screen.frameProblems, []);
});

/** The numbers of the sum that the pane's last row tells: the total first. */
function sumOf(text: string): number[] {
	const [, sum = ''] = /sent ([\d,]+ = [^·(]*)/.exec(text.replaceAll(/\s+/g, ' ')) ?? [];
	return [...sum.matchAll(/[\d,]+/g)].map(([digits]) => Number(digits.replaceAll(',', '')));
}

for (const [columns, rows] of sizes) {
	test.serial(`at ${columns}x${rows} a burst is counted to the last message, and its report adds up`, async t => {
		const app = await openApp(t, {args: ['-c', '1'], columns, rows});
		await giveSeries(app, '7', '200 at 400/s hello');
		await app.waitForPane('CLIENT 1', 'series ends (done)');
		t.deepEqual(sumOf(app.screen.pane('CLIENT 1').text.split('series ends')[1] ?? ''), [200, 200]);
		await openMenu(app, 'client 1');
		app.press('0');
		await app.waitFor(({text}) => text.includes(' SERIES   client 1: 200 messages, 400 a second'), 'the report');
		const {text} = app.screen;
		const report = text.slice(text.indexOf(' SERIES '));
		const [total = 0, ...parts] = sumOf(report.slice(report.indexOf('sent 200 =')).split('of the answers')[0] ?? '');
		t.is(total, 200);
		t.is(parts.length, 5);
		t.is(parts.reduce((sum, part) => sum + part, 0), 200);
		t.regex(report, /100 % {2}200 of 200 sent/);
		t.regex(report, /round trip +median /);
		t.regex(report, /sent +1,000 B in /);
		t.deepEqual(app.screen.overlayProblems, []);
	});
}

test.serial('messages that no socket receives are not forgotten: they count as waiting in the sum', async t => {
	const silent = await openRawUdp(t);
	const app = await openApp(t, {args: ['-c', '1', '--connect', `127.0.0.1:${silent.port}`]});
	await giveSeries(app, '9', '50 hello');
	await app.waitForPane('CLIENT 1', /sent 50 = .*waiting 50/);
	await app.command('b');
	await app.waitFor(({text}) => text.includes(' SERIES '), 'the report');
	app.press('s');
	await app.waitForPane('CLIENT 1', /series ends \((?:stopped|done)\)/);
	t.deepEqual(
		silent.inbox.all.map(({bytes}) => Buffer.from(bytes).toString()),
		Array.from({length: 50}, () => 'hello'),
	);
});

test.serial('a repeat goes on until s stops it, and what is typed meanwhile is typed', async t => {
	const app = await openApp(t, {args: ['-c', '1']});
	await giveSeries(app, '8', 'every 20ms tick');
	await app.waitForPane('CLIENT 1', /▶ \d+ sent, until stopped/);
	app.press('meanwhile');
	await app.waitForPane('CLIENT 1', '> meanwhile');
	await app.waitForPane('SERVER', /←.*tick[\s\S]*←.*tick/);
	await app.command('b');
	await app.waitFor(
		({text, footer}) => text.includes('under way') && footer.includes('s stop the series'),
		'the report',
	);
	app.press('s');
	await app.waitFor(({text}) => /SERIES .* stopped/.test(text), 'the series stopped');
	app.press(keys.typing);
	await app.waitForPane('CLIENT 1', 'series ends (stopped)');
	await app.waitForPane('CLIENT 1', '> meanwhile');
	const [total = 0, ...parts] = sumOf(app.screen.pane('CLIENT 1').text.split('series ends')[1] ?? '');
	t.true(total > 1);
	t.is(parts.reduce((sum, part) => sum + part, 0), total);
});

test.serial('under a load of 20,000 messages keys are answered, and everything is counted in the end', async t => {
	const app = await openApp(t, {args: ['-c', '2']});
	await giveSeries(app, '9', '20000');
	await app.waitForPane('CLIENT 1', /of 20,000 sent +.*Esc b s stops/);
	app.press(keys.tab);
	await app.waitForFocus('CLIENT 2');
	t.regex(app.screen.text, /▶● client 1/);
	app.send('in between');
	await app.waitForPane('CLIENT 2', /←.*IN BETWEEN/);
	app.press(keys.shiftTab);
	await app.waitForFocus('CLIENT 1');
	await app.waitForPane('CLIENT 1', 'series ends (done)');
	const [total = 0, ...parts] = sumOf(app.screen.pane('CLIENT 1').text.split('series ends')[1] ?? '');
	t.is(total, 20_000);
	t.is(parts.reduce((sum, part) => sum + part, 0), 20_000);
	t.deepEqual(app.screen.frameProblems, []);
	t.like(await app.quit(), {exitCode: 130});
});

test.serial('what is no series stays in the prompt, which says what is wrong', async t => {
	const app = await openApp(t, {args: ['-c', '1']});
	await giveSeries(app, '7', '10 at nothing');
	await app.waitFor(
		({prompt}) => prompt.includes('10 at nothing') && prompt.includes('✗ at 0.001/s to 1000000/s'),
		'what is wrong',
	);
	app.press(keys.typing);
	await app.waitFor(({footer}) => footer.includes('Esc commands'), 'typing');
	t.deepEqual(app.screen.frameProblems, []);
});
