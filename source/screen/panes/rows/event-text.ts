import type {Address, SocketFailure} from '../../../log/event.ts';
import {kindOf, type SentenceType} from '../../../log/event-kinds.ts';
import type {ReplyRule} from '../../../replies/reply-rule.ts';
import {defaultEncoding, encodingLabel} from '../../../text/encoding/encoding.ts';
import {faultText, formatProblems} from '../../../text/files/file-problem.ts';
import {visibleLine} from '../../../text/width/visible.ts';
import type {Row} from '../../../views/rows.ts';
import type {Tone} from '../../frame/paint.ts';
import type {Words} from '../../words/words.ts';
import {shortAddress} from '../geometry.ts';

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

/** What is wrong, of which an event has the code, the fault, or all that is wrong with a file. */
function problemText({problem = '', fault, problems, file = ''}: Row, {faults}: Words): string {
	return fault ? faultText(fault, faults) : (problems ? formatProblems(file, problems, faults) : problem);
}

/**
The sentence for an event that is neither a send nor a receive.

@param home - a host that its addresses need not name
*/
export function eventText(
	row: Row,
	isServer: boolean,
	words: Words,
	home?: string,
): {readonly sign: string; readonly tone: Tone; readonly text: string} {
	const {sign, tone, fails} = kindOf(row.type);
	if (fails) {
		return {sign, tone, text: row.failure ? failureText(row, row.failure, row[fails], isServer, words) : ''};
	}

	const {peer, local, target, reads, before, end, failure, name = '', file = '', path = ''} = row;
	const {limit = 0, length = 0, waiting = 0, silence = 0, discarded = 0, seed = 0, repeats = 0, moved = 0} = row;
	const {message = 0, held = 0, after = 0, destination = '', conditions = '', hosts = [], framing = 'none'} = row;
	const {closeAfterReply = false, hasConnection = false, hasUnread = false, closesToo = false, isKept = false} = row;
	const {isReopened = false, isSent = false, isPaused = false, isResumed = false, isStream = false} = row;
	const {option = {name: 'broadcast'}, reason = 'done', cause, count, rate, report, granted, entries} = row;
	const addressText = (address: Address | undefined): string => address ? shortAddress(address, home) : '';
	const text = words.events[row.type as SentenceType]({
		limit, length, waiting, silence, discarded, seed, repeats, moved, message, held, after, destination, conditions,
		hosts, framing, closeAfterReply, hasConnection, hasUnread, closesToo, isKept, isReopened, isSent, isPaused,
		isResumed, isStream, option, reason, count, rate, report, cause, granted, entries, before, end, failure,
		isServer,
		socket: row.socket,
		peer: addressText(peer),
		local: addressText(local),
		target: addressText(target),
		port: local?.port ?? 0,
		rule: row.rule as ReplyRule,
		code: failure?.code ?? '',
		isAsked: ((row.asked ?? row.source)?.port ?? 0) > 0,
		name: visibleLine(name),
		file: visibleLine(file),
		problem: visibleLine(problemText(row, words).replaceAll('\n', ' · ')),
		path: visibleLine(path),
		size: row.size,
		encoding: encodingLabel(row.encoding ?? defaultEncoding),
		text: visibleLine(row.text ?? ''),
		reads: reads ? reads.last - reads.first + 1 : 0,
	});
	return {sign, tone: discarded > 0 || hasUnread ? 'warning' : tone, text};
}
