import test, {type ExecutionContext} from 'ava';
import {readOptions} from '../../../source/commands/options.ts';
import type {PlaygroundOptions} from '../../../source/engine/api/command.ts';
import type {SceneView} from '../../../source/engine/api/scene-view.ts';
import {parseLesson} from '../../../source/lessons/parse-lesson.ts';
import {presets} from '../../../source/link/presets.ts';
import type {Protocol} from '../../../source/log/event.ts';
import {lessonVocabulary} from '../../../source/screen/input/vocabulary.ts';
import {lessonFile, scriptFile} from '../../../source/screen/save/saved-scene.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import type {Words} from '../../../source/screen/words/words.ts';
import {openPlayground, type PlaygroundRoom} from '../../helpers/playground-room.ts';
import {runProgram} from '../../helpers/run-program.ts';

function scriptOf(scene: SceneView, words: Words): string {
	return Buffer.from(scriptFile(scene, words, []).contents).toString();
}

function lessonText(scene: SceneView, words: Words): string {
	return Buffer.from(lessonFile(scene, words, [])?.contents ?? '').toString();
}

/** The words of the last line of a script, as the shell divides it. */
async function argumentsOf(script: string): Promise<string[]> {
	const line = script.trimEnd().split('\n').at(-1) ?? '';
	const {stdout} = await runProgram('sh', ['-c', String.raw`set -- ${line}; printf '%s\n' "$@"`]);
	return stdout.trimEnd().split('\n');
}

/** All that a command line can say of a scene. */
function factsOf({protocol, server, connect, clients, link}: SceneView): unknown {
	return {
		protocol,
		connect,
		server: server && {
			address: server.configured,
			rule: server.rule,
			closeAfterReply: server.closeAfterReply,
			framing: server.framing,
		},
		clients: clients.map(({framing}) => framing),
		seed: link.seed,
		toServer: link['to-server'].conditions,
		toClients: link['to-clients'].conditions,
	};
}

const oneWay = {...presets.perfect, loss: 0.125, delay: 12.5};

/** Scenes, and what was done to them before they are saved. */
const scenes: ReadonlyArray<readonly [
	protocol: Protocol, options: Partial<PlaygroundOptions>, then?: (room: PlaygroundRoom) => Promise<unknown>,
]> = [
	['udp', {}],
	['tcp', {
		reply: 'chat', closeAfterReply: true, clients: 3, link: presets.hostile, seed: 4_294_967_295,
	}],
	['udp', {
		link: presets.pinger, linkToClients: presets.perfect, clients: 0, host: '127.0.0.2',
	}],
	['tcp', {link: presets.lossy, linkToClients: presets.mobile, seed: 0}],
	['udp', {clients: 2}, async ({playground}) => {
		await playground.execute({type: 'set-rule', protocol: 'udp', rule: 'reverse'});
		await playground.execute({type: 'open-client', protocol: 'udp'});
		await playground.execute({
			type: 'set-link', scene: 'udp', direction: 'to-clients', conditions: oneWay,
		});
		await playground.execute({type: 'set-seed', seed: 77});
		await playground.execute({type: 'move-server', protocol: 'udp', address: {host: '127.0.0.3', port: 0}});
	}],
	['tcp', {connect: {host: '127.0.0.1', port: 9}, clients: 1, framing: 'u32le'}],
	['tcp', {framing: 'line', clients: 2}],
	['udp', {connect: {host: '::1', port: 9}, clients: 1}],
];

type Opened = {readonly protocol: Protocol; readonly scene: SceneView};

async function open(t: ExecutionContext, index: number): Promise<Opened> {
	const [protocol, options, then] = scenes[index]!;
	const room = await openPlayground(t, protocol, options);
	await then?.(room);
	return {protocol, scene: room.scene(protocol)};
}

for (const index of scenes.keys()) {
	test(`the command line of scene ${index + 1} opens that scene again`, async t => {
		const {protocol, scene} = await open(t, index);
		const [program, ...argv] = await argumentsOf(scriptOf(scene, ko));
		t.is(program, 'socket-playground');
		const {words, ...options} = readOptions(argv, {});
		t.is(words, ko);
		t.is(options.protocol, protocol);
		const again = await openPlayground(t, protocol, options);
		t.deepEqual(factsOf(again.scene(protocol)), factsOf(scene));
	});

	test(`the lesson file of scene ${index + 1} has no problem, where the clients send to the playground's server`, async t => {
		const {scene} = await open(t, index);
		for (const words of [en, ko]) {
			const text = lessonText(scene, words);
			const read = parseLesson(text, lessonVocabulary);
			t.deepEqual('problems' in read && scene.server ? read.problems : [], []);
			t.is(text === '', scene.server === undefined);
		}
	});
}

test('what neither brings back is said at the head of the file, and nothing else', async t => {
	const room = await openPlayground(t, 'udp', {clients: 3});
	const {playground} = room;
	const notes = (text: string): string[] =>
		(/^(?:#.*\n)+/.exec(text)?.[0] ?? '').split('\n').filter(line => line.startsWith('# ')).slice(1)
			.map(line => line.slice(2));
	t.deepEqual(notes(scriptOf(room.scene('udp'), en)), []);
	t.deepEqual(notes(lessonText(room.scene('udp'), en)), [en.views.saving.lessonHead]);

	const [first, second] = room.scene('udp').clients;
	const destination = {host: '127.0.0.9', port: 9};
	await playground.execute({type: 'set-destination', pane: first!.pane, destination});
	await room.send(second!.pane, 'hello');
	await room.happened('datagram-received');
	await playground.execute({type: 'close-client', pane: second!.pane});
	await playground.execute({type: 'stop-server', protocol: 'udp'});
	const {destination: to, clientClosed, serverStopped} = en.views.saving;
	const scene = room.scene('udp');
	const told = [to(1, '127.0.0.9:9'), clientClosed(2)];
	t.deepEqual(notes(scriptOf(scene, en)), [serverStopped, ...told]);
	t.regex(lessonText(scene, en), /^ {2}server: closed$/m);
});
