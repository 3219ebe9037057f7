import type {Protocol} from '../../../log/event.ts';
import {
	allowedValues, type ConditionKind, type ConditionName, conditionsFault, type ConditionsProblem,
} from '../../../link/conditions-problem.ts';
import {allowedText} from '../../../text/files/allowed.ts';
import {faultText} from '../../../text/files/file-problem.ts';
import type {LinkRow} from '../../overlays/link/link-rows.ts';
import {shortDuration} from '../../../text/quantities.ts';
import {formatCount, formatExactBytes} from '../../../text/numbers.ts';
import {allowedKo, faultsKo} from '../input/faults-ko.ts';
import {type Both, both, en} from '../both.ts';

const rows: Readonly<Record<LinkRow, Both<string>>> = {
	preset: en('preset').ko('프리셋 preset'),
	loss: en('loss').ko('유실 loss'),
	delay: en('delay').ko('지연 delay'),
	jitter: en('jitter').ko('지터 jitter'),
	duplication: en('duplication').ko('중복 duplication'),
	reordering: en('reordering').ko('순서 바뀜 reordering'),
	corruption: en('corruption').ko('손상 corruption'),
	rate: en('rate').ko('속도 rate'),
	queue: en('queue').ko('큐 queue'),
	slice: en('slice').ko('조각 slice'),
	pause: en('pause').ko('멈춤 간격 pause'),
	stall: en('stall').ko('정지 stall'),
	next: en('lose the next one').ko('다음 데이터그램 유실'),
};

type Explained = Readonly<Partial<Record<Exclude<LinkRow, 'preset'>, Both<string>>>>;

/** What each condition does to datagrams, and what to watch in the panes. */
const datagrams: Explained = {
	loss: en('The share that is lost. Watch: "lost by the link" at the sender, no row at the receiver, no error.')
		.ko('유실되는 비율. 보낸 쪽에 "링크에서 유실", 받는 쪽에는 행도 오류도 없습니다.'),
	delay: en('How long a datagram takes. Watch: +ms at the sender, the later row at the receiver, rtt.')
		.ko('데이터그램이 가는 데 걸리는 시간. 보낸 쪽의 +ms, 받는 쪽의 늦은 행, rtt를 보십시오.'),
	jitter: en('How much the delay varies, up and down. Watch: the order of arrival. Without a delay it does nothing.')
		.ko('지연이 위아래로 변하는 폭. 도착 순서를 보십시오. 지연이 없으면 효과가 없습니다.'),
	duplication: en('The share that arrives twice. Watch: "2 copies" at the sender, two rows at the receiver.')
		.ko('두 번 도착하는 비율. 보낸 쪽에 "중복 2개", 받는 쪽에 두 행이 나옵니다.'),
	reordering: en('The share that is delayed by 500 ms, so that later ones arrive first. Watch the receiver\'s order.')
		.ko('500 ms 지연되어 나중 것이 먼저 도착하는 비율. 받는 쪽의 순서를 보십시오.'),
	corruption: en('The share with one byte changed. The checksum is made after that: no socket notices.')
		.ko('한 바이트가 바뀌는 비율. 체크섬은 그 뒤에 계산되므로 어느 소켓도 알아채지 못합니다.'),
	rate: en('Bytes per second, shared by all sockets. Faster data waits in the queue. Watch: +ms grows.')
		.ko('초당 바이트, 모든 소켓이 나눕니다. 더 빠른 데이터는 큐에서 대기합니다. 커지는 +ms를 보십시오.'),
	queue: en('Bytes that may wait for the rate. A datagram that would overflow it is lost: "link queue full".')
		.ko('전송을 대기할 수 있는 바이트. 넘치는 데이터그램은 유실됩니다: "큐가 가득 참".'),
	next: en('Exactly the next datagram in this direction is lost. Watch: "as ordered" at its sender.')
		.ko('이 방향의 바로 다음 데이터그램 하나가 유실됩니다. 보낸 쪽에 "지정한 대로"가 나옵니다.'),
};

const streams: Explained = {
	...datagrams,
	delay: en('How long each segment takes. Watch: "on the link" at the writer, the later read, rtt.')
		.ko('세그먼트가 가는 데 걸리는 시간. 쓴 쪽의 "링크에 있음", 늦어진 읽기, rtt를 보십시오.'),
	jitter: en('How much the delay varies, up and down. Bytes stay in order: early ones wait for late ones.')
		.ko('지연이 위아래로 변하는 폭. 바이트의 순서는 바뀌지 않습니다: 이른 것이 늦은 것을 기다립니다.'),
	rate: en('Bytes per second, shared by all connections. Nothing is lost: faster data waits at the writer.')
		.ko('초당 바이트, 모든 연결이 나눕니다. 유실은 없고, 더 빠른 데이터는 쓰는 쪽에서 대기합니다.'),
	slice: en('Writes are cut into segments of this size. With a pause, one write becomes several reads.')
		.ko('쓰기를 이 크기의 세그먼트로 자릅니다. 멈춤 간격이 있으면 쓰기 하나가 여러 번에 읽힙니다.'),
	pause: en('How long the link rests after each segment. Without it reads may join segments. Needs a slice.')
		.ko('세그먼트마다 링크가 멈추는 시간. 없으면 한꺼번에 읽힐 수 있습니다. 조각(slice)이 필요합니다.'),
	stall: en('Nothing moves: no byte, no FIN. Switched off, all waiting data arrives. Watch: "on the link".')
		.ko('바이트도 FIN도 이동하지 않습니다. 끄면 대기하던 데이터가 모두 도착합니다. "링크에 있음"을 보십시오.'),
};

export const linkWords = {
	losses: {
		loss: en('lost by the link').ko('링크에서 유실'),
		queue: en('lost: link queue full').ko('유실: 링크의 큐가 가득 참'),
		next: en('lost by the link, as ordered').ko('지정한 대로 링크에서 유실'),
		full: en('lost: link limit reached').ko('유실: 링크의 한도에 도달'),
	},
	shortLoss: en('lost (link)').ko('유실(링크)'),
	by: en((what: string) => `link: ${what}`).ko(what => `링크: ${what}`),
	later: (milliseconds: number) => `+${shortDuration(milliseconds)}`,
	copies: en((count: number) => `${formatCount(count)} copies`).ko(count => `중복 ${formatCount(count)}개`),
	copyOf: en((write: string, copy: number) => `${write} (${copy === 1 ? '1st' : '2nd'} copy)`)
		.ko((write, copy) => `${write}(${copy === 1 ? '첫째' : '둘째'} 사본)`),
	corrupted: en((at: number) => `byte ${formatCount(at + 1)} changed`).ko(at => `${formatCount(at + 1)}번째 바이트 바뀜`),
	corruptedCopy: en((at: number, copy: number) => `byte ${formatCount(at + 1)} of copy ${copy} changed`)
		.ko((at, copy) => `${copy === 1 ? '첫째' : '둘째'} 사본의 ${formatCount(at + 1)}번째 바이트 바뀜`),
	heldBack: en('held back').ko('지연됨'),
	overtakenBy: en((write: number) => `arrived after write ${formatCount(write)}`)
		.ko(write => `쓰기 ${formatCount(write)}보다 늦게 도착`),
	segments: en((count: number) => `in ${formatCount(count)} segments`).ko(count => `${formatCount(count)}조각`),
	onTheLink: en((bytes: number) => `${formatExactBytes(bytes)} on the link`)
		.ko(bytes => `${formatExactBytes(bytes)} 링크에 있음`),
	stillThere: en('on the link').ko('링크에 있음'),
	discarded: en('never left the link: closed').ko('소켓이 닫혀 링크에서 나가지 못함'),
	shortDiscarded: en('never left the link').ko('링크에서 못 나감'),
	refused: en('refused by the OS').ko('운영체제가 거부'),
	ofCopies: en((count: number, of: number, what: string) => `${count} of ${of} copies ${what}`)
		.ko((count, of, what) => `사본 ${of}개 중 ${count}개 ${what}`),
	shortOfCopies: en((count: number, of: number, what: string) => `${count} of ${of} ${what}`)
		.ko((count, of, what) => `${of}개 중 ${count}개 ${what}`),
	ofBytes: (bytes: number, what: string) => `${formatExactBytes(bytes)} ${what}`,
	panel: {
		title: en('SIMULATED LINK').ko('네트워크 시뮬레이션'),
		about: en((protocol: Protocol, isLaboratory: boolean, isRelay: boolean) =>
			`${isLaboratory ? 'laboratory, ' : ''}for what ${isRelay ? 'the relay' : 'this program'}'s ${protocol.toUpperCase()} sockets send`)
			.ko((protocol, isLaboratory, isRelay) =>
				`${isLaboratory ? '실험실, ' : ''}${isRelay ? '릴레이' : '이 프로그램'}의 ${protocol.toUpperCase()} 송신`),
		seed: en((seed: number) => `seed ${seed}`).ko(seed => `시드 ${seed}`),
		rows,
		columns: {
			'to-server': en('clients → server').ko('클라이언트 → 서버'),
			'to-clients': en('server → clients').ko('서버 → 클라이언트'),
			both: en('both ways').ko('양쪽'),
		},
		ofRelay: {
			'to-server': en('relay → target').ko('릴레이 → 대상'),
			'to-clients': en('relay → clients').ko('릴레이 → 클라이언트'),
			both: en('both ways').ko('양쪽'),
		},
		custom: en('custom').ko('맞춤'),
		nextOrdered: en('ordered').ko('지정됨'),
		nothing: '—',
		onTheLink: en('on the link now').ko('지금 링크에 있음'),
		presets: {
			perfect: en('does nothing').ko('효과 없음'),
			pinger: en('the textbook\'s UDP pinger lab, 30 % of the requests are lost')
				.ko('교재의 UDP pinger 실습, 요청의 30 %가 유실'),
			wifi: en('a busy wireless network').ko('붐비는 무선망'),
			mobile: en('a phone that moves').ko('이동 중인 휴대전화'),
			satellite: en('one way over a geostationary satellite').ko('정지 궤도 위성을 거치는 한 방향'),
			lossy: en('30 % lost and 100 ms, each way').ko('방향마다 30 % 유실, 100 ms'),
			hostile: en('everything that can go wrong, often').ko('모든 문제가 자주 발생'),
		},
		presetIs: (name: string, about: string) => `${name}: ${about}.`,
		overTcp: en((conditions: string) => conditions === 'perfect' ? 'over TCP nothing' : `over TCP only ${conditions}`)
			.ko(conditions => conditions === 'perfect' ? 'TCP에서는 효과 없음' : `TCP에서는 ${conditions}만`),
		presetHow: en('p is the next one; Enter takes a name, or name=value,name=value …')
			.ko('p: 다음 프리셋; Enter: 프리셋이나 name=value,name=value …'),
		explained: both((protocol: Protocol, row: Exclude<LinkRow, 'preset'>) =>
			(protocol === 'udp' ? datagrams : streams)[row] ?? en('').ko('')),
		whyNoLoss: en('TCP bytes cannot be dropped here: loss below TCP shows up as delay.')
			.ko('여기서 TCP 바이트는 유실되지 않습니다: TCP 아래의 유실은 지연으로 나타납니다.'),
		notSimulated: en('Not delayed: connecting, close() (it drops what is on the link). A half-close is.')
			.ko('지연 없음: 연결, close()(링크에 있던 데이터는 버려짐). half-close는 지연됩니다.'),
		notOurs: en('The server is another program: server → clients does nothing.')
			.ko('서버가 다른 프로그램이므로 서버 → 클라이언트는 효과가 없습니다.'),
		noDatagrams: en('TCP has no datagrams to lose.').ko('TCP에는 유실될 데이터그램이 없습니다.'),
		changing: en((row: LinkRow, column: string) => `${row === 'preset' ? 'link' : rows[row].en}, ${column}:`)
			.ko((row, column) => `${row === 'preset' ? '링크' : rows[row].ko}, ${column}:`),
		allowed: en((name: ConditionName, kind: ConditionKind) => `${name} takes ${allowedText(allowedValues[kind])}.`)
			.ko((name, kind) => `${name}: ${allowedText(allowedValues[kind], allowedKo)}.`),
		hint: en('Esc cancels').ko('Esc: 취소'),
		problem: en((problem: ConditionsProblem) => faultText(conditionsFault(problem)))
			.ko(problem => faultText(conditionsFault(problem), faultsKo)),
		newSeed: en('seed:').ko('시드(seed):'),
		allowedSeed: en('The seed decides all random choices of every scene: a whole number from 0 to 4294967295.')
			.ko('시드(seed)가 모든 장면의 무작위 선택을 정합니다: 0~4294967295의 정수.'),
		wrongSeed: en('a whole number from 0 to 4294967295').ko('0~4294967295의 정수'),
		keys: {
			row: en('row').ko('줄'),
			column: en('direction').ko('방향'),
			change: en('change').ko('변경'),
			step: en('step').ko('한 단계'),
			preset: en('preset').ko('프리셋'),
			perfect: 'perfect',
			loseNext: en('lose next').ko('다음 1개 유실'),
			seed: en('seed').ko('시드'),
			randomSeed: en('random seed').ko('임의의 시드'),
		},
		header: {
			perfect: en((name: string) => `link: ${name}`).ko(name => `시뮬레이션: ${name}`),
			simulated: en((names: string) => `simulated link: ${names}`).ko(names => `네트워크 시뮬레이션: ${names}`),
			short: en((names: string) => `sim. link: ${names}`).ko(names => `시뮬레이션: ${names}`),
			shortest: en('sim. link').ko('시뮬레이션'),
			losesNext: en('loses next').ko('다음 1개 유실'),
		},
	},
};
