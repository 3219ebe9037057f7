import {getHeapSpaceStatistics, setFlagsFromString} from 'node:v8';

/** The young generation of the screen's thread stops growing at this size, in bytes. */
const maxSize = 16 * 1024 * 1024;

let isLimited = false;

/**
Keep the young generation of the calling thread small; to be called now and then. V8 lets it grow to 64 MiB, all of
which then stays resident, and gains little. Of V8's flags this one alone is read at each growth:
`--max-semi-space-size` has no effect on a thread that runs already.
*/
export function limitYoungGeneration(): void {
	const young = getHeapSpaceStatistics().find(({space_name: name}) => name === 'new_space');
	const isLarge = young !== undefined && young.space_size >= maxSize;
	if (isLarge !== isLimited) {
		isLimited = isLarge;
		setFlagsFromString(`--semi-space-growth-factor=${isLarge ? 1 : 2}`);
	}
}
