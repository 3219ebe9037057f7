import type {FlowWords} from '../../../flow/drawing/label.ts';
import {seriesKo} from '../overlays/acts-ko.ts';
import {linkKo} from '../overlays/link-ko.ts';
import {formatCount, formatExactBytes} from '../values/numbers.ts';
import {seriesSum} from '../values/series-sum.ts';

/** `메시지 100개, 초당 10개`, `중지할 때까지`. */
function series(count: number | undefined, rate: number | undefined): string {
	const messages = count === undefined ? '중지할 때까지' : `메시지 ${formatCount(count)}개`;
	return rate === undefined ? messages : `${messages}, 초당 ${formatCount(rate)}개`;
}

/** What the flow diagram says, in Korean. */
export const flowKo: FlowWords = {
	client: number => `클라이언트 ${number}`,
	connection: number => `연결 소켓 ${number}`,
	server: '서버',
	welcoming: '환영 소켓',
	relay: '릴레이',
	target: address => `대상 ${address}`,
	connected: '연결됨',
	unreachable: '포트 도달 불가',
	arrives: '도착',
	inferred: '~추론',
	lost: '~유실',
	noSocket: '소켓 없음',
	unseen: {
		udp: 'K: 커널이 한 일(시각 모름) · 볼 수 없어 생략: 데이터그램의 단편화',
		tcp: 'K: 커널이 한 일(시각 모름) · 생략: 데이터의 ACK, 재전송, 긴급 데이터',
	},
	steps: {
		'socket-bound': () => ['바인딩'],
		'peer-set': () => ['connect()'],
		'listening-started': () => ['수신 대기(listen)', undefined, 'listen()'],
		'socket-closed': bytes => bytes > 0 ? ['닫힘', `${formatExactBytes(bytes)} 버려짐`] : ['닫힘'],
		'backpressure-started': bytes => ['일시 중지', `${formatExactBytes(bytes)} 전송 대기`],
		'backpressure-ended': () => ['다시 시작'],
		'send-refused': bytes => [`send() ${formatCount(bytes)} B`],
		'reading-stopped': () => ['읽기 중지'],
		'reading-resumed': () => ['읽기 다시 시작'],
		'message-held': bytes => bytes > 0 ? ['보류', formatExactBytes(bytes)] : ['보류'],
		'held-edited': bytes => ['편집', `→ ${formatExactBytes(bytes)}`],
		'held-released': () => ['전달'],
		'held-dropped': bytes => bytes > 0 ? ['보류 중 버려짐', formatExactBytes(bytes)] : ['보류 중 버려짐'],
		'link-changed': () => ['네트워크 시뮬레이션'],
		'loss-ordered': () => ['네트워크 시뮬레이션', '다음 데이터그램을 유실'],
		'series-started': () => ['연속 전송'],
		'series-ended': () => ['연속 전송 끝'],
	},
	limit: connections => `한도 ${formatCount(connections)}개`,
	peer: address => `상대 ${address}`,
	write: (number, first, last) => `쓰기 ${number}의 ${first === last ? `바이트 ${first}` : `바이트 ${first}–${last}`}`,
	writes: names => `쓰기 ${names}`,
	messages: (first, last) => first === last ? `메시지 ${formatCount(first)}` : `메시지 ${formatCount(first)}–${formatCount(last)}`,
	series,
	report: report => seriesSum(report, seriesKo.sum),
	took: (seconds, isAtLeast) => `${seconds}${isAtLeast ? '+' : ''}초 동안`,
	olderLeftOut: '… 더 오래된 행은 이 파일에 없습니다',
	link: {
		...linkKo,
		shortLosses: ['링크에서 유실', '링크 유실', '유실'],
		shortDiscards: ['링크에서 못 나감', '닫힘'],
		shortRefused: '받지 않음',
		copy: number => `${number === 1 ? '첫째' : '둘째'} 사본`,
		overtaken: '순서 바뀜',
		name: '링크',
	},
};
