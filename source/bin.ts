/* What `npx socket-playground` runs. It is built for old versions of Node too, so that these can say what they lack. */
import module from 'node:module';
import {oldestNode, versionProblem} from './node-version.ts';

const problem = versionProblem(process.versions.node);
if (problem === undefined) {
	// Keys pressed from now on are the screen's: the terminal neither shows them nor waits for Enter. At its end the
	// program leaves the terminal as it was, whatever becomes of it.
	if (process.stdin.isTTY && process.stdout.isTTY) {
		process.stdin.setRawMode(true);
	}

	// The second start is quicker: Node keeps the compiled code in the system's folder for temporary files.
	module.enableCompileCache?.();
	// @ts-expect-error -- Built beside this file.
	void import('./main.js');
} else {
	process.stderr.write(problem);
	process.exitCode = oldestNode.exitCode;
}
