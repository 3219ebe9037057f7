import path from 'node:path';
import test, {type ExecutionContext, type TestFn} from 'ava';
import {runProgram} from './run-program.ts';

const ava = path.join(import.meta.dirname, '../../node_modules/ava/entrypoints/cli.mjs');

/** What has a program run in a network namespace of its own (network_namespaces(7)), with a loopback interface. */
const enter = ['-rn', 'sh', '-c', 'ip link set lo up && exec "$0" "$@"'] as const;

/** Tests are run there already, or are to be run as they are: set it to run some of a file with --match. */
const mark = 'OWN_NETWORK';

/**
What a file registers its tests with that go by what the kernel counts for all programs: they are run where there are no
others, as one test of this run. On a machine that allows no such network, they are tests like any other.
*/
export async function ownNetworkTest(file: string): Promise<TestFn> {
	if (process.env[mark] !== undefined || !await isAllowed()) {
		return test;
	}

	test('in a network of its own', async t => {
		await runAlone(t, file);
	});
	const nothing = (): void => undefined;
	return Object.assign(nothing, {serial: nothing}) as unknown as TestFn;
}

async function isAllowed(): Promise<boolean> {
	try {
		await runProgram('unshare', [...enter, 'true']);
		return true;
	} catch {
		return false;
	}
}

async function runAlone(t: ExecutionContext, file: string): Promise<void> {
	try {
		await runProgram('unshare', [...enter, process.execPath, ava, file], {env: {...process.env, [mark]: '1'}});
		t.pass();
	} catch (error) {
		const {stdout, message} = error as Error & {readonly stdout?: string};
		t.fail(stdout || message);
	}
}
