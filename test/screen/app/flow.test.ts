import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {freeAddress} from '../../helpers/loopback.ts';
import {keys, openApp, type TestApp} from '../../helpers/terminal-app.ts';
import {openRawUdp} from '../../helpers/raw-udp.ts';
import type {TerminalScreen} from '../../helpers/terminal-screen.ts';
import {temporaryFolder} from '../../helpers/temporary-folder.ts';

const sizes = [[80, 24], [120, 40]] as const;

/** Show the flow diagram over the panes, and wait until it has steps. */
async function openFlow(app: TestApp): Promise<void> {
	app.press(keys.ctrl('f').repeat(app.screen.columns < 120 ? 1 : 2));
	await app.waitFor(screen => screen.line(1).startsWith(' FLOW') && steps(screen).length > 0, 'the flow diagram');
}

/** The steps of the diagram that show, without their times. */
function steps(screen: TerminalScreen): string[] {
	return screen.lines.flatMap(line => /^(?:\d\d:\d\d:)?\d\d(?:\.\d{3})? (.*)$/.exec(line)?.[1] ?? []);
}

/** Resize with the diagram open, and wait until it fills the window. */
async function resizeFlow(app: TestApp, columns: number, rows: number, lastLane = 'server'): Promise<void> {
	app.resize(columns, rows);
	// Until the engine has drawn it anew, it is cut, or leaves columns free.
	await app.waitFor(
		screen =>
			screen.columns === columns
			&& screen.overlayProblems.length === 0
			&& /Esc (?:close|beside)/.test(screen.footer)
			&& steps(screen).length > 0
			&& !steps(screen).some(step => step.endsWith('…'))
			&& laneColumn(screen, lastLane) > columns * 0.6,
		`the diagram at ${columns}x${rows}`,
	);
}

/** An arrow to the last lane: two rows with a mark where it took 20 ms, as on a busy machine. */
function arrowOf(text: string): RegExp {
	return new RegExp(String.raw`├─ ${text} ─*(?:┼─*)*(?:►│|([①-⑳])[\s\S]*\1 ${text.slice(0, 3)}.*arrives ─►│)`);
}

/** How many arrows with this begin; those that took no 20 ms may be one row, in which they are counted. */
function sentIn(text: string, payload: string): number {
	return [...text.matchAll(new RegExp(String.raw`├[─╌] ${payload}(?: × (\d+))?`, 'g'))]
		.reduce((sum, [, count = '1']) => sum + Number(count), 0);
}

/** Where in the lanes' line, and so in every step, the lane with this name stands: the column of its name's middle. */
function laneColumn(screen: TerminalScreen, name: string): number {
	return screen.line(2).indexOf(name) + (name.length / 2);
}

test.serial(
	'UDP at 80x24 and 120x40: every socket has a lane, every datagram an arrow, and datagrams that repeat are one step',
	async t => {
		const folder = await temporaryFolder(t);
		const app = await openApp(t, {args: ['-c', '2', '-r', 'discard'], folder});
		const stranger = await openRawUdp(t);
		const {port} = app.serverAddress;
		app.press(keys.ctrl('f'));
		await app.waitForText(/bound 127\.0\.0\.1:\d+ ●/);
		app.press(keys.typing);
		await app.waitForFocus('CLIENT 1');
		// Where there is no room for all lanes, the stranger's goes: it has been quiet for the longest time.
		stranger.send('three', port);
		await app.waitForPane('SERVER', 'three');
		app.press(`one\r${keys.tab}two\r${keys.shiftTab}`);
		await app.waitForPane('SERVER', /one[\s\S]*two|two[\s\S]*one/);
		// As few as are folded: at 80x24 all steps show also where each of them takes two rows.
		app.press('again\r'.repeat(4) + 'half');
		await openFlow(app);
		for (const [columns, rows] of sizes) {
			await resizeFlow(app, columns, rows);
			// Those that are still under way are rows of their own.
			await app.waitFor(({text}) => sentIn(text, '5 B "again"') === 4
				&& (/├[─╌] 5 B "again" .*[①-⑳]/.test(text) || text.includes('5 B "again" × 4')), 'four of the same, in one step');
			t.regex(app.screen.line(2), /client 1 .*client 2 .*server/);
			t.regex(
				app.screen.line(3),
				new RegExp(String.raw`:${/:(\d+)/.exec(app.screen.line(3))?.[1]} .*:\d+ .*:${port}`),
			);
			t.regex(app.screen.text, arrowOf('3 B "one"'));
			t.regex(app.screen.text, arrowOf('3 B "two"'));
			t.regex(app.screen.text, new RegExp(String.raw`127\.0\.0\.1:${stranger.port}|:${stranger.port}`));
			t.true(laneColumn(app.screen, 'client 1') < laneColumn(app.screen, 'client 2'));
		}

		const saved: Array<readonly [key: string, file: string, wanted: RegExp]> = [
			['w1', 'socket-playground-udp-flow.svg', /<svg [\s\S]*>client 1<[\s\S]*&quot;one&quot;/],
			['w2', 'socket-playground-udp-flow.mmd', /sequenceDiagram[\s\S]*client 1[\s\S]*one/],
			['w3', 'socket-playground-udp-flow.txt', /client 1 .*client 2 .*server[\s\S]*├─ 3 B "one" ─/],
			['w3', 'socket-playground-udp-flow-2.txt', /client 1/],
		];
		for (const [key, file, wanted] of saved) {
			app.press(key);
			await app.waitForText(`saved ${path.join(folder, file)}`);
			t.regex(await readFile(path.join(folder, file), 'utf8'), wanted);
			t.deepEqual(app.screen.overlayProblems, []);
		}

		const files = await readdir(folder);
		t.is(files.length, 4);
		app.press(keys.typing);
		await app.waitForPane('CLIENT 1', '> half');
		t.deepEqual(app.screen.frameProblems, []);
	},
);

test.serial(
	'TCP at 80x24 and 120x40: the handshake, the accepted connection, chunks and FIN are arrows; a refused connection ends in a RST',
	async t => {
		const app = await openApp(t, {args: ['-p', 'tcp', '-c', '1']});
		await app.waitForPane('CLIENT 1', 'connected to');
		app.send('hello');
		await app.waitForPane('CLIENT 1', 'HELLO');
		await openFlow(app);
		for (const [columns, rows] of sizes) {
			await resizeFlow(app, columns, rows, 'connection 1');
			const {text} = app.screen;
			t.regex(app.screen.line(2), /client 1 .*welcoming .*connection 1/);
			t.regex(text, /● listening[\s\S]*├─ SYN .*►│[\s\S]*accept\(\).*►?●/);
			t.regex(text, /◄.*SYN\+ACK/);
			t.regex(text, new RegExp(String.raw`${arrowOf('5 B "hello"').source}[\s\S]* 5 B "HELLO" ─┤`));
		}

		app.press(keys.typing);
		await app.waitForFocus('CLIENT 1');
		app.press(keys.ctrl('d'));
		await app.waitForPane('CLIENT 1', /^closed/);
		const {host, port} = await freeAddress();
		await app.giveAddress(`${host}:${port}`);
		app.press(keys.ctrl('o'));
		await app.waitForPane('CLIENT 1', 'ECONNREFUSED');
		await openFlow(app);
		for (const [columns, rows] of sizes) {
			await resizeFlow(app, columns, rows, 'connection 1');
			await app.waitFor(screen => screen.text.includes('ECONNREFUSED'), 'the refusal');
			t.regex(app.screen.text, new RegExp(String.raw`${arrowOf('FIN').source}[\s\S]* FIN ─┤`));
			t.regex(app.screen.lines.find(line => line.includes('ECONNREFUSED')) ?? '', /^ +│?◄.*RST ECONNREFUSED.*┤ K/);
		}
	},
);

test.serial(
	'a diagram that is scrolled back stays, follows the end again, and fits 80 columns with five clients',
	async t => {
		const app = await openApp(t, {args: ['-c', '5', '-r', 'discard']});
		const stranger = await openRawUdp(t);
		const {port} = app.serverAddress;
		app.press(Array.from({length: 5}, (_, index) => `c${index}\r${keys.tab}`).join('') + keys.tab);
		await app.waitForFocus('CLIENT 1');
		await app.waitForPane('SERVER', 'c4');
		for (let index = 0; index < 40; index++) {
			stranger.send(`m${String(index).padStart(2, '0')}`, port);
		}

		await app.waitForPane('SERVER', 'm39');
		await openFlow(app);
		await app.waitFor(
			screen => screen.text.includes('"m39"') && screen.line(1).includes('follows the end'),
			'the newest',
		);
		t.regex(app.screen.line(1), /\d more sockets?/);
		t.deepEqual(app.screen.overlayProblems, []);
		const newest = steps(app.screen);
		app.press(keys.up);
		await app.waitFor(
			screen => screen.line(1).includes('scrolled back') && / y tshark -i lo0? -f "udp port /.test(screen.text),
			'the details of the newest',
		);
		const details = steps(app.screen);
		t.deepEqual(details, newest.slice(-details.length));
		t.regex(app.screen.text, new RegExp(String.raw`127\.0\.0\.1:${stranger.port} → 127\.0\.0\.1:${port}`));
		t.regex(app.screen.text, /UDP: .* length\s+11\s+B\s+\(header\s+8\s+B\s+\+\s+payload\s+3\s+B\)\s+·\s+checksum 0x[\da-f]{4}/);
		t.deepEqual(app.screen.overlayProblems, []);
		app.press(keys.escape);
		await app.waitFor(screen => steps(screen).length > details.length, 'no details');
		app.press(keys.pageUp);
		await app.waitFor(screen => !steps(screen).includes(newest[0] ?? ''), 'a page back');
		const back = steps(app.screen);
		stranger.send('late', port);
		// The sizes in between are drawn after the datagram has come.
		await resizeFlow(app, 120, 40);
		await resizeFlow(app, 80, 24);
		await app.waitFor(screen => String(steps(screen)) === String(back), 'the same steps');
		app.press(keys.pageUp.repeat(3));
		await app.waitForText('● bound');
		app.press(keys.end);
		await app.waitFor(
			screen => screen.text.includes('"late"') && screen.line(1).includes('follows the end'),
			'the end again',
		);
		app.press(keys.up);
		await app.waitFor(screen => screen.line(1).includes('scrolled back'));
		app.press(keys.down);
		await app.waitFor(screen => screen.line(1).includes('follows the end') && screen.text.includes('"late"'));
		stranger.send('later', port);
		await app.waitForText('"later"');
		t.deepEqual(app.screen.overlayProblems, []);
	},
);

test.serial(
	'from 120 columns on the diagram stands beside the panes and follows what is typed there, through any change of the window',
	async t => {
		const app = await openApp(t, {columns: 120, rows: 40, args: ['-c', '2']});
		app.press(keys.ctrl('f'));
		await app.waitFor(screen => / FLOW {3}follows the end/.test(screen.line(1)), 'the diagram');
		app.send('hello');
		await app.waitFor(screen => screen.text.includes('5 B "HELLO"'), 'the answer in the diagram');
		await app.waitForPane('CLIENT 1', 'HELLO');
		t.deepEqual(app.screen.panes.map(({x, width}) => [x, width]), [[0, 60], [0, 60], [0, 60]]);
		app.press('half');
		await app.waitForPane('CLIENT 1', '> half');
		t.true(app.screen.cursor.before.endsWith('> half'));
		app.resize(100, 30);
		await app.waitFor(screen => screen.frameProblems.length === 0 && !screen.text.includes('FLOW'), 'panes alone');
		app.resize(160, 50);
		await app.waitFor(screen => screen.line(1).includes('FLOW') && screen.text.includes('5 B "HELLO"'), 'both');
		t.deepEqual(app.screen.panes.map(({width}) => width), [72, 72, 72]);
		app.press(` more${keys.enter}`);
		await app.waitFor(screen => screen.text.includes('9 B "HALF MORE"'), 'the newest step');
		app.press(keys.ctrl('f'));
		await app.waitFor(screen => screen.line(1).startsWith(' FLOW') && steps(screen).length > 0, 'over the panes');
		app.press(keys.escape);
		await app.waitFor(screen => screen.panes.length === 3 && screen.line(1).includes('FLOW'), 'a step back');
		app.press(keys.ctrl('f') + keys.ctrl('f'));
		await app.waitFor(screen => screen.frameProblems.length === 0 && !screen.text.includes('FLOW'), 'closed');
	},
);
