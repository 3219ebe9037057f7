import type {SocketFailure} from '../log/event.ts';

type SystemError = Error & {code?: string; syscall?: string};

/**
Turn an error of Node into plain data, with the errno names of errno(3), or a `getaddrinfo` code such as ENOTFOUND. A
connect() that tried several addresses of one name fails with an AggregateError: its last cause is taken.
*/
export function toFailure(error: unknown): SocketFailure {
	if (error instanceof AggregateError && error.errors.length > 0) {
		return toFailure(error.errors.at(-1));
	}

	if (!(error instanceof Error)) {
		return {code: 'UNKNOWN', syscall: '', message: String(error)};
	}

	const {code = 'UNKNOWN', syscall = '', message} = error as SystemError;
	return {code, syscall, message};
}
