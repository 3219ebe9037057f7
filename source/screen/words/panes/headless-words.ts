import type {SocketFailure} from '../../../log/event.ts';
import {formatCount} from '../../../text/numbers.ts';
import {fileProblem} from '../input/files-words.ts';
import {both, en} from '../both.ts';

/** What the commands without a screen say beside the sentences of the panes. */
export const headlessWords = {
	/** @param messages - how many were sent */
	unanswered: both((answers: number, messages: number) => messages === 1
		? en('no answer in time').ko('제시간에 응답이 없습니다')
		: en(`${formatCount(answers)} of ${formatCount(messages)} messages were answered in time`)
			.ko(`메시지 ${formatCount(messages)}개 중 ${formatCount(answers)}개만 제시간에 응답받았습니다`)),
	fewerAnswers: en((answers: number) => `fewer answers than messages: ${formatCount(answers)}`)
		.ko(answers => `응답이 메시지보다 적습니다: ${formatCount(answers)}개`),
	closedWithoutAnswer: en('the peer has closed without an answer').ko('상대가 응답 없이 닫았습니다'),
	notExpected: en(({wanted, got}: {readonly wanted: string; readonly got: string}) => `the answer is not ${wanted}, but ${got}`)
		.ko(({wanted, got}) => `기대한 응답: ${wanted}, 받은 응답: ${got}`),
	inputFailed: en(({message}: SocketFailure) => `the input could not be read: ${message}`)
		.ko(({code}) => `입력을 읽지 못했습니다: ${fileProblem.ko(code)}`),
	/** @param flag - what was to be met within the time: `--once` or `--until` */
	timeOver: en((time: string, flag: string) => `${time} are over, and ${flag} is not met`)
		.ko((time, flag) => `제한 시간(${time})이 지났지만 ${flag} 조건이 충족되지 않았습니다`),
	interrupted: en((signal: string) => `ended by ${signal} before it was done`)
		.ko(signal => `끝나기 전에 ${signal} 신호로 종료되었습니다`),
	/** @param byModule - whether there is a module of reply rules, which may have ended the program */
	exited: both((byModule: boolean) => byModule
		? en('the module of reply rules has ended the program: an await in it never settles')
			.ko('응답 규칙 모듈이 프로그램을 끝냈습니다: 끝나지 않는 await가 있습니다')
		: en('the program ended before it was done').ko('끝나기 전에 프로그램이 종료되었습니다')),
	linesMissing: en((count: number) => `… ${formatCount(count)} lines are missing: the output is read too slowly`)
		.ko(count => `… ${formatCount(count)}줄 빠짐: 출력을 읽는 속도가 너무 느립니다`),
};
