/* What JSON lines are, and that their schema and their page say so. */
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {eventDocs} from '../../scripts/events.ts';
import {amendmentBody, eventBody, formatLine} from '../../source/headless/json-line.ts';
import {unknownElapsed} from '../../source/log/event.ts';
import {checkLine} from '../helpers/headless.ts';
import {everyEvent} from '../helpers/every-event.ts';

const docs = path.join(import.meta.dirname, '../../docs');

test('the schema and the page have the lines that the program has', async t => {
	const {schema, page} = eventDocs();
	t.is(await readFile(path.join(docs, 'events.schema.json'), 'utf8'), schema, 'npm run events writes them anew');
	t.is(await readFile(path.join(docs, 'events.md'), 'utf8'), page, 'npm run events writes them anew');
});

test('every kind of event is a line of the schema, and so is every kind of amendment', t => {
	for (const event of Object.values(everyEvent)) {
		t.is(checkLine(formatLine(0, 1, eventBody(event))), undefined, `${event.type}`);
	}

	const to = {pane: 1, socket: 0, trackId: 2};
	for (const amendment of [
		{
			type: 'left', copy: 0, delay: 1.5, to,
		},
		{type: 'read', number: 1},
		{type: 'dropped'},
		{type: 'refused', to},
		{type: 'overtaken', by: 2},
		{type: 'discarded', amount: 3},
		{type: 'segment-left', length: 4, delay: undefined},
	] as const) {
		t.is(checkLine(formatLine(0, 1, amendmentBody({...amendment, sequence: 7}))), undefined, `${amendment.type}`);
	}
});

test('a line that lacks a field, or has another one, is not in the schema', t => {
	const line = formatLine(0, 1, eventBody(everyEvent['fin-sent']));
	t.truthy(checkLine(line.replace('"peer"', '"pear"')));
	t.truthy(checkLine(line.replace('fin-sent', 'fin-lost')));
	t.truthy(checkLine(line.replace('"version":1', '"version":2')));
});

test('a payload is exact in base64, and its text has no character that a terminal takes for a command', t => {
	const bytes = Buffer.from('\u{1B}[31m\u{9B}2J\u{202E}\u{2028}\u{7F}\0"\n\u{D55C}');
	const line = formatLine(0, 0, eventBody({...everyEvent['chunk-received'], bytes, length: bytes.length}));
	t.regex(line, /^\{[^\p{Control}\p{Format}\u{2028}]*\}\n$/v);
	const read = JSON.parse(line) as {base64: string; text: string};
	t.is(read.base64, bytes.toString('base64'));
	t.is(read.text, bytes.toString());
});

test('a round-trip time that cannot be told is null', t => {
	const line = formatLine(0, 0, eventBody({...everyEvent['datagram-received'], elapsed: unknownElapsed}));
	t.is((JSON.parse(line) as {elapsed: unknown}).elapsed, null);
	t.is(checkLine(line), undefined);
});
