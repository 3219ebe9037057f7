import test from 'ava';
import {flowEn, flowKo} from '../../../source/screen/words/panes/flow-words.ts';
import {drawFlow, flowText} from '../../../source/flow/drawing/terminal.ts';
import textWidth from '../../../source/text/width/width.ts';
import {
	eventsOf, everyType, exchange, flowOf, passedIn, sceneOf, sent, server, textOf, type Told, whole,
} from '../_scenes.ts';

/**
What is the same in every language: flags, calls, errno names, units, and conditions of the link as they are typed.
*/
const names = /\b(?:SYN|ACK|ICMP|K|FIN|RST|connect|accept|send|bind|listen|E[A-Z]+|B|ms|s|hi|loss)\b|"[^"]*"/g;

/** A datagram that the simulated link has delayed, doubled, changed and more. */
const linked: readonly Told[] = [
	[1, sent(2, 'hi', {to: server, fate: {type: 'lost', cause: 'queue'}})],
	[1, sent(3, 'hi', {to: server, fate: {type: 'lost', cause: 'loss'}})],
	[1, sent(4, 'hi', {to: server, fate: passedIn(9, {discarded: 1})})],
	[1, sent(5, 'hi', {to: server, fate: passedIn(9, {discarded: 1, refused: 1})})],
	[
		1,
		sent(6, 'hi', {
			to: server,
			fate: passedIn(904, {
				overtakenBy: 7,
				isHeldBack: true,
				copies: [{delay: 904, corruption: {at: 2, xor: 1}}, {delay: 905}],
			}),
		}),
	],
	...Array.from({length: 5}, (_, index): Told => [1, sent(7, 'hi', {fate: passedIn(80, {overtakenBy: index})})]),
];

for (const [name, told, protocol] of [
	['every type of event', Object.values(everyType), 'tcp'],
	['the simulated link', linked, 'udp'],
	['an exchange', exchange(1, 1, 'hi', 'hi'), 'udp'],
] as const) {
	test(`in Korean, ${name} has no English but names`, t => {
		const events = eventsOf(...told);
		const flow = flowOf(events, sceneOf(protocol, 1));
		const text = [
			...whole(flowText({...flow, isWhole: false}, flowKo)).split('\n'),
			...drawFlow(flow, {words: flowKo, columns: 300, focus: undefined}).lines.map(line => textOf(line)),
		];
		t.deepEqual(text.map(line => line.replaceAll(names, '')).filter(line => /[a-z]/i.test(line)), []);
		t.true(text.some(line => line.includes('클라이언트 1'))
			&& text.some(line => line.includes(protocol === 'udp' ? '서버' : '환영 소켓')));
	});
}

test('what is not drawn is told whole beneath a diagram of 80 columns, urgent data among it', t => {
	for (const {unseen} of [flowEn, flowKo]) {
		for (const text of Object.values(unseen)) {
			t.true(textWidth(text) <= 78);
		}
	}

	t.regex(flowEn.unseen.tcp, /urgent/);
	t.regex(flowKo.unseen.tcp, /긴급/);
});
