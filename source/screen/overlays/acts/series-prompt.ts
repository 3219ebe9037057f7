import {Unwritable} from '../../../text/encoding/codec.ts';
import {encodingName} from '../../../text/encoding/encoding.ts';
import {encodeTyped} from '../../../text/encoding/escapes.ts';
import {visibleLine} from '../../../text/width/visible.ts';
import {executed, update, type Update} from '../../input/update.ts';
import {endingBytes} from '../../input/line/draft.ts';
import {
	backToTyping, codecOfPane, paneState, withPane,
} from '../../state/screen-state.ts';
import {
	actsMenu, type SeriesPromptMode, actNames, type SeriesKind,
} from '../modes.ts';
import type {ModeInput, Overlay} from '../overlay.ts';
import {promptOverlay} from '../prompt.ts';
import {seriesOf} from './series-of.ts';

/** What Enter alone begins. */
const suggestions: Readonly<Record<SeriesKind, string>> = {burst: '100 at 50/s', repeat: 'every 1s', load: '20000'};

/** A number with a unit of time. */
const bareInterval = /^\d+(?:\.\d+)?\s*(?:ms|s|min|h)(?=\s|$)/i;

const bareCount = /^\d[\d,_]*[km]?$/i;

/** With what goes without saying in this prompt: that a time is an interval, and how fast a burst goes. */
function wholeOf(kind: SeriesKind, value: string): string {
	const typed = value.trim();
	if (typed === '') {
		return suggestions[kind];
	}

	if (kind === 'repeat' && bareInterval.test(typed)) {
		return `every ${typed}`;
	}

	return kind === 'burst' && bareCount.test(typed) ? `${typed} at 50/s` : value;
}

/** Enter: begin the series, and go back to typing; or say what is wrong with it. */
function submit({state, scene, mode, words}: ModeInput<SeriesPromptMode>, value: string): Update {
	const {kind, pane} = mode;
	const typed = seriesOf(wholeOf(kind, value));
	if (typeof typed === 'string') {
		return update({...state, mode: {...mode, problem: words.acts.prompt.problems[typed]}});
	}

	const {count, rate, text} = typed;
	const {ending} = paneState(state, pane);
	const codec = codecOfPane(scene, pane);
	const bytes = text === undefined ? undefined : encodeTyped(text, codec);
	if (bytes instanceof Unwritable) {
		const problem = words.line.encoding.wrongCharacter(visibleLine(bytes.character), encodingName(codec.encoding));
		return update({...state, mode: {...mode, problem}});
	}

	const series = {
		count,
		rate,
		...(bytes && {bytes: Buffer.concat([bytes, endingBytes(ending, codec)])}),
	};
	const typing = withPane(backToTyping(state), pane, {end: undefined, notice: undefined});
	return executed(typing, {type: 'start-series', pane, series}, pane);
}

export const seriesPrompt: Overlay<SeriesPromptMode> = promptOverlay({
	escape: (state, {kind}) => ({...state, mode: actsMenu('menu', actNames.indexOf(kind))}),
	texts({scene, mode: {pane, kind, problem}, words: {acts: {prompt}}}) {
		const number = scene.clients.find(client => client.pane === pane)?.number ?? 0;
		return {label: prompt.label(number, kind), hint: problem ?? prompt.hints[kind]};
	},
	submit,
});
