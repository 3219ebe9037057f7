import type {
	Act, Command, Subject, Target,
} from '../../../engine/api/command.ts';
import type {SequenceView} from '../../../engine/api/scene-view.ts';
import type {PaneId} from '../../../log/event.ts';
import {insertText} from '../../input/line/draft.ts';
import {
	backToTyping, codecOfPane, paneState, sceneOfPane, type ScreenState, withPane,
} from '../../state/screen-state.ts';
import type {Words} from '../../words/words.ts';
import {lineOf, takeLine} from '../../input/line/send-line.ts';
import {
	executed, update, type Update,
} from '../../input/update.ts';
import {
	actsMenu, emptyPrompt, type ActName, actNames,
} from '../modes.ts';
import {
	type ActSubject, entryNameOf, isSeriesKind, reasonAgainst, sampleOf, sendsLine,
} from './acts.ts';

/** Carry out an entry of the menu of acts and go back to typing; or say in the menu why it means nothing here. */
export function chooseAct(state: ScreenState, subject: ActSubject, name: ActName, words: Words): Update {
	const selected = actNames.indexOf(name);
	const notice = reasonAgainst(name, subject, words);
	if (notice !== undefined) {
		return update({...state, mode: actsMenu('menu', selected, notice)});
	}

	if (name === 'report') {
		return update({...state, mode: actsMenu('report', selected)});
	}

	const {pane} = subject;
	if (isSeriesKind(name)) {
		const mode = {
			...emptyPrompt, type: 'series-prompt', kind: name, pane,
		} as const;
		return update({...state, mode});
	}

	const typing = withPane(backToTyping(state), pane, {end: undefined, notice: undefined});
	if (sendsLine(name)) {
		return sendInParts(typing, subject, name, words);
	}

	const on = engineSubject(subject);
	if (name === 'half-close') {
		return executed(typing, on.type === 'client'
			? {type: 'half-close-client', pane: on.pane}
			: {type: 'half-close-connection', connection: on.connection}, pane);
	}

	const type = actTypes[entryNameOf(name, subject)];
	return type ? executed(typing, {type: 'act', on, act: {type}}, pane) : update(typing);
}

/** Send a saved message from the pane, and go back to typing; or say that one is being sent. */
export function chooseSaved(
	state: ScreenState,
	pane: PaneId,
	sequence: SequenceView | undefined,
	target: Target | undefined,
	selected: number,
	words: Words,
): Update {
	const saved = state.saved?.sequences[selected - actNames.length];
	if (sequence) {
		return update({...state, mode: actsMenu('menu', selected, words.messages.running(sequence.name))});
	}

	const typing = withPane(backToTyping(state), pane, {end: undefined, notice: undefined});
	return update(typing, ...(saved
		? [{
			type: 'send-saved', pane, name: saved.name, target,
		} as const]
		: []));
}

/** What an entry asks of the socket; the others send. */
const actTypes: Readonly<Partial<Record<ReturnType<typeof entryNameOf>, Exclude<Act, {bytes: Uint8Array}>['type']>>> = {
	reset: 'reset',
	reading: 'stop-reading',
	'read-again': 'read-again',
	broadcast: 'allow-broadcast',
	'forbid-broadcast': 'forbid-broadcast',
};

/** Send what is typed in the line, as Enter would, but in two parts; or a sample, where nothing is typed. */
function sendInParts(
	typing: ScreenState,
	subject: ActSubject,
	name: 'split-character' | 'two-writes' | 'two-writes-pause',
	words: Words,
): Update {
	const {pane} = subject;
	const typed = paneState(typing, pane);
	const scene = sceneOfPane(typing, pane);
	const isEmpty = typed.draft.cells.length === 0;
	const sample = sampleOf(name);
	const {draft, bytes, wrong} = lineOf(
		isEmpty ? {...typed, draft: insertText(typed.draft, sample), isHex: false} : typed,
		scene && codecOfPane(scene, pane),
		words,
	);
	if (wrong) {
		return update(withPane(typing, pane, wrong));
	}

	const act: Act = name === 'split-character'
		? {type: name, bytes}
		: {type: 'two-writes', bytes, hasPause: name === 'two-writes-pause'};
	const command: Command = {type: 'act', on: engineSubject(subject), act};
	return isEmpty
		? executed(withPane(typing, pane, {notice: words.acts.sampleSent(sample)}), command, pane)
		: update(takeLine(typing, pane, draft, words), {
			type: 'execute', command, pane, draft,
		});
}

/** The subject as the engine knows it. Of a server without a chosen connection nothing is asked. */
function engineSubject(subject: ActSubject): Subject {
	return subject.type === 'connection'
		? {type: 'connection', connection: subject.peer.number}
		: {type: 'client', pane: subject.pane};
}
