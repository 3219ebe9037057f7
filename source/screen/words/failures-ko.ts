import type {Refusal} from '../../engine/api/command.ts';
import type {Address, SocketFailure} from '../../log/event.ts';
import {formatAddress} from '../../text/address.ts';
import {visibleLine} from '../../text/visible.ts';
import {formatBytes} from './numbers.ts';

/** What a failed call means, and what to do. */
export function explainFailure({code, syscall, message}: SocketFailure, address: Address | undefined): string {
	const where = address ? formatAddress(address) : '상대';
	const isBind = syscall === 'bind' || syscall === 'listen';
	switch (code) {
		case 'EADDRINUSE': {
			return `${where}는 다른 프로그램이 사용 중입니다 (EADDRINUSE). Esc o로 다시 시도하거나, Esc a로 주소를 바꾸거나, --port 0으로 시작하십시오.`;
		}

		case 'EADDRNOTAVAIL': {
			return isBind
				? `${where}는 이 컴퓨터의 주소가 아닙니다 (EADDRNOTAVAIL). Esc a로 바꾸십시오.`
				: `이 컴퓨터의 주소로는 ${where}에 닿을 수 없습니다 (EADDRNOTAVAIL).`;
		}

		case 'EACCES':
		case 'EPERM': {
			return isBind
				? `${where}에 바인딩할 권한이 없습니다 (${code}): 1024 미만 포트는 관리자 전용입니다. Esc a나 --port로 바꾸십시오.`
				: `${where}에 보낼 수 없습니다 (${code}): 브로드캐스트 주소이거나 방화벽이 막습니다.`;
		}

		case 'ECONNREFUSED': {
			return `연결 거부됨: ${where}에서 수신 대기하는 소켓이 없습니다 (ECONNREFUSED). 서버를 먼저 실행해야 합니다; Esc o로 다시 시도합니다.`;
		}

		case 'ENOTFOUND': {
			return `호스트를 찾을 수 없음: ${address?.host ?? ''} (ENOTFOUND). Esc a로 고치십시오.`;
		}

		case 'EAI_AGAIN': {
			return `${address?.host ?? ''}의 주소를 찾지 못했습니다: 이름 서버(DNS)가 응답하지 않습니다 (EAI_AGAIN). Esc a로 IP 주소를 입력하십시오.`;
		}

		case 'ENETUNREACH':
		case 'EHOSTUNREACH': {
			return `${where}로 가는 경로가 없습니다 (${code}). 주소(Esc a)와 네트워크를 확인하십시오.`;
		}

		case 'ETIMEDOUT': {
			return `${where}에서 제시간에 응답이 없습니다 (ETIMEDOUT). Esc o로 다시 시도합니다.`;
		}

		case 'ECONNRESET': {
			return `${where}에서 연결을 리셋했습니다 (ECONNRESET). Esc o로 다시 연결합니다.`;
		}

		case 'EPIPE': {
			return `${where}에서 연결을 닫았습니다: 더 쓸 수 없습니다 (EPIPE).`;
		}

		case 'EINVAL':
		case 'EAFNOSUPPORT': {
			return `이 소켓은 ${where} 같은 주소를 쓸 수 없습니다 (${code}). Esc a로 바꾸십시오.`;
		}

		case 'ECANCELED': {
			return `${where}(으)로 보내지 못함: 그 전에 소켓이 닫혔습니다 (ECANCELED).`;
		}

		case 'ECONNABORTED': {
			return 'accept() 전에 클라이언트가 연결을 닫았습니다 (ECONNABORTED).';
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

/** Why a command was not carried out, and what to do. */
export function explainRefusal(refusal: Refusal): string {
	switch (refusal.reason) {
		case 'not-open': {
			return '보내지 않음: 열린 소켓이 없습니다. Esc 다음 o를 누르십시오.';
		}

		case 'no-destination': {
			return '목적지 없음: 서버에 아직 포트가 없습니다. 서버를 열거나 Esc a로 주소를 입력하십시오.';
		}

		case 'peer-gone': {
			return '보내지 않음: 그 클라이언트는 없습니다. 빈 줄에서 왼쪽/오른쪽으로 다른 쪽을 선택하십시오.';
		}

		case 'no-peer': {
			return '보내지 않음: 받은 데이터그램이 아직 없어 보낼 주소가 없습니다.';
		}

		case 'no-connection': {
			return '보내지 않음: 연결된 클라이언트가 없습니다.';
		}

		case 'sending-finished': {
			return '보내지 않음: 이 소켓은 이미 FIN을 보냈습니다. Esc o로 다시 연결합니다.';
		}

		case 'empty-write': {
			return '보내지 않음: TCP는 바이트를 나르는데, 빈 쓰기에는 바이트가 없습니다.';
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
			const {code} = refusal.failure;
			const isForbidden = code === 'EACCES' || code === 'EROFS' || code === 'EPERM';
			return isForbidden
				? `저장하지 못했습니다: 작업 디렉터리에 쓸 수 없습니다(${code}). 다른 곳에서 시작하십시오.`
				: `저장하지 못했습니다(${code}): ${code === 'ENOSPC' ? '디스크가 가득 찼습니다.' : refusal.failure.message}`;
		}

		case 'udp-has-none': {
			return 'UDP에는 연결이 없습니다: 리셋할 것이 없고, 읽지 않아도 보내는 쪽이 느려지지 않습니다.';
		}

		case 'nothing-to-split': {
			return '나눌 것이 없습니다: 먼저 텍스트를 입력하십시오. 문자를 자르려면 여러 바이트인 문자(한, é, 이모지)가 있어야 합니다.';
		}

		case 'nothing-to-lose': {
			return '유실될 것이 없습니다: 그 방향으로 보내는 UDP 소켓이 없습니다.';
		}

		case 'series-under-way': {
			return '보내지 않음: 연속 전송 중입니다. Esc b s로 중지합니다.';
		}

		case 'no-series': {
			return '진행 중인 연속 전송이 없습니다.';
		}

		case 'fault': {
			return `프로그램 오류: ${visibleLine(refusal.message)}. 신고해 주세요.`;
		}

		default: {
			return refusal satisfies never;
		}
	}
}
