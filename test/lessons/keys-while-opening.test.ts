/* Keys that arrive while the scene of a lesson's step is being opened count in that scene, on the panes seen then. */
import test, {type ExecutionContext} from 'ava';
import type {SceneView} from '../../source/engine/api/scene-view.ts';
import type {Protocol} from '../../source/log/event.ts';
import {en} from '../../source/screen/words/en.ts';
import {type LessonDesk, openLesson} from '../helpers/lesson-desk.ts';
import {lessonOf} from '../helpers/lesson-room.ts';

/** At the end of the first step of a lesson; Enter opens the second one's scene. */
async function beforeScene(t: ExecutionContext, scene: string, others = ''): Promise<LessonDesk> {
	const desk = await openLesson(t, lessonOf(`
id: a-lesson
title: {en: A lesson}
scene: {protocol: udp, clients: 2}
steps:
  - text: {en: Send something.}
    checks:
      - when: {event: datagram-sent}
    explain: {en: Done.}
  - text: {en: Send something again.}
    scene: {${scene}}
    checks:
      - when: {event: series-ended}
    explain: {en: Done.}
${others}`), en);
	await desk.press(['@client 2', 'first<Enter>', '~FIRST']);
	return desk;
}

function sceneOf({playground}: LessonDesk, protocol: Protocol): SceneView {
	const view = playground.view({type: 'scene', scene: protocol, peers: 1});
	if (view?.type !== 'scene') {
		throw new Error(JSON.stringify(view));
	}

	return view;
}

test('Tab and a message go to the second client of a scene that is being opened', async t => {
	const desk = await beforeScene(t, 'protocol: udp, clients: 3');
	const old = sceneOf(desk, 'udp');
	await desk.pressAtOnce('<Enter><Tab>hi<Enter>');
	await desk.press(['~HI']);
	const {server, clients} = sceneOf(desk, 'udp');
	t.not(server?.pane, old.server?.pane);
	t.deepEqual(clients.map(({sent}) => sent.count), [0, 1, 0]);
	t.is(desk.focus.pane, clients[1]?.pane);
});

test('a message goes over a connection of a scene that is being opened', async t => {
	const desk = await beforeScene(t, 'protocol: tcp, clients: 2');
	await desk.pressAtOnce('<Enter><Tab>hi<Enter>');
	await desk.press(['~HI']);
	t.deepEqual(sceneOf(desk, 'tcp').clients.map(({sent}) => sent.count), [0, 1]);
});

test('commands act on the panes of a scene that is being opened', async t => {
	const desk = await beforeScene(t, 'protocol: tcp, clients: 2');
	const old = sceneOf(desk, 'udp').clients.length;
	await desk.pressAtOnce('<Enter><^N>new');
	const {clients} = sceneOf(desk, 'tcp');
	t.is(clients.length, 3);
	t.deepEqual(desk.focus, {pane: clients[2]?.pane, typed: 'new'});
	t.is(sceneOf(desk, 'udp').clients.length, old);

	const other = await beforeScene(t, 'protocol: tcp, clients: 2, server: closed');
	await other.pressAtOnce('<Enter><Tab><Tab><^O>');
	t.is(sceneOf(other, 'tcp').server?.state.type, 'open');

	const third = await beforeScene(t, 'protocol: tcp, clients: 3');
	await third.pressAtOnce('<Enter><Tab><^X>');
	t.deepEqual(sceneOf(third, 'tcp').clients.map(({state}) => state.type), ['connected', 'closed', 'connected']);
});

test('what is typed is the answer to the question of the step that is being opened', async t => {
	const desk = await beforeScene(t, 'protocol: udp, clients: 2', `
    predict: {ask: {en: How many?}, kind: number, answer: 7}
`);
	await desk.pressAtOnce('<Enter>7<Enter>');
	t.is(desk.run?.prediction?.state, 'given');
	t.is(desk.run?.phase, 'doing');
	t.is(desk.focus.typed, '');
});

test('Tab goes through the panes of both scenes that are being opened, and through no others', async t => {
	const desk = await beforeScene(t, 'protocol: both, clients: 2');
	// TCP's scene was seen before, with panes that the step's scene does not have.
	await desk.press(['<^T>', '<^N>', '<^T>']);
	await desk.pressAtOnce('<Enter><Tab><Tab><Tab><Tab>hi<Enter>');
	await desk.press(['~HI']);
	t.deepEqual(sceneOf(desk, 'tcp').clients.map(({sent}) => sent.count), [0, 1]);
	t.is(desk.focus.pane, sceneOf(desk, 'tcp').clients[1]?.pane);
});
