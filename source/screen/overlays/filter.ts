import type {Filter, Row} from '../../views/rows.ts';
import type {EventType} from '../../log/event.ts';
import {eventTypes, kindOf} from '../../log/event-kinds.ts';
import {replyRules} from '../../replies/reply-rule.ts';
import {eventText} from '../panes/rows/event-text.ts';
import type {Words} from '../words/words.ts';

const hexPrefix = 'hex:';

/**
What is typed into the prompt as a filter: text, or `hex:0d0a` for bytes. Undefined while that is empty, 'wrong' for
half a byte or none.

@param isServer - whether it is the server's pane that is looked through
*/
export function filterOf(typed: string, isServer: boolean, words: Words): Filter | undefined | 'wrong' {
	if (!typed.startsWith(hexPrefix)) {
		const text = typed.toLowerCase();
		return typed === ''
			? undefined
			: {
				type: 'text', text: typed, types: typesWith(text, isServer, words), ...socketIn(text, isServer, words),
			};
	}

	const digits = typed.slice(hexPrefix.length).replaceAll(/\s/g, '');
	if (digits === '') {
		return undefined;
	}

	return /^(?:[\da-f]{2})+$/i.test(digits) ? {type: 'bytes', bytes: [...Buffer.from(digits, 'hex')]} : 'wrong';
}

/** The connection whose name was typed, as it stands in the rows of a TCP server, or of a relay. */
function socketIn(text: string, isServer: boolean, {server}: Words): {readonly socket?: number} {
	const socket = Number(/\d+/.exec(text)?.[0] ?? 0);
	const names = [server.connection(socket), server.shortConnection(socket), server.toTarget(socket)]
		.map(name => name.toLowerCase());
	return isServer && socket > 0 && names.includes(text.trim()) ? {socket} : {};
}

/** The kinds of events all of whose sentences, as they read on this screen, have the text. */
function typesWith(text: string, isServer: boolean, words: Words): EventType[] {
	return eventTypes.filter(type => !kindOf(type).data && variants(type).every(row =>
		eventText(row, isServer, words).text.replaceAll('0', '').toLowerCase().includes(text)));
}

/** Rows of a kind of event, without the values that only a real one has: the engine looks through those. */
function variants(type: EventType): Row[] {
	const row: Row = {
		sequence: 0, time: 0, type, pane: 0, socket: 0,
	};
	return type === 'rule-changed'
		? replyRules.map(rule => ({...row, rule}))
		: (kindOf(type).samples ?? [{}]).map(sample => ({...row, ...sample, type}));
}
