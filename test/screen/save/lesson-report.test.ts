/* What is handed in at the end of a lesson, and a scene as a lesson file. */
import test from 'ava';
import type {Command, Refusal} from '../../../source/engine/api/command.ts';
import type {LessonReport} from '../../../source/engine/api/lesson.ts';
import {reportText, saveLesson, saveLessonFiles} from '../../../source/screen/save/lesson-report.ts';
import {lessonFile} from '../../../source/screen/save/saved-scene.ts';
import {newScreenState} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import type {SocketOption} from '../../../source/log/event.ts';
import type {LessonScene} from '../../../source/lessons/lesson.ts';
import {conditionsFor} from '../../../source/link/conditions.ts';
import {presets} from '../../../source/link/presets.ts';
import {
	type LessonRoom, lessonOf, lessonWith, openLesson, stepFor,
} from '../../helpers/lesson-room.ts';
import {openPlayground} from '../../helpers/playground-room.ts';

const predicting = `
predict:
  ask: {en: 'How many bytes, after {key:flow}?'}
  kind: number
  answer: {bound: arrived.length}
teaches: [U4, U5]
`;

async function save(room: LessonRoom, words = en): ReturnType<typeof saveLesson> {
	return saveLesson(room.report(words.comments), [room.scene('udp')], {
		state: newScreenState({columns: 80, rows: 24, protocol: 'udp'}),
		words,
		read: async query => room.playground.view(query),
		readPayload: async () => undefined,
	});
}

test('the report says what was done and seen, and names the log, which has the messages of all panes', async t => {
	const steps = [
		stepFor('{event: datagram-received, by: server, as: arrived}', predicting).replace('Done.', '"{arrived.text} has come."'),
		stepFor('{event: rule-changed}'),
	];
	const room = await openLesson(t, lessonWith(steps), {seed: 4242});
	await room.playground.execute({type: 'lesson-predict', answer: '3'});
	await room.exchange('a*b`c');
	await room.done();
	await room.playground.execute({type: 'lesson-next'});
	const {report, log} = await save(room);
	t.deepEqual([report.name, log.name], ['socket-playground-lesson-a-lesson.md', 'socket-playground-lesson-a-lesson.txt']);
	const text = Buffer.from(report.contents).toString().replaceAll(/\d{2}:\d{2}:\d{2}\.\d{3}/g, 'HH:MM:SS').replaceAll(/after [\d.]+ m?s/g, 'after a time');
	t.is(text.replaceAll(/: \d{4}-.*/g, ': a day'), `# Lesson: A lesson

- Started: a day
- Ended: not finished
- Steps done: 1 of 2
- Not done: 2
- Seed of the simulated link: UDP 4242
- Log: \`socket-playground-lesson-a-lesson.txt\`

## 1. done, at HH:MM:SS, after a time

Do it.

- Asked before: How many bytes, after \`^F\`?
- My prediction: \`3\`
- Result: \`5\` (wrong)
- What was seen: \`\`a*b\`c\`\` has come.
- Statements: U4, U5

## 2. not done

Do it.

`);
	const logged = Buffer.from(log.contents).toString();
	t.true(logged.includes('a*b`c') && logged.includes('A*B`C'));
	t.regex(logged, /--seed 4242/);
	const korean = await save(room, ko);
	t.regex(Buffer.from(korean.report.contents).toString(), /^# 학습: A lesson\n[^]*내 예측: `3`/);
});

test('a picture in a task keeps its lines in the report', async t => {
	const picture = '|\n      TCP   UDP\n      --- * ---\n      Do *it*, {key:flow}.';
	const step = stepFor('{event: rule-changed}').replace('{en: Do it.}', `\n  en: ${picture}`);
	const room = await openLesson(t, lessonWith([step]));
	const {report} = await save(room);
	const text = Buffer.from(report.contents).toString();
	t.true(text.includes('```\nTCP   UDP\n--- * ---\n```\n\nDo *it*, `^F`.\n'));
});

test('checks with labels are ticked with their times, and what was not answered is said so', t => {
	const report: LessonReport = {
		id: 'x',
		title: 'X',
		language: 'en',
		startedAt: 0,
		endedAt: 60_000,
		seeds: [{protocol: 'udp', seed: 1}, {protocol: 'tcp', seed: 1}],
		count: 4,
		done: [2],
		steps: [{
			step: 0,
			outcome: 'skipped',
			teaches: [],
			text: [{type: 'text', text: 'Two  things'}],
			done: undefined,
			attempts: 2,
			hints: 1,
			checks: [
				{label: [{type: 'text', text: 'one'}], doneAt: 1000},
				{label: [{type: 'text', text: 'other'}], doneAt: undefined},
			],
			prediction: {
				ask: [{type: 'text', text: 'What?'}], state: 'skipped', given: undefined, came: undefined,
			},
			explanation: undefined,
		}],
	};
	const text = reportText(report, 'log.txt', en);
	t.regex(text, /Steps done: 1 of 4\n- Done before this report: 3\n- Skipped: 1\n- Not done: 2, 4\n/);
	const again = reportText({...report, done: [0, 2]}, 'log.txt', en);
	t.regex(again, /2 of 4\n- Done before this report: 1, 3\n- Not done: 2, 4\n/, 'also what was skipped in it');
	t.regex(reportText(report, 'log.txt', ko), /4단계 중 1단계\n.*: 3\n- 건너뛴 단계: 1\n- 마치지 않은 단계: 2, 4\n/);
	t.regex(text, /Seed of the simulated link: UDP 1, TCP 1\n/);
	t.regex(text, /## 1\. skipped, begun 2 times, 1 hint\n\nTwo things\n\n- \[x] one \(\d\d:\d\d:01\.000\)\n- \[ ] other\n- Asked before: What\?\n- My prediction: not answered\n$/);
});

test('the report names the log that was written, and is not written where that was refused', async t => {
	const room = await openLesson(t, lessonWith([stepFor('{event: rule-changed}')]));
	const save = async (refusal?: Refusal): Promise<{readonly said: string; readonly files: readonly string[]}> => {
		const files: string[] = [];
		const said = await saveLessonFiles({
			state: newScreenState({columns: 80, rows: 24, protocol: 'udp'}),
			words: en,
			read: async () => ({type: 'lesson-report', report: room.report('en')}),
			readPayload: async () => undefined,
			execute(command) {
				const {what} = command as Extract<Command, {type: 'save'}>;
				files.push(what.type === 'file' ? Buffer.from(what.contents).toString() : '');
				return {id: files.length, answer: Promise.resolve(refusal ? {refusal} : {saved: `/folder/file-${files.length}`})};
			},
		});
		return {said, files};
	};

	const {said, files: [, report = '']} = await save();
	t.is(said, en.lessons.saved('/folder/file-2, file-1'));
	t.true(report.includes('`file-1`'));
	const refused = await save({reason: 'no-such-pane'});
	t.is(refused.said, en.refusal({reason: 'no-such-pane'}));
	t.is(refused.files.length, 1);
});

const options = {
	udp: [
		{name: 'rcvbuf', value: 65_536},
		{name: 'broadcast', value: 1},
		{name: 'ttl', value: 3},
		{name: 'loopback', value: 0},
		{name: 'interface', interface: 'lo'},
		{name: 'join', group: '239.1.2.3', interface: 'lo'},
		{name: 'source', source: {host: '127.0.0.1', port: 0}},
	],
	tcp: [{name: 'nodelay', value: 0}, {name: 'keepalive', value: 60}, {name: 'backlog', value: 7}],
} satisfies Record<string, SocketOption[]>;

for (const protocol of ['udp', 'tcp'] as const) {
	for (const words of [en, ko]) {
		test(`${protocol}: a scene as a lesson file starts the same scene, with a step that works (${words.comments})`, async t => {
			const room = await openPlayground(t, protocol, {
				clients: 2, reply: 'echo', closeAfterReply: protocol === 'tcp', seed: 99, link: presets.mobile, linkToClients: presets.lossy,
				options: options[protocol], encoding: 'euc-kr', framing: 'u16be',
			});
			await room.playground.execute({type: 'stop-server', protocol});
			const file = lessonFile(room.scene(protocol), words, []);
			const {scene, languages, steps: [step]} = lessonOf(Buffer.from(file?.contents ?? '').toString());
			t.deepEqual(scene, {
				protocols: [protocol],
				clients: 2,
				isServerOpen: false,
				isConnected: true,
				reply: 'echo',
				closeAfterReply: protocol === 'tcp',
				link: {
					'to-server': conditionsFor(presets.mobile, protocol), 'to-clients': conditionsFor(presets.lossy, protocol),
				},
				seed: 99,
				host: '127.0.0.1',
				port: 0,
				options: options[protocol],
				framing: protocol === 'tcp' ? 'u16be' : undefined,
				encoding: 'euc-kr',
			} satisfies LessonScene);
			t.deepEqual(languages, [words.comments]);
			t.is(step?.checks.length, 1);
		});
	}
}

test('a scene whose clients send to another program\'s server is no start scene', async t => {
	const room = await openPlayground(t, 'udp', {connect: {host: '127.0.0.1', port: 9}});
	t.is(lessonFile(room.scene('udp'), en, []), undefined);
});
