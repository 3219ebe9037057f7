import textWidth from '../../../text/width.ts';
import {cutVisible} from './cut-visible.ts';
import {connectionOfLane} from './flow-scene.ts';
import type {FlowStep} from './flow-step.ts';

/** A label's parts, in their order: what it is, the payload, a note, what is never cut (an errno name and how often), and how long that took. */
export type StepLabel = {readonly lead: string; readonly payload: string; readonly note: string; readonly end: string; readonly span: string};

/** A payload, or a note, of which fewer columns could be shown than this is left out. */
const fewestOfPayload = 3;
const fewestOfNote = 8;

/** A number with its thousands apart: `2,000`. */
function counted(count: number): string {
	return String(count).replaceAll(/(?<=\d)(?=(?:\d{3})+$)/g, ',');
}

/** How long a run took: `in 12.4 s`, `in 12.4+ s` where it may have begun before; empty for less than a second. */
function spanOf({took, hasMore}: FlowStep): string {
	const seconds = took / 1000;
	return seconds < 1 ? '' : `in ${seconds < 100 ? seconds.toFixed(1) : counted(Math.round(seconds))}${hasMore ? '+' : ''} s`;
}

/** What a step says, in the field's terms, which are the same in every language: `12 B`, `SYN connect()`, `bound`, `× 240`. */
export function labelOfStep(step: FlowStep): StepLabel {
	const {
		text, isCut, code, count, hasMore,
	} = step;
	const times = count > 1 ? `× ${counted(count)}${hasMore ? '+' : ''}` : '';
	const [lead, note = step.note ?? ''] = wordsOf(step);
	return {
		lead,
		payload: text === undefined || step.length === 0 ? '' : `"${text}${isCut ? '' : '"'}`,
		note,
		end: [code, times].filter(Boolean).join(' '),
		span: spanOf(step),
	};
}

/** A label in at most so many columns. The payload is cut first, then the note goes, then how long it took, then what it is is cut. */
export function fitLabel({lead, payload, note, end: often, span}: StepLabel, columns: number): string {
	const join = (...parts: readonly string[]): string => parts.filter(Boolean).join(' ');
	const end = textWidth(join(lead, often, span)) > columns ? often : join(often, span);
	const roomBeside = (...parts: readonly string[]): number => columns - textWidth(join(...parts)) - 1;
	const cut = (part: string, room: number, fewest: number): string => room >= Math.min(fewest, textWidth(part)) ? cutVisible(part, room) : '';
	if (roomBeside(lead, note, end) >= 0) {
		return join(lead, cut(payload, roomBeside(lead, note, end), fewestOfPayload), note, end);
	}

	if (roomBeside(lead, end) >= -1) {
		return join(lead, cut(note, roomBeside(lead, end), fewestOfNote), end);
	}

	const room = roomBeside(end) + (end === '' ? 1 : 0);
	return room > 0 ? join(cutVisible(lead, room), end) : cutVisible(end, columns);
}

/** What a step is, and what may be said of it where there is more room. */
function wordsOf({kind, length = 0, to}: FlowStep): readonly [lead: string, note?: string] {
	switch (kind) {
		case 'datagram':
		case 'chunk':
		case 'send-failed': {
			return [`${counted(length)} B`];
		}

		case 'connect': {
			return ['SYN', 'connect()'];
		}

		case 'connected': {
			return ['SYN+ACK connected'];
		}

		case 'established': {
			return ['connected'];
		}

		case 'accept': {
			return ['accept()', `→ connection ${to === undefined ? '' : connectionOfLane(to) ?? ''}`];
		}

		case 'reject': {
			return ['accept()', `limit ${counted(length)}`];
		}

		case 'fin': {
			return ['FIN'];
		}

		case 'reset': {
			return ['RST'];
		}

		case 'bound':
		case 'listening':
		case 'resumed': {
			return [kind];
		}

		case 'closed': {
			return length > 0 ? ['closed', `${counted(length)} B discarded`] : ['closed'];
		}

		case 'paused': {
			return ['paused', `${counted(length)} B waiting`];
		}

		case 'refused': {
			return [`send() ${counted(length)} B`];
		}

		case 'bind-failed':
		case 'failed': {
			return [''];
		}

		default: {
			return kind satisfies never;
		}
	}
}

/** The sign at the head of what happens on one lane: ● it begins, ○ it ends, ✗ it failed. Empty for the rest. */
export function markOfStep({kind}: FlowStep): '●' | '○' | '✗' | '' {
	switch (kind) {
		case 'bound':
		case 'listening': {
			return '●';
		}

		case 'closed': {
			return '○';
		}

		case 'bind-failed':
		case 'failed':
		case 'refused': {
			return '✗';
		}

		case 'datagram':
		case 'chunk':
		case 'send-failed':
		case 'connect':
		case 'connected':
		case 'established':
		case 'accept':
		case 'reject':
		case 'fin':
		case 'reset':
		case 'paused':
		case 'resumed': {
			return '';
		}

		default: {
			return kind satisfies never;
		}
	}
}
