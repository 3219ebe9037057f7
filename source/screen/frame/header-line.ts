import path from 'node:path';
import {fileRule} from '../../replies/reply-rule.ts';
import type {ClientView, SceneView, ServerView} from '../../engine/api/scene-view.ts';
import type {Address} from '../../log/event.ts';
import {formatAddress, reachableAddress} from '../../text/address.ts';
import {type LinkSummary, linkSummary} from '../overlays/link/link-summary.ts';
import {formatBytes, formatCount} from '../../text/numbers.ts';
import type {Words} from '../words/words.ts';
import {
	paint, type Span, widthOf, joined,
} from './paint.ts';

/**
The header in one line: the protocol, the server, the simulated link, and the traffic each way. Where there is no room,
that other machines can reach the server stays longest, then that the link is active.

@param half - of two scenes side by side, each has a header of its own: whether the focus is in this one
*/
export function headerLine(
	scene: SceneView,
	columns: number,
	words: Words,
	half?: {readonly isFocused: boolean},
): string {
	const {protocol, server, traffic} = scene;
	const isChosen = half?.isFocused ?? true;
	const tab = (name: SceneView['protocol']): Span =>
		protocol === name && isChosen
			? {text: `[${name.toUpperCase()}]`, tone: 'chosen'}
			: {text: ` ${name.toUpperCase()} `, tone: half ? 'strong' : 'dim'};
	const name: Span[] = half ? [] : [{text: ' socket-playground ', tone: 'strong'}];
	const what = scene.experiment ? words.laboratory.title : words.exercises.badge;
	const laboratory: Span = {text: `[${what} · ${protocol.toUpperCase()}]`, tone: 'chosen'};
	const place: Span[] = [
		{text: ' '},
		...(scene.name === 'laboratory' ? [laboratory] : (half ? [tab(protocol)] : [tab('udp'), {text: ' '}, tab('tcp')])),
	];
	const exposed: Span[][] = server?.isExposed ? [[{text: words.header.exposed, tone: 'warning'}]] : [];
	const at = server
		? serverSpans(server, scene.clients, words)
		: [{
			text: scene.connect?.port ? words.header.noServer(formatAddress(scene.connect)) : words.header.noServerYet,
		}];
	const status: Span[][] = [
		...(half ? [...exposed, at] : [at, ...exposed]),
		...(protocol === 'tcp' && server?.closeAfterReply ? [[{text: words.header.closeAfterReply}]] : []),
	];
	const to: Span[][] = server?.relay ? [[{text: words.relay.to(formatAddress(server.relay.target))}]] : [];
	const ruleName = server?.rule === fileRule ? path.basename(server.rulesFile ?? '') : server?.rule;
	const rule: Span[][] = ruleName && !server?.relay ? [[{text: words.header.rule(ruleName)}]] : [];
	const {received, sent} = traffic;
	const count = words.header[protocol === 'udp' ? 'datagrams' : 'chunks'](received.count);
	// Both ways or none: one alone would read as if nothing had gone the other way.
	const countsOf = (read: string, hasBytes: boolean): Span[] => [
		{text: '← ', tone: 'received'},
		{text: `${read}${hasBytes ? ` · ${formatBytes(received.bytes)}` : ''}  `},
		{text: '→ ', tone: 'sent'},
		{text: `${formatCount(sent.count)}${hasBytes ? ` · ${formatBytes(sent.bytes)}` : ''}`},
	];
	const rest: Span[][] = [...to, ...rule, countsOf(count, true)];
	const short: Span[][] = [...to, ...rule, countsOf(formatCount(received.count), true)];
	const shortest: Span[][] = [...rule, countsOf(formatCount(received.count), false)];
	const [link, ...links] = linkParts(scene, words);
	if (!link) {
		const ways = [
			[[...name, ...place], ...status, ...rest],
			[place, ...status, ...rest],
			[place, ...status, ...short],
		];
		const own = ways.find(parts => widthOf(spaced(parts)) <= columns) ?? [place, ...status, ...shortest];
		const perfect: Span[][] = [
			[{text: words.link.panel.header.perfect(namesOf(linkSummary(scene).names, words)), tone: 'dim'}],
		];
		return paint(fitting([...own, ...perfect], columns), columns);
	}

	const seed: Span[][] = [[{text: words.link.panel.seed(scene.link.seed), tone: 'dim'}]];
	const begins = [
		[[...name, ...place], ...status, link],
		...[link, ...links].map(shorter => [place, ...status, shorter]),
	];
	const begin = begins.find(parts => widthOf(spaced(parts)) <= columns);
	// Where even the shortest does not fit behind the server's address, that is cut.
	return paint(
		begin
			? fitting([
				...begin,
				...([rest, short, shortest].find(told => widthOf(spaced([...begin, ...told])) <= columns) ?? shortest),
				...seed,
			], columns)
			: spaced([place, ...exposed, ...links.slice(-1), at]),
		columns,
	);
}

function serverSpans(
	{state, configured, relay}: ServerView,
	clients: readonly ClientView[],
	words: Words,
): Span[] {
	const name = relay ? words.relay.header : words.header.server;
	if (state.type === 'open' || state.type === 'opening') {
		const address = formatAddress(state.type === 'open' ? state.local : state.wanted);
		return [{text: `${name} ${address} `}, {text: state.type === 'open' ? '●' : '○', tone: 'received'}];
	}

	return state.type === 'closed'
		? [{text: `${name} ${placeOf(configured, clients)} ○ ${words.header.closed}`, tone: 'warning'}]
		: [{text: `${name} ${formatAddress(state.wanted)} ✗ ${words.header.failed}`, tone: 'error'}];
}

/** The ways to tell the conditions of a simulated link, from the longest to the shortest; none for a perfect one. */
function linkParts(scene: SceneView, words: Words): Span[][] {
	const {names, isPerfect, losesNext} = linkSummary(scene);
	const {simulated, short, shortest, losesNext: next} = words.link.panel.header;
	const shown = namesOf(names, words);
	const more = losesNext ? ` · ${next}` : '';
	const texts = [`${simulated(shown)}${more}`, `${short(shown)}${more}`, `${shortest}${more}`, shortest];
	return isPerfect ? [] : texts.map(text => [{text, tone: 'warning'}]);
}

/** The headers of two scenes, each above its panes; the last one has the rest of the line. */
export function headersLine(
	scenes: readonly SceneView[],
	focused: SceneView,
	columns: number,
	each: number,
	words: Words,
): string {
	return scenes
		.map((scene, index) => headerLine(
			scene,
			index < scenes.length - 1 ? each : columns - (index * each),
			words,
			{isFocused: scene.name === focused.name},
		))
		.join('');
}

function namesOf(names: LinkSummary['names'], words: Words): string {
	return names.map(name => name ?? words.link.panel.custom).join(' ⇄ ');
}

function spaced(parts: readonly Span[][]): Span[] {
	return joined(parts, '  ');
}

/** As many parts, from the left, as fit whole; the first always. */
function fitting(parts: readonly Span[][], columns: number): Span[] {
	let count = parts.length;
	while (count > 1 && widthOf(spaced(parts.slice(0, count))) > columns) {
		count--;
	}

	return spaced(parts.slice(0, count));
}

/** Where a closed server was: clients know the port that the OS had picked. Before it was open it has none. */
function placeOf(configured: Address, clients: readonly ClientView[]): string {
	if (configured.port > 0) {
		return formatAddress(configured);
	}

	const {host} = reachableAddress(configured);
	const known = clients.find(({destination}) => destination?.host === host)?.destination;
	return known ? formatAddress(known) : configured.host;
}
