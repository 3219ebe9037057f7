import type {FlowEvent} from '../../../flow/step.ts';
import type {SocketEvent} from '../../../log/event.ts';
import {kindOf} from '../../../log/event-kinds.ts';
import type {EventLog} from '../../../log/event-log.ts';
import {streamParts} from '../../../log/delivery/stream-place.ts';
import type {PaneIndex} from '../../../log/storage/pane-index.ts';
import {firstOrdinal} from '../../../log/storage/sequence-ring.ts';
import {codecOf} from '../../../text/encoding/codec.ts';
import {defaultEncoding} from '../../../text/encoding/encoding.ts';
import {readingOfEvent} from '../../../views/stream-lead.ts';
import type {Scene} from '../scene.ts';

/** Bytes of a payload that a diagram can use: it shows the first characters. */
const maxBytes = 256;

/** The events of a scene's panes, newest first, from the one before `end` on; each is read when it is asked for. */
export function * sceneEvents(log: EventLog, {panes: all}: Scene, end: number): Generator<FlowEvent> {
	const panes = all.map(({index, encoding}) => ({
		index,
		encoding,
		next: ordinalBefore(log, index, end),
	}));
	for (;;) {
		let newest: (typeof panes)[number] | undefined;
		let sequence = -1;
		for (const pane of panes) {
			const own = pane.next >= pane.index.firstSince(log.first) ? pane.index.at(pane.next) : -1;
			if (own > sequence) {
				sequence = own;
				newest = pane;
			}
		}

		if (!newest) {
			return;
		}

		newest.next--;
		const event = log.read(sequence, maxBytes);
		const {encoding} = newest;
		const messages = messagesOf(log, event);
		const own = messages ? {...event, messages} : event;
		yield encoding === defaultEncoding
			? own
			: {...own, encoding, lead: readingOfEvent(log, event, codecOf(encoding)).lead};
	}
}

/** The first and the last of the messages that a read has bytes of, where its stream is cut into some. */
function messagesOf(log: EventLog, event: SocketEvent): FlowEvent['messages'] {
	const isRead = kindOf(event.type).data?.isSent === false;
	const pieces = isRead && 'offset' in event ? log.messagesOf(event.sequence) : undefined;
	if (!pieces || !('offset' in event)) {
		return undefined;
	}

	const {parts: [first], more} = streamParts(event, pieces, 1);
	return first && {first: first.number, last: first.number + more};
}

/** How many events of a scene's panes the log has dropped. */
export function droppedEvents(log: EventLog, {panes}: Scene): number {
	return panes.reduce((sum, {index}) => sum + index.firstSince(log.first), 0);
}

/** Where the `count` oldest events end that the log still has from `from` on; 0 where there are none. */
export function endOfOldest(log: EventLog, {panes}: Scene, count: number, from = 0): number {
	const oldest = panes.flatMap(({index}) => {
		const first = ordinalBefore(log, index, from) + 1;
		return Array.from({length: Math.min(count, index.total - first)}, (_, ordinal) => index.at(first + ordinal));
	});
	return (oldest.toSorted((a, b) => a - b).slice(0, count).at(-1) ?? -1) + 1;
}

/** The ordinal of a pane's newest event whose sequence number is below `end`. */
function ordinalBefore(log: EventLog, index: PaneIndex, end: number): number {
	return firstOrdinal(index.firstSince(log.first), index.total, ordinal => index.at(ordinal) >= end) - 1;
}
