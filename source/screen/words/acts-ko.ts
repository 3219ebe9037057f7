import {
	formatBytes, formatCount, formatElapsed, formatRate,
} from './numbers.ts';
import type {actsEn} from './acts-en.ts';

const kinds = {burst: '잇달아 보내기', repeat: '되풀이', load: '부하'} as const;

/** What is said of the acts on one socket and of series of messages, in Korean. */
export const actsKo: typeof actsEn = {
	entries: {
		reset: {label: '리셋 (RST)', what: 'FIN 대신 RST로 연결을 끊습니다. 대기하던 것은 버려지고 상대의 다음 읽기는 실패합니다(ECONNRESET).'},
		'half-close': {label: '반만 닫기 (FIN)', what: 'FIN을 보냅니다. 여기서는 더 쓰지 않고 오는 것은 계속 읽습니다. 상대는 스트림의 끝을 읽습니다.'},
		reading: {label: '읽기 멈추기', what: '더 읽지 않습니다. 오는 것이 여기 버퍼를, 다음엔 보내는 쪽 버퍼를 채웁니다. 저쪽의 대기 바이트와 Esc v의 큐를 보십시오.'},
		'read-again': {label: '다시 읽기', what: '이어서 읽습니다. 쌓인 것이 몇 번의 큰 읽기로 들어오고 보내는 쪽도 이어집니다.'},
		'split-character': {label: '글자 자르기', what: '0.2초 사이로 두 번 보냅니다. 첫 번은 여러 바이트인 글자 안에서 끝납니다. 읽을 때마다 어떻게 보이는지 보십시오.'},
		'two-writes': {label: '두 번 쓰기', what: '글을 반씩 잇달아 씁니다. TCP는 한 번에 읽힐 수 있고, UDP는 데이터그램 둘로 남습니다.'},
		'two-writes-pause': {label: '쉬고 두 번 쓰기', what: '같은 것을 0.2초 쉬고 씁니다. 대개 두 번에 읽힙니다. TCP는 어느 쪽도 약속하지 않습니다.'},
		burst: {label: '잇달아 보내기', what: '정한 빠르기로 보내며 하나하나 셉니다: 보냄 = 응답 + 유실 + 실패 + 대기. 몇 개인지는 다음에 묻습니다.'},
		repeat: {label: '되풀이', what: 'Esc b s로 멈출 때까지 일정한 사이를 두고 보냅니다. 얼마마다인지는 다음에 묻습니다.'},
		load: {label: '부하', what: '백만 개까지 되는 대로 빨리 보냅니다. 처리량, 유실, 왕복 시간을 보십시오. 몇 개인지는 다음에 묻습니다.'},
		report: {label: '보고', what: '마지막으로 잇달아 보낸 메시지들이 어떻게 되었는지, 모든 수치.'},
	},
	title: '부숴 보기',
	ofConnection: number => `서버의 연결 ${number}`,
	ofServer: '서버',
	usesLine: '줄에 쓴 것을 보냅니다.',
	usesSample: sample => `줄이 비었으므로 예 “${sample}” 글을 보냅니다.`,
	sampleSent: sample => `줄이 비어 예 “${sample}” 글을 보냅니다`,
	reasons: {
		udp: {
			reset: 'UDP에는 연결이 없습니다: 리셋할 것이 없습니다.',
			'half-close': 'UDP에는 연결이 없습니다: 보낼 FIN이 없습니다.',
			reading: 'UDP는 보내는 쪽을 막지 않습니다: 읽지 않으면 수신 버퍼가 찰 때 버려집니다.',
		},
		oneSocketForAll: 'UDP 서버는 모두에게 소켓 하나이고 연결이 없습니다: Tab으로 클라이언트에 갑니다.',
		chooseConnection: '고른 연결이 없습니다: ← →로 고릅니다.',
		seriesFromClients: '메시지는 클라이언트가 잇달아 보냅니다: Tab으로 갑니다.',
		closedTcp: '여기에는 열린 연결이 없습니다: Esc o로 연결합니다.',
		closedUdp: '소켓이 닫혔습니다: Esc o로 새로 엽니다.',
		connecting: '아직 연결하는 중입니다.',
		finSent: 'FIN 뒤에는 여기서 더 쓸 수 없습니다.',
		seriesRunning: '여기서 메시지를 잇달아 보내는 중입니다: 0으로 보고, 거기서 s로 멈춥니다.',
		noReport: '여기서 아직 메시지를 잇달아 보내지 않았습니다.',
	},
	hints: {
		move: '고르기',
		doIt: '하기',
		back: '돌아가기',
		stop: '멈추기',
		acts: '이 소켓에 하는 일',
		otherConnection: '다른 연결',
	},
	prompt: {
		label: (client, kind) => `클라이언트 ${client}, ${kinds[kind]}:`,
		hints: {
			burst: 'Enter만: 100 at 50/s · 또는 99 at 5/s hello · Esc 취소',
			repeat: 'Enter만: every 1s · 또는 every 250ms hello · Esc 취소',
			load: 'Enter만: 20000 · 또는 1000000 hello · Esc 취소',
		},
		problems: {
			form: '✗ 개수나 빠르기가 먼저: 1000, 1000 at 50/s, every 1s',
			count: '✗ 메시지는 1개에서 1,000,000개까지',
			rate: '✗ at 0.001/s에서 1000000/s까지, 보기: 100 at 10/s',
			interval: '✗ every 1ms에서 1h까지, 보기: every 250ms',
		},
	},
	status: {
		notReading: '읽지 않음: 오는 것은 커널에 쌓입니다 · Esc b 3: 다시 읽기',
		notReadingTight: '읽지 않음 · Esc b 3: 다시 읽기',
		connectionNotReading: '읽지 않음: Esc b 3',
		connectionNotReadingTight: '읽지 않음',
		of: (sent, wanted) => `${formatCount(wanted)} 중 ${formatCount(sent)} 보냄`,
		untilStopped: sent => `${formatCount(sent)} 보냄, 멈출 때까지`,
		rate: rate => `${formatRate(rate)}/초`,
		stop: 'Esc b s: 멈추기',
	},
	report: {
		title: '잇달아 보내기',
		of: (client, series) => `클라이언트 ${client}: ${series}`,
		running: '보내는 중',
		afterStop: '멈춘 뒤에 온 것은 세지 않았습니다: 줄에는 있습니다.',
		percent: percent => `${percent} %`,
		timing: '왕복 시간',
		noTiming: '잰 것이 없음',
		times: ({median, p90, p99, most}) =>
			`중앙값 ${formatElapsed(median)} · 90 % ${formatElapsed(p90)} · 99 % ${formatElapsed(p99)} · 최대 ${formatElapsed(most)}`,
		disorder: {answers: '응답 가운데', arrivals: '읽힌 것 중'},
		late: count => `늦음(1초 넘음) ${formatCount(count)}`,
		outOfOrder: count => `순서 뒤바뀜 ${formatCount(count)}`,
		duplicates: count => `중복 ${formatCount(count)}`,
		throughput: {sent: '보냄', answers: '응답', arrivals: '읽힘'},
		noThroughput: '빠르기를 말하기엔 너무 적거나 짧음',
		flow: (rate, bytes) => `${formatRate(rate)}/초, ${formatBytes(Math.round(bytes))}/초`,
		within: (bytes, milliseconds) => `${formatBytes(bytes)}, ${formatElapsed(milliseconds)} 동안`,
	},
};
