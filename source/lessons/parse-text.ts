import type {Node} from 'yaml';
import {splitPlaceholders} from '../text/files/placeholders.ts';
import {unknownName, type YamlNode, type YamlReader} from '../text/files/yaml-reader.ts';
import {serverFields, eventFields} from './fields.ts';
import {
	type LessonLanguage, lessonLanguages, type LessonText, type Localized, type Template, type ValuePath,
} from './lesson.ts';

/** A name that something uses, and where; whether it has something else for where nothing is bound to it. */
export type NameUse = {readonly name: string; readonly offset: number; readonly hasFallback: boolean};

export type LessonContext = {
	readonly reader: YamlReader;
	/** The names of the commands that have a key, and of experiments. */
	readonly keys: readonly string[];
	readonly experiments: readonly string[];
	/** Every name that something is bound to, anywhere in the lesson. */
	readonly names: ReadonlySet<string>;
	/** The languages that every text has; undefined until the title is known. */
	readonly languages: readonly LessonLanguage[] | undefined;
};

export const reservedNames: ReadonlySet<string> = new Set(['it', 'key', 'server', 'udp', 'tcp']);

const textHint = 'a text stands by its languages, en and ko, and in quotes where it has a comma, a colon or a brace';

export function parseLocalized(
	node: YamlNode,
	what: string,
	{reader, languages}: LessonContext,
): Localized<{readonly node: Node; readonly text: string}> {
	const map = reader.mapping(node, {what, keys: lessonLanguages, hint: textHint});
	const given = lessonLanguages.filter(language => map?.has(language));
	const missing = map && languages ? languages.filter(language => !given.includes(language)) : [];
	if (missing.length > 0 || (map && given.length === 0)) {
		reader.fail(map?.node, ['noText', what, missing.length > 0 ? missing : lessonLanguages]);
	}

	const extra = languages && given.find(language => !languages.includes(language));
	if (extra !== undefined) {
		reader.fail(map?.get(extra), ['extraText', what, extra]);
	}

	return Object.fromEntries(given.flatMap(language => {
		const value = map?.get(language);
		const text = reader.text(value, `${what} in ${language}`);
		return text === undefined || !value ? [] : [[language, {node: value, text}]];
	}));
}

/** A text by language with its placeholders; the names that it uses are added to `uses`. */
export function parseText(node: YamlNode, what: string, context: LessonContext, uses: NameUse[]): LessonText {
	const written = Object.entries(parseLocalized(node, what, context));
	return Object.fromEntries(written.map(([language, {node: value, text}]) =>
		[language, parseTemplate(value, text, context, uses)]));
}

const placeholder = /{{|{([^{}]*)}|[{}]/g;

function parseTemplate(node: Node, text: string, context: LessonContext, uses: NameUse[]): Template {
	const {reader} = context;
	return splitPlaceholders(text, placeholder, ({0: written, 1: inside}) => {
		if (inside !== undefined) {
			return parsePlaceholder(inside, reader.offsetOf(node, written), context, uses);
		}

		if (written === '{') {
			reader.failAt(reader.offsetOf(node, '{'), ['openPlaceholder']);
		}

		return written;
	}).map(part => typeof part === 'string' ? {type: 'text', text: part} : part);
}

function parsePlaceholder(
	inside: string,
	offset: number,
	context: LessonContext,
	uses: NameUse[],
): Template[number] | undefined {
	const {reader, keys} = context;
	const [, path = inside, fallback] = /^([^|]*)\|(.*)$/s.exec(inside) ?? [];
	const [, key] = /^key:\s*(\S+)$/.exec(path.trim()) ?? [];
	if (key !== undefined) {
		if (!keys.includes(key)) {
			reader.failAt(offset, unknownName('key', key, 'a placeholder', keys));
		}

		return {type: 'key', key};
	}

	const hasFallback = fallback !== undefined;
	const withFallback = hasFallback ? {fallback} : {};
	const [, to, start] = /^([\w-]+) +- +([\w-]+)$/.exec(path.trim()) ?? [];
	if (to !== undefined && start !== undefined) {
		uses.push({name: to, offset, hasFallback}, {name: start, offset, hasFallback});
		return {type: 'value', value: {from: start, to}, ...withFallback};
	}

	const value = parsePath(path.trim(), offset, context);
	if (!value) {
		return undefined;
	}

	uses.push({name: value.name, offset, hasFallback});
	return {type: 'value', value, ...withFallback};
}

/** A field of something bound or of a server, such as `query.peer.port`. What is wrong with it is noted. */
export function parsePath(written: string, offset: number, {reader}: LessonContext): ValuePath | undefined {
	const path = splitPath(written);
	if (!path) {
		reader.failAt(offset, ['noLessonPlaceholder', written]);
		return undefined;
	}

	const {name, field} = path;
	const fields = Object.keys(isServer(name) ? serverFields : eventFields);
	if (!fields.includes(field)) {
		reader.failAt(offset, unknownName('field', field, name, fields));
		return undefined;
	}

	return path;
}

/** The name and the field of a path, whether there are such; undefined where it is none. */
export function splitPath(written: string): ValuePath | undefined {
	const [, name, field] = /^((?:udp\.|tcp\.)?[a-z][\w-]*)\.([a-z][\w.-]*)$/i.exec(written) ?? [];
	return name === undefined || field === undefined ? undefined : {name, field};
}

/** Whether a name stands for a scene's server. */
export function isServer(name: string): boolean {
	return name === 'server' || name === 'udp.server' || name === 'tcp.server';
}
