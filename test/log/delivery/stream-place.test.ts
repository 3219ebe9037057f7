import test from 'ava';
import fc from 'fast-check';
import {packFramed, unpackFramed} from '../../../source/log/delivery/stream-place.ts';
import {framings} from '../../../source/text/framing.ts';

test('which messages a write has is one number of the log, exact, or none', t => {
	const numbers = fc.oneof(fc.integer({min: 0, max: 2 ** 31}), fc.constantFrom(2 ** 30 - 1, 2 ** 20 - 1, 0, 1));
	t.notThrows(() => {
		fc.assert(fc.property(fc.constantFrom(...framings), numbers, numbers, (framing, first, count) => {
			const read = unpackFramed(packFramed(framing, first, count));
			const isKept = framing !== 'none' && first < 2 ** 30 && count < 2 ** 20;
			return isKept
				? read?.framing === framing && read.first === first && read.count === count
				: read === undefined;
		}));
	});
});
