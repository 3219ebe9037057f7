/* A scene as a file that opens it again: a shell script with its command line, or a lesson with one step. */
import type {SceneView} from '../../engine/api/scene-view.ts';
import {lessonOf} from '../../lessons/write-lesson.ts';
import type {Words} from '../words/words.ts';
import {
	sharedOptions, commandOf, localTime, unlike,
} from './scene-head.ts';

export type TextFile = {readonly name: string; readonly contents: Uint8Array};

/**
A shell script that opens the scene. What it does not bring back stands above the command.

@param lost - what of the panes no command line brings back, a sentence each
*/
export function scriptFile(scene: SceneView, words: Words, lost: readonly string[], messagesFile?: string): TextFile {
	const head = [aboutOf(scene), ...unlike(scene, words), ...lost].map(text => `# ${text}\n`).join('');
	const text = `#!/bin/sh\n${head}${commandOf(scene, words, messagesFile)}\n`;
	return {name: `socket-playground-${scene.protocol}-scene.sh`, contents: Buffer.from(text)};
}

/**
A lesson file (docs/lesson-format.md) that starts from a scene like this one, with one step to write on from; undefined
where the clients send to another program's server. What it does not bring back stands at its head.
*/
export function lessonFile(scene: SceneView, words: Words, lost: readonly string[]): TextFile | undefined {
	const {protocol, server, clients, link} = scene;
	const {saving} = words.views;
	if (!server || server.relay || scene.name === 'laboratory') {
		return undefined;
	}

	const facts = unlike(scene, words).filter(fact => fact !== saving.serverStopped);
	const head = [aboutOf(scene), saving.lessonHead, ...facts, ...lost].map(text => `# ${text}\n`).join('');
	const text = lessonOf({
		protocol,
		clients: clients.length,
		isServerOpen: server.state.type === 'open' || server.state.type === 'opening',
		...server.configured,
		reply: server.rule,
		closeAfterReply: server.closeAfterReply,
		link: {'to-server': link['to-server'].conditions, 'to-clients': link['to-clients'].conditions},
		seed: link.seed,
		options: sharedOptions(scene),
		framing: server.framing,
		encoding: server.encoding,
	}, words.comments, words.lessonReport.draft);
	return {name: `socket-playground-${protocol}-lesson.yaml`, contents: Buffer.from(head + text)};
}

function aboutOf({protocol}: SceneView): string {
	return `socket-playground · ${protocol.toUpperCase()} · ${localTime(new Date())}`;
}
