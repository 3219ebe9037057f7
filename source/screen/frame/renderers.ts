import type {PaneId} from '../../log/event.ts';
import {type DockInput, dockLines} from '../overlays/flow/dock.ts';
import {experimentLines} from '../overlays/laboratory/experiment-lines.ts';
import {lessonPanel} from '../overlays/lessons/panel.ts';
import type {DrawInput} from '../overlays/overlay.ts';
import {
	type BodyInputs, footerLines, overlayOf, overlays,
} from '../overlays/registry.ts';
import type {PaneInput} from '../panes/geometry.ts';
import {paneLines, tabsLine} from '../panes/pane-lines.ts';
import {drawnScenes} from '../state/screen-state.ts';
import {headerLine, headersLine} from './header-line.ts';
import {dockColumns} from './layout.ts';
import {attempt, faultLines, padLines} from './paint.ts';

/** What each part of the screen is drawn from: the modes that draw something of their own are such parts. */
export type RendererInputs = BodyInputs & {
	readonly header: DrawInput;
	readonly footer: DrawInput;
	/** With the rows that the footer takes. */
	readonly experiment: DrawInput & {readonly footerRows: number};
	readonly pane: PaneInput;
	readonly dock: DockInput;
	/** In the whole window. */
	readonly lesson: DrawInput;
	/** With the client whose pane is whole. */
	readonly tabs: DrawInput & {readonly shown: PaneId | undefined; readonly columns: number};
};

type Renderers = {-readonly [Name in keyof RendererInputs]: (input: RendererInputs[Name]) => readonly string[]};

const bodies = Object.fromEntries(Object.entries(overlays).flatMap(([type, overlay]) =>
	'body' in overlay && overlay.body ? [[type, overlay.body.draw]] : [])) as unknown as Pick<Renderers, keyof BodyInputs>;

/** The parts of the screen, by name: each as painted lines of exactly the columns that it has. */
export const renderers: Renderers = {
	...bodies,
	header({state, scene, words}) {
		const scenes = drawnScenes(state, scene);
		const {columns} = state;
		const each = Math.floor((columns - dockColumns(state)) / 2);
		return [scenes.length > 1
			? headersLine(scenes, scene, columns, each, words)
			: headerLine(scene, columns, words)];
	},
	footer: ({state, scene, words}) => footerLines(state, scene, words),
	experiment: ({state, scene, footerRows, words}) => experimentLines(state, scene, footerRows, words),
	pane: input => paneLines(input),
	dock: input => dockLines(input),
	lesson({state, words}) {
		const panel = lessonPanel(state, words);
		return panel ? padLines(panel.lines, panel.size.height, panel.size.width) : [];
	},
	tabs: ({columns, ...input}) => [tabsLine(input, columns)],
};

/**
Draw a part of the screen. Where that fails, the part is an error in exactly `columns` and `rows`: the sockets and the
other parts go on.

@param failure - why the engine could not answer for it, where that is so
*/
export function draw<Name extends keyof RendererInputs>(
	name: Name,
	input: RendererInputs[Name],
	{columns, rows}: {readonly columns: number; readonly rows: number},
	failure?: string,
): readonly string[] {
	const {words} = input;
	return failure === undefined
		? attempt(() => renderers[name](input), error => faultLines(String(error), columns, rows, words))
		: faultLines(failure, columns, rows, words);
}

/** The footer. One that fails takes a row. */
export function drawFooter(input: DrawInput): readonly string[] {
	return draw('footer', input, {columns: input.state.columns, rows: 1});
}

/** What an experiment explains beneath the panes. One that fails takes a row. */
export function drawExperiment(input: DrawInput, footerRows: number): readonly string[] {
	return draw('experiment', {...input, footerRows}, {columns: input.state.columns, rows: 1});
}

/** What the mode draws over the panes, or beneath them, in this many rows. */
export function drawBody(input: DrawInput, rows: number): readonly string[] {
	const {state: {mode, columns, failures}} = input;
	const name = mode.type as keyof BodyInputs;
	const place = attempt(() => overlayOf(mode).query?.({...input, mode}).type, () => undefined);
	const failure = place && failures.get(place);
	return draw(name, {...input, mode, rows} as RendererInputs[typeof name], {columns, rows}, failure);
}
