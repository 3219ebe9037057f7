import {
	formatBytes, formatCount, formatElapsed, formatExactBytes,
} from '../values/numbers.ts';
import type {panesEn} from './panes-en.ts';

/** The header, and what the panes say of their sockets and rows, in Korean. */
export const panesKo: typeof panesEn = {
	header: {
		server: '서버',
		noServerYet: '서버 없음',
		noServer: address => `서버 없음 · 클라이언트의 목적지는 ${address}`,
		closed: '닫힘',
		failed: '실패',
		exposed: '! 네트워크에 공개',
		rule: rule => `응답: ${rule}`,
		closeAfterReply: '응답 후 닫기',
		datagrams: count => `데이터그램 ${formatCount(count)}`,
		chunks: count => `읽기 ${formatCount(count)}`,
	},
	server: {
		title: '서버',
		udpSocket: address => [`UDP 소켓 하나 · ${address}`, `UDP · ${address}`, address],
		tcpSocket: address => [
			`환영 소켓(welcoming socket) ${address} · LISTEN`, `환영 소켓 ${address} · LISTEN`, `${address} · LISTEN`,
		],
		noSocket: '소켓 없음',
		opening: address => `${address} 여는 중`,
		noPeers: '아직 클라이언트 없음 · 이 소켓 하나가 모든 클라이언트를 처리합니다',
		noConnections: '아직 연결 없음 · accept()가 클라이언트마다 연결 소켓을 하나씩 만듭니다',
		noConnectionsNow: '지금은 연결 없음 · accept()가 클라이언트마다 연결 소켓을 하나씩 만듭니다',
		stopped: '중지됨 · 이 패널에서 Esc o: 열기',
		peers: '통신한 클라이언트:',
		connection: number => `연결 소켓 ${number}`,
		toTarget: number => `대상 ${number}`,
		shortConnection: number => `연결 ${number}`,
		more: count => `외 ${formatCount(count)}`,
		unfinished: ({length, whole}) =>
			`프레임: ${whole === undefined ? '' : `${formatExactBytes(whole)} 중 `}${formatExactBytes(length)}`,
		waiting: (bytes, onTheLink) => onTheLink < bytes ? `${formatBytes(bytes)} 전송 대기` : `${formatBytes(bytes)} 링크에 있음`,
		paused: '읽기 일시 중지',
		to: target => `(받는 쪽: ${target})`,
		toAll: count => `(받는 쪽: ${count}개 모두)`,
		toNobody: '(아직 클라이언트 없음)',
		toNobodyNow: '(지금은 클라이언트 없음)',
		toStopped: '(중지됨)',
		toGone: '(선택한 클라이언트: 이제 없음)',
	},
	client: {
		title: number => `클라이언트 ${number}`,
		tab: number => `클라이언트 ${number}`,
		udpSocket: 'UDP 소켓',
		tcpSocket: 'TCP 소켓',
		unbound: '아직 소켓 없음',
		connecting: '연결 중',
		noPortYet: address => `목적지 ${address} · 처음 보낼 때 소켓이 만들어집니다`,
		noDestination: '목적지 없음: 서버에 아직 포트가 없습니다',
		addressedTo: address => `연결 없음 · 데이터그램마다 목적지 ${address} 포함`,
		peerSet: address => `connect()로 정한 상대 ${address} · ICMP 오류를 통보받습니다`,
		serverStopped: '서버가 중지됨: 이 포트를 연 프로그램이 없으면 오류 없이 유실됩니다',
		connectingTo: address => `${address} 연결 중 … · Esc x: 취소`,
		connectedTo: address => `${address} 연결됨 · 보낼 때 주소 불필요`,
		connectedToItself: address => `자기 자신 ${address}에 연결됨: 보낸 것이 그대로 돌아옵니다`,
		finSent: 'FIN 보냄 · 이 클라이언트는 이제 받기만 합니다',
		finishing: '아직 전송되지 않은 데이터 다음에 FIN이 나갑니다 · 쓰기는 끝났습니다',
		finReceived: address => `${address}에서 FIN을 받음 · Esc x: 닫기, Esc o: 다시 연결`,
		bothFinished: '양쪽 모두 FIN을 보냄',
		closed: '닫힘',
		closedTcp: (address, failure) => `닫힘${failure === '' ? '' : `: ${failure}`} · Esc o: ${address}에 연결`,
		closedUdp: '닫힘 · Esc o: 다음에 보낼 때 새 소켓이 만들어집니다',
		unfinished: ({length, whole}) =>
			`아직 완성된 메시지 없음: 프레임${whole === undefined ? '의' : ` ${formatExactBytes(whole)} 중`} ${formatExactBytes(length)} 도착`,
		waiting: (bytes, onTheLink) => onTheLink < bytes
			? `${formatBytes(bytes)} 전송 대기: 상대가 읽지 않습니다${onTheLink > 0 ? ` · 링크에 ${formatBytes(onTheLink)}` : ''}`
			: `${formatBytes(bytes)} 시뮬레이션 링크에 있음`,
	},
	log: {
		thirdParty: '제삼자로부터',
		otherSource: '요청한 서버의 응답: 모든 주소에 바인딩되어, 운영체제가 출발지 주소를 선택',
		lost: '~유실',
		neverRead: '읽히지 않음',
		vacant: '소켓 없음',
		connectTime: ({call, loop, waiting}) =>
			`${formatElapsed(call + loop + waiting)}: connect() ${formatElapsed(call)}, 이벤트 루프 ${formatElapsed(loop)}`
			+ `, 커널 대기 ${formatElapsed(waiting)}`,
		newer: count => `↓ 이후 행 ${formatCount(count)}`,
		older: count => `↑ ${formatCount(count)}`,
		gone: count => `오래된 행 ${formatCount(count)}개 삭제됨`,
	},
};
