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

/** `en('close').ko('닫기')`: what is said in English, and the same in Korean. */
export function en<Text>(english: Text): {readonly ko: (korean: NoInfer<Text>) => Both<Text>} {
	return {ko: korean => new Both(english, korean)};
}

/** Words of both languages, as they are in one of them. */
export type In<Table> = Table extends Both<infer Text>
	? Text
	: Table extends ((...values: never) => unknown) | readonly unknown[]
		? Table
		: Table extends object ? {readonly [Name in keyof Table]: In<Table[Name]>} : Table;

/** The words of a table in this language; what is the same in both stands there as it is. */
export function inLanguage<Table>(table: Table, language: Language): In<Table> {
	const has = (value: unknown): unknown => {
		if (value instanceof Both) {
			return value[language];
		}

		return typeof value === 'object' && value !== null && !Array.isArray(value)
			? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, has(part)]))
			: value;
	};

	return has(table) as In<Table>;
}
