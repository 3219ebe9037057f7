import {
	type PayloadStart, writeDuration, writeEventField, writeServerField, type WrittenValue,
} from './fields.ts';
import type {
	Duration, LessonLanguage, LessonText, Template, ValuePath,
} from './lesson.ts';
import type {SeenEvent} from './seen.ts';
import {serverScene, type TrackContext} from './track-condition.ts';

/**
A text in one language, with what is known filled in. A `key` is a command of the key table by its name, which the
screen writes; a `value` is of what happened, and so is a `payload`, which the screen writes, too.
*/
export type FilledText = ReadonlyArray<
	| {readonly type: 'text' | 'value'; readonly text: string}
	| {readonly type: 'key'; readonly key: string}
	| ({readonly type: 'payload'} & PayloadStart)
>;

/** Stands for what is not known where the text has nothing else for that. */
const unknown = '?';

/** A text in a language, or in the one that it has. `it` is the event that has caused a reaction. */
export function fillText(
	text: LessonText,
	language: LessonLanguage,
	context: TrackContext,
	it?: SeenEvent,
): FilledText {
	return fillTemplate(text[language] ?? Object.values(text)[0] ?? [], context, it);
}

function fillTemplate(template: Template, context: TrackContext, it?: SeenEvent): FilledText {
	return template.map(part => {
		if (part.type !== 'value') {
			return part;
		}

		const {value, fallback = unknown} = part;
		const written = 'name' in value ? writePath(value, context, it) : writeSpan(value, context);
		if (written === undefined) {
			return {type: 'text', text: fallback};
		}

		return typeof written === 'string' ? {type: 'value', text: written} : {type: 'payload', ...written};
	});
}

/** A value as it stands in a text; undefined where it is not known. */
export function writePath({name, field}: ValuePath, context: TrackContext, it?: SeenEvent): WrittenValue | undefined {
	const scene = serverScene(name, context.scenes());
	if (scene !== undefined) {
		const facts = context.facts().scenes[scene];
		return facts && writeServerField(facts, field);
	}

	const seen = name === 'it' ? it : context.bound().get(name)?.seen;
	return seen && writeEventField(seen, field);
}

function writeSpan({from, to}: Duration, context: TrackContext): string | undefined {
	const bound = context.bound();
	const start = bound.get(from)?.seen.event.time;
	const end = bound.get(to)?.seen.event.time;
	return start === undefined || end === undefined ? undefined : writeDuration(end - start);
}
