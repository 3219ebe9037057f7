import {Box, Text, useCursor} from 'ink';
import type {ReactElement} from 'react';
import type {SceneView} from '../engine/door/scene-view.ts';
import {Prompt} from './components/prompt.tsx';
import {Lines} from './components/lines.tsx';
import {LinkPanel} from './components/link-panel.tsx';
import {Pane} from './components/pane.tsx';
import type {Controller} from './controller.ts';
import {experimentLines} from './experiment-lines.ts';
import {filled} from './filled.ts';
import {footerLines} from './footer-lines.ts';
import {headerLine} from './header-line.ts';
import {helpLines} from './help-lines.ts';
import {type StateSource, useScreenState} from './hooks/use-screen-state.ts';
import {useRawInput} from './hooks/use-raw-input.ts';
import {isTooSmall, type Layout, type PaneBox} from './layout.ts';
import {messageLine} from './line/line-text.ts';
import {actsPage} from './overlay/acts-page.ts';
import {flowLines} from './overlay/flow-lines.ts';
import {laboratoryLines} from './overlay/laboratory-lines.ts';
import {payloadLines} from './overlay/payload-lines.ts';
import {paint} from './paint.ts';
import {foldedClientLine, tabsLine} from './pane/pane-lines.ts';
import {promptTexts} from './prompt-texts.ts';
import {screenLayout} from './screen-layout.ts';
import {
	focusedPane, isPrompt, paneState, type ScreenState, shownScene,
} from './screen-state.ts';
import type {Words} from './words/words.ts';

/** What the screen is drawn from, and who hears what is typed into the prompt. */
export type AppProps = {
	readonly source: StateSource;
	readonly controller: Controller;
	readonly words: Words;
};

/** The whole screen. */
export function App({source, controller, words}: AppProps): ReactElement {
	const state = useScreenState(source);
	useRawInput();
	const {setCursorPosition} = useCursor();
	const scene = state.scenes[shownScene(state)];
	const {columns, rows, mode} = state;
	if (isTooSmall(columns, rows)) {
		setCursorPosition(undefined);
		return <TooSmall columns={columns} rows={rows} words={words}/>;
	}

	if (!scene) {
		setCursorPosition(undefined);
		return <Box width={columns} height={rows}/>;
	}

	const layout = screenLayout(state, scene, words);
	setCursorPosition(mode.type === 'typing' ? caretPosition(state, scene, layout, words) : undefined);
	const footer = footerLines(state, scene, words);
	const experiment = experimentLines(state, scene, footer.length, words);
	return (
		<Box flexDirection='column' width={columns} height={rows}>
			<Lines lines={[headerLine(scene, columns, words)]} width={columns}/>
			<Body state={state} scene={scene} layout={layout} height={rows - 1 - footer.length - experiment.length} words={words}/>
			{experiment.length > 0 && <Lines lines={experiment} width={columns}/>}
			{isPrompt(mode)
				? (
					<Prompt
						key={state.prompts}
						{...promptTexts(mode, scene, words)}
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
				)
				: <Lines lines={footer} width={columns}/>}
		</Box>
	);
}

type BodyProps = {readonly state: ScreenState; readonly scene: SceneView; readonly layout: Layout; readonly words: Words};

/** What stands between the header and the footer: the panes, or what is drawn over them. */
function Body({state, scene, layout, height, words}: BodyProps & {readonly height: number}): ReactElement {
	const {mode, columns} = state;
	switch (mode.type) {
		case 'help': {
			return <Help top={mode.top} columns={columns} height={height} words={words}/>;
		}

		case 'flow': {
			const view = state.flow?.scene === scene.name ? state.flow : undefined;
			const lines = flowLines(view, focusName(state, scene, words), mode.ends.length > 0, {columns, height, terminalRows: state.rows}, words);
			return <Lines lines={lines} width={columns}/>;
		}

		case 'laboratory': {
			return <Lines lines={laboratoryLines(mode.chosen, columns, height, words)} width={columns}/>;
		}

		case 'payload': {
			return <Lines lines={payloadLines(state.payload?.sequence === mode.sequence ? state.payload : undefined, scene, columns, height, words)} width={columns}/>;
		}

		case 'acts': {
			const {lines, isOver} = actsPage(state, scene, mode, words);
			return isOver ? <Lines lines={filled(lines, height, columns)} width={columns}/> : <Panes state={state} scene={scene} layout={layout} words={words}/>;
		}

		case 'link':
		case 'link-value':
		case 'link-seed': {
			return <LinkPanel state={state} scene={scene} mode={mode} height={height} panes={<Panes state={state} scene={scene} layout={layout} words={words}/>} words={words}/>;
		}

		case 'typing':
		case 'commands':
		case 'address':
		case 'filter':
		case 'series':
		case 'select': {
			return <Panes state={state} scene={scene} layout={layout} words={words}/>;
		}

		default: {
			return mode satisfies never;
		}
	}
}

function Panes({state, scene, layout, words}: BodyProps): ReactElement {
	const focused = focusedPane(state, scene);
	const draw = (box: PaneBox): ReactElement => (
		<Pane
			key={box.pane}
			box={box}
			scene={scene}
			pane={paneState(state, box.pane)}
			view={state.views.get(box.pane)}
			selected={state.mode.type === 'select' && state.mode.pane === box.pane ? state.mode.ordinal : undefined}
			isFocused={box.pane === focused}
			words={words}
		/>
	);
	const stacked = [...layout.clients, ...layout.folded].toSorted((a, b) => a.y - b.y);
	const clients = stacked.map(box => {
		const client = scene.clients.find(({pane}) => pane === box.pane);
		return box.height > 1 || !client
			? draw(box)
			: <Lines key={box.pane} lines={[foldedClientLine(client, paneState(state, box.pane), scene.protocol, box.width, words)]} width={box.width}/>;
	});
	if (layout.server && layout.server.width < state.columns) {
		return (
			<Box>
				{draw(layout.server)}
				<Box flexDirection='column'>{clients}</Box>
			</Box>
		);
	}

	return (
		<Box flexDirection='column'>
			{layout.server ? draw(layout.server) : null}
			{layout.tabs !== undefined && <Lines lines={[tabsLine(scene, state.panes, layout.clients[0]?.pane, state.columns, words)]} width={state.columns}/>}
			{clients}
		</Box>
	);
}

function Help({top, columns, height, words}: {readonly top: number; readonly columns: number; readonly height: number; readonly words: Words}): ReactElement {
	const all = helpLines(columns, words);
	const from = Math.max(0, Math.min(top, all.length - height));
	return <Lines lines={filled(all.slice(from), height, columns)} width={columns}/>;
}

function TooSmall({columns, rows, words}: {readonly columns: number; readonly rows: number; readonly words: Words}): ReactElement {
	const lines = [words.tooSmall.needs, words.tooSmall.have(columns, rows)].map(text => paint([{text: ` ${text}`}], columns));
	return (
		<Box width={columns} height={rows} overflow='hidden'>
			<Text>{lines.slice(0, rows).join('\n')}</Text>
		</Box>
	);
}

/** What the focused pane is called. */
function focusName(state: ScreenState, scene: SceneView, words: Words): string {
	const client = scene.clients.find(({pane}) => pane === focusedPane(state, scene));
	return client ? words.client.tab(client.number) : words.views.ledger.server;
}

/** Where the terminal's own cursor stands: behind what is typed in the focused pane. */
function caretPosition(state: ScreenState, scene: SceneView, layout: Layout, words: Words): {x: number; y: number} | undefined {
	const pane = focusedPane(state, scene);
	const box = [layout.server, ...layout.clients].find(candidate => candidate?.pane === pane);
	if (!box || pane === undefined) {
		return undefined;
	}

	const {caret} = messageLine(paneState(state, pane), pane, scene, box.width - 4, words);
	return {x: box.x + 2 + caret, y: box.y + box.height - 2};
}
