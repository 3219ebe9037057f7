/* What `npx socket-playground` runs. It is built for old versions of Node too, so that these can say what they lack. */
import {oldestNode, versionProblem} from './node-version.ts';

const problem = versionProblem(process.versions.node);
if (problem === undefined) {
	// @ts-expect-error -- Built beside this file.
	void import('./main.js');
} else {
	process.stderr.write(problem);
	process.exitCode = oldestNode.exitCode;
}
