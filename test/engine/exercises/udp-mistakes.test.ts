import test from 'ava';
import type {ExerciseName} from '../../../source/engine/api/exercise.ts';
import type {MistakeKind} from '../../../source/engine/api/mistake.ts';
import {checkProgram, commandOf, outcomesOf} from '../../helpers/exercise-room.ts';
import {skipped} from '../../helpers/skipped.ts';

/** A program with a mistake: what is told of it, at which check, and nothing else. */
type Wrong = {
	readonly exercise?: ExerciseName;
	readonly check: string;
	readonly told: `${'fails' | 'said'} ${MistakeKind}`;
};

/** Servers, of the exercise `udp-uppercase-server` unless another is named. */
const servers: Readonly<Record<string, Wrong>> = {
	'never-answers.py': {check: 'answers', told: 'fails never-answers'},
	'fixed-address.py': {check: 'answers', told: 'fails fixed-address'},
	'first-address.py': {check: 'other-clients', told: 'fails fixed-address'},
	'connects-to-first.py': {check: 'other-clients', told: 'fails only-first-sender'},
	'ignores-others.py': {check: 'other-clients', told: 'fails only-first-sender'},
	'terminator.c': {check: 'bytes', told: 'fails terminator'},
	'small-buffer.py': {check: 'large', told: 'fails cut'},
	'byte-order.c': {check: 'port', told: 'fails byte-order'},
	'loopback-only.py': {check: 'all-addresses', told: 'fails loopback-only'},
	'loopback-echo.py': {exercise: 'udp-echo-server', check: 'all-addresses', told: 'said loopback-only'},
	'answers-once.py': {check: 'again', told: 'fails answers-once'},
	'stops-at-empty.py': {check: 'empty', told: 'fails ended-by-empty'},
	'whole-buffer.c': {check: 'bytes', told: 'fails whole-buffer'},
	'stale-bytes.c': {check: 'shorter', told: 'fails stale-bytes'},
	'stops-at-zero.c': {exercise: 'udp-echo-server', check: 'any-bytes', told: 'fails stops-at-zero'},
	'unchanged.py': {check: 'bytes', told: 'fails unchanged'},
	'line-break.py': {check: 'bytes', told: 'fails line-break-added'},
	'other-socket.py': {check: 'answers', told: 'fails other-socket'},
	'answers-twice.py': {check: 'answers', told: 'fails answers-twice'},
	'ascii-only.py': {check: 'characters', told: 'fails ended-by-bytes'},
	'text-only-echo.py': {exercise: 'udp-echo-server', check: 'any-bytes', told: 'fails ended-by-bytes'},
	'tcp-instead.py': {check: 'port', told: 'fails wrong-protocol'},
	'not-bound.py': {check: 'port', told: 'fails not-bound'},
	'other-port.py': {check: 'port', told: 'fails other-port'},
	'crashes.py': {check: 'port', told: 'fails ended-early'},
};

/** Clients, of the exercise `udp-uppercase-client`. */
const clients: Readonly<Record<string, Wrong>> = {
	'client-never-sends.py': {check: 'sends', told: 'fails never-sends'},
	'client-byte-order.c': {check: 'sends', told: 'fails byte-order'},
	'client-tcp-instead.py': {check: 'sends', told: 'fails sends-otherwise'},
	'client-terminator.py': {check: 'sends-line', told: 'fails terminator'},
	'client-line-break.py': {check: 'sends-line', told: 'said line-break-added'},
	'client-prints-typed.py': {check: 'prints', told: 'fails does-not-print'},
	'client-small-buffer.py': {check: 'long', told: 'fails cut'},
	'client-no-timeout.py': {check: 'lost-answer', told: 'said no-timeout'},
	'client-does-not-end.py': {check: 'ends', told: 'said does-not-end'},
	'client-ends-with-error.py': {check: 'ends', told: 'said ends-with-error'},
	'client-fixed-port.py': {check: 'own-port', told: 'said fixed-port'},
};

/** Pingers, of the exercise `udp-pinger-client`. */
const pingers: Readonly<Record<string, Wrong>> = {
	'pinger-no-timeout.py': {check: 'timeout', told: 'fails no-timeout'},
	'pinger-late-counted.py': {check: 'loss', told: 'fails late-counted'},
	'pinger-nine.py': {check: 'ten-pings', told: 'fails wrong-count'},
	'pinger-waits-long.py': {check: 'timeout', told: 'fails waits-too-long'},
	'pinger-gives-up.py': {check: 'timeout', told: 'fails gives-up-early'},
	'pinger-no-loss.py': {check: 'loss', told: 'fails no-loss'},
	'pinger-wrong-loss.py': {check: 'loss', told: 'fails wrong-loss'},
	'pinger-no-round-trips.py': {check: 'round-trips', told: 'fails no-round-trips'},
	'pinger-counts-lost.py': {check: 'round-trips', told: 'fails wrong-round-trips'},
};

const all = [
	...Object.entries(servers).map(([file, wrong]) =>
		({
			exercise: 'udp-uppercase-server', parameters: ['{port}'], file, ...wrong,
		} as const)),
	...Object.entries(clients).map(([file, wrong]) =>
		({
			exercise: 'udp-uppercase-client', parameters: ['{host}', '{port}'], file, ...wrong,
		} as const)),
	...Object.entries(pingers).map(([file, wrong]) =>
		({
			exercise: 'udp-pinger-client', parameters: ['{host}', '{port}'], file, ...wrong,
		} as const)),
];

for (const {
	exercise, file, parameters, check, told,
} of all) {
	test(`${exercise}: ${file} is told '${told}', and nothing else`, async t => {
		const command = await commandOf(t, `mistakes/${file}`, parameters);
		if (!command) {
			return;
		}

		const view = await checkProgram(exercise, {type: 'program', command}, file === 'not-bound.py' ? {start: 2000} : {});
		t.is(view.notRun, undefined);
		const outcomes = outcomesOf(view);
		if (Object.values(outcomes).includes('skipped busy')) {
			skipped(t, 'the machine is too busy to measure times');
			return;
		}

		t.is(outcomes[check], told, `${JSON.stringify(view.checks)}`);
		for (const [name, outcome] of Object.entries(outcomes)) {
			t.true(name === check || outcome === 'holds' || outcome === 'skipped needs', `${name}: ${outcome}`);
		}

		// Where it is only said, everything else is checked.
		t.true(told.startsWith('fails') || !Object.values(outcomes).includes('skipped needs'));
	});
}
