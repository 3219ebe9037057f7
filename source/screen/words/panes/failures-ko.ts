import {formatAddress} from '../../../text/address.ts';
import {encodingName} from '../../../text/encoding/encoding.ts';
import {visibleLine} from '../../../text/width/visible.ts';
import {fileProblem} from '../input/files-words.ts';
import {messagesWords} from '../input/messages-words.ts';
import {formatBytes, formatExactBytes} from '../values/numbers.ts';
import {withParticle} from '../values/particle.ts';
import {relayWords} from './relay-words.ts';
import {
	explainFailures, explainRefusals, type FailedCall, type FailureSentences, type RefusalSentences,
} from './explain.ts';

/** How a client connects once more. */
function again(isServer: boolean): string {
	return isServer ? '' : ' Esc o로 다시 연결합니다.';
}

function forbidden({code, syscall, where, isBind, isPrivileged}: FailedCall): string {
	if (isBind) {
		const low = isPrivileged ? ': 1024 미만 포트는 관리자 전용입니다' : '';
		return `${where}에 바인딩할 권한이 없습니다 (${code})${low}. Esc a로 주소를 바꾸거나 다른 포트로 시작하십시오.`;
	}

	if (syscall === 'connect') {
		return `${where}에 연결할 수 없습니다 (${code}): 브로드캐스트 주소(TCP에는 없고 UDP는 --option broadcast(SO_BROADCAST)가 필요)이거나 방화벽이 막습니다.`;
	}

	return code === 'EACCES'
		? `${where}에 보낼 수 없습니다 (EACCES). 브로드캐스트 주소에는 setsockopt(SO_BROADCAST) 다음에만, 예를 들어 --option broadcast로 보냅니다. Esc b c로 켭니다. 아니면 방화벽이 막습니다.`
		: `${where}에 보낼 수 없습니다 (EPERM): 방화벽이 막습니다.`;
}

function noRoute({code, where}: FailedCall): string {
	return `${withParticle(where, ['으로', '로'])} 가는 경로가 없습니다 (${code}). 주소(Esc a)와 네트워크를 확인하십시오.`;
}

function wrongAddress(call: FailedCall): string {
	const {code, where} = call;
	return zoneProblem(call)
		?? `이 소켓은 ${where} 같은 주소를 쓸 수 없습니다 (${code}). Esc a로 바꾸십시오.`;
}

function manyFiles({code, syscall, host}: FailedCall): string {
	return syscall === 'getaddrinfo'
		? `${host}의 주소를 찾지 못했습니다: 열린 파일이 너무 많습니다 (${code}). 소켓을 닫거나 ulimit -n을 올리십시오.`
		: `열린 파일이 너무 많습니다 (${code}): 소켓을 닫거나 ulimit -n을 올리십시오.`;
}

function noMemory({code}: FailedCall): string {
	return `운영체제에 남은 메모리가 없습니다 (${code}). 소켓을 닫고 다시 시도하십시오.`;
}

/** What is wrong with the zone of an IPv6 address (RFC 4007), where it has one or needs one. */
function zoneProblem({code, where, host, zone, needsZone}: FailedCall): string | undefined {
	if (zone !== undefined) {
		return `이 컴퓨터에 인터페이스 ${withParticle(zone, ['이', '가'])} 없거나, 거기서 ${withParticle(where, ['을', '를'])} 쓸 수 없습니다 (${code}). Esc a로 바꾸십시오: ip addr이 인터페이스를 보여 줍니다.`;
	}

	return needsZone
		? `${withParticle(where, ['은', '는'])} 링크 로컬 주소입니다: [${host}%eth0]처럼 인터페이스(zone)를 붙여야 합니다 (${code}). Esc a로 고치십시오: ip addr이 인터페이스를 보여 줍니다.`
		: undefined;
}

const failures: FailureSentences = {
	peer: '상대',
	byCode: {
		EADDRINUSE: ({where, isServer}) => isServer
			? `${withParticle(where, ['은', '는'])} 사용 중입니다: 다른 소켓의 것입니다 (EADDRINUSE). Esc o로 다시 시도하거나, Esc a로 주소를 바꾸거나, 포트 0으로 시작하십시오.`
			: '이 소켓에 할당할 포트가 없습니다: 운영체제가 고를 수 있는 포트가 모두 사용 중입니다 (EADDRINUSE). 소켓을 닫고 다시 시도하십시오.',
		EADDRNOTAVAIL({where, host, isBind}) {
			if (isBind) {
				return `${withParticle(where, ['은', '는'])} 이 컴퓨터의 주소가 아닙니다 (EADDRNOTAVAIL). Esc a로 바꾸십시오.`;
			}

			const noPort = `${where}에 연결할 포트가 남아 있지 않`;
			const wait = '닫힌 연결의 포트는 1분 동안 TIME_WAIT로 남습니다: 소켓을 닫거나 기다리십시오.';
			return host.includes(':')
				? `${noPort}거나, 이 컴퓨터에 쓸 IPv6 주소가 없습니다 (EADDRNOTAVAIL). ${wait}`
				: `${noPort}습니다 (EADDRNOTAVAIL): 운영체제가 고를 수 있는 포트가 모두 사용 중입니다. ${wait}`;
		},
		EACCES: forbidden,
		EPERM: forbidden,
		ECONNREFUSED: ({syscall, where}) => syscall === 'connect'
			? `연결 거부됨: ${where}에서 수신 대기하는 소켓이 없습니다 (ECONNREFUSED). 서버를 먼저 실행한 뒤 이 패널에서 Esc o로 다시 시도합니다.`
			: `거부됨: ${where}에 소켓이 없어 ICMP "port unreachable"이 돌아왔습니다 (ECONNREFUSED).`,
		ENOTFOUND: ({host}) => `호스트를 찾을 수 없음: ${host} (ENOTFOUND). Esc a로 고치십시오.`,
		EAI_AGAIN: ({host}) =>
			`지금은 ${host}의 주소를 찾지 못했습니다 (EAI_AGAIN): 이름 서버(DNS)가 응답하지 않거나, 찾는 중인 이름이 너무 많습니다. 다시 시도하거나 Esc a로 IP 주소를 입력하십시오.`,
		EAI_FAIL: ({host}) =>
			`${host}의 주소를 찾지 못했습니다: 이름 서버(DNS)가 실패했습니다 (EAI_FAIL). Esc a로 IP 주소를 입력하십시오.`,
		ENETUNREACH: noRoute,
		EHOSTUNREACH: noRoute,
		ETIMEDOUT: ({where, isServer}) =>
			`${where}에서 제시간에 응답이 없습니다 (ETIMEDOUT).${isServer ? '' : ' Esc o로 다시 시도합니다.'}`,
		ECONNRESET: ({where, isServer}) => `${withParticle(where, ['이', '가'])} 연결을 리셋했습니다 (ECONNRESET).${again(isServer)}`,
		EPIPE: ({where, isServer}) => `${withParticle(where, ['이', '가'])} 연결을 닫았습니다: 더 쓸 수 없습니다 (EPIPE).${again(isServer)}`,
		EINVAL: wrongAddress,
		ENODEV: wrongAddress,
		ENXIO: wrongAddress,
		EAFNOSUPPORT: ({where, host}) => host.includes(':')
			? `이 컴퓨터에는 ${where}에 필요한 IPv6가 없습니다 (EAFNOSUPPORT). Esc a로 바꾸십시오.`
			: `이 소켓은 ${where} 같은 주소를 쓸 수 없습니다 (EAFNOSUPPORT). Esc a로 바꾸십시오.`,
		ECANCELED: ({where, isBind}) => `${withParticle(where, ['으로', '로'])} 보내지 못함: ${isBind
			? '소켓을 바인딩하지 못했습니다 (ECANCELED).'
			: '그 전에 소켓이 닫혔습니다 (ECANCELED). Esc o로 다시 엽니다.'}`,
		ECONNABORTED: ({where, isServer}) => `${where} 연결이 중단되었습니다 (ECONNABORTED).${again(isServer)}`,
		ENOTCONN: ({syscall, where}) => syscall === 'getpeername'
			? '수락하고 바로 닫음: accept() 전에 클라이언트가 연결을 리셋했습니다 (getpeername() → ENOTCONN).'
			: (syscall === 'shutdown'
				? `FIN을 보내지 못함: ${withParticle(where, ['이', '가'])} 이미 연결을 리셋했습니다 (shutdown() → ENOTCONN).`
				: `소켓이 ${where}에 연결되어 있지 않습니다 (ENOTCONN).`),
		EMFILE: manyFiles,
		ENFILE: manyFiles,
		ENOBUFS: noMemory,
		ENOMEM: noMemory,
		EMSGSIZE: ({where}) =>
			`${withParticle(where, ['으로', '로'])} 보내지 못함: 데이터그램이 너무 길어 운영체제가 받지 않습니다 (EMSGSIZE). 더 짧게 보내십시오.`,
		ERR_SOCKET_BAD_PORT: ({where}) =>
			`${withParticle(where, ['으로', '로'])} 보낼 수 없습니다: 이 포트의 소켓은 없습니다 (ERR_SOCKET_BAD_PORT). Esc a로 바꾸십시오.`,
	},
	other: ({syscall, where}, problem) => `${syscall === '' ? '실패' : `${syscall} 실패`}: ${problem} (${where})`,
};

const notWritable = '작업 디렉터리에 쓸 수 없습니다$. 다른 곳에서 시작하십시오.';

/** Why a file was not saved, by the error's name, which stands in the place of `$`. */
const saveProblems: Readonly<Record<string, string>> = {
	EACCES: notWritable,
	EROFS: notWritable,
	EPERM: notWritable,
	ENOENT: '작업 디렉터리가 삭제되었습니다$. 다른 곳에서 시작하십시오.',
	ENOSPC: '디스크가 가득 찼습니다$.',
};

const refusals: RefusalSentences = {
	'not-open': '보내지 않음: 열린 소켓이 없습니다. Esc 다음 o를 누르십시오.',
	'no-socket-yet': '아직 소켓이 없습니다: 처음 보낼 때 만들어집니다. 먼저 무엇이든 보내십시오.',
	'no-destination': '목적지 없음: 서버에 아직 포트가 없습니다. 서버를 열거나 Esc a로 주소를 입력하십시오.',
	'peer-gone': '보내지 않음: 그 클라이언트는 이제 없습니다. 빈 입력 줄에서 Left, Right로 다른 쪽을 선택하십시오.',
	'no-peer': '보내지 않음: 받은 데이터그램이 아직 없어 보낼 주소가 없습니다.',
	'no-connection': '보내지 않음: 연결된 클라이언트가 없습니다.',
	'sending-finished': (_, isServer) => `보내지 않음: 이 소켓은 이미 FIN을 보냈습니다.${again(isServer)}`,
	'empty-write': '보내지 않음: TCP는 바이트를 나르는데, 빈 쓰기에는 바이트가 없습니다.',
	'larger-than-frame': ({framing, length, limit}) =>
		`보내지 않음: ${formatExactBytes(length)}입니다. 프레이밍 ${framing}의 메시지는 ${formatExactBytes(limit)}까지입니다.`,
	'too-much-waiting': refusal => `보내지 않음: 이미 ${formatBytes(refusal.waiting)} 전송 대기 중입니다. 대기 중인 데이터가 줄어든 뒤 다시 보내십시오.`,
	'client-limit': refusal => `클라이언트 한도(${refusal.limit})에 도달했습니다. 하나를 Esc x로 닫고, 다시 Esc x로 제거하십시오.`,
	'no-such-pane': '그 패널은 제거되었습니다.',
	'no-server': '여기에는 서버가 없습니다: 클라이언트는 다른 프로그램의 서버와 통신합니다.',
	'payload-gone': '그 페이로드는 로그에서 삭제되었습니다.',
	'save-failed'({failure: {code, message}}) {
		const problem = saveProblems[code];
		return `저장하지 못했습니다: ${problem === undefined ? message : problem.replace('$', `(${code})`)}`;
	},
	'udp-has-none': 'UDP에는 연결이 없습니다: 리셋할 것이 없고, 읽지 않아도 보내는 쪽이 느려지지 않습니다.',
	'no-broadcast': 'TCP는 상대 하나에게 연결합니다: 브로드캐스트는 UDP에만 있습니다.',
	'nothing-to-split': '나눌 것이 없습니다: 먼저 텍스트를 입력하십시오. 문자를 자르려면 여러 바이트인 문자(한, é, 이모지)가 있어야 합니다.',
	'nothing-to-lose': '유실될 것이 없습니다: 그 방향으로 보내는 UDP 소켓이 없습니다.',
	'series-under-way': '지금은 할 수 없음: 연속 전송 중입니다. Esc b s로 중지합니다.',
	'answers-are-counted': refusal =>
		`지금은 바꿀 수 없음: 연속 전송 중인 클라이언트 ${refusal.client}번이 응답을 세고 있습니다. 그 패널에서 Esc b s로 중지합니다.`,
	'no-lines-of': refusal =>
		`바꾸지 않음: ${encodingName(refusal.encoding)}의 LF는 1바이트가 아니므로 line 프레이밍과 함께 쓸 수 없습니다.`,
	'no-series': '진행 중인 연속 전송이 없습니다.',
	'file-failed': refusal => `${visibleLine(refusal.path)}: ${fileProblem.ko(refusal.failure.code)}.`,
	'file-too-large'({path, size, limit}) {
		const length = size === undefined ? `${formatBytes(limit)} 초과` : formatBytes(size);
		return `보내지 않음: ${visibleLine(path)}의 크기는 ${length}이고, 이 주소로 보내는 데이터그램 하나는 최대 ${formatBytes(limit)}입니다.`;
	},
	'file-under-way': '파일을 주고받는 중입니다. Esc u로 중지합니다.',
	'no-file': '주고받는 파일이 없습니다.',
	'one-peer': '파일은 상대 하나와 주고받습니다. 빈 입력 줄에서 Left, Right로 먼저 선택하십시오.',
	'messages-under-way': messagesWords.refused.underWay.ko,
	'no-messages': messagesWords.refused.none.ko,
	'message-too-large': ({name, size, limit}) =>
		messagesWords.refused.tooLarge.ko(visibleLine(name), size, limit),
	'no-such-option': '이런 소켓에는 그 옵션이 없거나 Node가 설정할 수 없습니다.',
	'relays-to-itself': refusal => `${formatAddress(refusal.target)}: 릴레이의 대상입니다. 릴레이가 끝없이 자신에게 전달하게 됩니다.`,
	'not-held': '이미 보류가 끝난 메시지입니다.',
	'held-end': '스트림의 끝은 편집하거나 버릴 수 없습니다. 앞선 바이트 뒤에 전달됩니다.',
	'held-size': refusal => `${relayWords.list.wrongSize.ko(refusal.length, refusal)}.`,
	'no-lesson': '열린 학습이 없습니다. Esc g로 목록을 봅니다.',
	'step-not-done': '이 단계는 아직 끝나지 않았습니다.',
	fault: refusal => `프로그램 오류: ${visibleLine(refusal.message)}. 소켓은 열려 있습니다. 개발자에게 알려 주십시오.`,
};

/** What a failed call means, and what to do. */
export const explainFailure = explainFailures(failures);

/** Why a command was not carried out, and what to do. */
export const explainRefusal = explainRefusals(refusals);
