import {readdir, readFile} from 'node:fs/promises';
import test from 'ava';
import {type FaultSentences, faultText} from '../../source/text/files/file-problem.ts';
import {parseLesson, statements} from '../../source/lessons/parse-lesson.ts';
import {ko} from '../../source/screen/words/ko.ts';
import {lessonVocabulary} from '../../source/screen/input/vocabulary.ts';
import {lessonOf} from '../helpers/lesson-room.ts';

/** A lesson file without anything wrong in it. Its lines are counted by the tests. */
const whole = `id: a-lesson
title: {en: A lesson}
scene:
  protocol: udp
  clients: 1
steps:
  - text: {en: Do it.}
    checks:
      - when: {event: datagram-sent, by: client 1, as: query}
    explain: {en: 'Sent {query.text}.'}
`;

/** The problems of a file, as they are printed. */
function problemsOf(source: string, sentences?: FaultSentences): readonly string[] {
	const read = parseLesson(source, lessonVocabulary);
	return 'problems' in read
		? read.problems.map(({line, column, fault}) => `${line}:${column}: ${faultText(fault, sentences)}`)
		: [];
}

type Wrong = {
	readonly name: string;
	/** What stands in the file instead of what. */
	readonly change: readonly [string, string];
	/** Line, column and the beginning of the message. */
	readonly problem: string;
	/** How many problems there are; one unless given. */
	readonly count?: number;
};

const all: readonly Wrong[] = [
	{name: 'a missing key', change: ['id: a-lesson\n', ''], problem: '1:1: a lesson needs id'},
	{name: 'an unknown key', change: ['  clients: 1', '  client: 1'], problem: '5:3: unknown key \'client\' in a scene; perhaps \'clients\'; allowed are protocol, clients,'},
	{name: 'an id with other letters', change: ['id: a-lesson', 'id: A Lesson'], problem: '1:5: id takes lower-case letters and digits with hyphens between them, such as udp-loss, not \'A Lesson\''},
	{name: 'a word that is nearly one', change: ['protocol: udp', 'protocol: upd'], problem: '4:13: protocol is udp, tcp or both, not \'upd\'; perhaps \'udp\''},
	{name: 'a number that is too large', change: ['clients: 1', 'clients: 12'], problem: '5:12: clients is a whole number from 0 to 9, not \'12\''},
	{name: 'a word for a number', change: ['clients: 1', 'clients: two'], problem: '5:12: clients is a whole number from 0 to 9, not \'two\''},
	{name: 'a link that is none', change: ['clients: 1', 'link: loss=3x'], problem: '5:9: link: loss takes 0 to 1, or 0% to 100%, not \'3x\''},
	{name: 'a condition of the other protocol', change: ['clients: 1', 'link: slice=3B'], problem: '5:9: link: slice means nothing over UDP'},
	{name: 'a link one way that is none', change: ['clients: 1', 'link: {to-server: loss=30%, to-client: wifi}'], problem: '5:31: unknown key \'to-client\' in a link each way; perhaps \'to-clients\''},
	{name: 'a rule that there is not', change: ['clients: 1', 'reply: ekko'], problem: '5:10: reply is uppercase, echo, reverse, chat, discard or manual, not \'ekko\''},
	{name: 'a host that is none', change: ['clients: 1', 'host: "a b"'], problem: '5:9: host takes an IP address or a host name, such as 127.0.0.1, ::1 or 0.0.0.0, not \'a b\''},
	{name: 'an option that there is not', change: ['clients: 1', 'options: [ttl=3, tll=3]'], problem: '5:20: option takes rcvbuf, sndbuf,'},
	{name: 'an option with a wrong value', change: ['clients: 1', 'options: ttl=0'], problem: '5:12: option ttl takes a number of hops from 1 to 255, not \'0\''},
	{name: 'an option of the other protocol', change: ['clients: 1', 'options: [keepalive=60s]'], problem: '5:13: option keepalive is for TCP'},
	{name: 'a backlog of UDP', change: ['clients: 1', 'backlog: 5'], problem: '5:12: backlog is for TCP'},
	{name: 'a source that is none', change: ['clients: 1', 'source: "::1:x"'], problem: '5:11: source takes an IP address of this machine, as HOST:PORT, HOST or :PORT, not \'::1:x\''},
	{name: 'an encoding that there is not', change: ['clients: 1', 'encoding: korean'], problem: '5:13: encoding takes utf-8, euc-kr, shift_jis, gbk, latin1 or utf-16le, not \'korean\'; perhaps: euc-kr'},
	{name: 'a framing of UDP', change: ['clients: 1', 'framing: line'], problem: '5:12: framing is for TCP'},
	{name: 'a framing that there is not', change: ['protocol: udp', 'protocol: tcp\n  framing: u64'], problem: '5:12: framing is none, line, u8,'},
	{name: 'lines of an encoding that has none', change: ['protocol: udp', 'protocol: tcp\n  framing: line\n  encoding: utf-16le'], problem: '5:12: framing line is for encodings in which a line feed is one byte'},
	{name: 'no steps', change: [whole.slice(whole.indexOf('steps:')), 'steps: []\n'], problem: '6:8: steps is a list with at least one entry'},
	{name: 'a text in no language', change: ['text: {en: Do it.}', 'text: Do it.'], problem: '7:11: text is a map with the keys en, ko; a text with a colon, a comma or a brace in it stands in quotes'},
	{name: 'a text with a comma and without quotes', change: ['{en: Do it.}', '{en: Do it, now.}'], problem: '7:23: unknown key \'now.\' in text; allowed are en, ko; a text stands by its languages, en and ko, and in quotes'},
	{name: 'a text without quotes that begins with a placeholder', change: ['{en: Do it.}', '{en: {key:flow} it}'], problem: '7:27: '},
	{name: 'a text in a language that the title has not', change: ['{en: Do it.}', '{en: Do it., ko: 하기}'], problem: '7:28: text has a text in ko, which the title has not'},
	{
		name: 'a text without a language that the title has', change: ['{en: A lesson}', '{en: A lesson, ko: 수업}'], problem: '7:11: text has no text in ko', count: 2,
	},
	{name: 'an unknown key of the key table', change: ['Do it.', '"Press {key:flwo}."'], problem: '7:23: unknown key \'flwo\' in a placeholder; perhaps \'flow\''},
	{name: 'a placeholder that is none', change: ['Do it.', '"Do {it}."'], problem: '7:20: \'it\' is no placeholder: {key:flow}, {name.field}, {later - earlier}; a brace itself is {{'},
	{name: 'a placeholder that does not end', change: ['Do it.', '"Do {it."'], problem: '7:20: a placeholder begins here and does not end'},
	{name: 'a name that nothing is bound to', change: ['{query.text}', '{qury.text}'], problem: '10:25: unknown name \'qury\' in a placeholder; perhaps \'query\''},
	{name: 'a field that there is not', change: ['{query.text}', '{query.txt}'], problem: '10:25: unknown field \'txt\' in query; perhaps \'text\''},
	{name: 'a field of a server that there is not', change: ['{query.text}', '{server.text}'], problem: '10:25: unknown field \'text\' in server; allowed are local'},
	{name: 'a text that is shown before its event', change: ['Do it.', '"Do {query.text}."'], problem: '7:20: \'query\' may not have happened yet: what stands for it then comes after a bar, as in {query.peer|the server}'},
	{name: 'an explanation with what only one alternative binds', change: ['when: {event: datagram-sent, by: client 1, as: query}', 'when: {any: [{event: datagram-sent, as: query}, {event: rule-changed}]}'], problem: '10:25: \'query\' may not have happened yet'},
	{name: 'a duration to a name that nothing is bound to', change: ['{query.text}', '{query - answer}'], problem: '10:25: unknown name \'answer\''},
	{name: 'no condition', change: ['{event: datagram-sent, by: client 1, as: query}', '{by: client 1, as: query}'], problem: '9:15: a condition has one of the keys event, then, all, any, state, view, overlay, experiment, not'},
	{name: 'two conditions in one', change: ['by: client 1', 'overlay: flow'], problem: '9:15: a condition has one of the keys event, then, all, any, state, view, overlay, experiment, not, and this has event and overlay: join them with all'},
	{name: 'a kind of event that there is not', change: ['datagram-sent', 'datagram-send'], problem: '9:23: unknown event \'datagram-send\'; perhaps \'datagram-sent\''},
	{name: 'a socket that there is not', change: ['by: client 1', 'by: peer'], problem: '9:42: by is client, client 1, server, welcoming, connection or connection 1, not \'peer\''},
	{name: 'a server with a number', change: ['by: client 1', 'by: server 1'], problem: '9:42: by is client,'},
	{
		name: 'a name that is reserved', change: ['as: query}', 'as: server}'], problem: '9:56: as takes a name of letters, digits and hyphens other than it, key, server, udp, tcp, not \'server\'', count: 2,
	},
	{name: 'bytes that are none', change: ['as: query', 'as: query, bytes: "f 12"'], problem: '9:70: bytes takes pairs of hexadecimal digits such as \'ed 95 9c\', not \'f 12\''},
	{name: 'a payload of an event that has none', change: ['datagram-sent', 'rule-changed, text: x'], problem: '9:23: rule-changed has no payload, and so no text'},
	{name: 'a comparison that is none', change: ['as: query', 'as: query, where: length 5'], problem: '9:70: \'length 5\' is no comparison: field operator value, such as length > 5; operators are ='},
	{name: 'a comparison of a field that there is not', change: ['as: query', 'as: query, where: lenght > 5'], problem: '9:70: unknown field \'lenght\' in an event; perhaps \'length\''},
	{name: 'a text that is to be smaller', change: ['as: query', 'as: query, where: text < 5'], problem: '9:70: text cannot be compared with <: it is no number'},
	{name: 'a number that is to contain something', change: ['as: query', 'as: query, where: length contains 5'], problem: '9:70: length cannot be compared with contains: it is no text'},
	{name: 'a number that is none', change: ['as: query', 'as: query, where: length > many'], problem: '9:70: length is compared with a number, not \'many\''},
	{name: 'a duration that is none', change: ['as: query', 'as: query, where: elapsed > long'], problem: '9:70: elapsed is compared with a duration such as 100ms or 2s, not \'long\''},
	{name: 'a word that a field never has', change: ['as: query', 'as: query, where: fate = gone'], problem: '9:70: fate is lost, passed or direct, not \'gone\''},
	{name: 'an address that is none', change: ['as: query', 'as: query, where: peer = server'], problem: '9:70: peer is compared with an address such as 127.0.0.1:12000'},
	{name: 'an address beside a port', change: ['as: query', 'as: query, where: peer = server.local.port'], problem: '9:70: peer and server.local.port cannot be compared: one is an address, with .host and .port'},
	{name: 'a comparison with what is bound by no one', change: ['as: query', 'as: query, where: text = qery.text'], problem: '9:77: nothing is bound to \'qery\' by then'},
	{name: 'a comparison with what is bound only afterwards', change: ['{event: datagram-sent, by: client 1, as: query}', '{then: [{event: datagram-received, where: text = query.text}, {event: datagram-sent, as: query}]}'], problem: '9:64: nothing is bound to \'query\' by then: as: query stands in an earlier part of the same then, or in another check of the step'},
	{
		name: 'a state of an unknown field', change: ['{event: datagram-sent, by: client 1, as: query}', '{state: client = 2}'], problem: '9:23: unknown field \'client\' in a state; perhaps \'clients\'', count: 2,
	},
	{name: 'a view that there is not', change: ['{event: datagram-sent, by: client 1, as: query}', '{view: call}'], problem: '9:22: view is messages, calls, bytes, sockets or source, not \'call\'; perhaps \'calls\''},
	{name: 'an overlay that there is not', change: ['{event: datagram-sent, by: client 1, as: query}', '{overlay: diagram}'], problem: '9:25: overlay is flow,'},
	{name: 'an experiment that there is not', change: ['{event: datagram-sent, by: client 1, as: query}', '{experiment: tcp-refusd}'], problem: '9:28: experiment is tcp-refused,'},
	{name: 'an event that is not to be', change: ['{event: datagram-sent, by: client 1, as: query}', '{not: {event: datagram-sent, as: query}}'], problem: '9:21: not takes a state, view, overlay or experiment: an event that must not happen stands in without'},
	{
		name: 'two checks without labels', change: ['    explain', '      - when: {event: rule-changed}\n    explain'], problem: '9:9: a check needs label', count: 2,
	},
	{name: 'a mark that nothing is bound to', change: ['    explain', '    marks: [quer]\n    explain'], problem: '10:13: unknown name \'quer\' in marks; perhaps \'query\''},
	{name: 'a statement that there is not', change: ['    explain', '    teaches: U14\n    explain'], problem: '10:14: teaches is G1, G2, U1'},
	{
		name: 'a choice without choices', change: ['    explain', '    predict: {ask: {en: What?}, kind: choice, answer: a}\n    explain'], problem: '10:14: a choice needs choices', count: 2,
	},
	{name: 'a number with choices', change: ['    explain', '    predict: {ask: {en: What?}, kind: number, answer: 1, choices: [{id: a, text: {en: A}}]}\n    explain'], problem: '10:14: only a choice has choices, and this is a number'},
	{name: 'an answer that is no number', change: ['    explain', '    predict: {ask: {en: What?}, kind: number, answer: one}\n    explain'], problem: '10:55: answer takes a number, or {bound: name.field}, not \'one\''},
	{name: 'an answer that is no choice', change: ['    explain', '    predict: {ask: {en: What?}, kind: choice, answer: c, choices: [{id: a, text: {en: A}}]}\n    explain'], problem: '10:55: unknown choice \'c\' in answer'},
	{name: 'an answer that nothing is bound to', change: ['    explain', '    predict: {ask: {en: What?}, kind: number, answer: {bound: x.length}}\n    explain'], problem: '10:63: unknown name \'x\' in a placeholder'},
	{name: 'a reaction that tells of an event where there is none', change: ['    explain', '    reactions: [{when: {overlay: flow}, text: {en: "It is {it.peer}."}}]\n    explain'], problem: '10:59: unknown name \'it\''},
	{name: 'a choice that stands twice', change: ['    explain', '    predict: {ask: {en: What?}, kind: choice, answer: a, choices: [{id: a, text: {en: A}}, {id: a, text: {en: B}}]}\n    explain'], problem: '10:92: two choices have the id'},
	{name: 'a tolerance below zero', change: ['    explain', '    predict: {ask: {en: What?}, kind: number, answer: 1, tolerance: -1}\n    explain'], problem: '10:69: tolerance takes'},
	{name: 'what becomes only of some of the events', change: ['event: datagram-sent', 'event: [datagram-sent, rule-changed], became: read'], problem: '9:62: became goes with datagram-sent'},
	{name: 'an explanation with what two of three alternatives bind', change: ['when: {event: datagram-sent, by: client 1, as: query}', 'when: {any: [{event: datagram-sent, as: query}, {event: send-failed, as: query}, {event: rule-changed}]}'], problem: '10:25: \'query\' may not have happened yet'},
	{name: 'a file that is no YAML', change: ['title: {en: A lesson}', 'title: {en: A lesson'], problem: '3:1: Flow map in block collection must be sufficiently indented'},
	{name: 'a text with a colon and without quotes', change: ['{en: A lesson}', 'one: two: three'], problem: '2:8: Nested mappings are not allowed in compact mappings: a text with a colon, a comma or a brace in it stands in quotes'},
	{name: 'a comparison that YAML takes for a block of text', change: ['as: query}', 'as: query}\n        length: > 5'], problem: '10:'},
	{name: 'a key that stands twice', change: ['  clients: 1', '  clients: 1\n  clients: 2'], problem: '6:3: Map keys must be unique'},
];

const right: ReadonlyArray<readonly [string, string]> = [
	['    explain', '    predict: {ask: {en: What?}, kind: number, answer: 1, tolerance: 0}\n    explain'],
	['    explain', '    reactions: [{when: {then: [{overlay: flow}, {event: rule-changed}]}, text: {en: "It is {it.rule}."}}]\n    explain'],
	['when: {event: datagram-sent, by: client 1, as: query}', 'when: {then: [{event: datagram-sent, as: query}, {event: rule-changed}, {event: datagram-received, where: text = query.text}]}'],
	['when: {event: datagram-sent, by: client 1, as: query}', 'when: {any: [{event: datagram-sent, as: query}, {event: send-failed, as: query}]}'],
];

test('a file without anything wrong is read', t => {
	t.deepEqual(problemsOf(whole), []);
	for (const [from, to] of right) {
		t.deepEqual(problemsOf(whole.replace(from, () => to)), [], to);
	}
});

for (const {name, change: [from, to], problem, count = 1} of all) {
	test(`${name} is told by its line and column, with what is allowed`, t => {
		const source = whole.replace(from, () => to);
		t.not(source, whole);
		const problems = problemsOf(source);
		t.true(problems.some(found => found.startsWith(problem)), `${problems.join('\n')}`);
		t.is(problems.length, count, `${problems.join('\n')}`);
		for (const korean of problemsOf(source, ko.faults)) {
			t.regex(korean, /\p{Script=Hangul}/v);
		}
	});
}

test('all problems are told, in the order of the file', t => {
	const source = whole.replace('udp', 'sctp').replace('clients: 1', 'clients: 10').replace('query.text', 'query.words');
	t.deepEqual(problemsOf(source).map(problem => problem.split(':')[0]), ['4', '5', '10']);
});

test('an empty file, and one that is no map, are no lessons', t => {
	t.is(problemsOf('').length, 1);
	t.is(problemsOf('- a\n- b\n').length, 1);
	t.is(problemsOf('just words\n').length, 1);
});

test('a step is read with all that it has', t => {
	const source = `${whole}    teaches: [U1, U13]
    hints: [{en: 'Press {key:flow} {{here}.'}]
    marks: query
    predict: {ask: {en: 'How many {server.local.port}?'}, kind: number, answer: {bound: query.length}, tolerance: 2}
    reactions:
      - when: {event: datagram-sent, by: server}
        text: {en: 'To {it.peer.port}, not {query.peer|the server}.'}
    scene: {protocol: both, reply: echo, close-after-reply: true, link: wifi, seed: 7, host: '::1', port: 0, server: closed}
`;
	const [step] = lessonOf(source).steps;
	t.like(step, {
		teaches: ['U1', 'U13'],
		marks: ['query'],
		hints: [{en: [{type: 'text', text: 'Press '}, {type: 'key', key: 'flow'}, {type: 'text', text: ' {here}.'}]}],
		prediction: {kind: 'number', answer: {name: 'query', field: 'length'}, tolerance: 2},
		scene: {
			protocols: ['udp', 'tcp'], clients: 2, isServerOpen: false, reply: 'echo', closeAfterReply: true, seed: 7, host: '::1', port: 0,
		},
	});
	t.is(step?.scene?.link['to-clients'].loss, 0.01);
	t.like(step?.reactions[0]?.text.en?.[3], {type: 'value', value: {name: 'query', field: 'peer'}, fallback: 'the server'});
});

test('a preset of one way holds for the requests only, as on the command line', t => {
	const {scene} = lessonOf(whole.replace('clients: 1', 'link: pinger'));
	t.deepEqual([scene.link['to-server'].loss, scene.link['to-clients'].loss], [0.3, 0]);
});

test('there are thirty statements', t => {
	t.is(statements.length, 30);
	t.deepEqual([statements[0], statements.at(-1)], ['G1', 'T15']);
});

test('the built-in lessons have nothing wrong in them, are in both languages, and are named by their files', async t => {
	const folder = 'source/lessons/chapter';
	const files = await readdir(folder);
	t.true(files.length > 0);
	for (const file of files) {
		const source = await readFile(`${folder}/${file}`, 'utf8');
		t.deepEqual(problemsOf(source), [], `${file}`);
		const {id, languages} = lessonOf(source);
		t.is(file.replace(/^\d+-/, ''), `${id}.yaml`);
		t.deepEqual(languages, ['en', 'ko'], `${file}`);
	}
});
