import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import {type SocketEvent, unknownElapsed} from '../../../source/log/event.ts';
import type {RowContext} from '../../../source/screen/panes/geometry.ts';
import {eventText} from '../../../source/screen/panes/rows/event-text.ts';
import {drawRow, isOfServer} from '../../../source/screen/panes/rows/row-lines.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import {framings} from '../../../source/text/framing.ts';
import textWidth from '../../../source/text/width/width.ts';
import {everyEvent} from '../../helpers/every-event.ts';
import {
	row, type RowChanges, sceneView, serverAddress,
} from '../../helpers/terminal-scene.ts';

const wide = {
	inner: 56, logRows: 10, time: 12, peer: 15, payload: 17,
};
const udp: RowContext = {
	geometry: wide,
	protocol: 'udp',
	isServer: false,
	home: undefined,
	payload: 'text',
	server: 1,
	clients: sceneView().clients,
	words: en,
};
const tcp: RowContext = {...udp, protocol: 'tcp', geometry: {...wide, peer: 0, payload: 33}};

function lines(changes: RowChanges, context = udp): string[] {
	return drawRow(row(changes), context).lines.map(line => stripVTControlCharacters(line));
}

test('a datagram is a line with its time, direction, peer, length and payload', t => {
	t.deepEqual(lines({peer: serverAddress, length: 5, payload: 'hello'}), [
		'12:34:56.789 → 127.0.0.1:12000   5 B  hello             ',
	]);
	t.deepEqual(lines({
		type: 'datagram-received', peer: serverAddress, length: 5, payload: 'HELLO', elapsed: 3.14,
	}), ['12:34:56.789 ← 127.0.0.1:12000   5 B  HELLO       3.1 ms']);
});

test('a chunk of a client names no peer, one of a server its connection', t => {
	t.regex(lines({type: 'chunk-sent', length: 5, payload: 'hello'}, tcp)[0]!, /^12:34:56\.789 → +5 B {2}hello/);
	t.regex(lines({
		type: 'chunk-received', socket: 3, length: 5, payload: 'hello',
	}, {...tcp, isServer: true, geometry: {...wide, peer: 12}})[0]!, /← connection 3 +5 B {2}hello/);
});

test('a failure of a socket that a relay has made names no key that would open it again', t => {
	const failure = {code: 'ECONNREFUSED', syscall: 'connect', message: ''};
	for (const words of [en, ko]) {
		const told = lines(
			{
				pane: 2, type: 'connect-failed', socket: 1, peer: serverAddress, failure,
			},
			{
				...tcp, isServer: true, target: 2, words,
			},
		).join(' ');
		t.regex(told, /ECONNREFUSED/);
		t.notRegex(told, /Esc/);
	}
});

test('what comes from another address than those asked is marked, beside its payload or beneath, in both languages', t => {
	const row = {type: 'datagram-received', peer: {host: '127.0.0.1', port: 9}} as const;
	t.regex(lines({
		...row, length: 1, payload: 'x', isThirdParty: true,
	}, {...udp, geometry: {...wide, inner: 100}})[0]!, /x +from a third party$/);
	const payload = 'a payload of 28 characters..';
	for (const words of [en, ko]) {
		const [first, ...others] = lines({
			...row, length: 28, payload, isOtherSource: true, elapsed: 1.5,
		}, {...udp, words, geometry: {...wide, inner: 80, payload: 40}});
		t.true(first!.includes(payload));
		t.regex(first!, / 1\.5 ms$/);
		t.is(others.map(line => line.trim()).join(' '), words.log.otherSource);
	}
});

test('an answer that could be that of several messages says that it has no time', t => {
	const lost = {type: 'datagram-received', length: 2, payload: 'ok'} as const;
	t.regex(lines({...lost, elapsed: unknownElapsed})[0]!, /ok +rtt \?$/);
});

test('a datagram that is too large is told what the limit is, in as many lines as that needs', t => {
	const [first, ...others] = lines({
		type: 'send-failed',
		peer: serverAddress,
		length: 70_000,
		payload: 'xx',
		failure: {code: 'EMSGSIZE', syscall: 'send', message: ''},
	});
	t.regex(first!, /✗ 127\.0\.0\.1:12000 +70000 B/);
	t.is(others.join(' ').replaceAll(/ +/g, ' ').trim(), en.messageTooLong(70_000, 65_507, 4));
	const overIpv6 = lines({
		type: 'send-failed',
		peer: {host: '::1', port: 9},
		length: 70_000,
		payload: 'xx',
		failure: {code: 'EMSGSIZE', syscall: 'send', message: ''},
	});
	t.true(overIpv6.join(' ').replaceAll(/ +/g, ' ').includes(en.messageTooLong(70_000, 65_527, 6)));
});

test('a read with the bytes of several writes says of how many; a datagram that was lost says so', t => {
	t.regex(lines({
		type: 'chunk-received', length: 6, payload: 'onetwo', writes: 2, elapsed: 1,
	}, tcp)[0]!, /onetwo +.* = 2 writes +1\.0 ms$/);
	t.regex(lines({
		peer: serverAddress, length: 5, payload: 'hello', arrival: {type: 'lost'},
	})[0]!, /hello +✗ ~lost$/);
	t.regex(lines({
		peer: serverAddress, length: 5, payload: 'hello', isVacant: true,
	})[0]!, /hello *$/, 'another program may have got it');
	t.regex(lines({
		peer: serverAddress, length: 5, payload: 'hello', isUnbound: true,
	})[0]!, /hello +✗ no socket$/);
	t.regex(lines({
		type: 'chunk-sent', peer: serverAddress, length: 5, payload: 'hello', neverRead: 5,
	}, tcp)[0]!, /hello +✗ never read$/);
	t.regex(lines({
		type: 'chunk-sent', peer: serverAddress, length: 5, payload: 'hello', neverRead: 2,
	}, tcp)[0]!, /hello +✗ 2 B never read$/);
});

test('a message of a stream says which it is, from how many reads, and how long its answer took', t => {
	const message = {
		type: 'message-received', message: 2, length: 12, payload: 'hello, world', frame: {offset: 9, length: 14},
	} as const;
	t.regex(lines({...message, reads: {first: 3, last: 3}}, tcp)[0]!, / ≡ +12 B {2}hello, world +message 2$/);
	const at90 = {...tcp, geometry: {...wide, inner: 90}};
	const several = lines({...message, reads: {first: 3, last: 5}, elapsed: 1}, at90);
	t.regex(several[0]!, / ≡ .* 12 B {2}hello, world +message 2 from 3 reads +1\.0 ms$/);
	const korean = lines({...message, reads: {first: 3, last: 5}}, {...at90, words: ko});
	t.regex(korean[0]!, /메시지 2 · 읽기 3번$/);
});

test('in Korean an option that is chosen is on or off in Korean', t => {
	for (const [value, word] of [[1, '켬'], [0, '끔']] as const) {
		const [line = ''] = lines({type: 'option-chosen', option: {name: 'broadcast', value}}, {...udp, words: ko});
		t.regex(line, new RegExp(`SO_BROADCAST ${word} *$`));
	}
});

test('where its columns are few, a payload and its length stay, and a message has its number alone', t => {
	const narrow = {
		...tcp, isServer: true, geometry: {
			...wide, inner: 48, time: 6, peer: 6,
		},
	};
	const sent = {
		type: 'chunk-sent', socket: 2, length: 14, payload: '\0\u{C}Hello, world', framed: {framing: 'u16be', first: 1, count: 1},
	} as const;
	const read = {
		type: 'message-received', socket: 2, message: 3, length: 5, payload: 'split', reads: {first: 2, last: 3},
	} as const;
	for (const words of [en, ko]) {
		const context = {...narrow, words};
		const [first = ''] = lines(sent, context);
		t.true(first.includes(`14 B  ${String.raw`\0\x0c`}Hel`), first);
		t.true(first.endsWith(words.views.message(1, 1)), first);
		const [second = ''] = lines(read, context);
		t.true(second.includes('5 B  split'), second);
		t.true(drawRow(row(sent), context).isCut, 'it may take more lines, and tells all there');
	}
});

test('what is no message says why, and what a pane takes for one from now on', t => {
	const told = (changes: RowChanges): string => lines(changes, tcp).join(' ').replaceAll(/\s+/g, ' ');
	const failed = {
		type: 'framing-failed', peer: serverAddress, framing: 'u16be', limit: 14, length: 5,
	} as const;
	t.regex(told({...failed, cause: 'unfinished'}), /✗ no message: 5 B of a frame of 14 B/);
	t.regex(told({
		...failed, cause: 'unfinished', limit: 0, length: 1,
	}), /✗ no message: 1 B of a length came/);
	t.regex(told({
		...failed, cause: 'unfinished', framing: 'line', limit: 0,
	}), /✗ no message: 5 B of a line came/);
	t.regex(told({...failed, cause: 'unsendable', length: 300}), /answer of 300 B is not sent: .* u16be holds 14 B/);
	t.regex(told({
		...failed, cause: 'too-long', length: 2 ** 31, limit: 2 ** 20,
	}), /not told as a message: a frame of 2,147,483,648 B.*1\.0 MiB.*u16be/);
	t.regex(told({
		...failed, cause: 'too-long', framing: 'line', length: undefined, limit: 2 ** 20,
	}), /not told as a message: a line,/);
	// A relay holds its bytes, or passes them on.
	const given = {...failed, cause: 'no-room', limit: 2 ** 26} as const;
	t.regex(told(given), /✗ not told as a message: .* 5 B have come.*64\.0 MiB/);
	for (const said of [en, ko].map(words => lines(given, {...tcp, words}).join(' '))) {
		t.notRegex(said, /passed over|건너뜀/);
	}

	for (const framing of framings) {
		t.true(told({type: 'framing-changed', framing}).includes(`from now on: ${framing} (${en.views.framings[framing]})`));
	}
});

const at80 = {...udp, geometry: {...wide, inner: 76, payload: 37}};

/** The end of a row in a pane of 80 columns, behind the length. */
function endOf(changes: RowChanges, context = at80): string {
	const line = lines({
		peer: serverAddress, length: 5, payload: 'hello', ...changes,
	}, context)[0]!;
	return line.slice(38).replaceAll(/ {2,}/g, '  ').trim();
}

const passed = {
	type: 'passed', copies: [{delay: 140}], isHeldBack: false, onTheLink: 0, discarded: 0, overtakenBy: undefined,
} as const;

test('what the link has lost says so, and why where that is known', t => {
	t.is(endOf({fate: {type: 'lost', cause: 'loss'}, arrival: {type: 'lost'}}), 'hello  ✗ lost by the link');
	t.is(endOf({fate: {type: 'lost', cause: 'next'}}), 'hello  ✗ lost by the link, as ordered');
	t.is(endOf({fate: {type: 'lost', cause: 'queue'}}), 'hello  ✗ lost: link queue full');
	t.is(
		endOf({payload: 'x'.repeat(37), length: 1000, fate: {type: 'lost', cause: 'queue'}}),
		`${'x'.repeat(12)}… ✗ lost: link queue full`,
	);
	t.is(endOf({isVacant: true, fate: {type: 'lost', cause: 'loss'}}), 'hello  ✗ lost by the link');
});

test('what the link lets pass says what it makes of it', t => {
	t.is(endOf({fate: passed}), 'hello  link: +140 ms');
	t.is(endOf({fate: {...passed, onTheLink: 1}, arrival: {type: 'under-way'}}), 'hello  link: +140 ms …');
	t.is(
		endOf({fate: {...passed, copies: [{delay: 152}, {delay: 140}], onTheLink: 1}}),
		'hello  2 copies · +140 ms, +152 ms …',
	);
	t.is(endOf({fate: {...passed, copies: [{delay: 0}, {delay: 0.2}]}}), 'hello  link: 2 copies');
	t.is(endOf({fate: {...passed, copies: [{delay: 0, corruption: {at: 2, xor: 1}}]}}), 'hello  link: byte 3 changed');
	const changed = {...passed, copies: [{delay: 7}, {delay: 5, corruption: {at: 2, xor: 1}}]};
	t.is(
		endOf({fate: changed}, {...at80, geometry: {...at80.geometry, inner: 130}}),
		'hello  link: 2 copies · +5.0 ms, +7.0 ms · byte 3 of copy 1 changed',
	);
	t.is(endOf({fate: {...passed, isHeldBack: true}}), 'hello  link: +140 ms · held back');
	t.is(endOf({fate: {...passed, copies: [{delay: 0}], overtakenBy: 7}}), 'hello  link: arrived after write 7');
	t.is(endOf({fate: {...passed, copies: [{delay: 0}]}}), 'hello');
});

test('what the kernel drops behind the link is lost, too, but not by the link; what is still on the link is not lost yet', t => {
	t.is(endOf({fate: passed, arrival: {type: 'lost'}}), 'hello  link: +140 ms  ✗ ~lost');
	t.is(endOf({fate: passed, isVacant: true}), 'hello  link: +140 ms');
	t.is(endOf({fate: passed, isVacant: true, isUnbound: true}), 'hello  link: +140 ms  ✗ no socket');
	t.is(endOf({fate: {...passed, onTheLink: 1}, isVacant: true}), 'hello  link: +140 ms …');
});

test('what never left the link says whether the socket was closed or the system has not taken it', t => {
	const copies = [{delay: 140}, {delay: 152}];
	t.is(endOf({fate: {...passed, discarded: 1}, arrival: {type: 'lost'}}), 'hello  ✗ never left the link: closed');
	t.is(endOf({fate: {...passed, copies, discarded: 2}}), 'hello  ✗ never left the link: closed');
	t.is(endOf({fate: {...passed, discarded: 1, refused: 1}}), 'hello  ✗ refused by the OS');
	const broad = {...at80, geometry: {...at80.geometry, inner: 130}};
	t.is(
		endOf({fate: {...passed, copies, discarded: 1}}, broad),
		'hello  link: 2 copies · +140 ms, +152 ms  ✗ 1 of 2 copies never left the link: closed',
	);
	t.is(endOf({fate: {...passed, copies, discarded: 1}}), 'hello  ≈  ✗ 1 of 2 never left the link');
});

test('a row in which nothing of what the link did has room does not read as if it were still on it', t => {
	const late = {...passed, copies: [{delay: 30}], isHeldBack: true};
	for (const words of [en, ko]) {
		for (let inner = 46; inner < 90; inner++) {
			for (const fate of [late, {...late, overtakenBy: 12}]) {
				const drawn = lines({
					peer: serverAddress, length: 11, payload: 'hello-world', fate, isUnbound: true,
				}, {...udp, words, geometry: {...wide, inner}}).join(' ');
				t.notRegex(drawn, /(?<!·) … +✗/, drawn);
			}
		}
	}
});

test('a framed message over the link shows its number and its fate where there is room, and else the number', t => {
	const fate = {
		type: 'stream', onTheLink: 0, discarded: 0, segments: 1, delay: 140,
	} as const;
	const sent = {
		type: 'chunk-sent', length: 7, payload: 'hello', framed: {framing: 'u16be', first: 3, count: 1},
	} as const;
	for (const words of [en, ko]) {
		const context = (inner: number): RowContext => ({
			...tcp, words, geometry: {
				...wide, inner, time: 6, peer: 0,
			},
		});
		const number = words.views.message(3, 1);
		const [broad = ''] = lines({...sent, fate}, context(90));
		t.true(broad.includes(`${words.views.framed(sent.framed)} `), broad);
		t.true(broad.trimEnd().endsWith(words.link.by(words.link.later(140))), broad);
		const narrow = drawRow(row({...sent, fate}), context(textWidth(number) + 28));
		t.is(narrow.lines.length, 1);
		t.true(stripVTControlCharacters(narrow.lines[0]!).trimEnd().endsWith(`${number} ≈`), narrow.lines[0]);
		// What never arrives is told in any case.
		const lost = lines({...sent, fate: {...fate, discarded: 7}}, context(textWidth(number) + 28));
		t.true(lost[0]!.includes(number), lost[0]);
		t.true(lost.slice(1).join(' ').includes('✗'), lost.join('\n'));
		const whole = drawRow(row({...sent, fate}), context(90), 3).lines.map(line => stripVTControlCharacters(line)).join(' ');
		t.true(whole.includes(words.views.framed(sent.framed)) && whole.includes(words.link.later(140)), whole);
	}
});

test('a payload keeps eight columns: the least important goes first, and an ellipsis stands for it, of all the sign of the link', t => {
	const fate = {
		...passed,
		copies: [{delay: 140, corruption: {at: 0, xor: 1}}, {delay: 1520}],
		isHeldBack: true,
		overtakenBy: 12,
	} as const;
	const ends = [144, 122, 105, 100, 90, 85, 80, 76, 72, 60].map(inner =>
		endOf({payload: 'x'.repeat(60), length: 100, fate}, {...at80, geometry: {...wide, inner}}).replace(
			/^x+… +/,
			'',
		));
	t.deepEqual(ends, [
		'link: 2 copies · +140 ms, +1.5 s · byte 1 of copy 1 changed · held back · arrived after write 12',
		'2 copies · +140 ms · byte 1 of copy 1 changed · arrived after write 12 · …',
		'2 copies · +140 ms · arrived after write 12 · …',
		'2 copies · +140 ms · arrived after write 12 · …',
		'2 copies · arrived after write 12 · …',
		'2 copies · arrived after write 12 · …',
		'arrived after write 12 · …',
		'arrived after write 12 · …',
		'arrived after write 12 · …',
		'≈',
	]);
	for (let inner = 56; inner < 140; inner++) {
		const line = lines({
			peer: serverAddress, payload: 'x'.repeat(100), length: 100, fate,
		}, {...at80, geometry: {...wide, inner}})[0]!;
		t.is(textWidth(line), inner);
		t.regex(line, inner < 76 ? /x{3}/ : /x{7}/);
	}
});

test('a write to a stream says what of it is on the link, how late it was, in how many segments, and what never left', t => {
	const stream = {
		type: 'stream',
		onTheLink: 0,
		discarded: 0,
		segments: 1,
		delay: 140,
	} as const;
	const context = {...at80, protocol: 'tcp', geometry: {...at80.geometry, peer: 0}} as const;
	const end = (changes: RowChanges): string =>
		lines(
			{
				type: 'chunk-sent',
				peer: serverAddress,
				length: 5,
				payload: 'hello',
				...changes,
			},
			context,
		)[0]!
			.slice(22)
			.replaceAll(/ {2,}/g, '  ')
			.trim();
	t.is(end({fate: {...stream, onTheLink: 3, delay: undefined}}), 'hello  3 B on the link …');
	t.is(end({fate: stream}), 'hello  link: +140 ms');
	t.is(end({fate: {...stream, segments: 3}}), 'hello  link: +140 ms · in 3 segments');
	t.is(end({fate: {...stream, segments: 3, delay: 0.4}}), 'hello  link: in 3 segments');
	t.is(end({fate: {...stream, delay: 0.4}}), 'hello');
	t.is(end({fate: {...stream, discarded: 3, delay: undefined}}), 'hello  ✗ 3 B never left the link: closed');
	t.is(
		end({fate: {...stream, discarded: 3, delay: undefined}, neverRead: 5}),
		'hello  ✗ 3 B never left the link  ✗ 2 B never read',
	);
	t.is(end({fate: {...stream, onTheLink: 5, delay: undefined}, neverRead: 5}), 'hello  5 B on the link …');
	t.is(end({fate: stream, neverRead: 5}), 'hello  link: +140 ms  ✗ never read');
});

test('where a pane is too narrow to say beside the payload why it never arrives, that stands beneath', t => {
	const narrow = {
		...udp, geometry: {
			...wide, inner: 46, time: 9, payload: 11,
		},
	};
	const drawn = (changes: RowChanges): string[] => lines({
		peer: serverAddress, length: 11, payload: 'hello-world', ...changes,
	}, narrow);
	const row = '34:56.789 → 127.0.0.1:12000  11 B  hello-world';
	t.deepEqual(drawn({fate: {type: 'lost', cause: 'loss'}}), [row, '            ✗ lost by the link'.padEnd(46)]);
	t.deepEqual(drawn({fate: passed, arrival: {type: 'lost'}}), [row, '            link: +140 ms  ✗ ~lost'.padEnd(46)]);
	t.deepEqual(drawn({arrival: {type: 'lost'}}), [row, '            ✗ ~lost'.padEnd(46)]);
	t.deepEqual(drawn({fate: passed}), ['34:56.789 → 127.0.0.1:12000  11 B  hello-wo… ≈']);
	t.deepEqual(drawn({fate: {...passed, copies: [{delay: 29}]}}), ['34:56.789 → 127.0.0.1:12000  11 B  hel… +29 ms']);
	for (let inner = 30; inner < 140; inner++) {
		for (const fate of [{type: 'lost', cause: 'queue'} as const, {...passed, discarded: 1}]) {
			t.deepEqual(new Set(lines({
				peer: serverAddress, length: 11, payload: 'hello-world', fate,
			}, {...narrow, geometry: {...narrow.geometry, inner}}).map(line => textWidth(line))), new Set([inner]));
		}
	}
});

test('in Korean it says the same', t => {
	const korean = {...at80, words: ko};
	t.is(endOf({fate: {type: 'lost', cause: 'loss'}}, korean), 'hello  ✗ 링크에서 유실');
	t.is(endOf({fate: {...passed, copies: [{delay: 140}, {delay: 140}]}}, korean), 'hello  링크: 중복 2개 · +140 ms');
});

test('a narrow pane has the time without milliseconds', t => {
	t.regex(lines({length: 1, payload: 'x'}, {
		...tcp, geometry: {
			...wide, inner: 40, time: 9, peer: 0, payload: 20,
		},
	})[0]!, /^34:56\.789 → /);
});

test('a row of any kind fills its lines exactly', t => {
	const types = [
		'socket-bound',
		'listening-started',
		'bind-failed',
		'connect-failed',
		'connection-accepted',
		'connection-rejected',
		'connect-started',
		'connection-opened',
		'fin-sent',
		'fin-received',
		'reset-received',
		'backpressure-started',
		'backpressure-ended',
		'send-refused',
		'socket-closed',
		'rule-changed',
		'closing-changed',
		'reply-unchanged',
		'destination-changed',
		'datagram-sent',
		'chunk-received',
		'send-failed',
		'socket-failed',
		'listen-failed',
	] as const;
	for (const type of types) {
		for (const context of [udp, tcp, {...udp, isServer: true}, {...tcp, isServer: true}]) {
			for (const payload of ['', '안녕하세요 👨‍👩‍👧 세계', '\u{1B}[2J\u{202E}', 'x'.repeat(400)]) {
				const drawn = lines({
					type,
					socket: 2,
					peer: serverAddress,
					local: serverAddress,
					length: 123_456,
					payload,
					limit: 7,
					waiting: 7,
					discarded: 7,
					rule: 'echo',
					destination: 'host:1',
					elapsed: 12.3,
					failure: {code: 'ECONNREFUSED', syscall: 'connect', message: ''},
				}, context);
				t.true(drawn.length > 0);
				t.deepEqual(new Set(drawn.map(line => textWidth(line))), new Set([56]));
			}
		}
	}
});

test('every sentence has its event\'s own values', t => {
	const told = (event: SocketEvent): string =>
		drawRow(event, {...udp, isServer: true}).lines
			.map(line => stripVTControlCharacters(line))
			.join(' ')
			.replaceAll(/ +/g, ' ');
	for (const event of Object.values(everyEvent)) {
		t.notRegex(told(event), /undefined|NaN|\[object/);
	}

	const base = {
		sequence: 0, time: 0, pane: 1, socket: 0,
	};
	const peer = serverAddress;
	t.regex(told({
		...base, type: 'connection-rejected', peer, limit: 1024,
	}), /127\.0\.0\.1:12000.*1,?024/);
	t.regex(told({
		...base, type: 'backpressure-started', peer, waiting: 70_001,
	}), /68\.4 KiB/);
	t.regex(told({
		...base, type: 'send-refused', peer, length: 31, waiting: 70_001,
	}), /31 B.*68\.4 KiB/);
	t.regex(told({...base, type: 'socket-closed', discarded: 93}), /93 B/);
	t.regex(told({
		...base, type: 'link-changed', conditions: 'loss 30 %', seed: 712,
	}), /loss 30 %.*712/);
	t.regex(told({
		...base, type: 'series-started', count: 17, rate: 130,
	}), /17.*130/);
	t.regex(told({...base, type: 'rule-changed', rule: 'echo'}), /echo/);
	t.not(
		told({...base, type: 'closing-changed', closeAfterReply: true}),
		told({...base, type: 'closing-changed', closeAfterReply: false}),
	);
	t.regex(told({...base, type: 'destination-changed', destination: '[::1]:80'}), /from now on: \[::1]:80/);
	t.regex(
		told({
			...base, type: 'destination-changed', destination: '[::1]:80', hasConnection: true,
		}),
		/from the next connection on: \[::1]:80 .*Esc o connects/,
	);
});

test('a payload in hexadecimal stands beside the row\'s other columns, or beneath them where it does not fit there', t => {
	const hex = {...udp, payload: 'hex'} as const;
	t.regex(lines({peer: serverAddress, payload: 'abc'}, hex)[0] ?? '', /3 B {2}61 62 63 {2}abc/);
	const [first, ...dump] = lines({peer: serverAddress, payload: 'abcdefghijklm'}, hex).map(line => line.trimEnd());
	t.is(first, '12:34:56.789 → 127.0.0.1:12000  13 B');
	t.deepEqual(dump, ['    0000  61 62 63 64 65 66 67 68  abcdefgh', '    0008  69 6a 6b 6c 6d           ijklm']);
	t.is(lines({peer: serverAddress, payload: 'abcdefghijklm'}).length, 1);
	const timed = {
		type: 'datagram-received', peer: serverAddress, payload: 'abc', elapsed: 1234.5,
	} as const;
	const beneath = lines(timed, {...hex, geometry: {...wide, inner: 46}}).map(line => line.trimEnd());
	t.deepEqual(beneath, [
		'12:34:56.789 ← 127.0.0.1:12000   3 B     1.2 s',
		'    0000  61 62 63                 abc',
	], 'the time leaves too little room');
});

test('a connected client\'s row has two lines at most: in them the parts of its time where they fit, or else all of it', t => {
	const spent = {call: 10.25, loop: 10.5, waiting: 10.75};
	const home = serverAddress.host;
	const changes = {
		type: 'connection-opened', local: {host: home, port: 51_234}, peer: serverAddress, spent,
	} as const;
	for (const words of [en, ko]) {
		const told = (inner: number, time: number): {readonly lines: readonly string[]; readonly text: string} => {
			const context = {
				...tcp, geometry: {...wide, inner, time}, home, words,
			};
			const drawn = [0, 3].map(more => drawRow(row(changes), context, more));
			t.deepEqual(drawn[0], drawn[1], 'free lines change nothing');
			const own = drawn[0]!.lines.map(line => stripVTControlCharacters(line).trim());
			return {lines: own, text: own.join(' ').replaceAll(/\s+/g, ' ')};
		};

		for (const [inner, time] of [[150, 12], [76, 9]] as const) {
			const {lines, text} = told(inner, time);
			t.true(lines.length <= 2 && text.includes(words.log.connectTime(spent)), text);
		}

		// Panes of a window of 100 columns.
		const {lines, text} = told(46, 6);
		t.is(lines.length, 2, text);
		t.true(text.endsWith(` · ${words.log.connectTook(spent)}`), text);
		for (const port of [':51234', ':12000']) {
			t.true(text.includes(port), 'the title has the host');
		}
	}
});

test('a client of TCP is told who chose its port where one of UDP is, unless it was asked for', t => {
	for (const words of [en, ko]) {
		const port = 40_000;
		const local = {host: '127.0.0.1', port};
		const said = (changes: RowChanges): string => eventText(row(changes), false, words).text;
		const chosen = said({type: 'socket-bound', local}).replace(' for this client', '');
		t.true(said({type: 'connection-opened', local, peer: serverAddress}).includes(chosen));
		t.false(said({
			type: 'connection-opened', local, peer: serverAddress, source: local,
		}).includes(chosen));
		t.true(said({
			type: 'connection-opened', local, peer: serverAddress, source: {...local, port: 0},
		}).includes(chosen));
	}
});

test('of a relay, the rows of its sockets to the target are a client\'s', t => {
	const of = (pane: number, isServer: boolean): boolean => isOfServer(row({pane}), {isServer, target: 9});
	t.deepEqual([of(1, true), of(9, true), of(1, false), of(9, false)], [true, false, false, false]);
});
