import {Box} from 'ink';
import type {ReactElement} from 'react';
import type {SceneView} from '../../engine/door/scene-view.ts';
import type {LinkMode, LinkPromptMode} from '../link/link-mode.ts';
import {dockedLinkRows} from '../overlay/docked-link-rows.ts';
import {linkLines} from '../overlay/link-lines.ts';
import type {ScreenState} from '../screen-state.ts';
import type {Words} from '../words/words.ts';
import {Lines} from './lines.tsx';

/** What the link panel shows, in so many rows between header and footer; and the panes, which are drawn where there is room for both. */
export type LinkPanelProps = {
	readonly state: ScreenState;
	readonly scene: SceneView;
	readonly mode: LinkMode | LinkPromptMode;
	readonly height: number;
	readonly panes: ReactElement;
	readonly words: Words;
};

/** The link panel, over the panes or beneath them. */
export function LinkPanel({state, scene, mode, height, panes, words}: LinkPanelProps): ReactElement {
	const {columns, rows} = state;
	const docked = dockedLinkRows(state, scene, rows - 1 - height, words);
	return (
		<Box flexDirection='column'>
			{docked > 0 && panes}
			<Lines lines={linkLines(scene, mode, columns, docked || height, words)} width={columns}/>
		</Box>
	);
}
