import type {SceneView} from '../../../engine/api/scene-view.ts';
import {
	codecOfPane, focusedPane, paneState, type ScreenState,
} from '../../state/screen-state.ts';
import type {Words} from '../../words/words.ts';
import type {ActsMode} from '../modes.ts';
import {encodingOf} from '../../input/send-line.ts';
import {subjectOf} from './acts.ts';
import {actsLines} from './acts-lines.ts';
import {reportLines} from './report-lines.ts';

/** The menu of acts, or the report of a series, and whether it is drawn over the panes: only where both do not fit. */
type ActsPage = {readonly type: ActsMode['page']; readonly lines: readonly string[]; readonly isOver: boolean};

/** Rows that the panes need at least, so that one sees in them what happens. */
const paneRows = 12;

/** The header's line, and the keys' line. */
const otherRows = 2;

/** What is shown of the acts on the focused socket: a report only where there is one. */
export function actsPage(
	state: ScreenState,
	scene: SceneView,
	{page, selected, notice}: ActsMode,
	words: Words,
): ActsPage {
	const {columns, rows} = state;
	const pane = focusedPane(state, scene);
	const subject = subjectOf(scene, pane);
	if (!subject || pane === undefined) {
		return {type: 'menu', lines: [], isOver: false};
	}

	const series = page === 'report' && subject.type === 'client' ? subject.client.series : undefined;
	const lines
		= series && subject.type === 'client'
			? reportLines(subject.client, series, columns, words)
			: actsLines(
				{
					subject,
					selected,
					notice,
					hasText: paneState(state, pane).draft.cells.length > 0,
					saved: state.saved,
					encoding: encodingOf(paneState(state, pane), codecOfPane(scene, pane)),
				},
				columns,
				rows,
				{beside: rows - otherRows - paneRows, over: rows - otherRows},
				words,
			);
	return {type: series ? 'report' : 'menu', lines, isOver: rows - otherRows - lines.length < paneRows};
}
