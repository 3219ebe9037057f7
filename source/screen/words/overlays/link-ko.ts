import type {Protocol} from '../../../log/event.ts';
import {allowedValues, type ConditionName, conditionsFault} from '../../../link/conditions-problem.ts';
import type {LinkColumn} from '../../overlays/link/link-rows.ts';
import {allowedText} from '../../../text/files/allowed.ts';
import {faultText} from '../../../text/files/file-problem.ts';
import {shortDuration} from '../../../text/quantities.ts';
import {formatCount, formatExactBytes} from '../values/numbers.ts';
import {allowedKo, faultsKo} from '../input/faults-ko.ts';
import type {linkEn} from './link-en.ts';

const rows: (typeof linkEn)['panel']['rows'] = {
	preset: '프리셋 preset',
	loss: '유실 loss',
	delay: '지연 delay',
	jitter: '지터 jitter',
	duplication: '중복 duplication',
	reordering: '순서 바뀜 reordering',
	corruption: '손상 corruption',
	rate: '속도 rate',
	queue: '큐 queue',
	slice: '조각 slice',
	pause: '멈춤 간격 pause',
	stall: '정지 stall',
	next: '다음 데이터그램 유실',
};

const columns: Readonly<Record<LinkColumn, string>> = {
	'to-server': '클라이언트 → 서버', 'to-clients': '서버 → 클라이언트', both: '양쪽',
};

/** The same on a relay, whose own sockets alone have a link. */
const ofRelay: Readonly<Record<LinkColumn, string>> = {
	'to-server': '릴레이 → 대상', 'to-clients': '릴레이 → 클라이언트', both: '양쪽',
};

/** What each condition does to datagrams, and what to watch in the panes. */
const datagrams: Readonly<Partial<Record<Exclude<keyof typeof rows, 'preset'>, string>>> = {
	loss: '유실되는 비율. 보낸 쪽에 "링크에서 유실", 받는 쪽에는 행도 오류도 없습니다.',
	delay: '데이터그램이 가는 데 걸리는 시간. 보낸 쪽의 +ms, 받는 쪽의 늦은 행, rtt를 보십시오.',
	jitter: '지연이 위아래로 변하는 폭. 도착 순서를 보십시오. 지연이 없으면 효과가 없습니다.',
	duplication: '두 번 도착하는 비율. 보낸 쪽에 "중복 2개", 받는 쪽에 두 행이 나옵니다.',
	reordering: '500 ms 지연되어 나중 것이 먼저 도착하는 비율. 받는 쪽의 순서를 보십시오.',
	corruption: '한 바이트가 바뀌는 비율. 체크섬은 그 뒤에 계산되므로 어느 소켓도 알아채지 못합니다.',
	rate: '초당 바이트, 모든 소켓이 나눕니다. 더 빠른 데이터는 큐에서 대기합니다. 커지는 +ms를 보십시오.',
	queue: '전송을 대기할 수 있는 바이트. 넘치는 데이터그램은 유실됩니다: "큐가 가득 참".',
	next: '이 방향의 바로 다음 데이터그램 하나가 유실됩니다. 보낸 쪽에 "지정한 대로"가 나옵니다.',
};

/** The same for a byte stream. */
const streams: Readonly<Partial<Record<Exclude<keyof typeof rows, 'preset'>, string>>> = {
	...datagrams,
	delay: '세그먼트가 가는 데 걸리는 시간. 쓴 쪽의 "링크에 있음", 늦어진 읽기, rtt를 보십시오.',
	jitter: '지연이 위아래로 변하는 폭. 바이트의 순서는 바뀌지 않습니다: 이른 것이 늦은 것을 기다립니다.',
	rate: '초당 바이트, 모든 연결이 나눕니다. 유실은 없고, 더 빠른 데이터는 쓰는 쪽에서 대기합니다.',
	slice: '쓰기를 이 크기의 세그먼트로 자릅니다. 멈춤 간격이 있으면 쓰기 하나가 여러 번에 읽힙니다.',
	pause: '세그먼트마다 링크가 멈추는 시간. 없으면 한꺼번에 읽힐 수 있습니다. 조각(slice)이 필요합니다.',
	stall: '바이트도 FIN도 이동하지 않습니다. 끄면 대기하던 데이터가 모두 도착합니다. "링크에 있음"을 보십시오.',
};

/** What the link panel says, in Korean. Names and values stay as they are typed. */
const linkPanelKo: (typeof linkEn)['panel'] = {
	title: '네트워크 시뮬레이션',
	about: (protocol: Protocol, isLaboratory, isRelay) =>
		`${isLaboratory ? '실험실, ' : ''}${isRelay ? '릴레이' : '이 프로그램'}의 ${protocol.toUpperCase()} 송신`,
	seed: seed => `시드 ${seed}`,
	rows,
	columns,
	ofRelay,
	custom: '맞춤',
	nextOrdered: '지정됨',
	nothing: '—',
	onTheLink: '지금 링크에 있음',
	presets: {
		perfect: '효과 없음',
		pinger: '교재의 UDP pinger 실습, 요청의 30 %가 유실',
		wifi: '붐비는 무선망',
		mobile: '이동 중인 휴대전화',
		satellite: '정지 궤도 위성을 거치는 한 방향',
		lossy: '방향마다 30 % 유실, 100 ms',
		hostile: '모든 문제가 자주 발생',
	},
	presetIs: (name, about) => `${name}: ${about}.`,
	overTcp: conditions => conditions === 'perfect' ? 'TCP에서는 효과 없음' : `TCP에서는 ${conditions}만`,
	presetHow: 'p: 다음 프리셋; Enter: 프리셋이나 name=value,name=value …',
	explained: (protocol, row) => (protocol === 'udp' ? datagrams : streams)[row] ?? '',
	whyNoLoss: '여기서 TCP 바이트는 유실되지 않습니다: TCP 아래의 유실은 지연으로 나타납니다.',
	notSimulated: '지연 없음: 연결, close()(링크에 있던 데이터는 버려짐). half-close는 지연됩니다.',
	notOurs: '서버가 다른 프로그램이므로 서버 → 클라이언트는 효과가 없습니다.',
	noDatagrams: 'TCP에는 유실될 데이터그램이 없습니다.',
	changing: (row, column) => `${row === 'preset' ? '링크' : rows[row]}, ${column}:`,
	allowed: (name: ConditionName, kind) => `${name}: ${allowedText(allowedValues[kind], allowedKo)}.`,
	hint: 'Esc: 취소',
	problem: problem => faultText(conditionsFault(problem), faultsKo),
	newSeed: '시드(seed):',
	allowedSeed: '시드(seed)가 모든 장면의 무작위 선택을 정합니다: 0~4294967295의 정수.',
	wrongSeed: '0~4294967295의 정수',
	keys: {
		row: '줄',
		column: '방향',
		change: '변경',
		step: '한 단계',
		preset: '프리셋',
		perfect: 'perfect',
		loseNext: '다음 1개 유실',
		seed: '시드',
		randomSeed: '임의의 시드',
	},
	header: {
		perfect: name => `시뮬레이션: ${name}`,
		simulated: names => `네트워크 시뮬레이션: ${names}`,
		short: names => `시뮬레이션: ${names}`,
		shortest: '시뮬레이션',
		losesNext: '다음 1개 유실',
	},
};

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
	onTheLink: bytes => `${formatExactBytes(bytes)} 링크에 있음`,
	stillThere: '링크에 있음',
	discarded: '소켓이 닫혀 링크에서 나가지 못함',
	shortDiscarded: '링크에서 못 나감',
	refused: '운영체제가 거부',
	ofCopies: (count, of, what) => `사본 ${of}개 중 ${count}개 ${what}`,
	shortOfCopies: (count, of, what) => `${of}개 중 ${count}개 ${what}`,
	ofBytes: (bytes, what) => `${formatExactBytes(bytes)} ${what}`,
	panel: linkPanelKo,
};
