import test from 'ava';
import {exercises} from '../../../source/engine/exercises/exercises.ts';
import type {NotRun, SkipCause} from '../../../source/engine/api/exercise.ts';
import type {Exchange, Mistake, TcpMistake} from '../../../source/engine/api/mistake.ts';
import {demandOf, exerciseWordsOf, sayMistake} from '../../../source/screen/words/exercises/say-exercise.ts';

const from = {host: '127.0.0.1', port: 40_001};
const other = {host: '127.0.0.1', port: 40_002};
const bytes = (text: string): Uint8Array => Buffer.from(text);
const exchange: Exchange = {from, sent: bytes('hello'), elapsed: 2000};
const wrong = {...exchange, got: bytes('HEL'), expected: bytes('HELLO')};
const output = bytes('some output');

type Sampled = Exclude<Mistake, TcpMistake>;

/** One of each mistake, and what its sentences must have of it in any language. */
const samples: {readonly [Kind in Sampled['kind']]: readonly [Omit<Extract<Sampled, {kind: Kind}>, 'kind'>, ...string[]]} = {
	'ended-early': [{end: {code: 3, signal: undefined}, exchange}, '3', '"hello" (5 B)'],
	'not-bound': [{protocol: 'udp', port: 12_345, waited: 5000}, 'UDP', '12345', '5.0 s', 'bind()'],
	'wrong-protocol': [{asked: 'udp', address: from}, 'TCP', '127.0.0.1:40001', 'UDP', 'SOCK_DGRAM'],
	'byte-order': [{port: 12_000, used: 57_390}, '12000 = 0x2EE0', '57390 = 0xE02E', 'htons(port)'],
	'other-port': [{port: 12_345, bound: from}, '12345', '127.0.0.1:40001', '{port}', 'PORT'],
	'never-sends': [{waited: 5000, address: from}, '5.0 s', '127.0.0.1:40001', '{host}', '{port}'],
	'sends-otherwise': [{asked: 'udp', address: from}, 'TCP', 'UDP', '127.0.0.1:40001', 'SOCK_DGRAM'],
	'does-not-print': [{answer: bytes('HELLO'), output}, '"HELLO" (5 B)', '"some output" (11 B)', 'recvfrom()'],
	'does-not-end': [{waited: 4000}, '4.0 s'],
	'ends-with-error': [{end: {code: undefined, signal: 'SIGSEGV'}}, 'SIGSEGV', '0'],
	'fixed-port': [{port: 5432}, '5432', 'bind()'],
	'no-timeout': [{sent: bytes('Ping 4'), waited: 5000}, '"Ping 4" (6 B)', '5.0 s', 'settimeout(1)', 'SO_RCVTIMEO'],
	'loopback-only': [{bound: from}, '127.0.0.1:40001', '\'\'', 'INADDR_ANY', '0.0.0.0'],
	'never-answers': [exchange, '"hello" (5 B)', '127.0.0.1:40001', '2.0 s'],
	unchanged: [wrong, '"HEL" (3 B)', '"HELLO" (5 B)'],
	terminator: [{...wrong, got: bytes('HELLO\0')}, String.raw`"HELLO\0" (6 B)`, '"HELLO" (5 B)', 'strlen()'],
	'line-break-added': [{...wrong, got: bytes('HELLO\n')}, String.raw`"HELLO\n" (6 B)`, '"HELLO" (5 B)'],
	'whole-buffer': [{...wrong, got: new Uint8Array(256)}, '256 B', '5 B', 'sizeof(buffer)'],
	'stale-bytes': [{...wrong, got: bytes('HELLO, SO')}, '"HELLO, SO" (9 B)', '"HELLO" (5 B)'],
	cut: [wrong, '3', '5 B', 'recvfrom()'],
	'stops-at-zero': [wrong, '3', '5 B', 'strlen()'],
	'wrong-bytes': [wrong, '"HEL" (3 B)', '"HELLO" (5 B)'],
	'answers-once': [{...exchange, answered: 1}, '1', '"hello" (5 B)', '2.0 s', 'while True'],
	'only-first-sender': [{...exchange, first: other, isConnected: true}, '127.0.0.1:40001', '127.0.0.1:40002', '2.0 s', 'connect()'],
	'fixed-address': [{...exchange, vacant: 24}, '"hello" (5 B)', '127.0.0.1:40001', '24', 'recvfrom()'],
	'other-socket': [{...exchange, server: from, source: other}, '127.0.0.1:40001', '127.0.0.1:40002'],
	'answers-twice': [{...exchange, answers: 2}, '"hello" (5 B)', '2'],
	'large-unanswered': [{...exchange, sent: new Uint8Array(2048)}, '2,048 B'],
	'ended-by-empty': [exchange, '2.0 s', 'UDP'],
	'ended-by-bytes': [exchange, '"hello" (5 B)', '2.0 s'],
	'wrong-count': [{count: 9, wanted: 10}, '9', '10'],
	'waits-too-long': [{ping: 4, waited: 2500}, '4', '2.5 s', '1'],
	'gives-up-early': [{ping: 4, waited: 300}, '4', '300.0 ms', '1'],
	'late-counted': [
		{
			ping: 6, late: 1300, said: 20, lost: 30,
		},
		'6',
		'7',
		'1.3 s',
		'20 %',
		'30 %',
	],
	'no-loss': [{lost: 30, output}, '30 %', '"some output" (11 B)'],
	'wrong-loss': [{said: 70, lost: 30}, '70 %', '30 %'],
	'no-round-trips': [{missing: ['avg', 'max'], output}, 'avg', 'max', '"some output" (11 B)'],
	'wrong-round-trips': [
		{
			name: 'max', said: 1000, least: 150, most: 420,
		},
		'max',
		'1.0 s',
		'150.0 ms',
		'420.0 ms',
		'sendto()',
		'recvfrom()',
	],
};

/** A sentence without what is the same in both languages: what is quoted, and names. */
const withoutQuotes = (text: string): string => text.replaceAll(/"[^"]*"/g, '');

for (const [kind, [values, ...parts]] of Object.entries(samples)) {
	test(`the mistake ${kind} is told in both languages, with what was seen of it`, async t => {
		const told: Record<string, unknown> = {...values, kind};
		const mistake = told as unknown as Mistake;
		const [en, ko] = await Promise.all([exerciseWordsOf('en'), exerciseWordsOf('ko')]);
		const texts = {en: sayMistake(en, mistake).join(' '), ko: sayMistake(ko, mistake).join(' ')};
		for (const part of parts) {
			t.true(texts.en.includes(part), `${part} is not in: ${texts.en}`);
			t.true(texts.ko.includes(part), `${part} is not in: ${texts.ko}`);
		}

		t.notRegex(texts.en + texts.ko, /undefined|NaN|\[object/);
		t.notRegex(texts.en, /\p{Script=Hangul}/u);
		for (const sentence of sayMistake(ko, mistake)) {
			t.regex(withoutQuotes(sentence), /\p{Script=Hangul}/u);
		}
	});
}

const causes: readonly SkipCause[] = [
	{type: 'needs', of: 'answers'},
	{type: 'no-program'},
	{type: 'no-tables'},
	{type: 'time-limit'},
	{type: 'busy'},
	{type: 'not-needed'},
];

const failure = {code: 'EACCES', syscall: 'bind', message: 'bind EACCES'};
const notRuns: readonly NotRun[] = [
	...['ENOENT', 'EACCES', 'EISDIR'].flatMap(code => ['program', './program', '/'].flatMap(program =>
		[{}, {interpreter: '/nowhere/python3'}].map((more): NotRun => ({
			reason: 'not-started', program, ...more, failure: {code, syscall: 'execve', message: `spawn ${program} ${code}`},
		})))),
	{reason: 'port-taken', port: 12_000},
	{reason: 'port-taken', port: 20_000, isTold: true},
	{reason: 'not-bound', address: from, failure},
	{reason: 'no-client', address: from, waited: 60_000},
	{reason: 'fault', failure},
];

test('exercises, their checks, and why something was not checked or run have words in both languages', async t => {
	const [en, ko] = await Promise.all([exerciseWordsOf('en'), exerciseWordsOf('ko')]);
	const pairs = [
		...[...exercises.values()].flatMap(({name, checks}) => [
			[en.about[name], ko.about[name]],
			...checks.map(check => [demandOf(en, name, check.name), demandOf(ko, name, check.name)]),
		]),
		...causes.map(cause => [en.skipped(cause), ko.skipped(cause)]),
		...notRuns.map(notRun => [en.notRun(notRun, './program').join(' '), ko.notRun(notRun, './program').join(' ')]),
	];
	for (const [english = '', korean = ''] of pairs) {
		t.notRegex(english + korean, /spawn/, 'what the system says is no sentence');
		t.regex(english, /^[^\p{Script=Hangul}]+ [^\p{Script=Hangul}]+$/u);
		t.regex(korean, /\p{Script=Hangul}/u);
	}
});

test('each exercise names its checks once, and each check needs checks that come before it', t => {
	for (const [name, {checks}] of exercises) {
		const before = new Set<string>();
		for (const check of checks) {
			t.false(before.has(check.name), `${name}/${check.name}`);
			t.deepEqual(check.needs.filter(need => !before.has(need)), [], `${name}/${check.name}`);
			before.add(check.name);
		}

		t.true(before.size > 0, `${name}`);
	}
});
