import type {ExperimentFacts} from '../../../engine/api/experiment.ts';
import {formatElapsed, formatExactBytes} from '../values/numbers.ts';
import {withParticle} from '../values/particle.ts';
import {byType} from '../../../text/by-type.ts';
import {describeQueues, type laboratoryEn} from './laboratory-en.ts';

/** The sockets that keep the experiment's port, which `ss` shows and no pane has. */
function describeHolders(holders: NonNullable<ExperimentFacts['holders']>): string {
	return byType(holders, {
		connection: ({port, other}) => `ss에 보이는 포트 ${port}의 소켓은 이 프로그램이 연 것입니다: 포트 ${withParticle(String(other), ['과', '와'])} 연결해 두어 포트만 차지하고, 수신 대기는 하지 않습니다.`,
		itself: ({port}) => `ss에 보이는 포트 ${port}의 소켓은 이 프로그램이 연 것입니다: 포트만 차지하고, 자기 자신에 connect()하여 다른 데이터그램은 받지 않습니다.`,
		listener: ({port}) => `그 다른 소켓도 이 프로그램이 연 것으로, ss에서 포트 ${port}의 LISTEN으로 보입니다.`,
		'full-queue': ({port}) => `여기서는 큐가 찼습니다: 이 프로그램의 다른 소켓이 포트 ${port}에서 LISTEN만 합니다(ss로 확인).`,
	});
}

/** What is said in the error laboratory, in Korean. */
export const laboratoryKo: typeof laboratoryEn = {
	title: '실험실',
	promise: '따로 연 실제 소켓에서; 사용 중인 소켓은 그대로',
	running: '진행 중 …',
	done: '완료',
	more: (count, isLetters) => `… ${count}줄 더 · ${isLetters ? 'i' : '더 큰 창'}`,
	failed: message => `여기서는 일으키지 못했습니다: ${message}.`,
	holders: describeHolders,
	choose: '선택',
	run: '실행',
	runDirectly: '바로 실행',
	back: '돌아가기',
	experiments: {
		'tcp-refused': {
			name: '연결 거부 (TCP)',
			sign: '곧바로 ECONNREFUSED',
			explain: ({client}) => [
				`connect(${client}) → ECONNREFUSED.`,
				'그 포트에서 수신 대기하는 소켓이 없어 그쪽 운영체제가 SYN에 RST로 응답하고(RFC 9293, 3.5.2), connect()는 곧바로 실패합니다.',
				'서버를 먼저 열거나 포트를 확인하십시오.',
			],
		},
		'udp-refused': {
			name: '소켓 없는 포트 (UDP)',
			sign: '아무 오류도 없음',
			explain: ({client}) => [
				`sendto(${client})는 성공합니다: 운영체제가 데이터그램을 받았다는 뜻일 뿐입니다.`,
				'그 포트에 소켓이 없어 ICMP "포트 도달 불가"가 돌아오지만, connect()하지 않은 소켓에는 알려지지 않습니다.',
				'데이터그램은 오류 없이 유실됩니다.',
			],
		},
		'udp-connected-refused': {
			name: '연결한 UDP의 거부',
			sign: '다음 호출에서 ECONNREFUSED',
			explain: ({client}) => [
				`UDP의 connect(${client})는 아무것도 보내지 않고 상대만 정합니다.`,
				'send()도 성공합니다.',
				'그 뒤 ICMP "포트 도달 불가"가 돌아오면, 상대가 정해져 있으므로 다음 호출이 알게 됩니다: recv() → ECONNREFUSED (udp(7)).',
			],
		},
		'address-in-use': {
			name: '이미 사용 중인 주소',
			sign: 'bind() → EADDRINUSE',
			explain: ({server}) => [
				`bind(${server}) → EADDRINUSE.`,
				'다른 소켓이 이미 이 주소와 포트를 사용합니다: 데이터그램이나 연결이 어느 소켓의 것인지 구별할 수 없게 됩니다.',
				'다른 포트를 쓰거나, 포트 0으로 운영체제가 빈 포트를 할당하게 하십시오.',
			],
		},
		'permission-denied': {
			name: '권한 없음',
			sign: '낮은 포트: EACCES',
			explain: ({server}) => [
				`bind(${server}) → EACCES. 1024보다 낮은 포트에는 특권이 필요합니다: 리눅스에서는 CAP_NET_BIND_SERVICE(ip(7))나 더 낮은 net.ipv4.ip_unprivileged_port_start.`,
				'아무것도 바인딩되지 않았습니다. 1024 이상의 포트를 쓰십시오.',
			],
			allowed:
				'이 컴퓨터에서는 허용되었습니다: 프로그램이 root로 돌거나, 낮은 포트가 모두에게 열려 있습니다. 그렇지 않은 곳에서는:',
		},
		'unknown-host': {
			name: '알 수 없는 호스트',
			sign: 'ENOTFOUND: 주소 없음',
			explain: ({host}) => [
				`getaddrinfo('${host}') → ENOTFOUND(EAI_NONAME), 응답하는 이름 서버(DNS)가 없으면 EAI_AGAIN.`,
				'이름은 보내기 전에 찾으므로 connect()는 호출되지 않습니다. .invalid로 끝나는 이름은 없습니다(RFC 6761).',
			],
			found: ({failure}) => failure && `여기서는: ${failure.code}.`,
		},
		'connect-timeout': {
			name: '응답 없음: 시간 초과',
			sign: '한참 뒤 ETIMEDOUT',
			explain: ({client}) => [
				`connect(${client}): SYN+ACK도 RST도 돌아오지 않습니다.`,
				'SYN을 1초 뒤에, 그다음에는 간격을 늘리며 다시 보냅니다. 리눅스는 약 2분 뒤, 프로그램은 대개 더 일찍 포기합니다: ETIMEDOUT.',
				'응답이 없으면 원인을 알 수 없습니다: 꺼진 호스트, SYN을 버리는 방화벽이나 가득 찬 큐.',
			],
			found: ({waited}) =>
				waited === undefined ? undefined : `여기서는 connect()를 ${formatElapsed(waited)} 뒤에 포기했습니다.`,
		},
		'reset-or-end': {
			name: '리셋과 정상 종료',
			sign: 'recv() → 0 B, ECONNRESET',
			explain: () => [
				'close()는 FIN을 보냅니다: 상대는 모든 바이트를 읽은 뒤 recv() → 0 B, 정상 종료입니다.',
				'SO_LINGER (1, 0)인 close()는 RST를 보냅니다: 아직 전송되지 않은 데이터는 버려지고 상대의 recv() → ECONNRESET.',
			],
		},
		'half-closed': {
			name: 'half-close(한쪽 종료)',
			sign: '한쪽은 FIN, 반대쪽은 데이터',
			explain: () => [
				'shutdown(SHUT_WR)은 FIN을 보냅니다: 이쪽의 쓰기를 끝냅니다.',
				'서버의 recv() → 0 B이지만 서버는 더 보낼 수 있고 클라이언트는 받습니다.',
				'서버도 닫을 때까지 클라이언트는 FIN_WAIT2, 서버는 CLOSE_WAIT입니다.',
			],
		},
		'broken-pipe': {
			name: '끊어진 파이프(EPIPE)',
			sign: '두 번째 send(): EPIPE',
			explain: () => [
				'상대가 소켓을 닫았습니다.',
				'첫 send()는 성공합니다: 바이트를 송신 버퍼에 넣을 뿐이고, 상대의 운영체제는 RST로 응답합니다.',
				'그 뒤의 send() → EPIPE, 무시하지 않으면 SIGPIPE 신호도 옵니다(send(2)).',
			],
			found: ({failure}) => failure && `여기서는: ${failure.code}.`,
		},
		'message-too-long': {
			name: '너무 긴 메시지',
			sign: '65,508 B: EMSGSIZE',
			explain: () => [
				'sendto(65508 B) → EMSGSIZE, 아무것도 나가지 않습니다.',
				'IPv4의 전체 길이는 16비트입니다: 65,535 − 20(IP 헤더) − 8(UDP 헤더) = 65,507. IPv6에서는 65,527입니다.',
				'바이트 스트림에는 이런 한도가 없습니다: TCP가 세그먼트로 자릅니다.',
			],
			found: ({length}) =>
				length === undefined ? undefined : `여기서 ${formatExactBytes(length)}는 나갔습니다.`,
		},
		'empty-datagram': {
			name: '빈 데이터그램',
			sign: 'recvfrom() → 0 B, 끝 아님',
			explain: () => [
				'sendto(b\'\')는 데이터그램을 보냅니다: UDP 헤더 8 B뿐이고 페이로드는 없습니다.',
				'recvfrom() → 0 B와 보낸 쪽의 주소: 다른 것과 같은 메시지입니다.',
				'TCP에서는 recv() → 0 B가 스트림의 끝이고, send(b\'\')는 아무것도 보내지 않습니다.',
			],
		},
		'server-stops': {
			name: '서버 중지',
			sign: '모두에게 FIN, 새 연결은 거부',
			explain: ({client}) => [
				'서버가 소켓을 모두 닫습니다.',
				'연결 소켓마다 FIN을 보냅니다: 그 클라이언트의 recv() → 0 B.',
				`환영 소켓도 없어졌습니다: 이제부터 connect(${client}) → ECONNREFUSED.`,
			],
		},
		'time-wait': {
			name: '닫은 뒤의 TIME_WAIT',
			sign: '먼저 닫은 쪽에 남음',
			explain: () => [
				'먼저 닫은 쪽이 4-튜플(four-tuple)을 TIME_WAIT 상태로 2 MSL 동안 유지합니다(RFC 9293, 3.6.1; 리눅스 60초): 마지막 ACK를 다시 보낼 수 있고, 오래된 세그먼트가 사라집니다.',
				'그동안 그 포트의 bind() → EADDRINUSE, SO_REUSEADDR이면 됩니다.',
				'Esc 4로 소켓을 봅니다.',
			],
			found({state, address}, isDone) {
				if (state !== undefined) {
					return `여기 커널의 표에서 포트 ${withParticle(String(address?.port), ['은', '는'])} ${state}입니다.`;
				}

				return isDone ? '여기서는 커널의 표를 읽을 수 없습니다.' : undefined;
			},
		},
		'truncated-character': {
			name: '잘린 UTF-8 문자',
			sign: '읽기가 문자 중간에서 끝남',
			explain: () => [
				'바이트 스트림은 문자를 모릅니다: 문자 "한"은 UTF-8로 ED 95 9C인데, 여기서 한 recv()는 ED 95를, 다음은 9C를 돌려줍니다.',
				'따로 디코딩하면 둘 다 잘못됩니다(U+FFFD).',
				'잘린 바이트는 나머지가 올 때까지 보관하십시오: 청크가 아니라 스트림을 디코딩합니다.',
			],
		},
		'no-reader': {
			name: '읽지 않는 상대',
			sign: '보내는 쪽이 기다림',
			explain: () => [
				'상대가 recv()를 호출하지 않습니다: 수신 버퍼가 차고 수신 윈도우가 0이 되고, 이쪽 송신 버퍼도 찹니다.',
				'그러면 send()는 블로킹되고, 논블로킹 소켓이면 → EAGAIN.',
				'유실은 없습니다: TCP의 흐름 제어가 보내는 쪽의 속도를 늦춥니다.',
			],
			found: facts => describeQueues(facts, {
				written: bytes => `여기서는 ${bytes}를 썼습니다`,
				receive: bytes => `수신 큐 ${bytes}`,
				send: bytes => `송신 큐 ${bytes}`,
				readAhead: bytes => `Node가 미리 읽은 데이터 ${bytes}`,
				waiting: bytes => `이 프로그램 ${bytes}`,
			}),
		},
	},
	notHere: '실험이나 실습 중에는 쓸 수 없습니다: Esc e로 끝냅니다.',
};
