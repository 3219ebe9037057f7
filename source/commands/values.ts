/* How one value of the command line is read, and what is said of a wrong one. */
import type {Address} from '../log/event.ts';
import {parseAddress, parseBinding, parseHost} from '../text/address.ts';
import type {Allowed} from '../text/files/allowed.ts';
import {readDuration as millisecondsOf} from '../text/quantities.ts';
import {UsageError} from './tokens.ts';

/** The longest time that a timer of Node takes, in milliseconds: 2^31 − 1, more than 24 days. */
const longestTimer = 2_147_483_647;

/** Reads one of these words. */
export function choiceOf<Choice extends string>(choices: readonly Choice[]): (flag: string, value: string) => Choice {
	return (flag, value) => {
		const found = choices.find(choice => choice === value);
		if (found === undefined) {
			throw wrongValue(flag, ['oneOf', choices], value);
		}

		return found;
	};
}

/** Reads a whole number in this range. */
export function integerIn(least: number, most: number): (flag: string, value: string) => number {
	return (flag, value) => {
		const number = /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN;
		if (!(number >= least && number <= most)) {
			throw wrongValue(flag, ['integer', least, most], value);
		}

		return number;
	};
}

/** An address that can be sent to. */
export function readAddress(flag: string, value: string): Address {
	const address = parseAddress(value);
	if (!address || address.port === 0) {
		throw wrongValue(flag, ['target'], value);
	}

	return address;
}

/** An address to bind. */
export function readHost(flag: string, value: string): string {
	const host = parseHost(value.replace(/^\[(.*)]$/, '$1'));
	if (host === undefined) {
		throw wrongValue(flag, ['host'], value);
	}

	return host;
}

/** A duration with its unit: `500ms`, `10s`, `2m`, `1h`; and 0. In milliseconds. */
export function readDuration(flag: string, value: string): number {
	const milliseconds = value === '0' || /[a-z]$/.test(value) ? millisecondsOf(value, longestTimer) : undefined;
	if (milliseconds === undefined) {
		throw wrongValue(flag, ['time'], value);
	}

	return milliseconds;
}

/** A duration that is longer than 0. */
export function readLongerTime(flag: string, value: string): number {
	const milliseconds = readDuration(flag, value);
	if (milliseconds === 0) {
		throw wrongValue(flag, ['longerTime'], value);
	}

	return milliseconds;
}

/** An address to bind, as `HOST:PORT`, `HOST` or `:PORT`: the rest is this host, or left to the system. */
export function readBinding(flag: string, value: string, anyHost: string): Address {
	const address = parseBinding(value, anyHost);
	if (!address) {
		throw wrongValue(flag, ['binding'], value);
	}

	return address;
}

/** What is said of a value that a flag does not take, or of none. @param near - the value that was probably meant */
export function wrongValue(flag: string, allowed: Allowed, value: string, near?: string): UsageError {
	return new UsageError(['value', flag, allowed, value, near]);
}

/** What was thrown, as an error. */
export function asError(thrown: unknown): Error {
	return thrown instanceof Error ? thrown : new Error(String(thrown));
}
