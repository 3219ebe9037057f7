import type {SceneView, Tally} from '../engine/door.ts';
import {formatAddress} from '../engine/sockets/addresses.ts';
import {paint, type Span, widthOf} from './paint.ts';
import {formatBytes, formatCount} from './words/numbers.ts';
import type {Words} from './words/words.ts';

/** The header: where one is, what the server does, and how much has gone each way. One line; what does not fit goes from the right. */
export function headerLine(scene: SceneView, columns: number, words: Words): string {
	const {protocol, server} = scene;
	const tab = (name: SceneView['protocol']): Span =>
		protocol === name ? {text: `[${name.toUpperCase()}]`, tone: 'chosen'} : {text: ` ${name.toUpperCase()} `, tone: 'dim'};
	const parts: Span[][] = [
		[{text: ' socket-playground ', tone: 'strong'}, {text: ' '}, tab('udp'), {text: ' '}, tab('tcp')],
		server ? serverSpans(scene, words) : [{text: words.header.noServer(destinationOf(scene))}],
	];
	if (server) {
		if (server.isExposed) {
			parts.push([{text: words.header.exposed, tone: 'warning'}]);
		}

		parts.push([{text: server.rule}]);
		if (protocol === 'tcp' && server.closeAfterReply) {
			parts.push([{text: words.header.closeAfterReply}]);
		}
	}

	const received = server ? server.received : sum(scene.clients.map(client => client.received));
	const sent = server ? server.sent : sum(scene.clients.map(client => client.sent));
	const count = protocol === 'udp' ? words.header.datagrams(received.count) : words.header.chunks(received.count);
	parts.push(
		[{text: '← ', tone: 'received'}, {text: `${count} ${formatBytes(received.bytes)}`}],
		[{text: '→ ', tone: 'sent'}, {text: `${formatCount(sent.count)} · ${formatBytes(sent.bytes)}`}],
	);
	return paint(fitting(parts, columns), columns);
}

function serverSpans({server}: SceneView, words: Words): Span[] {
	const {state} = server!;
	const address = formatAddress(state.type === 'open' ? state.local : (state.type === 'closed' ? server!.configured : state.wanted));
	switch (state.type) {
		case 'open':
		case 'opening': {
			return [{text: `${words.header.server} ${address} `}, {text: state.type === 'open' ? '●' : '○', tone: 'received'}];
		}

		case 'closed': {
			return [{text: `${words.header.server} ${address} ○ ${words.header.closed}`, tone: 'warning'}];
		}

		case 'failed': {
			return [{text: `${words.header.server} ${address} ✗ ${words.header.failed}`, tone: 'error'}];
		}

		default: {
			return state satisfies never;
		}
	}
}

function destinationOf({clients}: SceneView): string {
	const destination = clients[0]?.destination;
	return destination ? formatAddress(destination) : '?';
}

function sum(tallies: readonly Tally[]): Tally {
	let count = 0;
	let bytes = 0;
	for (const tally of tallies) {
		count += tally.count;
		bytes += tally.bytes;
	}

	return {count, bytes};
}

function fitting(parts: readonly Span[][], columns: number): Span[] {
	const line: Span[] = [];
	let used = 0;
	for (const part of parts) {
		const gap: Span[] = line.length > 0 ? [{text: '   '}] : [];
		const width = widthOf(gap) + widthOf(part);
		if (used + width > columns && line.length > 0) {
			break;
		}

		line.push(...gap, ...part);
		used += width;
	}

	return line;
}
