import type {SeriesReport, SocketEvent} from '../../events/event.ts';
import {counted} from './counted.ts';
import type {FlowStep} from './flow-step.ts';
import {addressText} from './peer-address.ts';

/** The events that are drawn on one lane. */
export type NoticeEvent = Extract<SocketEvent, {type: 'bound' | 'listening' | 'bind-failed' | 'listen-failed' | 'closed' | 'socket-failed' | 'paused' | 'resumed' | 'send-refused'
	| 'peer-set' | 'reading-stopped' | 'reading-resumed' | 'link-changed' | 'loss-ordered' | 'series-started' | 'series-ended';}>;

/** What is told there. */
type Notice = Pick<FlowStep, 'kind' | 'length' | 'note' | 'code'>;

/** What an event says that happened on one lane. */
export function noticeOf(event: NoticeEvent): Notice {
	switch (event.type) {
		case 'bound':
		case 'listening': {
			return {kind: event.type, note: addressText(event.local)};
		}

		case 'bind-failed':
		case 'listen-failed': {
			return {kind: 'bind-failed', code: event.failure.code, note: addressText(event.local)};
		}

		case 'closed': {
			return {kind: 'closed', length: event.discarded};
		}

		case 'socket-failed': {
			return {kind: 'failed', code: event.failure.code};
		}

		case 'paused': {
			return {kind: 'paused', length: event.waiting};
		}

		case 'send-refused': {
			return {kind: 'refused', length: event.length};
		}

		case 'peer-set': {
			return {kind: 'peer-set', note: `peer ${addressText(event.peer)}`};
		}

		case 'link-changed': {
			return {kind: 'link-changed', note: event.conditions};
		}

		case 'series-started': {
			return {kind: 'series-started', note: seriesText(event)};
		}

		case 'series-ended': {
			return {kind: 'series-ended', note: reportText(event.report)};
		}

		case 'resumed':
		case 'reading-stopped':
		case 'reading-resumed':
		case 'loss-ordered': {
			return {kind: event.type};
		}

		default: {
			return event satisfies never;
		}
	}
}

/** `100 messages, 10/s`, `messages until stopped`. */
function seriesText({count, rate}: {readonly count: number | undefined; readonly rate: number | undefined}): string {
	const messages = count === undefined ? 'messages until stopped' : `${counted(count)} ${count === 1 ? 'message' : 'messages'}`;
	return rate === undefined ? messages : `${messages}, ${counted(rate)}/s`;
}

/** `100 sent: 60 answered, 38 lost by the link, 2 waiting`. */
function reportText({counts, sent, answered, lostByLink, droppedByKernel, failed, waiting}: SeriesReport): string {
	const parts = [
		[answered, counts === 'answers' ? 'answered' : 'read'], [lostByLink, 'lost by the link'], [droppedByKernel, 'dropped by the kernel'], [failed, 'failed'], [waiting, 'waiting'],
	] as const;
	const told = parts.filter(([count], index) => count > 0 || index === 0).map(([count, what]) => `${counted(count)} ${what}`);
	return `${counted(sent)} sent: ${told.join(', ')}`;
}
