import type {Address} from '../../../log/event.ts';
import {formatAddress} from '../../../text/address.ts';
import {
	padColumns, paint, type Span, widthOf, wrapInto,
} from '../../frame/paint.ts';
import type {Words} from '../../words/words.ts';
import {codecOfPane, focusedPane, paneState} from '../../state/screen-state.ts';
import {type ActsMode, type ActName, actNames} from '../modes.ts';
import {encodingOf} from '../../input/line/send-line.ts';
import type {ModeInput} from '../overlay.ts';
import {savedLines} from './saved-lines.ts';
import {
	type ActSubject, entryNameOf, keyOfAct, reasonAgainst, sampleOf, sendsLine, subjectOf,
} from './acts.ts';
import {reportLines} from './report-lines.ts';

/** Rows that the panes need at least, so that one sees in them what happens. */
const paneRows = 12;

/** The header's line, and the keys' line. */
const otherRows = 2;

/** From this many rows on, each entry has a line of its own, with what it does. */
const listRows = 36;

/** Fewer rows than that of a list of saved messages are none: it is drawn over the panes instead. */
const fewestSaved = 4;

/** The menu of the acts on one socket, as lines of exactly the terminal's columns. */
function actsLines({state, scene, mode, words}: ModeInput<ActsMode>, subject: ActSubject): string[] {
	const {columns, rows, saved} = state;
	const {selected, notice} = mode;
	const own = paneState(state, subject.pane);
	// How many lines the menu may have beside the panes, and over them.
	const over = rows - otherRows;
	const room = {beside: over - paneRows, over};
	const lead: Span[] = [{text: ` ${words.acts.title} `, tone: 'chosen'}, {text: '  '}];
	const title = paint([...lead, ...subjectSpans(subject, columns - widthOf(lead), words)], columns);
	const entries = actNames.map((name, index) => entryOf(name, index === selected, subject, words));
	const list = entries.map(({label, what}) => [...label, {text: `  ${what}`, tone: 'dim' as const}]);
	const isList = rows >= listRows && list.every(spans => widthOf(spans) < columns);
	const chosen = actNames[selected];
	const sequence = saved?.sequences[selected - actNames.length];
	const aside = notice === undefined
		? (chosen ? asideOf(chosen, subject, own.draft.cells.length > 0, words) : words.messages[sequence?.isSequence ? 'begins' : 'sends'])
		: `✗ ${notice}`;
	const tone = notice === undefined ? 'plain' : 'warning';
	const about = isList || notice !== undefined ? aside : `${entries[selected]?.what ?? ''} ${aside}`.trim();
	const acts = isList
		? list.map(spans => paint(spans, columns))
		: grid(entries.map(({label}) => label), columns);
	// As many lines for each entry, so that nothing moves.
	const aboutRows = isList ? 1 : (columns >= 120 ? 2 : 3);
	const aboutLines = wrapInto(aboutRows, about, columns - 2);
	const told = Array.from({length: aboutRows}, (_, index) =>
		paint([{text: ` ${aboutLines[index] ?? ''}`, tone}], columns));
	const whole = [title, ...acts, ...told];
	// In a low window, saved messages take the place of the acts while one of them is chosen.
	const isRoomy = room.over - whole.length >= Math.min(fewestSaved, (saved?.sequences.length ?? 0) + 1);
	const lines = chosen || isRoomy ? whole : [title, ...told];
	if (!saved) {
		return [...lines, paint([{text: ` ${words.messages.none}`, tone: 'dim'}], columns)];
	}

	const wanted = saved.sequences.length + 1;
	const beside = room.beside - lines.length;
	const savedRows = Math.min(wanted, beside >= Math.min(wanted, fewestSaved) ? beside : room.over - lines.length);
	const encoding = encodingOf(own, codecOfPane(scene, subject.pane));
	const listed = chosen ? undefined : selected - actNames.length;
	return [...lines, ...savedLines(saved, listed, encoding, {columns, rows: savedRows}, words)];
}

type Entry = {readonly label: readonly Span[]; readonly what: string};

function entryOf(name: ActName, isSelected: boolean, subject: ActSubject, words: Words): Entry {
	const {entries} = words.acts;
	const {label, what} = entries[entryNameOf(name, subject)];
	const reason = reasonAgainst(name, subject, words);
	const most = Math.max(...Object.values(entries).map(entry => widthOf([{text: entry.label}])));
	return {
		label: [
			{text: isSelected ? ' ▸' : '  '},
			{text: keyOfAct(name), tone: reason === undefined ? 'key' : 'dim'},
			{text: ' '},
			{text: padColumns(label, most), tone: reason === undefined ? (isSelected ? 'strong' : 'plain') : 'dim'},
		],
		what: reason === undefined ? what : `✗ ${reason}`,
	};
}

/** What will be sent, where that depends on what is typed in the line. */
function asideOf(name: ActName, subject: ActSubject, hasText: boolean, words: Words): string {
	if (!sendsLine(name) || reasonAgainst(name, subject, words) !== undefined) {
		return '';
	}

	return hasText ? words.acts.usesLine : words.acts.usesSample(sampleOf(name));
}

/** Entries beside each other, as many as fit, one column after the other. */
function grid(labels: ReadonlyArray<readonly Span[]>, columns: number): string[] {
	const width = Math.max(...labels.map(label => widthOf(label))) + 1;
	const across = Math.max(1, Math.floor(columns / width));
	const height = Math.ceil(labels.length / across);
	return Array.from({length: height}, (_, row) => {
		const own = Array.from({length: across}, (__, column) => labels[column * height + row] ?? []);
		return paint(own.flatMap(label => [...label, {text: ' '}]), columns);
	});
}

/**
Which socket the menu is for: its name, and the addresses of both ends as far as there are any. Where there is too
little room the near end's goes.
*/
function subjectSpans(subject: ActSubject, columns: number, words: Words): Span[] {
	if (subject.type === 'server') {
		return [{text: words.acts.ofServer, tone: 'strong'}];
	}

	if (subject.type === 'connection') {
		const {number, address, connection} = subject.peer;
		return named(words.acts.ofConnection(number), connection?.local, '⇄', address, columns);
	}

	const {client: {number, state, destination}, protocol} = subject;
	const local = 'local' in state ? state.local : undefined;
	const peer = state.type === 'connected' ? state.peer : destination;
	const arrow = protocol === 'tcp' && state.type === 'connected' ? '⇄' : '→';
	return named(words.client.tab(number), local, arrow, peer, columns);
}

function named(
	name: string,
	local: Address | undefined,
	arrow: string,
	peer: Address | undefined,
	columns: number,
): Span[] {
	const title: Span = {text: `${name}  `, tone: 'strong'};
	const near = local ? `${formatAddress(local)} ` : '';
	const far = peer ? `${arrow} ${formatAddress(peer)}` : '';
	const whole = [title, {text: near + far}];
	return widthOf(whole) > columns ? [title, {text: far}] : whole;
}

/** The menu of acts, or the report of a series, and whether it is drawn over the panes: only where both do not fit. */
type ActsPage = {readonly type: ActsMode['page']; readonly lines: readonly string[]; readonly isOver: boolean};

/** What is shown of the acts on the focused socket: a report only where there is one. */
export function actsPage(input: ModeInput<ActsMode>): ActsPage {
	const {state: {columns, rows}, state, scene, mode, words} = input;
	const subject = subjectOf(scene, focusedPane(state, scene));
	if (!subject) {
		return {type: 'menu', lines: [], isOver: false};
	}

	const series = mode.page === 'report' && subject.type === 'client' ? subject.client.series : undefined;
	const lines = series && subject.type === 'client'
		? reportLines(subject.client, series, columns, words)
		: actsLines(input, subject);
	return {type: series ? 'report' : 'menu', lines, isOver: rows - otherRows - lines.length < paneRows};
}
