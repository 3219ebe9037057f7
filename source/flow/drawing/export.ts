import {setImmediate} from 'node:timers/promises';
import {FlowScan} from '../projection/project.ts';
import {
	type Flow, type FlowEvent, type FlowLaneId, type FlowScene, type FlowStep, isStopped,
} from '../step.ts';
import {
	type FlowWords, laneName, lanePorts, markOfStep, markText, stepText,
} from './label.ts';
import {flowSvg} from './svg.ts';
import {flowText} from './terminal.ts';

/** A flow diagram as a picture, as text that Mermaid draws, or as plain text. */
export type FlowFormat = 'svg' | 'mermaid' | 'text';

/** Some of a scene's events, newest first. `end` is where the next older ones end; undefined where there are none. */
export type FlowEvents = {
	readonly scene: FlowScene;
	readonly events: readonly FlowEvent[];
	readonly end: number | undefined;
	/** The log has dropped the scene's oldest events. */
	readonly hasDropped: boolean;
};

const renderers = {svg: flowSvg, mermaid: flowMermaid, text: flowText} as const;
const extensions: Readonly<Record<FlowFormat, string>> = {svg: 'svg', mermaid: 'mmd', text: 'txt'};

/** After this many milliseconds of drawing, other work on this thread gets a turn. */
const turn = 8;

/** A file has this many steps at most, and this many events are looked at for them. */
const maxSteps = 10_000;
const maxEvents = 20_000;

/**
A scene's whole diagram as a file: its name and its contents; undefined where there is no such scene. Where steps are
left out at its beginning, the file says so.

@param read - gives the newest events before a sequence number, or of all
*/
export async function exportFlow(
	read: (end?: number) => Promise<FlowEvents | undefined>,
	format: FlowFormat,
	words: FlowWords,
): Promise<{readonly name: string; readonly contents: Uint8Array} | undefined> {
	let piece = await read();
	if (!piece) {
		return undefined;
	}

	const {scene} = piece;
	const scan = new FlowScan(scene);
	let looked = 0;
	let isCut = false;
	while (piece) {
		const events = piece.events.slice(0, maxEvents - looked);
		for (const event of events) {
			scan.add(event);
		}

		looked += events.length;
		isCut = piece.hasDropped || piece.end !== undefined || events.length < piece.events.length;
		// eslint-disable-next-line no-await-in-loop -- Each piece begins where the one before it ended.
		piece = piece.end === undefined || looked >= maxEvents ? undefined : await read(piece.end);
	}

	const flow = scan.flow(maxSteps, true, isCut);
	const lines: string[] = [];
	let isDue = performance.now() + turn;
	for (const line of renderers[format](flow, words)) {
		lines.push(line);
		if (performance.now() > isDue) {
			await setImmediate(); // eslint-disable-line no-await-in-loop -- Others of this thread have their turn.
			isDue = performance.now() + turn;
		}
	}

	return {
		name: `socket-playground-${scene.protocol}-flow.${extensions[format]}`,
		contents: Buffer.from(lines.join('\n')),
	};
}

/** Columns of a label: what is longer is cut. */
const labelColumns = 120;

/** Characters that Mermaid takes as they are. */
const plain = /[\p{Letter}\p{Number} .,…→●○✗×–]/v;

/**
The lines of a whole diagram as text that Mermaid draws (mermaid.js.org/syntax/sequenceDiagram). What is lost ends in a
cross; an arrow that arrives later has an open head, and a note where it arrives.
*/
export function * flowMermaid({protocol, steps, lanes, isWhole}: Flow, words: FlowWords): Generator<string> {
	const names = new Map(lanes.map(({id}, index) => [id, `L${index + 1}`]));
	const participants = lanes.map(lane =>
		`\tparticipant ${names.get(lane.id)} as ${escaped([laneName(lane, words), lanePorts(lane)].filter(Boolean).join(' '))}`);
	yield * [...(isWhole ? [] : [`%% ${words.olderLeftOut}`]), 'sequenceDiagram', ...participants];
	for (const step of steps) {
		yield `\t${statementOf(step, names, words)}`;
	}

	yield `%% ${words.unseen[protocol]}`;
	yield '';
}

function statementOf(step: FlowStep, names: ReadonlyMap<FlowLaneId, string>, words: FlowWords): string {
	const {from, to, part} = step;
	const mark = markText(step.mark);
	const text = stepText(step, labelColumns, words);
	const parts = part === 'departure' ? [text, mark] : [markOfStep(step) || mark, text];
	const label = escaped(parts.filter(Boolean).join(' '));
	const name = names.get(from.lane) ?? '';
	if (!to) {
		return `Note over ${name}: ${label}`;
	}

	if (part === 'arrival') {
		return `Note over ${names.get(to.lane) ?? ''}: ${label}`;
	}

	const head = isStopped(step) ? '-x' : (to.fate === 'under-way' ? '-->' : '->>');
	const arrow = part ? '-)' : head;
	return `${name}${arrow}${names.get(to.lane) ?? ''}: ${label}`;
}

/** Escape the characters that Mermaid could read as syntax, as the entity codes that it knows (`#59;`). */
function escaped(text: string): string {
	return Array.from(text, character => plain.test(character) ? character : `#${character.codePointAt(0)};`).join('');
}
