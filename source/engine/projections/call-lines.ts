import type {CallLine} from '../door/pane-view.ts';
import type {SocketEvent} from '../events/event.ts';
import {formatCall, projectCalls} from './calls.ts';

/** The calls that an event stands for, each as one line, in the order in which they were made. */
export function projectCallLines(event: SocketEvent, isServer: boolean): CallLine[] {
	return projectCalls(event, {isServer}).map(call => ({
		name: call.name, text: formatCall(call), isFailed: call.error !== undefined, note: call.note,
	}));
}
