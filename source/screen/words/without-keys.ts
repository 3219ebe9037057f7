/**
A text without its sentences about keys, and parts between dots, where these keys do nothing: each of them names Esc.
*/
export function withoutKeys(text: string): string {
	if (!text.includes('Esc ')) {
		return text;
	}

	const sentences = text.split(/(?<=\.) /).map(sentence =>
		sentence.split(' · ').filter(part => !part.includes('Esc ')).join(' · '));
	return sentences.filter(sentence => sentence !== '').join(' ');
}
