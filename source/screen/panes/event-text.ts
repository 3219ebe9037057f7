import type {EventType, HotType} from '../../log/event.ts';
import type {ReplyRule} from '../../replies/reply-rule.ts';
import {formatAddress} from '../../text/address.ts';
import type {Row} from '../../views/rows.ts';
import type {Tone} from '../frame/paint.ts';
import type {Words} from '../words/words.ts';

/** What a row without a payload of its own says. */
export type EventText = {readonly sign: string; readonly tone: Tone; readonly text: string};

/** The sentence for an event that is neither a send nor a receive. */
export function eventText(row: Row, isServer: boolean, words: Words): EventText {
	const type = row.type as Exclude<EventType, HotType>;
	const {log, failure: explain} = words;
	const peer = row.peer ? formatAddress(row.peer) : '';
	const local = row.local ? formatAddress(row.local) : '';
	const {discarded = 0, waiting = 0} = row;
	const failed = (address = row.peer): EventText =>
		({sign: '✗', tone: 'error', text: row.failure ? explain(row.failure, address) : ''});
	switch (type) {
		case 'socket-bound': {
			return {sign: '●', tone: 'plain', text: isServer ? log.bound(local) : log.chosenPort(row.local?.port ?? 0)};
		}

		case 'listening-started': {
			return {sign: '●', tone: 'plain', text: log.listening(local)};
		}

		case 'bind-failed':
		case 'listen-failed': {
			return failed(row.local);
		}

		case 'send-failed':
		case 'connect-failed':
		case 'socket-failed': {
			return failed();
		}

		case 'connection-accepted': {
			return {sign: '●', tone: 'plain', text: log.accepted(peer, row.socket)};
		}

		case 'connection-rejected': {
			return {sign: '✗', tone: 'error', text: log.rejected(peer, row.limit ?? 0)};
		}

		case 'connect-started': {
			return {sign: ' ', tone: 'plain', text: log.connecting(peer)};
		}

		case 'connection-opened': {
			return {sign: '●', tone: 'plain', text: log.connected(peer, local)};
		}

		case 'fin-sent': {
			return {sign: '→', tone: 'sent', text: log.finSent};
		}

		case 'fin-received': {
			return {sign: '←', tone: 'received', text: log.finReceived};
		}

		case 'reset-received': {
			return {sign: '✗', tone: 'error', text: log.reset};
		}

		case 'backpressure-started': {
			return {sign: '✗', tone: 'warning', text: log.paused(waiting)};
		}

		case 'backpressure-ended': {
			return {sign: ' ', tone: 'plain', text: log.resumed};
		}

		case 'send-refused': {
			return {sign: '✗', tone: 'error', text: log.sendRefused(row.length ?? 0, waiting)};
		}

		case 'socket-closed': {
			return {
				sign: '○',
				tone: discarded > 0 ? 'warning' : 'plain',
				text: discarded > 0 ? log.discarded(discarded) : log.closed(row.socket === 0 && isServer ? local : ''),
			};
		}

		case 'peer-set': {
			return {sign: '●', tone: 'plain', text: log.peerSet(peer)};
		}

		case 'reset-sent': {
			return {sign: '→', tone: 'error', text: log.resetSent};
		}

		case 'reading-stopped': {
			return {sign: ' ', tone: 'warning', text: log.readingStopped};
		}

		case 'reading-resumed': {
			return {sign: ' ', tone: 'plain', text: log.readingResumed};
		}

		case 'link-changed': {
			return {sign: '≈', tone: 'warning', text: words.link.changed(row.conditions ?? '', row.seed ?? 0)};
		}

		case 'loss-ordered': {
			return {sign: '≈', tone: 'warning', text: words.link.lossOrdered};
		}

		case 'series-started': {
			return {sign: ' ', tone: 'plain', text: words.series.started(row.count, row.rate)};
		}

		case 'series-ended': {
			return {sign: ' ', tone: 'plain', text: row.report ? words.series.ended(row.report) : ''};
		}

		case 'rule-changed': {
			return {sign: ' ', tone: 'plain', text: log.ruleChanged(row.rule as ReplyRule)};
		}

		case 'closing-changed': {
			return {sign: ' ', tone: 'plain', text: row.closeAfterReply ? log.closeAfterReply : log.keepOpen};
		}

		case 'destination-changed': {
			return {sign: ' ', tone: 'plain', text: log.destination(row.destination ?? '')};
		}

		default: {
			return type satisfies never;
		}
	}
}
