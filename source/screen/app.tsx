import {Box, Text, useCursor} from 'ink';
import {
	Fragment, memo, type ReactElement, useSyncExternalStore,
} from 'react';
import type {LessonRunView} from '../engine/api/lesson.ts';
import type {SceneView} from '../engine/api/scene-view.ts';
import type {PaneId} from '../log/event.ts';
import type {Hint} from './frame/hints.ts';
import {
	attempt, faultLines, padLines, paint, wrap,
} from './frame/paint.ts';
import {firstSteps} from './input/typing.ts';
import {
	boxOf, isTooSmall, type Layout, type PaneBox, type SceneLayout,
} from './frame/layout.ts';
import {messageLine} from './input/line/line-text.ts';
import {isLessonQuestion, lettersIn, selectedIn} from './overlays/modes.ts';
import type {DrawInput} from './overlays/overlay.ts';
import {dockInput, type DockInput} from './overlays/flow/dock.ts';
import {besidePanel, lessonPanel} from './overlays/lessons/panel.ts';
import {bodyRows, overlayOf} from './overlays/registry.ts';
import {
	draw, drawBody, drawExperiment, drawFooter,
} from './frame/renderers.ts';
import {sceneLayouts, screenLayout} from './frame/screen-layout.ts';
import {openRun} from './state/learning.ts';
import {
	focusedPane, isTyping, paneState, type ScreenState, shownScene,
} from './state/screen-state.ts';
import type {Words} from './words/words.ts';
import type {PaneInput} from './panes/geometry.ts';

export type StateSource = {
	readonly subscribe: (onChange: () => void) => () => void;
	readonly getState: () => ScreenState;
};

/**
The whole screen. What it is drawn from is put together by plain functions, so that a fault in one costs its part of the
screen.
*/
export function App({source, words}: {readonly source: StateSource; readonly words: Words}): ReactElement {
	const whole = useSyncExternalStore(source.subscribe, source.getState);
	const {setCursorPosition} = useCursor();
	const scene = whole.scenes[shownScene(whole)];
	const {columns, rows} = whole;
	setCursorPosition(undefined);
	if (isTooSmall(columns, rows)) {
		return <TooSmall state={whole} words={words}/>;
	}

	const failure = whole.failures.get(shownScene(whole));
	if (!scene) {
		return (
			<Lines
				lines={failure === undefined ? padLines([], rows, columns) : faultLines(failure, columns, rows, words)}
				width={columns}
			/>
		);
	}

	return attempt(() => {
		const state = besidePanel(whole, words);
		const input = {state, scene, words};
		const layout = screenLayout(state, scene, words);
		const footer = drawFooter(input);
		const experiment = drawExperiment(input, footer.length);
		setCursorPosition(attempt(() => caretPosition(input, layout, whole, footer.length), () => undefined));
		const {panel: size} = state.learning;
		const panel = size && (
			<Lines
				lines={draw('lesson', {state: whole, scene, words}, {columns: size.width, rows: size.height})}
				width={size.width}
			/>
		);
		const screen = (
			<Box flexDirection='column' width={state.columns} height={rows}>
				<Lines lines={draw('header', input, {columns: state.columns, rows: 1}, failure)} width={state.columns}/>
				{body(input, layout, state.rows - 1 - footer.length - experiment.length)}
				{experiment.length > 0 && <Lines lines={experiment} width={state.columns}/>}
				{size?.isColumn ? null : panel}
				<Lines lines={footer} width={state.columns}/>
			</Box>
		);
		return size?.isColumn ? <Box>{screen}{panel}</Box> : screen;
	}, error => <Lines lines={faultLines(String(error), columns, rows, words)} width={columns}/>);
}

/** What stands between the header and the footer: the panes, what is drawn over them, or both. */
function body(input: DrawInput, layout: Layout, rows: number): ReactElement {
	const {state} = input;
	const taken = bodyRows(input, state.rows - 1 - rows);
	if (taken === 0) {
		return besideDock(input, layout);
	}

	const drawn = <Lines lines={drawBody(input, taken === 'all' ? rows : taken)} width={state.columns}/>;
	return taken === 'all'
		? drawn
		: (
			<Box flexDirection='column'>
				{besideDock(input, layout)}
				{drawn}
			</Box>
		);
}

const noMarks: LessonRunView['marks'] = [];

/** The events that the explanation of a lesson's step speaks of, as long as that is shown. */
function marksOf({learning}: ScreenState): LessonRunView['marks'] {
	const run = openRun(learning);
	return run?.phase === 'explaining' ? run.marks : noMarks;
}

/** The panes of one scene or of both, and the flow diagram beside them where it stands there. */
function besideDock(input: DrawInput, layout: Layout): ReactElement {
	const {state, scene} = input;
	const {dock} = layout;
	const scenes = sceneLayouts(state, scene, layout)
		.map(({scene: drawn, layout: own}) => <Fragment key={drawn.name}>{panes(input, drawn, own)}</Fragment>);
	return dock || scenes.length > 1
		? (
			<Box>
				{scenes}
				{dock ? <Dock input={dockInput(input, dock.width, dock.height)} failure={state.failures.get('flow')}/> : null}
			</Box>
		)
		: panes(input, scene, layout);
}

function panes(input: DrawInput, scene: SceneView, layout: SceneLayout): ReactElement {
	const {state, words} = input;
	const {mode} = state;
	const columns = layout.panes.width;
	// While a guess is typed, keys go to no pane.
	const hasKeys = scene.name === input.scene.name && !isLessonQuestion(mode);
	const focused = hasKeys ? focusedPane(state, scene) : undefined;
	const marks = marksOf(state);
	const stepsOf = (pane: PaneId): readonly Hint[] =>
		firstSteps(scene, scene.clients.find(client => client.pane === pane), paneState(state, pane), words);
	const pane = (box: PaneBox): ReactElement => (
		<Pane
			key={box.pane}
			box={box}
			scene={scene}
			pane={paneState(state, box.pane)}
			view={state.views.get(box.pane)}
			selected={selectedIn(mode, box.pane)}
			marks={marks}
			failure={state.failures.get(box.pane)}
			isFocused={box.pane === focused}
			letters={box.pane === focused && !state.isQuitAsked ? lettersIn(mode) : undefined}
			firstSteps={box.pane === focused ? stepsOf(box.pane) : []}
			words={words}
		/>
	);
	const clients = [...layout.clients, ...layout.folded].toSorted((a, b) => a.y - b.y).map(box => pane(box));
	if (layout.server && layout.server.width < columns) {
		return (
			<Box>
				{pane(layout.server)}
				<Box flexDirection='column'>{clients}</Box>
			</Box>
		);
	}

	return (
		<Box flexDirection='column' minHeight={Math.max(0, layout.panes.height)}>
			{layout.server ? pane(layout.server) : null}
			{layout.tabs !== undefined && (
				<Lines
					lines={draw('tabs', {
						...input, scene, shown: layout.clients[0]?.pane, columns,
					}, {columns, rows: 1})}
					width={columns}
				/>
			)}
			{clients}
		</Box>
	);
}

function TooSmall({state, words}: {readonly state: ScreenState; readonly words: Words}): ReactElement {
	const {columns, rows, isQuitAsked} = state;
	const {needs, have, keys, quit} = words.tooSmall;
	const lines = (isQuitAsked ? [quit, needs] : [needs, have(columns, rows), keys])
		.flatMap(text => wrap(text, columns - 1))
		.map(text => paint([{text: ` ${text}`}], columns));
	return (
		<Box width={columns} height={rows} overflow='hidden'>
			<Text>{lines.slice(0, rows).join('\n')}</Text>
		</Box>
	);
}

/** Where the terminal's own cursor stands: behind what is typed, in a prompt or in the focused pane. */
function caretPosition(
	input: DrawInput,
	layout: Layout,
	whole: ScreenState,
	footerRows: number,
): {x: number; y: number} | undefined {
	const {state, scene, words} = input;
	const {mode} = state;
	if (state.isQuitAsked) {
		return undefined;
	}

	const caretInFooter = overlayOf(mode).caret?.({...input, mode});
	if (caretInFooter !== undefined) {
		return {x: caretInFooter.x, y: whole.rows - 1 - caretInFooter.below};
	}

	const panel = lessonPanel(whole, words);
	if (panel?.caret) {
		const {caret: {x, y}, size: {isColumn}} = panel;
		return {x: isColumn ? state.columns + x : x, y: isColumn ? y : state.rows - footerRows + y};
	}

	const pane = focusedPane(state, scene);
	const box = boxOf(layout, pane);
	const isRelay = scene.server?.pane === pane && scene.server?.relay !== undefined;
	if (!isTyping(mode) || !box || pane === undefined || isRelay) {
		return undefined;
	}

	const {caret} = messageLine(paneState(state, pane), pane, scene, box.width - 4, words);
	return {x: box.x + 2 + caret, y: box.y + box.height - 2};
}

/** What the diagram beside the panes is drawn from, and why the engine could not answer for it. */
type DockProps = {readonly input: DockInput; readonly failure: string | undefined};

/** A server's or a client's pane. It is laid out again only when something of it has changed. */
const Pane = memo((props: PaneInput): ReactElement => {
	const {width, height} = props.box;
	return <Lines lines={draw('pane', props, {columns: width, rows: height})} width={width}/>;
}, isSamePane);

/** The flow diagram beside the panes. It is drawn again only when something of it has changed. */
const Dock = memo(({input, failure}: DockProps): ReactElement => {
	const {columns, rows} = input;
	return <Lines lines={draw('dock', input, {columns, rows}, failure)} width={columns}/>;
}, ({input: before, failure: failed}, {input, failure}) => {
	const keys = Object.keys(input) as Array<keyof DockInput>;
	return failed === failure && keys.every(key => before[key] === input[key]);
});

/** What a pane is drawn from, but for its box and what it offers to do first. */
const compared = ['scene', 'pane', 'view', 'selected', 'marks', 'failure', 'isFocused', 'letters', 'words'] as const;

/** Where a pane's box stands changes nothing in it, only the box's size does. */
function isSamePane(before: PaneInput, after: PaneInput): boolean {
	const {pane, width, height} = before.box;
	return compared.every(key => before[key] === after[key])
		&& after.box.pane === pane && after.box.width === width && after.box.height === height;
}

type LinesProps = {
	/** Painted lines, each of exactly `width` columns. */
	readonly lines: readonly string[];
	readonly width: number;
};

/** Lines that are ready to be drawn, one beneath the other. */
function Lines({lines, width}: LinesProps): ReactElement {
	return (
		<Box flexDirection='column' flexShrink={0} width={width} height={lines.length}>
			<Text wrap='truncate'>{lines.join('\n')}</Text>
		</Box>
	);
}
