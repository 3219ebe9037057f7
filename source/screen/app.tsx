import {Box, Text, useCursor} from 'ink';
import type {ReactElement} from 'react';
import {Prompt} from './frame/prompt.tsx';
import {Lines} from './frame/lines.tsx';
import {Pane} from './frame/pane.tsx';
import type {Controller} from './controller.ts';
import {attempt, faultLines} from './frame/fault.ts';
import {padLines} from './frame/pad-lines.ts';
import {type StateSource, useScreenState} from './frame/use-screen-state.ts';
import {useRawInput} from './frame/use-raw-input.ts';
import {isTooSmall, type Layout, type PaneBox} from './frame/layout.ts';
import {messageLine} from './input/line/line-text.ts';
import {actsPage} from './overlays/acts/acts-page.ts';
import {dockedLinkRows} from './overlays/link/docked-link-rows.ts';
import {paint} from './frame/paint.ts';
import {promptTexts} from './input/prompt-texts.ts';
import {
	draw, drawExperiment, drawFooter, type DrawInput,
} from './frame/renderers.ts';
import {screenLayout} from './frame/screen-layout.ts';
import {
	focusedPane, isPrompt, paneState, type PromptMode, shownScene,
} from './state/screen-state.ts';
import type {Words} from './words/words.ts';

/** What the screen is drawn from, and who hears what is typed into the prompt. */
export type AppProps = {
	readonly source: StateSource;
	readonly controller: Pick<Controller, 'promptReady' | 'changePrompt' | 'submitPrompt'>;
	readonly words: Words;
};

/**
The whole screen. What it is drawn from is put together by plain functions, so that a fault in one costs its part of the
screen.
*/
export function App({source, controller, words}: AppProps): ReactElement {
	const state = useScreenState(source);
	useRawInput();
	const {setCursorPosition} = useCursor();
	const scene = state.scenes[shownScene(state)];
	const {columns, rows} = state;
	setCursorPosition(undefined);
	if (isTooSmall(columns, rows)) {
		return <TooSmall columns={columns} rows={rows} words={words}/>;
	}

	const failure = state.failures.get(shownScene(state));
	if (!scene) {
		return (
			<Lines
				lines={failure === undefined ? padLines([], rows, columns) : faultLines(failure, columns, rows, words)}
				width={columns}
			/>
		);
	}

	return attempt(() => {
		const input = {state, scene, words};
		const layout = screenLayout(state, scene, words);
		setCursorPosition(state.mode.type === 'typing'
			? attempt(
				() => caretPosition(input, layout),
				() => undefined,
			)
			: undefined);
		const footer = drawFooter(input);
		const experiment = drawExperiment(input, footer.length);
		return (
			<Box flexDirection='column' width={columns} height={rows}>
				<Lines lines={draw('header', input, {columns, rows: 1}, failure)} width={columns}/>
				{body(input, layout, rows - 1 - footer.length - experiment.length)}
				{experiment.length > 0 && <Lines lines={experiment} width={columns}/>}
				{isPrompt(state.mode) ? prompt(input, state.mode, controller) : <Lines lines={footer} width={columns}/>}
			</Box>
		);
	}, error => <Lines lines={faultLines(String(error), columns, rows, words)} width={columns}/>);
}

/** The short prompt that is open. */
function prompt({state, scene, words}: DrawInput, mode: PromptMode, controller: AppProps['controller']): ReactElement {
	return (
		<Prompt
			key={state.prompts}
			{...attempt(
				() => promptTexts(mode, scene, words),
				error => ({label: '', hint: words.fault.view(String(error))}),
			)}
			value={mode.value}
			onReady={() => {
				controller.promptReady(state.prompts);
			}}
			onChange={value => {
				controller.changePrompt(value);
			}}
			onSubmit={value => {
				controller.submitPrompt(value);
			}}
		/>
	);
}

/** What stands between the header and the footer: the panes, or what is drawn over them. */
function body(input: DrawInput, layout: Layout, rows: number): ReactElement {
	const {state, scene, words} = input;
	const {mode, columns, failures} = state;
	const room = {columns, rows};
	switch (mode.type) {
		case 'help': {
			return <Lines lines={draw(mode.type, {...input, mode, rows}, room)} width={columns}/>;
		}

		case 'flow': {
			return <Lines lines={draw(mode.type, {...input, mode, rows}, room, failures.get('flow'))} width={columns}/>;
		}

		case 'laboratory': {
			return <Lines lines={draw(mode.type, {...input, mode, rows}, room)} width={columns}/>;
		}

		case 'payload': {
			return (
				<Lines lines={draw(mode.type, {...input, mode, rows}, room, failures.get('payload'))} width={columns}/>
			);
		}

		case 'acts': {
			const isOver = attempt(() => actsPage(state, scene, mode, words).isOver, () => true);
			return isOver
				? (
					<Lines lines={draw(mode.type, {...input, mode, rows}, room)} width={columns}/>
				)
				: (
					panes(input, layout)
				);
		}

		case 'link':
		case 'link-value':
		case 'link-seed': {
			const docked = dockedLinkRows(state, scene, state.rows - 1 - rows, words);
			const height = docked || rows;
			return (
				<Box flexDirection='column'>
					{docked > 0 && panes(input, layout)}
					<Lines
						lines={draw('link', {...input, mode, rows: height}, {columns, rows: height})}
						width={columns}
					/>
				</Box>
			);
		}

		case 'typing':
		case 'commands':
		case 'address':
		case 'filter':
		case 'series':
		case 'select': {
			return panes(input, layout);
		}

		default: {
			return mode satisfies never;
		}
	}
}

function panes(input: DrawInput, layout: Layout): ReactElement {
	const {state, scene, words} = input;
	const {columns, mode} = state;
	const focused = focusedPane(state, scene);
	const pane = (box: PaneBox): ReactElement => (
		<Pane
			key={box.pane}
			box={box}
			scene={scene}
			pane={paneState(state, box.pane)}
			view={state.views.get(box.pane)}
			selected={mode.type === 'select' && mode.pane === box.pane ? mode.ordinal : undefined}
			failure={state.failures.get(box.pane)}
			isFocused={box.pane === focused}
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
		<Box flexDirection='column'>
			{layout.server ? pane(layout.server) : null}
			{layout.tabs !== undefined && (
				<Lines
					lines={draw('tabs', {...input, shown: layout.clients[0]?.pane}, {columns, rows: 1})}
					width={columns}
				/>
			)}
			{clients}
		</Box>
	);
}

function TooSmall({
	columns,
	rows,
	words,
}: {
	readonly columns: number;
	readonly rows: number;
	readonly words: Words;
}): ReactElement {
	const lines = [words.tooSmall.needs, words.tooSmall.have(columns, rows)].map(text =>
		paint([{text: ` ${text}`}], columns));
	return (
		<Box width={columns} height={rows} overflow='hidden'>
			<Text>{lines.slice(0, rows).join('\n')}</Text>
		</Box>
	);
}

/** Where the terminal's own cursor stands: behind what is typed in the focused pane. */
function caretPosition({state, scene, words}: DrawInput, layout: Layout): {x: number; y: number} | undefined {
	const pane = focusedPane(state, scene);
	const box = [layout.server, ...layout.clients].find(candidate => candidate?.pane === pane);
	if (!box || pane === undefined) {
		return undefined;
	}

	const {caret} = messageLine(paneState(state, pane), pane, scene, box.width - 4, words);
	return {x: box.x + 2 + caret, y: box.y + box.height - 2};
}
