import test from 'ava';
import fc from 'fast-check';
import {EventLog} from '../../source/log/event-log.ts';
import {PaneIndex} from '../../source/log/storage/pane-index.ts';
import {codecOf, readingOf, writtenIn} from '../../source/text/encoding/codec.ts';
import {leadAt} from '../../source/views/payload.ts';
import {readingOfEvent} from '../../source/views/stream-lead.ts';

/** Characters of one byte or more; some have a second byte that is a letter of ASCII as well. */
const characters = {
	'euc-kr': ['a', ' ', '한', '뷁', '걞', '힣'],
	shift_jis: ['a', ' ', 'ソ', '表', 'ｱ', '漢'],
	gbk: ['a', ' ', '中', '丂', '亖'],
	latin1: ['a', 'é'],
	'utf-16le': ['a', '한', '😀'],
} as const;

/** Of each byte of a text, how many belong to a character that has begun before it; 0 behind the last one. */
function leadsOf(lengths: readonly number[]): number[] {
	return [...lengths.flatMap(length => Array.from({length}, (_, index) => index === 0 ? 0 : length - index)), 0];
}

for (const [encoding, letters] of Object.entries(characters)) {
	const codec = codecOf(encoding as keyof typeof characters);
	const text = fc.array(fc.constantFrom(...letters), {minLength: 1, maxLength: 30});
	const lengthsOf = (typed: readonly string[]): number[] => typed.map(letter => writtenIn(codec, letter).length);

	test(`a chunk of ${encoding} begins with as many bytes of a character as the chunks before it have left of it`, t => {
		fc.assert(fc.property(
			text,
			fc.array(fc.integer({min: 1, max: 5}), {minLength: 40, maxLength: 40}),
			fc.constantFrom(4, 64),
			(typed, sizes, events) => {
				const log = new EventLog({
					events, bytes: 4096, clock: () => 0, isOwnHost: () => false,
				});
				const track = log.track(1, new PaneIndex(), 0);
				const bytes = writtenIn(codec, typed.join(''));
				const leads = leadsOf(lengthsOf(typed));
				for (let offset = 0, index = 0; offset < bytes.length; offset += sizes[index++]!) {
					const chunk = bytes.subarray(offset, offset + sizes[index]!);
					track.chunkReceived(Uint8Array.from(chunk));
					const before = log.bytesBefore(log.next - 1, 1024);
					const isKnown = before.length === offset || before.some(byte => byte < 0x80);
					if (isKnown || codec.unit === 2) {
						const {lead} = readingOfEvent(log, log.read(log.next - 1), codec);
						t.is(lead, Math.min(chunk.length, leads[offset]!), `${Buffer.from(chunk).toString('hex')} at ${offset}`);
					}
				}
			},
		));
	});

	test(`from each byte of a payload of ${encoding} on, as many belong to a character as it has left of it`, t => {
		fc.assert(fc.property(text, typed => {
			const bytes = writtenIn(codec, typed.join(''));
			const leads = leadsOf(lengthsOf(typed));
			const [first = 0] = lengthsOf(typed);
			for (const cut of [0, first - 1]) {
				// Of a chunk that begins inside a character.
				const rest = bytes.subarray(cut);
				const reading = readingOf(codec, leads[cut]);
				const told = Array.from({length: rest.length + 1}, (_, at) => leadAt(rest, at, reading));
				t.deepEqual(told, leads.slice(cut));
			}
		}));
	});
}
