import type {Row, Filter} from '../../../views/rows.ts';
import type {EventType, HotType, SeriesReport} from '../../../log/event.ts';
import {replyRules} from '../../../replies/reply-rule.ts';
import {eventText} from '../../panes/event-text.ts';
import type {Words} from '../../words/words.ts';

/** What stands before bytes in hexadecimal. */
const hexPrefix = 'hex:';

/** Every kind of event that has a sentence of its own on the screen. */
const sentences: Readonly<Record<Exclude<EventType, HotType>, true>> = {
	bound: true,
	'bind-failed': true,
	'send-failed': true,
	listening: true,
	'listen-failed': true,
	accepted: true,
	rejected: true,
	connecting: true,
	connected: true,
	'connect-failed': true,
	'fin-sent': true,
	'fin-received': true,
	reset: true,
	'socket-failed': true,
	'reset-sent': true,
	'peer-set': true,
	'reading-stopped': true,
	'reading-resumed': true,
	paused: true,
	resumed: true,
	'send-refused': true,
	closed: true,
	'rule-changed': true,
	'closing-changed': true,
	'destination-changed': true,
	'link-changed': true,
	'loss-ordered': true,
	'series-started': true,
	'series-ended': true,
};

/** Of a series in which nothing was sent. */
const noMessages: Omit<SeriesReport, 'counts' | 'end'> = {
	wanted: 0,
	sent: 0,
	answered: 0,
	lostByLink: 0,
	droppedByKernel: 0,
	failed: 0,
	waiting: 0,
	late: 0,
	outOfOrder: 0,
	duplicates: 0,
	bytesSent: 0,
	bytesAnswered: 0,
	duration: 0,
};

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

/** The connection whose name was typed, as it stands in the rows of a TCP server. */
function socketIn(text: string, isServer: boolean, words: Words): {readonly socket?: number} {
	const socket = Number(/\d+/.exec(text)?.[0] ?? 0);
	return isServer && socket > 0 && text.trim() === words.server.connection(socket).toLowerCase() ? {socket} : {};
}

/** The kinds of events all of whose sentences, as they read on this screen, have the text. */
function typesWith(text: string, isServer: boolean, words: Words): EventType[] {
	return (Object.keys(sentences) as Array<keyof typeof sentences>).filter(type =>
		variants(type).every(row =>
			eventText(row, isServer, words).text.replaceAll('0', '').toLowerCase().includes(text)));
}

/** Rows of a kind of event, without the values that only a real one has: the engine looks through those. */
function variants(type: keyof typeof sentences): Row[] {
	const row: Row = {
		sequence: 0, time: 0, type, socket: 0,
	};
	switch (type) {
		case 'rule-changed': {
			return replyRules.map(rule => ({...row, rule}));
		}

		case 'closing-changed': {
			return [true, false].map(closeAfterReply => ({...row, closeAfterReply}));
		}

		case 'closed': {
			return [row, {...row, discarded: 0.1}];
		}

		case 'series-started': {
			return [row, {...row, count: 0}, {...row, count: 0, rate: 1}, {...row, count: 0, rate: 0.1}];
		}

		case 'series-ended': {
			return (['answers', 'arrivals'] as const).flatMap(counts =>
				(['done', 'stopped', 'socket-closed'] as const).map(end => ({
					...row,
					report: {...noMessages, counts, end},
				})));
		}

		default: {
			return [row];
		}
	}
}
