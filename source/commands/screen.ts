import {EngineClient} from '../engine/client.ts';
import {readOptions} from './options.ts';
import {UsageError} from './subcommand.ts';

/** Open the screen. Settles with the exit code when it is closed. */
export async function run(argv: readonly string[]): Promise<number> {
	const {protocol, words, theme, hasMouse, ...playground} = readOptions(argv, process.env, import.meta);
	if (!process.stdin.isTTY || !process.stdout.isTTY) {
		throw new UsageError('the playground is drawn on a terminal, and standard input or output is not one');
	}

	const charset = otherCharset(process.env);
	if (charset !== undefined) {
		throw new UsageError(`the playground writes UTF-8, and the locale's character set is ${charset}; `
			+ 'where the terminal shows UTF-8 all the same, set LC_ALL, such as LC_ALL=C.UTF-8');
	}

	// The engine's thread starts while the screen's modules are loaded.
	const engine = new EngineClient(new URL('engine.js', import.meta.url), playground);
	const {runScreen} = await import('../screen/run-screen.tsx');
	const {exitCode, error} = await runScreen({
		engine, protocol, words, theme, hasMouse,
	});
	await engine.close();
	if (error) {
		process.stderr.write(`${engine.death ? words.fatal.engine(error.message) : (error.stack ?? error.message)}\n`);
	}

	return exitCode;
}

/** The character set that the locale names (locale(7)), where it is not UTF-8. */
function otherCharset({LC_ALL, LC_CTYPE, LANG}: NodeJS.ProcessEnv): string | undefined {
	const [, charset = ''] = /\.([\w-]+)/.exec(LC_ALL || LC_CTYPE || LANG || '') ?? [];
	return charset === '' || /^utf-?8$/i.test(charset) ? undefined : charset;
}
