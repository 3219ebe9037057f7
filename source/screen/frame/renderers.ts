import type {SceneView} from '../../engine/api/scene-view.ts';
import type {PaneId} from '../../log/event.ts';
import {experimentLines} from '../overlays/laboratory/experiment-lines.ts';
import {helpLines} from '../overlays/help/help-lines.ts';
import {actsPage} from '../overlays/acts/acts-page.ts';
import {flowLines} from '../overlays/flow/flow-lines.ts';
import {laboratoryLines} from '../overlays/laboratory/laboratory-lines.ts';
import {linkLines} from '../overlays/link/link-lines.ts';
import {payloadLines} from '../overlays/payload/payload-lines.ts';
import {type PaneInput, paneLines, tabsLine} from '../panes/pane-lines.ts';
import {focusedPane, type Mode, type ScreenState} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';
import {headerLine} from './header-line.ts';
import {footerLines} from './footer-lines.ts';
import {padLines} from './pad-lines.ts';
import {attempt, faultLines} from './fault.ts';

/** What a part of the screen is drawn from. */
export type DrawInput = {readonly state: ScreenState; readonly scene: SceneView; readonly words: Words};

/** What is drawn over the panes, or beneath them: its mode, and the room that it has, in rows. */
type OverlayInput<Type extends Mode['type']> = DrawInput & {
	readonly mode: Extract<Mode, {type: Type}>;
	readonly rows: number;
};

/** What each part of the screen is drawn from. */
export type RendererInputs = {
	readonly header: DrawInput;
	readonly footer: DrawInput;
	/** With the rows that the footer takes. */
	readonly experiment: DrawInput & {readonly footerRows: number};
	readonly pane: PaneInput;
	/** With the client whose pane is whole. */
	readonly tabs: DrawInput & {readonly shown: PaneId | undefined};
	readonly help: OverlayInput<'help'>;
	readonly flow: OverlayInput<'flow'>;
	readonly laboratory: OverlayInput<'laboratory'>;
	readonly payload: OverlayInput<'payload'>;
	readonly acts: OverlayInput<'acts'>;
	readonly link: OverlayInput<'link' | 'link-value' | 'link-seed'>;
};

/** The parts of the screen, by name: each as painted lines of exactly the columns that it has. */
export const renderers: {-readonly [Name in keyof RendererInputs]: (input: RendererInputs[Name]) => readonly string[]}
	= {
		header: ({state, scene, words}) => [headerLine(scene, state.columns, words)],
		footer: ({state, scene, words}) => footerLines(state, scene, words),
		experiment: ({state, scene, footerRows, words}) => experimentLines(state, scene, footerRows, words),
		pane: input => paneLines(input),
		tabs: ({state, scene, shown, words}) => [tabsLine(scene, state.panes, shown, state.columns, words)],
		help({state: {columns}, mode, rows, words}) {
			const all = helpLines(columns, words);
			return padLines(all.slice(Math.max(0, Math.min(mode.top, all.length - rows))), rows, columns);
		},
		flow({state, scene, mode, rows, words}) {
			const view = state.flow?.scene === scene.name ? state.flow : undefined;
			const client = scene.clients.find(({pane}) => pane === focusedPane(state, scene));
			const around = client ? words.client.tab(client.number) : words.views.ledger.server;
			return flowLines(
				view,
				around,
				mode.ends.length > 0,
				{columns: state.columns, height: rows, terminalRows: state.rows},
				words,
			);
		},
		laboratory: ({state, mode, rows, words}) => laboratoryLines(mode.chosen, state.columns, rows, words),
		payload: ({state, scene, mode, rows, words}) =>
			payloadLines(
				state.payload?.sequence === mode.sequence ? state.payload : undefined,
				scene,
				state.columns,
				rows,
				words,
			),
		acts: ({state, scene, mode, rows, words}) =>
			padLines(actsPage(state, scene, mode, words).lines, rows, state.columns),
		link: ({state, scene, mode, rows, words}) => linkLines(scene, mode, state.columns, rows, words),
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
