import {kindOf} from '../log/event-kinds.ts';
import type {SocketFailure} from '../log/event.ts';
import {toFailure} from '../sockets/failure.ts';
import {type Input, maxWaiting, sendInput as sendAsRead} from '../sockets/input.ts';
import {TcpClient} from '../sockets/tcp/tcp-client.ts';
import {codecOf} from '../text/encoding/codec.ts';
import {frameMessage} from '../text/framing.ts';
import {exitCodes} from './exit-code.ts';
import {Answer, Answers} from './expectation.ts';
import {showProgress} from './progress.ts';
import {answerIn, type Outgoing, type Sending} from './sending.ts';
import type {Ending} from './session.ts';

/** When the peer has ended, an input that brings nothing for this long is given up, in milliseconds. */
const idleTime = 1000;

/** Connect, write messages or an input, and read until the peer's end, the expected answer, or silence. */
export async function sendStream(sending: Sending): Promise<void> {
	const {session, pane, options, fail} = sending;
	const {job, wait, expected, playground: {connect, encoding, framing = 'none'}} = options;
	const client = pane.client as TcpClient;
	const isFramed = framing !== 'none';
	const codec = codecOf(encoding);
	const answer = isFramed && job.type === 'messages'
		? new Answers(expected, job.count, codec)
		: new Answer(expected, codec);
	const state: State = {
		hasEnded: false, isOver: false, isSent: false, lastActivity: performance.now(),
	};
	let failed: SocketFailure | undefined;
	session.hear('whole', event => {
		state.lastActivity = performance.now();
		const {stage} = kindOf(event.type);
		state.hasEnded ||= client.connection?.hasReceivedFin ?? false;
		const bytes = answerIn(event, options.playground);
		if (bytes) {
			answer.add(bytes);
		} else if (stage === 'closed') {
			state.isOver = true;
		} else if ('failure' in event && stage !== 'failed') {
			failed ??= event.failure;
		}
	});

	session.endBySignal = () => {
		// Messages without an end are ended so.
		const isEndless = job.type === 'messages' && job.count === Number.POSITIVE_INFINITY;
		const verdict = verdictOf(sending, answer, {...state, isSent: state.isSent || isEndless});
		return verdict.code === exitCodes.done ? {...verdict, reason: 'signal'} : undefined;
	};

	await pane.open(Number.isFinite(wait) && wait > 0 ? wait : undefined);
	const opened = client.state;
	if (opened.type === 'connected') {
		session.ready({local: opened.local, peer: opened.peer});
	} else if (!state.isOver && !failed) {
		const failure = opened.type === 'closed' ? opened.failure : undefined;
		fail(failure ?? {code: 'ECANCELED', syscall: 'connect', message: 'closed before it was connected'}, connect);
		return;
	}

	const isBroken = (): boolean => failed !== undefined || state.isOver;
	void sendAll(sending, isBroken, state, answer);
	const isDone = (): boolean => isBroken() || (state.isSent && hasAll(sending, answer, state));
	for (;;) {
		const limit = silenceOf(sending, state);
		const {waiting} = pane;
		const untaken = client.connection?.untaken;
		// eslint-disable-next-line no-await-in-loop -- It looks again after everything that happens.
		await session.untilOrLate(
			() => isDone() || silenceOf(sending, state) !== limit || pane.waiting < waiting,
			state.lastActivity + limit - performance.now(),
		);
		if (pane.waiting < waiting || client.connection?.untaken !== untaken) {
			// The peer takes what is sent.
			state.lastActivity = performance.now();
		}

		const isSilent = performance.now() - state.lastActivity >= limit && !client.isReadingHeld;
		if (session.isEnding || isDone() || isSilent) {
			break;
		}

		if (client.isReadingHeld) {
			state.lastActivity = performance.now();
		}
	}

	const isWhole = state.isSent && state.hasEnded;
	if (failed && !isWhole && !(expected && answer.isExpected)) {
		fail(failed, connect);
	} else {
		session.finish(verdictOf(sending, answer, state));
	}
}

type AnswerSoFar = Answer | Answers;

type State = {
	/** The peer has sent its FIN. */
	hasEnded: boolean;
	isOver: boolean;
	/** All has been handed over to be sent. */
	isSent: boolean;
	/** When something was sent or received last, as performance.now() has it. */
	lastActivity: number;
};

/** How long nothing may happen, in milliseconds, as it stands. */
function silenceOf({pane, options: {job, wait}}: Sending, {isSent, hasEnded}: State): number {
	if (isSent) {
		return wait;
	}

	if (hasEnded) {
		return Math.min(wait, idleTime);
	}

	// Messages may have pauses between them.
	return job.type === 'input' || pane.waiting > maxWaiting ? wait : Number.POSITIVE_INFINITY;
}

/** Whether nothing more is waited for, once all is sent. */
function hasAll(
	{pane, options: {wait, keepsOpen, expected}}: Sending,
	answer: AnswerSoFar,
	{hasEnded}: State,
): boolean {
	if (wait === 0) {
		const {state} = pane;
		return pane.waiting === 0
			&& (keepsOpen || (state.type === 'connected' && 'hasSentFin' in state && state.hasSentFin));
	}

	return hasEnded || (expected !== undefined && answer.length > 0 && answer.isExpected);
}

function verdictOf(
	{options: {job, wait, expected, words: {headless}}}: Sending,
	answer: AnswerSoFar,
	{hasEnded, isSent}: State,
): Ending {
	const reason = hasEnded ? 'closed' : 'time';
	if (answer.isExpected && (expected || answer.length > 0)) {
		return isSent || hasEnded
			? {code: exitCodes.done, reason: expected ? 'answered' : reason}
			: {code: exitCodes.failed, reason};
	}

	const {difference} = answer;
	if (answer.length > 0 && difference !== undefined) {
		return {code: exitCodes.unexpected, reason: 'answered', message: headless.notExpected(difference)};
	}

	if (expected || (job.type === 'messages' && wait > 0)) {
		const end = hasEnded ? headless.closedWithoutAnswer : headless.unanswered(0, 1);
		const message = answer.length > 0 ? headless.fewerAnswers(answer.length) : end;
		return {code: exitCodes.unanswered, reason, message};
	}

	return {code: isSent || hasEnded ? exitCodes.done : exitCodes.failed, reason};
}

/** Send everything, and then a FIN unless the connection is to stay open. */
async function sendAll(
	sending: Sending,
	isBroken: () => boolean,
	state: State,
	answer: AnswerSoFar,
): Promise<void> {
	const {session, pane, options: {job, keepsOpen, words}} = sending;
	try {
		await (job.type === 'input'
			? sendInput(sending, job.input, isBroken)
			: sendMessages(sending, job.messages, isBroken, answer));
	} catch (error) {
		if (!session.isEnding) {
			const message = words.headless.inputFailed(toFailure(error));
			session.finish({code: exitCodes.failed, reason: 'failed', message});
		}
	}

	if (!session.isEnding && !isBroken()) {
		state.isSent = true;
		state.lastActivity = performance.now();
		if (!keepsOpen && pane.client instanceof TcpClient) {
			pane.client.halfClose();
		}

		session.look();
	}
}

async function sendMessages(
	{session, pane, hasRoom, options: {interval, words, playground: {framing = 'none'}}}: Sending,
	messages: Iterable<Outgoing>,
	isBroken: () => boolean,
	answer: AnswerSoFar,
): Promise<void> {
	let isFirst = true;
	for (const {pause = isFirst ? undefined : interval, make} of messages) {
		isFirst = false;
		if (pause !== undefined) {
			// eslint-disable-next-line no-await-in-loop -- One after the other.
			await session.untilOrLate(isBroken, pause);
		}

		// eslint-disable-next-line no-await-in-loop -- The peer may be slow.
		await session.until(() => isBroken() || (pane.waiting <= maxWaiting && hasRoom()));
		if (session.isEnding || isBroken()) {
			return;
		}

		const bytes = make();
		if (answer instanceof Answers) {
			answer.sent(frameMessage(bytes, framing)?.messages ?? 1);
		}

		// eslint-disable-next-line no-await-in-loop -- It is sent at once.
		const refusal = bytes.length > 0 || framing !== 'none' ? await pane.send(bytes) : undefined;
		if (refusal) {
			throw new Error(words.refusal(refusal, false));
		}
	}
}

async function sendInput(
	{session, pane, errors, hasRoom, options: {isJson, isQuiet}}: Sending,
	input: Input,
	isBroken: () => boolean,
): Promise<void> {
	const isShown = errors.isTerminal && !isQuiet && (isJson || !process.stdout.isTTY);
	const hide = isShown ? showProgress(errors, input.size, () => pane.index.sent.bytes - pane.waiting) : undefined;
	try {
		await sendAsRead(input, {
			async put(bytes) {
				await pane.send(bytes);
				// With --json it has all that is sent, too.
				await session.until(() => isBroken() || hasRoom());
			},
			waiting: () => pane.waiting,
			isOver: () => session.isEnding || isBroken(),
			room: async () => session.until(() => isBroken() || pane.waiting <= maxWaiting),
		});
	} finally {
		hide?.();
	}
}
