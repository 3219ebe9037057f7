import type {FlowWords} from '../../../flow/drawing/label.ts';
import {both, en, inLanguage} from '../both.ts';
import {seriesWords} from '../overlays/acts-words.ts';
import {linkWords} from '../overlays/link-words.ts';
import {formatCount, formatExactBytes} from '../../../text/numbers.ts';
import {seriesSum} from '../series-sum.ts';

const step = en<FlowWords['steps'][keyof FlowWords['steps']]>;
const report = en<FlowWords['report']>;

const flowWords = {
	client: en((number: number) => `client ${number}`).ko(number => `클라이언트 ${number}`),
	connection: en((number: number) => `connection ${number}`).ko(number => `연결 소켓 ${number}`),
	server: en('server').ko('서버'),
	welcoming: en('welcoming').ko('환영 소켓'),
	relay: en('relay').ko('릴레이'),
	target: en((address: string) => `target ${address}`).ko(address => `대상 ${address}`),
	connected: en('connected').ko('연결됨'),
	unreachable: en('port unreachable').ko('포트 도달 불가'),
	arrives: en('arrives').ko('도착'),
	inferred: en('~derived').ko('~추론'),
	lost: en('~lost').ko('~유실'),
	noSocket: en('no socket').ko('소켓 없음'),
	unseen: {
		udp: en('K: the kernel, untimed · unseen, not drawn: fragments of a datagram')
			.ko('K: 커널이 한 일(시각 모름) · 볼 수 없어 생략: 데이터그램의 단편화'),
		tcp: en('K: the kernel, untimed · not drawn: ACKs of data, retransmissions, urgent data')
			.ko('K: 커널이 한 일(시각 모름) · 생략: 데이터의 ACK, 재전송, 긴급 데이터'),
	},
	steps: {
		'socket-bound': step(() => ['bound']).ko(() => ['바인딩']),
		'peer-set': step(() => ['connect()']).ko(() => ['connect()']),
		'listening-started': step(() => ['listening', undefined, 'listen()'])
			.ko(() => ['수신 대기(listen)', undefined, 'listen()']),
		'socket-closed': step(bytes => bytes > 0 ? ['closed', `${formatExactBytes(bytes)} dropped`] : ['closed'])
			.ko(bytes => bytes > 0 ? ['닫힘', `${formatExactBytes(bytes)} 버려짐`] : ['닫힘']),
		'backpressure-started': step(bytes => ['paused', `${formatExactBytes(bytes)} waiting`])
			.ko(bytes => ['일시 중지', `${formatExactBytes(bytes)} 전송 대기`]),
		'backpressure-ended': step(() => ['resumed']).ko(() => ['다시 시작']),
		'send-refused': (bytes: number) => [`send() ${formatCount(bytes)} B`] as const,
		'reading-stopped': step(() => ['reading stopped']).ko(() => ['읽기 중지']),
		'reading-resumed': step(() => ['reading resumed']).ko(() => ['읽기 다시 시작']),
		'message-held': step(bytes => bytes > 0 ? ['held', formatExactBytes(bytes)] : ['held'])
			.ko(bytes => bytes > 0 ? ['보류', formatExactBytes(bytes)] : ['보류']),
		'held-edited': step(bytes => ['edited by hand', `now ${formatExactBytes(bytes)}`])
			.ko(bytes => ['편집', `→ ${formatExactBytes(bytes)}`]),
		'held-released': step(() => ['let go']).ko(() => ['전달']),
		'held-dropped': step(bytes => bytes > 0 ? ['held, dropped', formatExactBytes(bytes)] : ['held, dropped'])
			.ko(bytes => bytes > 0 ? ['보류 중 버려짐', formatExactBytes(bytes)] : ['보류 중 버려짐']),
		'link-changed': step(() => ['simulated link']).ko(() => ['네트워크 시뮬레이션']),
		'loss-ordered': step(() => ['simulated link', 'loses the next datagram'])
			.ko(() => ['네트워크 시뮬레이션', '다음 데이터그램을 유실']),
		'series-started': step(() => ['series']).ko(() => ['연속 전송']),
		'series-ended': step(() => ['series ended']).ko(() => ['연속 전송 끝']),
	},
	limit: en((connections: number) => `limit ${formatCount(connections)}`)
		.ko(connections => `한도 ${formatCount(connections)}개`),
	peer: en((address: string) => `peer ${address}`).ko(address => `상대 ${address}`),
	write: both((number: number, first: number, last: number) => first === last
		? en(`write ${number}, byte ${first}`).ko(`쓰기 ${number}의 바이트 ${first}`)
		: en(`write ${number}, bytes ${first}–${last}`).ko(`쓰기 ${number}의 바이트 ${first}–${last}`)),
	writes: en((names: string) => `writes ${names}`).ko(names => `쓰기 ${names}`),
	messages: both((first: number, last: number) => {
		const [from, to] = [formatCount(first), formatCount(last)];
		return first === last
			? en(`message ${from}`).ko(`메시지 ${from}`)
			: en(`messages ${from}–${to}`).ko(`메시지 ${from}–${to}`);
	}),
	/** `100 messages, 10/s`, `messages until stopped`. */
	series: both((count: number | undefined, rate: number | undefined) => {
		const messages = count === undefined
			? en('messages until stopped').ko('중지할 때까지')
			: en(`${formatCount(count)} message${count === 1 ? '' : 's'}`).ko(`메시지 ${formatCount(count)}개`);
		return rate === undefined
			? messages
			: en(`${messages.en}, ${formatCount(rate)}/s`).ko(`${messages.ko}, 초당 ${formatCount(rate)}개`);
	}),
	report: report(series => seriesSum(series, seriesWords.sum.en)).ko(series => seriesSum(series, seriesWords.sum.ko)),
	took: en((seconds: string, isAtLeast: boolean) => `in ${seconds}${isAtLeast ? '+' : ''} s`)
		.ko((seconds, isAtLeast) => `${seconds}${isAtLeast ? '+' : ''}초 동안`),
	olderLeftOut: en('… older steps are not in this file').ko('… 더 오래된 행은 이 파일에 없습니다'),
	link: {
		...linkWords,
		shortLosses: en(['lost by the link', 'lost by link', 'by link']).ko(['링크에서 유실', '링크 유실', '유실']),
		shortDiscards: en(['never left the link', 'closed']).ko(['링크에서 못 나감', '닫힘']),
		shortRefused: en('not taken').ko('받지 않음'),
		copy: en((number: number) => `${number === 1 ? '1st' : '2nd'} copy`)
			.ko(number => `${number === 1 ? '첫째' : '둘째'} 사본`),
		overtaken: en('reordered').ko('순서 바뀜'),
		name: en('the link').ko('링크'),
	},
};

export const flowEn: FlowWords = inLanguage(flowWords, 'en');
export const flowKo: FlowWords = inLanguage(flowWords, 'ko');
