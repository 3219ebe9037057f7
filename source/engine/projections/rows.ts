import {bytesToFill} from '../../text/visible.ts';
import type {Row, RowsQuestion, RowsView} from '../door.ts';
import type {SocketEvent} from '../events/event.ts';
import type {EventLog} from '../events/event-log.ts';
import type {PaneIndex} from '../events/pane-index.ts';
import {bytesInDump, projectDump} from './dump.ts';
import {projectPayload} from './payload.ts';

/** The rows of a pane that a question asks for. Costs what it shows, however long the log is. */
export function projectRows(log: EventLog, index: PaneIndex, question: RowsQuestion): RowsView {
	const {pane, rows, end: wanted} = question;
	const most = Math.max(bytesToFill(question.columns), bytesInDump(question.dumpColumns));
	const first = index.firstSince(log.first);
	const {total} = index;
	const end = wanted === undefined ? total : Math.min(total, Math.max(wanted, first + Math.min(rows, total - first)));
	const shown: Row[] = [];
	for (let ordinal = Math.max(first, end - rows); ordinal < end; ordinal++) {
		shown.push(projectRow(log.read(index.at(ordinal), most), question));
	}

	return {
		type: 'rows', pane, rows: shown, end, total, first,
	};
}

/** One event as a row, its payload as text that is safe to draw. */
export function projectRow(event: SocketEvent, {payload: format, columns, dumpColumns}: Pick<RowsQuestion, 'payload' | 'columns' | 'dumpColumns'>): Row {
	const base = {
		sequence: event.sequence, time: event.time, type: event.type, socket: event.socket,
	};
	switch (event.type) {
		case 'datagram-sent':
		case 'chunk-sent':
		case 'datagram-received':
		case 'chunk-received':
		case 'send-failed': {
			const {text, isCut} = projectPayload(event.bytes, event.length, format, columns);
			const isDumped = isCut && format === 'hex';
			return {
				...base,
				peer: event.peer,
				length: event.length,
				payload: isDumped ? '' : text,
				isCut,
				...(isDumped && {dump: projectDump(event.bytes, event.length, dumpColumns)}),
				...('elapsed' in event && {elapsed: event.elapsed}),
				...('isThirdParty' in event && {isThirdParty: event.isThirdParty}),
				...('failure' in event && {failure: event.failure}),
			};
		}

		case 'bound':
		case 'listening': {
			return {...base, local: event.local};
		}

		case 'bind-failed':
		case 'listen-failed': {
			return {...base, local: event.local, failure: event.failure};
		}

		case 'accepted':
		case 'connected': {
			return {...base, peer: event.peer, local: event.local};
		}

		case 'connecting':
		case 'fin-sent':
		case 'fin-received':
		case 'resumed': {
			return {...base, peer: event.peer};
		}

		case 'connect-failed':
		case 'reset':
		case 'socket-failed': {
			return {...base, peer: event.peer, failure: event.failure};
		}

		case 'rejected': {
			return {...base, peer: event.peer, amount: event.limit};
		}

		case 'paused': {
			return {...base, peer: event.peer, amount: event.waiting};
		}

		case 'send-refused': {
			return {
				...base, peer: event.peer, length: event.length, amount: event.waiting,
			};
		}

		case 'closed': {
			return {
				...base, peer: event.peer, local: event.local, amount: event.discarded,
			};
		}

		case 'rule-changed': {
			return {...base, setting: event.rule};
		}

		case 'closing-changed': {
			return {...base, setting: event.closeAfterReply ? 'on' : 'off'};
		}

		case 'destination-changed': {
			return {...base, setting: event.destination};
		}

		default: {
			return event satisfies never;
		}
	}
}
