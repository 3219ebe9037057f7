import {type Draft, emptyDraft, insertText} from '../../source/screen/input/line/draft.ts';

/** A line in which this has been typed. */
export function draftOf(text: string): Draft {
	return insertText(emptyDraft, text);
}
