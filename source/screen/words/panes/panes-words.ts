import type {ConnectTime} from '../../../log/event.ts';
import type {UnfinishedFrame} from '../../../text/framing.ts';
import {
	formatBytes, formatCount, formatElapsed, formatExactBytes,
} from '../values/numbers.ts';
import {both, en} from '../both.ts';

/** The header, and what the panes say of their sockets and rows. */
export const panesWords = {
	header: {
		server: en('server').ko('서버'),
		/** Of a program that is to be the server it is not known yet where it is. */
		noServerYet: en('no server here').ko('서버 없음'),
		noServer: en((address: string) => `no server here · clients send to ${address}`)
			.ko(address => `서버 없음 · 클라이언트의 목적지는 ${address}`),
		closed: en('closed').ko('닫힘'),
		failed: en('failed').ko('실패'),
		exposed: en('! on the network').ko('! 네트워크에 공개'),
		rule: en((rule: string) => `reply: ${rule}`).ko(rule => `응답: ${rule}`),
		closeAfterReply: en('close after reply').ko('응답 후 닫기'),
		datagrams: en((count: number) => `${formatCount(count)} datagram${count === 1 ? '' : 's'}`)
			.ko(count => `데이터그램 ${formatCount(count)}`),
		chunks: en((count: number) => `${formatCount(count)} read${count === 1 ? '' : 's'}`)
			.ko(count => `읽기 ${formatCount(count)}`),
	},
	server: {
		title: en('SERVER').ko('서버'),
		udpSocket: en((address: string) => [`one UDP socket · ${address}`, `UDP · ${address}`, address])
			.ko(address => [`UDP 소켓 하나 · ${address}`, `UDP · ${address}`, address]),
		tcpSocket: en((address: string) => [
			`welcoming socket ${address} · LISTEN`, `welcoming ${address} · LISTEN`, `${address} · LISTEN`,
		]).ko(address => [
			`환영 소켓(welcoming socket) ${address} · LISTEN`, `환영 소켓 ${address} · LISTEN`, `${address} · LISTEN`,
		]),
		noSocket: en('no socket').ko('소켓 없음'),
		opening: en((address: string) => `opening ${address}`).ko(address => `${address} 여는 중`),
		noPeers: en('no client yet · this one socket serves every client').ko('아직 클라이언트 없음 · 이 소켓 하나가 모든 클라이언트를 처리합니다'),
		noConnections: en('no connection yet · accept() makes a connection socket for each client')
			.ko('아직 연결 없음 · accept()가 클라이언트마다 연결 소켓을 하나씩 만듭니다'),
		noConnectionsNow: en('no connection now · accept() makes a connection socket for each client')
			.ko('지금은 연결 없음 · accept()가 클라이언트마다 연결 소켓을 하나씩 만듭니다'),
		stopped: en('stopped · Esc o opens it').ko('중지됨 · 이 패널에서 Esc o: 열기'),
		peers: en('clients:').ko('통신한 클라이언트:'),
		connection: en((number: number) => `connection ${number}`).ko(number => `연결 소켓 ${number}`),
		/** A relay's socket to its target, for connection or peer n. */
		toTarget: en((number: number) => `target ${number}`).ko(number => `대상 ${number}`),
		shortConnection: en((number: number) => `conn ${number}`).ko(number => `연결 ${number}`),
		more: en((count: number) => `+${formatCount(count)} more`).ko(count => `외 ${formatCount(count)}`),
		unfinished: en(({length, whole}: UnfinishedFrame) =>
			`frame: ${formatExactBytes(length)}${whole === undefined ? '' : ` of ${formatExactBytes(whole)}`}`)
			.ko(({length, whole}) =>
				`프레임: ${whole === undefined ? '' : `${formatExactBytes(whole)} 중 `}${formatExactBytes(length)}`),
		waiting: en((bytes: number, onTheLink: number) =>
			onTheLink < bytes ? `${formatBytes(bytes)} waiting` : `${formatBytes(bytes)} on the link`)
			.ko((bytes, onTheLink) => onTheLink < bytes ? `${formatBytes(bytes)} 전송 대기` : `${formatBytes(bytes)} 링크에 있음`),
		paused: en('paused').ko('읽기 일시 중지'),
		to: en((target: string) => `(to ${target})`).ko(target => `(받는 쪽: ${target})`),
		toAll: en((count: number) => `(to all ${count})`).ko(count => `(받는 쪽: ${count}개 모두)`),
		toNobody: en('(no client yet)').ko('(아직 클라이언트 없음)'),
		toNobodyNow: en('(no client now)').ko('(지금은 클라이언트 없음)'),
		toStopped: en('(stopped)').ko('(중지됨)'),
		toGone: en('(the chosen client is gone)').ko('(선택한 클라이언트: 이제 없음)'),
	},
	client: {
		title: en((number: number) => `CLIENT ${number}`).ko(number => `클라이언트 ${number}`),
		tab: en((number: number) => `client ${number}`).ko(number => `클라이언트 ${number}`),
		udpSocket: en('UDP socket').ko('UDP 소켓'),
		tcpSocket: en('TCP socket').ko('TCP 소켓'),
		unbound: en('no socket yet').ko('아직 소켓 없음'),
		connecting: en('connecting').ko('연결 중'),
		noPortYet: en((address: string) => `to ${address} · no socket until it sends`)
			.ko(address => `목적지 ${address} · 처음 보낼 때 소켓이 만들어집니다`),
		noDestination: en('no destination yet: the server has no port').ko('목적지 없음: 서버에 아직 포트가 없습니다'),
		addressedTo: en((address: string) => `no connection · every datagram names ${address}`)
			.ko(address => `연결 없음 · 데이터그램마다 목적지 ${address} 포함`),
		peerSet: en((address: string) => `peer set by connect(): ${address} · ICMP errors are reported`)
			.ko(address => `connect()로 정한 상대 ${address} · ICMP 오류를 통보받습니다`),
		serverStopped: en('server stopped: no error; lost unless another program has the port')
			.ko('서버가 중지됨: 이 포트를 연 프로그램이 없으면 오류 없이 유실됩니다'),
		connectingTo: en((address: string) => `connecting to ${address} … · Esc x cancels`)
			.ko(address => `${address} 연결 중 … · Esc x: 취소`),
		connectedTo: en((address: string) => `connected to ${address} · writes carry no address`)
			.ko(address => `${address} 연결됨 · 보낼 때 주소 불필요`),
		connectedToItself: en((address: string) => `connected to itself, ${address}: its own data comes back to it`)
			.ko(address => `자기 자신 ${address}에 연결됨: 보낸 것이 그대로 돌아옵니다`),
		finSent: en('FIN sent · this client can only receive').ko('FIN 보냄 · 이 클라이언트는 이제 받기만 합니다'),
		finishing: en('FIN follows the unsent data · writing has ended').ko('아직 전송되지 않은 데이터 다음에 FIN이 나갑니다 · 쓰기는 끝났습니다'),
		finReceived: en((address: string) => `${address} has sent its FIN · Esc x closes, Esc o reconnects`)
			.ko(address => `${address}에서 FIN을 받음 · Esc x: 닫기, Esc o: 다시 연결`),
		bothFinished: en('both ends have finished').ko('양쪽 모두 FIN을 보냄'),
		closed: en('closed').ko('닫힘'),
		closedTcp: en((address: string, failure: string) =>
			`closed${failure === '' ? '' : `: ${failure}`} · Esc o connects to ${address}`)
			.ko((address, failure) => `닫힘${failure === '' ? '' : `: ${failure}`} · Esc o: ${address}에 연결`),
		closedUdp: en('closed · Esc o, then the next send makes a new socket').ko('닫힘 · Esc o: 다음에 보낼 때 새 소켓이 만들어집니다'),
		unfinished: en(({length, whole}: UnfinishedFrame) =>
			`no whole message yet: ${formatExactBytes(length)} of a frame${whole === undefined ? '' : ` of ${formatExactBytes(whole)}`}`)
			.ko(({length, whole}) =>
				`아직 완성된 메시지 없음: 프레임${whole === undefined ? '의' : ` ${formatExactBytes(whole)} 중`} ${formatExactBytes(length)} 도착`),
		waiting: en((bytes: number, onTheLink: number) =>
			onTheLink < bytes
				? `${formatBytes(bytes)} waiting: the peer does not read${onTheLink > 0 ? `, and the link holds ${formatBytes(onTheLink)}` : ''}`
				: `${formatBytes(bytes)} on the simulated link`)
			.ko((bytes, onTheLink) => onTheLink < bytes
				? `${formatBytes(bytes)} 전송 대기: 상대가 읽지 않습니다${onTheLink > 0 ? ` · 링크에 ${formatBytes(onTheLink)}` : ''}`
				: `${formatBytes(bytes)} 시뮬레이션 링크에 있음`),
	},
	log: {
		thirdParty: en('from a third party').ko('제삼자로부터'),
		otherSource: en('from the server that was asked: it is bound to all addresses, and the OS chose this one')
			.ko('요청한 서버의 응답: 모든 주소에 바인딩되어, 운영체제가 출발지 주소를 선택'),
		lost: en('~lost').ko('~유실'),
		neverRead: en('never read').ko('읽히지 않음'),
		vacant: en('no socket').ko('소켓 없음'),
		/**
		How long it is from the row that tells connect() to this one, and where the time went: within the call nothing
		tells the kernel's part.
		*/
		connectTime: both(({call, loop, waiting}: ConnectTime) => {
			const times = [call + loop + waiting, call, loop, waiting];
			const [whole, called, looped, waited] = times.map(time => formatElapsed(time));
			return en(`${whole}: connect() ${called}, event loop ${looped}, kernel wait ${waited}`)
				.ko(`${whole}: connect() ${called}, 이벤트 루프 ${looped}, 커널 대기 ${waited}`);
		}),
		/** All of that time. */
		connectTook: both(({call, loop, waiting}: ConnectTime) => {
			const whole = formatElapsed(call + loop + waiting);
			return en(`took ${whole}`).ko(`${whole} 걸림`);
		}),
		newer: en((count: number) => `↓ ${formatCount(count)} newer`).ko(count => `↓ 이후 행 ${formatCount(count)}`),
		older: (count: number) => `↑ ${formatCount(count)}`,
		gone: en((count: number) => `${formatCount(count)} older row${count === 1 ? '' : 's'} dropped`)
			.ko(count => `오래된 행 ${formatCount(count)}개 삭제됨`),
	},
};
