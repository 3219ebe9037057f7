import type {SeriesKind} from '../../overlays/modes.ts';
import {
	formatBytes, formatCount, formatElapsed, formatRate,
} from '../values/numbers.ts';
import {seriesSum, type SumWords} from '../values/series-sum.ts';
import type {SeriesReport} from '../../../log/reports.ts';
import {withParticle} from '../values/particle.ts';
import {type Both, both, en} from '../both.ts';

type RoundTrips = NonNullable<SeriesReport['roundTrip']>;

const kinds: Readonly<Record<SeriesKind, Both<string>>> = {
	burst: en('burst').ko('연속 전송'), repeat: en('repeat').ko('반복 전송'), load: en('load').ko('부하'),
};

/** What is said of the acts on one socket and of series of messages. */
export const actsWords = {
	entries: {
		reset: {
			label: en('reset (RST)').ko('리셋 (RST)'),
			what: en('Ends the connection with RST instead of FIN: unsent data is dropped, the other end\'s next read fails (ECONNRESET).')
				.ko('FIN 대신 RST로 연결을 끊습니다. 아직 전송되지 않은 데이터는 버려지고 상대의 다음 읽기는 실패합니다(ECONNRESET).'),
		},
		'half-close': {
			label: en('half-close (FIN)').ko('half-close(한쪽 종료, FIN)'),
			what: en('Sends FIN: writing ends here, reading goes on. A server of the playground that gets it closes, too, except with the rule manual.')
				.ko('FIN을 보냅니다. 이쪽의 쓰기는 끝나고 읽기는 계속됩니다. 이것을 받은 플레이그라운드의 서버는 닫습니다(규칙 manual은 열어 둡니다).'),
		},
		reading: {
			label: en('stop reading').ko('읽기 중지'),
			what: en('Stops reading: data fills the buffers here, then the sender\'s. Watch the bytes queued there; Esc 4: the queues.')
				.ko('읽지 않습니다. 데이터가 여기 버퍼를, 다음에는 보내는 쪽 버퍼를 채웁니다. 보내는 쪽의 전송 대기 바이트와 Esc 4의 큐를 보십시오.'),
		},
		'read-again': {
			label: en('read again').ko('다시 읽기'),
			what: en('Reads again: the queued data comes in a few large reads, and the sender goes on.')
				.ko('다시 읽습니다. 쌓인 데이터가 몇 번의 큰 읽기로 들어오고 보내는 쪽도 계속 보냅니다.'),
		},
		'split-character': {
			label: en('split a character').ko('문자 자르기'),
			what: en('Two sends 0.2 s apart, the first ends inside a character of several bytes. Watch what each read shows of it.')
				.ko('0.2초 간격으로 두 번 보냅니다. 첫 번째는 여러 바이트인 문자 안에서 끝납니다. 읽을 때마다 어떻게 보이는지 보십시오.'),
		},
		'two-writes': {
			label: en('two writes').ko('두 번 쓰기'),
			what: en('The text in two halves, one right after the other. TCP may read them as one; in UDP they stay two datagrams.')
				.ko('텍스트를 반씩 이어서 씁니다. TCP는 한 번에 읽힐 수 있고, UDP는 데이터그램 두 개로 남습니다.'),
		},
		'two-writes-pause': {
			label: en('two writes, pause').ko('쉬고 두 번 쓰기'),
			what: en('The same 0.2 s apart: most likely two reads now. TCP promises neither.')
				.ko('같은 것을 0.2초 간격으로 씁니다. 대개 두 번에 읽힙니다. TCP는 어느 쪽도 보장하지 않습니다.'),
		},
		burst: {
			label: en('burst').ko('연속 전송'),
			what: en('Messages at a rate, each counted: sent = answered + lost + failed + waiting. The count is asked next.')
				.ko('정한 속도로 보내며 하나씩 셉니다: 보냄 = 응답 + 유실 + 실패 + 대기. 개수는 다음에 묻습니다.'),
		},
		repeat: en({label: 'repeat', what: 'A message at an interval, until Esc b s stops it. The interval is asked next.'})
			.ko({label: '반복 전송', what: 'Esc b s로 중지할 때까지 일정한 간격으로 보냅니다. 간격은 다음에 묻습니다.'}),
		load: {
			label: en('load').ko('부하'),
			what: en('Up to a million messages as fast as possible: watch throughput, losses and round trips. The count is asked next.')
				.ko('백만 개까지 최대한 빠르게 보냅니다. 처리량, 유실, 왕복 시간을 보십시오. 개수는 다음에 묻습니다.'),
		},
		report: en({label: 'report', what: 'The last series of messages, every figure.'})
			.ko({label: '결과', what: '마지막 연속 전송의 모든 수치.'}),
		broadcast: {
			label: en('allow broadcast').ko('브로드캐스트 허용'),
			what: en('setsockopt(SO_BROADCAST, 1): without it a send to a broadcast address, such as 255.255.255.255, fails with EACCES.')
				.ko('setsockopt(SO_BROADCAST, 1): 이것이 없으면 255.255.255.255 같은 브로드캐스트 주소로 보낼 때 EACCES로 실패합니다.'),
		},
		'forbid-broadcast': {
			label: en('forbid broadcast').ko('브로드캐스트 금지'),
			what: en('setsockopt(SO_BROADCAST, 0): a send to a broadcast address fails with EACCES again.')
				.ko('setsockopt(SO_BROADCAST, 0): 브로드캐스트 주소로 보내면 다시 EACCES로 실패합니다.'),
		},
	},
	title: en('TRY ON THIS SOCKET').ko('소켓 실험'),
	ofConnection: en((number: number) => `connection ${number}`).ko(number => `서버의 연결 소켓 ${number}`),
	ofServer: en('the server').ko('서버'),
	usesLine: en('Sends the text in the line.').ko('입력 줄의 내용을 보냅니다.'),
	usesSample: en((sample: string) => `Nothing is typed in the line: sends the sample “${sample}”.`)
		.ko(sample => `입력 줄이 비어 있으므로 예시 ${withParticle(`“${sample}”`, ['을', '를'])} 보냅니다.`),
	sampleSent: en((sample: string) => `the line was empty: the sample “${sample}” goes instead`)
		.ko(sample => `입력 줄이 비어 있어 예시 ${withParticle(`“${sample}”`, ['을', '를'])} 보냅니다`),
	reasons: {
		udp: {
			reset: en('UDP has no connection: there is nothing to reset.').ko('UDP에는 연결이 없습니다: 리셋할 것이 없습니다.'),
			'half-close': en('UDP has no connection: there is no FIN to send.').ko('UDP에는 연결이 없습니다: 보낼 FIN이 없습니다.'),
			reading: en('UDP does not throttle the sender: unread datagrams are dropped when the receive buffer is full.')
				.ko('UDP에서는 읽지 않아도 보내는 쪽이 느려지지 않습니다: 수신 버퍼가 차면 버려집니다.'),
		},
		noBroadcast: en('TCP connects to one peer: only UDP has broadcast.')
			.ko('TCP는 상대 하나에게 연결합니다: 브로드캐스트는 UDP에만 있습니다.'),
		noSocketYet: en('There is no socket yet: the first send makes it. Send something first.')
			.ko('아직 소켓이 없습니다: 처음 보낼 때 만들어집니다. 먼저 무엇이든 보내십시오.'),
		oneSocketForAll: en('The UDP server has one socket for all, and no connection: Tab goes to a client.')
			.ko('UDP 서버는 모든 클라이언트에 소켓 하나를 쓰며 연결이 없습니다: Tab으로 클라이언트에 갑니다.'),
		chooseConnection: en('No connection is chosen: Left and Right choose one.')
			.ko('선택한 연결 소켓이 없습니다: Left, Right로 선택합니다.'),
		noConnection: en('No connection is open: a client has to connect first.')
			.ko('열린 연결이 없습니다: 먼저 클라이언트가 연결해야 합니다.'),
		seriesFromClients: en('Series of messages are sent by a client: Tab goes to one.')
			.ko('연속 전송은 클라이언트가 합니다: Tab으로 클라이언트에 갑니다.'),
		closedTcp: en('No connection is open here: Esc o connects.').ko('여기에는 열린 연결이 없습니다: Esc o로 연결합니다.'),
		closedUdp: en('The socket is closed: Esc o opens a new one.').ko('소켓이 닫혔습니다: Esc o로 새로 엽니다.'),
		connecting: en('It is still connecting.').ko('아직 연결하는 중입니다.'),
		finSent: en('This socket has sent its FIN: writing has ended.').ko('이 소켓은 이미 FIN을 보냈습니다: 쓰기는 끝났습니다.'),
		seriesRunning: en('A series of messages is being sent from here: 0 shows it, s stops it there.')
			.ko('연속 전송 중입니다: 0으로 보고, 거기서 s로 중지합니다.'),
		noReport: en('No series of messages has been sent from here yet.').ko('여기서 아직 연속 전송을 하지 않았습니다.'),
	},
	hints: {
		move: en('choose').ko('선택'),
		doIt: en('do it').ko('실행'),
		back: en('back').ko('돌아가기'),
		stop: en('stop the series').ko('연속 전송 중지'),
		acts: en('acts on this socket').ko('이 소켓의 실험'),
		otherConnection: en('other connection').ko('다른 연결 소켓'),
	},
	prompt: {
		label: en((client: number, kind: SeriesKind) => `client ${client}, ${kinds[kind].en}:`)
			.ko((client, kind) => `클라이언트 ${client}, ${kinds[kind].ko}:`),
		hints: {
			burst: en('just Enter: 100 at 50/s · or 99 at 5/s hello · Esc cancels')
				.ko('Enter만: 100 at 50/s · 또는 99 at 5/s hello · Esc: 취소'),
			repeat: en('just Enter: every 1s · or every 250ms hello · Esc cancels')
				.ko('Enter만: every 1s · 또는 every 250ms hello · Esc: 취소'),
			load: en('just Enter: 20000 · or 1000000 hello · Esc cancels')
				.ko('Enter만: 20000 · 또는 1000000 hello · Esc: 취소'),
		},
		problems: {
			form: en('✗ a count or a pace first: 1000, 1000 at 50/s, every 1s')
				.ko('✗ 개수나 속도를 먼저 쓰십시오: 1000, 1000 at 50/s, every 1s'),
			count: en('✗ from 1 to 1,000,000 messages').ko('✗ 메시지는 1개에서 1,000,000개까지'),
			rate: en('✗ at 0.001/s to 1000000/s, such as: 100 at 10/s')
				.ko('✗ at 0.001/s에서 1000000/s까지, 예: 100 at 10/s'),
			interval: en('✗ every 1ms to 1h, such as: every 250ms').ko('✗ every 1ms에서 1h까지, 예: every 250ms'),
		},
	},
	status: {
		notReading: en('reading stopped: received data waits in the kernel · Esc b 3 reads again')
			.ko('읽기 중지: 받은 데이터는 커널에 쌓입니다 · Esc b 3: 다시 읽기'),
		notReadingTight: en('reading stopped · Esc b 3 reads again').ko('읽기 중지 · Esc b 3: 다시 읽기'),
		connectionNotReading: en('not reading: Esc b 3').ko('읽기 중지: Esc b 3'),
		connectionNotReadingTight: en('not reading').ko('읽기 중지'),
		of: en((sent: number, wanted: number) => `${formatCount(sent)} of ${formatCount(wanted)} sent`)
			.ko((sent, wanted) => `${formatCount(wanted)} 중 ${formatCount(sent)} 보냄`),
		untilStopped: en((sent: number) => `${formatCount(sent)} sent, until stopped`)
			.ko(sent => `${formatCount(sent)} 보냄, 중지할 때까지`),
		rate: en((rate: number) => `${formatRate(rate)}/s`).ko(rate => `${formatRate(rate)}/초`),
		stop: en('Esc b s stops').ko('Esc b s: 중지'),
	},
	report: {
		title: en('SERIES').ko('연속 전송'),
		of: en((client: number, series: string) => `client ${client}: ${series}`)
			.ko((client, series) => `클라이언트 ${client}: ${series}`),
		running: en('under way').ko('진행 중'),
		afterStop: en('Answers after the stop are not counted; the rows show them.')
			.ko('중지한 뒤의 응답은 세지 않습니다; 행에는 나옵니다.'),
		percent: (percent: number) => `${percent} %`,
		timing: en('round trip').ko('왕복 시간'),
		noTiming: en('nothing timed').ko('측정값 없음'),
		times: both(({median, p90, p99, most, isNear}: RoundTrips) => {
			const [middle, nine, last] = [median, p90, p99].map(time => formatElapsed(time, isNear));
			const longest = formatElapsed(most);
			return en(`median ${middle} · p90 ${nine} · p99 ${last} · longest ${longest}`)
				.ko(`중앙값 ${middle} · p90 ${nine} · p99 ${last} · 최대 ${longest}`);
		}),
		disorder: en({answers: 'of the answers', arrivals: 'of those read'}).ko({answers: '응답 중', arrivals: '읽힌 것 중'}),
		late: en((count: number) => `${formatCount(count)} late (over 1 s)`)
			.ko(count => `늦음(1초 넘음) ${formatCount(count)}`),
		outOfOrder: en((count: number) => `${formatCount(count)} out of order`)
			.ko(count => `순서 바뀜 ${formatCount(count)}`),
		duplicates: en((count: number) => `${formatCount(count)} duplicate${count === 1 ? '' : 's'}`)
			.ko(count => `중복 ${formatCount(count)}`),
		throughput: en({sent: 'sent', answers: 'answered', arrivals: 'read'})
			.ko({sent: '보냄', answers: '응답', arrivals: '읽힘'}),
		noThroughput: en('too few, or too short, for a rate').ko('속도를 계산하기에 너무 적거나 짧음'),
		flow: en((rate: number, bytes: number) => `${formatRate(rate)}/s, ${formatBytes(Math.round(bytes))}/s`)
			.ko((rate, bytes) => `${formatRate(rate)}/초, ${formatBytes(Math.round(bytes))}/초`),
		within: en((bytes: number, milliseconds: number) => `${formatBytes(bytes)} in ${formatElapsed(milliseconds)}`)
			.ko((bytes, milliseconds) => `${formatBytes(bytes)}, ${formatElapsed(milliseconds)} 동안`),
	},
};

const sum = en<SumWords>({
	sent: ['sent', 'sent'],
	answered: ['answered', 'answered'],
	read: ['read by the server', 'read'],
	lostByLink: ['lost by the link', 'link'],
	droppedByKernel: ['dropped by the kernel', 'kernel'],
	failed: ['failed', 'failed'],
	waiting: ['waiting', 'waiting'],
}).ko({
	sent: ['보냄', '보냄'],
	answered: ['응답', '응답'],
	read: ['서버가 읽음', '읽음'],
	lostByLink: ['링크 유실', '링크'],
	droppedByKernel: ['커널에서 버려짐', '커널'],
	failed: ['실패', '실패'],
	waiting: ['대기', '대기'],
});

const ends: Readonly<Record<SeriesReport['end'], Both<string>>> = {
	done: en('done').ko('완료'),
	stopped: en('stopped').ko('중지됨'),
	'client-closed': en('the socket was closed').ko('소켓이 닫힘'),
};

/** How fast a series goes. */
function pace(rate: number | undefined): Both<string> {
	if (rate === undefined) {
		return en('as fast as possible').ko('최대한 빠르게');
	}

	return rate >= 1
		? en(`${formatRate(rate, 6)} a second`).ko(`초당 ${formatRate(rate, 6)}개`)
		: en(`one every ${formatRate(1 / rate, 6)} s`).ko(`${formatRate(1 / rate, 6)}초에 하나`);
}

/** How many messages a series has, and how fast it goes. */
function plan(count: number | undefined, rate: number | undefined): Both<string> {
	const fast = pace(rate);
	return count === undefined
		? en(`messages until stopped, ${fast.en}`).ko(`중지할 때까지, ${fast.ko}`)
		: en(`${formatCount(count)} message${count === 1 ? '' : 's'}, ${fast.en}`)
			.ko(`메시지 ${formatCount(count)}개, ${fast.ko}`);
}

export function seriesStarted(count: number | undefined, rate: number | undefined): Both<string> {
	const planned = plan(count, rate);
	return en(`series begins: ${planned.en}`).ko(`연속 전송 시작: ${planned.ko}`);
}

export function seriesEnded(report: SeriesReport): Both<string> {
	const end = ends[report.end];
	return en(`series ends (${end.en}): ${seriesSum(report, sum.en)} · Esc b shows all of it`)
		.ko(`연속 전송 종료(${end.ko}): ${seriesSum(report, sum.ko)} · Esc b: 모두 보기`);
}

/** What is said of a series of messages. */
export const seriesWords = {sum, ends, plan: both(plan)};
