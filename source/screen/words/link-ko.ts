import {shortDuration} from '../../text/short-duration.ts';
import {linkPanelKo} from './link-panel-ko.ts';
import {formatCount, formatExactBytes} from './numbers.ts';
import type {linkEn} from './link-en.ts';

/** What is said of the simulated link, in Korean. */
export const linkKo: typeof linkEn = {
	losses: {
		loss: '링크에서 유실', queue: '유실: 링크의 큐가 가득 참', next: '지정한 대로 링크에서 유실', full: '유실: 링크의 한도에 도달',
	},
	shortLoss: '유실(링크)',
	by: what => `링크: ${what}`,
	later: milliseconds => `+${shortDuration(milliseconds)}`,
	copies: count => `중복 ${formatCount(count)}개`,
	copyOf: (write, copy) => `${write}(${copy === 1 ? '첫째' : '둘째'} 사본)`,
	corrupted: at => `${formatCount(at + 1)}번째 바이트 바뀜`,
	corruptedCopy: (at, copy) => `${copy === 1 ? '첫째' : '둘째'} 사본의 ${formatCount(at + 1)}번째 바이트 바뀜`,
	heldBack: '지연됨',
	overtakenBy: write => `쓰기 ${formatCount(write)}보다 늦게 도착`,
	segments: count => `${formatCount(count)}조각`,
	onTheLink: bytes => `${formatExactBytes(bytes)} 링크 위`,
	stillThere: '링크 위',
	discarded: '소켓이 닫혀 링크에서 나가지 못함',
	shortDiscarded: '링크에서 못 나감',
	refused: '운영체제가 거부',
	ofCopies: (count, of, what) => `사본 ${of}개 중 ${count}개 ${what}`,
	shortOfCopies: (count, of, what) => `${of}개 중 ${count}개 ${what}`,
	ofBytes: (bytes, what) => `${formatExactBytes(bytes)} ${what}`,
	panel: linkPanelKo,
};
