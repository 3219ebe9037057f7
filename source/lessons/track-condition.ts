/* Conditions followed through what happens. */
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

/** Names and what they are bound to. */
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
it has come true by that; `over` where what must not happen meanwhile has happened.
*/
export type Tracker = {
	readonly take: (seen: SeenEvent | undefined) => readonly Match[] | 'over';
	/** How many events of how many there have been. */
	readonly progress: () => {readonly seen: number; readonly count: number};
};

/** The most beginnings of a sequence that are followed at a time; older ones are forgotten. */
const maxThreads = 32;

/** The most events of one name that are kept, to be marked. */
const maxPlaces = 50;

const none: readonly Match[] = [];
const nothing: Bindings = new Map();
const notCounted = {seen: 0, count: 1};

/** Follow a condition from now on. One that names something that must not happen begins again by itself. */
export function trackCondition(condition: Condition, context: TrackContext): Tracker {
	return new Restarting(() => track(condition, nothing, context));
}

/** As above, with what is bound so far, and ending for good when what must not happen has happened. */
function track(condition: Condition, bound: Bindings, context: TrackContext): Tracker {
	const tracker = trackPlain(condition, bound, context);
	const {without} = condition;
	return without ? new Without(tracker, track(without, bound, context)) : tracker;
}

function trackPlain(condition: Condition, bound: Bindings, context: TrackContext): Tracker {
	switch (condition.type) {
		case 'event': {
			return new EventTracker(condition, bound, context);
		}

		case 'then': {
			return new ThenTracker(condition.parts, bound, context);
		}

		case 'all': {
			return new AllTracker(condition.parts, bound, context);
		}

		case 'any': {
			return new AnyTracker(condition.parts, bound, context);
		}

		case 'state':
		case 'view':
		case 'overlay':
		case 'experiment':
		case 'not': {
			return new StateTracker(() => holds(condition, context), bound);
		}

		default: {
			return condition satisfies never;
		}
	}
}

/** One or more events of a kind. After the last one that counts each further one makes it true again. */
class EventTracker implements Tracker {
	readonly #condition: EventCondition;
	readonly #bound: Bindings;
	readonly #context: TrackContext;
	readonly #distinct = new Set<string>();
	readonly #kinds: ReadonlySet<string>;
	#places: readonly EventPlace[] = [];
	#seen = 0;

	constructor(condition: EventCondition, bound: Bindings, context: TrackContext) {
		this.#condition = condition;
		this.#bound = bound;
		this.#context = context;
		this.#kinds = new Set(condition.kinds);
	}

	take(seen: SeenEvent | undefined): readonly Match[] {
		if (!seen || !this.#kinds.has(seen.event.type) || !this.#counts(seen)) {
			return none;
		}

		const {as, count} = this.#condition;
		this.#seen++;
		const {pane, sequence} = seen.event;
		this.#places = [...this.#places, {pane, sequence}].slice(-Math.min(count, maxPlaces));
		if (this.#seen < count) {
			return none;
		}

		const bound = as === undefined
			? this.#bound
			: new Map([...this.#bound, [as, {seen: kept(seen), places: this.#places}]]);
		return [{bound, by: seen}];
	}

	progress(): {readonly seen: number; readonly count: number} {
		const {count} = this.#condition;
		return {seen: Math.min(this.#seen, count), count};
	}

	#counts(seen: SeenEvent): boolean {
		const {became, by, scene, where, distinct} = this.#condition;
		if (
			seen.became !== became
			|| (scene === undefined ? !this.#context.scenes().includes(seen.scene) : seen.scene !== scene)
			|| (by && !isActor(by, seen.client, seen.event.socket))
			|| !where.every(comparison => this.#isTrue(comparison, seen))
		) {
			return false;
		}

		if (distinct === undefined) {
			return true;
		}

		const key = JSON.stringify(eventFields[distinct]?.of(seen));
		const isNew = key !== undefined && !this.#distinct.has(key);
		if (key !== undefined && this.#distinct.size < this.#condition.count) {
			this.#distinct.add(key);
		}

		return isNew;
	}

	#isTrue({field, operator, value}: Comparison, seen: SeenEvent): boolean {
		const right = typeof value === 'object' ? valueOf(value, this.#context, this.#bound) : value;
		return compare(eventFields[field]?.of(seen), operator, right);
	}
}

/** Something that is so or not: true whenever it begins to be so. */
class StateTracker implements Tracker {
	readonly #holds: () => boolean;
	readonly #matches: readonly Match[];
	#held = false;

	constructor(holds: () => boolean, bound: Bindings) {
		this.#holds = holds;
		this.#matches = [{bound, by: undefined}];
	}

	take(): readonly Match[] {
		const before = this.#held;
		this.#held = this.#holds();
		return this.#held && !before ? this.#matches : none;
	}

	progress(): {readonly seen: number; readonly count: number} {
		return notCounted;
	}
}

/**
Parts one after the other. Each time when a part comes true the next one is looked for from there, so that a beginning
that leads nowhere does not stand in the way of a later one.
*/
class ThenTracker implements Tracker {
	readonly #parts: readonly Condition[];
	readonly #context: TrackContext;
	readonly #first: Tracker;
	/** What is looked for behind each part but the last. */
	readonly #threads: Tracker[][];

	constructor(parts: readonly Condition[], bound: Bindings, context: TrackContext) {
		this.#parts = parts;
		this.#context = context;
		this.#first = new Restarting(() => track(parts[0]!, bound, context));
		this.#threads = parts.map(() => []);
	}

	take(seen: SeenEvent | undefined): readonly Match[] {
		const found: Match[] = [];
		// From the last part back to the first: an event counts for one part of a sequence only.
		for (let index = this.#parts.length - 1; index > 0; index--) {
			const threads = this.#threads[index]!;
			// eslint-disable-next-line unicorn/no-useless-spread -- A copy: what is over is taken out meanwhile.
			for (const thread of [...threads]) {
				const matches = thread.take(seen);
				if (matches === 'over') {
					threads.splice(threads.indexOf(thread), 1);
				} else {
					found.push(...this.#goOn(index, matches));
				}
			}
		}

		const matches = this.#first.take(seen);
		return [...found, ...(matches === 'over' ? none : this.#goOn(0, matches))];
	}

	progress(): {readonly seen: number; readonly count: number} {
		const last = this.#threads.findLastIndex(threads => threads.length > 0);
		return {seen: Math.max(0, last), count: this.#parts.length};
	}

	/** A part has come true: it was the last one, or the next one is looked for. */
	#goOn(index: number, matches: readonly Match[]): readonly Match[] {
		const next = this.#parts[index + 1];
		if (!next) {
			return matches;
		}

		const found: Match[] = [];
		for (const {bound, by} of matches) {
			const thread = track(next, bound, this.#context);
			const threads = this.#threads[index + 1]!;
			threads.push(thread);
			threads.splice(0, threads.length - maxThreads);
			// What is looked for may be so already.
			const already = thread.take(undefined);
			if (already !== 'over') {
				found.push(...this.#goOn(index + 1, already.map(match => ({...match, by}))));
			}
		}

		return found;
	}
}

/** Parts in any order. */
class AllTracker implements Tracker {
	readonly #parts: readonly Tracker[];
	readonly #matches: Array<Match | undefined>;

	constructor(parts: readonly Condition[], bound: Bindings, context: TrackContext) {
		this.#parts = parts.map(part => new Restarting(() => track(part, bound, context)));
		this.#matches = parts.map(() => undefined);
	}

	take(seen: SeenEvent | undefined): readonly Match[] {
		let by: SeenEvent | undefined;
		let isNew = false;
		for (const [index, part] of this.#parts.entries()) {
			const matches = part.take(seen);
			const last = matches === 'over' ? undefined : matches.at(-1);
			if (last) {
				this.#matches[index] = last;
				by = last.by ?? by;
				isNew = true;
			}
		}

		return isNew && this.#matches.every(match => match !== undefined)
			? [{bound: new Map(this.#matches.flatMap(match => [...match?.bound ?? []])), by}]
			: none;
	}

	progress(): {readonly seen: number; readonly count: number} {
		return {seen: this.#matches.filter(match => match !== undefined).length, count: this.#parts.length};
	}
}

/** One of several parts. */
class AnyTracker implements Tracker {
	readonly #parts: readonly Tracker[];

	constructor(parts: readonly Condition[], bound: Bindings, context: TrackContext) {
		this.#parts = parts.map(part => new Restarting(() => track(part, bound, context)));
	}

	take(seen: SeenEvent | undefined): readonly Match[] {
		return this.#parts.flatMap(part => {
			const matches = part.take(seen);
			return matches === 'over' ? none : matches;
		});
	}

	progress(): {readonly seen: number; readonly count: number} {
		const [first = notCounted, ...others] = this.#parts.map(part => part.progress());
		let best = first;
		for (const next of others) {
			best = next.seen * best.count > best.seen * next.count ? next : best;
		}

		return best;
	}
}

/** Follows something until what must not happen has happened. */
class Without implements Tracker {
	readonly #tracker: Tracker;
	readonly #without: Tracker;
	#isOver = false;

	constructor(tracker: Tracker, without: Tracker) {
		this.#tracker = tracker;
		this.#without = without;
	}

	take(seen: SeenEvent | undefined): readonly Match[] | 'over' {
		const happened = this.#isOver ? none : this.#without.take(seen);
		this.#isOver ||= happened !== 'over' && happened.length > 0;
		return this.#isOver ? 'over' : this.#tracker.take(seen);
	}

	progress(): {readonly seen: number; readonly count: number} {
		return this.#tracker.progress();
	}
}

/** Begins again when what must not happen has happened. */
class Restarting implements Tracker {
	readonly #make: () => Tracker;
	#tracker: Tracker;

	constructor(make: () => Tracker) {
		this.#make = make;
		this.#tracker = make();
	}

	take(seen: SeenEvent | undefined): readonly Match[] {
		const matches = this.#tracker.take(seen);
		if (matches !== 'over') {
			return matches;
		}

		this.#tracker = this.#make();
		return none;
	}

	progress(): {readonly seen: number; readonly count: number} {
		return this.#tracker.progress();
	}
}

/** Whether a condition on how something stands holds now. One on events never does. */
function holds(condition: Condition, context: TrackContext): boolean {
	const {look, scenes, experiment} = context.facts();
	switch (condition.type) {
		case 'state': {
			const name = condition.scene ?? context.scenes()[0];
			const scene = scenes[name];
			return scene !== undefined && condition.where.every(({field, operator, value}) => compare(
				stateFields[field]?.of({scene, isShown: look.scenes.includes(name)}),
				operator,
				typeof value === 'object' ? valueOf(value, context) : value,
			));
		}

		case 'view': {
			const {view, scene, pane: actor, language, isFocused} = condition;
			return look.panes.some(pane =>
				pane.view === view
				&& (scene === undefined || pane.scene === scene)
				&& (!actor || isActor(actor, pane.client))
				&& (language === undefined || pane.language === language)
				&& (!isFocused || pane.isFocused));
		}

		case 'overlay': {
			return look.overlays.includes(condition.overlay);
		}

		case 'experiment': {
			const {outcome} = condition;
			return experiment?.name === condition.experiment
				&& experiment.outcome !== undefined
				&& (outcome === undefined || experiment.outcome === outcome);
		}

		case 'not': {
			return !holds(condition.part, context);
		}

		case 'all': {
			return condition.parts.every(part => holds(part, context));
		}

		case 'any': {
			return condition.parts.some(part => holds(part, context));
		}

		case 'event':
		case 'then': {
			return false;
		}

		default: {
			return condition satisfies never;
		}
	}
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
	switch (name) {
		case 'server': {
			return first;
		}

		case 'udp.server': {
			return 'udp';
		}

		case 'tcp.server': {
			return 'tcp';
		}

		default: {
			return undefined;
		}
	}
}

/** An event whose bytes are its own. */
function kept(seen: SeenEvent): SeenEvent {
	return 'bytes' in seen.event
		? {...seen, event: {...seen.event, bytes: Uint8Array.from(seen.event.bytes)}}
		: seen;
}
