import {availableParallelism} from 'node:os';
import path from 'node:path';

/** What takes longest, first: a long file that is begun last runs alone at the end. */
const longest = [
	'test/screen/app/lesson-solutions.test.ts',
	'test/engine/exercises/tcp/tcp-mistakes.test.ts',
	'test/screen/app/under-load.test.ts',
	'test/screen/app/random-keys.test.ts',
	'test/headless/examples.test.ts',
	'test/headless/relay.test.ts',
	'test/engine/laboratory/laboratory.test.ts',
	'test/engine/exercises/udp/udp-mistakes.test.ts',
	'test/screen/app/acts.test.ts',
	'test/screen/app/exit.test.ts',
	'test/screen/app/laboratory.test.ts',
	'test/screen/app/resize.test.ts',
].map(file => path.join(import.meta.dirname, file)).toReversed();

/** Those are in their order; the others behind them by their names. */
function sortTestFiles(a, b) {
	return longest.indexOf(b) - longest.indexOf(a) || a.localeCompare(b, 'en');
}

const config = {
	extensions: {ts: 'module', tsx: 'module'},
	nodeArguments: ['--import=./scripts/typescript.js'],
	files: ['test/**/*', '!test/helpers/**', '!test/fixtures/**'],
	sortTestFiles,
	// Most tests wait for sockets and for programs that they start: another file has the cores work meanwhile.
	concurrency: availableParallelism() + 1,
	// Without any test's end. A machine whose processors others have takes minutes for the longest.
	timeout: '5m',
	workerThreads: false,
	environmentVariables: {NODE_ENV: 'production'},
};

export default config;
