import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import test, {type ExecutionContext} from 'ava';
import type {ExerciseName} from '../../../../source/engine/api/exercise.ts';
import type {MistakeKind} from '../../../../source/engine/api/mistake.ts';
import {checkProgram, commandOf, outcomesOf} from '../../../helpers/exercise-room.ts';
import {skipped} from '../../../helpers/skipped.ts';

/** A program with a mistake, by file and name: what is told of it, at which check, and nothing else. */
type Wrong = {
	readonly exercise?: ExerciseName;
	readonly check: string;
	readonly told: `${'fails' | 'said'} ${MistakeKind}`;
	/** Where its output is told of: how that ends. */
	readonly outputEnd?: string;
};

/** Servers, of the exercise `udp-uppercase-server` unless another is named. */
const servers: Readonly<Record<string, Wrong>> = {
	'udp-server.py never-answers': {check: 'answers', told: 'fails never-answers'},
	'udp-server.py fixed-address': {check: 'answers', told: 'fails fixed-address'},
	'udp-server.py first-address': {check: 'other-clients', told: 'fails fixed-address'},
	'udp-server.py connects-to-first': {check: 'other-clients', told: 'fails only-first-sender'},
	'udp-server.py ignores-others': {check: 'other-clients', told: 'fails only-first-sender'},
	'udp-server.c terminator': {check: 'bytes', told: 'fails terminator'},
	'udp-server.py small-buffer': {check: 'large', told: 'fails cut'},
	'udp-server.c byte-order': {check: 'port', told: 'fails byte-order'},
	'udp-server.py loopback-only': {check: 'all-addresses', told: 'fails loopback-only'},
	'udp-server.py loopback-echo': {exercise: 'udp-echo-server', check: 'all-addresses', told: 'said loopback-only'},
	'udp-server.py answers-once': {check: 'again', told: 'fails answers-once'},
	'udp-server.py stops-at-empty': {check: 'empty', told: 'fails ended-by-empty'},
	'udp-server.c whole-buffer': {check: 'bytes', told: 'fails whole-buffer'},
	'udp-server.c stale-bytes': {check: 'shorter', told: 'fails stale-bytes'},
	'udp-server.c stops-at-zero': {exercise: 'udp-echo-server', check: 'any-bytes', told: 'fails stops-at-zero'},
	'udp-server.py unchanged': {check: 'bytes', told: 'fails unchanged'},
	'udp-server.py line-break': {check: 'bytes', told: 'fails line-break-added'},
	'udp-server.py other-socket': {check: 'answers', told: 'fails other-socket'},
	'udp-server.py answers-twice': {check: 'answers', told: 'fails answers-twice'},
	'udp-server.py ascii-only': {check: 'characters', told: 'fails ended-by-bytes'},
	'udp-server.py text-only-echo': {exercise: 'udp-echo-server', check: 'any-bytes', told: 'fails ended-by-bytes'},
	'udp-server.py tcp-instead': {check: 'port', told: 'fails wrong-protocol'},
	'udp-server.py not-bound': {check: 'port', told: 'fails not-bound'},
	'udp-server.py other-port': {check: 'port', told: 'fails other-port'},
	'udp-server.py crashes': {check: 'port', told: 'fails ended-early'},
};

/** Clients, of the exercise `udp-uppercase-client`. */
const clients: Readonly<Record<string, Wrong>> = {
	'udp-client.py never-sends': {check: 'sends', told: 'fails never-sends'},
	'client-byte-order.c': {check: 'sends', told: 'fails byte-order'},
	'udp-client.py tcp-instead': {check: 'sends', told: 'fails sends-otherwise'},
	'udp-client.py terminator': {check: 'sends-line', told: 'fails terminator'},
	'udp-client.py line-break': {check: 'sends-line', told: 'said line-break-added'},
	'udp-client.py prints-typed': {check: 'prints', told: 'fails does-not-print', outputEnd: '\n'},
	'udp-client.py small-buffer': {check: 'long', told: 'fails cut'},
	'udp-client.py no-timeout': {check: 'lost-answer', told: 'said no-timeout'},
	'udp-client.py does-not-end': {check: 'ends', told: 'said does-not-end'},
	'udp-client.py ends-with-error': {check: 'ends', told: 'said ends-with-error'},
	'udp-client.py fixed-port': {check: 'own-port', told: 'said fixed-port'},
};

/** Pingers, of the exercise `udp-pinger-client`. */
const pingers: Readonly<Record<string, Wrong>> = {
	'udp-pinger.py no-timeout': {check: 'timeout', told: 'fails no-timeout'},
	'udp-pinger.py late-counted': {check: 'loss', told: 'fails late-counted'},
	'udp-pinger.py nine': {check: 'ten-pings', told: 'fails wrong-count'},
	'udp-pinger.py waits-long': {check: 'timeout', told: 'fails waits-too-long'},
	'udp-pinger.py gives-up': {check: 'timeout', told: 'fails gives-up-early'},
	'udp-pinger.py no-loss': {check: 'loss', told: 'fails no-loss'},
	'udp-pinger.py wrong-loss': {check: 'loss', told: 'fails wrong-loss'},
	'udp-pinger.py no-round-trips': {check: 'round-trips', told: 'fails no-round-trips'},
	'udp-pinger.py counts-lost': {check: 'round-trips', told: 'fails wrong-round-trips'},
};

/**
A port that no other program gets until the test ends, and that a socket with SO_REUSEADDR can have as well. The socket
that holds it hears nobody: it is connected (udp(7)).
*/
async function holdPort(t: ExecutionContext): Promise<string> {
	const socket = createSocket({type: 'udp4', reuseAddr: true});
	t.teardown(() => socket.close());
	socket.bind();
	await once(socket, 'listening');
	socket.connect(9, '127.0.0.1');
	await once(socket, 'connect');
	return String(socket.address().port);
}

const all = [
	...Object.entries(servers).map(([program, wrong]) => ({exercise: 'udp-uppercase-server', program, ...wrong} as const)),
	...Object.entries(clients).map(([program, wrong]) => ({exercise: 'udp-uppercase-client', program, ...wrong} as const)),
	...Object.entries(pingers).map(([program, wrong]) => ({exercise: 'udp-pinger-client', program, ...wrong} as const)),
];

for (const {
	exercise, program, check, told, outputEnd,
} of all) {
	test(`${exercise}: ${program} is told '${told}', and nothing else`, async t => {
		const [file = '', ...mistake] = program.split(' ');
		const address = exercise.endsWith('client') ? ['{host}', '{port}'] : ['{port}'];
		const ownPort = mistake[0] === 'fixed-port' ? [await holdPort(t)] : [];
		const command = await commandOf(t, `mistakes/${file}`, [...mistake, ...address, ...ownPort]);
		if (!command) {
			return;
		}

		const view = await checkProgram(exercise, {type: 'program', command}, mistake[0] === 'not-bound' ? {start: 2000} : {});
		t.is(view.notRun, undefined);
		const outcomes = outcomesOf(view);
		if (Object.values(outcomes).includes('skipped busy')) {
			skipped(t, 'the machine is too busy to measure times');
			return;
		}

		t.is(outcomes[check], told, `${JSON.stringify(view.checks)}`);
		const [found] = view.checks.flatMap(({state}) => 'mistake' in state ? [state.mistake] : []);
		if (found?.kind === 'does-not-print') {
			t.true(outputEnd !== undefined && Buffer.from(found.output).toString().endsWith(outputEnd));
		}

		for (const [name, outcome] of Object.entries(outcomes)) {
			t.true(name === check || outcome === 'holds' || outcome === 'skipped needs', `${name}: ${outcome}`);
		}

		// Where it is only said, everything else is checked.
		t.true(told.startsWith('fails') || !Object.values(outcomes).includes('skipped needs'));
	});
}
