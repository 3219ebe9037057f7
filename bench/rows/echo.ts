import {HelperProcess} from '../helper-process.ts';
import type {BareJob} from '../bare-echo.ts';
import type {LoadJob} from '../load.ts';
import {freePort} from '../../test/helpers/loopback.ts';
import type {Result, Subject} from '../result.ts';
import {isVerbose, secondsPerRow} from '../settings.ts';
import {median, pairedRatio} from '../statistics.ts';
import {openPlayground} from '../terminal.ts';

type Load = {
	readonly name: string;
	readonly protocol: 'udp' | 'tcp';
	readonly type: 'tcp-echo' | 'tcp-bulk' | 'udp-echo';
	readonly format: (rate: number) => string;
};

const loads: readonly Load[] = [
	{
		name: 'TCP echo, 50 connections, 64 B', protocol: 'tcp', type: 'tcp-echo', format: perSecond,
	},
	{
		name: 'TCP bulk echo, 4 connections, 64 KiB writes', protocol: 'tcp', type: 'tcp-bulk', format: megabytes,
	},
	{
		name: 'UDP echo, 50 peers, 64 B', protocol: 'udp', type: 'udp-echo', format: perSecond,
	},
];

/** How long one side is under load before it is the other's turn, in seconds. */
const turn = 0.6;

export const echo: Subject = {
	name: 'echo',
	about: 'what the server answers with its screen drawn and its log on / a bare echo server in a process of its own',
	async run() {
		const load = new HelperProcess<LoadJob, number>('load.ts');
		const bare = new HelperProcess<BareJob, undefined>('bare-echo.ts');
		try {
			const barePort = await freePort();
			await bare.do({port: barePort});
			const results: Result[] = [];
			for (const one of loads) {
				results.push(await compare(one, load, barePort));
			}

			return results;
		} finally {
			load.close();
			bare.close();
		}
	},
};

async function compare(
	{name, protocol, type, format}: Load,
	load: HelperProcess<LoadJob, number>,
	barePort: number,
): Promise<Result> {
	const port = await freePort();
	const playground = await openPlayground(port, ['--protocol', protocol, '--reply', 'echo']);
	const pairs: Array<[number, number]> = [];
	try {
		const rounds = Math.max(3, Math.round(secondsPerRow / (turn + 0.3) / 2));
		// The first round warms both up, and is not counted.
		for (let round = 0; round <= rounds; round++) {
			const pair: [number, number] = [
				await load.do({type, port, seconds: turn}),
				await load.do({type, port: barePort, seconds: turn}),
			];
			if (round > 0) {
				pairs.push(pair);
				if (isVerbose) {
					console.log(`${name}: ${format(pair[0])} ${format(pair[1])} ${(pair[0] / pair[1]).toFixed(3)}`);
				}
			}
		}
	} finally {
		await playground.close();
	}

	return {
		name,
		ours: format(median(pairs.map(([ours]) => ours))),
		bare: format(median(pairs.map(([, theirs]) => theirs))),
		ratio: pairedRatio(pairs),
		target: {least: 0.85},
	};
}

function perSecond(rate: number): string {
	return `${Math.round(rate).toLocaleString('en')}/s`;
}

function megabytes(rate: number): string {
	return `${Math.round(rate / 1e6)} MB/s`;
}
