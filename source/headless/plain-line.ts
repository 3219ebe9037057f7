import {kindOf} from '../log/event-kinds.ts';
import type {
	PaneId, Protocol, SocketEvent, SocketFailure,
} from '../log/event.ts';
import {type Reading, utf8Reading} from '../text/encoding/codec.ts';
import {visibleLine} from '../text/width/visible.ts';
import {savedRow} from '../screen/save/saved-rows.ts';
import {withoutKeys, type Words} from '../screen/words/words.ts';

/** How events are told as lines of text. */
export type PlainContext = {
	readonly protocol: Protocol;
	readonly isServer: boolean;
	readonly words: Words;
	readonly hasColours: boolean;
	/** The pane of a relay's sockets to its target. */
	readonly targetPane?: PaneId;
};

/** A line has at most this many bytes of a payload: its length is told whole, and `--json` has all. */
const maxPayload = 1024;

/** SGR colours (ECMA-48 8.3.117) by the tone of an event. */
const colours = {
	plain: undefined, sent: 36, received: 32, error: 31, warning: 33,
} as const;

/**
An event as one line of text: the time, a sign, and the sentence, or the payload, that the pane of its socket shows.

@param time - milliseconds since the epoch
*/
export function plainLine(
	event: SocketEvent,
	time: number,
	context: PlainContext,
	{codec, lead}: Reading = utf8Reading,
): string {
	const {fails, tone, sign} = kindOf(event.type);
	const shown = 'bytes' in event ? {...event, time, bytes: event.bytes.subarray(0, maxPayload)} : {...event, time};
	const read = {...shown, ...(lead > 0 && {lead})};
	const isToTarget = event.pane === context.targetPane;
	const [line = '', ...notes] = savedRow(read, {
		...context,
		codec,
		...(isToTarget && {isServer: false, nameOf: context.words.server.toTarget}),
		home: undefined,
		server: context.isServer ? event.pane : undefined,
		clients: [],
	});
	const why = fails && 'bytes' in event ? `  ${notes.at(-1)?.trim() ?? ''}` : '';
	const text = 'bytes' in event ? line + why : safe(line);
	const colour = context.hasColours ? colours[tone] : undefined;
	// The time, and the sign behind it.
	return colour === undefined ? text : text.replace(` ${sign} `, ` \u{1B}[${colour}m${sign}\u{1B}[39m `);
}

/** What a failure means, in one line, without the keys that only the screen has. */
export function failureText(
	failure: SocketFailure,
	address: Parameters<Words['failure']>[1],
	{words, isServer}: Pick<PlainContext, 'words' | 'isServer'>,
): string {
	return safe(withoutKeys(words.failure(failure, address, isServer)));
}

/** Looked for first: to take a text apart costs more than to write it. */
function safe(text: string): string {
	return /[\p{Control}\p{Format}]/v.test(text) ? visibleLine(text) : text;
}
