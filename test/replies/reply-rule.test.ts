import test from 'ava';
import fc from 'fast-check';
import {bytesOfAnswer} from '../../source/replies/custom-rule.ts';
import {utf8Codec} from '../../source/text/encoding/codec.ts';
import {hostileBytes} from '../helpers/hostile-text.ts';
import {
	fileRule, kindOfRule, namedRules, nextRule, programRule, replyRules, replyTo,
} from '../../source/replies/reply-rule.ts';

function text(bytes: Uint8Array | undefined): string | undefined {
	return bytes && Buffer.from(bytes).toString();
}

test('answers by each rule what the rule says', t => {
	const bytes = Buffer.from('Hello, 한글 é');
	t.is(text(replyTo('uppercase', bytes)), 'HELLO, 한글 É');
	t.is(text(replyTo('echo', bytes)), 'Hello, 한글 é');
	t.is(text(replyTo('reverse', bytes)), 'é 글한 ,olleH');
	t.is(replyTo('chat', bytes), undefined);
	t.is(replyTo('discard', bytes), undefined);
	t.is(replyTo('manual', bytes), undefined);
});

test('answers an empty datagram with an empty one, where a rule answers', t => {
	for (const rule of ['uppercase', 'echo', 'reverse'] as const) {
		t.is(replyTo(rule, new Uint8Array(0))?.length, 0);
	}
});

test('never changes the bytes that it was given', t => {
	fc.assert(fc.property(hostileBytes, fc.constantFrom(...replyRules), (bytes, rule) => {
		const before = Uint8Array.from(bytes);
		replyTo(rule, bytes);
		t.deepEqual(bytes, before);
	}));
});

test('echoes the same array, without a copy', t => {
	const bytes = Uint8Array.of(0, 255, 128);
	t.is(replyTo('echo', bytes), bytes);
});

test('needs whole characters for the rules that look at them', t => {
	t.deepEqual(replyRules.filter(rule => kindOfRule(rule).needsWholeCharacters), ['uppercase', 'reverse', 'chat']);
});

test('puts the sender before a chat message, and leaves its bytes as they came', t => {
	t.is(text(kindOfRule('chat').reply?.(Buffer.from('안녕'), {host: '127.0.0.1', port: 5})), '127.0.0.1:5: 안녕');
	t.deepEqual([...kindOfRule('chat').reply?.(Uint8Array.of(0xFF, 0), {host: '::1', port: 5}) ?? []], [...Buffer.from('[::1]:5: '), 0xFF, 0]);
});

test('walks through every rule and comes back to the first', t => {
	t.deepEqual(replyRules.map(rule => nextRule(rule, true)), [...replyRules.slice(1), replyRules[0]]);
	t.deepEqual(namedRules.map(rule => nextRule(rule, false)), [...namedRules.slice(1), namedRules[0]]);
});

test('a program has the rule of its pane; where a file decides, it answers nothing', t => {
	t.deepEqual(namedRules.map(rule => programRule(rule)), [...namedRules]);
	t.is(programRule(fileRule), 'discard');
});

test('what a rule of one\'s own has answered stays as it was, whatever that does with its buffer', t => {
	const buffer = Buffer.from('one');
	const answer = bytesOfAnswer(buffer, utf8Codec);
	buffer.fill(0);
	t.is(text(answer), 'one');
});
