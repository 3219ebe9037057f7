import type {Dice} from './dice.ts';

const texts = ['hello', '안녕하세요 여러분', 'ẞtraße', '👩‍👩‍👧 가나다 é', '\u{1B}[2J\u{1B}]0;owned\u{7}', 'one\r\ntwo\n', '\u{202E}evil', '\0\0'];

/** Longer than any datagram: the system refuses it. */
const tooLong = 65_508;

/** What one message of a series says: many of them are on their way at once. */
export function smallPayload(dice: Dice): Uint8Array {
	return Buffer.from(dice.pick(texts).repeat(dice.whole(1, 20)));
}

/** What somebody sends: texts, no bytes at all, any bytes, much. Over UDP at times more than a datagram holds. */
export function randomPayload(dice: Dice, protocol: 'udp' | 'tcp'): Uint8Array {
	return dice.weighted<() => Uint8Array>([
		[10, () => Buffer.from(dice.pick(texts))],
		[4, () => Buffer.from(`${dice.pick(texts)} ${dice.whole(0, 999)}`)],
		[1, () => Buffer.alloc(0)],
		[3, () => Buffer.from(Array.from({length: dice.whole(1, 200)}, () => dice.whole(0, 255)))],
		[2, () => Buffer.alloc(dice.whole(1000, 9000), '가나다라')],
		[0.5, () => Buffer.alloc(protocol === 'udp' ? dice.whole(60_000, tooLong - 1) : dice.whole(60_000, 100_000), 'x')],
		[0.1, () => Buffer.alloc(protocol === 'udp' ? tooLong : 300_000, 'y')],
	])();
}
