import type {SocketRow, SocketsView} from '../../engine/api/view.ts';
import {formatAddress, isSameAddress} from '../../text/address.ts';
import {
	paint, paintApart, type Span, widthOf, wrap, optional,
} from '../frame/paint.ts';
import {formatBytes, formatCount} from '../../text/numbers.ts';
import type {Words} from '../words/words.ts';
import {derivedSign} from './status-lines.ts';

/** From this many columns on, a socket's name, its addresses and its state fit in one line. */
const wideColumns = 74;

export function socketLines(columns: number): number {
	return columns >= wideColumns ? 2 : 3;
}

/**
What a learner should see in this table, and how many sockets are above and below those shown, in at most `free` lines.
A UDP client may have no socket yet. Where the pane has the focus its keys scroll.
*/
export function socketsStatus(
	{rows, from, total}: SocketsView,
	{isUnbound = false, isFocused = false}: {readonly isUnbound?: boolean; readonly isFocused?: boolean},
	columns: number,
	free: number,
	words: Words,
): string[] {
	const {sockets} = words.views;
	const more = sockets.more(from, total - from - rows.length);
	const lesson = isUnbound ? sockets.unbound : lessonOf(rows, words);
	const end: Span = {text: more === '' ? '' : ` ${more}${isFocused ? ' · PgUp PgDn' : ''}`, tone: 'dim'};
	return fitting(lesson, columns - widthOf([end]), free).map((text, index) =>
		paintApart([{text, tone: 'warning'}], index === 0 ? [end] : [], columns));
}

/** A sentence in as many lines as it needs, where that many are free; else in one, in which it is cut. */
function fitting(text: string, columns: number, free: number): string[] {
	const lines = wrap(text, columns);
	return lines.length <= free ? lines : [text];
}

/** A pane's sockets: what each is and its state, the addresses at both ends, what went each way, and queues. */
export function socketsLines(
	{rows, isFromKernel}: SocketsView,
	columns: number,
	height: number,
	words: Words,
): string[] {
	const {sockets} = words.views;
	const lines = rows.flatMap(row => socketRow(row, columns, words));
	const source = fitting(isFromKernel ? sockets.fromKernel : sockets.derived, columns, height - lines.length);
	return rows.length === 0 ? [] : [...lines, ...source.map(text => paint([{text, tone: 'dim'}], columns))];
}

function lessonOf(rows: readonly SocketRow[], {relay, views: {sockets}}: Words): string {
	const [first] = rows;
	if (!first) {
		return sockets.none;
	}

	if (rows.some(({role}) => role === 'target')) {
		return relay.sockets;
	}

	const {role, local, peer} = first;
	if (role === 'udp' || role === 'peer') {
		return sockets.oneForAll;
	}

	if (role === 'client') {
		return local && peer && isSameAddress(local, peer) ? sockets.toItself : sockets.ownPort;
	}

	return sockets.samePort(local?.port ?? 0);
}

function socketRow(row: SocketRow, columns: number, words: Words): string[] {
	const {local, peer, state, isDerived, isClosed, role} = row;
	const isWide = columns >= wideColumns;
	const meaning = meaningOf(row, words);
	const name: Span[] = [
		{text: role === 'peer' ? '  ' : (isClosed ? '○ ' : '● '), tone: isClosed ? 'dim' : 'received'},
		{text: nameOf(row, words), tone: 'strong'},
		...optional(
			state !== undefined && `  ${isDerived ? derivedSign : ''}${state}`,
			state === 'ESTABLISHED' || state === 'LISTEN' ? 'received' : 'warning',
		),
		...optional(!isWide && `  ${meaning}`, 'dim'),
	];
	const ends: Span[]
		= role === 'peer'
			? [{text: peer ? formatAddress(peer) : ''}]
			: [
				{text: local ? formatAddress(local) : ''},
				{text: ` ⇄ ${peer ? formatAddress(peer) : '*'}`, tone: peer ? 'plain' : 'dim'},
			];
	const counts = countsLine(row, isWide ? meaning : '', columns, words);
	return isWide
		? [paint([...name, {text: '  '}, ...ends], columns), counts]
		: [paint(name, columns), paint([{text: '    '}, ...ends], columns), counts];
}

/** What a state means, or that the kernel does not know the socket any more. */
function meaningOf({isVanished, isClosed, state = ''}: SocketRow, {views: {sockets}}: Words): string {
	if (isVanished) {
		return sockets.vanished;
	}

	return sockets.meanings[state] ?? (isClosed ? sockets.closedHere : '');
}

function countsLine(row: SocketRow, meaning: string, columns: number, {views: {sockets}}: Words): string {
	const {received, sent, receiveQueue, sendQueue, drops, waiting, readAhead, role, isClosed} = row;
	// Of UDP's datagrams the kernel tells the memory that they take, which is more than their payloads.
	const unread = drops === undefined ? sockets.toRead : sockets.memoryToRead;
	const receiveText = role === 'welcoming' ? sockets.toAccept : unread;
	const queuesFrom = (least: number): string[] =>
		isClosed
			? []
			: [
				...(readAhead === undefined ? [] : [sockets.readAhead(readAhead)]),
				...(receiveQueue === undefined || receiveQueue < least ? [] : [receiveText(receiveQueue)]),
				...(sendQueue === undefined || sendQueue < least || role === 'welcoming' || drops !== undefined
					? []
					: [sockets.toAcknowledge(sendQueue)]),
			];
	const counts: Span[] = [
		{text: '    '},
		...optional(drops !== undefined && drops > 0 && `✗ ${sockets.dropped(drops)}  `, 'error'),
		...optional(received && '← ', 'received'),
		...optional(received && `${formatCount(received.count)} · ${formatBytes(received.bytes)}  `),
		...optional(sent && '→ ', 'sent'),
		...optional(sent && `${formatCount(sent.count)} · ${formatBytes(sent.bytes)}  `),
		...optional(waiting > 0 && `${sockets.waiting(waiting)}  `, 'warning'),
		...optional(meaning !== '' && `${meaning}  `, 'dim'),
	];
	// Where something waits there is little room: then empty queues are left out, rather than the full ones cut.
	const withQueues = (least: number): Span[] => [...counts, {text: queuesFrom(least).join(' · '), tone: 'dim'}];
	return paint(withQueues(widthOf(withQueues(0)) > columns ? 1 : 0), columns);
}

function nameOf({role, number}: SocketRow, {server, views: {sockets}}: Words): string {
	const names: Readonly<Record<SocketRow['role'], string>> = {
		udp: sockets.udp,
		welcoming: sockets.welcoming,
		connection: sockets.connection(number),
		peer: sockets.peer(number),
		client: sockets.client,
		target: server.toTarget(number),
	};
	return names[role];
}
