import test from 'ava';
import {codecOf} from '../../source/text/encoding/codec.ts';
import {defaultEncoding, type Encoding} from '../../source/text/encoding/encoding.ts';
import {faultText} from '../../source/text/files/file-problem.ts';
import type {RulePeer} from '../../source/replies/custom-rule.ts';
import {parseRuleTable} from '../../source/replies/rule-table.ts';

const files: Readonly<Record<string, Uint8Array>> = {'answer.bin': Uint8Array.of(0, 0xFF)};

function readFile(name: string): Uint8Array {
	const bytes = files[name];
	if (!bytes) {
		throw new Error(`ENOENT: no such file '${name}'`);
	}

	return bytes;
}

/** What a table does with a message: everything that it has done to the peer, as text. */
async function done(
	source: string,
	message: string | Uint8Array,
	encoding: Encoding = defaultEncoding,
): Promise<string> {
	const table = parseRuleTable(source, readFile, [codecOf(encoding)]);
	if ('problems' in table) {
		return table.problems.map(({line, column, fault}) => `${line}:${column} ${faultText(fault)}`).join('\n');
	}

	const acts: string[] = [];
	const peer: RulePeer = {
		protocol: 'tcp',
		encoding,
		address: {host: '127.0.0.1', port: 1},
		send(answer) {
			acts.push(typeof answer === 'string' ? answer : Buffer.from(answer).toString('latin1'));
		},
		sendToOthers() {
			acts.push('to others');
		},
		close() {
			acts.push('close');
		},
		reset() {
			acts.push('reset');
		},
	};
	await table.rule(Buffer.from(message), peer);
	return acts.join(' | ');
}

function tableOf(...rules: readonly string[]): string {
	return `rules:\n${rules.map(rule => `  - {${rule}}\n`).join('')}`;
}

const cases: ReadonlyArray<readonly [title: string, rule: string, message: string | Uint8Array, acts: string]> = [
	['an exact text', String.raw`match: {exact: "PING\n"}, answer: {text: "PONG\n"}`, 'PING\n', 'PONG\n'],
	['not more than that text', 'match: {exact: PING}, answer: {text: PONG}', 'PING!', ''],
	['a text inside', 'match: {contains: ell}, answer: {text: y}', 'hello', 'y'],
	['a text that is not there', 'match: {contains: ELL}, answer: {text: y}', 'hello', ''],
	['bytes', 'match: {hex: "DE ad"}, answer: {hex: "00 0a"}', Uint8Array.of(0xDE, 0xAD), '\0\n'],
	['other bytes', 'match: {hex: "DE ad"}, answer: {hex: "00"}', Uint8Array.of(0xDE), ''],
	['a pattern and its captures', String.raw`match: {regex: '^add (\d+) (?<b>\d+)$'}, answer: {text: '$1+$<b>=$$ $0'}`, 'add 1 22', '1+22=$ add 1 22'],
	['a pattern of which a part is left out', String.raw`match: {regex: '^get(?: (?<key>\w+))?$'}, answer: {text: '[$1$<key>] $<other> $2'}`, 'get', '[] $<other> $2'],
	['a pattern with the flag that it has anyway', 'match: {regex: ^.$, flags: u}, answer: {text: y}', 'x', 'y'],
	['a pattern with flags', 'match: {regex: ^quit, flags: i}, close: true', 'QUIT now', 'close'],
	['a pattern over bytes that are no text', String.raw`match: {regex: '^\xff'}, answer: {text: y}`, Uint8Array.of(0xFF), 'y'],
	['anything', 'match: {any: true}, answer: {file: answer.bin}', 'x', '\0\u00FF'],
	['a delayed answer, then closes', 'match: {any: true}, answer: {text: y}, delay: 1ms, close: true', 'x', 'y | close'],
	['a reset', 'match: {any: true}, reset: true', 'x', 'reset'],
];

for (const [title, rule, message, acts] of cases) {
	test(`a rule's match and answer: ${title}`, async t => {
		t.is(await done(tableOf(rule), message), acts);
	});
}

test('the first rule that matches decides, and a message that none matches is not answered', async t => {
	const source = tableOf('match: {contains: a}, answer: {text: first}', 'match: {contains: b}, answer: {text: second}');
	t.is(await done(source, 'ab'), 'first');
	t.is(await done(source, 'b'), 'second');
	t.is(await done(source, 'c'), '');
});

test('a text is found where its characters are, and not across others, and what an encoding cannot write is told', async t => {
	// 각 and 똠 have the bytes b0 a2 and 8c 63: the letter c in it is none.
	const c = tableOf('match: {contains: c}, answer: {text: 각}');
	t.is(await done(c, Uint8Array.of(0x8C, 0x63), 'euc-kr'), '');
	t.is(await done(c, Uint8Array.of(0x8C, 0x63, 0x63), 'euc-kr'), '\u{B0}\u{A2}');
	t.regex(await done(c, 'c', 'latin1'), /^2:43 .*각/);
	t.regex(await done(tableOf('match: {exact: 각}'), 'c', 'latin1'), /^2:21 .*각/);
});

const wrong: ReadonlyArray<readonly [rule: string, problem: RegExp]> = [
	['match: {exactly: x}', /^2:14 unknown key 'exactly'.*perhaps 'exact'/],
	['match: {exact: x, hex: "00"}', /^2:13 match has exactly one of/],
	['answer: {text: x}', /^2:5 a rule needs match/],
	['match: {hex: "0"}', /^2:19 hex is bytes .* '0'/],
	['match: {regex: "("}', /^2:21 regex: .*group/i],
	['match: {regex: x, flags: g}', /^2:31 flags are letters of imsu, not 'g'/],
	['match: {exact: x, flags: i}', /flags belong to a regex/],
	['match: {any: false}', /any is true/],
	['match: {any: true}, answer: {file: none}', /^2:41 file: ENOENT/],
	['match: {any: true}, delay: 5 minutes', /delay is a duration/],
	['match: {any: true}, close: true, reset: true', /closes the connection or resets it/],
	['match: {any: true}, close: maybe', /close is true or false/],
];

for (const [rule, problem] of wrong) {
	test(`tells by line and column what is wrong with {${rule}}`, async t => {
		t.regex(await done(tableOf(rule), 'x'), problem);
	});
}

test('a file that is no table, or no YAML, is told with its place', async t => {
	t.regex(await done('', 'x'), /^1:1 a table of rules/);
	t.regex(await done('rules: []', 'x'), /rules is a list with at least one entry/);
	t.regex(await done('rules:\n  - match: {', 'x'), /^2:/);
	t.regex(await done('rule: []', 'x'), /perhaps 'rules'/);
});
