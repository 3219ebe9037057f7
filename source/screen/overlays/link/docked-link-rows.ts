import type {SceneView} from '../../../engine/api/scene-view.ts';
import {attempt} from '../../frame/fault.ts';
import {smallestPane} from '../../frame/layout.ts';
import type {ScreenState} from '../../state/screen-state.ts';
import type {Words} from '../../words/words.ts';
import {isLinkMode} from './link-mode.ts';
import {linkHeight} from './link-lines.ts';

/** Lines of the footer while the panel has no prompt: the panes stay where they are when one is opened. */
const footerLines = 2;

/** Rows that the panes take at least: a server and a client, one above the other, and the clients' tabs. */
const minPanes = (2 * smallestPane) + 1;

/**
How many lines the link panel takes beneath the panes, in a window that has room for both; 0 while it is not shown, and
where it is drawn over the panes, as is one that fails.

@param otherRows - the lines of the footer, and whatever else stands beneath the panes
*/
export function dockedLinkRows(
	{mode, columns, rows}: ScreenState,
	scene: SceneView,
	otherRows: number,
	words: Words,
): number {
	if (!isLinkMode(mode)) {
		return 0;
	}

	const panel = attempt(
		() => linkHeight(scene, columns, words) + footerLines,
		() => rows,
	);
	return rows - 1 - panel >= minPanes ? Math.max(0, panel - otherRows) : 0;
}
