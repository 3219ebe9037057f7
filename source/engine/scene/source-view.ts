/* The program that a pane is, and where in it the pane is. */
import type {CommentLanguage, SourceLanguage} from '../../programs/languages.ts';
import {type Listing, projectListing} from '../../programs/listing.ts';
import {listingCallOf} from '../../programs/template.ts';
import type {Call} from '../../log/calls.ts';
import {kindOf} from '../../log/event-kinds.ts';
import {projectCalls} from '../../views/calls.ts';
import type {SourceView} from '../api/view.ts';
import type {SourceQuery} from '../api/query.ts';
import type {EventLog} from '../../log/event-log.ts';
import {ClientPane} from './client-pane.ts';
import type {ServerPane} from './server-pane.ts';

/** Calls that came so shortly before the last one, in milliseconds, are marked with it. */
const together = 1000;

/** Not more events than this are looked at for them. */
const most = 64;

/** The program of a pane, with the lines marked whose call has just happened. */
export function projectSource(log: EventLog, pane: ServerPane | ClientPane, query: SourceQuery): SourceView {
	const {language, comments} = query;
	const {fileName, lines} = listingOf(pane, language, comments);
	const calls = lastCalls(log, pane);
	const marks = calls
		.map(({line: call, isMarked}) => {
			const name = listingCallOf(call);
			return isMarked ? lines.findIndex(line => line.calls?.includes(name)) : -1;
		})
		.filter(line => line !== -1);
	const last = calls[0]?.line;
	return {
		type: 'source',
		pane: pane.pane,
		language,
		fileName,
		lines: lines.map(({text}) => text),
		marks: [...new Set(marks)],
		lastCall: last,
	};
}

/** The program of a pane: its role, its address and, of a server, its reply rule. */
function listingOf(
	pane: ServerPane | ClientPane,
	language: SourceLanguage,
	comments?: CommentLanguage,
): Listing {
	if (pane instanceof ClientPane) {
		const {client: {protocol}, state, destination} = pane;
		const address = (state.type === 'connected' ? state.peer : destination) ?? {host: '127.0.0.1', port: 0};
		return projectListing({role: 'client', protocol, address}, language, comments);
	}

	const {server: {protocol, state}, configured, rule, closeAfterReply} = pane;
	return projectListing({
		role: 'server', protocol, address: state.type === 'open' ? state.local : configured, rule, closeAfterReply,
	}, language, comments);
}

/** A call that has happened, and whether its program has a line of it. */
type PastCall = {readonly line: Call; readonly isMarked: boolean};

/** The latest calls, newest first. */
function lastCalls(log: EventLog, pane: ServerPane | ClientPane): PastCall[] {
	const {index} = pane;
	const isTcpServer = !(pane instanceof ClientPane) && pane.server.protocol === 'tcp';
	const first = Math.max(index.firstSince(log.first), index.total - most);
	const calls: PastCall[] = [];
	let newest: number | undefined;
	for (let ordinal = index.total - 1; ordinal >= first; ordinal--) {
		const event = log.read(index.at(ordinal), 0);
		if (newest !== undefined && newest - event.time > together) {
			break;
		}

		const all = projectCalls(event, {isServer: !(pane instanceof ClientPane)});
		// A call that failed is where the program stops: the close() that follows it is not in its text.
		const failed = all.findIndex(({error}) => error !== undefined);
		const own = failed === -1 ? all : all.slice(0, failed + 1);
		// A TCP server's program closes connection sockets; its welcoming socket is closed only by ending it.
		const isEnd = isTcpServer && kindOf(event.type).stage === 'closed' && event.socket === 0;
		calls.push(...own.toReversed().map(line => ({line, isMarked: !isEnd})));
		newest ??= own.length > 0 ? event.time : undefined;
	}

	return calls;
}
