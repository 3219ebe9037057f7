import test from 'ava';
import {en} from '../../../source/screen/words/en.ts';
import {keys, openApp, type TestApp} from '../../helpers/terminal-app.ts';
import {connectRaw} from '../../helpers/raw-tcp.ts';
import {openRawUdp} from '../../helpers/raw-udp.ts';
import type {TerminalScreen} from '../../helpers/terminal-screen.ts';

const sizes = [[120, 40], [80, 24]] as const;

/** Show the bytes' way in both panes; the client has the focus. */
async function showBytes(app: TestApp): Promise<void> {
	app.press(keys.shiftTab);
	await app.waitForFocus('SERVER');
	await app.showView('SERVER', 'byte-view');
	app.press(keys.tab);
	await app.waitForFocus('CLIENT 1');
	await app.showView('CLIENT 1', 'byte-view');
}

/** Wait until a row of a pane is this one. */
async function waitForRow(app: TestApp, title: string, row: string | RegExp): Promise<void> {
	await app.waitFor(
		screen => screen.logOf(title).some(shown => (typeof row === 'string' ? shown === row : row.test(shown))),
		`${String(row)} in ${title}`,
	);
}

test.serial(
	'UDP at 80x24 and 120x40: each write has a number and a letter, and the read that its bytes came to',
	async t => {
		const app = await openApp(t, {args: ['-c', '1']});
		const stranger = await openRawUdp(t);
		const {port} = app.serverAddress;
		await showBytes(app);
		for (const [index, [columns, rows]] of sizes.entries()) {
			await app.resizeTo(columns, rows);
			app.send(`m${index}`);
			const [number, letter] = [index + 1, 'AB'[index]];
			await waitForRow(
				app,
				'CLIENT 1',
				`← read ${number}: 2 B = [${letter}] write ${number} of the server M${index}`,
			);
			await waitForRow(
				app,
				'CLIENT 1',
				`→ write ${number} [${letter}]: 2 B → read ${number} of the server m${index}`,
			);
			await waitForRow(
				app,
				'SERVER',
				`← read ${number}: 2 B = [${letter}] write ${number} of client 1 m${index}`,
			);
			await waitForRow(
				app,
				'SERVER',
				`→ write ${number} [${letter}]: 2 B → read ${number} of client 1 M${index}`,
			);
			t.deepEqual(app.screen.frameProblems, []);
		}

		stranger.send('strange', port);
		t.is(await stranger.nextText(), 'STRANGE');
		await waitForRow(app, 'SERVER', `← read 3: 7 B = 127.0.0.1:${stranger.port}'s own bytes strange`);
		await waitForRow(
			app,
			'SERVER',
			`→ write 3 [C]: 7 B → 127.0.0.1:${stranger.port}, outside the playground STRANGE`,
		);
		t.deepEqual(app.screen.frameProblems, []);
	},
);

test.serial(
	'UDP: a client whose server is stopped says so before anything is sent, and that no socket reads a datagram',
	async t => {
		const app = await openApp(t, {args: ['-c', '1']});
		await showBytes(app);
		app.send('one');
		await waitForRow(app, 'CLIENT 1', /^← read 1: /);
		app.press(keys.shiftTab + keys.ctrl('o'));
		await app.waitForPane('CLIENT 1', en.client.serverStopped);
		app.press(keys.tab);
		app.send('into the void');
		await waitForRow(
			app,
			'CLIENT 1',
			/^→ write 2 \[B]: 13 B ✗ the socket that was there is closed into the void$/,
		);
		t.deepEqual(app.screen.frameProblems, []);
	},
);

test.serial(
	'TCP at 80x24 and 120x40: the reads of a stream add up to its writes, wherever one ends and the next begins',
	async t => {
		const count = 12;
		const app = await openApp(t, {columns: 120, rows: 40, args: ['-p', 'tcp', '-c', '1', '-r', 'discard']});
		await app.waitForPane('CLIENT 1', 'connected');
		await showBytes(app);
		const lines = Array.from({length: count}, (_, index) => `m${String(index).padStart(2, '0')}`);
		app.press(keys.alt('z') + lines.map(line => `${line}\r`).join(''));
		await app.waitFor(
			screen =>
				screen.logOf('CLIENT 1').filter(row => /^→ write \d+ .* → read \d+ of connection 1/.test(row))
					.length === count,
			'every write read',
		);
		app.press(keys.shiftTab);
		await app.waitFor(
			screen => screen.panes.length === 1 && screen.logOf('SERVER').some(row => / read \d+: /.test(row)),
			'the server zoomed',
		);
		// A row of one read: its length, the writes that it names, and how many more there are.
		const reads = app.screen.logOf('SERVER').flatMap(row => {
			const [, number, bytes, parts = '', text = '']
				= /^← connection 1 read (\d+): (\d+) B = (.*) of client 1 (.*)$/.exec(row) ?? [];
			const writes = [...parts.matchAll(/\[[A-L]] write (\d+)/g)].map(match => Number(match[1]));
			return number === undefined
				? []
				: [
					{
						number: Number(number),
						bytes: Number(bytes),
						writes,
						more: Number(/\+ (\d+) more/.exec(parts)?.[1] ?? 0),
						text,
					},
				];
		});
		let next = 1;
		for (const [index, {number, bytes, writes, more, text}] of reads.entries()) {
			const first = next;
			t.is(number, index + 1);
			t.is(bytes, 3 * (writes.length + more));
			t.deepEqual(
				writes,
				writes.map((_, place) => first + place),
			);
			// Where one read has the bytes of several writes, their letters stand before them.
			const letters = writes.map(write => `[${String.fromCodePoint(64 + write)}]${lines[write - 1]}`);
			t.true(writes.length === 1 ? text === lines[writes[0]! - 1] : text.startsWith(letters.slice(0, 3).join(' ')));
			next += writes.length + more;
		}

		t.is(next, count + 1);
		const whole = reads.filter(({more}) => more === 0);
		const ofWrite = new Map(whole.flatMap(read => read.writes.map(write => [write, read.number] as const)));
		app.press(`${keys.alt('z')}${keys.tab}`);
		await app.waitForFocus('CLIENT 1');
		await app.resizeTo(80, 24);
		await waitForRow(app, 'CLIENT 1', /^→ write 12 /);
		const sent = app.screen
			.logOf('CLIENT 1')
			.map(row =>
				/^→ write (\d+) \[[A-L]]: 3 B stream (\d+)–(\d+) → read (\d+) of connection 1 (m\d\d)$/.exec(row))
			.filter(match => match !== null);
		t.true(sent.length >= 3);
		for (const [, number, from, to, read, text] of sent) {
			const place = Number(number) - 1;
			t.deepEqual([Number(from), Number(to), text], [3 * place, 3 * place + 2, lines[place]]);
			t.true(!ofWrite.has(place + 1) || ofWrite.get(place + 1) === Number(read));
		}

		t.deepEqual(app.screen.frameProblems, []);
	},
);

test.serial('TCP: one large write comes as several reads, each of which says which of its bytes they are', async t => {
	const length = 200_000;
	const app = await openApp(t, {columns: 120, rows: 40, args: ['-p', 'tcp', '-c', '1', '-r', 'discard']});
	const stranger = await connectRaw(t, app.serverAddress);
	await app.waitForPane('CLIENT 1', 'connected');
	await showBytes(app);
	app.press(keys.paste('x'.repeat(length)));
	await app.waitForText('pasted');
	app.press(`${keys.enter}${keys.shiftTab}${keys.alt('z')}`);
	await app.waitFor(screen => screen.panes.length === 1 && screen.pane('SERVER').isFocused);
	const partsOn = (screen: TerminalScreen): ReadonlyArray<readonly [from: number, length: number]> =>
		screen.logOf('SERVER').flatMap(row => {
			const exact = (text = ''): number => Number(text.replaceAll(',', ''));
			const [, bytes, part = '']
				= /^← connection \d read \d+: ([\d,]+) B = \[A] (.*write 1)\b/.exec(`${row} `) ?? [];
			const [, first] = /^first ([\d,]+) B/.exec(part) ?? [];
			const [, last] = /^last ([\d,]+) B/.exec(part) ?? [];
			const [, from] = /write 1 from byte ([\d,]+)/.exec(row) ?? [];
			return bytes === undefined
				? []
				: [
					[
						first === undefined ? (last === undefined ? exact(from) : length - exact(last)) : 0,
						exact(bytes),
					] as const,
				];
		});
	await app.waitFor(screen => partsOn(screen).reduce((sum, part) => sum + part[1], 0) === length, 'all bytes read');
	const parts = partsOn(app.screen);
	t.true(parts.length > 1);
	let next = 0;
	for (const [from, bytes] of parts) {
		t.is(from, next);
		next += bytes;
	}

	const reads = parts.length;
	app.press(`${keys.alt('z')}${keys.tab}`);
	await waitForRow(
		app,
		'CLIENT 1',
		new RegExp(String.raw`^→ write 1 \[A]: 200,000 B stream 0–199,999 → read 1 \([\d,]+ B\) \+ .*${reads > 8 ? 'more' : `read ${reads}`}.*connection \d`),
	);
	stranger.socket.write('raw');
	await waitForRow(
		app,
		'SERVER',
		new RegExp(String.raw`^← connection \d read 1: 3 B = 127\.0\.0\.1:${stranger.socket.localPort}'s own bytes raw$`),
	);
	t.deepEqual(app.screen.frameProblems, []);
});
