import {closeSync, openSync, readFileSync} from 'node:fs';
import {devNull} from 'node:os';
import type {SocketFailure} from '../log/event.ts';
import {toFailure} from './failure.ts';

/** How many descriptors this process may have (getrlimit(2), RLIMIT_NOFILE); undefined where there is no procfs(5). */
function readLimit(): number | undefined {
	try {
		const [, soft] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
		return soft === undefined ? undefined : Number(soft);
	} catch {
		return undefined;
	}
}

let limit: {readonly files: number | undefined} | undefined;

/** That limit, as it was when it was first asked for. */
export function limitOfFiles(): number | undefined {
	limit ??= {files: readLimit()};
	return limit.files;
}

/**
Whether `lackOfFiles` is worth asking, which costs two system calls: a socket that was just accepted has the lowest
descriptor that was free. Undefined where that is not known.
*/
export function mayLackFiles(descriptor: number | undefined, spare: number): boolean {
	const most = limitOfFiles();
	return descriptor === undefined || (most !== undefined && descriptor + (2 * spare) > most);
}

/**
Whether hardly a descriptor is left: fewer than `spare`, as far as the lowest that is free tells that (open(2)).

@returns the failure that a call which needs one ends with, or will end with soon
*/
export function lackOfFiles(spare: number): SocketFailure | undefined {
	try {
		const lowest = openSync(devNull, 'r');
		closeSync(lowest);
		const most = limitOfFiles();
		return most !== undefined && lowest + spare > most
			? {code: 'EMFILE', syscall: 'accept', message: `hardly one of ${most} descriptors is left`}
			: undefined;
	} catch (error) {
		const failure = toFailure(error);
		return failure.code === 'EMFILE' || failure.code === 'ENFILE' ? failure : undefined;
	}
}
