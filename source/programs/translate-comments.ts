import type {SourceLanguage} from './languages.ts';
import type {ListingLine} from './template.ts';
export function translateComments(lines: readonly ListingLine[], _language: SourceLanguage, _table: Readonly<Record<string, string>>): ListingLine[] {
	return [...lines];
}
