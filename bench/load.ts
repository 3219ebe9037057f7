/* The process that the load comes from. Every load is bounded in count and in time. */
import {serveJobs} from './helper-process.ts';
import {loadTcpBulk} from './load-tcp-bulk.ts';
import {loadTcpEcho} from './load-tcp-echo.ts';
import {type Probe, probe} from './load-probe.ts';
import {type Trickle, trickle} from './load-trickle.ts';
import {loadUdpEcho} from './load-udp-echo.ts';
import {floodUdp} from './load-udp-flood.ts';

export type LoadJob
	= | {readonly type: 'tcp-echo' | 'tcp-bulk' | 'udp-echo'; readonly port: number; readonly seconds: number}
		| {
			readonly type: 'flood';
			readonly port: number;
			readonly seconds: number;
			readonly perSecond: number;
			readonly most: number;
			readonly bytes: number;
		}
		| ({readonly type: 'trickle'} & Trickle)
		| ({readonly type: 'probe'} & Probe);

serveJobs(async (job: LoadJob): Promise<number> => {
	switch (job.type) {
		case 'tcp-echo': {
			return loadTcpEcho(job);
		}

		case 'tcp-bulk': {
			return loadTcpBulk(job);
		}

		case 'udp-echo': {
			return loadUdpEcho(job);
		}

		case 'flood': {
			return floodUdp(job);
		}

		case 'trickle': {
			return trickle(job);
		}

		case 'probe': {
			return probe(job);
		}

		default: {
			return job satisfies never;
		}
	}
});
