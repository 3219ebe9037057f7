import {type LinkConditions, perfect} from './conditions.ts';

const kibibyte = 1024;

/**
Links by name. The values are those of one direction.

- `perfect`: does nothing
- `pinger`: the textbook's UDP pinger lab (Kurose and Ross), whose server ignores 30 % of the requests and answers the
others at once. On both ways at once it is that of the requests only (`oneWayPresets`)
- `wifi`: a busy wireless network: short delays that vary much, a little loss after the radio's own repetitions, at
times a doubled frame
- `mobile`: a phone that moves: tens of milliseconds, 12 Mbit/s, and a large queue, so that a flood is delayed before it
is dropped
- `satellite`: one way over a geostationary satellite: 35,786 km up and down again at the speed of light are 239 ms, and
equipment adds to it
- `lossy`: 30 % lost and 50 to 150 ms, each way: half of all requests stay without an answer (1 − 0.7²)
- `hostile`: all that can go wrong, often: what survives this survives much. Over TCP writes come in pieces of 4 bytes,
some late and several together
*/
export const presets = {
	perfect,
	pinger: {...perfect, loss: 0.3},
	wifi: {
		...perfect, loss: 0.01, delay: 4, jitter: 0.75, duplication: 0.001, rate: 5_000_000, queue: 256 * kibibyte,
	},
	mobile: {
		...perfect, loss: 0.01, delay: 40, jitter: 0.5, reordering: 0.005, rate: 1_500_000, queue: 512 * kibibyte,
	},
	satellite: {
		...perfect, loss: 0.005, delay: 270, jitter: 0.05, rate: 2_500_000, queue: 1024 * kibibyte,
	},
	lossy: {
		...perfect, loss: 0.3, delay: 100, jitter: 0.5,
	},
	hostile: {
		...perfect,
		loss: 0.2,
		delay: 200,
		jitter: 0.9,
		duplication: 0.1,
		reordering: 0.2,
		corruption: 0.1,
		rate: 32 * kibibyte,
		queue: 16 * kibibyte,
		slice: 4,
		pause: 10,
	},
} as const satisfies Readonly<Record<string, LinkConditions>>;

export type PresetName = keyof typeof presets;

/** Every preset's name, in the order in which they grow worse. */
export const presetNames = Object.keys(presets) as readonly PresetName[];

/** Those that leave what the server sends as it is, unless they are asked for that way alone. */
export const oneWayPresets: ReadonlySet<PresetName> = new Set(['pinger']);
