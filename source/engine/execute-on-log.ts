import type {SocketEvent} from '../log/event.ts';
import type {EventLog} from '../log/event-log.ts';
import {toFailure} from '../sockets/failure.ts';
import type {Command, CommandAnswer, Savable} from './api/command.ts';
import {readFlowEvents} from './scene/views/flow-view.ts';
import {saveNew} from './save.ts';
import type {Scenes} from './scene/scenes.ts';

/** The commands that take something out of the log, and change nothing. */
export type LogCommand = Extract<Command, {type: 'save' | 'read-payload' | 'read-events'}>;

type File = {readonly name: string; readonly contents: string | Uint8Array};

/** Save a view to a new file, or return a payload or events. */
export async function executeOnLog(command: LogCommand, log: EventLog, scenes: Scenes): Promise<CommandAnswer> {
	if (command.type === 'read-payload') {
		const event = payloadEvent(log, command.sequence);
		return event ? {bytes: event.bytes} : {refusal: {reason: 'payload-gone'}};
	}

	if (command.type === 'read-events') {
		const scene = scenes.get(command.scene);
		return scene ? {events: readFlowEvents(log, scene, command.end)} : {refusal: {reason: 'no-such-pane'}};
	}

	const file = fileOf(command.what, log);
	if (!file) {
		return {refusal: {reason: 'payload-gone'}};
	}

	try {
		return {saved: await saveNew(file.name, file.contents)};
	} catch (error) {
		return {refusal: {reason: 'save-failed', failure: toFailure(error)}};
	}
}

function fileOf(what: Savable, log: EventLog): File | undefined {
	switch (what.type) {
		case 'file': {
			return what;
		}

		case 'payload': {
			const event = payloadEvent(log, what.sequence);
			return event && {name: `payload-${what.sequence}.bin`, contents: event.bytes};
		}

		default: {
			return what satisfies never;
		}
	}
}

/** The event with this sequence number, if the log holds it and it has a payload. */
function payloadEvent(log: EventLog, sequence: number): Extract<SocketEvent, {bytes: Uint8Array}> | undefined {
	const event = sequence >= log.first && sequence < log.next ? log.read(sequence) : undefined;
	return event && 'bytes' in event ? event : undefined;
}
