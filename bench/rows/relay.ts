import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {
	type AddressInfo, connect, createServer, type Server, type Socket,
} from 'node:net';
import {freePort} from '../../test/helpers/loopback.ts';
import {isInstalled} from '../../test/helpers/program.ts';
import {program} from '../../test/helpers/terminal-app.ts';
import {residentMemory} from '../process-cost.ts';
import type {Result, Subject} from '../result.ts';
import {isVerbose, secondsPerRow} from '../settings.ts';
import {median, pairedRatio} from '../statistics.ts';

/** How many bytes go through the relay in all for the row of its memory: 1 GiB, less in a short run. */
const bytesInAll = secondsPerRow >= 10 ? 2 ** 30 : 2 ** 27;

/** How many go through each relay in one turn. */
const bytesPerTurn = bytesInAll / 4;

const tripsPerTurn = 2000;
const piece = Buffer.alloc(64 * 1024, 'relay');

/** The server behind the relays: it echoes each connection that begins with `e`, and counts the bytes of others. */
type Target = {readonly server: Server; readonly port: number; readonly arrived: () => number};

export const relay: Subject = {
	name: 'relay',
	about: 'bytes, and messages there and back, through `relay tcp --quiet` / through socat',
	async run() {
		if (!isInstalled('socat')) {
			console.log('relay: socat is not installed');
			return [];
		}

		const target = await openTarget();
		const ports = {ours: await freePort(), bare: await freePort()};
		const ours = spawn(process.execPath, [program, 'relay', 'tcp', `:${ports.ours}`, `127.0.0.1:${target.port}`, '--quiet'], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		const listen = `TCP-LISTEN:${ports.bare},bind=127.0.0.1,fork,reuseaddr,nodelay`;
		const bare = spawn('socat', [listen, `TCP:127.0.0.1:${target.port},nodelay`], {stdio: 'ignore'});
		try {
			await once(ours.stdout, 'data');
			return await measure(target, ports, ours);
		} finally {
			ours.kill('SIGKILL');
			bare.kill('SIGKILL');
			target.server.close();
		}
	},
};

async function measure(
	target: Target,
	ports: {readonly ours: number; readonly bare: number},
	{pid = 0}: ChildProcess,
): Promise<Result[]> {
	const rates: Array<[number, number]> = [];
	const trips: Array<[number, number]> = [];
	let before = 0;
	const rounds = bytesInAll / bytesPerTurn;
	// The first round warms both up, and is not counted.
	for (let round = 0; round <= rounds; round++) {
		const rate: [number, number] = [await rateThrough(ports.ours, target), await rateThrough(ports.bare, target)];
		const trip: [number, number] = [await tripThrough(ports.ours), await tripThrough(ports.bare)];
		if (round === 0) {
			before = await residentMemory(pid);
		} else {
			rates.push(rate);
			trips.push(trip);
		}

		if (isVerbose) {
			console.log(`relay: ${rate.map(value => megabytes(value)).join(' ')}, ${trip.map(value => microseconds(value)).join(' ')}`);
		}
	}

	const after = await residentMemory(pid);
	const [ourRates, bareRates] = [rates.map(([ours]) => ours), rates.map(([, bare]) => bare)];
	const [ourTrips, bareTrips] = [trips.map(([ours]) => ours), trips.map(([, bare]) => bare)];
	return [
		{
			name: 'relay tcp, one stream, against socat',
			ours: megabytes(median(ourRates)),
			bare: megabytes(median(bareRates)),
			ratio: pairedRatio(rates),
			target: {least: 0.7},
		},
		{
			name: 'relay tcp, 64 B there and back, against socat',
			ours: microseconds(median(ourTrips)),
			bare: microseconds(median(bareTrips)),
			ratio: pairedRatio(trips),
			target: {most: 1.5},
		},
		{
			name: `relay tcp, memory after ${bytesInAll / 2 ** 20} MiB more`,
			ours: `${(after / 1e6).toFixed(0)} MB`,
			bare: `${(before / 1e6).toFixed(0)} MB`,
			ratio: after / before,
			target: {most: 1.3},
		},
	];
}

async function openTarget(): Promise<Target> {
	let arrived = 0;
	const server = createServer({noDelay: true}, socket => {
		socket.on('error', () => undefined);
		socket.once('data', (first: Uint8Array) => {
			const isEcho = first[0] === 'e'.codePointAt(0);
			const take = (bytes: Uint8Array): void => {
				arrived += bytes.length;
				if (isEcho) {
					socket.write(bytes);
				}
			};

			take(first);
			socket.on('data', take);
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {server, port: (server.address() as AddressInfo).port, arrived: () => arrived};
}

/** Send bytes, and wait until the target's end has come back. @returns bytes in a second */
async function rateThrough(port: number, {arrived}: Target): Promise<number> {
	const socket = await connected(port);
	const closed = once(socket.resume(), 'close');
	const [start, already] = [performance.now(), arrived()];
	for (let sent = 0; sent < bytesPerTurn; sent += piece.length) {
		if (!socket.write(piece)) {
			await once(socket, 'drain');
		}
	}

	socket.end();
	await closed;
	const seconds = (performance.now() - start) / 1000;
	if (arrived() - already !== bytesPerTurn) {
		throw new Error(`${arrived() - already} bytes of ${bytesPerTurn} have arrived`);
	}

	return bytesPerTurn / seconds;
}

/** @returns the median of the round-trip times, in milliseconds */
async function tripThrough(port: number): Promise<number> {
	const socket = await connected(port);
	const message = Buffer.alloc(64, 'e');
	const times: number[] = [];
	for (let trip = 0; trip < tripsPerTurn; trip++) {
		const start = performance.now();
		socket.write(message);
		for (let length = 0; length < message.length;) {
			const [bytes] = await once(socket, 'data') as [Uint8Array];
			length += bytes.length;
		}

		times.push(performance.now() - start);
	}

	socket.destroy();
	return median(times);
}

async function connected(port: number): Promise<Socket> {
	for (let tries = 0; ; tries++) {
		const socket = connect({port, host: '127.0.0.1', noDelay: true});
		try {
			await once(socket, 'connect');
			return socket;
		} catch (error) {
			if (tries > 1000) {
				throw error;
			}
		}
	}
}

function megabytes(bytes: number): string {
	return `${(bytes / 1e6).toFixed(0)} MB/s`;
}

function microseconds(milliseconds: number): string {
	return `${(milliseconds * 1000).toFixed(0)} µs`;
}
