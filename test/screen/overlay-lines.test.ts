import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {FlowView, PayloadView} from '../../source/engine/door/overlay-view.ts';
import {flowLines, flowRows} from '../../source/screen/overlay/flow-lines.ts';
import {payloadLines, payloadRows} from '../../source/screen/overlay/payload-lines.ts';
import {en} from '../../source/screen/words/en.ts';
import {ko} from '../../source/screen/words/ko.ts';
import textWidth from '../../source/text/width.ts';
import {row, sceneView, serverAddress} from '../helpers/terminal-scene.ts';

const flow: FlowView = {
	type: 'flow',
	scene: 'udp',
	header: [[{text: 'client 1', tone: 'strong'}], [{text: ':40000', tone: 'dim'}]],
	lines: Array.from({length: 30}, (_, index) => [{text: `step ${index}`, tone: 'plain' as const}]),
	older: undefined,
	hiddenLanes: 2,
	hiddenSteps: 1,
};
const payload: PayloadView = {
	type: 'payload',
	sequence: 7,
	pane: 2,
	row: row({type: 'datagram-received', peer: serverAddress, length: 9}),
	part: {
		offset: 0, start: 0, bytes: Buffer.from('hello'), kept: 5, length: 9,
		utf8: {
			characters: 5, invalid: 0, cut: 0, isValid: true,
		},
	},
};
const plain = (lines: readonly string[]): string[] => lines.map(line => stripVTControlCharacters(line).trimEnd());

test('a diagram has its title, its lanes and its steps, and says what is not shown', t => {
	const lines = plain(flowLines(flow, 'client 1', false, 140, 20, en));
	t.regex(lines[0] ?? '', /^ FLOW {3}follows the end · around client 1,.* {2}2 more sockets · 1 step between them not shown$/);
	t.deepEqual(lines.slice(1, 4), ['client 1', ':40000', 'step 0']);
	t.regex(plain(flowLines(flow, 'client 1', true, 140, 20, en))[0] ?? '', /scrolled back/);
	t.regex(plain(flowLines({...flow, lines: []}, 'client 1', false, 100, 20, en)).join('\n'), /nothing has happened yet/);
});

test('a payload has its title, what it is as text, and how much of it is kept', t => {
	const lines = plain(payloadLines(payload, sceneView(), 100, 20, en));
	t.regex(lines[0] ?? '', /^ PAYLOAD {3}CLIENT 1 {2}12:34:56\.789 ← 127\.0\.0\.1:12000 {2}9 B$/);
	t.is(lines[1], ' valid UTF-8 · 5 characters · the log holds the first 5 B of 9 B');
	t.deepEqual(lines.slice(2, 4), ['', ` 0000  68 65 6c 6c 6f${' '.repeat(35)}h e l l o`]);
});

test('a payload of more lines than fit says which of them these are', t => {
	const bytes = Buffer.alloc(100, 'x');
	const long: PayloadView = {
		...payload, part: {
			...payload.part!, bytes, kept: 100, length: 100,
		},
	};
	const [title = '', ...others] = plain(payloadLines(long, sceneView(), 50, 6, en));
	t.regex(title, /lines 1–3 of 13$/);
	t.deepEqual(others.slice(2).map(line => line.slice(0, 5)), [' 0000', ' 0008', ' 0010']);
});

test('a payload that is not there yet, or not any more, says so', t => {
	t.regex(plain(payloadLines(undefined, sceneView(), 80, 20, en)).join('\n'), /reading …/);
	t.regex(plain(payloadLines({type: 'payload', sequence: 7}, sceneView(), 80, 20, en)).join('\n'), /does not hold this payload any more/);
});

test('both fill exactly the rows and columns that they have, in either language', t => {
	for (const words of [en, ko]) {
		for (const [columns, rows] of [[60, 14], [80, 22], [120, 38], [60, 1]] as const) {
			for (const lines of [
				flowLines(flow, 'client 1', true, columns, rows, words),
				flowLines(undefined, 'client 1', false, columns, rows, words),
				payloadLines(payload, sceneView(), columns, rows, words),
				payloadLines(undefined, sceneView(), columns, rows, words),
			]) {
				t.is(lines.length, rows);
				t.deepEqual(new Set(lines.map(line => textWidth(stripVTControlCharacters(line)))), new Set([columns]));
			}
		}
	}
});

test('there is always room for a line of each', t => {
	t.is(flowRows(2), 1);
	t.is(flowRows(24), 18);
	t.is(payloadRows(4), 1);
	t.is(payloadRows(24), 18);
});
