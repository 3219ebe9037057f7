import type {Address} from '../log/event.ts';
import {plainAddress, plainHost} from '../log/plain-host.ts';
import {formatAddress} from '../text/address.ts';
import type {FieldValue} from './fields.ts';
import type {Operator} from './lesson.ts';

/** Whether a comparison holds. It does not where either value is missing; addresses and yes or no are only equal or not. */
export function compare(left: FieldValue, operator: Operator, right: FieldValue): boolean {
	if (left === undefined || right === undefined) {
		return false;
	}

	switch (operator) {
		case '=': {
			return isSame(left, right);
		}

		case '!=': {
			return !isSame(left, right);
		}

		case '<': {
			return Number(left) < Number(right);
		}

		case '<=': {
			return Number(left) <= Number(right);
		}

		case '>': {
			return Number(left) > Number(right);
		}

		case '>=': {
			return Number(left) >= Number(right);
		}

		case 'contains': {
			return String(left).includes(String(right));
		}

		case 'starts with': {
			return String(left).startsWith(String(right));
		}

		case 'ends with': {
			return String(left).endsWith(String(right));
		}

		default: {
			return operator satisfies never;
		}
	}
}

function isSame(left: NonNullable<FieldValue>, right: NonNullable<FieldValue>): boolean {
	if (typeof left === 'object') {
		return typeof right === 'object' ? isSameAddress(left, right) : formatAddress(plainAddress(left)) === right;
	}

	return String(left) === String(right);
}

/** A socket that is bound to a wildcard address has every address of this machine. */
function isSameAddress(left: Address, right: Address): boolean {
	const hosts = [plainHost(left.host), plainHost(right.host)];
	return left.port === right.port && (hosts[0] === hosts[1] || hosts.some(host => host === '0.0.0.0' || host === '::'));
}
