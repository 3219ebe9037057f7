import test from 'ava';
import fc from 'fast-check';
import {NumberedMessages} from '../../../../source/engine/scene/series/numbered-messages.ts';

function textAt(messages: NumberedMessages, place: number): string {
	return Buffer.from(messages.at(place)).toString();
}

test('numbers messages from 1, all of one length', t => {
	t.is(textAt(new NumberedMessages(3), 0), 'message 000001');
	t.is(textAt(new NumberedMessages(1_000_000), 0), 'message 0000001');
	t.is(textAt(new NumberedMessages(1_000_000), 999_999), 'message 1000000');
	t.is(textAt(new NumberedMessages(undefined), 41), 'message 000000042');
});

test('begins again at 0 where a series without an end has no larger number', t => {
	const messages = new NumberedMessages(undefined);
	t.is(textAt(messages, 999_999_998), 'message 999999999');
	t.is(textAt(messages, 999_999_999), 'message 000000000');
	t.is(messages.placeIn(messages.at(5), 1_000_000_100), 1_000_000_005);
	t.is(messages.placeIn(messages.at(500), 1_000_000_100), 500);
});

test('gives each message a buffer of its own', t => {
	const messages = new NumberedMessages(9);
	const first = messages.at(0);
	messages.at(1);
	t.is(Buffer.from(first).toString(), 'message 000001');
});

test('knows which message was answered, in either case and backwards', t => {
	fc.assert(fc.property(
		fc.option(fc.integer({min: 1, max: 1_000_000}), {nil: undefined}),
		fc.nat(2_000_000),
		fc.boolean(),
		fc.boolean(),
		(count, at, isUpper, isBackwards) => {
			const messages = new NumberedMessages(count);
			const place = at % (count ?? 2_000_001);
			let text = textAt(messages, place);
			text = isUpper ? text.toUpperCase() : text;
			text = isBackwards ? [...text].toReversed().join('') : text;
			t.is(messages.placeIn(Buffer.from(text), place + 1), place);
			t.is(messages.placeIn(Buffer.from(`${text}\r\n`), place + 1), place);
			t.is(messages.placeIn(Buffer.from(text), place), undefined, 'not sent yet');
		},
	));
});

test('takes nothing else for an answer', t => {
	const messages = new NumberedMessages(10);
	for (const text of [
		'',
		'message',
		'message 1',
		'message 0000001',
		'massage 000001',
		'a message 000001',
		'message 000001 message 000002',
		'message 000000',
		'message 00000x',
	]) {
		t.is(messages.placeIn(Buffer.from(text), 10), undefined, `'${text}'`);
	}
});
