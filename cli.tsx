import {EngineClient} from './source/engine/client.ts';
import {readOptions, UsageError} from './source/options.ts';
import {visibleLine} from './source/text/visible.ts';

/** Exit code for a command line, or a terminal, that cannot be used. */
const usageExitCode = 2;

async function main(): Promise<number> {
	const options = readOptions(process.argv.slice(2), process.env, import.meta);
	if (!process.stdin.isTTY || !process.stdout.isTTY) {
		throw new UsageError('the playground is drawn on a terminal, and standard input or output is not one');
	}

	const {protocol, words, ...playground} = options;
	const engine = new EngineClient(new URL('engine.js', import.meta.url), playground);
	const {runScreen} = await import('./source/screen/run-screen.tsx');
	const {exitCode, error} = await runScreen({engine, protocol, words});
	await engine.close();
	if (error) {
		process.stderr.write(`${engine.death ? words.fatal.engine(error.message) : (error.stack ?? error.message)}\n`);
	}

	return exitCode;
}

try {
	process.exitCode = await main();
} catch (error) {
	if (!(error instanceof UsageError)) {
		throw error;
	}

	process.stderr.write(`socket-playground: ${visibleLine(error.message)}\n`);
	process.exitCode = usageExitCode;
}

if (process.stdout.writableLength > 0) {
	// The terminal has stopped reading: what it has not taken would keep the program waiting.
	process.exit(); // eslint-disable-line unicorn/no-process-exit
}
