import type {Address} from '../log/event.ts';
import {plainAddress, plainHost, formatAddress} from '../text/address.ts';
import type {FieldValue} from './fields.ts';
import type {Operator} from './lesson.ts';

type Value = NonNullable<FieldValue>;

const comparisons: Readonly<Record<Operator, (left: Value, right: Value) => boolean>> = {
	'=': isSame,
	'!=': (left, right) => !isSame(left, right),
	'<': (left, right) => Number(left) < Number(right),
	'<=': (left, right) => Number(left) <= Number(right),
	'>': (left, right) => Number(left) > Number(right),
	'>=': (left, right) => Number(left) >= Number(right),
	contains: (left, right) => written(left).includes(written(right)),
	'starts with': (left, right) => written(left).startsWith(written(right)),
	'ends with': (left, right) => written(left).endsWith(written(right)),
};

/** Whether a comparison holds. It does not where either value is missing; an address is equal to another, or not. */
export function compare(left: FieldValue, operator: Operator, right: FieldValue): boolean {
	return left !== undefined && right !== undefined && comparisons[operator](left, right);
}

function isSame(left: Value, right: Value): boolean {
	if (typeof left === 'object') {
		return typeof right === 'object' ? isSameAddress(left, right) : written(left) === right;
	}

	return String(left) === written(right);
}

/** A value as it is written in a lesson. */
function written(value: Value): string {
	return typeof value === 'object' ? formatAddress(plainAddress(value)) : String(value);
}

/** A socket that is bound to a wildcard address has every address of this machine. */
function isSameAddress(left: Address, right: Address): boolean {
	const hosts = [plainHost(left.host), plainHost(right.host)];
	return left.port === right.port && (hosts[0] === hosts[1] || hosts.some(host => host === '0.0.0.0' || host === '::'));
}
