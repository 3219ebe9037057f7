/* Views as files of text, whole: read from the engine piece by piece, so that no socket waits for it. */
import {setImmediate} from 'node:timers/promises';
import {stripVTControlCharacters} from 'node:util';
import type {Query} from '../../engine/api/query.ts';
import type {SceneView} from '../../engine/api/scene-view.ts';
import type {SocketsView, View} from '../../engine/api/view.ts';
import type {PaneId, SocketEvent} from '../../log/event.ts';
import type {SourceLanguage} from '../../programs/languages.ts';
import {formatAddress} from '../../text/address.ts';
import {timeOfDay} from '../../text/time-of-day.ts';
import {countText, readingOf} from '../../text/encoding/codec.ts';
import {visibleBytes, visibleLine} from '../../text/width/visible.ts';
import type {PayloadView} from '../../views/payload.ts';
import {matcherOf} from '../../views/filtered-rows.ts';
import type {Row, RowsKind, RowsView} from '../../views/rows.ts';
import {filterOf} from '../overlays/filter.ts';
import type {SavedView} from '../input/update.ts';
import {experimentLines} from '../overlays/laboratory/experiment-lines.ts';
import {layoutPayload, payloadPage} from '../overlays/payload/payload-page.ts';
import {reportLines} from '../overlays/acts/report-lines.ts';
import {socketsLines} from '../panes/sockets-lines.ts';
import {clientStatus, relayStatus, serverStatus} from '../panes/status-lines.ts';
import {viewKind} from '../panes/views.ts';
import {
	backToTyping, codecOfPane, paneState, type PaneViewName, type ScreenState,
} from '../state/screen-state.ts';
import {withoutKeys, type Words} from '../words/words.ts';
import {byType} from '../../text/by-type.ts';
import {savedRow} from './saved-rows.ts';
import {lessonFile, scriptFile, type TextFile} from './saved-scene.ts';
import {headOf} from './scene-head.ts';

/** What is saved from: the screen as it was when the key was pressed, and the engine. */
export type SaveInput = {
	readonly state: ScreenState;
	readonly scene: SceneView;
	readonly read: (query: Query) => Promise<View | undefined>;
	/** A payload as far as the log has it; undefined where it is gone. */
	readonly readPayload: (sequence: number) => Promise<Uint8Array | undefined>;
	readonly words: Words;
};

/** Rows, and sockets, that the engine is asked for at a time. */
const rowsAtOnce = 64;
const socketsAtOnce = 256;

/** Columns of what is laid out for a screen: sixteen bytes of a payload stand in a line. */
const columns = 100;

/** Lines of a payload between two turns of this thread. */
const payloadLinesAtOnce = 1024;

/** What a view was to show is not there any more, or could not be told. */
export class NothingToSave extends Error {
	override readonly name = 'NothingToSave';
}

/** The line endings of a scene's panes, which no command line and no lesson file brings back, a sentence each. */
function endingsOf({state, scene: {server, clients}, words}: SaveInput): string[] {
	const {views: {saving}, line} = words;
	return [...(server ? [{pane: server.pane, number: 0}] : []), ...clients].flatMap(({pane, number}) => {
		const {ending} = paneState(state, pane);
		return ending === 'none' ? [] : [saving.ending(number, line.ending[ending])];
	});
}

/** What a view shows, whole, as a file of text with a head that says how to make its scene again. */
export async function saveView(what: SavedView, input: SaveInput): Promise<TextFile> {
	return byType(what, {
		panes: async ({panes}) => savePanes(panes, input),
		payload: async ({sequence}) => savePayload(sequence, input),
		report: async ({pane}) => saveReport(pane, input),
		command: () => scriptFile(input.scene, input.words, endingsOf(input), input.state.saved?.path),
		lesson() {
			const file = lessonFile(input.scene, input.words, endingsOf(input));
			if (!file) {
				throw new NothingToSave(input.words.views.saving.noLesson);
			}

			return file;
		},
	});
}

export function withHead({name, contents}: TextFile, what: string, scene: SceneView, words: Words): TextFile {
	return {name, contents: Buffer.concat([Buffer.from(headed(what, [], {scene, words})), contents])};
}

/** Lines beneath a head that says what they are, and facts of them. */
function headed(
	what: string,
	lines: readonly string[],
	{scene, words}: Pick<SaveInput, 'scene' | 'words'>,
	facts: readonly string[] = [],
): string {
	return textOf([...comment(headOf(what, scene, facts, words)), '', ...lines]);
}

async function savePanes(panes: readonly PaneId[], input: SaveInput): Promise<TextFile> {
	const {state, scene, words} = input;
	const {experiment, protocol} = scene;
	const [first] = panes;
	if (first === undefined) {
		throw new NothingToSave(words.views.notSavable);
	}

	if (panes.length === 1 && viewKind(paneState(state, first).view).isProgram) {
		return saveProgram(first, input);
	}

	const chunks: string[] = [];
	if (experiment) {
		const explained = experimentLines({...backToTyping(state), columns, rows: 1000}, scene, 1, words);
		chunks.push(headed(words.laboratory.title, [...explained.map(line => plain(line)), ''], input));
	}

	for (const pane of panes) {
		// eslint-disable-next-line no-await-in-loop -- One pane stands beneath the other.
		chunks.push(...await paneChunks(pane, input));
	}

	const name = experiment?.name ?? `${protocol}-${fileNameOf(first, scene)}-${kindOf(paneState(state, first).view)}`;
	return {name: `socket-playground-${name}.txt`, contents: bytesOf(chunks)};
}

/** What a view is called in a file's name: a program among others is told by its messages. */
function kindOf(view: PaneViewName): RowsKind | 'sockets' {
	const {answer} = viewKind(view);
	return answer === 'source' ? 'messages' : answer;
}

/** The text of a view, and what its head says of it. */
type Told = {readonly lines: readonly string[]; readonly facts: readonly string[]};

/** A pane in the view that it shows: what it is called, its status, and all of its rows or sockets. */
async function paneChunks(pane: PaneId, input: SaveInput): Promise<string[]> {
	const {state, scene, words} = input;
	const {view} = paneState(state, pane);
	const title = `${titleOf(pane, scene, words)} · ${words.views.names[view]}`;
	const status = statusOf(pane, scene, words).map(line => withoutKeys(plain(line))).filter(line => line !== '');
	const kind = kindOf(view);
	const {lines, facts} = kind === 'sockets' ? await socketsOf(pane, input) : await rowsOf(pane, kind, input);
	return [headed(title, [...status, ''], input, facts), ...lines, '\n'];
}

async function rowsOf(pane: PaneId, kind: RowsKind, {state, scene, read, words}: SaveInput): Promise<Told> {
	const {server, clients, protocol} = scene;
	const isServer = server?.pane === pane;
	const typed = paneState(state, pane).filter;
	const filter = filterOf(typed, isServer, words);
	const isFiltered = filter !== undefined && filter !== 'wrong';
	// A row has all that its event has, and a search of the pane's own may end at any time.
	const matcher = isFiltered ? matcherOf(filter, kind, isServer ? pane : undefined) : undefined;
	const codec = codecOfPane(scene, pane);
	const base = {
		protocol, home: undefined, server: server?.pane, clients, codec, words,
	};
	const target = isServer ? server.relay?.targetPane : undefined;
	const contextOf = (row: Row): Parameters<typeof savedRow>[1] => ({
		...base,
		isServer: isServer && row.pane !== target,
		...(target !== undefined && {target}),
		...(row.pane === target && {nameOf: words.server.toTarget}),
	});
	const readUpTo = async (end: number): Promise<RowsView> => asRows(await read({
		type: 'rows', pane, kind, rows: rowsAtOnce, end, maxBytes: Number.MAX_SAFE_INTEGER,
	}), words);

	let view = await readUpTo(0);
	// What comes while it is being saved is not in it.
	const {total, first} = view;
	const lines: string[] = [];
	let next = first;
	let count = 0;
	for (;;) {
		const start = view.end - view.rows.length;
		const lost = Math.min(start, total) - next;
		const rows = view.rows
			.slice(Math.max(0, next - start), Math.max(0, total - start))
			.filter(row => matcher === undefined || matcher(row as SocketEvent, readingOf(codec, row.lead)));
		lines.push(
			...(lost > 0 ? [`… ${words.log.gone(lost)}\n`] : []),
			textOf(rows.flatMap(row => savedRow(row, contextOf(row)))),
		);
		count += rows.length;
		next = view.end;
		if (next >= total) {
			break;
		}

		view = await readUpTo(next + rowsAtOnce); // eslint-disable-line no-await-in-loop -- It begins where the last ended.
	}

	return {
		lines,
		facts: [
			words.views.saving.rows(count),
			...(isFiltered ? [words.views.saving.onlyWith(typed)] : []),
			...(first > 0 ? [words.log.gone(first)] : []),
		],
	};
}

function asRows(view: View | undefined, words: Words): RowsView {
	if (view?.type === 'rows') {
		return view;
	}

	throw failureOf(view, words);
}

/** Why there is no view such as was asked for: the pane was removed, or the engine has failed to answer. */
function failureOf(view: View | undefined, words: Words): NothingToSave {
	return new NothingToSave(view?.type === 'failed'
		? words.fault.view(view.message)
		: words.refusal({reason: 'no-such-pane'}));
}

async function socketsOf(pane: PaneId, {read, words}: SaveInput): Promise<Told> {
	const lines: string[] = [];
	let view: SocketsView | undefined;
	do {
		const from: number = view ? view.from + view.rows.length : 0;
		// eslint-disable-next-line no-await-in-loop -- Each piece begins where the one before it ended.
		const answer: View | undefined = await read({
			type: 'sockets', pane, from, rows: socketsAtOnce,
		});
		if (answer?.type !== 'sockets') {
			throw failureOf(answer, words);
		}

		view = answer;
		const drawn = socketsLines(view, columns, Number.POSITIVE_INFINITY, words).map(line => plain(line));
		// Where the states are from stands beneath the last of them.
		lines.push(textOf(from + view.rows.length < view.total ? drawn.slice(0, -1) : drawn));
	} while (view.rows.length > 0 && view.from + view.rows.length < view.total);

	return {lines, facts: []};
}

const commentSigns: Readonly<Record<SourceLanguage, string>> = {python: '#', javascript: '//', c: '//'};

async function saveProgram(pane: PaneId, {state, scene, read, words}: SaveInput): Promise<TextFile> {
	const {language, form} = paneState(state, pane);
	const {comments} = words;
	const view = await read({
		type: 'source', pane, language, form, comments,
	});
	if (view?.type !== 'source') {
		throw failureOf(view, words);
	}

	const head = comment(headOf(titleOf(pane, scene, words), scene, [], words), commentSigns[language]);
	return {name: view.fileName, contents: Buffer.from(textOf([...head, ...view.lines]))};
}

async function savePayload(sequence: number, {state, scene, readPayload, words}: SaveInput): Promise<TextFile> {
	const bytes = await readPayload(sequence);
	const {payload} = words.views;
	if (!bytes) {
		throw new NothingToSave(words.refusal({reason: 'payload-gone'}));
	}

	const view: PayloadView | undefined = state.payload?.sequence === sequence ? state.payload : undefined;
	const {row, pane, part: shown} = view ?? {};
	const codec = codecOfPane(scene, pane);
	const reading = readingOf(codec, shown?.begun);
	const length = row?.length ?? bytes.length;
	const about = [
		...(row ? [timeOfDay(row.time, 'full'), ...(row.peer ? [formatAddress(row.peer)] : [])] : []),
		`${length} B`,
		...(bytes.length < length ? [payload.kept(bytes.length, length)] : []),
	].join(' · ');
	const title = [pane === undefined ? '' : titleOf(pane, scene, words), payload.title].filter(Boolean).join(' · ');
	const {text} = visibleBytes(bytes, Number.POSITIVE_INFINITY, bytes.length >= length, reading);
	const chunks = [headed(title, [text, ''], {scene, words}, [about])];
	const part = {
		start: 0, bytes, kept: bytes.length, length, text: countText(bytes, reading), lead: reading.lead,
	};
	const {bytesPerLine} = layoutPayload(bytes.length, columns);
	for (let offset = 0; offset < bytes.length;) {
		const {lines} = payloadPage({...part, offset}, columns, payloadLinesAtOnce, codec);
		chunks.push(textOf(lines.map(spans => spans.map(({text}) => text).join('').trimEnd())));
		offset += lines.length * bytesPerLine;
		await setImmediate(); // eslint-disable-line no-await-in-loop -- Others of this thread have their turn.
	}

	return {name: `payload-${sequence}.txt`, contents: bytesOf(chunks)};
}

async function saveReport(pane: PaneId, {scene, words}: SaveInput): Promise<TextFile> {
	const client = scene.clients.find(candidate => candidate.pane === pane);
	if (!client?.series) {
		throw new NothingToSave(words.refusal({reason: 'no-series'}));
	}

	const lines = reportLines(client, client.series, columns, words).map(line => plain(line));
	return {
		name: `socket-playground-${scene.protocol}-${fileNameOf(pane, scene)}-series.txt`,
		contents: Buffer.from(headed(titleOf(pane, scene, words), lines, {scene, words})),
	};
}

/** What a pane is called, and its own address. */
function titleOf(pane: PaneId, {server, clients}: SceneView, words: Words): string {
	const client = clients.find(candidate => candidate.pane === pane);
	const state = server?.pane === pane ? server.state : client?.state;
	const name = client
		? words.client.title(client.number)
		: (server?.relay ? words.relay.title : words.server.title);
	return state && 'local' in state ? `${name} · ${formatAddress(state.local)}` : name;
}

function fileNameOf(pane: PaneId, {server, clients}: SceneView): string {
	const client = clients.find(candidate => candidate.pane === pane);
	return client ? `client-${client.number}` : (server?.relay ? 'relay' : 'server');
}

function statusOf(pane: PaneId, scene: SceneView, words: Words): string[] {
	const {server, protocol, clients} = scene;
	if (server?.relay && server.pane === pane && server.state.type === 'open') {
		return relayStatus(server, server.relay, protocol, server.peers.length + 1, 400, words);
	}

	if (server?.pane === pane) {
		return serverStatus(server, protocol, {rows: 1, peers: Math.max(1, server.peers.length)}, 400, words);
	}

	const client = clients.find(candidate => candidate.pane === pane);
	return client ? clientStatus(client, scene, 1, 400, words) : [];
}

function comment(lines: readonly string[], sign = '#'): string[] {
	return lines.map(line => `${sign} ${visibleLine(line)}`);
}

function plain(line: string): string {
	return stripVTControlCharacters(line).trimEnd();
}

/** Texts one after the other: to join them as a text first would hold the thread up. */
function bytesOf(chunks: readonly string[]): Uint8Array {
	return Buffer.concat(chunks.map(chunk => Buffer.from(chunk)));
}

function textOf(lines: readonly string[]): string {
	return lines.map(line => `${line}\n`).join('');
}
