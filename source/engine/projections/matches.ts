import {formatAddress} from '../../text/address.ts';
import type {Filter, RowsKind} from '../door/question.ts';
import type {SocketEvent} from '../events/event.ts';
import {projectCallLines} from './call-lines.ts';

/** Whether an event is one that a filter lets through. */
export type Matcher = (event: SocketEvent) => boolean;

/**
Make the test of a filter. Text is looked for whatever its case, in payloads read as UTF-8, in addresses and names of errors, and, where calls
are shown, in them.
*/
export function matcherOf(filter: Filter, kind: RowsKind, isServer: boolean): Matcher {
	if (filter.type === 'bytes') {
		const wanted = Buffer.from(filter.bytes);
		return event => 'bytes' in event && includesBytes(event.bytes, wanted);
	}

	const wanted = filter.text.toLowerCase();
	const exact = Buffer.from(filter.text);
	/** Where no letter has another case, the bytes themselves tell. */
	const hasCase = wanted !== filter.text.toUpperCase();
	const types = new Set(filter.types);
	const has = (text: string): boolean => text.toLowerCase().includes(wanted);
	return event => types.has(event.type)
		|| event.socket === filter.socket
		|| ('bytes' in event && (includesBytes(event.bytes, exact) || (hasCase && has(textOf(event.bytes)))))
		|| textsOf(event).some(text => has(text))
		|| (kind === 'calls' && projectCallLines(event, isServer).some(({text}) => has(text)));
}

function includesBytes({buffer, byteOffset, byteLength}: Uint8Array, wanted: Uint8Array): boolean {
	return Buffer.from(buffer, byteOffset, byteLength).includes(Buffer.from(wanted.buffer, wanted.byteOffset, wanted.byteLength));
}

function textOf({buffer, byteOffset, byteLength}: Uint8Array): string {
	return Buffer.from(buffer, byteOffset, byteLength).toString();
}

function textsOf(event: SocketEvent): string[] {
	return [
		...('peer' in event && event.peer ? [formatAddress(event.peer)] : []),
		...('local' in event && event.local ? [formatAddress(event.local)] : []),
		...('failure' in event ? [event.failure.code] : []),
		...('rule' in event ? [event.rule] : []),
		...('destination' in event ? [event.destination] : []),
	];
}
