import type {Address, SocketFailure} from '../../log/event.ts';
import {kindOf, type SentenceType} from '../../log/event-kinds.ts';
import type {ReplyRule} from '../../replies/reply-rule.ts';
import {visibleLine} from '../../text/visible.ts';
import type {Row} from '../../views/rows.ts';
import type {Tone} from '../frame/paint.ts';
import type {Words} from '../words/words.ts';
import {shortAddress} from './geometry.ts';

/** What a row without a payload of its own says. */
type EventText = {readonly sign: string; readonly tone: Tone; readonly text: string};

/** What a failure means: of the address at the other end, or of the one that was to be bound before. */
function failureText(
	{source}: Row,
	failure: SocketFailure,
	address: Address | undefined,
	isServer: boolean,
	words: Words,
): string {
	return source && failure.syscall === 'bind'
		? words.sourceFailed(failure, source)
		: words.failure(failure, address, isServer);
}

/**
The sentence for an event that is neither a send nor a receive.

@param home - a host that its addresses need not name
*/
export function eventText(row: Row, isServer: boolean, words: Words, home?: string): EventText {
	const {sign, tone, fails} = kindOf(row.type);
	if (fails) {
		return {sign, tone, text: row.failure ? failureText(row, row.failure, row[fails], isServer, words) : ''};
	}

	const {peer, local, target, discarded = 0, hasUnread = false} = row;
	const text = words.events[row.type as SentenceType]({
		isServer,
		socket: row.socket,
		peer: peer ? shortAddress(peer, home) : '',
		local: local ? shortAddress(local, home) : '',
		target: target ? shortAddress(target, home) : '',
		port: local?.port ?? 0,
		limit: row.limit ?? 0,
		length: row.length ?? 0,
		waiting: row.waiting ?? 0,
		silence: row.silence ?? 0,
		discarded,
		rule: row.rule as ReplyRule,
		closeAfterReply: row.closeAfterReply ?? false,
		destination: row.destination ?? '',
		hasConnection: row.hasConnection ?? false,
		conditions: row.conditions ?? '',
		seed: row.seed ?? 0,
		count: row.count,
		rate: row.rate,
		report: row.report,
		cause: row.cause,
		hasUnread: row.hasUnread ?? false,
		closesToo: row.closesToo ?? false,
		code: row.failure?.code ?? '',
		isReopened: row.isReopened ?? false,
		option: row.option ?? {name: 'broadcast'},
		granted: row.granted,
		failure: row.failure,
		isAsked: (row.asked?.port ?? 0) > 0,
		name: visibleLine(row.name ?? ''),
		hosts: row.hosts ?? [],
		file: visibleLine(row.file ?? ''),
		entries: row.entries,
		problem: visibleLine((row.problem ?? '').replaceAll('\n', ' · ')),
		isKept: row.isKept ?? false,
		repeats: row.repeats ?? 0,
		path: visibleLine(row.path ?? ''),
		isSent: row.isSent ?? false,
		moved: row.moved ?? 0,
		reason: row.reason ?? 'done',
		message: row.message ?? 0,
		reads: row.reads ? row.reads.last - row.reads.first + 1 : 0,
		framing: row.framing ?? 'none',
		held: row.held ?? 0,
		before: row.before,
		after: row.after ?? 0,
		end: row.end,
		isPaused: row.isPaused ?? false,
		isResumed: row.isResumed ?? false,
		isStream: row.isStream ?? false,
	});
	return {sign, tone: discarded > 0 || hasUnread ? 'warning' : tone, text};
}
