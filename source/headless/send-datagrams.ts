import {kindOf} from '../log/event-kinds.ts';
import type {Address, SocketFailure} from '../log/event.ts';
import {codecOf} from '../text/encoding/codec.ts';
import {exitCodes} from './exit-code.ts';
import {Answer} from './expectation.ts';
import {answerIn, isToMany, type Sending} from './sending.ts';

/**
Send messages as datagrams, each when the one before has been answered, or at an interval; and wait for as many answers.
The run ends when they are there, or the time is over.
*/
export async function sendDatagrams({session, pane, options, hasRoom, fail}: Sending): Promise<void> {
	const {job, wait, interval, expected, playground: {connect, encoding}} = options;
	const toMany = isToMany(options.playground);
	const {count, messages} = job.type === 'messages' ? job : {count: 0, messages: []};
	let answers = 0;
	let wrong: Answer | undefined;
	let failed: {readonly failure: SocketFailure; readonly peer: Address} | undefined;
	session.hear('whole', event => {
		const bytes = answerIn(event, options.playground);
		if (bytes) {
			const answer = new Answer(expected, codecOf(encoding));
			answer.add(bytes);
			wrong = answer.isExpected ? wrong : answer;
			answers++;
		} else if (event.type === 'peer-set') {
			session.ready({local: event.local, peer: event.peer});
		} else if (toMany && 'local' in event && event.local && kindOf(event.type).stage === 'bound') {
			const {local} = event;
			// Its options are set in the same turn.
			queueMicrotask(() => {
				session.ready({local, peer: connect});
			});
		} else if ('failure' in event && ('bytes' in event || (wait > 0 && answers === 0))) {
			// A send that failed; or ICMP tells that nothing is there: without an answer so far, none will come.
			failed ??= {failure: event.failure, peer: ('peer' in event ? event.peer : undefined) ?? connect};
		}
	});

	// Messages without an end are ended so.
	session.endBySignal = () =>
		answers < count && Number.isFinite(count) ? undefined : {code: exitCodes.done, reason: 'signal'};
	let sent = 0;
	/** How many answers there were when the last message was sent. */
	let before = 0;
	const hasFailed = (): boolean => failed !== undefined;
	const isNext = (): boolean => hasFailed() || (interval === undefined && answers > before);
	for (const {pause, make} of messages) {
		if (pause !== undefined) {
			// eslint-disable-next-line no-await-in-loop -- One after the other.
			await session.untilOrLate(hasFailed, pause);
		} else if (sent > 0) {
			// eslint-disable-next-line no-await-in-loop -- The next one follows.
			await session.untilOrLate(isNext, interval ?? wait);
		}

		// eslint-disable-next-line no-await-in-loop -- Whoever reads the answers may be slow.
		await session.until(() => hasFailed() || hasRoom());
		if (session.isEnding || hasFailed()) {
			break;
		}

		sent++;
		// eslint-disable-next-line no-await-in-loop -- One after the other.
		const refusal = await pane.send(make());
		if (refusal) {
			session.finish({code: exitCodes.failed, reason: 'failed', message: options.words.refusal(refusal, false)});
		}

		before = answers;
	}

	// A datagram is an event when the system has taken it.
	await session.until(() => failed !== undefined || pane.index.sent.count >= sent);
	await session.untilOrLate(() => failed !== undefined || answers >= count, wait);
	if (failed) {
		fail(failed.failure, failed.peer);
	} else if (wait > 0 && answers < count) {
		session.finish({code: exitCodes.unanswered, reason: 'time', message: options.words.headless.unanswered(answers, count)});
	} else if (wrong) {
		session.finish({code: exitCodes.unexpected, reason: 'answered', message: options.words.headless.notExpected(wrong.difference)});
	} else {
		session.finish({code: exitCodes.done, reason: 'answered'});
	}
}
