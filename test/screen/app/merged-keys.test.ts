import test from 'ava';
import {keys, openApp} from '../../helpers/terminal-app.ts';
import {openRawServer} from '../../helpers/raw-tcp.ts';
import {openRawUdp} from '../../helpers/raw-udp.ts';

test.serial('a line, Enter, ^T and another line in one read: one goes over UDP, the other over TCP', async t => {
	const app = await openApp(t);
	app.press('hello\r\u{14}world\r');
	await app.waitForPane('CLIENT 1', 'WORLD');
	t.regex(app.screen.header, /\[TCP]/);
	t.false(app.screen.text.includes('hello'));
	app.press(keys.ctrl('t'));
	await app.waitForPane('CLIENT 1', 'HELLO');
	t.regex(app.screen.header, /\[UDP]/);
	t.false(app.screen.text.includes('world'));
	t.is(app.screen.pane('CLIENT 1').lines.at(-1), '>');
});

test.serial('lines that come in one read are one datagram each, in order', async t => {
	const peer = await openRawUdp(t);
	const app = await openApp(t, {args: ['--connect', `127.0.0.1:${peer.port}`]});
	const lines = Array.from({length: 100}, (_, index) => `line ${index} 가`);
	app.press(lines.join('\r') + '\r');
	const received: string[] = [];
	for (const _ of lines) {
		received.push(await peer.nextText());
	}

	t.deepEqual(received, lines);
	t.is(new Set(peer.inbox.all.map(({from}) => from.port)).size, 1);
});

test.serial('lines that come in one read all go over the connection, in order', async t => {
	const listener = await openRawServer(t);
	const app = await openApp(t, {args: ['-p', 'tcp', '-c', '1', '--connect', `127.0.0.1:${listener.port}`]});
	const lines = Array.from({length: 100}, (_, index) => `line ${index};`);
	app.press(lines.join('\r') + '\r');
	const connection = await listener.accepted.next();
	t.is(await connection.readLike(lines.join('')), lines.join(''));
});

test.serial('keys pressed before a new client shows are typed into it', async t => {
	const app = await openApp(t);
	app.press('one\r\u{E}two\r\u{E}three\r');
	await app.waitForPane('CLIENT 4', 'THREE');
	t.false(app.screen.pane('CLIENT 4').text.includes('TWO'));
	app.press(keys.shiftTab);
	await app.waitForPane('CLIENT 3', 'TWO');
	t.false(app.screen.pane('CLIENT 3').text.includes('THREE'));
});

test.serial('keys around a switch of the focus reach the pane that had it then', async t => {
	const app = await openApp(t, {columns: 120, rows: 40});
	app.press('first\tsecond\r\u{1B}[Z\r');
	await app.waitForPane('CLIENT 1', 'FIRST');
	await app.waitForPane('CLIENT 2', 'SECOND');
	t.is(app.screen.pane('CLIENT 1').lines.filter(line => line.includes('FIRST')).length, 1);
	t.false(app.screen.pane('CLIENT 1').text.includes('SECOND'));
});

test.serial('closing, removing and opening in one read does each, in order', async t => {
	const app = await openApp(t);
	app.press('gone\r\u{18}\u{F}back\r');
	await app.waitForPane('CLIENT 1', 'BACK');
	t.regex(app.screen.pane('CLIENT 1').text, /closed[\s\S]*BACK/);
	app.press('\u{18}\u{18}');
	await app.waitForFocus('CLIENT 2');
	t.false(app.screen.text.includes('CLIENT 1'));
});

test.serial('Esc and a letter in one read is the command, and so is Alt and the letter', async t => {
	const app = await openApp(t);
	app.press('typed\u{1B}tmore');
	await app.waitForPane('CLIENT 1', /> more/);
	t.regex(app.screen.header, /\[TCP]/);
	app.press(keys.alt('t'));
	await app.waitForPane('CLIENT 1', /> typed/);
	t.regex(app.screen.header, /\[UDP]/);
	app.press(keys.alt('ㅅ'));
	await app.waitFor(({header}) => header.includes('[TCP]'));
	app.press(keys.alt('T'));
	await app.waitForPane('CLIENT 1', /> typed/);
});

test.serial('no chord that is no command types anything', async t => {
	const app = await openApp(t);
	const controls = [...'fgsvyz'].map(letter => keys.ctrl(letter)).join('') + '\u{1C}\u{1D}\u{1E}\u{1F}';
	const alts = [...'bcefghijlwz019-=ㅋㅎ'].map(letter => keys.alt(letter)).join('');
	const functions = [
		'OP',
		'OQ',
		'OR',
		'OS',
		'[15~',
		'[17~',
		'[18~',
		'[19~',
		'[20~',
		'[21~',
		'[23~',
		'[24~',
		'[2~',
		'[1;2P',
		'[11~',
	];
	const arrows = [2, 3, 5, 6].flatMap(modifier =>
		['A', 'B', 'C', 'D', 'H', 'F'].map(letter => `[1;${modifier}${letter}`));
	const others = ['[I', '[O', '[97;1:3u', '[5;5~', '[3;5~'];
	app.press(`ab${controls}${alts}${[...functions, ...arrows, ...others].map(sequence => `\u{1B}${sequence}`).join('')}`);
	app.press(keys.end + keys.paste('.'));
	await app.waitForPane('CLIENT 1', 'ab.');
	t.is(app.screen.pane('CLIENT 1').lines.at(-1)?.replace(/ +\d+ B$/, ''), '> ab.');
	t.is(app.screen.pane('CLIENT 1').lines.filter(line => /[→←]/.test(line)).length, 0);
	t.deepEqual(app.screen.frameProblems, []);
});

test.serial('answers that the terminal gives to queries of another program type nothing', async t => {
	const app = await openApp(t);
	const answers = [
		'[?1;2c',
		'[>0;276;0c',
		'[24;80R',
		'[?2026;2$y',
		'[27;5;97~',
		']11;rgb:0000/0000/0000\u{7}',
		'P>|XTerm(388)\u{1B}\\',
		'P1$r0m\u{1B}\\',
		'_Gi=31;OK\u{1B}\\',
		'Xtext\u{1B}\\',
		'[<35;10;10M',
	];
	app.press(answers.map(sequence => `\u{1B}${sequence}`).join('') + keys.paste('.'));
	await app.waitForPane('CLIENT 1', /> .*\./);
	t.is(app.screen.pane('CLIENT 1').lines.at(-1)?.replace(/ +\d+ B$/, ''), '> .');
});

test.serial('a command letter that does nothing here is said to, and types nothing', async t => {
	const app = await openApp(t);
	app.press(keys.ctrl('d'));
	await app.waitForPane('CLIENT 1', '\'d\' does nothing here now');
	t.is(app.screen.pane('CLIENT 1').lines.at(-1), '>');
	await app.command('0');
	await app.waitForText('no command on \'0\'');
	app.press(keys.escape + keys.enter);
	await app.waitFor(({footer}) => footer.includes('Esc commands'));
	t.is(app.screen.pane('CLIENT 1').lines.at(-1), '>');
	t.deepEqual(app.screen.frameProblems, []);
});

test.serial('Esc in one read with more of it shows the letters, i leads back to typing, and the rest is typed', async t => {
	const app = await openApp(t);
	app.press(keys.escape + keys.escape + '0');
	await app.waitForText('no command on \'0\'');
	t.regex(app.screen.pane('CLIENT 1').lines.at(-1)!, /^COMMANDS {2}✗ no command on '0' +Enter or i: type$/);
	app.press(keys.escape + keys.escape + 'istill typing');
	await app.waitForPane('CLIENT 1', '> still typing');
	t.regex(app.screen.footer, /Esc commands/);
});

test.serial('keys that come in one read all reach the address prompt, and those after Enter the line', async t => {
	const peer = await openRawUdp(t);
	const app = await openApp(t);
	app.press(`\u{1B}alocalhost${keys.backspace.repeat(9)}127.0.0.1:${peer.port}\rhello\r`);
	t.is(await peer.nextText(), 'hello');
	await app.waitForPane('CLIENT 1', `destination from now on: 127.0.0.1:${peer.port}`);
	t.is(app.screen.pane('CLIENT 1').lines.at(-1), '>');
});
