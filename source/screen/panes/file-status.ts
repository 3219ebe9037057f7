import type {FilesView, SequenceView} from '../../engine/api/scene-view.ts';
import {visibleLine} from '../../text/visible.ts';
import {keepEnd, paintApart, widthOf} from '../frame/paint.ts';
import type {Words} from '../words/words.ts';

/** A line for the file that a pane sends, and one for the file that is written: how far it is, and how to stop it. */
export function fileStatus(files: FilesView | undefined, columns: number, {files: say}: Words): string[] {
	const line = (stop: string, path: string, text: (path: string) => string): string => {
		const end = {text: ` ${stop}`, tone: 'warning'} as const;
		const room = Math.max(8, columns - widthOf([end, {text: text('')}]));
		return paintApart([{text: text(keepEnd(visibleLine(path), room)), tone: 'strong'}], [end], columns);
	};

	return files
		? [
			...(files.sending ? [sendingLine(files.sending)] : []),
			...(files.receiving ? [receivingLine(files.receiving)] : []),
		]
		: [];

	function sendingLine({path, bytes, size}: NonNullable<FilesView['sending']>): string {
		return line(say.stop, path, shown => say.sending(shown, bytes, size));
	}

	function receivingLine({path, bytes}: NonNullable<FilesView['receiving']>): string {
		return line(say.end, path, shown => say.receiving(shown, bytes));
	}
}

/** A line for the saved messages that a pane sends: how far they are, and how to stop them. */
export function sequenceStatus(sequence: SequenceView | undefined, columns: number, {messages}: Words): string[] {
	return sequence
		? [paintApart(
			[{text: messages.sending(sequence.name, sequence.sent, sequence.wanted), tone: 'strong'}],
			[{text: ` ${messages.stop}`, tone: 'warning'}],
			columns,
		)]
		: [];
}
