import test from 'ava';
import {keys, openApp} from '../../helpers/terminal-app.ts';

for (const protocol of ['udp', 'tcp']) {
	test.serial(
		`${protocol.toUpperCase()}: what is on the link, and what is still to be sent, does not keep the program from quitting`,
		async t => {
			const app = await openApp(t, {args: ['-p', protocol, '-c', '1', '--link', 'delay=60s']});
			await app.waitForPane('CLIENT 1', protocol === 'tcp' ? 'connected to' : 'no socket until');
			app.send('never leaves');
			await app.waitForPane('CLIENT 1', protocol === 'tcp' ? 'on the link …' : 'link: +60.0 s …');
			await app.command('b');
			app.press('8');
			await app.waitFor(({prompt}) => prompt.includes('repeat'), 'the prompt');
			app.press(`100ms${keys.enter}`);
			await app.waitForPane('CLIENT 1', 'until stopped');
			t.like(await app.quit(), {exitCode: 130, signal: 0});
		},
	);
}
