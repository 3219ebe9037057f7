import {visibleLine} from '../../text/width/visible.ts';
import type {Words} from '../words/words.ts';
import {padLines, paint, wrap} from './paint.ts';

/** The result of `make`, or of `instead` where that throws: a fault costs the view that it is in, and nothing else. */
export function attempt<Value>(make: () => Value, instead: (error: unknown) => Value): Value {
	try {
		return make();
	} catch (error) {
		return instead(error);
	}
}

/** What a view that failed shows in its place, in exactly `rows` lines: the error's message, and what to do with it. */
export function faultLines(message: string, columns: number, rows: number, {fault}: Words): string[] {
	const sentences = [`✗ ${fault.view(visibleLine(message))}`, fault.report];
	const text = rows === 1 ? [sentences.join(' · ')] : sentences.flatMap(sentence => wrap(sentence, columns - 2));
	return padLines(text.map(line => paint([{text: ` ${line}`, tone: 'error'}], columns)), rows, columns);
}
