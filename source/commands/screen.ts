import {EngineClient} from '../engine/client.ts';

/** Open the screen. Settles with the exit code when it is closed. */
export async function run(argv: readonly string[], subcommands: readonly string[]): Promise<number> {
	// The engine's thread starts while what reads the options, and then the screen, is loaded.
	const engine = process.stdin.isTTY && process.stdout.isTTY ? new EngineClient() : undefined;
	const {openScreen} = await import('./open-screen.ts');
	return openScreen({argv, subcommands, engine});
}
