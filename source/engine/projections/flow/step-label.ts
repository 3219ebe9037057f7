import textWidth from '../../../text/width.ts';
import {cutVisible} from './cut-visible.ts';
import {counted} from './counted.ts';
import {linkChoices} from './flow-link.ts';
import type {FlowStep} from './flow-step.ts';
import {wordsOf} from './step-words.ts';

/** A label's parts, in their order: what it is, the payload, a note, what the link has made of it, what is never cut (an errno name and how often), and how long that took. */
export type StepLabel = {
	readonly lead: string;
	readonly payload: string;
	readonly note: string;
	/** The ways to say it. The first is for where there is room for everything, the others become shorter. */
	readonly link: readonly string[];
	readonly end: string;
	readonly span: string;
};

/** A payload, or a note, of which fewer columns could be shown than this is left out. */
const fewestOfPayload = 3;
const fewestOfNote = 8;

/** How long a run took: `in 12.4 s`, `in 12.4+ s` where it may have begun before; empty for less than a second. */
function spanOf({took, hasMore}: FlowStep): string {
	const seconds = took / 1000;
	return seconds < 1 ? '' : `in ${seconds < 100 ? seconds.toFixed(1) : counted(Math.round(seconds))}${hasMore ? '+' : ''} s`;
}

/** What a step says, in the field's terms, which are the same in every language: `12 B`, `SYN connect()`, `bound`, `× 240`. */
export function labelOfStep(step: FlowStep): StepLabel {
	const {
		text, isCut, code, count, hasMore, link,
	} = step;
	const times = count > 1 ? `× ${counted(count)}${hasMore ? '+' : ''}` : '';
	const [lead, note = step.note ?? ''] = wordsOf(step);
	return {
		lead,
		payload: text === undefined || step.length === 0 ? '' : `"${text}${isCut ? '' : '"'}`,
		note,
		link: link ? linkChoices(link) : [],
		end: [code, times].filter(Boolean).join(' '),
		span: spanOf(step),
	};
}

/** A label in at most so many columns. The payload is cut first, then the note goes, then less is told of the link, then how long it took goes, then what it is is cut. */
export function fitLabel({lead, payload, note, link: [byLink = '', ...shorter], end: often, span}: StepLabel, columns: number): string {
	const join = (...parts: readonly string[]): string => parts.filter(Boolean).join(' ');
	const whole = join(lead, payload, note, byLink, often, span);
	if (byLink !== '' && textWidth(whole) <= columns) {
		return whole;
	}

	const last = textWidth(join(lead, often, span)) > columns ? often : join(often, span);
	const end = join(shorter.find(told => textWidth(join(lead, told, last)) <= columns) ?? '', last);
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
