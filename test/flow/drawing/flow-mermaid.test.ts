import test from 'ava';
import fc from 'fast-check';
import mermaid from 'mermaid';
import type {EventType} from '../../../source/log/event.ts';
import {kindOf} from '../../../source/log/event-kinds.ts';
import {flowMermaid} from '../../../source/flow/drawing/export.ts';
import {laneName, lanePorts, stepLabel} from '../../../source/flow/drawing/label.ts';
import {flowOfPayloads, markupBytes} from '../_payloads.ts';
import {
	eventsOf, everyType, exchange, flowOf, payload, sceneOf, sent, server, serverAt, words, whole,
} from '../_scenes.ts';

/**
What Mermaid reads: the labels of messages and notes in their order, and the lanes' names. Its own entities are undone.
*/
type ReadBack = {readonly labels: readonly string[]; readonly lanes: readonly string[]};

// Its kinds of diagrams are known from here on.
mermaid.initialize({startOnLoad: false});

/** @throws what Mermaid cannot read */
async function readBack(text: string): Promise<ReadBack> {
	// It is deprecated, but nothing else gives what was read without drawing it, which takes a browser.
	const {db} = await mermaid.mermaidAPI.getDiagramFromText(text);
	const {getMessages, getActors} = db as unknown as {
		getMessages(): ReadonlyArray<{message: string}>;
		getActors(): ReadonlyMap<string, {description: string}>;
	};
	const undo = (label: string): string =>
		label.replaceAll(/ﬂ°°(\d+)¶ß/g, (_, code: string) => String.fromCodePoint(Number(code)));
	return {
		labels: getMessages.call(db).map(({message}) => undo(message)),
		lanes: [...getActors.call(db).values()].map(({description}) => undo(description)),
	};
}

test('a diagram is a sequence diagram: what is lost ends in a cross, what is under way, or what nobody is known to have got, no head', t => {
	const flow = flowOf(eventsOf(
		[server, {type: 'socket-bound', local: serverAt}],
		...exchange(1, 1, 'hi', 'HI'),
		[1, sent(2, 'a;b', {to: server, arrival: {type: 'lost'}})],
		[1, sent(3, '안녕', {to: server, arrival: {type: 'under-way'}})],
		[1, sent(4, 'out')],
		[1, {
			type: 'datagram-sent', peer: serverAt, number: 5, isVacant: true, ...payload('gone'),
		}],
	), sceneOf('udp', 1));
	t.is(whole(flowMermaid(flow, words)), [
		'sequenceDiagram',
		'\tparticipant L1 as client 1 #58;51001',
		'\tparticipant L2 as 127.0.0.1#58;5555',
		'\tparticipant L3 as server #58;12000',
		'\tNote over L3: ● bound 127.0.0.1#58;12000',
		'\tL1->>L3: 2 B #34;hi#34;',
		'\tL3->>L1: 2 B #34;HI#34;',
		'\tL1-xL3: 3 B #34;a#59;b#34; #126;lost',
		'\tL1-->L3: 6 B #34;안녕#34;',
		'\tL1->>L2: 3 B #34;out#34;',
		'\tL1->L3: 4 B #34;gone#34;',
		`%% ${words.unseen.udp}`,
		'',
	].join('\n'));
});

test('Mermaid reads every type of event', async t => {
	const flow = flowOf(eventsOf(...Object.values(everyType)), sceneOf('tcp'));
	const {steps, lanes} = flow;
	const {labels, lanes: names} = await readBack(whole(flowMermaid(flow, words)));
	t.is(labels.length, steps.length);
	t.deepEqual(names, lanes.map(lane => [laneName(lane, words), lanePorts(lane)].filter(Boolean).join(' ')));
	const drawn = (Object.keys(everyType) as EventType[]).filter(type => kindOf(type).flow);
	t.true(drawn.length > 20);
	t.true(steps.length >= drawn.length);
});

test('Mermaid reads every label unchanged, for any payload', async t => {
	await fc.assert(fc.asyncProperty(fc.array(markupBytes, {minLength: 1, maxLength: 8}), async payloads => {
		const flow = flowOfPayloads(payloads);
		const {labels} = await readBack(whole(flowMermaid(flow, words)));
		t.deepEqual(labels, flow.steps.map(step => stepLabel(step, 120, words)));
	}), {numRuns: 200});
});

test('a diagram without steps can be read', async t => {
	await t.notThrowsAsync(async () => mermaid.parse(whole(flowMermaid(flowOf([], sceneOf('udp')), words))));
});

test('Mermaid refuses what is no diagram', async t => {
	await t.throwsAsync(async () => mermaid.parse('sequenceDiagram\n\tL1->>L2 no colon'));
});

test('Mermaid passes over the line which says that a diagram does not begin with the first step', async t => {
	const flow = flowOf(eventsOf(...exchange(1, 1, 'a', 'b')), sceneOf('udp'), 1);
	t.is(whole(flowMermaid(flow, words)).split('\n')[0], '%% … older steps are not in this file');
	const {labels} = await readBack(whole(flowMermaid(flow, words)));
	t.is(labels.length, 1);
	t.false(whole(flowMermaid(flowOf(eventsOf(...exchange(1, 1, 'a', 'b')), sceneOf('udp')), words)).includes('older'));
});
