import type {PaneId, SeriesReport} from '../events/event.ts';
import {type ReplyRule, replyTo} from '../replies/reply-rule.ts';

/** Our own server: its pane, and how it answers now. */
export type OwnServer = {readonly pane: PaneId; readonly rule: ReplyRule};

const something = new Uint8Array(1);

/**
What counts as done with a message: its answer, or that it was read where nothing will answer it by itself.

@param reader - the pane whose socket the messages go to, where that is known to be one of ours
@param server - our own server, where there is one
@param isForeign - whether messages that go to no known socket of ours go to somebody else's server, which may answer
*/
export function countsFor(reader: PaneId | undefined, server: OwnServer | undefined, isForeign: boolean): SeriesReport['counts'] {
	const isAnswering = server !== undefined && replyTo(server.rule, something) !== undefined;
	if (reader !== undefined) {
		return isAnswering && reader === server.pane ? 'answers' : 'arrivals';
	}

	return isForeign || isAnswering ? 'answers' : 'arrivals';
}

/** How many bytes answer this message: those of our own server's rule; elsewhere as many are taken to come back as went there. */
export function answerLength(message: Uint8Array, server: OwnServer | undefined): number {
	return (server && replyTo(server.rule, message)?.length) ?? message.length;
}
