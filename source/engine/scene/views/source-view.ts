/* The program that a pane is, and where in it the pane is. */
import type {CommentLanguage, ListingForm, SourceLanguage} from '../../../programs/languages.ts';
import {type Listing, type Program, projectListing} from '../../../programs/listing.ts';
import {listingCallOf} from '../../../programs/template.ts';
import type {Call} from '../../../log/calls/calls.ts';
import type {Address, SocketEvent} from '../../../log/event.ts';
import {kindOf} from '../../../log/event-kinds.ts';
import type {EventLog} from '../../../log/event-log.ts';
import {programRule} from '../../../replies/reply-rule.ts';
import {optionsToSet, type SocketOptions} from '../../../sockets/socket-options.ts';
import {interfaceOf} from '../../../sockets/udp/udp-options.ts';
import {withZoneName} from '../../../sockets/zones.ts';
import {versionOf} from '../../../text/address.ts';
import {projectCalls} from '../../../views/calls.ts';
import type {RowsView} from '../../../views/rows.ts';
import type {SourceView} from '../../api/view.ts';
import type {SourceQuery} from '../../api/query.ts';
import {ClientPane} from '../panes/client-pane.ts';
import type {ServerPane} from '../panes/server-pane.ts';

/** Calls that came so shortly before the last one, in milliseconds, are marked with it. */
const together = 1000;

/** Not more events than this are looked at for them. */
const most = 64;

/** The program of a pane, with the lines marked whose call has just happened. `calls` are shown beside it. */
export function projectSource(
	log: EventLog,
	pane: ServerPane | ClientPane,
	{language, comments, form}: SourceQuery,
	calls?: RowsView,
): SourceView {
	const listing = listingOf(pane, language, comments, form);
	const {fileName, lines, lacks} = listing;
	return {
		type: 'source',
		pane: pane.pane,
		language,
		fileName,
		lacks,
		lines: lines.map(({text}) => text),
		marks: latestLines(log, pane, listing),
		calls,
		callLines: calls?.rows.map(row => linesOf(row, row.calls ?? [], pane, listing)) ?? [],
	};
}

function listingOf(
	pane: ServerPane | ClientPane,
	language: SourceLanguage,
	comments?: CommentLanguage,
	form?: ListingForm,
): Listing {
	const {protocol, framing, encoding, options: {values}} = pane;
	const shared = {protocol, framing, encoding};
	if (pane instanceof ClientPane) {
		const {state, destination} = pane;
		const address = (state.type === 'connected' ? state.peer : destination) ?? {host: '127.0.0.1', port: 0};
		return projectListing({
			...shared,
			role: 'client',
			address: withZone(address),
			source: values.source && withZone(values.source),
			...optionsOf(values, 'local' in state ? state.local : address),
		}, language, comments, form);
	}

	const {server: {state}, configured, rule, closeAfterReply} = pane;
	const address = state.type === 'open' ? state.local : configured;
	return projectListing({
		...shared,
		role: 'server',
		address: withZone(address),
		...optionsOf(values, address),
		rule: programRule(rule),
		closeAfterReply,
	}, language, comments, form);
}

/** The options of a pane's sockets, as they are set on one with this address. */
function optionsOf(values: SocketOptions, {host}: Address): Pick<Program, 'options' | 'family'> {
	const family = versionOf(host);
	const options = optionsToSet(values).map(option => {
		const via = interfaceOf(option, family);
		return {option, ...(typeof via === 'object' ? {lacksInterface: true} : {via})};
	});
	return {options, family};
}

/** The address as the pane uses it: with its interface by name, since Node takes a number for none. */
function withZone(address: Address): Address {
	return withZoneName(address) ?? address;
}

/** The lines of a program that make the calls of an event, the last one first. */
function linesOf(
	{type, socket}: Pick<SocketEvent, 'type' | 'socket'>,
	calls: readonly Call[],
	pane: ServerPane | ClientPane,
	{lines}: Listing,
): number[] {
	// A TCP server's program closes connection sockets; its welcoming socket is closed only by ending it.
	const isTcpServer = !(pane instanceof ClientPane) && pane.server.protocol === 'tcp';
	if (isTcpServer && kindOf(type).stage === 'closed' && socket === 0) {
		return [];
	}

	// A call that failed is where the program stops: the close() that follows it is not in its text.
	const failed = calls.findIndex(({error}) => error !== undefined);
	const made = failed === -1 ? calls : calls.slice(0, failed + 1);
	return made
		.map(call => {
			const name = listingCallOf(call);
			return lines.findIndex(line => line.calls?.includes(name));
		})
		.filter(line => line !== -1)
		.toReversed();
}

/** The lines of the latest calls, the last one first, each once. */
function latestLines(log: EventLog, pane: ServerPane | ClientPane, listing: Listing): number[] {
	const {index} = pane;
	const first = Math.max(index.firstSince(log.first), index.total - most);
	const latest: number[] = [];
	let newest: number | undefined;
	for (let ordinal = index.total - 1; ordinal >= first; ordinal--) {
		const event = log.read(index.at(ordinal), 0);
		if (newest !== undefined && newest - event.time > together) {
			break;
		}

		const calls = projectCalls(event, {isServer: !(pane instanceof ClientPane)});
		latest.push(...linesOf(event, calls, pane, listing));
		newest ??= calls.length > 0 ? event.time : undefined;
	}

	return [...new Set(latest)];
}
