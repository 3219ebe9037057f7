import {monitorEventLoopDelay} from 'node:perf_hooks';
import {perfect} from '../../../link/conditions.ts';
import {echoRule} from '../../../replies/reply-rule.ts';
import type {Mistake, RoundTripName} from '../../api/mistake.ts';
import {
	endsCheck, serveClient, startClient, untilSent,
} from '../client-checks.ts';
import type {CheckContext, Received} from '../check-context.ts';
import {
	check, type Exercise, holds, mistake, needs, programCheck, skipped,
} from '../exercise.ts';
import {asMilliseconds, lossesIn, roundTripsIn} from './ping-statistics.ts';

const wanted = 10;

/** How long a pinger waits for an answer, in milliseconds, and what is still taken for that. */
const timeout = 1000;
const leastTimeout = 800;
const mostTimeout = 1600;

/** The ping whose answer comes while the next one, which gets none, is awaited; and after how long. */
const latePing = 6;
const lateTime = 1300;

/** What becomes of the answer to each ping: it is lost, or it is on its way for this time, in milliseconds. */
const plan: ReadonlyArray<number | 'lost'> = [40, 160, 40, 'lost', 40, lateTime, 'lost', 40, 40, 40];

/** By how much less than its delay an answer may seem to take, in milliseconds: programs round. */
const tolerance = 10;

/**
By how many milliseconds the pinger's pauses differ, and this process was kept waiting, where a ping may have been given
up that was answered at once.
*/
const spoilt = 600;

/** How often it is run until a run can be trusted. */
const maxRuns = 3;

/** How often it is looked whether this process is kept waiting, in milliseconds. */
const lagInterval = 20;

/** How a run of the pinger went. Times are milliseconds. */
type Session = {
	readonly pings: readonly Received[];
	/** It waits without end for the answer to its last ping. */
	readonly isHanging: boolean;
	/** How long the last of them was not followed by another. */
	readonly waited: number;
	/** How long it has waited after each answer before it has sent the next ping. */
	readonly pauses: readonly number[];
	/** By how much these differ. */
	readonly spread: number;
	/** For how long at most this process was kept waiting meanwhile. */
	readonly lag: number;
	/** By how much a time may be another one than the pinger has made it. */
	readonly disturbance: number;
};

const sessions = new WeakMap<CheckContext, Session>();

/** The client sends a ping to the server. Lets it send all of them. */
const sends = check('sends', [], async context => {
	await serveClient(context);
	for (let run = 1; ; run++) {
		const from = context.server.index.total;
		setFate(context, 1);
		await startClient(context, []); // eslint-disable-line no-await-in-loop -- Only where the one before cannot be judged.
		const {peer} = await untilSent(context, () => context.receivedBy(context.server, from)[0]); // eslint-disable-line no-await-in-loop -- One session after the other.
		const session = await follow(context, from); // eslint-disable-line no-await-in-loop -- One session after the other.
		if (isTrusted(session) || run === maxRuns || !context.program) {
			sessions.set(context, session);
			return {address: peer};
		}
	}
});

/**
Whether what the times say is the pinger's doing: something is wrong also where everything that has kept it, or this
process, waiting fell together; or all is as it should be, which is no accident.
*/
function isTrusted(session: Session): boolean {
	const {isHanging, spread, lag, disturbance} = session;
	return isHanging || wrongTiming(session, disturbance) !== undefined
		|| (!wrongTiming(session, 0) && spread + lag < spoilt);
}

/** Answer the pings as planned, until they stop. */
async function follow(context: CheckContext, from: number): Promise<Session> {
	const {answer, quiet} = context.exerciseTimes;
	const timeLimit = timeout + (2 * answer);
	const delays = monitorEventLoopDelay({resolution: lagInterval});
	delays.enable();
	const start = performance.now();
	const kept = context.program?.waitForProcessor();
	let since = start;
	let pings: readonly Received[] = [];
	/** The pause that the pinger makes by itself, once it is known. */
	let pause = 0;
	const hasMore = (): boolean => context.receivedBy(context.server, from).length > pings.length;
	const isOver = (): boolean => pings.length > wanted || context.program?.end !== undefined;
	try {
		for (;;) {
			if (hasMore()) {
				pings = context.receivedBy(context.server, from);
				since = performance.now();
				setFate(context, pings.length + 1);
				// While it still runs: the kernel tells nothing of a program that has ended.
				kept?.look();
				pause = Math.max(pause, ...pausesOf(pings));
			}

			const rest = since + timeLimit + pause - performance.now();
			if (rest <= 0 || isOver() || (pings.length === wanted && rest < pause)) {
				break;
			}

			// eslint-disable-next-line no-await-in-loop -- One ping after the other.
			await context.comesTrue(rest, () => hasMore() || context.program?.end !== undefined);
		}

		const isHanging = !isOver() && pings.length < wanted && typeof plan[pings.length - 1] !== 'number';
		if (isOver()) {
			await context.wait(quiet);
		}

		pings = context.receivedBy(context.server, from);
		const pauses = pausesOf(pings);
		const spread = Math.max(0, ...pauses) - Math.min(...pauses);
		const lag = Math.max(0, (delays.max / 1e6) - lagInterval);
		const elapsed = performance.now() - start;
		return {
			pings,
			isHanging,
			waited: performance.now() - since,
			pauses,
			spread,
			lag,
			disturbance: Math.max(lag, (kept?.look().share ?? 0) * elapsed, spread),
		};
	} finally {
		delays.disable();
	}
}

/** What becomes of the answer to this ping, which is yet to come; pings count from 1. */
function setFate(context: CheckContext, ping: number): void {
	const fate = plan[ping - 1] ?? 0;
	if (fate === 'lost') {
		context.loseNextAnswer();
	} else {
		context.setAnswerLink({...perfect, delay: fate});
	}
}

/** How long the pinger has waited after each answer before it has sent the next ping, in milliseconds. */
function pausesOf(pings: readonly Received[]): number[] {
	return pings.flatMap(({time}, index) => {
		const next = pings[index + 1];
		const fate = plan[index];
		return next && typeof fate === 'number' && fate < timeout ? [Math.max(0, next.time - time - fate)] : [];
	});
}

/** Where no answer comes it waits for a second, and goes on. */
const timesOut = check('timeout', ['sends'], async context => {
	const session = sessions.get(context)!;
	const {pings, isHanging, waited} = session;
	const last = pings.at(-1);
	if (isHanging && last) {
		return mistake('no-timeout', {sent: last.bytes, waited});
	}

	const end = context.program?.end;
	if (last && pings.length < wanted && end && end.code !== 0) {
		return mistake('ended-early', {end, exchange: {from: last.peer, sent: last.bytes, elapsed: waited}});
	}

	return isTrusted(session) ? wrongTiming(session, session.disturbance) ?? holds : skipped('busy');
});

/**
What is wrong with how long it waits for answers that do not come in time.

@param tolerated - by how many milliseconds more than usual a time may be wrong
*/
function wrongTiming({pings, pauses}: Session, tolerated: number): Mistake | undefined {
	const pause = Math.min(...pauses);
	for (const [index, {time}] of pings.entries()) {
		const next = pings[index + 1];
		const fate = plan[index];
		if (!next || (typeof fate === 'number' && fate < timeout)) {
			continue;
		}

		const ping = index + 1;
		const gap = next.time - time;
		const late = pings[index - 1];
		// The answer to the ping before may have ended the wait: that is another mistake.
		const isEndedByLate = ping === latePing + 1 && late && next.time - late.time >= lateTime - tolerance;
		if (gap + tolerated < leastTimeout && !isEndedByLate) {
			return mistake('gives-up-early', {ping, waited: gap});
		}

		if (gap - pause - tolerated > mostTimeout) {
			return mistake('waits-too-long', {ping, waited: gap - pause});
		}
	}

	return undefined;
}

const tenPings = check('ten-pings', ['sends'], async context => {
	const {pings: {length: count}, isHanging} = sessions.get(context)!;
	if (isHanging) {
		return needs('timeout');
	}

	return count === wanted ? holds : mistake('wrong-count', {count, wanted});
});

/** It prints the share of pings without an answer; an answer that comes too late is not the next one's. */
const loss = programCheck('loss', ['timeout', 'ten-pings'], async context => {
	const {program, exerciseTimes: {answer, quiet}} = context;
	await context.within(answer, () => program?.end);
	// Its last output may come after its end.
	await context.wait(quiet);
	const missed = plan.filter(fate => fate === 'lost' || fate > timeout).length;
	const lost = (missed * 100) / wanted;
	const withLate = ((missed - 1) * 100) / wanted;
	const output = outputOf(context);
	const losses = lossesIn(output, wanted);
	const said = losses.at(-1);
	const isSaid = (right: number): boolean => losses.some(share => Math.abs(share - right) < 1);
	if (isSaid(lost)) {
		return holds;
	}

	if (said === undefined) {
		return mistake('no-loss', {lost, output: Buffer.from(output).subarray(-200)});
	}

	return isSaid(withLate)
		? mistake('late-counted', {
			ping: latePing, late: lateTime, said: withLate, lost,
		})
		: mistake('wrong-loss', {said, lost});
});

/** It prints the least, the mean and the greatest round-trip time. */
const roundTrips = programCheck('round-trips', ['loss'], async context => {
	const output = outputOf(context);
	const found = roundTripsIn(output);
	const missing = (Object.keys(found) as RoundTripName[]).filter(name => found[name].length === 0);
	if (missing.length > 0) {
		return mistake('no-round-trips', {missing, output: Buffer.from(output).subarray(-200)});
	}

	const {pings, pauses, spread, lag} = sessions.get(context)!;
	// What this process has read late took longer than it has seen.
	const wrong = wrongRoundTrip(found, boundsOf(pings, 0, timeout, lag));
	// On a busy machine answers take so long that lost pings could be among them.
	const isBusy = wrongRoundTrip(found, boundsOf(pings, Math.min(...pauses), spread, 0)) !== undefined;
	return wrong ?? (isBusy ? skipped('busy') : holds);
});

/** What each round-trip time can have been, in milliseconds. */
type Bounds = Readonly<Record<RoundTripName, {readonly least: number; readonly most: number}>>;

/**
An answer is on its way for its delay at least, and is read before the next ping is sent.

@param pause - how long the pinger waits then, at least
@param last - by how much longer than its delay the last answer may have taken
@param lag - by how much a time may be longer than it seems
*/
function boundsOf(pings: readonly Received[], pause: number, last: number, lag: number): Bounds {
	const answered = pings.flatMap(({time}, index) => {
		const fate = plan[index];
		const next = pings[index + 1];
		return typeof fate === 'number' && fate < timeout
			? [{least: fate, most: Math.max(fate, next ? next.time - time - pause : fate + last)}]
			: [];
	});
	const of = (sum: (values: readonly number[]) => number): Bounds['min'] => ({
		least: sum(answered.map(({least}) => least)) - tolerance,
		most: sum(answered.map(({most}) => most)) + tolerance + lag,
	});
	return {
		min: of(values => Math.min(...values)),
		avg: of(values => values.reduce((sum, value) => sum + value, 0) / values.length),
		max: of(values => Math.max(...values)),
	};
}

function wrongRoundTrip(found: ReturnType<typeof roundTripsIn>, bounds: Bounds): Mistake | undefined {
	for (const name of Object.keys(found) as RoundTripName[]) {
		const {least, most} = bounds[name];
		const times = found[name].map(value => asMilliseconds(value, least, most));
		if (!times.some(time => time >= least && time <= most)) {
			return mistake('wrong-round-trips', {
				name, said: times[0] ?? 0, least, most,
			});
		}
	}

	return undefined;
}

function outputOf({program}: CheckContext): string {
	return `${program?.textOf('stdout') ?? ''}\n${program?.textOf('stderr') ?? ''}`;
}

/** The textbook's pinger: ten pings over a network that loses some, and what became of them. */
export const udpPingerClient: Exercise = {
	name: 'udp-pinger-client',
	rule: echoRule,
	checks: [sends, timesOut, tenPings, loss, roundTrips, endsCheck(['timeout'])],
};
