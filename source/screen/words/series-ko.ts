import type {SeriesReport} from '../../log/event.ts';
import {formatCount, formatRate} from './numbers.ts';
import type {seriesEn} from './series-en.ts';
import {seriesSum, type SumWords} from './series-sum.ts';

const sum: SumWords = {
	sent: ['보냄', '보냄'],
	answered: ['응답', '응답'],
	read: ['서버가 읽음', '읽음'],
	lostByLink: ['링크 유실', '링크'],
	droppedByKernel: ['커널에서 버려짐', '커널'],
	failed: ['실패', '실패'],
	waiting: ['대기', '대기'],
};

const ends: Readonly<Record<SeriesReport['end'], string>> = {done: '완료', stopped: '중지됨', 'client-closed': '소켓이 닫힘'};

function pace(rate: number | undefined): string {
	if (rate === undefined) {
		return '최대한 빠르게';
	}

	return rate >= 1 ? `1초에 ${formatRate(rate, 6)}개` : `${formatRate(1 / rate, 6)}초에 하나`;
}

function plan(count: number | undefined, rate: number | undefined): string {
	return `${count === undefined ? '중지할 때까지' : `메시지 ${formatCount(count)}개`}, ${pace(rate)}`;
}

/** What is said of a series of messages, in Korean. */
export const seriesKo: typeof seriesEn = {
	sum,
	ends,
	plan,
	started: (count, rate) => `연속 전송 시작: ${plan(count, rate)}`,
	ended: report =>
		`연속 전송 종료(${ends[report.end]}): ${seriesSum(report, sum, {isTight: false, hasZeros: false})} · Esc b: 모두 보기`,
};
