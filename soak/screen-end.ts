import {keys} from '../test/helpers/terminal-app.ts';
import type {Half} from './half.ts';
import type {MemorySamples} from './memory-samples.ts';
import type {ScreenApp} from './screen-app.ts';
import type {ScreenProbe} from './screen-probe.ts';
import type {SocketWatch} from './socket-watch.ts';
import {inTime, until} from './until.ts';

/** Quitting takes no longer than this, in milliseconds. */
const timeout = 5000;

/** A package that Ink stands on (restore-cursor) writes this to the standard error of every program that has hidden the cursor, wherever that leads. */
const showCursor = '\u{1B}[?25h';

/** Who has watched the program. */
type Watchers = {
	readonly watch: SocketWatch;
	readonly memory: MemorySamples;
	readonly probe: ScreenProbe;
	/** Close those who talk to it: the kernel keeps its ends of connections for as long as they keep theirs. */
	readonly closeForeign: () => void;
};

/** Quit by key: the program must end well, give the terminal back, and leave nothing. */
export async function endScreen(half: Half, {app, errors, modes}: ScreenApp, {watch, memory, probe, closeForeign}: Watchers): Promise<void> {
	const demand = (holds: boolean, what: string): void => {
		if (!holds) {
			half.violation('the end of the program', what);
		}
	};

	half.doing('waiting for a last answer of the screen');
	const problem = await probe.ask(8000);
	demand(problem === undefined, problem ?? '');
	watch.look();
	half.doing('quitting by key');
	app.press(keys.ctrl('q'));
	const hasEnded = await inTime(app.exit, timeout);
	demand(hasEnded, `it has not ended ${timeout / 1000} s after ^Q\n${app.screen.text}`);
	if (!hasEnded) {
		return;
	}

	const {exitCode, signal} = await app.exit;
	demand(exitCode === 0 && signal === 0, `exit code ${exitCode}, signal ${signal}`);
	const [before, after] = await modes();
	demand(sizeless(before) === sizeless(after), `the terminal's modes were\n${before}\nand are\n${after}`);
	demand(!app.isAlternateScreen && app.changedModes.length === 0, `the terminal is left with ${app.isAlternateScreen ? 'the alternate screen and ' : ''}modes ${app.changedModes.join(', ')}`);
	const written = await errors();
	demand(written === '' || written === showCursor, `standard error has ${JSON.stringify(written)}`);
	half.doing('looking for what is left');
	closeForeign();
	await until(() => watch.left.length === 0, 2500);
	for (const left of watch.left) {
		half.violation('something is left', left);
	}

	if (memory.problem !== undefined) {
		half.violation('memory is not flat', memory.problem);
	}

	half.figures('screen: at the end', [memory.figure, ['sockets left', watch.left.length], ['exit code', exitCode]]);
}

/** Terminal modes without its size, which has changed. */
function sizeless(modes: string): string {
	return modes.replace(/rows \d+; columns \d+;/, '');
}
