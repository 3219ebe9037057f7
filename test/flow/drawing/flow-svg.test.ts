import {execFileSync} from 'node:child_process';
import test from 'ava';
import fc from 'fast-check';
import {flowSvg, xmlText} from '../../../source/flow/drawing/export.ts';
import {stepLabel} from '../../../source/flow/drawing/label.ts';
import {isInstalled} from '../../helpers/program.ts';
import {skipped} from '../../helpers/skipped.ts';
import {flowOfPayloads, markupBytes} from '../_payloads.ts';
import {
	chunk, eventsOf, everyType, exchange, flowOf, handshake, sceneOf, sent, server, serverAt, type Told, words, whole,
} from '../_scenes.ts';

const reader = `
import json, sys, xml.dom.minidom
def read(text):
    document = xml.dom.minidom.parseString(text.encode('utf-8'))
    return {name: [''.join(child.data for child in element.childNodes) for element in document.getElementsByTagName(name)] for name in ['text', 'line', 'path', 'rect']}
print(json.dumps([read(text) for text in json.load(sys.stdin)]))
`;

type Elements = Readonly<Record<'text' | 'line' | 'path' | 'rect', readonly string[]>>;

/**
What an independent XML parser finds in documents: for each kind of element, the texts of those elements. It fails for
documents that are not well-formed.
*/
function readXml(documents: readonly string[]): Elements[] {
	return JSON.parse(execFileSync('python3', ['-c', reader], {
		input: JSON.stringify(documents),
		encoding: 'utf8',
		env: {...process.env, LC_ALL: 'C.UTF-8'},
	})) as Elements[];
}

test('a diagram is lines, arrowheads and texts on a background of its own', t => {
	if (!isInstalled('python3')) {
		skipped(t, 'python3 is not installed');
		return;
	}

	const flow = flowOf(eventsOf(
		[server, {type: 'socket-bound', local: serverAt}],
		[1, sent(1, '<a & "b">', {to: server, arrival: {type: 'lost'}})],
		[1, sent(2, 'soon', {to: server, arrival: {type: 'under-way'}})],
		...exchange(1, 3, 'hi', '안녕'),
	), sceneOf('udp', 1));
	const svg = whole(flowSvg(flow, words));
	const {text, line, path, rect} = readXml([svg])[0]!;
	t.deepEqual(
		text.filter(part => !/^\d\d:\d\d:/.test(part)),
		[
			'client 1',
			':51001',
			'server',
			':12000',
			'●',
			'bound 127.0.0.1:12000',
			'9 B "<a & "b">" ~lost',
			'4 B "soon"',
			'2 B "hi"',
			'6 B "안녕"',
			words.unseen.udp,
		],
	);
	t.deepEqual(
		text.filter(part => /^\d\d:\d\d:/.test(part)),
		['03:04:05.000', '03:04:05.001', '03:04:05.002', '03:04:05.003', '03:04:05.005'],
	);
	// Two lanes, four arrows, one cross; two heads: what is lost or under way has none.
	t.deepEqual([line.length, path.length, rect.length], [8, 2, 1]);
	t.regex(svg, /stroke-dasharray/);
	t.notRegex(svg, /href|url\(|<script|<style/);
});

test('a picture has at most 24 lanes, of the first and of the latest exchanges, and tells the others in words', t => {
	if (!isInstalled('python3')) {
		skipped(t, 'python3 is not installed');
		return;
	}

	const told = Array.from({length: 60}, (_, index) => [
		...handshake(index + 1),
		chunk('chunk-received', index + 1, 'connection', {number: 1, offset: 0, text: `hello ${index + 1}`}),
	]).flat();
	const flow = flowOf(eventsOf(...told), sceneOf('tcp', 60), 1000);
	const svg = whole(flowSvg(flow, words));
	const {text} = readXml([svg])[0]!;
	t.deepEqual(text.filter(part => /^(?:client|connection) \d+$|^welcoming$/.test(part)), [
		...[1, 2, 3, 4, 5, 6, 55, 56, 57, 58, 59, 60].map(number => `client ${number}`),
		'welcoming',
		...[1, 2, 3, 4, 5, 55, 56, 57, 58, 59, 60].map(number => `connection ${number}`),
	]);
	t.true(Number(/width="(\d+)"/.exec(svg)?.[1]) <= 6000);
	for (let client = 1; client <= 60; client++) {
		t.is(text.filter(part => part.includes(`"hello ${client}"`)).length, 1, `client ${client}`);
	}

	t.true(text.includes('client 30 ─ 8 B "hello 30" ─► connection 30'));
});

test('what the kernel did has no time in a picture', t => {
	const times = (svg: string): number => svg.match(/\d\d:\d\d:\d\d\.\d{3}/g)?.length ?? 0;
	const svg = whole(flowSvg(flowOf(eventsOf(...handshake(1)), sceneOf('tcp', 1)), words));
	t.is(times(svg), 2, 'SYN and accept(), but neither SYN+ACK nor ACK');
});

test('a picture that does not begin with the first step says so', t => {
	const events = eventsOf(...exchange(1, 1, 'a', 'b'));
	t.true(whole(flowSvg(flowOf(events, sceneOf('udp'), 1), words)).includes('>… older steps are not in this file</text>'));
	t.false(whole(flowSvg(flowOf(events, sceneOf('udp'), 2), words)).includes('older'));
});

test('every type of event and any bytes make well-formed XML', t => {
	if (!isInstalled('python3')) {
		skipped(t, 'python3 is not installed');
		return;
	}

	const flows = [
		flowOf([], sceneOf('udp')),
		flowOf([], {protocol: 'tcp', clients: []}),
		flowOf(eventsOf(...Object.values(everyType)), sceneOf('tcp')),
		flowOf(eventsOf(...Object.values(everyType)), sceneOf('tcp'), 3),
		flowOf(eventsOf(...Object.values(everyType)), sceneOf('tcp', 50)),
		...fc
			.sample(fc.array(markupBytes, {minLength: 1, maxLength: 6}), 300)
			.map(payloads => flowOfPayloads(payloads)),
	];
	const read = readXml(flows.map(flow => whole(flowSvg(flow, words))));
	t.is(read.length, flows.length);
	for (const [index, {steps}] of flows.entries()) {
		const labels = steps
			.filter(({kind, to}) => kind === 'datagram' && to?.lane === 'server')
			.map(step => stepLabel(step, 69, words));
		t.true(labels.every(label => read[index]!.text.some(text => text.startsWith(label.slice(0, 8)))), `${index}`);
	}
});

test('what XML cannot hold, or reads as markup, is replaced', t => {
	t.is(xmlText('<a href="x">\'&\''), '&lt;a href=&quot;x&quot;&gt;&apos;&amp;&apos;');
	t.is(xmlText('\u{0}\u{1B}\u{FFFE}\u{D800}a\t\n👋'), '\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}a\t\n👋');
});

test('what never arrives is red, also where it is told in words between lanes that the picture has no room for', t => {
	const told = Array.from({length: 40}, (_, index): Told => [
		index + 1, sent(1, 'hi', {to: server, arrival: {type: index === 20 ? 'lost' : 'under-way'}}),
	]);
	const svg = whole(flowSvg(flowOf(eventsOf(...told), sceneOf('udp', 40)), words));
	const inWords = svg.split('\n').filter(line => line.startsWith('<text') && line.includes('client 2') && line.includes('server'));
	const coloured = inWords.map(line => [/client \d+/.exec(line)?.[0], /fill="(#\w+)"/.exec(line)?.[1]]);
	t.true(coloured.length > 3);
	t.deepEqual(coloured.filter(([, colour]) => colour === '#b00020'), [['client 21', '#b00020']]);
});
