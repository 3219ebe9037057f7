import {isGroup} from '../log/calls/socket-option.ts';
import {kindOf} from '../log/event-kinds.ts';
import type {PlaygroundOptions} from '../engine/api/command.ts';
import type {ClientPane} from '../engine/scene/panes/client-pane.ts';
import type {
	Address, SocketEvent, SocketFailure,
} from '../log/event.ts';
import type {Input} from '../sockets/input.ts';
import type {Expectation} from './expectation.ts';
import type {Output} from './output.ts';
import type {RunOptions, Session} from './session.ts';

/** A message that is made when it is sent, and the pause before it, in milliseconds, where it has one of its own. */
export type Outgoing = {readonly pause?: number | undefined; readonly make: () => Uint8Array};

/** What is sent: messages and how many, or Infinity; or an input that is sent as it is read (TCP only). */
export type Job
	= | {readonly type: 'messages'; readonly count: number; readonly messages: Iterable<Outgoing>}
		| {readonly type: 'input'; readonly input: Input};

/** What is sent, where to, and which answer is waited for. */
export type SendOptions = RunOptions & {
	readonly playground: PlaygroundOptions & {readonly connect: Address};
	readonly job: Job;
	/** Milliseconds of silence after which waiting ends; Infinity waits until the peer ends. */
	readonly wait: number;
	/** Milliseconds from one message to the next; without it, the next follows the answer (UDP), or at once (TCP). */
	readonly interval: number | undefined;
	/** TCP: whether the connection stays open both ways when all is sent. */
	readonly keepsOpen: boolean;
	readonly expected: Expectation | undefined;
};

/** What the two protocols have in common while they send. */
export type Sending = {
	readonly session: Session;
	readonly pane: ClientPane;
	readonly options: SendOptions;
	readonly errors: Output;
	/** Whether standard output has room: without it nothing more is sent, so that no more comes back. */
	readonly hasRoom: () => boolean;
	/** End the run: a call has failed. */
	readonly fail: (failure: SocketFailure, address: Address | undefined) => void;
};

/** Whether what is sent may come to many: to a multicast group, or to a broadcast address, which has to be allowed. */
export function isToMany({connect, options = []}: SendOptions['playground']): boolean {
	return isGroup(connect.host) || options.some(option => option.name === 'broadcast' && option.value === 1);
}

/** The answer that an event brings, or a part of it: a datagram, what one read returned, with a framing a message. */
export function answerIn(event: SocketEvent, playground: SendOptions['playground']): Uint8Array | undefined {
	if ('isThirdParty' in event) {
		return isToMany(playground) || !event.isThirdParty ? event.bytes : undefined;
	}

	const isFramed = (playground.framing ?? 'none') !== 'none';
	return 'bytes' in event && (isFramed ? 'frame' in event : kindOf(event.type).data?.isSent === false)
		? event.bytes
		: undefined;
}
