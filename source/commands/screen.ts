import {EngineClient} from '../engine/client.ts';
import {readOptions} from './options.ts';
import {UsageError} from './subcommand.ts';

/** Open the screen. Settles with the exit code when it is closed. */
export async function run(argv: readonly string[]): Promise<number> {
	const {protocol, words, theme, hasMouse, ...playground} = readOptions(argv, process.env, import.meta);
	if (!process.stdin.isTTY || !process.stdout.isTTY) {
		throw new UsageError('the playground is drawn on a terminal, and standard input or output is not one');
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
