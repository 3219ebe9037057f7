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

		return Array.isArray(value)
			? value.map(part => has(part))
			: Object.fromEntries(Object.entries(value).map(([name, part]) => [name, has(part)]));
	};

	return has(table) as In<Table>;
}

/** What makes a text of values, where one function makes it in both languages, or makes none. */
export function both<Args extends unknown[], Made extends Both<unknown> | undefined>(make: (...values: Args) => Made) {
	const madeIn = (language: Language) => (...values: Args): In<Made> => make(...values)?.[language] as In<Made>;
	return new Both(madeIn('en'), madeIn('ko'));
}
