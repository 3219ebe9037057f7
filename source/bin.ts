/*
What `npx socket-playground` runs. It is built for old versions of Node too, so that these can print the help and the
version, and say what they lack for the rest.
*/
import module from 'node:module';
import {asksForLines} from './commands/line-flags.ts';
import {complain} from './headless/complain.ts';
import {oldestNode, versionProblem} from './node-version.ts';
import {languageAsked} from './screen/words/language.ts';

/* All are put in by the build. The subcommands that have a help of their own: */
declare const helpNames: readonly string[];
/* Old versions of Node have no top-level await. */
type HelpTexts = {readonly default: Readonly<Record<string, Readonly<Record<string, string>>>>};
/* Of those that open the screen: the flags that ask for lines instead. */
declare const lineFlags: Readonly<Record<string, readonly string[]>>;
declare const programVersion: string;

const words = process.argv.slice(2);
const asked = (words.includes('--') ? words.slice(0, words.indexOf('--')) : words)
	.find(word => word === '--help' || word === '-h' || word === '--version');
const isHelped = helpNames.includes(words[0] || '');
const lines = Object.keys(lineFlags).includes(words[0] || '') ? lineFlags[words[0] || ''] : undefined;
const opensScreen = lines ? !asksForLines(words, lines) : !isHelped;
const problem = versionProblem(process.versions.node);
if (asked !== undefined) {
	process.stdout.on('error', (error: Error) => {
		// A reader that has closed it, as head does, is no failure.
		if (!error.message.includes('EPIPE')) {
			complain('socket-playground: ' + error.message + '\n');
			process.exitCode = 1;
		}
	});
	if (asked === '--version') {
		process.stdout.write(`${programVersion}\n`);
	} else {
		// @ts-expect-error -- Built beside this file: the texts by languages and subcommands, the program's by none.
		void import('./help.js').then(({default: texts}: HelpTexts) => { // eslint-disable-line unicorn/prefer-top-level-await -- Old versions of Node have none.
			process.stdout.write(texts[languageAsked(words, process.env)]![isHelped ? words[0]! : '']!);
		});
	}
} else if (problem === undefined) {
	// Keys pressed from now on are the screen's: the terminal neither shows them nor waits for Enter. At its end the
	// program leaves the terminal as it was, also where it fails.
	if (process.stdin.isTTY && process.stdout.isTTY && opensScreen) {
		keepKeys();
		process.stdin.setRawMode(true);
	}

	// The second start is quicker: Node keeps the compiled code in the system's folder for temporary files.
	module.enableCompileCache?.();
	// @ts-expect-error -- Built beside this file.
	void import('./main.js');
} else {
	complain(problem);
	process.exitCode = oldestNode.exitCode;
}

/**
Keys that are pressed before the screen hears any are kept for it: until it listens, this does. Ctrl+C ends the program
meanwhile, as it does later: in raw mode it is no signal. At the other signals that end it Node gives the terminal back
by itself, but for two of them.
*/
function keepKeys(): void {
	const {stdin} = process;
	const kept: Uint8Array[] = [];
	const leave = (signal: NodeJS.Signals): void => {
		// A terminal that has gone cannot be given back.
		stdin.on('error', () => undefined);
		stdin.setRawMode(false);
		process.kill(process.pid, signal);
	};

	// Once: then the signal does what it does where nothing listens.
	process.once('SIGHUP', leave).once('SIGQUIT', leave);
	const hear = (chunk: Uint8Array): void => {
		kept.push(chunk);
		// As a byte, and in the kitty keyboard protocol.
		if (/\u0003|\u001B\[99;5u/.test(Buffer.from(chunk).toString('latin1'))) {
			// As a signal: exit(3) would wait for the engine's thread, which a look-up of a name may hold up.
			leave('SIGINT');
		}
	};

	stdin.on('data', hear);
	stdin.unref();
	stdin.on('newListener', function heard(event) {
		if (event === 'data') {
			stdin.off('newListener', heard).off('data', hear);
			process.off('SIGHUP', leave).off('SIGQUIT', leave);
			process.nextTick(() => {
				stdin.unshift(Buffer.concat(kept));
			});
		}
	});
}
