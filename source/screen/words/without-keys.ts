/** A text without its sentences about keys, where these do nothing: each of them names Esc. */
export function withoutKeys(text: string): string {
	return text.includes('Esc ') ? text.split(/(?<=\.) /).filter(sentence => !sentence.includes('Esc ')).join(' ') : text;
}
