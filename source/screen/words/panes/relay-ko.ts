import {formatBytes, formatCount, formatElapsed} from '../values/numbers.ts';
import {type relayEn, what} from './relay-en.ts';

/** What a relay on the screen says, in Korean. */
export const relayKo: typeof relayEn = {
	events: {
		held: values => values.end === undefined
			? `${what(values)} 보류: ${values.peer}에서 온 ${formatBytes(values.length)}${values.isPaused ? ' · 자리가 날 때까지 읽기 일시 중지' : ''}`
			: `${values.peer}의 ${what(values)}: 보류된 데이터 뒤에서 대기`,
		edited: values =>
			`${what(values)} 편집: ${formatBytes(values.before ?? 0)} → ${formatBytes(values.length)}${values.isStream ? ' · 바이트 스트림이 바뀜' : ''}`,
		released(values) {
			const {before, length, after, cause, isResumed} = values;
			const edited = before === undefined ? '' : ` 편집한 내용(${formatBytes(before)} → ${formatBytes(length)})`;
			const why = cause === 'off' ? ': 보류 끝' : (cause === 'full' ? ': 보류 한도 초과' : '');
			return `${what(values)}${edited} 전달, ${formatElapsed(after)} 보류${why}${isResumed ? ' · 다시 읽음' : ''}`;
		},
		dropped(values) {
			const {length, after, cause, isStream, isResumed, end} = values;
			const resumed = isResumed ? ' · 다시 읽음' : '';
			if (cause === 'closed') {
				const bytes = end === undefined ? `: ${formatBytes(length)}` : '';
				return `${what(values)} 버려짐, ${formatElapsed(after)} 보류${bytes}, 받을 소켓이 닫혔습니다${resumed}`;
			}

			const lost = isStream ? `바이트 스트림에서 ${formatBytes(length)} 빠짐` : formatBytes(length);
			return `${what(values)} 버림, ${formatElapsed(after)} 보류: ${lost}${resumed}`;
		},
	},
	title: '릴레이',
	header: '릴레이',
	around: '릴레이',
	target: '대상',
	noSocket: '소켓 없음',
	to: target => `대상 ${target}`,
	ways: {
		fromClient: client => `${client} → 릴레이`,
		toClient: client => `릴레이 → ${client}`,
		fromTarget: target => `${target} → 릴레이`,
		toTarget: target => `릴레이 → ${target}`,
	},
	noPeers: '클라이언트가 아직 없음 · 클라이언트마다 대상으로 가는 소켓을 따로 엽니다',
	noConnections: '연결이 아직 없음 · 연결마다 대상으로 가는 연결을 따로 맺습니다',
	noConnectionsNow: '지금은 연결이 없음 · 연결마다 대상으로 가는 연결을 따로 맺습니다',
	stopped: '중지됨 · 이 패널에서 Esc o: 열기',
	sockets: '클라이언트마다 대상으로 가는 소켓이 따로 있습니다: 포트는 운영체제가 할당',
	holding: {
		none: '모두 바로 전달 · Esc k: 메시지 보류',
		both: '양쪽 방향 보류',
		'to-server': '대상으로 가는 메시지 보류',
		'to-clients': '클라이언트로 가는 메시지 보류',
	},
	held: (count, bytes) => `${formatCount(count)}개 보류 · ${formatBytes(bytes)}`,
	heldOfClosed: count => `닫힌 클라이언트의 것 ${formatCount(count)}개`,
	heldShort: count => `보류 ${formatCount(count)}`,
	heldOfLeg: (toTarget, toClients) => [
		...(toTarget > 0 ? [`║${formatCount(toTarget)} → 대상`] : []),
		...(toClients > 0 ? [`║${formatCount(toClients)} → 클라이언트`] : []),
	].join(' '),
	kept: bytes => `메시지의 앞 ${formatBytes(bytes)}: 나머지를 기다림`,
	notRead: '읽지 않음: 보류가 너무 많음',
	openList: 'Esc r: 목록',
	line: '릴레이는 받은 것만 보냅니다',
	lineHeld: 'Enter 또는 Esc r: 보류된 메시지',
	notHere: letter => `'${letter}': 릴레이 패널에는 없는 명령입니다. 릴레이는 받은 것만 보냅니다`,
	noProgram: '릴레이에는 짧은 프로그램 보기가 없습니다: 서버와 클라이언트에만 있습니다',
	keys: {
		open: '릴레이 열기',
		stop: '릴레이 중지',
		hold: {
			none: '양쪽 방향 보류',
			both: '대상 쪽만 보류',
			'to-server': '클라이언트 쪽만 보류',
			'to-clients': '보류 끝내기',
		},
		list: '보류된 메시지',
	},
	list: {
		title: '보류된 메시지',
		count: (from, to, of) => `${formatCount(of)}개 중 ${formatCount(from)}–${formatCount(to)}`,
		nothing: '보류된 메시지가 없습니다',
		nothingYet: '보류된 메시지가 없습니다: Esc k로 보류를 시작합니다',
		toTarget: client => `${client} → 대상`,
		toClient: client => `대상 → ${client}`,
		fin: 'FIN, 앞선 바이트 뒤에서 대기',
		reset: 'RST, 앞선 바이트 뒤에서 대기',
		edited: before => `편집됨, 원래 ${formatBytes(before)}`,
		dropping: number => `#${formatCount(number)} 버리기`,
		releasing: count => `${formatCount(count)}개 모두 전달`,
		undoing: number => `#${formatCount(number)} 편집을 버리고 원본 전달`,
		endsAreNotEdited: '스트림의 끝은 편집하거나 버릴 수 없습니다: 앞선 바이트 뒤에 전달됩니다',
		wrongSize: (length, {least, most}) => length < least
			? '남은 바이트가 없습니다: Esc 뒤 x로 버립니다'
			: `${formatBytes(length)}: 편집하는 메시지는 최대 ${formatBytes(most)}입니다`,
		hints: {
			move: '선택',
			edit: '편집',
			release: '전달',
			original: '원본 전달',
			all: '모두',
			drop: '버리기',
		},
		edit: {
			label: (number, isHex) => `#${formatCount(number)}, ${isHex ? '16진수' : '텍스트'}:`,
			hint: bytes => `${bytes} · Enter: 편집 완료 · Tab: 텍스트/16진수 · Esc: 그대로 두기`,
			noText: '이 바이트는 텍스트로 입력할 수 없습니다: 16진수만 가능',
			notTaken: problem => problem.replace(/^보내지 않음: /, ''),
		},
	},
};
