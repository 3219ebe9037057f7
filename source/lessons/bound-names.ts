/* Which names a condition binds, whether what it names is bound by then, and which events it is about. */
import type {Condition, EventCondition, Lesson} from './lesson.ts';

/** The names that a condition binds: in any case when it has come true, or in some cases. */
type BoundNames = {readonly always: ReadonlySet<string>; readonly sometimes: ReadonlySet<string>};

const no: ReadonlySet<string> = new Set();

export function namesOf(condition: Condition): BoundNames {
	if (condition.type === 'event') {
		const own = condition.as === undefined ? no : new Set([condition.as]);
		return {always: own, sometimes: own};
	}

	const parts = 'parts' in condition ? condition.parts.map(part => namesOf(part)) : [];
	const [first = no, ...others] = parts.map(({always}) => always);
	return {
		always: condition.type === 'any'
			? new Set([...first].filter(name => others.every(other => other.has(name))))
			: union([first, ...others]),
		sometimes: union(parts.map(({sometimes}) => sometimes)),
	};
}

/** The names of several conditions that all come true. */
export function namesOfAll(conditions: readonly Condition[]): BoundNames {
	return namesOf({type: 'all', parts: conditions});
}

/**
The names that a condition compares with, and that cannot be bound by then.

@param known - what is bound elsewhere
*/
export function unboundNames(condition: Condition, known: ReadonlySet<string>): readonly string[] {
	const found = condition.without ? [...unboundNames(condition.without, known)] : [];
	if ('where' in condition) {
		found.push(...condition.where.flatMap(({value}) =>
			typeof value === 'object' && !known.has(value.name) ? value.name : []));
	}

	let soFar = known;
	for (const part of 'parts' in condition ? condition.parts : ('part' in condition ? [condition.part] : [])) {
		found.push(...unboundNames(part, soFar));
		soFar = condition.type === 'then' ? union([soFar, namesOf(part).sometimes]) : known;
	}

	return found;
}

/** Every condition on an event that a lesson has, wherever in it. */
export function eventsOf({steps}: Lesson): readonly EventCondition[] {
	return steps.flatMap(({checks, reactions}) => [...checks, ...reactions].flatMap(({when}) => eventsIn(when)));
}

function eventsIn(condition: Condition): readonly EventCondition[] {
	const without = condition.without ? eventsIn(condition.without) : [];
	if (condition.type === 'event') {
		return [condition, ...without];
	}

	return 'parts' in condition ? [...condition.parts.flatMap(part => eventsIn(part)), ...without] : without;
}

function union(sets: ReadonlyArray<ReadonlySet<string>>): ReadonlySet<string> {
	return new Set(sets.flatMap(set => [...set]));
}
