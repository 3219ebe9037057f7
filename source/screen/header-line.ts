import type {SceneView, ServerView} from '../engine/door/scene-view.ts';
import {formatAddress} from '../text/address.ts';
import {paint, type Span, widthOf} from './paint.ts';
import {formatBytes, formatCount} from './words/numbers.ts';
import type {Words} from './words/words.ts';

/**
The header: where one is, what the server does, and how much has gone each way. One line; what does not fit goes from the
right, except that a server which other machines can reach is never left unsaid: the program's name goes first then.
*/
export function headerLine(scene: SceneView, columns: number, words: Words): string {
	const {protocol, server, traffic} = scene;
	const tab = (name: SceneView['protocol']): Span =>
		protocol === name ? {text: `[${name.toUpperCase()}]`, tone: 'chosen'} : {text: ` ${name.toUpperCase()} `, tone: 'dim'};
	const name: Span[] = [{text: ' socket-playground ', tone: 'strong'}];
	const place: Span[] = [{text: ' '}, tab('udp'), {text: ' '}, tab('tcp')];
	const status: Span[][] = [
		server ? serverSpans(server, words) : [{text: words.header.noServer(scene.connect ? formatAddress(scene.connect) : '?')}],
		...(server?.isExposed ? [[{text: words.header.exposed, tone: 'warning' as const}]] : []),
	];
	const count = protocol === 'udp' ? words.header.datagrams(traffic.received.count) : words.header.chunks(traffic.received.count);
	const rest: Span[][] = [
		...(server ? [[{text: words.header.rule(server.rule)}]] : []),
		...(protocol === 'tcp' && server?.closeAfterReply ? [[{text: words.header.closeAfterReply}]] : []),
		[{text: '← ', tone: 'received'}, {text: `${count} ${formatBytes(traffic.received.bytes)}`}],
		[{text: '→ ', tone: 'sent'}, {text: `${formatCount(traffic.sent.count)} · ${formatBytes(traffic.sent.bytes)}`}],
	];
	const whole = [[...name, ...place], ...status];
	return paint(fitting([...(widthOf(joined(whole)) > columns ? [place, ...status] : whole), ...rest], columns), columns);
}

function serverSpans({state, configured}: ServerView, words: Words): Span[] {
	const address = formatAddress(state.type === 'open' ? state.local : (state.type === 'closed' ? configured : state.wanted));
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

/** As many parts, from the left, as fit whole; the first always. */
function fitting(parts: readonly Span[][], columns: number): Span[] {
	let count = parts.length;
	while (count > 1 && widthOf(joined(parts.slice(0, count))) > columns) {
		count--;
	}

	return joined(parts.slice(0, count));
}

function joined(parts: readonly Span[][]): Span[] {
	return parts.flatMap((part, index) => index === 0 ? part : [{text: '  '}, ...part]);
}
