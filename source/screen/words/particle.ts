/** Digits whose Korean names (영 일 삼 육 칠 팔) end in a consonant. */
const closedDigits = '013678';

/** Latin letters whose Korean names (엘 엠 엔 알) end in a consonant. */
const closedLetters = 'lmnr';

/** What ends in ㄹ takes 로, as after a vowel. */
const endsInRieul = /[178lr]$/i;

const hangulStart = 0xAC_00;
const hangulEnd = 0xD7_A3;
const finals = 28;
const rieul = 8;

/** How many of its syllable's finals the word ends in: 0 for none. */
function finalOf(word: string): number {
	const last = word.replaceAll(/[^\p{L}\p{N}]/gu, '').at(-1)?.toLowerCase() ?? '';
	const code = last.codePointAt(0) ?? 0;
	if (code >= hangulStart && code <= hangulEnd) {
		return (code - hangulStart) % finals;
	}

	if (endsInRieul.test(last)) {
		return rieul;
	}

	return last !== '' && (closedDigits + closedLetters).includes(last) ? 1 : 0;
}

/**
A word and the Korean particle that its last sound asks for: `8080은`, `12001로`. Digits and Latin letters are read by
their names.

@param pair - the particle after a consonant and the one after a vowel
*/
export function withParticle(
	word: string,
	pair: readonly ['은', '는'] | readonly ['이', '가'] | readonly ['을', '를'] | readonly ['과', '와'] | readonly ['으로', '로'],
): string {
	const final = finalOf(word);
	const isClosed = final > 0 && !(pair[0] === '으로' && final === rieul);
	return `${word}${pair[isClosed ? 0 : 1]}`;
}
