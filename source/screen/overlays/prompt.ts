import {
	paint, type Span, widthOf, wrap,
} from '../frame/paint.ts';
import {type Draft, insertText, textOfDraft} from '../input/line/draft.ts';
import {viewDraft} from '../input/line/draft-view.ts';
import {editDraft} from '../input/line/edit-line.ts';
import {update, type Update} from '../input/update.ts';
import type {ScreenState} from '../state/screen-state.ts';
import type {PromptMode} from './modes.ts';
import type {KeyInput, ModeInput, Overlay} from './overlay.ts';

/** Columns that what is typed has at least beside other texts. */
const leastColumns = 24;

type PromptKind<M extends PromptMode> = Pick<Overlay<M>, 'escape' | 'look'> & {
	/** What it asks for; and what stands behind what is typed: how to leave it, or what is wrong with it. */
	readonly texts: (input: ModeInput<M>) => {readonly label: string; readonly hint: string};
	readonly submit: (input: ModeInput<M>, value: string) => Update;
	/** What else changes with what is typed, given the state in which that stands in the mode. */
	readonly change?: (input: ModeInput<M>, value: string) => ScreenState;
};

/** A short prompt in the footer. It is edited as a message line is. */
export function promptOverlay<M extends PromptMode>({
	escape, look, texts, submit, change,
}: PromptKind<M>): Omit<Overlay<M>, 'body'> {
	const edited = (input: KeyInput<M>, draft: Draft): Update => {
		const {state, mode: before} = input;
		const value = textOfDraft(draft);
		const isSame = value === textOfDraft(before.draft);
		const mode: M = {...before, draft, problem: isSame ? before.problem : undefined};
		const next: ScreenState = {...state, mode};
		return update(isSame || !change ? next : change({...input, state: next, mode}, value));
	};

	const drawn = (input: ModeInput<M>): ReturnType<typeof promptLines> =>
		promptLines(texts(input), input.mode.draft, input.state.columns);
	return {
		escape,
		look,
		paste(input, {text}) {
			const [first = ''] = text.trim().split(/[\r\n]/);
			return edited(input, insertText(input.mode.draft, first));
		},
		handleKey(input, key) {
			if (key.name === 'return') {
				return submit(input, textOfDraft(input.mode.draft));
			}

			const draft = editDraft(input.mode.draft, key);
			return draft ? edited(input, draft) : update(input.state);
		},
		footer: input => drawn(input).lines,
		caret: input => drawn(input).caret,
	};
}

/**
A prompt in the footer, in the order in which it is read: what it asks for, what is typed, and how to leave it or what
is wrong; in one line where all of it fits, or else in several. And where the caret stands: its column, and how many
lines are below it.
*/
function promptLines(
	{label, hint}: {readonly label: string; readonly hint: string},
	draft: Draft,
	columns: number,
): {readonly lines: readonly string[]; readonly caret: {readonly x: number; readonly below: number}} {
	const typedColumns = Math.max(leastColumns, viewDraft(draft, columns, ({text}) => text).columns + 1);
	const lead: Span = {text: ` ${label} `, tone: 'strong'};
	const rest: Span = {text: `   ${hint}`, tone: 'dim'};
	const apart = (text: string, tone: Span['tone']): string[] =>
		wrap(text, columns - 1).map(line => paint([{text: ` ${line}`, tone}], columns));
	const bare: Span = {text: ' > ', tone: 'strong'};
	const ways = [[lead, rest], [lead], [bare, rest], [bare]];
	const [begin = bare, hasHint] = ways.find(spans => widthOf(spans) + typedColumns <= columns) ?? [bare];
	const view = viewDraft(draft, Math.max(1, columns - widthOf([begin])), ({text}) => text);
	const below = hasHint ? [] : apart(hint, 'plain');
	return {
		lines: [
			...(begin === lead ? [] : apart(label, 'strong')),
			paint([begin, ...view.spans, ...(hasHint ? [rest] : [])], columns),
			...below,
		],
		caret: {x: Math.min(widthOf([begin]) + view.caret, Math.max(0, columns - 1)), below: below.length},
	};
}
