import {EngineClient} from '../../engine/client.ts';
import {asksForLines} from '../line-flags.ts';

/** What it alone has beside the screen's options: with these flags, which have no value, it opens no screen. */
export const lineFlags = ['list', 'check'] as const;

/** Open the list of lessons, or one of them; list them as text; or check a file. Settles with the exit code. */
export async function run(argv: readonly string[]): Promise<number> {
	if (asksForLines(argv, lineFlags)) {
		const {writeLessons} = await import('./lesson-lines.ts');
		return writeLessons(argv, lineFlags);
	}

	// As for the screen without a lesson, the engine's thread starts while all else is loaded.
	const engine = process.stdin.isTTY && process.stdout.isTTY ? new EngineClient() : undefined;
	const {openLesson} = await import('./open-lesson.ts');
	return openLesson(argv, lineFlags, engine);
}
