import {readdirSync, readFileSync} from 'node:fs';

/** The command lines of the processes that have this text in them. Needs /proc. */
export function processesWith(text: string): string[] {
	return readdirSync('/proc').filter(name => /^\d+$/.test(name)).flatMap(name => {
		try {
			const line = readFileSync(`/proc/${name}/cmdline`, 'latin1').replaceAll('\0', ' ');
			return line.includes(text) ? [line] : [];
		} catch {
			// It has ended meanwhile.
			return [];
		}
	});
}
