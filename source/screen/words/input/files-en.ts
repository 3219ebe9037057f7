import type {FileEnd} from '../../../log/reports.ts';
import {formatBytes, formatExactBytes} from '../values/numbers.ts';

/** What is wrong with a file, by the error's name (errno(3)). */
export function fileProblem(code: string): string {
	const problems: Readonly<Partial<Record<string, string>>> = {
		ENOENT: 'there is no such file or folder',
		EACCES: 'may not be opened: permission denied',
		EPERM: 'may not be opened: permission denied',
		EISDIR: 'is a directory, and has no bytes to send',
		EEXIST: 'exists already: an existing file is never overwritten',
		ENOTDIR: 'a part of the path is not a directory',
		EROFS: 'the file system is read-only',
		ENOSPC: 'the disk is full',
		ENOBUFS: 'datagrams come faster than the disk writes',
	};
	const problem = problems[code];
	return problem === undefined ? code : `${problem} (${code})`;
}

/** What is said of files that are sent and received, in English. */
export const filesEn = {
	ended({path, isSent, moved, reason, problem, peer, size}: {
		readonly path: string;
		readonly isSent: boolean;
		readonly moved: number;
		readonly reason: FileEnd['reason'];
		readonly problem: string;
		readonly peer: string;
		/** How many bytes the file had when it was opened, where that is not what was sent. */
		readonly size: number | undefined;
	}): string {
		const what = isSent
			? `${path}: ${formatBytes(moved)} sent${peer === '' ? '' : ` to ${peer}`}`
			: `${formatBytes(moved)}${peer === '' ? '' : ` from ${peer}`} written to ${path}`;
		const why = {
			done: isSent
				? (size === undefined ? '' : ` · the file has changed: it had ${formatExactBytes(size)} when it was opened`)
				: ' · the peer has finished',
			stopped: ' · stopped',
			closed: ' · the socket was closed',
			failed: ` · ${fileProblem(problem)}`,
		};
		return what + why[reason];
	},
	prompt: {
		sender: (number: number | undefined) => number === undefined ? 'the server sends the file:' : `client ${number} sends the file:`,
		hint: 'Tab completes · > FILE: what the peer sends is written there · Esc cancels',
		receiving: 'Enter: stop writing to the file · Esc cancels',
		empty: '✗ no path',
	},
	sending(path: string, bytes: number, size: number | undefined) {
		const share = size === undefined || size === 0 ? '' : ` · ${Math.floor(bytes / size * 100)} %`;
		return `▶ ${path}${share} · ${formatBytes(bytes)}${size === undefined ? '' : ` of ${formatBytes(size)}`}`;
	},
	receiving: (path: string, bytes: number) => `◀ ${formatBytes(bytes)} > ${path}`,
	stop: 'Esc u stops it',
	end: 'Esc u Enter ends it',
};
