import {open, rm} from 'node:fs/promises';
import path from 'node:path';
import type {SocketEvent} from '../log/event.ts';
import type {EventLog} from '../log/event-log.ts';
import {toFailure} from '../sockets/failure.ts';
import type {Command, CommandAnswer} from './api/command.ts';
import {readFlowEvents} from './scene/views/flow-view.ts';
import {readHeld} from './scene/execute/execute-on-held.ts';
import {leadOf} from './scene/views/relay-view.ts';
import {eventAt} from './scene/views/step-facts.ts';
import type {Scenes} from './scene/scenes.ts';

/** The commands that take something out of the log, or out of a relay, and change nothing. */
export type ReadingCommand = Extract<Command, {type: 'save' | `read-${string}`}>;

export function isReading(command: Command): command is ReadingCommand {
	return command.type === 'save' || command.type.startsWith('read-');
}

/** Save a view to a new file, or return a payload, events or what is held. */
export async function executeReading(command: ReadingCommand, log: EventLog, scenes: Scenes): Promise<CommandAnswer> {
	if (command.type === 'read-payload') {
		const event = payloadEvent(log, command.sequence);
		return event ? {bytes: event.bytes} : {refusal: {reason: 'payload-gone'}};
	}

	if (command.type === 'read-events') {
		const scene = scenes.get(command.scene);
		return scene ? {events: readFlowEvents(log, scene, command.end)} : {refusal: {reason: 'no-such-pane'}};
	}

	if (command.type === 'read-held') {
		const pane = scenes.get(command.scene ?? command.protocol)?.relay;
		const held = pane?.relay.held;
		return held
			? {...readHeld(held, command.held), ...leadOf(log, held.get(command.held), pane.encoding)}
			: {refusal: {reason: 'no-server'}};
	}

	const {what} = command;
	const payload = what.type === 'payload' ? payloadEvent(log, what.sequence) : undefined;
	const file = payload
		? {type: 'file' as const, name: `payload-${payload.sequence}.bin`, contents: payload.bytes}
		: what;
	if (file.type !== 'file') {
		return {refusal: {reason: 'payload-gone'}};
	}

	try {
		return {saved: await saveNew(file.name, file.contents)};
	} catch (error) {
		return {refusal: {reason: 'save-failed', failure: toFailure(error)}};
	}
}

function payloadEvent(log: EventLog, sequence: number): Extract<SocketEvent, {bytes: Uint8Array}> | undefined {
	const event = eventAt(log, sequence);
	return event && 'bytes' in event ? event : undefined;
}

/** At most this many numbered names are tried where files of that name exist. */
const most = 1000;

/** Write a new file into the working directory, numbered where its name is taken. @returns its path */
export async function saveNew(name: string, contents: string | Uint8Array): Promise<string> {
	const {name: stem, ext} = path.parse(name);
	for (let number = 1; ; number++) {
		const file = path.resolve(number === 1 ? name : `${stem}-${number}${ext}`);
		try {
			// eslint-disable-next-line no-await-in-loop -- The next name is tried only where this one is taken.
			await writeNew(file, contents);
			return file;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || number === most) {
				throw error;
			}
		}
	}
}

async function writeNew(file: string, contents: string | Uint8Array): Promise<void> {
	const handle = await open(file, 'wx');
	try {
		await handle.writeFile(contents);
	} catch (error) {
		await rm(file, {force: true});
		throw error;
	} finally {
		await handle.close();
	}
}
