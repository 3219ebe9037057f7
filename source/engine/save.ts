import {open, rm} from 'node:fs/promises';
import path from 'node:path';

/** At most this many numbered names are tried where files of that name exist. */
const most = 1000;

/**
Write a new file into the working directory, with a number in its name where that is taken, and return its path. Rejects
with the system's error, after removing the partial file.

@param name - the file's name, and its extension after the last dot
*/
export async function saveNew(name: string, contents: string | Uint8Array): Promise<string> {
	const {name: stem, ext} = path.parse(name);
	for (let number = 1; ; number++) {
		const file = path.resolve(number === 1 ? name : `${stem}-${number}${ext}`);
		try {
			// eslint-disable-next-line no-await-in-loop -- The next name is tried only where this one is taken.
			await writeNew(file, contents);
			return file;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || number === most) {
				throw error;
			}
		}
	}
}

async function writeNew(file: string, contents: string | Uint8Array): Promise<void> {
	const handle = await open(file, 'wx');
	try {
		await handle.writeFile(contents);
	} catch (error) {
		await rm(file, {force: true});
		throw error;
	} finally {
		await handle.close();
	}
}
