import type {FlowFormat} from '../../../flow/export.ts';
import {noticedHints, scrollHints} from '../../frame/hints.ts';
import {letterOf} from '../../input/keys.ts';
import {update, type Update} from '../../input/update.ts';
import {backToTyping, focusedPane} from '../../state/screen-state.ts';
import type {FlowMode} from '../modes.ts';
import type {Overlay} from '../overlay.ts';
import {flowLines, flowRows, olderSteps} from './flow-lines.ts';

const formats: Readonly<Partial<Record<string, FlowFormat>>> = {
	s: 'svg', m: 'mermaid', t: 'text', w: 'text',
};

/** The flow diagram over the panes: it scrolls back and forth, and is saved by a letter. */
export const flow = {
	paste: 'line',
	handleKey({state, scene, mode, words}, key) {
		const at = (ends: readonly number[]): Update => update({...state, mode: {type: mode.type, ends}});
		const letter = letterOf(key);
		const format = formats[letter];
		if (format) {
			return update(state, {type: 'save-flow', scene: scene.name, format});
		}

		switch (key.name) {
			case 'up':
			case 'pageup': {
				const {flow: view, columns, rows} = state;
				const older = view?.scene === scene.name ? olderSteps(view, columns, rows, words) : undefined;
				const end = key.name === 'up' ? older?.step : older?.page;
				// Before the engine has answered for the last one, this is the same again.
				return end === undefined || end === mode.ends.at(-1) ? update(state) : at([...mode.ends, end]);
			}

			case 'down':
			case 'pagedown': {
				return at(mode.ends.slice(0, -1));
			}

			case 'end': {
				return at([]);
			}

			default: {
				return update(letter === 'f' ? backToTyping(state) : state);
			}
		}
	},
	body: {
		draw({state, scene, mode, rows, words}) {
			const view = state.flow?.scene === scene.name ? state.flow : undefined;
			const client = scene.clients.find(({pane}) => pane === focusedPane(state, scene));
			const around = client ? words.client.tab(client.number) : words.views.ledger.server;
			const room = {columns: state.columns, height: rows, terminalRows: state.rows};
			return flowLines(view, around, mode.ends.length > 0, room, words);
		},
	},
	query: ({state, scene, mode}) => ({
		type: 'flow',
		scene: scene.name,
		focus: focusedPane(state, scene),
		rows: flowRows(state.rows),
		end: mode.ends.at(-1),
	}),
	footer({state: {columns}, mode, words}) {
		const {saveSvg, saveMermaid, saveText} = words.views.flow;
		const hints = [{key: 's', label: saveSvg}, {key: 'm', label: saveMermaid}, {key: 't', label: saveText}];
		return noticedHints(scrollHints(hints, words), mode.notice, columns);
	},
	tell: (mode, notice) => ({...mode, notice}),
} satisfies Overlay<FlowMode>;
