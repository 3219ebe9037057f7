import type {Language} from './language.ts';

/** A text, or what makes one of values, in each language. */
export class Both<Text> {
	readonly en: Text;
	readonly ko: Text;

	constructor(english: Text, korean: Text) {
		this.en = english;
		this.ko = korean;
	}
}

/** What is said in English, until it has its Korean. It is a class, as a closure for each of 1,500 texts takes time. */
class English<Text> {
	readonly text: Text;

	constructor(text: Text) {
		this.text = text;
	}

	ko(korean: NoInfer<Text>): Both<Text> {
		return new Both(this.text, korean);
	}
}

/** `en('close').ko('닫기')`: what is said in English, and the same in Korean. */
export function en<Text>(english: Text): English<Text> {
	return new English(english);
}

/** Words of both languages, as they are in one of them. */
export type In<Table> = Table extends Both<infer Text>
	? Text
	: Table extends (...values: never) => unknown
		? Table
		: Table extends Record<string, unknown> | readonly unknown[]
			? {readonly [Name in keyof Table]: In<Table[Name]>}
			: Table;

/** The words of a table in this language; what is the same in both stands there as it is. */
export function inLanguage<Table>(table: Table, language: Language): In<Table> {
	const has = (value: unknown): unknown => {
		if (value instanceof Both) {
			return value[language];
		}

		if (typeof value !== 'object' || value === null) {
			return value;
		}

		if (Array.isArray(value)) {
			return value.map(part => has(part));
		}

		// Object.fromEntries() would take longer at each start than the rest of this.
		const words: Record<string, unknown> = {};
		for (const name of Object.keys(value)) {
			words[name] = has((value as Readonly<Record<string, unknown>>)[name]);
		}

		return words;
	};

	return has(table) as In<Table>;
}

/** What makes a text of values, where one function makes it in both languages, or makes none. */
export function both<Args extends unknown[], Made extends Both<unknown> | undefined>(make: (...values: Args) => Made) {
	const madeIn = (language: Language) => (...values: Args): In<Made> => make(...values)?.[language] as In<Made>;
	return new Both(madeIn('en'), madeIn('ko'));
}
