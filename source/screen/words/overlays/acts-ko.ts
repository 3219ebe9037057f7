import {
	formatBytes, formatCount, formatElapsed, formatRate,
} from '../values/numbers.ts';
import {withParticle} from '../values/particle.ts';
import {seriesSum, type SumWords} from '../values/series-sum.ts';
import type {SeriesReport} from '../../../log/reports.ts';
import type {actsEn, seriesEn} from './acts-en.ts';

const kinds = {burst: '연속 전송', repeat: '반복 전송', load: '부하'} as const;

/** What is said of the acts on one socket and of series of messages, in Korean. */
export const actsKo: typeof actsEn = {
	entries: {
		reset: {
			label: '리셋 (RST)',
			what: 'FIN 대신 RST로 연결을 끊습니다. 아직 전송되지 않은 데이터는 버려지고 상대의 다음 읽기는 실패합니다(ECONNRESET).',
		},
		'half-close': {
			label: 'half-close(한쪽 종료, FIN)',
			what: 'FIN을 보냅니다. 이쪽의 쓰기는 끝나고 읽기는 계속됩니다. 이것을 받은 플레이그라운드의 서버는 닫습니다(규칙 manual은 열어 둡니다).',
		},
		reading: {
			label: '읽기 중지',
			what: '읽지 않습니다. 데이터가 여기 버퍼를, 다음에는 보내는 쪽 버퍼를 채웁니다. 보내는 쪽의 전송 대기 바이트와 Esc 4의 큐를 보십시오.',
		},
		'read-again': {
			label: '다시 읽기',
			what: '다시 읽습니다. 쌓인 데이터가 몇 번의 큰 읽기로 들어오고 보내는 쪽도 계속 보냅니다.',
		},
		'split-character': {
			label: '문자 자르기',
			what: '0.2초 간격으로 두 번 보냅니다. 첫 번째는 여러 바이트인 문자 안에서 끝납니다. 읽을 때마다 어떻게 보이는지 보십시오.',
		},
		'two-writes': {
			label: '두 번 쓰기',
			what: '텍스트를 반씩 이어서 씁니다. TCP는 한 번에 읽힐 수 있고, UDP는 데이터그램 두 개로 남습니다.',
		},
		'two-writes-pause': {
			label: '쉬고 두 번 쓰기',
			what: '같은 것을 0.2초 간격으로 씁니다. 대개 두 번에 읽힙니다. TCP는 어느 쪽도 보장하지 않습니다.',
		},
		burst: {
			label: '연속 전송',
			what: '정한 속도로 보내며 하나씩 셉니다: 보냄 = 응답 + 유실 + 실패 + 대기. 개수는 다음에 묻습니다.',
		},
		repeat: {label: '반복 전송', what: 'Esc b s로 중지할 때까지 일정한 간격으로 보냅니다. 간격은 다음에 묻습니다.'},
		load: {
			label: '부하',
			what: '백만 개까지 최대한 빠르게 보냅니다. 처리량, 유실, 왕복 시간을 보십시오. 개수는 다음에 묻습니다.',
		},
		report: {label: '결과', what: '마지막 연속 전송의 모든 수치.'},
		broadcast: {
			label: '브로드캐스트 허용',
			what: 'setsockopt(SO_BROADCAST, 1): 이것이 없으면 255.255.255.255 같은 브로드캐스트 주소로 보낼 때 EACCES로 실패합니다.',
		},
		'forbid-broadcast': {
			label: '브로드캐스트 금지',
			what: 'setsockopt(SO_BROADCAST, 0): 브로드캐스트 주소로 보내면 다시 EACCES로 실패합니다.',
		},
	},
	title: '소켓 실험',
	ofConnection: number => `서버의 연결 소켓 ${number}`,
	ofServer: '서버',
	usesLine: '입력 줄의 내용을 보냅니다.',
	usesSample: sample => `입력 줄이 비어 있으므로 예시 ${withParticle(`“${sample}”`, ['을', '를'])} 보냅니다.`,
	sampleSent: sample => `입력 줄이 비어 있어 예시 ${withParticle(`“${sample}”`, ['을', '를'])} 보냅니다`,
	reasons: {
		udp: {
			reset: 'UDP에는 연결이 없습니다: 리셋할 것이 없습니다.',
			'half-close': 'UDP에는 연결이 없습니다: 보낼 FIN이 없습니다.',
			reading: 'UDP에서는 읽지 않아도 보내는 쪽이 느려지지 않습니다: 수신 버퍼가 차면 버려집니다.',
		},
		noBroadcast: 'TCP는 상대 하나에게 연결합니다: 브로드캐스트는 UDP에만 있습니다.',
		noSocketYet: '아직 소켓이 없습니다: 처음 보낼 때 만들어집니다. 먼저 무엇이든 보내십시오.',
		oneSocketForAll: 'UDP 서버는 모든 클라이언트에 소켓 하나를 쓰며 연결이 없습니다: Tab으로 클라이언트에 갑니다.',
		chooseConnection: '선택한 연결 소켓이 없습니다: Left, Right로 선택합니다.',
		seriesFromClients: '연속 전송은 클라이언트가 합니다: Tab으로 클라이언트에 갑니다.',
		closedTcp: '여기에는 열린 연결이 없습니다: Esc o로 연결합니다.',
		closedUdp: '소켓이 닫혔습니다: Esc o로 새로 엽니다.',
		connecting: '아직 연결하는 중입니다.',
		finSent: '이 소켓은 이미 FIN을 보냈습니다: 쓰기는 끝났습니다.',
		seriesRunning: '연속 전송 중입니다: 0으로 보고, 거기서 s로 중지합니다.',
		noReport: '여기서 아직 연속 전송을 하지 않았습니다.',
	},
	hints: {
		move: '선택',
		doIt: '실행',
		back: '돌아가기',
		stop: '연속 전송 중지',
		acts: '이 소켓의 실험',
		otherConnection: '다른 연결 소켓',
	},
	prompt: {
		label: (client, kind) => `클라이언트 ${client}, ${kinds[kind]}:`,
		hints: {
			burst: 'Enter만: 100 at 50/s · 또는 99 at 5/s hello · Esc: 취소',
			repeat: 'Enter만: every 1s · 또는 every 250ms hello · Esc: 취소',
			load: 'Enter만: 20000 · 또는 1000000 hello · Esc: 취소',
		},
		problems: {
			form: '✗ 개수나 속도를 먼저 쓰십시오: 1000, 1000 at 50/s, every 1s',
			count: '✗ 메시지는 1개에서 1,000,000개까지',
			rate: '✗ at 0.001/s에서 1000000/s까지, 예: 100 at 10/s',
			interval: '✗ every 1ms에서 1h까지, 예: every 250ms',
		},
	},
	status: {
		notReading: '읽기 중지: 받은 데이터는 커널에 쌓입니다 · Esc b 3: 다시 읽기',
		notReadingTight: '읽기 중지 · Esc b 3: 다시 읽기',
		connectionNotReading: '읽기 중지: Esc b 3',
		connectionNotReadingTight: '읽기 중지',
		of: (sent, wanted) => `${formatCount(wanted)} 중 ${formatCount(sent)} 보냄`,
		untilStopped: sent => `${formatCount(sent)} 보냄, 중지할 때까지`,
		rate: rate => `${formatRate(rate)}/초`,
		stop: 'Esc b s: 중지',
	},
	report: {
		title: '연속 전송',
		of: (client, series) => `클라이언트 ${client}: ${series}`,
		running: '진행 중',
		afterStop: '중지한 뒤의 응답은 세지 않습니다; 행에는 나옵니다.',
		percent: percent => `${percent} %`,
		timing: '왕복 시간',
		noTiming: '측정값 없음',
		times: ({median, p90, p99, most}) =>
			`중앙값 ${formatElapsed(median)} · p90 ${formatElapsed(p90)} · p99 ${formatElapsed(p99)} · 최대 ${formatElapsed(most)}`,
		disorder: {answers: '응답 중', arrivals: '읽힌 것 중'},
		late: count => `늦음(1초 넘음) ${formatCount(count)}`,
		outOfOrder: count => `순서 바뀜 ${formatCount(count)}`,
		duplicates: count => `중복 ${formatCount(count)}`,
		throughput: {sent: '보냄', answers: '응답', arrivals: '읽힘'},
		noThroughput: '속도를 계산하기에 너무 적거나 짧음',
		flow: (rate, bytes) => `${formatRate(rate)}/초, ${formatBytes(Math.round(bytes))}/초`,
		within: (bytes, milliseconds) => `${formatBytes(bytes)}, ${formatElapsed(milliseconds)} 동안`,
	},
};

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

	return rate >= 1 ? `초당 ${formatRate(rate, 6)}개` : `${formatRate(1 / rate, 6)}초에 하나`;
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
		`연속 전송 종료(${ends[report.end]}): ${seriesSum(report, sum)} · Esc b: 모두 보기`,
};
