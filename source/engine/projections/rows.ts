import {bytesToFill} from '../../text/visible.ts';
import type {LedgerRow, Row, RowsView} from '../door/pane-view.ts';
import type {RowsQuestion} from '../door/question.ts';
import type {SocketEvent} from '../events/event.ts';
import type {EventLog} from '../events/event-log.ts';
import {projectCallLines} from './call-lines.ts';
import {bytesInDump, projectDump} from './dump.ts';
import {projectLedgerRow} from './ledger-row.ts';
import {projectPayload} from './payload.ts';

/** The events that rows are made of, by their ordinals: those from `first` on can be read. */
export type RowList = {readonly first: number; readonly total: number; readonly at: (ordinal: number) => number};

/** How a row is to be told, apart from its event. */
export type RowFormat = Pick<RowsQuestion, 'kind' | 'payload' | 'columns' | 'dumpColumns'> & {readonly isServer: boolean};

/** The rows of a pane that a question asks for. Costs what it shows, however long the log is. */
export function projectRows(log: EventLog, {first, total, at}: RowList, question: RowsQuestion, isServer: boolean): RowsView {
	const {pane, kind, rows, end: wanted} = question;
	const most = Math.max(bytesToFill(kind === 'bytes' ? question.dumpColumns : question.columns), bytesInDump(question.dumpColumns));
	const end = wanted === undefined ? total : Math.min(total, Math.max(wanted, first + Math.min(rows, total - first)));
	const shown: Row[] = [];
	for (let ordinal = Math.max(first, end - rows); ordinal < end; ordinal++) {
		const event = log.read(at(ordinal), most);
		const row = {...projectRow(event, {...question, isServer}), time: log.wallTime(event.time)};
		const ledger = kind === 'calls' ? undefined : projectLedgerRow(event, log.otherEndOf(event.sequence), kind === 'bytes' ? question.dumpColumns : 0);
		shown.push(kind === 'bytes' ? {...row, ledger} : {...row, ...severalWrites(event, ledger), ...neverRead(event, ledger)});
	}

	return {
		type: 'rows', pane, kind, rows: shown, end, total, first,
	};
}

/** One event as a row, its payload as text that is safe to draw. Its time is still the log's. */
export function projectRow(event: SocketEvent, format: RowFormat): Row {
	const row = projectHappening(event, format);
	return format.kind === 'calls' ? {...row, calls: projectCallLines(event, format.isServer)} : row;
}

/** A read that has the bytes of several writes says so, as long as all of them are known. */
function severalWrites({type}: SocketEvent, ledger: LedgerRow | undefined): Pick<Row, 'writes'> {
	const writes = type === 'chunk-received' && ledger?.missing === 0 ? ledger.parts.length + ledger.more : 0;
	return writes > 1 ? {writes} : {};
}

/** A write of which bytes were never read, since the other end of ours is closed, says so. */
function neverRead({type}: SocketEvent, ledger: LedgerRow | undefined): Pick<Row, 'neverRead'> {
	return type === 'chunk-sent' && ledger?.isOver && ledger.missing > 0 ? {neverRead: ledger.missing} : {};
}

function projectHappening(event: SocketEvent, {kind, payload: payloadFormat, columns, dumpColumns}: RowFormat): Row {
	const base = {
		sequence: event.sequence, time: event.time, type: event.type, socket: event.socket,
	};
	switch (event.type) {
		case 'datagram-sent':
		case 'chunk-sent':
		case 'datagram-received':
		case 'chunk-received':
		case 'send-failed': {
			const {text, isCut} = projectPayload(event.bytes, event.length, payloadFormat, columns);
			const isDumped = isCut && payloadFormat === 'hex' && kind === 'messages';
			return {
				...base,
				peer: event.peer,
				length: event.length,
				payload: isDumped ? '' : text,
				isCut,
				...(isDumped && {dump: projectDump(event.bytes, event.length, dumpColumns)}),
				...('number' in event && {number: event.number, far: event.far}),
				...('arrival' in event && {arrival: event.arrival}),
				...('fate' in event && event.fate && {fate: event.fate}),
				...('passage' in event && event.passage && {passage: event.passage}),
				...('isVacant' in event && event.isVacant && {isVacant: true}),
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
		case 'connected':
		case 'peer-set': {
			return {...base, peer: event.peer, local: event.local};
		}

		case 'link-changed': {
			return {...base, setting: event.conditions, amount: event.seed};
		}

		case 'loss-ordered': {
			return base;
		}

		case 'series-started': {
			return {...base, series: {count: event.count, rate: event.rate}};
		}

		case 'series-ended': {
			return {...base, report: event.report};
		}

		case 'reset-sent':
		case 'reading-stopped':
		case 'reading-resumed':
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
