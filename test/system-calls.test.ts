import {readFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import type {Call, CallValue} from '../source/log/calls/calls.ts';
import {runProgram, typescript} from './helpers/run-program.ts';
import {isInstalled} from './helpers/program.ts';
import {skipped} from './helpers/skipped.ts';
import {tracedOption} from './helpers/traced-option.ts';
import {temporaryFolder} from './helpers/temporary-folder.ts';

type ShownCall = Call & {readonly pane: number; readonly socket: number};

/** The calls that make, set, connect and end a socket; those that move bytes Node makes in its own way. */
const compared = new Set(['socket', 'setsockopt', 'getsockopt', 'bind', 'listen', 'accept', 'connect', 'shutdown', 'close']);

function valueOf(value: CallValue): string {
	if (typeof value !== 'object') {
		return String(value);
	}

	return 'port' in value ? `${value.host} ${value.port}` : JSON.stringify(value);
}

/** What the panes show, a list for each socket: accept() is called on the welcoming socket, and makes another. */
function shownSockets(calls: readonly ShownCall[]): string[][] {
	const sockets: string[][] = [];
	const current = new Map<string, string[]>();
	const begin = (key: string): void => {
		const sequence: string[] = [];
		sockets.push(sequence);
		current.set(key, sequence);
	};

	for (const {name, arguments: given, result, error, pane, socket} of calls) {
		const key = `${pane} ${socket}`;
		if (!compared.has(name)) {
			continue;
		}

		if (name === 'accept') {
			current.get(`${pane} 0`)?.push('accept');
			begin(key);
			continue;
		}

		if (name === 'socket') {
			begin(key);
		}

		const outcome = name === 'getsockopt'
			? [error ?? result?.map(value => valueOf(value))].flat()
			: (name === 'setsockopt' && error ? [error] : []);
		current.get(key)?.push([name, ...given.map(value => valueOf(value)), ...outcome].join(' '));
	}

	return sockets;
}

/** What the system was asked for, by descriptors: `socket(AF_INET, SOCK_DGRAM|SOCK_CLOEXEC, IPPROTO_IP) = 21`. */
function tracedSockets(trace: string): string[][] {
	const sockets: string[][] = [];
	const current = new Map<string, string[]>();
	for (const line of trace.split('\n')) {
		const [, name = '', given = '', result = ''] = /^(\w+)\((.*)\) += (-?\d+)/.exec(line) ?? [];
		const file = given.split(/[,)]/)[0] ?? '';
		const host = /inet_addr\("([^"]+)|inet_pton\(AF_INET6, "([^"]+)/.exec(given)?.slice(1).find(Boolean) ?? '';
		const port = /port=htons\((\d+)/.exec(given)?.[1] ?? '';
		switch (name) {
			case 'socket': {
				const [, family, type] = /^(AF_INET6?), (SOCK_\w+)/.exec(given) ?? [];
				if (family !== undefined) {
					const sequence = [`socket ${family} ${type}`];
					sockets.push(sequence);
					current.set(result, sequence);
				}

				break;
			}

			case 'accept4': {
				// The first that finds no client fails (EAGAIN).
				if (result !== '-1') {
					current.get(file)?.push('accept');
					const sequence: string[] = [];
					sockets.push(sequence);
					current.set(result, sequence);
				}

				break;
			}

			case 'bind':
			case 'connect': {
				current.get(file)?.push(`${name} ${host} ${port}`);
				break;
			}

			case 'listen':
			case 'shutdown': {
				current.get(file)?.push(`${name} ${given.split(', ')[1]}`);
				break;
			}

			case 'setsockopt':
			case 'getsockopt': {
				const outcome = result === '-1' ? ` ${/-1 (E\w+)/.exec(line)?.[1]}` : '';
				current.get(file)?.push(`${name} ${tracedOption(given)}${outcome}`);
				break;
			}

			case 'close': {
				current.get(file)?.push('close');
				current.delete(file);
				break;
			}

			default: {
				break;
			}
		}
	}

	return sockets;
}

test('the calls that the panes show are those that the system is asked for, socket by socket', async t => {
	if (!isInstalled('strace')) {
		skipped(t, 'strace is not installed');
		return;
	}

	const folder = await temporaryFolder(t);
	const file = path.join(folder, 'trace');
	const scenes = path.join(import.meta.dirname, 'fixtures/traced-scenes.ts');
	const {stdout} = await runProgram('strace', [
		'-e',
		'trace=network,close',
		'-e',
		'signal=none',
		'-o',
		file,
		process.execPath,
		typescript,
		scenes,
	]);
	const shown = (JSON.parse(stdout) as ShownCall[][]).flatMap(calls => shownSockets(calls));
	const traced = tracedSockets(await readFile(file, 'utf8'));
	const texts = (sockets: readonly string[][]): string[] => sockets.map(calls => calls.join('; ')).toSorted();
	t.true(shown.length >= 12);
	t.deepEqual(texts(traced), texts(shown));
});
