/* The process that the load comes from. Every load is bounded in count and in time. */
import {once} from 'node:events';
import {setTimeout as sleep} from 'node:timers/promises';
import {serveJobs} from './helper-process.ts';
import {
	closeConnections, loadTcpBulk, loadTcpEcho, openConnections,
} from './load-tcp.ts';
import {
	type Flood, floodUdp, loadUdpEcho, openSocket, type Probe, probe,
} from './load-udp.ts';

type Trickle = {
	readonly port: number;
	readonly protocol: 'udp' | 'tcp';
	/** Messages to send, one after the other. */
	readonly messages: number;
	/** Milliseconds between two messages. */
	readonly interval: number;
};

const message = Buffer.alloc(64, 'x');

/** Send messages of 64 bytes so slowly that each can be drawn before the next one. @returns how many were sent */
async function trickle({port, protocol, messages, interval}: Trickle): Promise<number> {
	const {send, close} = protocol === 'udp' ? await openUdp(port) : await openTcp(port);
	for (let sent = 0; sent < messages; sent++) {
		send();

		await sleep(interval);
	}

	await close();
	return messages;
}

type Sender = {readonly send: () => void; readonly close: () => Promise<void>};

async function openUdp(port: number): Promise<Sender> {
	const socket = await openSocket(port);
	return {
		send() {
			socket.send(message);
		},
		async close() {
			socket.close();
			await once(socket, 'close');
		},
	};
}

async function openTcp(port: number): Promise<Sender> {
	const sockets = await openConnections(port, 1);
	return {
		send() {
			for (const socket of sockets) {
				socket.resume();
				socket.write(message);
			}
		},
		close: async () => closeConnections(sockets),
	};
}

export type LoadJob
	= | {readonly type: 'tcp-echo' | 'tcp-bulk' | 'udp-echo'; readonly port: number; readonly seconds: number}
		| ({readonly type: 'flood'} & Flood)
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
