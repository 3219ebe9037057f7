import test from 'ava';
import type {MistakeKind} from '../../../source/engine/api/mistake.ts';
import {judgeBytes} from '../../../source/engine/exercises/judge-bytes.ts';

const cases: ReadonlyArray<readonly [sent: string, got: string, kind: MistakeKind | undefined]> = [
	['hello', 'HELLO', undefined],
	['hello', 'hello', 'unchanged'],
	['hello', 'HELLO\0', 'terminator'],
	['hello', 'HELLO\n', 'line-break-added'],
	['hello', 'HELLO\r\n', 'line-break-added'],
	['hello', 'HELLO\0\0\0', 'whole-buffer'],
	['hello', 'HELLOARE', 'stale-bytes'],
	['hello', 'HELLOARE\0\0', 'stale-bytes'],
	['hello', 'HELLO!', 'wrong-bytes'],
	['hello', 'HEL', 'cut'],
	['hello', 'HEL\0', 'cut'],
	['hello', 'HELLA', 'wrong-bytes'],
	['he\0lo', 'HE', 'stops-at-zero'],
	['hello', '', 'wrong-bytes'],
	['hello', '\0', 'wrong-bytes'],
	['123', '123', undefined],
];

for (const [sent, got, kind] of cases) {
	test(`${JSON.stringify(got)} for ${JSON.stringify(sent)} in upper case is ${kind ?? 'right'}`, t => {
		const exchange = {
			from: {host: '127.0.0.1', port: 1}, sent: Buffer.from(sent), got: Buffer.from(got), elapsed: 1,
		};
		t.is(judgeBytes(exchange, Buffer.from(sent.toUpperCase()), [Buffer.from('how, are you')])?.kind, kind);
	});
}

test('nothing is said of an answer that has not come', t => {
	const from = {host: '127.0.0.1', port: 1};
	t.is(judgeBytes({from, sent: Buffer.from('a'), elapsed: 1}, Buffer.from('A')), undefined);
});
