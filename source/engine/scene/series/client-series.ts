/* What a client's series depends on: whether it can begin, and how the playground's server answers. */
import type {Refusal, Series} from '../../api/command.ts';
import type {Address, PaneId} from '../../../log/event.ts';
import type {SeriesReport} from '../../../log/reports.ts';
import {type ReplyRule, replyTo} from '../../../replies/reply-rule.ts';
import {largerThanFrame} from '../../../sockets/states.ts';
import type {TcpClient} from '../../../sockets/tcp/tcp-client.ts';
import type {UdpClient} from '../../../sockets/udp/udp-client.ts';
import {codecOf} from '../../../text/encoding/codec.ts';
import type {Encoding} from '../../../text/encoding/encoding.ts';
import {frameMessage} from '../../../text/framing.ts';

/** Why the first message of a series could not be sent now; undefined where it could. */
export function refusalOf(
	{bytes}: Series,
	client: UdpClient | TcpClient,
	destination: Address | undefined,
): Refusal | undefined {
	if (client.protocol === 'udp') {
		if (client.state.type === 'closed') {
			return {reason: 'not-open'};
		}

		return destination ? undefined : {reason: 'no-destination'};
	}

	if (client.state.type !== 'connected') {
		return {reason: 'not-open'};
	}

	if (client.state.isFinishing) {
		return {reason: 'sending-finished'};
	}

	const {framing} = client;
	if (bytes && !frameMessage(bytes, framing)) {
		return largerThanFrame(bytes, framing);
	}

	return bytes?.length === 0 && framing === 'none' ? {reason: 'empty-write'} : undefined;
}

/** The playground's server: its pane, and how it answers now, in which encoding. */
export type OwnServer = {readonly pane: PaneId; readonly rule: ReplyRule; readonly encoding?: Encoding};

const something = new Uint8Array(1);

/**
What counts as done with a message: its answer, or that it was read where nothing answers it. `reader` is the pane that
gets the messages, where that is the playground's; `isForeign`: an unknown one may be another program's, which answers.
*/
export function countsFor(
	reader: PaneId | undefined,
	server: OwnServer | undefined,
	isForeign: boolean,
): SeriesReport['counts'] {
	const isAnswering = server !== undefined && replyTo(server.rule, something) !== undefined;
	if (reader !== undefined) {
		return isAnswering && reader === server.pane ? 'answers' : 'arrivals';
	}

	return isForeign || isAnswering ? 'answers' : 'arrivals';
}

/** By the rule of the playground's server; from another program, the same number is assumed. */
export function answerLength(message: Uint8Array, server: OwnServer | undefined): number {
	return (server && replyTo(server.rule, message, codecOf(server.encoding))?.length) ?? message.length;
}
