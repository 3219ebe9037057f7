
import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {defaultLimits} from '../../source/sockets/limits.ts';
import {freePort} from '../../test/helpers/loopback.ts';
import {HelperProcess} from '../helper-process.ts';
import type {LoadJob} from '../load.ts';
import type {Subject} from '../result.ts';
import {openPlayground, Screen, until} from '../terminal.ts';
import {isVerbose} from '../settings.ts';
import {median} from '../statistics.ts';

/** The longest that a socket may wait while a diagram is exported, in milliseconds. */
const limit = 20;

/** Each file is a picture, Mermaid's text or plain text, in turn. */
const keys = ['1', '2', '3'];
const exportsOfEach = 2;

/** How long an export takes at most, in seconds. */
const exportTime = 4;

export const flowExport: Subject = {
	name: 'export',
	about: 'the longest time that an echo takes while the flow diagram of a full log is saved / 20 ms',
	async run() {
		const port = await freePort();
		const folder = await mkdtemp(path.join(tmpdir(), 'socket-playground-'));
		const terminal = await openPlayground(port, ['--reply', 'echo'], folder);
		const load = new HelperProcess<LoadJob, number>('load.ts');
		try {
			const screen = new Screen(terminal);
			while (!(await screen.received() * 2 > defaultLimits.events)) {
				await load.do({type: 'udp-echo', port, seconds: 1});
				await sleep(300);
			}

			terminal.press('\u0006\u0006');
			await terminal.shows(['FLOW']);
			const pauses: number[] = [];
			const quiet: number[] = [];
			for (let round = 0; round < exportsOfEach; round++) {
				for (const key of keys) {
					quiet.push(await load.do({type: 'probe', port, seconds: exportTime}));
					const pause = load.do({type: 'probe', port, seconds: exportTime});
					await sleep(300);
					terminal.press(`w${key}`);
					pauses.push(await pause);
					await until('the diagram to be saved', async () => {
						const {length} = await readdir(folder);
						return length >= pauses.length;
					}, 10_000);
				}
			}

			if (isVerbose) {
				console.log(`export: ${pauses.map((pause, index) => `${pause.toFixed(1)} ms, without ${quiet[index]!.toFixed(1)} ms`).join('; ')}`);
			}

			const longest = median(pauses);
			return [{
				name: 'saving the flow diagram of a full log: longest echo',
				ours: `${longest.toFixed(1)} ms`,
				bare: `${limit} ms`,
				ratio: longest / limit,
				target: {most: 1},
			}];
		} finally {
			load.close();
			await terminal.close();
			await rm(folder, {recursive: true});
		}
	},
};
