import {cp, mkdir, rm} from 'node:fs/promises';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');

/** Where the program that is measured lies: a copy, so that a build during the run does not disturb it. */
export const distribution = path.join(root, 'node_modules/.bench-dist/dist');

/** Copy dist/ as it is installed: with package.json beside it. */
export async function copyDistribution(): Promise<void> {
	const installed = path.dirname(distribution);
	await rm(installed, {recursive: true, force: true});
	await mkdir(installed, {recursive: true});
	await cp(path.join(root, 'dist'), distribution, {recursive: true});
	await cp(path.join(root, 'package.json'), path.join(installed, 'package.json'));
}
