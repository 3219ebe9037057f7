import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {ExecutionContext} from 'ava';

/** A folder that is removed with the test. */
export async function temporaryFolder(t: Pick<ExecutionContext, 'teardown'>): Promise<string> {
	const folder = await mkdtemp(path.join(tmpdir(), 'socket-playground-'));
	t.teardown(async () => rm(folder, {recursive: true, force: true}));
	return folder;
}
