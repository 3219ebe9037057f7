import type {Refusal} from '../../engine/door.ts';
import type {Address, SocketFailure} from '../../engine/events/event.ts';
import {formatAddress} from '../../engine/sockets/addresses.ts';
import {largestDatagram} from '../../engine/sockets/limits.ts';
import type {Words} from './en.ts';
import {formatBytes, formatCount} from './numbers.ts';

/** What each reply rule does. */
const rules: Words['help']['rules'] = {
	uppercase: '대문자로 바꾸어 응답',
	echo: '같은 바이트로 응답',
	reverse: '줄마다 거꾸로 응답',
	chat: '보낸 이를 앞에 붙여 다른 상대 모두에게 보냄',
	discard: '응답하지 않음',
	manual: '스스로 응답하지 않음: 서버의 줄에서 직접',
};

/** The screen in Korean. Names of rules, states and errors stay as the field writes them. */
export const ko: Words = {
	keys: {
		switchTo: protocol => `${protocol}로 바꾸기`,
		newClient: '새 클라이언트',
		closeSocket: '소켓 닫기',
		removePane: '창 없애기',
		closeConnection: number => `연결 ${number} 닫기`,
		openServer: '서버 열기',
		stopServer: '서버 멈추기',
		connect: '연결',
		reconnect: '다시 연결',
		openSocket: '소켓 열기',
		nextRule: '응답 규칙',
		keepOpen: '연결 유지',
		closeAfterReply: '응답 후 닫기',
		halfClose: '반만 닫기',
		payload: '글/16진수',
		lineEnding: '줄 끝',
		destination: '목적지',
		serverAddress: '주소',
		help: '도움말',
		quit: '끝내기',
	},
	footer: {
		nextPane: '다음 창',
		send: '보내기',
		commands: '명령',
		backToTyping: '입력으로',
		choosePeer: '상대 고르기',
		scroll: '넘기기',
		close: '닫기',
	},
	header: {
		server: '서버',
		noServer: address => `서버 없음 · 클라이언트의 상대는 ${address}`,
		closed: '닫힘',
		failed: '실패',
		exposed: '! 다른 컴퓨터에 열림',
		rule: rule => `응답: ${rule}`,
		closeAfterReply: '응답 후 닫기',
		datagrams: count => `데이터그램 ${formatCount(count)}`,
		chunks: count => `읽기 ${formatCount(count)}`,
	},
	server: {
		title: '서버',
		udpSocket: address => `UDP 소켓 하나 · ${address}`,
		tcpSocket: address => `환영 소켓 ${address} · LISTEN`,
		noSocket: '소켓 없음',
		opening: address => `${address} 여는 중`,
		noPeers: '아직 상대 없음 · 이 소켓 하나가 모든 클라이언트를 맡습니다',
		noConnections: '아직 연결 없음 · 클라이언트마다 연결 소켓이 하나씩 생깁니다',
		stopped: '멈춤 · Esc o: 열기',
		peers: '만난 상대:',
		connection: number => `연결 ${number}`,
		more: count => `외 ${formatCount(count)}`,
		waiting: bytes => `${formatBytes(bytes)} 대기`,
		paused: '읽기 멈춤',
		to: target => `(${target} 앞으로)`,
		toAll: count => `(모두 ${count} 앞으로)`,
		toNobody: '(아직 상대 없음)',
		toNobodyNow: '(지금 상대 없음)',
		toStopped: '(멈춤)',
		toGone: '(고른 상대가 떠남)',
	},
	client: {
		title: number => `클라이언트 ${number}`,
		tab: number => `클라이언트 ${number}`,
		udpSocket: 'UDP 소켓',
		tcpSocket: 'TCP 소켓',
		unbound: '포트 없음',
		noPortYet: address => `목적지 ${address} · 처음 보낼 때 포트가 정해집니다`,
		noDestination: '목적지 없음: 서버에 아직 포트가 없습니다',
		addressedTo: address => `연결 없음 · 데이터그램마다 ${address} 주소를 답니다`,
		connectingTo: address => `${address} 연결 중 … · Esc x로 그만둡니다`,
		connectedTo: address => `${address} 연결됨 · 쓸 때마다 주소를 달지 않습니다`,
		finSent: 'FIN을 보냄 · 이 클라이언트는 이제 받기만 합니다',
		finishing: '기다리는 것 다음에 FIN이 나갑니다 · 더 쓸 수 없습니다',
		finReceived: address => `${address} 쪽이 FIN을 보냄 · Esc x 닫기, Esc o 다시 연결`,
		bothFinished: '양쪽 다 끝냄',
		closed: '닫힘',
		closedTcp: address => `닫힘 · Esc o: ${address}에 연결`,
		closedUdp: '닫힘 · Esc o: 새 소켓 열기',
		waiting: bytes => `${formatBytes(bytes)} 대기: 상대가 읽지 않습니다`,
	},
	log: {
		bound: local => `${local}에 묶음`,
		boundByTheSystem: local => `운영체제가 ${local}에 묶음`,
		listening: local => `${local}에서 기다림`,
		accepted: (peer, number) => `${peer} 받아들임 → 연결 ${number}`,
		rejected: (peer, limit) => `${peer} 거절: 열린 연결이 한도 ${formatCount(limit)}에 닿음`,
		connecting: peer => `${peer}에 연결하는 중`,
		connected: (peer, local) => `연결됨 ${local} ⇄ ${peer}`,
		finSent: 'FIN 보냄: 더는 쓰지 않습니다',
		finReceived: 'FIN 받음: 상대가 다 보냈습니다',
		reset: '상대가 연결을 끊음(RST): 연결이 사라졌습니다',
		paused: bytes => `읽기 멈춤: 읽지 않는 상대에게 ${formatBytes(bytes)} 대기`,
		resumed: '다시 읽음: 기다리던 것을 상대가 가져갔습니다',
		sendRefused: (bytes, waiting) => `${formatBytes(bytes)} 보내지 않음: 이미 ${formatBytes(waiting)} 대기, 상대가 읽지 않습니다`,
		closed: local => local === '' ? '닫힘' : `닫힘 ${local}`,
		discarded: bytes => `닫힘; 기다리던 것 가운데 많게는 ${formatBytes(bytes)}를 보내지 못함`,
		ruleChanged: rule => `응답 규칙: ${rule} (${rules[rule]})`,
		keepOpen: '응답한 뒤에도 연결 소켓을 열어 둡니다',
		closeAfterReply: '응답한 뒤 연결 소켓을 닫습니다',
		destination: address => `이제부터 ${address} 앞으로 보냅니다`,
		thirdParty: '제삼자로부터',
		newer: count => `↓ 새 줄 ${formatCount(count)}`,
		gone: count => `오래된 ${formatCount(count)}줄 사라짐`,
	},
	line: {
		pasted: (lines, bytes) => `[붙여 넣음 ${formatCount(lines)}줄 · ${formatBytes(bytes)}]`,
		ending: {none: '', lf: '+LF', crlf: '+CRLF'},
		endingNotice: {
			none: '메시지 끝에 아무것도 붙이지 않습니다',
			lf: String.raw`메시지마다 끝에 LF(\n)를 붙입니다`,
			crlf: String.raw`메시지마다 끝에 CR LF(\r\n)를 붙입니다`,
		},
	},
	prompt: {
		server: address => `서버 주소 ${address} → 새 주소:`,
		client: (number, address) => `클라이언트 ${number}의 목적지 ${address} → 새 주소:`,
		hint: 'host:port · Esc 취소',
		wrong: '✗ host:port 또는 [v6]:port 꼴이 아님',
	},
	tooSmall: {
		needs: 'socket-playground: 60x16 이상이 필요합니다',
		have: (columns, rows) => `이 창은 ${columns}x${rows} · 소켓은 계속 움직입니다`,
	},
	notice: {
		unknownCommand: letter => `'${letter}'에는 명령이 없습니다`,
		nothingToDo: letter => `'${letter}'는 지금 여기서 할 일이 없습니다`,
	},
	help: {
		commandsTitle: '명령: Esc 다음 글자 (^는 Ctrl과 함께 눌러 바로)',
		rulesTitle: '응답 규칙: 받은 데이터그램이나 읽은 것마다 서버가 하는 일',
		rules,
		portsTitle: 'TCP 서버의 소켓은 모두 포트가 같습니다: 양쪽 주소와 포트(네 값)로 구별합니다.',
		typingTitle: '입력',
		typing: [
			['Tab, Shift+Tab', '다음 창, 앞 창'],
			['Enter', '보내기'],
			['Up, Down', '이 창에서 보냈던 것'],
			['PageUp, PageDown', '창이나 이 도움말 넘기기'],
			['Left, Right', '서버의 빈 줄에서: 받을 상대 고르기'],
			['\\n \\r \\t \\0 \\\\', '이렇게 치면 각각 한 바이트'],
			[String.raw`\xNN \u{N}`, '바이트 하나, 문자 하나'],
			['^A ^E ^U ^W', '처음, 끝, 처음까지 지우기, 낱말 지우기'],
		],
		signsTitle: '표시',
		signs: [
			['→  ←', '보냄, 받음'],
			['✗', '실패'],
			['●  ○', '열림, 닫힘'],
			['12 ms', '답이 없던 가장 오래된 메시지로부터 (1초까지 기다림)'],
			['▸', '서버의 줄을 받을 상대'],
			['(2)  +2', '그 상대의 데이터그램 수; 아직 못 본 줄 수'],
		],
		commands: {
			'switch-protocol': 'UDP와 TCP 바꾸기; 소켓과 기록은 따로 남음',
			'new-client': '새 클라이언트',
			'close-socket': '클라이언트의 소켓이나 고른 연결 소켓을 닫기',
			'open-or-stop': '서버 열기/멈추기; 닫힌 클라이언트 다시 연결',
			'reply-rule': '다음 응답 규칙',
			'keep-open': 'TCP: 응답한 뒤 연결 소켓을 열어 두기/닫기',
			'half-close': 'TCP: 반만 닫기: FIN을 보내고 받기는 계속',
			payload: '내용을 글로, 또는 16진수와 글로',
			'line-ending': '메시지 끝: 없음, LF, CR LF',
			address: '서버가 묶을 주소, 클라이언트의 목적지',
			help: '이 쪽',
			quit: '끝내기 (Ctrl+C도)',
		},
	},
	failure: explainFailure,
	messageTooLong: bytes => `보내지 못함: 데이터그램은 ${formatCount(largestDatagram)} B까지인데 이것은 ${formatCount(bytes)} B (EMSGSIZE)`,
	refusal: explainRefusal,
	fatal: {
		engine: message => `socket-playground: 엔진이 죽었습니다: ${message}`,
	},
};

function explainFailure({code, syscall, message}: SocketFailure, address: Address | undefined): string {
	const where = address ? formatAddress(address) : '상대';
	const isBind = syscall === 'bind' || syscall === 'listen';
	switch (code) {
		case 'EADDRINUSE': {
			return `${where}는 다른 프로그램이 쓰고 있습니다 (EADDRINUSE). Esc o로 다시 해 보거나, Esc a로 주소를 바꾸거나, --port 0으로 시작하십시오.`;
		}

		case 'EADDRNOTAVAIL': {
			return isBind
				? `${where}는 이 컴퓨터의 주소가 아닙니다 (EADDRNOTAVAIL). Esc a로 바꾸십시오.`
				: `이 컴퓨터의 주소로는 ${where}에 닿을 수 없습니다 (EADDRNOTAVAIL).`;
		}

		case 'EACCES':
		case 'EPERM': {
			return isBind
				? `${where}에 묶을 권한이 없습니다 (${code}): 1024 아래 포트는 관리자의 것입니다. Esc a나 --port로 바꾸십시오.`
				: `${where}에 보낼 수 없습니다 (${code}): 브로드캐스트 주소이거나 방화벽이 막습니다.`;
		}

		case 'ECONNREFUSED': {
			return `거절됨: ${where}에서 기다리는 서버가 없습니다 (ECONNREFUSED). 서버가 먼저 떠 있어야 합니다; Esc o로 다시 해 봅니다.`;
		}

		case 'ENOTFOUND': {
			return `${address?.host ?? ''}라는 호스트가 없습니다 (ENOTFOUND). Esc a로 고치십시오.`;
		}

		case 'EAI_AGAIN': {
			return `${address?.host ?? ''}의 주소를 찾지 못했습니다: 이름 서버가 답하지 않습니다 (EAI_AGAIN). Esc a로 IP 주소를 적어 보십시오.`;
		}

		case 'ENETUNREACH':
		case 'EHOSTUNREACH': {
			return `${where}로 가는 길이 없습니다 (${code}). 주소(Esc a)와 네트워크를 살펴보십시오.`;
		}

		case 'ETIMEDOUT': {
			return `${where}가 제때 답하지 않았습니다 (ETIMEDOUT). Esc o로 다시 해 봅니다.`;
		}

		case 'ECONNRESET': {
			return `${where}가 연결을 끊었습니다 (ECONNRESET). Esc o로 다시 연결합니다.`;
		}

		case 'EPIPE': {
			return `${where}가 연결을 닫았습니다: 더는 쓸 수 없습니다 (EPIPE).`;
		}

		case 'EINVAL':
		case 'EAFNOSUPPORT': {
			return `이 소켓은 ${where} 같은 주소를 쓸 수 없습니다 (${code}). Esc a로 바꾸십시오.`;
		}

		case 'ECANCELED': {
			return `보내지 못함: ${address?.host ?? ''}의 주소를 찾기 전에 소켓이 닫혔습니다 (ECANCELED).`;
		}

		case 'ECONNABORTED': {
			return '받아들이기 전에 클라이언트가 떠났습니다 (ECONNABORTED).';
		}

		case 'EMFILE':
		case 'ENFILE': {
			return `열린 파일이 너무 많습니다 (${code}): 소켓을 닫거나 ulimit -n을 올리십시오.`;
		}

		case 'ERR_SOCKET_BAD_PORT': {
			return `${where}에는 보낼 수 있는 포트가 없습니다. Esc a로 바꾸십시오.`;
		}

		default: {
			return `${syscall === '' ? '실패' : `${syscall} 실패`}: ${code === 'UNKNOWN' ? message : code} (${where})`;
		}
	}
}

function explainRefusal(refusal: Refusal): string {
	switch (refusal.reason) {
		case 'not-open': {
			return '보내지 않음: 열린 소켓이 없습니다. Esc 다음 o를 누르십시오.';
		}

		case 'no-destination': {
			return '목적지 없음: 서버에 아직 포트가 없습니다. 서버를 열거나 Esc a로 주소를 적으십시오.';
		}

		case 'peer-gone': {
			return '보내지 않음: 그 상대는 떠났습니다. 빈 줄에서 왼쪽/오른쪽으로 다른 상대를 고르십시오.';
		}

		case 'no-peer': {
			return '보내지 않음: 아직 아무도 보내지 않아 보낼 주소가 없습니다.';
		}

		case 'no-connection': {
			return '보내지 않음: 연결된 클라이언트가 없습니다.';
		}

		case 'sending-finished': {
			return '보내지 않음: FIN 뒤에는 더 쓸 수 없습니다. Esc o로 다시 연결합니다.';
		}

		case 'empty-write': {
			return '보내지 않음: TCP는 바이트를 나르는데, 빈 쓰기에는 바이트가 없습니다.';
		}

		case 'too-much-waiting': {
			return `보내지 않음: 상대가 읽지 않아 이미 ${formatBytes(refusal.waiting)} 대기합니다.`;
		}

		case 'client-limit': {
			return `새 클라이언트 없음: 한도는 ${refusal.limit}입니다.`;
		}

		case 'no-such-pane': {
			return '그 창은 이제 없습니다.';
		}

		case 'no-server': {
			return '여기에는 서버가 없습니다: 클라이언트는 다른 프로그램의 서버와 이야기합니다.';
		}

		default: {
			return refusal satisfies never;
		}
	}
}
