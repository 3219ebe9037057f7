import test from 'ava';
import {typed} from '../../helpers/headless.ts';
import {openRawUdp} from '../../helpers/raw-udp.ts';
import {program, TestApp} from '../../helpers/terminal-app.ts';

test.serial('relay opens the screen on a terminal; what is held when the program quits is let go', async t => {
	const target = await openRawUdp(t);
	const app = new TestApp(t, {
		file: process.execPath,
		args: [program, 'relay', 'udp', '127.0.0.1:0', typed(target.address), '--clients', '1', '--no-mouse'],
	});
	const titled = async (text: string): Promise<unknown> =>
		app.waitFor(screen => screen.lines.some(line => line.includes('─ RELAY ·') && line.includes(text)), text);
	await titled(`→ ${typed(target.address)} ●`);
	await app.waitForPane('CLIENT 1', 'no socket until');
	await app.command('k');
	await app.waitForPane('RELAY', 'holds both ways');
	app.send('held until the end');
	await titled('║ 1 HELD');
	t.like(await app.quit(), {exitCode: 130, signal: 0});
	t.is(await target.nextText(), 'held until the end');
});
