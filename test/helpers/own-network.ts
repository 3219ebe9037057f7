import path from 'node:path';
import {runProgram, typescript} from './run-program.ts';

/**
Run one of test/fixtures in a network namespace of its own (network_namespaces(7)), which these commands have set up.

@returns what it has printed, as JSON; undefined where this machine allows no such namespace, or not what they set up
*/
export async function inOwnNetwork(setUp: string, fixture: string, ...parameters: string[]): Promise<unknown> {
	const enter = ['-rn', 'sh', '-c'];
	const program = path.join(import.meta.dirname, '../fixtures', fixture);
	try {
		await runProgram('unshare', [...enter, setUp]);
	} catch {
		return undefined;
	}

	const {stdout} = await runProgram('unshare', [
		...enter, `${setUp} && exec "$0" "$@"`, process.execPath, typescript, program, ...parameters,
	]);
	return JSON.parse(stdout);
}
