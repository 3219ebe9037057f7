import {readFile} from 'node:fs/promises';
import {setImmediate as turn} from 'node:timers/promises';
import test from 'ava';
import {
	lessonOf, LessonRoom, lessonWith, openLesson, plainText, stepFor,
} from '../../helpers/lesson-room.ts';
import {temporaryFolder} from '../../helpers/temporary-folder.ts';

const answered = `
text: {en: 'Send from client 1: {key:type}.', ko: '클라이언트 1에서 보냅니다: {key:type}.'}
checks:
  - when:
      then:
        - {event: datagram-sent, by: client 1, as: query}
        - {event: datagram-received, by: client 1, as: reply}
explain: {en: '{query.text} became {reply.text}.', ko: '{query.text}가 {reply.text}가 됨.'}
hints:
  - {en: 'First: {query.text|nothing yet}.', ko: 하나.}
  - {en: Second., ko: 둘.}
`;

test('the example of the documentation is played: what is explained is what has happened', async t => {
	const documentation = await readFile('docs/lesson-format.md', 'utf8');
	const [, source = ''] = /```yaml\n(.*?)```/s.exec(documentation) ?? [];
	const room = await openLesson(t, lessonOf(source));
	const {port} = room.address('udp');
	t.like(room.run(), {
		id: 'udp-ports', step: 0, count: 1, phase: 'asking', protocols: ['udp'], marks: [], explanation: undefined,
	});
	t.is(plainText(room.run().prediction?.ask), `Is it the server's port, ${port}?`);
	t.is(plainText(room.run('ko').prediction?.ask), `서버의 포트 ${port}일까요?`);
	await room.playground.execute({type: 'lesson-predict', answer: 'same'});
	t.like(room.run(), {phase: 'doing', prediction: {state: 'given'}});
	await room.exchange('hello');
	const run = await room.done();
	const {local} = await room.happened('socket-bound', ({pane}) => pane === room.client('udp').pane);
	const client = `127.0.0.1:${local.port}`;
	t.is(
		plainText(run.explanation)?.replace(/after \d+(?:\.\d)? m?s\.$/, 'after a time.'),
		`The OS chose port ${local.port}. It travels in the datagram: the server read it as ${client}, and answered there. The answer came back after a time.`,
	);
	t.is(run.prediction?.state, 'wrong');
	t.is(plainText(run.prediction?.given), 'The same port');
	t.is(plainText(run.prediction?.came), 'Another port');
	const marked = run.marks.map(({sequence}) => room.playground.log.read(sequence).type);
	t.deepEqual(marked, ['socket-bound', 'datagram-sent', 'datagram-received']);
	t.deepEqual(run.checks.map(({isDone}) => isDone), [true, true]);
});

test('what the command line asks of sockets and their text is not for those of a lesson', async t => {
	const room = await openLesson(t, lessonOf(lessonSource([answered])), {
		encoding: 'utf-16le', options: [{name: 'broadcast', value: 1}],
	});
	await room.exchange('hello');
	await room.done();
	t.deepEqual(room.all('option-set'), []);
	t.is(room.client('udp').encoding, undefined);
});

test('hints are shown one by one, keys stay names, and a step goes on only when it is done', async t => {
	const room = await openLesson(t, lessonOf(lessonSource([answered, answered])));
	t.is(plainText(room.run().text), 'Send from client 1: <type>.');
	t.deepEqual([room.run().hints, room.run().hintCount], [[], 2]);
	for (const count of [1, 2, 2]) {
		await room.playground.execute({type: 'lesson-hint'});
		t.is(room.run().hints.length, count);
	}

	t.is(plainText(room.run('ko').hints[1]), '둘.');
	t.deepEqual(await room.playground.execute({type: 'lesson-next'}), {refusal: {reason: 'step-not-done'}});
	t.is(room.run().step, 0);
	await room.exchange('hello');
	t.is(await explanationIn(room), 'hello became HELLO.');
	await room.playground.execute({type: 'lesson-next'});
	t.like(room.run(), {
		step: 1, phase: 'doing', done: [0], hints: [], marks: [],
	});
	await room.playground.execute({type: 'lesson-next', skips: true});
	t.like(room.run(), {
		step: 1, phase: 'finished', done: [0], skipped: [1],
	});
	t.like(room.report(), {done: [0], count: 2});
	t.deepEqual(room.report().steps.map(({outcome}) => outcome), ['done', 'skipped']);
	t.is(room.view().progress['a-lesson']?.step, 1, 'who comes back begins with what was skipped');
	await room.playground.execute({type: 'lesson-back'});
	await room.exchange('hello');
	await room.done();
	t.like(room.run(), {done: [0, 1], skipped: []});
});

test('again and back begin a step anew: what happened before does not count', async t => {
	const room = await openLesson(t, lessonOf(lessonSource([answered, answered])));
	t.is(plainText(room.run().hints[0]), undefined);
	await room.exchange('one');
	await room.done();
	await room.playground.execute({type: 'lesson-hint'});
	t.is(plainText(room.run().hints[0]), 'First: one.');
	await room.playground.execute({type: 'lesson-again'});
	t.like(room.run(), {
		step: 0, phase: 'doing', done: [0], marks: [], hints: [],
	});
	await room.playground.execute({type: 'lesson-hint'});
	t.is(plainText(room.run().hints[0]), 'First: nothing yet.');
	await room.exchange('two');
	t.is(await explanationIn(room), 'two became TWO.');
	await room.playground.execute({type: 'lesson-next'});
	t.is(room.run().phase, 'doing');
	await room.playground.execute({type: 'lesson-back'});
	t.like(room.run(), {step: 0, phase: 'doing', marks: []});
	await room.exchange('three');
	t.is(await explanationIn(room), 'three became THREE.');
	t.is(room.report().steps[0]?.attempts, 3);
});

test('a lesson takes the place of its protocol\'s scene, and leaves the other protocol\'s as it is', async t => {
	const room = await openLesson(t, lessonWith([stepFor('{event: rule-changed}')], 'protocol: tcp, clients: 3, reply: echo, seed: 7, link: {to-server: delay=5ms}, options: keepalive=60s, backlog: 7, framing: u16be, encoding: cp949'), {clients: 1});
	await room.playground.execute({type: 'open-scene', protocol: 'udp'});
	const other = room.scene('udp');
	// A client may be connected before the server has accepted it.
	const hasAll = (): boolean => room.server('tcp').peerCount === 3;
	await room.until(hasAll, 'three connections');
	const before = room.scene('tcp');
	t.like(before, {server: {rule: 'echo', peerCount: 3}, link: {seed: 7, 'to-server': {conditions: {delay: 5}}, 'to-clients': {conditions: {delay: 0}}}});
	t.is(before.clients.length, 3);
	for (const {options, framing, encoding} of [before.server!, ...before.clients]) {
		t.deepEqual([options?.numbers.keepalive, framing, encoding], [60, 'u16be', 'euc-kr']);
	}

	t.is(before.server?.options?.numbers.backlog, 7);
	await room.playground.execute({type: 'open-client', protocol: 'tcp'});
	await room.playground.execute({type: 'set-rule', protocol: 'tcp', rule: 'reverse'});
	t.is(room.run().phase, 'explaining');
	await room.playground.execute({type: 'reset-lesson-scene'});
	await room.until(hasAll, 'three connections again');
	const after = room.scene('tcp');
	t.like(after, {server: {rule: 'echo', peerCount: 3}, link: {seed: 7}});
	t.deepEqual(after.clients.map(({number, state: {type}}) => [number, type]), [[1, 'connected'], [2, 'connected'], [3, 'connected']]);
	t.not(after.server?.pane, before.server?.pane);
	t.is(room.run().phase, 'doing');
	t.deepEqual([room.scene('udp').server?.pane, room.scene('udp').clients.length], [other.server?.pane, 1]);
	// What the old scene had is closed.
	const closed = room.all('socket-closed').filter(({pane}) => pane === before.server?.pane);
	t.true(closed.length > 0);
});

test('back behind a step with a scene of its own the one before it is opened again, and going there says so', async t => {
	const own = 'scene: {protocol: udp, clients: 2, reply: echo}';
	const room = await openLesson(t, lessonWith([
		stepFor('{state: clients > 5}'), stepFor('{state: clients > 5}'), stepFor('{state: clients > 5}', own),
	]));
	await room.playground.execute({type: 'lesson-next', skips: true});
	t.like(room.run(), {step: 1, isNextAnew: true, isBackAnew: false});
	const {pane} = room.server('udp');
	await room.playground.execute({type: 'lesson-back'});
	await room.playground.execute({type: 'lesson-next', skips: true});
	t.is(room.server('udp').pane, pane, 'the same scene stays');
	await room.playground.execute({type: 'lesson-next', skips: true});
	t.deepEqual([room.scene('udp').clients.length, room.server('udp').rule], [2, 'echo']);
	t.like(room.run(), {step: 2, isNextAnew: false, isBackAnew: true});
	await room.playground.execute({type: 'lesson-back'});
	t.deepEqual([room.run().step, room.scene('udp').clients.length, room.server('udp').rule], [1, 1, 'uppercase']);
});

test('a scene with a closed server opens none, and the clients are not connected', async t => {
	const room = await openLesson(t, lessonWith([stepFor('{event: listening-started, by: welcoming, as: it-listens}')], 'protocol: tcp, clients: 1, server: closed'));
	t.is(room.server('tcp').state.type, 'closed');
	t.is(room.client('tcp').state.type, 'closed');
	await room.playground.execute({type: 'open-scene', protocol: 'tcp'});
	t.is(room.server('tcp').state.type, 'closed');
	t.is(room.run().phase, 'doing');
	await room.playground.execute({type: 'open-server', protocol: 'tcp'});
	await room.done();
});

test('a scene can have clients that are yet to be connected to its open server', async t => {
	const room = await openLesson(t, lessonWith([stepFor('{event: connection-opened, by: client}')], 'protocol: tcp, clients: 2, connect: false'));
	t.deepEqual([room.server('tcp').state.type, room.client('tcp').state.type, room.run().phase], ['open', 'closed', 'doing']);
	await room.playground.execute({type: 'reopen-client', pane: room.client('tcp').pane});
	await room.done();
});

test('a scene that another takes the place of while it is opened leaves no server behind, also where no client is connected', async t => {
	const room = await openLesson(t, lessonWith([stepFor('{event: rule-changed}')], 'protocol: tcp, clients: 1, connect: false'));
	await Promise.all(Array.from({length: 3}, async () => room.playground.execute({type: 'reset-lesson-scene'})));
	const open = new Set<number>();
	for (const {type, pane} of room.events) {
		if (type === 'listening-started') {
			open.add(pane);
		} else if (type === 'socket-closed') {
			open.delete(pane);
		}
	}

	t.deepEqual([...open], [room.server('tcp').pane]);
});

test('both scenes are opened where a lesson has both', async t => {
	const room = await openLesson(t, lessonWith([stepFor('{all: [{event: datagram-received, by: server}, {event: chunk-received, by: server}]}')], 'protocol: both, clients: 1'));
	t.deepEqual(room.run().protocols, ['udp', 'tcp']);
	await room.exchange('same', 'udp');
	t.is(room.run().phase, 'doing');
	await room.exchange('same', 'tcp');
	await room.done();
});

test('a step with a scene of its own opens it, also when one comes back to the steps behind it', async t => {
	const own = 'scene: {protocol: udp, clients: 2, reply: echo}';
	const lesson = lessonWith([stepFor('{state: clients > 0}'), stepFor('{state: clients > 0}', own), stepFor('{state: clients > 5}')]);
	const room = await openLesson(t, lesson);
	t.is(room.scene('udp').clients.length, 1);
	await room.playground.execute({type: 'lesson-next', skips: true});
	t.deepEqual([room.scene('udp').clients.length, room.server('udp').rule], [2, 'echo']);
	await room.playground.execute({type: 'lesson-next', skips: true});
	await room.playground.execute({type: 'open-client', protocol: 'udp'});
	await room.playground.execute({type: 'reset-lesson-scene'});
	t.deepEqual([room.run().step, room.scene('udp').clients.length, room.server('udp').rule], [2, 2, 'echo']);
});

test('who comes back to a step, or resets its scene, has what the steps before would have left', async t => {
	const resume = 'resume: {protocol: udp, clients: 2}';
	const lesson = lessonWith([
		stepFor('{state: clients > 5}'), stepFor('{state: clients > 5}', resume), stepFor('{state: clients > 5}'),
	], 'protocol: udp, clients: 1, server: closed');
	const room = await openLesson(t, lesson);
	const at = (): unknown[] => [room.run().step, room.server('udp').state.type, room.scene('udp').clients.length];
	const {pane} = room.server('udp');
	await room.playground.execute({type: 'open-server', protocol: 'udp'});
	t.like(room.run(), {isNextAnew: false});
	await room.playground.execute({type: 'lesson-next', skips: true});
	await room.playground.execute({type: 'lesson-next', skips: true});
	t.deepEqual([...at(), room.server('udp').pane], [2, 'open', 1, pane], 'going on, the sockets stay as they are');
	t.like(room.run(), {isBackAnew: false});
	await room.playground.execute({type: 'reset-lesson-scene'});
	t.deepEqual(at(), [2, 'open', 2]);
	await room.playground.execute({type: 'lesson-back'});
	t.like(room.run(), {isNextAnew: false, isBackAnew: true});
	await room.playground.execute({type: 'lesson-back'});
	t.deepEqual(at(), [0, 'closed', 1], 'before that step it is the lesson\'s own');
	await room.playground.execute({type: 'lesson-next', skips: true});
	t.deepEqual(at(), [1, 'closed', 1]);
	await room.playground.execute({type: 'leave-lesson'});
	await room.playground.execute({type: 'start-lesson', lesson});
	t.deepEqual(at(), [1, 'open', 2], 'where it was left');
});

test('what opening the scene does counts for no step, but for a check that counts from the beginning', async t => {
	const opened = '{event: connection-accepted, by: server}';
	const room = await openLesson(t, lessonWith([stepFor(opened), `${stepFor(opened).replace(/(when: .*)/, '$1\n    ever: true')}`], 'protocol: tcp, clients: 2'));
	t.is(room.run().phase, 'doing');
	t.is(room.all('connection-accepted').length, 2);
	await room.playground.execute({type: 'lesson-next', skips: true});
	t.deepEqual(room.run().checks.map(({isDone}) => isDone), [true]);
});

test('a step of which everything is so when it begins is read first: it is explained when the person goes on', async t => {
	const room = await openLesson(t, lessonWith([stepFor('{state: clients > 0}'), stepFor('{state: clients > 0}', 'predict: {ask: {en: How many?}, kind: number, answer: 1}')]));
	t.like(room.run(), {
		phase: 'doing', isAlready: true, explanation: undefined, checks: [{isDone: true}], done: [],
	});
	await room.playground.execute({type: 'lesson-next'});
	t.like(room.run(), {
		step: 0, phase: 'explaining', isAlready: false, done: [0],
	});
	t.is(plainText(room.run().explanation), 'Done.');
	await room.playground.execute({type: 'lesson-next'});
	t.like(room.run(), {step: 1, phase: 'asking', isAlready: true});
	t.deepEqual(await room.playground.execute({type: 'lesson-next'}), {refusal: {reason: 'step-not-done'}});
	await room.playground.execute({type: 'lesson-predict', answer: '1'});
	t.like(room.run(), {step: 1, phase: 'explaining', prediction: {state: 'right'}});
});

for (const protocol of ['udp', 'tcp'] as const) {
	test(`a lesson of ${protocol} whose port another program has, or that is to have any, has one that is free`, async t => {
		const other = new LessonRoom(await temporaryFolder(t));
		t.teardown(async () => other.playground.close());
		await other.playground.execute({type: 'open-scene', protocol});
		const {port: wanted} = other.address(protocol);
		const scene = `protocol: ${protocol}, clients: 1`;
		const lesson = lessonWith([stepFor('{event: rule-changed}'), stepFor('{event: rule-changed}', `scene: {${scene}}`)], `${scene}, server: closed`);
		for (const port of [wanted, 0]) {
			const room = await openLesson(t, lesson, {port});
			const {port: found} = room.server(protocol).configured;
			t.true(found > 0 && found !== wanted);
			t.is(room.client(protocol).destination?.port, found, 'a client knows where the server will be');
			t.deepEqual(room.view().otherPorts, port === 0 ? [] : [{protocol, wanted, port: found}]);
			await room.playground.execute({type: 'lesson-next', skips: true});
			t.is(room.address(protocol).port, found);
			await room.playground.execute({type: 'leave-lesson'});
			t.deepEqual(room.view().otherPorts, []);
		}
	});
}

test('what a reaction says of a payload stays as it was, however long that was', async t => {
	const reactions = `
reactions:
  - when: {event: chunk-received, by: server, length: '> 4000'}
    text: {en: 'It has read {it.text}'}`;
	const lesson = lessonWith([stepFor('{event: chunk-received, by: server, length: 1}', reactions)], 'protocol: tcp, clients: 1');
	const room = await openLesson(t, lesson);
	await room.exchange(`hello${' '.repeat(8000)}`, 'tcp');
	const {reaction} = room.run();
	t.regex(plainText(reaction?.text) ?? '', /^It has read hello /);
});

test('something else that is done is answered, and ticks nothing', async t => {
	const reactions = `
reactions:
  - when: {event: datagram-sent, by: client 2}
    text: {en: 'That was client 2, to {it.peer.port}.'}
  - when: {event: rule-changed}
    text: {en: 'The rule is {it.rule} now.'}
`;
	const room = await openLesson(t, lessonWith([stepFor('{event: datagram-sent, by: client 1}', reactions)], 'protocol: udp, clients: 2'));
	t.is(room.run().reaction, undefined);
	await room.send(room.client('udp', 1).pane, 'no');
	await room.until(() => room.run().reaction, 'a reaction');
	t.is(plainText(room.run().reaction?.text), `That was client 2, to ${room.address('udp').port}.`);
	await room.playground.execute({type: 'set-rule', protocol: 'udp', rule: 'echo'});
	t.deepEqual([room.run().reaction?.number, plainText(room.run().reaction?.text)], [2, 'The rule is echo now.']);
	t.like(room.run(), {phase: 'doing', checks: [{isDone: false}]});
	await room.send(room.client('udp').pane, 'yes');
	await room.done();
	t.is(room.run().reaction, undefined);
});

const predictions = [
	{answer: '2', state: 'right', came: '2'},
	{answer: ' 2 ', state: 'right', came: '2'},
	{answer: '3', state: 'wrong', came: '2'},
	{answer: undefined, state: 'skipped', came: '2'},
	{answer: 'none at all', state: 'wrong', came: '2'},
] as const;

for (const {answer, state, came} of predictions) {
	test(`a number that was predicted as '${answer}' is ${state}`, async t => {
		const predict = `
predict:
  ask: {en: 'How many bytes?'}
  kind: number
  answer: {bound: arrived.length}
  right: {en: Right.}
  wrong: {en: 'It was {arrived.length}.'}
`;
		const room = await openLesson(t, lessonWith([stepFor('{event: datagram-received, by: server, as: arrived}', predict)]));
		t.is(room.run().phase, 'asking');
		await room.playground.execute({type: 'lesson-predict', answer});
		t.is(room.run().phase, 'doing');
		t.is(room.run().prediction?.came, undefined);
		await room.exchange('ab');
		const {prediction} = await room.done();
		t.is(prediction?.state, state);
		t.is(plainText(prediction?.came), came);
		t.is(plainText(prediction?.comment), state === 'right' ? 'Right.' : (state === 'wrong' ? 'It was 2.' : undefined));
	});
}

test('a checkbox counts events of one kind, and not the parts of a condition', async t => {
	const parts = '{then: [{event: datagram-sent, by: client}, {event: rule-changed}]}';
	const sent = '{event: datagram-sent, by: client, count: 3}';
	const step = stepFor(parts).replace(`when: ${parts}`, `{label: {en: a}, when: ${parts}}\n  - {label: {en: b}, when: ${sent}}`);
	const room = await openLesson(t, lessonWith([step]));
	const counts = (): readonly string[] => room.run().checks.map(({seen, count}) => `${seen}/${count}`);
	t.deepEqual(counts(), ['0/1', '0/3']);
	await room.exchange('ab');
	t.deepEqual(counts(), ['0/1', '1/3']);
});

test('a step that is done without its prediction counts, and the prediction is skipped', async t => {
	const predict = `
predict:
  ask: {en: 'Same?'}
  kind: text
  answer: [yes, of course]
  wrong: {en: No.}
`;
	const room = await openLesson(t, lessonWith([stepFor('{event: datagram-received, by: server}', predict)]));
	await room.exchange('ab');
	await room.done();
	t.is(room.run().prediction?.state, 'skipped');
	await room.playground.execute({type: 'lesson-predict', answer: 'yes'});
	t.is(room.run().prediction?.state, 'skipped');
	await room.playground.execute({type: 'lesson-again'});
	await room.playground.execute({type: 'lesson-predict', answer: 'Of course'});
	await room.exchange('ab');
	await room.done();
	t.is(room.run().prediction?.state, 'right');
});

test('what came beside a prediction of a text is a payload, which is made safe where it is drawn', async t => {
	const predict = `
predict:
  ask: {en: 'Which text?'}
  kind: text
  answer: {bound: came.text}
`;
	const room = await openLesson(t, lessonWith([stepFor('{event: datagram-received, by: server, as: came}', predict)]));
	await room.playground.execute({type: 'lesson-predict', answer: 'mine'});
	await room.exchange('a\u{1B}[31mb');
	await room.done();
	const {given, came} = room.run().prediction!;
	t.deepEqual([plainText(given), plainText(came)], ['mine', String.raw`a\x1b[31mb`]);
});

test('commands are refused where no lesson is open, and a lesson that is left leaves its sockets', async t => {
	const room = await openLesson(t, lessonWith([stepFor('{event: rule-changed}')]));
	await room.playground.execute({type: 'leave-lesson'});
	t.is(room.view().run, undefined);
	t.is(room.server('udp').state.type, 'open');
	for (const type of ['leave-lesson', 'lesson-hint', 'lesson-back', 'lesson-again', 'lesson-next', 'reset-lesson-scene'] as const) {
		t.deepEqual(await room.playground.execute({type}), {refusal: {reason: 'no-lesson'}});
	}

	await room.exchange('still here');
});

test('what happens counts once, for the lesson that is open, also after others that were left', async t => {
	const twice = lessonWith([stepFor('{event: datagram-sent, by: client 1, count: 2}')]);
	const room = await openLesson(t, twice);
	await room.playground.execute({type: 'leave-lesson'});
	await room.start(twice);
	await room.exchange('once');
	await turn();
	t.like(room.run(), {phase: 'doing', checks: [{seen: 1, count: 2}]});
	await room.exchange('twice');
	await room.done();
});

test('of a step that is entered twice at once the second time counts, and the lesson\'s seed is that of the playground', async t => {
	const room = await openLesson(t, lessonWith([stepFor('{event: datagram-received, by: client 1}')]));
	await room.playground.execute({type: 'set-seed', seed: 4711});
	const resets = [1, 2].map(async () => room.playground.execute({type: 'reset-lesson-scene'}));
	await Promise.all(resets);
	t.is(room.scene('udp').link.seed, 4711);
	await room.exchange('hello');
	await room.done();
	t.deepEqual(room.report().steps.map(({attempts}) => attempts), [2]);
});

test('back from the end leads to the last step, and the lesson goes on', async t => {
	const room = await openLesson(t, lessonWith([stepFor('{event: rule-changed}'), stepFor('{event: rule-changed}')]));
	for (let step = 0; step < 2; step++) {
		await room.playground.execute({type: 'lesson-next', skips: true});
	}

	t.is(room.run().phase, 'finished');
	t.not(room.report().endedAt, undefined);
	await room.playground.execute({type: 'lesson-back'});
	t.like(room.run(), {step: 1, phase: 'doing'});
	t.is(room.report().endedAt, undefined);
	await room.playground.execute({type: 'lesson-back'});
	t.is(room.run().step, 0);
});

test('a lesson that is left while its scene is being opened does not begin', async t => {
	const room = await openLesson(t, lessonWith([stepFor('{event: rule-changed}')]));
	const reset = room.playground.execute({type: 'reset-lesson-scene'});
	await room.playground.execute({type: 'leave-lesson'});
	await reset;
	t.is(room.view().run, undefined);
	const other = room.start(lessonWith([stepFor('{event: rule-changed}')], undefined, 'other-lesson'));
	await room.playground.execute({type: 'leave-lesson'});
	await other;
	t.deepEqual(Object.keys(room.view().progress), ['a-lesson']);
	await room.start(lessonWith([stepFor('{event: rule-changed}')], 'protocol: udp, clients: 3'));
	t.is(room.scene('udp').clients.length, 3);
});

test('the report has each step as it went: predictions, times, the seed, and what was seen then', async t => {
	const room = await openLesson(t, lessonOf(lessonSource([answered, answered])), {seed: 42});
	await room.playground.execute({type: 'lesson-hint'});
	await room.exchange('one');
	await room.done();
	const {startedAt, ...report} = room.report('ko');
	t.like(report, {
		id: 'a-lesson', title: '수업', language: 'ko', endedAt: undefined, seeds: [{protocol: 'udp', seed: 42}],
	});
	const [step] = report.steps;
	t.is(plainText(step?.explanation), 'one가 ONE가 됨.');
	t.like(step, {
		step: 0, outcome: 'done', attempts: 1, hints: 1, prediction: undefined,
	});
	t.true(step?.done && step.done.after >= 0 && step.done.at >= startedAt + step.done.after);
	await room.playground.execute({type: 'lesson-next'});
	t.deepEqual(room.report().steps.map(({outcome}) => outcome), ['done', 'begun']);
	// A later try does not undo what was done, and what was seen stays as it was.
	await room.playground.execute({type: 'lesson-back'});
	t.is(plainText(room.report().steps[0]?.explanation), 'one became ONE.');
	await room.playground.execute({type: 'lesson-next', skips: true});
	await room.playground.execute({type: 'lesson-next', skips: true});
	t.deepEqual(room.report().steps.map(({outcome}) => outcome), ['done', 'skipped']);
	t.is(typeof room.report().endedAt, 'number');
});

async function explanationIn(room: LessonRoom): Promise<string | undefined> {
	const {explanation} = await room.done();
	return plainText(explanation);
}

function lessonSource(steps: readonly string[]): string {
	return [
		'id: a-lesson',
		'title: {en: A lesson, ko: 수업}',
		'scene: {protocol: udp, clients: 1}',
		'steps:',
		...steps.map(step => step.trim().split('\n').map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`).join('\n')),
	].join('\n');
}
