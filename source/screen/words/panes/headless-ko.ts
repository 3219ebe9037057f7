import {fileProblem} from '../input/files-ko.ts';
import {formatCount} from '../values/numbers.ts';
import type {headlessEn} from './headless-en.ts';

/** What the commands without a screen say beside the sentences of the panes, in Korean. */
export const headlessKo: typeof headlessEn = {
	unanswered: (answers, messages) => messages === 1
		? '제시간에 응답이 없습니다'
		: `메시지 ${formatCount(messages)}개 중 ${formatCount(answers)}개만 제시간에 응답받았습니다`,
	fewerAnswers: answers => `응답이 메시지보다 적습니다: ${formatCount(answers)}개`,
	closedWithoutAnswer: '상대가 응답 없이 닫았습니다',
	notExpected: ({wanted, got}) => `기대한 응답: ${wanted}, 받은 응답: ${got}`,
	inputFailed: ({code}) => `입력을 읽지 못했습니다: ${fileProblem(code)}`,
	timeOver: (time, flag) => `제한 시간(${time})이 지났지만 ${flag} 조건이 충족되지 않았습니다`,
	interrupted: signal => `끝나기 전에 ${signal} 신호로 종료되었습니다`,
	exited: byModule => byModule
		? '응답 규칙 모듈이 프로그램을 끝냈습니다: 끝나지 않는 await가 있습니다'
		: '끝나기 전에 프로그램이 종료되었습니다',
	linesMissing: count => `… ${formatCount(count)}줄 빠짐: 출력을 읽는 속도가 너무 느립니다`,
};
