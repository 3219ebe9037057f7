import {getHeapSpaceStatistics, setFlagsFromString} from 'node:v8';

/** The young generation is not allowed to grow from this size on, in bytes. */
const maxSize = 16 * 1024 * 1024;

let isLimited = false;

/**
Limit the young generation by the size that it has on the calling thread; to be called now and then. V8 would let it
grow to 64 MiB, all of which stays resident, and gains little. The flag holds for the whole process, and is read at each
growth; `--max-semi-space-size` has no effect on a thread that is already running.
*/
export function limitYoungGeneration(): void {
	const young = getHeapSpaceStatistics().find(({space_name: name}) => name === 'new_space');
	const isLarge = young !== undefined && young.space_size >= maxSize;
	if (isLarge !== isLimited) {
		isLimited = isLarge;
		setFlagsFromString(`--semi-space-growth-factor=${isLarge ? 1 : 2}`);
	}
}
