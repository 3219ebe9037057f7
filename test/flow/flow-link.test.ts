import test from 'ava';
import type {SocketEvent} from '../../source/log/event.ts';
import type {DatagramLinkFate, StreamLinkFate} from '../../source/log/delivery/link-fate.ts';
import {isSameLink, joinLinks, linkOfDatagram} from '../../source/flow/step.ts';
import {flowMermaid, flowSvg} from '../../source/flow/drawing/export.ts';
import {flowText} from '../../source/flow/drawing/terminal.ts';
import {stepLabel} from '../../source/flow/drawing/label.ts';
import {draw} from './_drawing.ts';
import {
	briefs,
	chunk,
	eventsOf,
	flowOf,
	handshake,
	passedIn,
	payload,
	received,
	sceneOf,
	sent,
	server,
	textsOf,
	type Told,
	words,
	whole,
} from './_scenes.ts';

const scene = sceneOf('udp', 1);
const isRead = {to: server, arrival: {type: 'read', number: 1}} as const;

/** What is written at the arrows, in a diagram of this many columns. */
function labels(told: readonly Told[], columns = 120, protocol: 'udp' | 'tcp' = 'udp'): string[] {
	return flowOf(eventsOf(...told), sceneOf(protocol, 1)).steps.map(step => `${step.to?.fate}: ${stepLabel(step, columns, words)}`);
}

/** A datagram to the server, or to another program's address. */
function datagram(fate: DatagramLinkFate, more: Parameters<typeof sent>[2] = isRead): Told {
	return [1, sent(1, 'hello', {...more, fate})];
}

test('what the link has lost ends in a cross, and says that it was the link, to whomever it was sent', t => {
	const lost = {type: 'lost', cause: 'loss'} as const;
	const told = [datagram(lost, {to: server, arrival: {type: 'lost'}}), datagram(lost, {})];
	t.deepEqual(labels(told), ['lost: 5 B "hello" lost by the link', 'lost: 5 B "hello" lost by the link']);
	t.deepEqual(labels([datagram({type: 'lost', cause: 'queue'})]), ['lost: 5 B "hello" lost: link queue full']);
	t.deepEqual(labels([datagram({type: 'lost', cause: 'next'})]), ['lost: 5 B "hello" lost by the link, as ordered']);
	t.regex(textsOf(draw(eventsOf(told[0]!), scene, 60, 'client:1')).at(-1)!, / ├─ 5 B "hello" lost by the link ─+✗ │$/);
});

test('in less room it is told in fewer words', t => {
	const told = [datagram({type: 'lost', cause: 'queue'})];
	t.deepEqual(
		[25, 24, 20, 16, 12, 9, 3].map(columns => labels(told, columns)[0]!.slice('lost: '.length)),
		[
			'5 B "hello" lost by link',
			'5 B "hello" lost by link',
			'5 B "hello" by link',
			'5 B "he… by link',
			'5 B by link',
			'by link',
			'by…',
		],
	);
});

test('a delayed datagram carries its delay, also while it is on the link', t => {
	t.deepEqual(labels([datagram(passedIn(140.2))]), ['arrived: 5 B "hello" link: +140 ms']);
	t.deepEqual(labels([datagram(passedIn(140, {onTheLink: 1}), {to: server, arrival: {type: 'under-way'}})]), [
		'under-way: 5 B "hello" link: +140 ms …',
	]);
	t.deepEqual(labels([datagram(passedIn(140, {onTheLink: 1}), {})]), ['under-way: 5 B "hello" link: +140 ms …']);
	t.deepEqual(labels([datagram(passedIn(140), {})]), ['left: 5 B "hello" link: +140 ms']);
	t.deepEqual(labels([datagram(passedIn(0.4))]), ['arrived: 5 B "hello"']);
	t.deepEqual(labels([datagram(passedIn(140), {to: server, arrival: {type: 'lost'}})]), [
		'lost: 5 B "hello" link: +140 ms ~lost',
	]);
});

test('what is overtaken, held back or changed says so; the least important goes first where there is no room', t => {
	const told = [
		datagram(passedIn(904, {
			overtakenBy: 7, isHeldBack: true, copies: [{delay: 904, corruption: {at: 2, xor: 1}}],
		})),
	];
	t.deepEqual([90, 70, 60, 45, 30, 26, 8].map(columns => labels(told, columns)[0]!.slice('arrived: '.length)), [
		'5 B "hello" link: +904 ms · byte 3 changed · held back · arrived after write 7',
		'5 B "hello" +904 ms · byte 3 changed · arrived after write 7 · …',
		'5 B "hello" +904 ms · arrived after write 7 · …',
		'5 B "hello" arrived after write 7 · …',
		'5 B "hello" ≈',
		'5 B "hello" ≈',
		'5 B "he…',
	]);
});

test('two copies arrive apart from where they were sent, which says how many; the second says that it is the second', t => {
	const copies = [{delay: 152, corruption: {at: 0, xor: 4}}, {delay: 140}];
	const told: Told[] = [
		datagram(passedIn(0, {copies})),
		[server, received(1, 'hello', {from: 1, write: 1, passage: {copy: 1, delay: 140}})],
		[
			server,
			received(2, 'lello', {from: 1, write: 1, passage: {copy: 2, delay: 152, corruption: {at: 0, xor: 4}}}),
		],
	];
	t.deepEqual(labels(told), [
		'arrived: 5 B "hello" link: 2 copies · +140 ms',
		'arrived: 5 B "hello" arrives',
		'arrived: 5 B "lello" link: 2nd copy · +152 ms · byte 1 changed',
	]);
	// The second copy to another program's address has no arrow of its own.
	t.deepEqual(labels([datagram(passedIn(0, {copies}), {})]), [
		'left: 5 B "hello" link: 2 copies · +140–152 ms · byte 1 of copy 2 changed',
	]);
	t.deepEqual(labels(told.slice(1, 2)), ['arrived: 5 B "hello" link: 1st copy · +140 ms']);
});

test('both arrows of two copies stay apart from others, however long they take and with any events between', t => {
	const told: Told[] = [
		datagram(passedIn(0, {copies: [{delay: 2}, {delay: 2000}]})),
		[server, received(1, 'hello', {from: 1, write: 1, passage: {copy: 1, delay: 2}})],
		[1, sent(2, 'next', {to: server, arrival: {type: 'read', number: 2}})],
		[server, received(2, 'next', {from: 1, write: 2})],
		[server, received(3, 'hello', {from: 1, write: 1, passage: {copy: 2, delay: 2000}})],
	];
	t.deepEqual(labels(told), [
		'arrived: 5 B "hello" link: 2 copies · +2.0 ms',
		'arrived: 5 B "hello" arrives',
		'arrived: 4 B "next"',
		'arrived: 5 B "hello" link: 2nd copy · +2.0 s',
	]);
});

test('what was discarded, or refused by the OS, is lost, and says why', t => {
	t.deepEqual(labels([datagram(passedIn(9, {discarded: 1}))]), [
		'discarded: 5 B "hello" never left the link: closed',
	]);
	t.deepEqual(labels([datagram(passedIn(9, {discarded: 1, refused: 1}))]), [
		'refused: 5 B "hello" refused by the OS',
	]);
	t.deepEqual(labels([datagram(passedIn(9, {copies: [{delay: 9}, {delay: 12}], discarded: 1}))]), [
		'arrived: 5 B "hello" 2 copies · 1 of 2 copies never left the link: closed · +9.0 ms',
	]);
});

test('a datagram to a closed socket is lost when it has left the link, and nobody has got it', t => {
	const vacant = (onTheLink: number, isUnbound?: true): Told => [
		1,
		{
			type: 'datagram-sent',
			peer: {host: '127.0.0.1', port: 12_000},
			number: 1,
			isVacant: true,
			...(isUnbound && {isUnbound}),
			fate: passedIn(140, {onTheLink}),
			...payload('hello'),
		},
	];
	t.deepEqual(labels([vacant(1), vacant(0), vacant(0, true)]), [
		'under-way: 5 B "hello" link: +140 ms …',
		'unknown: 5 B "hello" link: +140 ms',
		'lost: 5 B "hello" link: +140 ms no socket',
	]);
});

test('a datagram that has found no socket says so, over the link and without it', t => {
	const unbound = (fate?: ReturnType<typeof passedIn>): Told => [1, {
		type: 'datagram-sent',
		peer: {host: '127.0.0.1', port: 5555},
		number: 1,
		isUnbound: true,
		...(fate && {fate}),
		...payload('hello'),
	}];
	t.deepEqual(labels([unbound(passedIn(140))]), ['lost: 5 B "hello" link: +140 ms no socket']);
	t.deepEqual(labels([unbound()]).slice(0, 1), ['lost: 5 B "hello" no socket']);
});

test('equal ones fold, with the shortest and the longest delay; what became of them otherwise must be the same', t => {
	const ping = (delay: number, more: Parameters<typeof passedIn>[1] = {}): Told => [
		1,
		sent(1, 'ping', {fate: passedIn(delay, more)}),
	];
	t.deepEqual(labels([80, 140, 120, 90].map(delay => ping(delay))), ['left: 4 B "ping" link: +80–140 ms × 4']);
	t.deepEqual(labels([5, 6, 7, 8].map(overtakenBy => ping(80, {overtakenBy}))), [
		'left: 4 B "ping" link: +80 ms · reordered × 4',
	]);
	t.deepEqual(labels([6, 6, 6, 6].map(overtakenBy => ping(80, {overtakenBy}))), [
		'left: 4 B "ping" link: +80 ms · arrived after write 6 × 4',
	]);
	const lost: Told = [1, sent(1, 'ping', {fate: {type: 'lost', cause: 'loss'}})];
	t.is(labels([ping(80), ping(80), lost, ping(80), ping(80)]).length, 5);
	t.is(labels([ping(80), ping(80), ping(80, {isHeldBack: true}), ping(80), ping(80)]).length, 5);
	t.deepEqual(labels(Array.from({length: 240}, () => lost)), ['lost: 4 B "ping" lost by the link × 240']);
});

test('many thousand folded delays are no problem', t => {
	const links = Array.from({length: 200_000}, (_, index) => linkOfDatagram(passedIn(1 + index), false));
	t.deepEqual(joinLinks(links)?.delay, {least: 1, most: 200_000});
	t.is(joinLinks([]), undefined);
});

test('a link that is told and one that is not are not the same', t => {
	const link = linkOfDatagram(passedIn(5), false);
	t.false(isSameLink(link, undefined));
	t.false(isSameLink(undefined, link));
	t.true(isSameLink(undefined, undefined));
	t.true(isSameLink(link, linkOfDatagram(passedIn(6), false)));
	t.false(isSameLink(link, linkOfDatagram(passedIn(0), false)));
});

const stream: StreamLinkFate = {
	type: 'stream', onTheLink: 0, discarded: 0, segments: 1, delay: 140,
};

test('a write that is on the link says how much of it is; a write carries its delay where it was sent', t => {
	const write = (fate: StreamLinkFate): Told => chunk('chunk-sent', 1, 'client', {
		number: 1, offset: 0, text: 'hello', fate,
	});
	const readOf = (number: number, offset: number, text: string): Told =>
		chunk('chunk-received', 1, 'connection', {number, offset, text});
	const told = (...events: readonly Told[]): string[] => labels([...handshake(1), ...events], 120, 'tcp').slice(4);
	t.deepEqual(told(write({...stream, onTheLink: 3, delay: undefined})), ['under-way: 5 B "hello" 3 B on the link']);
	t.deepEqual(told(write(stream), readOf(1, 0, 'hello')), ['arrived: 5 B "hello" link: +140 ms', 'arrived: 5 B "hello" arrives']);
	t.deepEqual(told(write({...stream, segments: 2}), readOf(1, 0, 'hel'), readOf(2, 3, 'lo')), [
		'arrived: 5 B "hello" link: +140 ms · in 2 segments',
		'arrived: 3 B "hel" write 1, bytes 0–2 arrives',
		'arrived: 2 B "lo" write 1, bytes 3–4 arrives',
	]);
	t.deepEqual(told(write({...stream, discarded: 5, delay: undefined})), [
		'discarded: 5 B "hello" never left the link: closed',
	]);
});

test('a write to another program\'s address tells all that is known of it', t => {
	const write = (fate: StreamLinkFate): Told => [1, {
		type: 'chunk-sent', peer: {host: '192.0.2.1', port: 80}, number: 1, offset: 0, ...payload('hello'), fate,
	}];
	t.deepEqual(
		[
			stream,
			{...stream, segments: 3},
			{...stream, onTheLink: 2},
			{...stream, discarded: 5},
			{...stream, discarded: 2},
		].map(fate => labels([write(fate)], 120, 'tcp')[0]),
		[
			'left: 5 B "hello" link: +140 ms',
			'left: 5 B "hello" link: +140 ms · in 3 segments',
			'under-way: 5 B "hello" 2 B on the link · +140 ms …',
			'discarded: 5 B "hello" never left the link: closed',
			'left: 5 B "hello" 2 B never left the link: closed · +140 ms',
		],
	);
});

test('every way to draw or write the diagram says the same', t => {
	const events: SocketEvent[] = eventsOf(
		[1, {type: 'link-changed', conditions: 'loss 30 %', seed: 7}],
		[1, {type: 'loss-ordered'}],
		datagram({type: 'lost', cause: 'loss'}),
		datagram(passedIn(140)),
	);
	const flow = flowOf(events, scene);
	const wanted = [
		'≈ simulated link loss 30 %',
		'≈ simulated link loses the next datagram',
		'lost by the link',
		'+140 ms',
	];
	const text = whole(flowText(flow, words));
	const mermaid = whole(flowMermaid(flow, words)).replaceAll(/#(\d+);/g, (_, code: string) =>
		String.fromCodePoint(Number(code)));
	const svg = whole(flowSvg(flow, words));
	for (const part of wanted) {
		for (const drawn of [text, mermaid, svg.replaceAll(/>≈<[^≈]*?>(?=simulated)/g, '>≈ ')]) {
			t.true(drawn.includes(part), `${part} in ${drawn}`);
		}
	}

	t.regex(mermaid, /L1-xL2: 5 B .*lost by the link/);
});

test('a link that is changed where no socket is does not open one', t => {
	const changed: Told = [1, {type: 'link-changed', conditions: 'loss 30 %', seed: 7}];
	const [first, second] = textsOf(draw(eventsOf(changed, [1, {type: 'socket-bound', local: {host: '0.0.0.0', port: 51_001}}]), scene, 80, 'client:1')).slice(2);
	t.regex(first!, /≈ simulated link loss 30 %/);
	t.regex(second!, /● bound/);
	const before = textsOf(draw(
		eventsOf([server, {type: 'socket-bound', local: {host: '127.0.0.1', port: 12_000}}], [1, {type: 'loss-ordered'}]),
		scene,
		80,
		'client:1',
	))[2]!;
	t.notRegex(before, /│/);
});

test('what is simulated, or stands still because somebody wanted it, is drawn as a warning', t => {
	const notices: Told[] = [
		[1, {type: 'link-changed', conditions: 'loss 30 %', seed: 7}],
		[1, {type: 'loss-ordered'}],
		[1, {type: 'reading-stopped', peer: {host: '127.0.0.1', port: 12_000}}],
	];
	const {lines} = draw(eventsOf(...notices), scene, 80, 'client:1');
	t.deepEqual(lines.map(line => line.filter(({tone}) => tone === 'warning').map(({text}) => text.trim()).join(' ')), [
		'≈ simulated link loss 30 %', '≈ simulated link loses the next datagram', '├ reading stopped',
	]);
});

test('a reset between two sockets of the playground is one arrow, with the error of the read', t => {
	const failure = {code: 'ECONNRESET', syscall: 'read', message: ''};
	const ended = (...more: readonly Told[]): string[] =>
		briefs(flowOf(
			eventsOf(...handshake(1), [1, {type: 'reset-sent', peer: {host: '127.0.0.1', port: 12_000}}], ...more),
			sceneOf('tcp', 1),
		)).slice(4);
	const peer = {host: '127.0.0.1', port: 51_001};
	const closed = {
		type: 'socket-closed', peer, local: {host: '127.0.0.1', port: 12_000}, discarded: 0,
	} as const;
	t.deepEqual(ended([server, {type: 'reset-received', peer, failure}, 1]), ['client:1 reset arrived connection:1 ECONNRESET']);
	t.deepEqual(ended(), ['client:1 reset under-way connection:1']);
	t.deepEqual(ended([server, closed, 1]), ['client:1 reset left connection:1', 'connection:1 socket-closed 0']);
	t.deepEqual(ended([server, {type: 'fin-sent', peer}, 1], [server, {type: 'reset-received', peer, failure}, 1]), [
		'client:1 reset arrived connection:1 ECONNRESET',
	], 'behind a RST nothing is sent');
});
