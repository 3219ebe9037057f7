import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {createHash, randomFillSync} from 'node:crypto';
import {
	closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {freePort} from '../../test/helpers/loopback.ts';
import {isInstalled} from '../../test/helpers/program.ts';
import {residentMemory} from '../process-cost.ts';
import type {Result, Subject} from '../result.ts';
import {isVerbose, secondsPerRow} from '../settings.ts';
import {median, pairedRatio} from '../statistics.ts';
import {distribution} from '../terminal.ts';

/** What goes through, in bytes. */
const size = 1024 ** 3;
const piece = 16 * 1024 * 1024;

/** The client that is measured: our own, or socat. */
type Client = 'send' | 'socat';

type Run = {readonly seconds: number; readonly memory: number};

export const send: Subject = {
	name: 'send',
	about: '1 GiB from a file through `send tcp` to a server of socat, and from it into a file, each compared to the byte / the same through socat',
	async run() {
		if (!isInstalled('socat')) {
			console.log('send: socat is not installed, nothing is measured');
			return [];
		}

		const folder = mkdtempSync(path.join(tmpdir(), 'socket-playground-bench-'));
		try {
			return await measure(folder);
		} finally {
			rmSync(folder, {recursive: true});
		}
	},
};

async function measure(folder: string): Promise<Result[]> {
	const source = path.join(folder, 'source');
	const target = path.join(folder, 'target');
	fill(source);
	const digest = await digestOf(source);
	const results: Result[] = [];
	for (const way of ['up', 'down'] as const) {
		const pairs: Array<[Run, Run]> = [];
		const end = performance.now() + secondsPerRow * 1000;
		while (pairs.length < 3 || (performance.now() < end && pairs.length < 10)) {
			const pair: Run[] = [];
			for (const client of ['send', 'socat'] as const) {
				pair.push(await transfer(client, way, source, target));
				if (await digestOf(target) !== digest) {
					throw new Error(`${client} has not sent the same bytes ${way}`);
				}
			}

			pairs.push([pair[0]!, pair[1]!]);
			if (isVerbose) {
				console.log(`send ${way}: ${pair.map(({seconds}) => seconds.toFixed(2)).join(' / ')} s, ${(pair[0]!.memory / 1e6).toFixed(0)} MB`);
			}
		}

		const rate = (which: 0 | 1): string =>
			`${(size / 1e6 / median(pairs.map(pair => pair[which].seconds))).toFixed(0)} MB/s`;
		const memory = Math.max(...pairs.map(([{memory}]) => memory));
		results.push({
			name: `1 GiB through send tcp, ${way === 'up' ? 'sent' : 'received'}`,
			ours: rate(0),
			bare: rate(1),
			ratio: pairedRatio(pairs.map(([ours, bare]) => [bare.seconds, ours.seconds])),
			target: {least: 0.7},
		}, {
			name: `resident memory meanwhile / bytes ${way === 'up' ? 'sent' : 'received'}`,
			ours: `${(memory / 1e6).toFixed(0)} MB`,
			bare: `${(size / 1e6).toFixed(0)} MB`,
			ratio: memory / size,
			target: {most: 0.2},
		});
	}

	return results;
}

/** One transfer: how long the client runs, and how much memory it has at most. */
async function transfer(client: Client, way: 'up' | 'down', source: string, target: string): Promise<Run> {
	const port = await freePort();
	const listen = `TCP-LISTEN:${port},bind=127.0.0.1,reuseaddr`;
	const server = spawn('socat', ['-d', '-d', ...(way === 'up'
		? ['-u', listen, `OPEN:${target},creat,trunc`]
		: ['-u', `OPEN:${source}`, listen])], {stdio: ['ignore', 'ignore', 'pipe']});
	const served = once(server, 'close');
	await says(server, 'listening on');
	const input = openSync(way === 'up' ? source : '/dev/null', 'r');
	const output = openSync(way === 'up' ? '/dev/null' : target, 'w');
	const begin = performance.now();
	const child = client === 'send'
		? spawn(process.execPath, [path.join(distribution, 'cli.js'), 'send', 'tcp', `127.0.0.1:${port}`, '--quiet'], {
			stdio: [input, output, 'inherit'],
		})
		: spawn('socat', ['-t', '60', 'STDIO', `TCP:127.0.0.1:${port}`], {stdio: [input, output, 'inherit']});
	let memory = 0;
	const timer = setInterval(() => {
		void residentMemory(child.pid!).then(now => {
			memory = Math.max(memory, now || 0);
		}, () => undefined);
	}, 20);
	await once(child, 'close');
	const seconds = (performance.now() - begin) / 1000;
	clearInterval(timer);
	await served;
	closeSync(input);
	closeSync(output);
	return {seconds, memory};
}

async function says(child: ChildProcess, text: string): Promise<void> {
	let said = '';
	await new Promise<void>(resolve => {
		child.stderr!.on('data', (bytes: Uint8Array) => {
			said += Buffer.from(bytes).toString();
			if (said.includes(text)) {
				resolve();
			}
		});
	});
}

function fill(file: string): void {
	const descriptor = openSync(file, 'w');
	const bytes = Buffer.allocUnsafe(piece);
	for (let written = 0; written < size; written += piece) {
		writeSync(descriptor, randomFillSync(bytes));
	}

	closeSync(descriptor);
}

async function digestOf(file: string): Promise<string> {
	const hash = createHash('sha256');
	for await (const bytes of createReadStream(file, {highWaterMark: piece})) {
		hash.update(bytes as Uint8Array);
	}

	return hash.digest('hex');
}
