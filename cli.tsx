import {subcommands} from './source/commands/subcommands.ts';
import type {UsageError} from './source/commands/tokens.ts';
import {complain} from './source/headless/complain.ts';
import {exitCodes} from './source/headless/exit-code.ts';
import {usageLine} from './source/headless/json-line.ts';
import {languageAsked} from './source/screen/words/language.ts';
import {visibleLines} from './source/text/width/visible.ts';

const [first = '', ...rest] = process.argv.slice(2);
const named = subcommands.find(({name}) => name === first);
const {run} = await (named ?? subcommands[0]).load();

try {
	process.exitCode = await run(named ? rest : process.argv.slice(2), subcommands.flatMap(({name}) => name ?? []));
} catch (error) {
	if (!isUsageError(error)) {
		throw error;
	}

	// Only who has made a mistake waits for the sentences.
	const {wordsOf} = await import('./source/screen/words/words.ts');
	const message = error.textIn(wordsOf(languageAsked(process.argv.slice(2), process.env)).faults);
	if (named && rest.includes('--json')) {
		complain(usageLine(message), process.stdout);
	}

	complain(`socket-playground: ${visibleLines(message)}\n`);
	process.exitCode = exitCodes.usage;
}

if (process.stdout.writableLength > 0) {
	// eslint-disable-next-line unicorn/no-process-exit -- What the terminal does not read would keep it running.
	process.exit();
}

/** A subcommand may be in a bundle with a class of its own. */
function isUsageError(error: unknown): error is UsageError {
	return error instanceof Error && error.name === 'UsageError';
}
