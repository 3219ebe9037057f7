import type {SocketFailure} from '../../../log/event.ts';
import {formatCount} from '../values/numbers.ts';

/** What the commands without a screen say beside the sentences of the panes, in English. */
export const headlessEn = {
	/** @param messages - how many were sent */
	unanswered: (answers: number, messages: number) =>
		messages === 1 ? 'no answer in time' : `${formatCount(answers)} of ${formatCount(messages)} messages were answered in time`,
	fewerAnswers: (answers: number) => `fewer answers than messages: ${formatCount(answers)}`,
	closedWithoutAnswer: 'the peer has closed without an answer',
	notExpected: ({wanted, got}: {readonly wanted: string; readonly got: string}) => `the answer is not ${wanted}, but ${got}`,
	inputFailed: ({message}: SocketFailure) => `the input could not be read: ${message}`,
	/** @param flag - what was to be met within the time: `--once` or `--until` */
	timeOver: (time: string, flag: string) => `${time} are over, and ${flag} is not met`,
	interrupted: (signal: string) => `ended by ${signal} before it was done`,
	/** @param byModule - whether there is a module of reply rules, which may have ended the program */
	exited: (byModule: boolean): string => byModule
		? 'the module of reply rules has ended the program: an await in it never settles'
		: 'the program ended before it was done',
	linesMissing: (count: number) => `… ${formatCount(count)} lines are missing: the output is read too slowly`,
};
