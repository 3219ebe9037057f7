import type {Refusal} from '../../../engine/api/command.ts';
import type {Address, SocketFailure} from '../../../log/event.ts';
import {formatAddress, isLinkLocal} from '../../../text/address.ts';
import {encodingName} from '../../../text/encoding/encoding.ts';
import {visibleLine} from '../../../text/width/visible.ts';
import {fileProblem} from '../input/files-ko.ts';
import {messagesKo} from '../input/messages-ko.ts';
import {formatBytes, formatExactBytes} from '../values/numbers.ts';
import {withParticle} from '../values/particle.ts';
import {relayKo} from './relay-ko.ts';

/** What a failed call means, and what to do; `isServer` says in whose pane that stands. */
export function explainFailure(
	{code, syscall, message}: SocketFailure,
	address: Address | undefined,
	isServer: boolean,
): string {
	const where = address ? formatAddress(address) : '상대';
	const host = address?.host ?? '';
	const isBind = syscall === 'bind' || syscall === 'listen';
	const again = isServer ? '' : ' Esc o로 다시 연결합니다.';
	switch (code) {
		case 'EADDRINUSE': {
			return isServer
				? `${withParticle(where, ['은', '는'])} 사용 중입니다: 다른 소켓의 것입니다 (EADDRINUSE). Esc o로 다시 시도하거나, Esc a로 주소를 바꾸거나, 포트 0으로 시작하십시오.`
				: '이 소켓에 할당할 포트가 없습니다: 운영체제가 고를 수 있는 포트가 모두 사용 중입니다 (EADDRINUSE). 소켓을 닫고 다시 시도하십시오.';
		}

		case 'EADDRNOTAVAIL': {
			if (isBind) {
				return `${withParticle(where, ['은', '는'])} 이 컴퓨터의 주소가 아닙니다 (EADDRNOTAVAIL). Esc a로 바꾸십시오.`;
			}

			const noPort = `${where}에 연결할 포트가 남아 있지 않`;
			const wait = '닫힌 연결의 포트는 1분 동안 TIME_WAIT로 남습니다: 소켓을 닫거나 기다리십시오.';
			return host.includes(':')
				? `${noPort}거나, 이 컴퓨터에 쓸 IPv6 주소가 없습니다 (EADDRNOTAVAIL). ${wait}`
				: `${noPort}습니다 (EADDRNOTAVAIL): 운영체제가 고를 수 있는 포트가 모두 사용 중입니다. ${wait}`;
		}

		case 'EACCES':
		case 'EPERM': {
			if (isBind) {
				const low = address && address.port > 0 && address.port < 1024 ? ': 1024 미만 포트는 관리자 전용입니다' : '';
				return `${where}에 바인딩할 권한이 없습니다 (${code})${low}. Esc a로 주소를 바꾸거나 다른 포트로 시작하십시오.`;
			}

			if (syscall === 'connect') {
				return `${where}에 연결할 수 없습니다 (${code}): 브로드캐스트 주소(TCP에는 없고 UDP는 --option broadcast(SO_BROADCAST)가 필요)이거나 방화벽이 막습니다.`;
			}

			return code === 'EACCES'
				? `${where}에 보낼 수 없습니다 (EACCES). 브로드캐스트 주소에는 setsockopt(SO_BROADCAST) 다음에만, 예를 들어 --option broadcast로 보냅니다. Esc b c로 켭니다. 아니면 방화벽이 막습니다.`
				: `${where}에 보낼 수 없습니다 (EPERM): 방화벽이 막습니다.`;
		}

		case 'ECONNREFUSED': {
			return syscall === 'connect'
				? `연결 거부됨: ${where}에서 수신 대기하는 소켓이 없습니다 (ECONNREFUSED). 서버를 먼저 실행해야 합니다; Esc o로 다시 시도합니다.`
				: `거부됨: ${where}에 소켓이 없어 ICMP "port unreachable"이 돌아왔습니다 (ECONNREFUSED).`;
		}

		case 'ENOTFOUND': {
			return `호스트를 찾을 수 없음: ${host} (ENOTFOUND). Esc a로 고치십시오.`;
		}

		case 'EAI_AGAIN': {
			return `지금은 ${host}의 주소를 찾지 못했습니다 (EAI_AGAIN): 이름 서버(DNS)가 응답하지 않거나, 찾는 중인 이름이 너무 많습니다. 다시 시도하거나 Esc a로 IP 주소를 입력하십시오.`;
		}

		case 'EAI_FAIL': {
			return `${host}의 주소를 찾지 못했습니다: 이름 서버(DNS)가 실패했습니다 (EAI_FAIL). Esc a로 IP 주소를 입력하십시오.`;
		}

		case 'ENETUNREACH':
		case 'EHOSTUNREACH': {
			return `${withParticle(where, ['으로', '로'])} 가는 경로가 없습니다 (${code}). 주소(Esc a)와 네트워크를 확인하십시오.`;
		}

		case 'ETIMEDOUT': {
			return `${where}에서 제시간에 응답이 없습니다 (ETIMEDOUT).${isServer ? '' : ' Esc o로 다시 시도합니다.'}`;
		}

		case 'ECONNRESET': {
			return `${where}에서 연결을 리셋했습니다 (ECONNRESET).${again}`;
		}

		case 'EPIPE': {
			return `${where}에서 연결을 닫았습니다: 더 쓸 수 없습니다 (EPIPE).${again}`;
		}

		case 'EINVAL':
		case 'ENODEV':
		case 'ENXIO': {
			return zoneProblem(host, where, code)
				?? `이 소켓은 ${where} 같은 주소를 쓸 수 없습니다 (${code}). Esc a로 바꾸십시오.`;
		}

		case 'EAFNOSUPPORT': {
			return host.includes(':')
				? `이 컴퓨터에는 ${where}에 필요한 IPv6가 없습니다 (EAFNOSUPPORT). Esc a로 바꾸십시오.`
				: `이 소켓은 ${where} 같은 주소를 쓸 수 없습니다 (EAFNOSUPPORT). Esc a로 바꾸십시오.`;
		}

		case 'ECANCELED': {
			return `${withParticle(where, ['으로', '로'])} 보내지 못함: 그 전에 소켓이 닫혔습니다 (ECANCELED).`;
		}

		case 'ECONNABORTED': {
			return `${where}에 대한 연결이 중단되었습니다 (ECONNABORTED).${again}`;
		}

		case 'ENOTCONN': {
			return syscall === 'getpeername'
				? '수락하고 바로 닫음: accept() 전에 클라이언트가 연결을 리셋했습니다 (getpeername() → ENOTCONN).'
				: (syscall === 'shutdown'
					? `FIN을 보내지 못함: ${where}에서 이미 연결을 리셋했습니다 (shutdown() → ENOTCONN).`
					: `소켓이 ${where}에 연결되어 있지 않습니다 (ENOTCONN).`);
		}

		case 'EMFILE':
		case 'ENFILE': {
			return syscall === 'getaddrinfo'
				? `${host}의 주소를 찾지 못했습니다: 열린 파일이 너무 많습니다 (${code}). 소켓을 닫거나 ulimit -n을 올리십시오.`
				: `열린 파일이 너무 많습니다 (${code}): 소켓을 닫거나 ulimit -n을 올리십시오.`;
		}

		case 'ENOBUFS':
		case 'ENOMEM': {
			return `운영체제에 남은 메모리가 없습니다 (${code}). 소켓을 닫고 다시 시도하십시오.`;
		}

		case 'EMSGSIZE': {
			return `${withParticle(where, ['으로', '로'])} 가는 이 길이의 데이터그램을 운영체제가 받지 않습니다 (EMSGSIZE). 더 짧게 보내십시오.`;
		}

		case 'ERR_SOCKET_BAD_PORT': {
			return `${withParticle(where, ['으로', '로'])} 보낼 수 없습니다: 이 포트의 소켓은 없습니다 (ERR_SOCKET_BAD_PORT). Esc a로 바꾸십시오.`;
		}

		default: {
			return `${syscall === '' ? '실패' : `${syscall} 실패`}: ${code === 'UNKNOWN' ? message : code} (${where})`;
		}
	}
}

/** What is wrong with the zone of an IPv6 address (RFC 4007), where it has one or needs one. */
function zoneProblem(host: string, where: string, code: string): string | undefined {
	const [, zone] = host.split('%');
	if (zone !== undefined) {
		return `이 컴퓨터에 인터페이스 ${withParticle(zone, ['이', '가'])} 없거나, 거기서 ${withParticle(where, ['을', '를'])} 쓸 수 없습니다 (${code}). Esc a로 바꾸십시오: ip addr이 인터페이스를 보여 줍니다.`;
	}

	return isLinkLocal(host)
		? `${withParticle(where, ['은', '는'])} 링크 로컬 주소입니다: [${host}%eth0]처럼 인터페이스(zone)를 붙여야 합니다 (${code}). Esc a로 고치십시오: ip addr이 인터페이스를 보여 줍니다.`
		: undefined;
}

/** Why a command was not carried out, and what to do; `isServer` says in whose pane that stands. */
export function explainRefusal(refusal: Refusal, isServer = false): string {
	switch (refusal.reason) {
		case 'not-open': {
			return '보내지 않음: 열린 소켓이 없습니다. Esc 다음 o를 누르십시오.';
		}

		case 'no-socket-yet': {
			return '아직 소켓이 없습니다: 처음 보낼 때 만들어집니다. 먼저 무엇이든 보내십시오.';
		}

		case 'no-destination': {
			return '목적지 없음: 서버에 아직 포트가 없습니다. 서버를 열거나 Esc a로 주소를 입력하십시오.';
		}

		case 'peer-gone': {
			return '보내지 않음: 그 클라이언트는 이제 없습니다. 빈 입력 줄에서 Left, Right로 다른 쪽을 선택하십시오.';
		}

		case 'no-peer': {
			return '보내지 않음: 받은 데이터그램이 아직 없어 보낼 주소가 없습니다.';
		}

		case 'no-connection': {
			return '보내지 않음: 연결된 클라이언트가 없습니다.';
		}

		case 'sending-finished': {
			return `보내지 않음: 이 소켓은 이미 FIN을 보냈습니다.${isServer ? '' : ' Esc o로 다시 연결합니다.'}`;
		}

		case 'empty-write': {
			return '보내지 않음: TCP는 바이트를 나르는데, 빈 쓰기에는 바이트가 없습니다.';
		}

		case 'larger-than-frame': {
			const {framing, length, limit} = refusal;
			return `보내지 않음: ${formatExactBytes(length)}입니다. 프레이밍 ${framing}의 메시지는 ${formatExactBytes(limit)}까지입니다.`;
		}

		case 'too-much-waiting': {
			return `보내지 않음: 이미 ${formatBytes(refusal.waiting)} 전송 대기 중입니다.`;
		}

		case 'client-limit': {
			return `클라이언트 한도(${refusal.limit})에 도달했습니다.`;
		}

		case 'no-such-pane': {
			return '그 패널은 제거되었습니다.';
		}

		case 'no-server': {
			return '여기에는 서버가 없습니다: 클라이언트는 다른 프로그램의 서버와 통신합니다.';
		}

		case 'payload-gone': {
			return '그 페이로드는 로그에서 삭제되었습니다.';
		}

		case 'save-failed': {
			const {code, message} = refusal.failure;
			switch (code) {
				case 'EACCES':
				case 'EROFS':
				case 'EPERM': {
					return `저장하지 못했습니다: 작업 디렉터리에 쓸 수 없습니다(${code}). 다른 곳에서 시작하십시오.`;
				}

				case 'ENOENT': {
					return `저장하지 못했습니다: 작업 디렉터리가 삭제되었습니다(${code}). 다른 곳에서 시작하십시오.`;
				}

				case 'ENOSPC': {
					return `저장하지 못했습니다: 디스크가 가득 찼습니다(${code}).`;
				}

				default: {
					return `저장하지 못했습니다: ${message}`;
				}
			}
		}

		case 'udp-has-none': {
			return 'UDP에는 연결이 없습니다: 리셋할 것이 없고, 읽지 않아도 보내는 쪽이 느려지지 않습니다.';
		}

		case 'no-broadcast': {
			return 'TCP는 상대 하나에게 연결합니다: 브로드캐스트는 UDP에만 있습니다.';
		}

		case 'nothing-to-split': {
			return '나눌 것이 없습니다: 먼저 텍스트를 입력하십시오. 문자를 자르려면 여러 바이트인 문자(한, é, 이모지)가 있어야 합니다.';
		}

		case 'nothing-to-lose': {
			return '유실될 것이 없습니다: 그 방향으로 보내는 UDP 소켓이 없습니다.';
		}

		case 'series-under-way': {
			return '지금은 할 수 없음: 연속 전송 중입니다. Esc b s로 중지합니다.';
		}

		case 'answers-are-counted': {
			return `지금은 바꿀 수 없음: 연속 전송 중인 클라이언트 ${refusal.client}번이 응답을 세고 있습니다. 그 패널에서 Esc b s로 중지합니다.`;
		}

		case 'no-lines-of': {
			return `바꾸지 않음: ${encodingName(refusal.encoding)}의 LF는 1바이트가 아니므로 line 프레이밍과 함께 쓸 수 없습니다.`;
		}

		case 'no-series': {
			return '진행 중인 연속 전송이 없습니다.';
		}

		case 'file-failed': {
			return `${visibleLine(refusal.path)}: ${fileProblem(refusal.failure.code)}.`;
		}

		case 'file-too-large': {
			const {path, size, limit} = refusal;
			const length = size === undefined ? `${formatBytes(limit)} 초과` : formatBytes(size);
			return `보내지 않음: ${visibleLine(path)}의 크기는 ${length}이고, 이 주소로 보내는 데이터그램 하나는 최대 ${formatBytes(limit)}입니다.`;
		}

		case 'file-under-way': {
			return '파일을 주고받는 중입니다. Esc u로 중지합니다.';
		}

		case 'no-file': {
			return '주고받는 파일이 없습니다.';
		}

		case 'one-peer': {
			return '파일은 상대 하나와 주고받습니다. 빈 입력 줄에서 Left, Right로 먼저 선택하십시오.';
		}

		case 'messages-under-way': {
			return messagesKo.refused.underWay;
		}

		case 'no-messages': {
			return messagesKo.refused.none;
		}

		case 'message-too-large': {
			const {name, size, limit} = refusal;
			return messagesKo.refused.tooLarge(visibleLine(name), size, limit);
		}

		case 'no-such-option': {
			return '이런 소켓에는 그 옵션이 없거나 Node가 설정할 수 없습니다.';
		}

		case 'relays-to-itself': {
			return `${formatAddress(refusal.target)}: 릴레이의 대상입니다. 릴레이가 끝없이 자신에게 전달하게 됩니다.`;
		}

		case 'not-held': {
			return '이미 보류가 끝난 메시지입니다.';
		}

		case 'held-end': {
			return '스트림의 끝은 편집하거나 버릴 수 없습니다. 앞선 바이트 뒤에 전달됩니다.';
		}

		case 'held-size': {
			return `${relayKo.list.wrongSize(refusal.length, refusal)}.`;
		}

		case 'no-lesson': {
			return '열린 학습이 없습니다. Esc g로 목록을 봅니다.';
		}

		case 'step-not-done': {
			return '이 단계는 아직 끝나지 않았습니다.';
		}

		case 'fault': {
			return `프로그램 오류: ${visibleLine(refusal.message)}. 개발자에게 알려 주십시오.`;
		}

		default: {
			return refusal satisfies never;
		}
	}
}
