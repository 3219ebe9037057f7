import test from 'ava';
import {keys, openApp, type TestApp} from '../../helpers/terminal-app.ts';
import type {TerminalScreen} from '../../helpers/terminal-screen.ts';

/** Send something, again and again where the seconds in which it was sent are no longer drawn, until this shows. */
async function sendUntil(app: TestApp, isShown: (screen: TerminalScreen) => boolean, what: string): Promise<void> {
	const isGone = (screen: TerminalScreen): boolean => !/[▁-█]/.test(screen.pane('CLIENT 1').foot);
	for (let isSent = false; !isSent || !isShown(app.screen);) {
		if (!isSent || isGone(app.screen)) {
			app.send('hello');
			await app.waitFor(screen => !isGone(screen), 'the second in which it was sent');
			isSent = true;
		}

		await app.waitFor(screen => isShown(screen) || isGone(screen), what);
	}
}

test.serial(
	'at 80x24 and 120x40, in UDP and TCP: the lower border draws the last seconds, and tells rates and round-trip times',
	async t => {
		const app = await openApp(t, {args: ['-c', '1']});
		for (const protocol of ['UDP', 'TCP']) {
			await app.waitFor(
				screen =>
					screen.header.includes(`[${protocol}]`)
					&& /no socket until|connected to/.test(screen.pane('CLIENT 1').text),
				protocol,
			);
			t.is(app.screen.pane('CLIENT 1').foot, '');
			t.is(app.screen.pane('SERVER').foot, '');
			for (const [columns, rows] of [
				[80, 24],
				[120, 40],
			] as const) {
				await app.resizeTo(columns, rows);
				// The server has no round trips: it sends no requests.
				// Eight columns are the last eight seconds, the one that has just begun among them.
				await sendUntil(
					app,
					screen =>
						/^[·▁-█]{8} \d+ msg\/s · (?:[·▁-█]{8} )?\d+ B\/s$/.test(screen.pane('SERVER').foot)
						&& /[▁-█]·+ \d+ msg\/s/.test(screen.pane('CLIENT 1').foot),
					'the server\'s rates, and a second that has passed',
				);
				t.regex(app.screen.pane('CLIENT 1').foot, /^[·▁-█]{8} \d+ msg\/s · .*rtt [\d.]+ m?s/);
				t.true(columns === 120 || /median [\d.]+ m?s, p99 [\d.]+ m?s$/.test(app.screen.pane('CLIENT 1').foot));
				t.deepEqual(app.screen.frameProblems, []);
			}

			await app.resizeTo(80, 24);
			app.press(keys.ctrl('t'));
		}
	},
);
