/* A lesson read from the text of its file. */
import type {Node} from 'yaml';
import type {FileProblem} from '../text/files/file-problem.ts';
import {
	unknownName, type YamlMap, type YamlNode, YamlReader,
} from '../text/files/yaml-reader.ts';
import {unboundNames, namesOf, namesOfAll} from './bound-names.ts';
import {
	type Check,
	type Condition,
	type Lesson,
	lessonLanguages,
	type LessonStep,
	type LessonText,
	type Prediction,
	type Reaction,
} from './lesson.ts';
import {parseCondition} from './parse-condition.ts';
import {parseScene} from './parse-scene.ts';
import {
	isServer, type LessonContext, type NameUse, parseLocalized, parsePath, parseText,
} from './parse-text.ts';

/** Names that lessons may use and that other parts of the program have. */
export type Vocabulary = {
	/** Of the commands that have a key. */
	readonly keys: readonly string[];
	readonly experiments: readonly string[];
};

/** How many statements of the chapter there are: on sockets (G), on UDP (U), on TCP (T). */
const statementCounts = {G: 2, U: 13, T: 15} as const;

/** The statements of the chapter, as steps name them. */
export const statements: readonly string[] = Object.entries(statementCounts)
	.flatMap(([letter, count]) => Array.from({length: count}, (_, index) => `${letter}${index + 1}`));

/** A lesson read from the text of its file, or all that is wrong with it, in the order of the file. */
export function parseLesson(
	source: string,
	vocabulary: Vocabulary,
): {readonly lesson: Lesson} | {readonly problems: readonly FileProblem[]} {
	const reader = new YamlReader(source);
	if (reader.problems.length > 0) {
		return {problems: reader.problems};
	}

	const map = reader.mapping(reader.root, {
		what: 'a lesson', keys: ['id', 'title', 'scene', 'steps'], required: ['id', 'title', 'scene', 'steps'],
	});
	const first: LessonContext = {
		reader, ...vocabulary, names: new Set(reader.textsOf('as')), languages: undefined,
	};
	const id = map?.read('id', (node, what) =>
		reader.value(node, what, text => /^[a-z\d]+(?:-[a-z\d]+)*$/.test(text) ? text : undefined, ['lessonId']));
	const title = titleIn(map, first);
	const languages = lessonLanguages.filter(language => title[language]);
	const context: LessonContext = {...first, languages: languages.length > 0 ? languages : undefined};
	const scene = map?.read('scene', node => parseScene(node, reader));
	const nodes = map?.read('steps', (node, what) => reader.list(node, what)) ?? [];
	const steps = nodes.flatMap(node => parseStep(node, context) ?? []);
	return reader.problems.length > 0 || id === undefined || !scene
		? {problems: reader.problems}
		: {
			lesson: {
				id,
				title,
				languages,
				scene,
				steps,
			},
		};
}

/** The title alone of a lesson that stands before its scene, as those of the built-in ones do: the rest is not read. */
export function parseTitle(source: string): Lesson['title'] {
	const [head = ''] = source.split(/^scene:/m);
	const reader = new YamlReader(head);
	const map = reader.mapping(reader.root, {what: 'a lesson', keys: ['id', 'title'], required: ['title']});
	return titleIn(map, {
		reader, keys: [], experiments: [], names: new Set(), languages: undefined,
	});
}

function titleIn(map: YamlMap | undefined, context: LessonContext): Lesson['title'] {
	const title = map?.read('title', (node, what) => parseLocalized(node, what, context)) ?? {};
	return Object.fromEntries(Object.entries(title).map(([language, {text}]) => [language, text]));
}

/** A text of a map by language; the names that it uses are added to `uses`. */
function textOf(
	map: YamlMap | undefined,
	key: string,
	context: LessonContext,
	uses: NameUse[],
): LessonText | undefined {
	return map?.read(key, node => parseText(node, key, context, uses));
}

const stepKeys = [
	'teaches', 'text', 'scene', 'resume', 'predict', 'checks', 'explain', 'marks', 'hints', 'reactions',
] as const;

function parseStep(node: Node, context: LessonContext): LessonStep | undefined {
	const {reader} = context;
	const map = reader.mapping(node, {what: 'a step', keys: stepKeys, required: ['text', 'checks', 'explain']});
	if (!map) {
		return undefined;
	}

	const before: NameUse[] = [];
	const after: NameUse[] = [];
	const list = (key: string): readonly Node[] => map.read(key, node => reader.list(node, key)) ?? [];
	const text = textOf(map, 'text', context, before) ?? {};
	const checkNodes = list('checks');
	const checks = checkNodes.flatMap(check => parseCheck(check, checkNodes.length > 1, context, before) ?? []);
	const hints = list('hints').map(hint => parseText(hint, 'a hint', context, before));
	const prediction = map.read('predict', node => parsePrediction(node, context, before, after));
	const explanation = textOf(map, 'explain', context, after) ?? {};
	const bound = namesOfAll(checks.map(({when}) => when));
	// A check that could not be read may have bound what the others, and the texts, name.
	if (checks.length === checkNodes.length) {
		for (const [index, {when}] of checks.entries()) {
			const others = checks.filter((_, other) => other !== index).map(other => other.when);
			tellUnbound(when, namesOfAll(others).sometimes, checkNodes[index]!, reader);
		}

		checkUses(before, new Set(), bound.sometimes, context);
		checkUses(after, bound.always, bound.sometimes, context);
	}

	const reactions = list('reactions').flatMap(reaction => parseReaction(reaction, bound.sometimes, context) ?? []);
	return {
		teaches: reader.oneOrMore(map.get('teaches'), 'teaches')
			.flatMap(name => reader.choice(name, 'teaches', statements) ?? []),
		text,
		scene: map.read('scene', scene => parseScene(scene, reader)),
		resume: map.read('resume', scene => parseScene(scene, reader)),
		prediction,
		checks,
		explanation,
		marks: map.read('marks', marks => parseMarks(marks, bound.sometimes, context)) ?? [...bound.sometimes],
		hints,
		reactions,
	};
}

function parseCheck(node: Node, isLabelNeeded: boolean, context: LessonContext, uses: NameUse[]): Check | undefined {
	const {reader} = context;
	const map = reader.mapping(node, {
		what: 'a check',
		keys: ['label', 'when', 'ever'],
		required: isLabelNeeded ? ['when', 'label'] : ['when'],
		hint: 'a condition stands behind when',
	});
	const label = textOf(map, 'label', context, uses);
	const isEver = map?.read('ever', (ever, what) => reader.boolean(ever, what)) === true;
	const when = map?.read('when', condition => parseCondition(condition, context));
	return when && {label, when, isEver};
}

/** A condition compares only with what is bound before: in the same sequence, or as one of these names. */
function tellUnbound(when: Condition, known: ReadonlySet<string>, node: Node, reader: YamlReader): void {
	for (const name of unboundNames(when, known)) {
		if (!isServer(name)) {
			reader.failAt(reader.offsetOf(node, `${name}.`), ['unbound', name]);
		}
	}
}

/** Every name that a text uses is bound when the text is shown, or has something else for where it is not. */
function checkUses(
	uses: readonly NameUse[],
	always: ReadonlySet<string>,
	sometimes: ReadonlySet<string>,
	{reader, names}: LessonContext,
): void {
	for (const {name, offset, hasFallback} of uses) {
		if (isServer(name) || always.has(name) || (hasFallback && names.has(name))) {
			continue;
		}

		if (names.has(name)) {
			reader.failAt(offset, [sometimes.has(name) ? 'notYet' : 'otherStep', name]);
		} else {
			reader.failAt(offset, unknownName('name', name, 'a placeholder', [...names]));
		}
	}
}

function parseMarks(node: YamlNode, bound: ReadonlySet<string>, {reader}: LessonContext): readonly string[] {
	return reader.oneOrMore(node, 'marks').flatMap(mark => {
		const name = reader.text(mark, 'marks');
		if (name !== undefined && !bound.has(name)) {
			reader.fail(mark, unknownName('name', name, 'marks', [...bound]));
			return [];
		}

		return name ?? [];
	});
}

function parseReaction(node: Node, others: ReadonlySet<string>, context: LessonContext): Reaction | undefined {
	const {reader} = context;
	const map = reader.mapping(node, {what: 'a reaction', keys: ['when', 'text'], required: ['when', 'text']});
	const when = map?.read('when', condition => parseCondition(condition, context));
	const uses: NameUse[] = [];
	const text = textOf(map, 'text', context, uses) ?? {};
	if (!when) {
		return undefined;
	}

	const {always, sometimes} = namesOf(when);
	tellUnbound(when, others, node, reader);
	checkUses(uses, new Set([...always, ...(endsWithEvent(when) ? ['it'] : [])]), new Set([...sometimes, ...others]), context);
	return {when, text};
}

/** Whether it is an event that makes a condition come true. */
function endsWithEvent(condition: Condition): boolean {
	if ('parts' in condition) {
		const parts = condition.type === 'then' ? condition.parts.slice(-1) : condition.parts;
		return parts.every(part => endsWithEvent(part));
	}

	return condition.type === 'event';
}

function parsePrediction(
	node: YamlNode,
	context: LessonContext,
	before: NameUse[],
	after: NameUse[],
): Prediction | undefined {
	const {reader} = context;
	const map = reader.mapping(node, {
		what: 'predict',
		keys: ['ask', 'kind', 'choices', 'answer', 'tolerance', 'right', 'wrong'],
		required: ['ask', 'kind', 'answer'],
	});
	const kind = map?.read('kind', (given, what) => reader.choice(given, what, ['number', 'text', 'choice'] as const));
	if (!map || kind === undefined || !map.has('answer')) {
		return undefined;
	}

	if (map.has('choices') !== (kind === 'choice')) {
		reader.fail(map.node, kind === 'choice' ? ['noChoices'] : ['choicesOfOther', kind]);
	}

	const choices = map.read('choices', list => parseChoices(list, context, before)) ?? [];
	return {
		ask: textOf(map, 'ask', context, before) ?? {},
		kind,
		choices,
		answer: parseAnswer(map.get('answer'), kind, choices, context, after),
		tolerance: map.read('tolerance', (given, what) =>
			reader.value(given, what, text => Number(text) >= 0 ? Number(text) : undefined, ['tolerance'])) ?? 0,
		right: textOf(map, 'right', context, after),
		wrong: textOf(map, 'wrong', context, after),
	};
}

function parseChoices(node: YamlNode, context: LessonContext, uses: NameUse[]): Prediction['choices'] {
	const {reader} = context;
	const ids = new Set<string>();
	return reader.list(node, 'choices').flatMap(entry => {
		const map = reader.mapping(entry, {what: 'a choice', keys: ['id', 'text'], required: ['id', 'text']});
		const id = map?.read('id', (given, what) => reader.text(given, what));
		const text = textOf(map, 'text', context, uses) ?? {};
		if (id !== undefined && ids.has(id)) {
			reader.fail(entry, ['choiceTwice', id]);
		}

		ids.add(id ?? '');
		return id === undefined ? [] : [{id, text}];
	});
}

/** What is right: literals, or `{bound: name.field}`. */
function parseAnswer(
	node: YamlNode,
	kind: Prediction['kind'],
	choices: Prediction['choices'],
	context: LessonContext,
	uses: NameUse[],
): Prediction['answer'] {
	const {reader} = context;
	if (reader.keysAmong(node, []) !== undefined) {
		const map = reader.mapping(node, {what: 'an answer', keys: ['bound'], required: ['bound']});
		const text = map?.read('bound', (given, what) => reader.text(given, what));
		const offset = map?.get('bound')?.range?.[0] ?? 0;
		const path = text === undefined ? undefined : parsePath(text, offset, context);
		if (!path) {
			return [];
		}

		uses.push({name: path.name, offset, hasFallback: false});
		return path;
	}

	const ids = choices.map(({id}) => id);
	return reader.oneOrMore(node, 'answer').flatMap(entry => reader.value(
		entry,
		'answer',
		text => (kind === 'number' && Number.isNaN(Number(text))) || (kind === 'choice' && !ids.includes(text))
			? undefined
			: text,
		kind === 'number' ? ['answer'] : text => unknownName('choice', text, 'answer', ids),
	) ?? []);
}
