import {shortDuration} from '../../text/short-duration.ts';
import {linkPanelKo} from './link-panel-ko.ts';
import {formatCount, formatExactBytes} from './numbers.ts';
import type {linkEn} from './link-en.ts';

/** What is said of the simulated link, in Korean. */
export const linkKo: typeof linkEn = {
	changed: (conditions, seed) => `여기서 나가는 모의 링크: ${conditions} (씨앗 ${seed})`,
	lossOrdered: '여기서 나가는 다음 데이터그램을 모의 링크가 잃어버립니다',
	losses: {
		loss: '링크에서 유실', queue: '유실: 링크의 큐가 참', next: '시킨 대로 링크에서 유실', full: '유실: 링크가 가득 참',
	},
	by: what => `링크: ${what}`,
	later: milliseconds => `+${shortDuration(milliseconds)}`,
	copies: count => `${formatCount(count)}벌`,
	copyOf: (write, copy) => `${write}(${copy === 1 ? '첫째' : '둘째'} 사본)`,
	corrupted: at => `${formatCount(at + 1)}번째 바이트 바뀜`,
	corruptedCopy: (at, copy) => `${copy === 1 ? '첫째' : '둘째'} 사본의 ${formatCount(at + 1)}번째 바이트 바뀜`,
	heldBack: '붙잡힘',
	overtakenBy: write => `쓰기 ${formatCount(write)}에 추월당함`,
	segments: count => `${formatCount(count)}조각`,
	onTheLink: bytes => `${formatExactBytes(bytes)} 링크 위`,
	stillThere: '링크 위',
	discarded: '닫혀서 링크를 떠나지 못함',
	shortDiscarded: '링크를 못 떠남',
	refused: '시스템이 받지 않음',
	ofCopies: (count, of, what) => `${of}벌 가운데 ${count}벌 ${what}`,
	shortOfCopies: (count, of, what) => `${of}벌 중 ${count}벌 ${what}`,
	ofBytes: (bytes, what) => `${formatExactBytes(bytes)} ${what}`,
	panel: linkPanelKo,
};
