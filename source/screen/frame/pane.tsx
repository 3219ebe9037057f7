import {memo, type ReactElement} from 'react';
import {Box, Text} from 'ink';
import type {DockInput} from '../overlays/flow/dock.ts';
import type {PaneInput} from '../panes/geometry.ts';
import {draw} from './renderers.ts';

/** What the diagram beside the panes is drawn from, and why the engine could not answer for it. */
type DockProps = {readonly input: DockInput; readonly failure: string | undefined};

/** A server's or a client's pane. It is laid out again only when something of it has changed. */
export const Pane = memo((props: PaneInput): ReactElement => {
	const {width, height} = props.box;
	return <Lines lines={draw('pane', props, {columns: width, rows: height})} width={width}/>;
}, isSamePane);

/** The flow diagram beside the panes. It is drawn again only when something of it has changed. */
export const Dock = memo(({input, failure}: DockProps): ReactElement => {
	const {columns, rows} = input;
	return <Lines lines={draw('dock', input, {columns, rows}, failure)} width={columns}/>;
}, ({input: before, failure: failed}, {input, failure}) => {
	const keys = Object.keys(input) as Array<keyof DockInput>;
	return failed === failure && keys.every(key => before[key] === input[key]);
});

/** What a pane is drawn from, but for its box and what it offers to do first. */
const compared = ['scene', 'pane', 'view', 'selected', 'marks', 'failure', 'isFocused', 'words'] as const;

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
export function Lines({lines, width}: LinesProps): ReactElement {
	return (
		<Box flexDirection='column' flexShrink={0} width={width} height={lines.length}>
			<Text wrap='truncate'>{lines.join('\n')}</Text>
		</Box>
	);
}
