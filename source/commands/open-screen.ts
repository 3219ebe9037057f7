import {EngineClient} from '../engine/client.ts';
import {complain} from '../headless/complain.ts';
import {exitCodes} from '../headless/exit-code.ts';
import type {Protocol} from '../log/event.ts';
import {formatAddress} from '../text/address.ts';
import {visibleLine, visibleLines} from '../text/width/visible.ts';
import type {LessonStart} from '../screen/state/learning.ts';
import {otherCharset} from '../screen/words/language.ts';
import {checkRules, loadMessages} from './named-files.ts';
import {UsageError} from './tokens.ts';
import {type Options, readOptions} from './options.ts';
import {asError} from './values.ts';

/** What the screen is opened with, beside the options: a lesson, or the list of them; a thread that was started. */
type Opening = {readonly lesson?: LessonStart | undefined; readonly engine?: EngineClient | undefined};

/**
Open the screen with the options of the command line. Settles with the exit code when it is closed.

@param subcommands - the names that a word in their place may have been meant as
*/
export async function openScreen({argv, subcommands = [], ...opening}: Opening & {
	readonly argv: readonly string[];
	readonly subcommands?: readonly string[];
}): Promise<number> {
	return openPlayground(readOptions(argv, process.env, {subcommands}), opening);
}

/** Open the screen on a playground with these options. */
export async function openPlayground(
	options: Options,
	{lesson, engine = new EngineClient()}: Opening = {},
): Promise<number> {
	const {
		protocol, words, theme, hasMouse, printAddress, messagesFile, ...playground
	} = options;
	if (!process.stdin.isTTY || !process.stdout.isTTY) {
		throw new UsageError(['noTerminal']);
	}

	const charset = otherCharset(process.env);
	if (charset !== undefined) {
		throw new UsageError(['otherCharset', charset]);
	}

	const {TERM = ''} = process.env;
	if (process.platform !== 'win32' && ['', 'dumb', 'unknown'].includes(TERM)) {
		throw new UsageError(['noScreen', TERM]);
	}

	await checkRules(playground);
	if (messagesFile !== undefined) {
		await loadMessages(messagesFile);
	}

	engine.start(playground);
	if (printAddress) {
		try {
			complain(`${await boundAddress(engine, protocol)}\n`);
		} catch (error) {
			complain(`${visibleLine(words.fatal.engine(asError(error).message))}\n`);
			await engine.close();
			return exitCodes.failed;
		}
	}

	const {runScreen} = await import('../screen/run-screen.tsx');
	const {exitCode, error} = await runScreen({
		engine, protocol, words, theme, hasMouse, messagesFile, ...(lesson && {lesson}),
	});
	const hasEnded = await engine.close();
	if (error) {
		const message = engine.death ? words.fatal.engine(error.message) : (error.stack ?? error.message);
		complain(`${visibleLines(message)}\n`);
	}

	if (!hasEnded) {
		// Not even exit(3) would end the program before the system has answered: it waits for that thread.
		process.removeAllListeners('SIGINT');
		process.kill(process.pid, 'SIGINT');
	}

	return exitCode;
}

/** Open the scene, and tell what its server has bound: `udp 127.0.0.1:41234`, or `udp failed EADDRINUSE`. */
async function boundAddress(engine: EngineClient, protocol: Protocol): Promise<string> {
	const died = new Promise<never>((_, reject) => {
		engine.onDeath = reject;
	});
	await Promise.race([died, engine.execute({type: 'open-scene', protocol}).answer]);
	const view = await Promise.race([died, engine.read({type: 'scene', scene: protocol, peers: 0})]);
	const state = view?.type === 'scene' ? view.server?.state : undefined;
	return state?.type === 'open'
		? `${protocol} ${formatAddress(state.local)}`
		: `${protocol} failed${state?.type === 'failed' ? ` ${state.failure.code}` : ''}`;
}
