/* A scene as a file that opens it again: a shell script with its command line, or a lesson with one step. */
import type {SceneView} from '../../engine/api/scene-view.ts';
import type {LinkConditions} from '../../link/conditions.ts';
import {formatConditions} from '../../link/format-conditions.ts';
import type {LinkDirection} from '../../link/random.ts';
import {eventTypes, kindOf} from '../../log/event-kinds.ts';
import {formatAddress} from '../../text/address.ts';
import type {Words} from '../words/words.ts';
import {commandOf, localTime, unlike} from './scene-head.ts';

/** The kinds of events of a message that was sent. */
const sending = eventTypes.filter(type => kindOf(type).data?.isSent);

/** A shell script that opens the scene. What it does not bring back stands above the command. */
export function commandText(scene: SceneView, words: Words): string {
	return lines(
		'#!/bin/sh',
		...comments([headOf(scene), ...unlike(scene, words)]),
		commandOf(scene, words),
	);
}

/**
A lesson file (docs/lesson-format.md) that opens the scene, with one step to write on from. What it does not bring back
stands at its head.
*/
export function lessonText(scene: SceneView, words: Words): string {
	const {saving} = words.views;
	const {protocol, server, clients, connect, link} = scene;
	const language = words.comments;
	const way = (direction: LinkDirection): string => conditions(link[direction].conditions);
	const say = (text: string): string => `{${language}: ${JSON.stringify(text)}}`;
	return lines(
		...comments([
			headOf(scene),
			saving.lessonHead,
			...(connect ? [saving.connects(formatAddress(connect))] : []),
			...unlike(scene, words).filter(fact => fact !== saving.serverStopped),
		]),
		'id: saved-scene',
		`title: ${say(saving.lessonTitle)}`,
		'scene:',
		`  protocol: ${protocol}`,
		`  clients: ${clients.length}`,
		`  server: ${server && isOpen(scene) ? 'open' : 'closed'}`,
		...(server
			? [
				`  reply: ${server.rule}`,
				...(server.closeAfterReply ? ['  close-after-reply: true'] : []),
				`  host: ${JSON.stringify(server.configured.host)}`,
				`  port: ${server.configured.port}`,
			]
			: []),
		`  link: {to-server: ${way('to-server')}, to-clients: ${way('to-clients')}}`,
		`  seed: ${link.seed}`,
		'steps:',
		`  - text: ${say(saving.lessonStep)}`,
		'    checks:',
		`      - when: {event: [${sending.join(', ')}], by: client}`,
		`    explain: ${say(saving.lessonExplanation)}`,
	);
}

function isOpen({server}: SceneView): boolean {
	return server?.state.type === 'open' || server?.state.type === 'opening';
}

function conditions(of: LinkConditions): string {
	return JSON.stringify(formatConditions(of));
}

function headOf({protocol}: SceneView): string {
	return `socket-playground · ${protocol.toUpperCase()} · ${localTime(new Date())}`;
}

function comments(texts: readonly string[]): string[] {
	return texts.map(text => `# ${text}`);
}

function lines(...all: readonly string[]): string {
	return all.map(line => `${line}\n`).join('');
}
