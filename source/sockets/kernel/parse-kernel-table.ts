import {endianness} from 'node:os';
import {
	colon, decimalField, hexadecimal, numberEnd, space, parseKernelHost,
} from './kernel-fields.ts';
import {type KernelSocket, kernelStates} from './kernel-socket.ts';

const newline = 0x0A;

/**
Fields after the queues, counted from 1: the socket's inode in all four tables, and in UDP's the datagrams dropped.
*/
const inodeField = 5;
const dropsField = 8;

/**
Read the sockets whose local or remote port is among these from one of the tables /proc/net/{tcp,tcp6,udp,udp6}. A
malformed line is skipped; of two lines for one socket, which the kernel may write while sockets come and go, the later
counts.

@param ports - undefined for all
@param isLittleEndian - the byte order of the machine that wrote the table: addresses are in it
@param inodes - only the sockets with these inodes, as the links in /proc/<pid>/fd name them; undefined for all
*/
export function parseKernelTable(
	bytes: Uint8Array,
	protocol: 'udp' | 'tcp',
	family: 4 | 6,
	ports: ReadonlySet<number> | undefined,
	isLittleEndian = endianness() === 'LE',
	inodes?: ReadonlySet<number>,
): KernelSocket[] {
	const table = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const width = family === 4 ? 8 : 32;
	const sockets: KernelSocket[] = [];
	/** Where in `sockets` each one stands. */
	const places = new Map<string, number>();
	const hosts = new Map<string, string | undefined>();
	const hostOf = (text: string): string | undefined => {
		if (!hosts.has(text)) {
			hosts.set(text, parseKernelHost(text, isLittleEndian));
		}

		return hosts.get(text);
	};

	let end: number;
	for (let start = 0; (end = table.indexOf(newline, start)) !== -1; start = end + 1) {
		/** The line's number, a colon and a blank come before the local address. */
		const local = numberEnd(table, start, end) + 2;
		const remote = local + width + 6;
		const state = remote + width + 6;
		const queues = state + 3;
		const localPort = hexadecimal(table, local + width + 1, 4);
		const remotePort = hexadecimal(table, remote + width + 1, 4);
		// What is not asked for goes by here, at the cost of two numbers.
		if (ports && !ports.has(localPort) && !ports.has(remotePort)) {
			continue;
		}

		if (!areSeparated(table, local, width)) {
			continue;
		}

		const fourTuple = table.toString('latin1', local, state - 1);
		const localHost = hostOf(fourTuple.slice(0, width));
		const remoteHost = hostOf(fourTuple.slice(width + 6, width + 6 + width));
		const stateName = kernelStates[hexadecimal(table, state, 2) - 1];
		const sendQueue = hexadecimal(table, queues, 8);
		const receiveQueue = hexadecimal(table, queues + 9, 8);
		const inode = decimalField(table, queues + 17, end, inodeField);
		const drops = protocol === 'udp' ? decimalField(table, queues + 17, end, dropsField) : 0;
		if (
			localPort < 0
			|| remotePort < 0
			|| localHost === undefined
			|| remoteHost === undefined
			|| stateName === undefined
			|| sendQueue < 0
			|| receiveQueue < 0
			|| (inodes && !inodes.has(inode))
			|| inode < 0
			|| drops < 0
		) {
			continue;
		}

		// Sockets without a peer may share a port (SO_REUSEPORT): their inodes tell them apart.
		const identity = remotePort === 0 ? `${fourTuple} ${inode}` : fourTuple;
		const place = places.get(identity) ?? sockets.length;
		places.set(identity, place);
		sockets[place] = {
			protocol,
			local: {host: localHost, port: localPort},
			remote: {host: remoteHost, port: remotePort},
			state: stateName,
			receiveQueue,
			sendQueue,
			...(protocol === 'udp' && {drops}),
		};
	}

	return sockets;
}

/** Whether colons and blanks stand where they do in `number: address:port address:port state send:receive `. */
function areSeparated(table: Uint8Array, local: number, width: number): boolean {
	const remote = local + width + 6;
	const state = remote + width + 6;
	return table[local - 2] === colon && table[local - 1] === space
		&& table[local + width] === colon && table[remote - 1] === space
		&& table[remote + width] === colon && table[state - 1] === space
		&& table[state + 2] === space && table[state + 11] === colon && table[state + 20] === space;
}
