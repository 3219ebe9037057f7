/* How one value of the command line is read, and what is said of a wrong one. */
import {parseAddress, parseBinding, parseHost} from '../text/address.ts';
import type {Allowed} from '../text/files/allowed.ts';
import {readDuration as millisecondsOf} from '../text/quantities.ts';
import {UsageError} from './tokens.ts';

/** The longest time that a timer of Node takes, in milliseconds: 2^31 − 1, more than 24 days. */
const longestTimer = 2_147_483_647;

/** What a value stands for. @throws UsageError that names the flag, or the place, that it was given for */
type Reader<Value> = (flag: string, value: string) => Value;

/** Reads what this finds a value in. @param allowed - what is said where it finds none */
export function taking<Value>(allowed: Allowed, find: (value: string) => Value | undefined): Reader<Value> {
	return (flag, value) => {
		const found = find(value);
		if (found === undefined) {
			throw wrongValue(flag, allowed, value);
		}

		return found;
	};
}

export function choiceOf<Choice extends string>(choices: readonly Choice[]): Reader<Choice> {
	return taking(['oneOf', choices], value => choices.find(choice => choice === value));
}

/** A whole number in this range. */
export function integerIn(least: number, most: number): Reader<number> {
	return taking(['integer', least, most], value =>
		/^\d{1,10}$/.test(value) && Number(value) >= least && Number(value) <= most ? Number(value) : undefined);
}

/** An address that can be sent to. */
export const readAddress = taking(['target'], value => {
	const address = parseAddress(value);
	return address?.port === 0 ? undefined : address;
});

/** An address to bind. */
export const readHost = taking(['host'], value => parseHost(value.replace(/^\[(.*)]$/, '$1')));

/** An address to bind, as `HOST:PORT`, `HOST` or `:PORT`: the rest is loopback, or left to the system. */
export const readBinding = taking(['binding'], value => parseBinding(value, '127.0.0.1'));

/** A duration with its unit: `500ms`, `10s`, `2m`, `1h`; and 0. In milliseconds. */
export const readDuration = taking(['time'], value =>
	value === '0' || /[a-z]$/.test(value) ? millisecondsOf(value, longestTimer) : undefined);

export function readLongerTime(flag: string, value: string): number {
	return taking(['longerTime'], () => readDuration(flag, value) || undefined)(flag, value);
}

/** What is said of a value that a flag does not take, or of none. @param near - the value that was probably meant */
export function wrongValue(flag: string, allowed: Allowed, value: string, near?: string): UsageError {
	return new UsageError(['value', flag, allowed, value, near]);
}
