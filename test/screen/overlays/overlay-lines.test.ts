import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {FlowLane, FlowStep} from '../../../source/flow/step.ts';
import type {StepHeader} from '../../../source/flow/details.ts';
import type {FlowView} from '../../../source/engine/api/view.ts';
import type {PayloadView} from '../../../source/views/payload.ts';
import {detailLines} from '../../../source/screen/overlays/flow/detail-lines.ts';
import {dockedRows, flowLines, flowRows} from '../../../source/screen/overlays/flow/flow-lines.ts';
import {payloadLines, payloadRows} from '../../../source/screen/overlays/payload/payload.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import textWidth from '../../../source/text/width/width.ts';
import {row, sceneView, serverAddress} from '../../helpers/terminal-scene.ts';

const lane = (number: number): FlowLane => ({
	id: `client:${number}`, type: 'client', number, ports: [39_999 + number], hasMorePorts: false,
});
const at = {time: 0, sequence: 0};
const stepOf = (sequence: number, from: string, to?: string): FlowStep => ({
	kind: to === undefined ? 'socket-failed' : 'datagram',
	from: {lane: from, ...at},
	...(to !== undefined && {to: {lane: to, ...at, fate: 'arrived'}}),
	sequence,
	first: sequence,
	time: 0,
	took: 0,
	code: `E${sequence}`,
	count: 1,
	hasMore: false,
	isSecond: false,
});
const others = [2, 3, 4, 5, 6, 7].map(number => stepOf(number, 'client:1', `client:${number}`));
const flow: FlowView = {
	type: 'flow',
	scene: 'udp',
	protocol: 'udp',
	steps: [
		stepOf(0, 'client:1'),
		stepOf(1, 'client:18', 'client:19'),
		...others,
		...Array.from({length: 24}, (_, index) => stepOf(index + 8, 'client:1')),
	],
	lanes: Array.from({length: 20}, (_, index) => lane(index + 1)),
	focus: 'client:1',
	oldest: 0,
	isWhole: true,
	dropped: 0,
};
const payload: PayloadView = {
	type: 'payload',
	sequence: 7,
	pane: 2,
	row: row({type: 'datagram-received', peer: serverAddress, length: 9}),
	part: {
		offset: 0, start: 0, bytes: Buffer.from('hello'), kept: 5, length: 9,
		text: {
			characters: 5, invalid: 0, cut: 0,
		},
	},
};
const plain = (lines: readonly string[]): string[] => lines.map(line => stripVTControlCharacters(line).trimEnd());

/** The diagram at 140 columns, with room for 34 steps. */
function shown(view: FlowView, isScrolled = false): string[] {
	return plain(flowLines(view, {
		columns: 140, height: 38, steps: 34, around: 'client 1', isScrolled,
	}, en));
}

test('a diagram has its title, its lanes and its steps, and says what is not shown', t => {
	const lines = shown(flow);
	t.regex(
		lines[0] ?? '',
		/^ FLOW {3}follows the end · around client 1,.* {2}\d+ more sockets · 1 step between them not shown$/,
	);
	t.regex(lines[1] ?? '', /client 1 /);
	t.regex(lines[2] ?? '', /:40{4} /);
	t.regex(lines[3] ?? '', /✗ E0/);
	t.regex(shown(flow, true)[0] ?? '', /scrolled back/);
	t.regex(shown({...flow, steps: []}).join('\n'), /nothing sent or received yet/);
	t.regex(shown({...flow, steps: [], dropped: 1234}).join('\n'), /^ 1,234 older rows dropped$/m);
	t.regex(shown({...flow, steps: flow.steps.slice(-3), dropped: 1})[0] ?? '', /1 older row dropped$/);
	t.notRegex(shown({...flow, isWhole: false, dropped: 1}).join('\n'), /dropped/, 'there is more to scroll to');
});

test('a payload has its title, what it is as text, and how much of it is kept', t => {
	const lines = plain(payloadLines(payload, sceneView(), 100, 20, en));
	t.regex(lines[0] ?? '', /^ PAYLOAD {3}CLIENT 1 {2}12:34:56\.789 ← 127\.0\.0\.1:12000 {2}9 B$/);
	t.is(lines[1], ' valid UTF-8 · 5 characters · the log keeps the first 5 B of 9 B');
	t.deepEqual(lines.slice(2, 4), ['', ` 0000  68 65 6c 6c 6f${' '.repeat(35)}h e l l o`]);
});

test('an answer\'s payload says where its round-trip time was spent, in either language, at 80 columns', t => {
	const roundTrip = {there: 3.2, server: 0.1, back: 3.5};
	for (const words of [en, ko]) {
		const view = {...payload, roundTrip, row: {...payload.row!, elapsed: 6.8}};
		const lines = plain(payloadLines(view, sceneView(), 80, 20, words));
		t.is(lines[2], ` ${words.views.payload.roundTrip(6.8, roundTrip)}`);
	}
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
	const dropped = plain(payloadLines({type: 'payload', sequence: 7}, sceneView(), 80, 20, en));
	t.true(dropped.some(line => line.includes(en.views.payload.gone)));
});

test('both fill exactly the rows and columns that they have, in either language', t => {
	for (const words of [en, ko]) {
		for (const [columns, rows] of [[60, 14], [80, 22], [120, 38], [60, 1]] as const) {
			const page = {
				columns, height: rows, steps: rows, around: 'client 1', isScrolled: false,
			};
			for (const lines of [
				flowLines(flow, {...page, isScrolled: true}, words),
				flowLines(flow, {...page, isDocked: true, hint: 'a hint'}, words),
				flowLines(flow, {...page, selected: {first: 3, by: 0}}, words),
				flowLines(undefined, page, words),
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
	t.is(flowRows(24), 17);
	t.is(flowRows(24, true), 10);
	t.is(flowRows(2, true), 1);
	t.is(dockedRows(38), 33);
	t.is(dockedRows(1), 1);
	t.is(payloadRows(4), 1);
	t.is(payloadRows(24), 18);
});

test('where all steps are between other sockets, the diagram says so', t => {
	const elsewhere = {...flow, lanes: flow.lanes.slice(0, 4), steps: [stepOf(1, 'client:3', 'client:4')]};
	for (const words of [en, ko]) {
		const lines = plain(flowLines(elsewhere, {
			columns: 30, height: 24, steps: 20, around: 'client 1', isScrolled: false,
		}, words));
		t.true(lines.some(line => line.startsWith(` ${words.views.flow.allHidden.slice(0, 10)}`)), `${lines.join('|')}`);
	}
});

test('what is not drawn stands in a line of 80 columns, and in two beside the panes', t => {
	for (const [words, protocol] of [[en, 'udp'], [en, 'tcp'], [ko, 'udp'], [ko, 'tcp']] as const) {
		const page = {steps: 17, around: 'client 1', isScrolled: false};
		const unseen = words.views.flow.diagram.unseen[protocol];
		const whole = plain(flowLines({...flow, protocol}, {...page, columns: 80, height: 21}, words));
		t.is(whole.at(-1), ` ${unseen}`);
		const docked = plain(flowLines({...flow, protocol}, {
			...page, columns: 59, height: 21, isDocked: true,
		}, words));
		t.true(docked.slice(-2).map(line => line.trim()).join(' ').endsWith(unseen), `${docked.join('|')}`);
	}
});

test('the details of a row fit in 80 columns with the command that captures the rest, in either language', t => {
	const ends = {
		source: {host: '127.0.0.1', port: 51_234}, destination: {host: '127.0.0.1', port: 12_000},
	};
	const capture = 'tshark -i lo -f "(udp port 51234 and udp port 12000) or icmp"';
	const headers: readonly StepHeader[] = [
		{type: 'udp', length: 9008, checksum: 0x12_34},
		...(['address', 'payload', 'link'] as const).map(checksum => ({type: 'udp' as const, length: 13, checksum})),
		{
			type: 'tcp', flags: 'PSH+ACK', length: 65_536, offset: 1_234_567,
		},
		{type: 'tcp', flags: 'SYN', length: 0},
		{type: 'icmp'},
		...(['call', 'refused', 'link'] as const).map(why => ({type: 'none' as const, why})),
	];
	for (const words of [en, ko]) {
		for (const header of headers) {
			const lines = plain(detailLines('tcp', {
				...ends, first: 0, header, sent: 0, arrived: 123.4, count: 1, capture,
			}, 80, words));
			t.true(lines.length <= 8, `${lines.join('\n')}`);
			t.true(lines.includes(` y ${capture}`), `${lines.join('\n')}`);
			t.regex(lines.join('\n'), /^ 127\.0\.0\.1:51234 → 127\.0\.0\.1:12000$/m);
			t.true(lines.every(line => textWidth(line) <= 80 && !line.endsWith('…')), `${lines.join('\n')}`);
		}
	}
});

test('a host that somebody typed is drawn without what it would do to the terminal', t => {
	const details = {
		first: 0, source: {host: 'a\u{1B}[2Jb', port: 1}, destination: {}, header: {type: 'icmp'}, count: 1,
	} as const;
	t.notRegex(plain(detailLines('udp', details, 80, en)).join(''), /\u{1B}/u);
	t.regex(plain(detailLines('udp', details, 80, en)).join(''), /a\\x1b\[2Jb:1/);
});
