/* Conditions followed through what happens. */
import {byType} from '../text/by-type.ts';
import {
	eventFields, type FieldValue, serverFields, stateFields,
} from './fields.ts';
import {compare} from './compare.ts';
import type {
	Comparison, Condition, EventCondition, LessonSceneName, ValuePath,
} from './lesson.ts';
import {isActor, type LessonFacts, type SeenEvent} from './seen.ts';

/** Where an event is: its pane, and its sequence number in the log. */
export type EventPlace = Pick<SeenEvent['event'], 'pane' | 'sequence'>;

/** What a name is bound to: an event, and where all are that were counted with it. */
export type Binding = {readonly seen: SeenEvent; readonly places: readonly EventPlace[]};

type Bindings = ReadonlyMap<string, Binding>;

/** A condition has come true: what it has bound, and the event that made it so, if one did. */
export type Match = {readonly bound: Bindings; readonly by: SeenEvent | undefined};

/** What conditions are followed with. */
export type TrackContext = {
	readonly facts: () => LessonFacts;
	/** The scenes that an event belongs to where a condition names none: the first is that of states. */
	readonly scenes: () => readonly [LessonSceneName, ...LessonSceneName[]];
	/** What other conditions have bound. */
	readonly bound: () => Bindings;
};

/**
Follows a condition. `take` gets each event, or nothing where a state may be another one, and returns each way in which
it has come true by that.
*/
export type Tracker = {
	readonly take: (seen: SeenEvent | undefined) => readonly Match[];
	/** How many events of how many there have been. */
	readonly progress: () => {readonly seen: number; readonly count: number};
};

/** One that ends for good: `over` where what must not happen meanwhile has happened. */
type EndingTracker = Pick<Tracker, 'progress'> & {
	readonly take: (seen: SeenEvent | undefined) => readonly Match[] | 'over';
};

/** The most beginnings of a sequence that are followed at a time; older ones are forgotten. */
const maxThreads = 32;

/** The most events of one name that are kept, to be marked. */
const maxPlaces = 50;

const none: readonly Match[] = [];
const nothing: Bindings = new Map();
const notCounted = {seen: 0, count: 1};

/** Follow a condition from now on. One that names something that must not happen begins again by itself. */
export function trackCondition(condition: Condition, context: TrackContext, bound: Bindings = nothing): Tracker {
	let tracker = track(condition, bound, context);
	return {
		take(seen) {
			const matches = tracker.take(seen);
			if (matches !== 'over') {
				return matches;
			}

			tracker = track(condition, bound, context);
			return none;
		},
		progress: () => tracker.progress(),
	};
}

/** As above, with what is bound so far, and ending for good when what must not happen has happened. */
function track(condition: Condition, bound: Bindings, context: TrackContext): EndingTracker {
	const tracker = trackPlain(condition, bound, context);
	if (!condition.without) {
		return tracker;
	}

	const without = track(condition.without, bound, context);
	let isOver = false;
	return {
		take(seen) {
			const happened = isOver ? none : without.take(seen);
			isOver ||= happened !== 'over' && happened.length > 0;
			return isOver ? 'over' : tracker.take(seen);
		},
		progress: () => tracker.progress(),
	};
}

function trackPlain(condition: Condition, bound: Bindings, context: TrackContext): Tracker {
	if (condition.type === 'event') {
		return trackEvent(condition, bound, context);
	}

	if (condition.type === 'then') {
		return trackSequence(condition.parts, bound, context);
	}

	return condition.type === 'all' || condition.type === 'any'
		? trackParts(condition.type, condition.parts.map(part => trackCondition(part, context, bound)))
		: trackState(() => holds(condition, context), bound);
}

/** One or more events of a kind. After the last one that counts each further one makes it true again. */
function trackEvent(condition: EventCondition, before: Bindings, context: TrackContext): Tracker {
	const {became, by, scene, where, distinct, as, count = 1} = condition;
	const kinds: ReadonlySet<string> = new Set(condition.kinds);
	const values = new Set<string>();
	let places: readonly EventPlace[] = [];
	let number = 0;
	const isTrue = ({field, operator, value}: Comparison, seen: SeenEvent): boolean =>
		compare(eventFields[field]?.of(seen), operator, typeof value === 'object' ? valueOf(value, context, before) : value);
	/** Whether its value of the field is another one than those before. */
	const isNew = (field: string, seen: SeenEvent): boolean => {
		const key = JSON.stringify(eventFields[field]?.of(seen));
		const isOther = key !== undefined && !values.has(key);
		if (key !== undefined && values.size < count) {
			values.add(key);
		}

		return isOther;
	};

	const counts = (seen: SeenEvent): boolean => kinds.has(seen.event.type)
		&& seen.became === became
		&& (scene === undefined ? context.scenes().includes(seen.scene) : seen.scene === scene)
		&& (!by || isActor(by, seen.client, seen.event.socket))
		&& where.every(comparison => isTrue(comparison, seen))
		&& (distinct === undefined || isNew(distinct, seen));
	return {
		take(seen) {
			if (!seen || !counts(seen)) {
				return none;
			}

			number++;
			const {pane, sequence} = seen.event;
			places = [...places, {pane, sequence}].slice(-Math.min(count, maxPlaces));
			if (number < count) {
				return none;
			}

			const bound = as === undefined ? before : new Map([...before, [as, {seen: kept(seen), places}]]);
			return [{bound, by: seen}];
		},
		progress: () => ({seen: Math.min(number, count), count}),
	};
}

/** Something that is so or not: true whenever it begins to be so. */
function trackState(holdsNow: () => boolean, bound: Bindings): Tracker {
	const matches = [{bound, by: undefined}];
	let held = false;
	return {
		take() {
			const before = held;
			held = holdsNow();
			return held && !before ? matches : none;
		},
		progress: () => notCounted,
	};
}

/**
Parts one after the other. Each time when a part comes true the next one is looked for from there, so that a beginning
that leads nowhere does not stand in the way of a later one.
*/
function trackSequence(parts: readonly Condition[], before: Bindings, context: TrackContext): Tracker {
	const first = trackCondition(parts[0]!, context, before);
	/** What is looked for behind each part but the last. */
	const threadsOf: EndingTracker[][] = parts.map(() => []);
	/** A part has come true: it was the last one, or the next one is looked for. */
	const goOn = (index: number, matches: readonly Match[]): readonly Match[] => {
		const next = parts[index + 1];
		if (!next) {
			return matches;
		}

		return matches.flatMap(({bound, by}) => {
			const thread = track(next, bound, context);
			const threads = threadsOf[index + 1]!;
			threads.push(thread);
			threads.splice(0, threads.length - maxThreads);
			// What is looked for may be so already.
			const already = thread.take(undefined);
			return already === 'over' ? none : goOn(index + 1, already.map(match => ({...match, by})));
		});
	};

	return {
		take(seen) {
			const found: Match[] = [];
			// From the last part back to the first: an event counts for one part of a sequence only.
			for (let index = parts.length - 1; index > 0; index--) {
				const threads = threadsOf[index]!;
				// eslint-disable-next-line unicorn/no-useless-spread -- A copy: what is over is taken out meanwhile.
				for (const thread of [...threads]) {
					const matches = thread.take(seen);
					if (matches === 'over') {
						threads.splice(threads.indexOf(thread), 1);
					} else {
						found.push(...goOn(index, matches));
					}
				}
			}

			return [...found, ...goOn(0, first.take(seen))];
		},
		progress: () => ({
			seen: Math.max(0, threadsOf.findLastIndex(threads => threads.length > 0)), count: parts.length,
		}),
	};
}

/** All of several parts, in any order, or one of them. */
function trackParts(type: 'all' | 'any', parts: readonly Tracker[]): Tracker {
	if (type === 'any') {
		return {
			take: seen => parts.flatMap(part => part.take(seen)),
			progress: () => parts
				.map(part => part.progress())
				.toSorted((one, other) => (other.seen / other.count) - (one.seen / one.count))[0] ?? notCounted,
		};
	}

	/** Of each part the way in which it came true last. */
	const last: Array<Match | undefined> = parts.map(() => undefined);
	return {
		take(seen) {
			const matches = parts.map(part => part.take(seen).at(-1));
			const by = matches.findLast(match => match?.by)?.by;
			for (const [index, match] of matches.entries()) {
				last[index] = match ?? last[index];
			}

			return matches.some(Boolean) && last.every(Boolean)
				? [{bound: new Map(last.flatMap(match => [...match?.bound ?? []])), by}]
				: none;
		},
		progress: () => ({seen: last.filter(Boolean).length, count: parts.length}),
	};
}

/** Whether a condition on how something stands holds now. One on events never does. */
function holds(condition: Condition, context: TrackContext): boolean {
	const {look, scenes, experiment} = context.facts();
	return byType(condition, {
		state({scene: named, where}) {
			const name = named ?? context.scenes()[0];
			const scene = scenes[name];
			return scene !== undefined && where.every(({field, operator, value}) => compare(
				stateFields[field]?.of({scene, isShown: look.scenes.includes(name)}),
				operator,
				typeof value === 'object' ? valueOf(value, context) : value,
			));
		},
		view: ({view, scene, pane: actor, language, focused}) => look.panes.some(pane =>
			pane.view === view
			&& (scene === undefined || pane.scene === scene)
			&& (!actor || isActor(actor, pane.client))
			&& (language === undefined || pane.language === language)
			&& (!focused || pane.isFocused)),
		overlay: ({overlay}) => look.overlays.includes(overlay),
		experiment: ({experiment: name, outcome}) => experiment?.name === name
			&& experiment.outcome !== undefined
			&& (outcome === undefined || experiment.outcome === outcome),
		not: ({part}) => !holds(part, context),
		all: ({parts}) => parts.every(part => holds(part, context)),
		any: ({parts}) => parts.some(part => holds(part, context)),
		event: () => false,
		then: () => false,
	});
}

/** The value of a field of something bound, or of a server; undefined where there is none. */
function valueOf({name, field}: ValuePath, context: TrackContext, bound: Bindings = nothing): FieldValue {
	const scene = serverScene(name, context.scenes());
	if (scene !== undefined) {
		const facts = context.facts().scenes[scene];
		return facts && serverFields[field]?.of(facts);
	}

	const binding = bound.get(name) ?? context.bound().get(name);
	return binding && eventFields[field]?.of(binding.seen);
}

/** Which scene's server a name stands for: `server` is the first one's; undefined for the name of something bound. */
export function serverScene(name: string, [first]: readonly LessonSceneName[]): LessonSceneName | undefined {
	return name === 'server' ? first : (['udp', 'tcp'] as const).find(scene => name === `${scene}.server`);
}

/** An event whose bytes are its own: those of the log's subscribers may be freed when they have been told of it. */
export function kept(seen: SeenEvent): SeenEvent {
	return 'bytes' in seen.event
		? {...seen, event: {...seen.event, bytes: Uint8Array.from(seen.event.bytes)}}
		: seen;
}
