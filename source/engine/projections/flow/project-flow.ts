import {encodeUtf8} from '../../../text/utf8.ts';
import {visibleBytes, type VisibleText} from '../../../text/visible.ts';
import type {SocketEvent} from '../../events/event.ts';
import {type FlowLane, flowLanes} from './flow-lanes.ts';
import {FlowScan} from './flow-scan.ts';
import type {FlowScene} from './flow-scene.ts';
import type {FlowStep} from './flow-step.ts';
import {type Fold, foldDrafts} from './fold-drafts.ts';
import {joinDrafts} from './join-drafts.ts';

/** The steps of a diagram, oldest first, and its lanes from the left. */
export type Flow = {
	readonly steps: readonly FlowStep[];
	readonly lanes: readonly FlowLane[];
	/** Sequence number of the oldest event that was looked at; undefined where there was none. */
	readonly oldest: number | undefined;
	/** There is nothing older. */
	readonly isWhole: boolean;
};

/** Columns of a payload that a step keeps. */
const textColumns = 60;

/** Columns of the longest errno names, and some. */
const codeColumns = 40;

/** The oldest steps, one less than make four pairs, may yet turn out to be part of pairs that repeat. */
const spare = 7;

/** After there are steps enough, so many older events are looked at for the other halves of what is shown. */
const lookBack = 256;

/**
The newest steps, at most `rows` of them. Events come newest first and are pulled as they are needed: no more than `most`, and one to
see whether there are more. So the cost does not depend on the log's length.

@param wallTime - the time of day, for the label of a step, at a time of the log
*/
export function projectFlow(events: Iterable<SocketEvent>, scene: FlowScene, rows: number, most = 4096, wallTime = (time: number): number => time): Flow {
	const scan = new FlowScan(scene);
	let looked = 0;
	let oldest: number | undefined;
	// Between two sockets of ours, two events make a step.
	let checkAt = Math.max(64, (rows + spare) * 2);
	let stopAt = most;
	let isCut = false;
	let isEnough = false;
	for (const event of events) {
		if (looked >= stopAt) {
			isCut = true;
			break;
		}

		scan.add(event);
		oldest = event.sequence;
		looked++;
		if (looked === checkAt && !isEnough) {
			checkAt *= 2;
			if (foldDrafts(joinDrafts(scan.drafts, scan.ends, false)).length > rows + spare) {
				stopAt = Math.min(most, looked + lookBack);
				isEnough = true;
			}
		}
	}

	const folds = foldDrafts(joinDrafts(scan.drafts, scan.ends, !isEnough));
	const steps = newestOf(folds, rows).map(fold => stepOf(fold, isCut, wallTime)).toReversed();
	return {
		steps, lanes: flowLanes(scene, steps, scan.ports), oldest, isWhole: !isCut && folds.length <= rows,
	};
}

/** At most so many folds, and none without the one that it belongs to. */
function newestOf(folds: readonly Fold[], rows: number): readonly Fold[] {
	const end = Math.max(0, Math.min(rows, folds.length));
	return folds.slice(0, end > 1 && end < folds.length && folds[end - 1].isSecond ? end - 1 : end);
}

function stepOf({newest, oldest, count, link, isSecond, isAtEnd}: Fold, isCut: boolean, wallTime: (time: number) => number): FlowStep {
	const {
		sequence, kind, from, to, fate, length, bytes, note, code,
	} = newest;
	let payload: VisibleText | undefined;
	// More steps are known than are drawn, and it takes longer to make a payload visible than all the rest.
	const visible = (): VisibleText | undefined => {
		payload ??= bytes && visibleBytes(bytes, textColumns, bytes.length === length);
		return payload;
	};

	return {
		sequence, first: oldest.sequence, time: wallTime(oldest.time), took: newest.time - oldest.time, kind, from, to, fate, length, note,
		get text() {
			return visible()?.text;
		},
		get isCut() {
			return visible()?.isCut;
		},
		code: code === undefined ? undefined : visibleBytes(encodeUtf8(code), codeColumns).text,
		...(link && {link}), count, hasMore: isCut && isAtEnd && count > 1, isSecond,
	};
}
