import {type LinkConditions, perfect} from '../source/link/conditions.ts';
import {presetNames, presets} from '../source/link/presets.ts';
import type {Dice} from './dice.ts';

/** Conditions of a simulated link: none, a preset's, or any; never so slow that it takes more than about three seconds to be empty again. */
export function randomConditions(dice: Dice): LinkConditions {
	return dice.weighted<() => LinkConditions>([
		[2, () => perfect],
		[3, () => presets[dice.pick(presetNames)]],
		[4, () => anyConditions(dice)],
	])();
}

function anyConditions(dice: Dice): LinkConditions {
	const some = <Value>(share: number, value: () => Value): Value | undefined => dice.chance(share) ? value() : undefined;
	const rate = some(0.3, () => dice.whole(20_000, 5_000_000));
	return {
		loss: some(0.4, () => dice.share()) ?? 0,
		delay: some(0.6, () => dice.pick([0.5, 5, 50, 300])) ?? 0,
		jitter: some(0.5, () => dice.share()) ?? 0,
		duplication: some(0.3, () => dice.share()) ?? 0,
		reordering: some(0.3, () => dice.share() / 2) ?? 0,
		corruption: some(0.3, () => dice.share()) ?? 0,
		rate,
		queue: Math.max(1, dice.whole(1, rate === undefined ? 100_000 : Math.floor(rate * 1.5))),
		slice: some(0.3, () => dice.whole(1, 3000)),
		pause: some(0.3, () => dice.whole(1, 20)) ?? 0,
		stall: dice.chance(0.1),
	};
}
