import {perfect} from '../source/link/conditions.ts';
import type {EngineLedgers} from './engine-ledgers.ts';
import type {EngineRoom} from './engine-room.ts';
import type {Half} from './half.ts';
import {inTime, until} from './until.ts';
import {allClients, allScenes, type Scenes} from './views.ts';

/** What is on the link has left it after so long, once the link does nothing any more, in milliseconds. */
const timeout = 5000;

/** Nothing has happened in so many looks, 20 ms apart: nothing is under way inside this machine. Counted, since a process that has stood still sees time pass and has read nothing. */
const quietLooks = 8;

/** Let everything come to rest: no experiment, no series, links that do nothing, and nothing on them. Then all counts must add up. */
export async function holdStill(half: Half, room: EngineRoom, ledgers: EngineLedgers): Promise<void> {
	half.doing('ending what goes on');
	const calmed = Promise.all([
		room.execute({type: 'end-experiment'}),
		...allClients(room.scenes).map(async ({pane}) => room.execute({type: 'stop-series', pane})),
		...(['udp', 'tcp'] as const).map(async scene => room.execute({
			type: 'set-link', scene, direction: 'both', conditions: perfect,
		})),
	]);
	if (!await inTime(calmed, timeout)) {
		half.violation('a command was never answered', `${room.pendingTypes.join(', ')}, in a still moment`);
	}

	half.doing('waiting for the link to be empty');
	if (!await until(() => isEmpty(room.scenes), timeout)) {
		const found = allScenes(room.scenes).map(({name, link}) => `${name} ${JSON.stringify(link)}`).join(', ');
		half.violation('the link is not empty', `${timeout / 1000} s after it was told to do nothing it has ${found}`);
	}

	half.doing('waiting until nothing happens');
	const {log} = room.playground;
	let last = log.next;
	let looks = 0;
	const isQuiet = await until(() => {
		looks = log.next === last ? looks + 1 : 0;
		last = log.next;
		return looks > quietLooks;
	}, timeout);
	half.doing('adding up');
	ledgers.check();
	if (isQuiet) {
		ledgers.settle();
	} else {
		ledgers.datagrams.forget();
	}

	room.checkPending();
}

function isEmpty(scenes: Scenes): boolean {
	return allScenes(scenes).every(({link}) => (['to-server', 'to-clients'] as const).every(way => link[way].datagrams === 0 && link[way].bytes === 0));
}
