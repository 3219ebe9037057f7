/* What is said of a failed call, and of a command that was not carried out. */
import type {Refusal} from '../../../engine/api/command.ts';
import type {Address, SocketFailure} from '../../../log/event.ts';
import {formatAddress, isLinkLocal} from '../../../text/address.ts';
import {encodingName} from '../../../text/encoding/encoding.ts';
import {visibleLine} from '../../../text/width/visible.ts';
import {type Both, en} from '../both.ts';
import {fileProblem} from '../input/files-words.ts';
import {messageTooLarge, messagesWords} from '../input/messages-words.ts';
import {formatBytes, formatExactBytes} from '../../../text/numbers.ts';
import {withParticle} from '../particle.ts';
import {relayWords} from './relay-words.ts';

/** A failed call, as its sentence names it. */
type FailedCall = {
	readonly code: string;
	readonly syscall: string;
	/** The address that it was for; what stands for one that is not known. */
	readonly where: Both<string>;
	readonly host: string;
	/** Whether its port is below 1024. */
	readonly isPrivileged: boolean;
	readonly isBind: boolean;
	/** Whether it is told in the server's pane. */
	readonly isServer: boolean;
};

/** How a client connects once more. */
function again(isServer: boolean): Both<string> {
	return isServer ? en('').ko('') : en(' Esc o connects again.').ko(' Esc o로 다시 연결합니다.');
}

function forbidden({code, syscall, where, isBind, isPrivileged}: FailedCall): Both<string> {
	if (isBind) {
		const low = isPrivileged
			? en(': ports below 1024 are privileged').ko(': 1024 미만 포트는 관리자 전용입니다')
			: en('').ko('');
		return en(`no permission to bind ${where.en} (${code})${low.en}. Press Esc a to choose another, or start with another port.`)
			.ko(`${where.ko}에 바인딩할 권한이 없습니다 (${code})${low.ko}. Esc a로 주소를 바꾸거나 다른 포트로 시작하십시오.`);
	}

	if (syscall === 'connect') {
		return en(`not allowed to connect to ${where.en} (${code}): a broadcast address, which TCP does not have and UDP only with --option broadcast (SO_BROADCAST), or a firewall rule.`)
			.ko(`${where.ko}에 연결할 수 없습니다 (${code}): 브로드캐스트 주소(TCP에는 없고 UDP는 --option broadcast(SO_BROADCAST)가 필요)이거나 방화벽이 막습니다.`);
	}

	return code === 'EACCES'
		? en(`not allowed to send to ${where.en} (EACCES). To a broadcast address a socket sends only after setsockopt(SO_BROADCAST), as with --option broadcast. Esc b c allows it. Otherwise a firewall rule forbids it.`)
			.ko(`${where.ko}에 보낼 수 없습니다 (EACCES). 브로드캐스트 주소에는 setsockopt(SO_BROADCAST) 다음에만, 예를 들어 --option broadcast로 보냅니다. Esc b c로 켭니다. 아니면 방화벽이 막습니다.`)
		: en(`not allowed to send to ${where.en} (EPERM): a firewall rule forbids it.`)
			.ko(`${where.ko}에 보낼 수 없습니다 (EPERM): 방화벽이 막습니다.`);
}

function noRoute({code, where}: FailedCall): Both<string> {
	return en(`no route to ${where.en} (${code}). Check the address (Esc a) and this machine's network.`)
		.ko(`${withParticle(where.ko, ['으로', '로'])} 가는 경로가 없습니다 (${code}). 주소(Esc a)와 네트워크를 확인하십시오.`);
}

/** An address that cannot be used, perhaps for its zone (RFC 4007), which it has or needs. */
function wrongAddress({code, where, host}: FailedCall): Both<string> {
	const [, zone] = host.split('%');
	if (zone !== undefined) {
		return en(`this machine has no interface ${zone}, or it cannot use ${where.en} there (${code}). Press Esc a to choose another: ip addr lists the interfaces.`)
			.ko(`이 컴퓨터에 인터페이스 ${withParticle(zone, ['이', '가'])} 없거나, 거기서 ${withParticle(where.ko, ['을', '를'])} 쓸 수 없습니다 (${code}). Esc a로 바꾸십시오: ip addr이 인터페이스를 보여 줍니다.`);
	}

	return isLinkLocal(host)
		? en(`${where.en} is a link-local address: it needs the interface as its zone, such as [${host}%eth0] (${code}). Press Esc a to add it; ip addr lists the interfaces.`)
			.ko(`${withParticle(where.ko, ['은', '는'])} 링크 로컬 주소입니다: [${host}%eth0]처럼 인터페이스(zone)를 붙여야 합니다 (${code}). Esc a로 고치십시오: ip addr이 인터페이스를 보여 줍니다.`)
		: en(`this socket cannot use the address ${where.en} (${code}). Press Esc a to choose another address.`)
			.ko(`이 소켓은 ${where.ko} 같은 주소를 쓸 수 없습니다 (${code}). Esc a로 바꾸십시오.`);
}

function manyFiles({code, syscall, host}: FailedCall): Both<string> {
	return syscall === 'getaddrinfo'
		? en(`the name ${host} could not be looked up: too many open files (${code}). Close some sockets, or raise the limit with ulimit -n.`)
			.ko(`${host}의 주소를 찾지 못했습니다: 열린 파일이 너무 많습니다 (${code}). 소켓을 닫거나 ulimit -n을 올리십시오.`)
		: en(`too many open files (${code}): close some sockets, or raise the limit with ulimit -n.`)
			.ko(`열린 파일이 너무 많습니다 (${code}): 소켓을 닫거나 ulimit -n을 올리십시오.`);
}

function noMemory({code}: FailedCall): Both<string> {
	return en(`the OS has no memory left for this (${code}). Close some sockets, and try again.`)
		.ko(`운영체제에 남은 메모리가 없습니다 (${code}). 소켓을 닫고 다시 시도하십시오.`);
}

/** What a failed call means, and what to do, by the error's name, errno(3). */
const failures: Readonly<Record<string, (call: FailedCall) => Both<string>>> = {
	EADDRINUSE: ({where, isServer}) => isServer
		? en(`${where.en} is in use: another socket is bound to it (EADDRINUSE). Press Esc o to try again, Esc a to choose another, or start with port 0.`)
			.ko(`${withParticle(where.ko, ['은', '는'])} 사용 중입니다: 다른 소켓의 것입니다 (EADDRINUSE). Esc o로 다시 시도하거나, Esc a로 주소를 바꾸거나, 포트 0으로 시작하십시오.`)
		: en('no port is left for this socket: all that the OS may choose are in use (EADDRINUSE). Close some sockets, and try again.')
			.ko('이 소켓에 할당할 포트가 없습니다: 운영체제가 고를 수 있는 포트가 모두 사용 중입니다 (EADDRINUSE). 소켓을 닫고 다시 시도하십시오.'),
	EADDRNOTAVAIL({where, host, isBind}) {
		if (isBind) {
			return en(`${where.en} is not an address of this machine (EADDRNOTAVAIL). Press Esc a to choose another.`)
				.ko(`${withParticle(where.ko, ['은', '는'])} 이 컴퓨터의 주소가 아닙니다 (EADDRNOTAVAIL). Esc a로 바꾸십시오.`);
		}

		const noPort = en(`no port is left here for another connection to ${where.en}`)
			.ko(`${where.ko}에 연결할 포트가 남아 있지 않`);
		const wait = en('The OS keeps those of closed connections in TIME_WAIT for a minute: close some, or wait.')
			.ko('닫힌 연결의 포트는 1분 동안 TIME_WAIT로 남습니다: 소켓을 닫거나 기다리십시오.');
		return host.includes(':')
			? en(`${noPort.en}, or this machine has no IPv6 address to reach it from (EADDRNOTAVAIL). ${wait.en}`)
				.ko(`${noPort.ko}거나, 이 컴퓨터에 쓸 IPv6 주소가 없습니다 (EADDRNOTAVAIL). ${wait.ko}`)
			: en(`${noPort.en} (EADDRNOTAVAIL): all that the OS may choose are in use. ${wait.en}`)
				.ko(`${noPort.ko}습니다 (EADDRNOTAVAIL): 운영체제가 고를 수 있는 포트가 모두 사용 중입니다. ${wait.ko}`);
	},
	EACCES: forbidden,
	EPERM: forbidden,
	ECONNREFUSED: ({syscall, where}) => syscall === 'connect'
		? en(`refused: no socket listens at ${where.en} (ECONNREFUSED). The server must run first; then Esc o tries again here.`)
			.ko(`연결 거부됨: ${where.ko}에서 수신 대기하는 소켓이 없습니다 (ECONNREFUSED). 서버를 먼저 실행한 뒤 이 패널에서 Esc o로 다시 시도합니다.`)
		: en(`refused: no socket is bound to ${where.en}: ICMP "port unreachable" came back (ECONNREFUSED).`)
			.ko(`거부됨: ${where.ko}에 소켓이 없어 ICMP "port unreachable"이 돌아왔습니다 (ECONNREFUSED).`),
	ENOTFOUND: ({host}) => en(`host not found: ${host} (ENOTFOUND). Press Esc a to correct it.`)
		.ko(`호스트를 찾을 수 없음: ${host} (ENOTFOUND). Esc a로 고치십시오.`),
	EAI_AGAIN: ({host}) => en(`the name ${host} could not be looked up now (EAI_AGAIN): no name server answers, or too many names are being looked up. Try again, or give the IP address with Esc a.`)
		.ko(`지금은 ${host}의 주소를 찾지 못했습니다 (EAI_AGAIN): 이름 서버(DNS)가 응답하지 않거나, 찾는 중인 이름이 너무 많습니다. 다시 시도하거나 Esc a로 IP 주소를 입력하십시오.`),
	EAI_FAIL: ({host}) => en(`the name ${host} could not be looked up: the name server has failed (EAI_FAIL). Give the IP address with Esc a.`)
		.ko(`${host}의 주소를 찾지 못했습니다: 이름 서버(DNS)가 실패했습니다 (EAI_FAIL). Esc a로 IP 주소를 입력하십시오.`),
	ENETUNREACH: noRoute,
	EHOSTUNREACH: noRoute,
	ETIMEDOUT({where, isServer}) {
		const retry = isServer ? en('').ko('') : en(' Esc o tries again.').ko(' Esc o로 다시 시도합니다.');
		return en(`${where.en} did not answer in time (ETIMEDOUT).${retry.en}`)
			.ko(`${where.ko}에서 제시간에 응답이 없습니다 (ETIMEDOUT).${retry.ko}`);
	},
	ECONNRESET: ({where, isServer}) => en(`${where.en} has reset the connection (ECONNRESET).${again(isServer).en}`)
		.ko(`${withParticle(where.ko, ['이', '가'])} 연결을 리셋했습니다 (ECONNRESET).${again(isServer).ko}`),
	EPIPE: ({where, isServer}) => en(`${where.en} has closed the connection: it accepts no further data (EPIPE).${again(isServer).en}`)
		.ko(`${withParticle(where.ko, ['이', '가'])} 연결을 닫았습니다: 더 쓸 수 없습니다 (EPIPE).${again(isServer).ko}`),
	EINVAL: wrongAddress,
	ENODEV: wrongAddress,
	ENXIO: wrongAddress,
	EAFNOSUPPORT: ({where, host}) => host.includes(':')
		? en(`this machine has no IPv6, which ${where.en} needs (EAFNOSUPPORT). Press Esc a to choose another address.`)
			.ko(`이 컴퓨터에는 ${where.ko}에 필요한 IPv6가 없습니다 (EAFNOSUPPORT). Esc a로 바꾸십시오.`)
		: en(`this socket cannot use the address ${where.en} (EAFNOSUPPORT). Press Esc a to choose another address.`)
			.ko(`이 소켓은 ${where.ko} 같은 주소를 쓸 수 없습니다 (EAFNOSUPPORT). Esc a로 바꾸십시오.`),
	ECANCELED({where, isBind}) {
		const why = isBind
			? en('the socket could not be bound (ECANCELED).').ko('소켓을 바인딩하지 못했습니다 (ECANCELED).')
			: en('the socket was closed first (ECANCELED). Esc o opens one.')
				.ko('그 전에 소켓이 닫혔습니다 (ECANCELED). Esc o로 다시 엽니다.');
		return en(`not sent to ${where.en}: ${why.en}`)
			.ko(`${withParticle(where.ko, ['으로', '로'])} 보내지 못함: ${why.ko}`);
	},
	ECONNABORTED: ({where, isServer}) => en(`the connection to ${where.en} was aborted (ECONNABORTED).${again(isServer).en}`)
		.ko(`${where.ko} 연결이 중단되었습니다 (ECONNABORTED).${again(isServer).ko}`),
	ENOTCONN({syscall, where}) {
		if (syscall === 'getpeername') {
			return en('accepted and closed at once: its client had reset the connection before accept() (getpeername() → ENOTCONN).')
				.ko('수락하고 바로 닫음: accept() 전에 클라이언트가 연결을 리셋했습니다 (getpeername() → ENOTCONN).');
		}

		return syscall === 'shutdown'
			? en(`no FIN sent: ${where.en} had reset the connection (shutdown() → ENOTCONN).`)
				.ko(`FIN을 보내지 못함: ${withParticle(where.ko, ['이', '가'])} 이미 연결을 리셋했습니다 (shutdown() → ENOTCONN).`)
			: en(`the socket is not connected to ${where.en} (ENOTCONN).`)
				.ko(`소켓이 ${where.ko}에 연결되어 있지 않습니다 (ENOTCONN).`);
	},
	EMFILE: manyFiles,
	ENFILE: manyFiles,
	ENOBUFS: noMemory,
	ENOMEM: noMemory,
	EMSGSIZE: ({where}) => en(`the OS does not take a datagram of this length to ${where.en} (EMSGSIZE). Send a shorter one.`)
		.ko(`${withParticle(where.ko, ['으로', '로'])} 보내지 못함: 데이터그램이 너무 길어 운영체제가 받지 않습니다 (EMSGSIZE). 더 짧게 보내십시오.`),
	ERR_SOCKET_BAD_PORT: ({where}) => en(`nothing can be sent to ${where.en}: no socket has that port (ERR_SOCKET_BAD_PORT). Press Esc a to choose another address.`)
		.ko(`${withParticle(where.ko, ['으로', '로'])} 보낼 수 없습니다: 이 포트의 소켓은 없습니다 (ERR_SOCKET_BAD_PORT). Esc a로 바꾸십시오.`),
};

/** What a failed call of a socket with an address means, and what to do; `isServer` says in whose pane it is told. */
export function explainFailure(
	{code, syscall, message}: SocketFailure,
	address: Address | undefined,
	isServer: boolean,
): Both<string> {
	const known = address && formatAddress(address);
	const where = known === undefined ? en('the peer').ko('상대') : en(known).ko(known);
	const explain = Object.hasOwn(failures, code) ? failures[code] : undefined;
	const problem = code === 'UNKNOWN' ? message : code;
	const name = syscall && `${syscall} `;
	return explain?.({
		code,
		syscall,
		where,
		host: address?.host ?? '',
		isPrivileged: address !== undefined && address.port > 0 && address.port < 1024,
		isBind: syscall === 'bind' || syscall === 'listen',
		isServer,
	}) ?? en(`${name}failed: ${problem} (${where.en})`).ko(`${name}실패: ${problem} (${where.ko})`);
}

const notWritable = en('this program may not write into its working directory $. Start it in another one.')
	.ko('작업 디렉터리에 쓸 수 없습니다$. 다른 곳에서 시작하십시오.');

/** Why a file was not saved, by the error's name, which stands in the place of `$`. */
const saveProblems: Readonly<Partial<Record<string, Both<string>>>> = {
	EACCES: notWritable,
	EROFS: notWritable,
	EPERM: notWritable,
	ENOENT: en('the working directory was removed $. Start the program in another one.')
		.ko('작업 디렉터리가 삭제되었습니다$. 다른 곳에서 시작하십시오.'),
	ENOSPC: en('the disk is full $.').ko('디스크가 가득 찼습니다$.'),
};

/** Why a command was not carried out, and what to do. @param isServer - whether it is told in the server's pane */
type RefusalSentence<Reason>
	= Both<string> | ((refusal: Extract<Refusal, {reason: Reason}>, isServer: boolean) => Both<string>);

const refusals: {readonly [Reason in Refusal['reason']]: RefusalSentence<Reason>} = {
	'not-open': en('not sent: there is no open socket. Press Esc, then o.')
		.ko('보내지 않음: 열린 소켓이 없습니다. Esc 다음 o를 누르십시오.'),
	'no-socket-yet': en('there is no socket yet: the first send makes it. Send something first.')
		.ko('아직 소켓이 없습니다: 처음 보낼 때 만들어집니다. 먼저 무엇이든 보내십시오.'),
	'no-destination': en('no destination: the server has no port yet. Open it first, or give an address with Esc a.')
		.ko('목적지 없음: 서버에 아직 포트가 없습니다. 서버를 열거나 Esc a로 주소를 입력하십시오.'),
	'peer-gone': en('not sent: that client is gone. Left and Right, on an empty line, choose another.')
		.ko('보내지 않음: 그 클라이언트는 이제 없습니다. 빈 입력 줄에서 Left, Right로 다른 쪽을 선택하십시오.'),
	'no-peer': en('not sent: no datagram received yet, so there is no address to send to.')
		.ko('보내지 않음: 받은 데이터그램이 아직 없어 보낼 주소가 없습니다.'),
	'no-connection': en('not sent: no client is connected.').ko('보내지 않음: 연결된 클라이언트가 없습니다.'),
	'sending-finished': (_, isServer) => en(`not sent: this socket has sent its FIN.${again(isServer).en}`)
		.ko(`보내지 않음: 이 소켓은 이미 FIN을 보냈습니다.${again(isServer).ko}`),
	'empty-write': en('not sent: TCP carries bytes, and an empty write carries none.')
		.ko('보내지 않음: TCP는 바이트를 나르는데, 빈 쓰기에는 바이트가 없습니다.'),
	'larger-than-frame'({framing, length, limit}) {
		const [has, most] = [formatExactBytes(length), formatExactBytes(limit)];
		return en(`not sent: ${has}, and a message with the framing ${framing} has ${most} at most.`)
			.ko(`보내지 않음: ${has}입니다. 프레이밍 ${framing}의 메시지는 ${most}까지입니다.`);
	},
	'too-much-waiting': ({waiting}) => en(`not sent: ${formatBytes(waiting)} already queued. Send it again when less is queued.`)
		.ko(`보내지 않음: 이미 ${formatBytes(waiting)} 전송 대기 중입니다. 대기 중인 데이터가 줄어든 뒤 다시 보내십시오.`),
	'client-limit': ({limit}) => en(`client limit reached (${limit}). Esc x closes one, and once more removes it.`)
		.ko(`클라이언트 한도(${limit})에 도달했습니다. 하나를 Esc x로 닫고, 다시 Esc x로 제거하십시오.`),
	'no-such-pane': en('that pane was removed.').ko('그 패널은 제거되었습니다.'),
	'no-server': en('no server here: the clients send to another program\'s server.')
		.ko('여기에는 서버가 없습니다: 클라이언트는 다른 프로그램의 서버와 통신합니다.'),
	'payload-gone': en('this payload was dropped from the log.').ko('그 페이로드는 로그에서 삭제되었습니다.'),
	'save-failed'({failure: {code, message}}) {
		const problem = saveProblems[code];
		// The system's message begins with its code.
		return problem
			? en(`not saved: ${problem.en.replace('$', `(${code})`)}`)
				.ko(`저장하지 못했습니다: ${problem.ko.replace('$', `(${code})`)}`)
			: en(`not saved: ${message}`).ko(`저장하지 못했습니다: ${message}`);
	},
	'udp-has-none': en('UDP has no connection: there is nothing to reset, and not reading does not throttle the sender.')
		.ko('UDP에는 연결이 없습니다: 리셋할 것이 없고, 읽지 않아도 보내는 쪽이 느려지지 않습니다.'),
	'no-broadcast': en('TCP connects to one peer: only UDP has broadcast.')
		.ko('TCP는 상대 하나에게 연결합니다: 브로드캐스트는 UDP에만 있습니다.'),
	'nothing-to-split': en('nothing to divide: type a text first, with a character of several bytes (é, 한, emoji) where one is to be split.')
		.ko('나눌 것이 없습니다: 먼저 텍스트를 입력하십시오. 문자를 자르려면 여러 바이트인 문자(한, é, 이모지)가 있어야 합니다.'),
	'nothing-to-lose': en('nothing to lose: no UDP socket here sends that way.')
		.ko('유실될 것이 없습니다: 그 방향으로 보내는 UDP 소켓이 없습니다.'),
	'series-under-way': en('not now: a series of messages is being sent from here. Esc b s stops it.')
		.ko('지금은 할 수 없음: 연속 전송 중입니다. Esc b s로 중지합니다.'),
	'answers-are-counted': ({client}) => en(`not now: client ${client} counts the answers to its series. Esc b s in its pane stops it.`)
		.ko(`지금은 바꿀 수 없음: 연속 전송 중인 클라이언트 ${client}번이 응답을 세고 있습니다. 그 패널에서 Esc b s로 중지합니다.`),
	'no-lines-of': ({encoding}) => en(`not changed: in ${encodingName(encoding)} a line feed is not a single byte, so the framing line cannot be used with it.`)
		.ko(`바꾸지 않음: ${encodingName(encoding)}의 LF는 1바이트가 아니므로 line 프레이밍과 함께 쓸 수 없습니다.`),
	'no-series': en('no series of messages is being sent from here.').ko('진행 중인 연속 전송이 없습니다.'),
	'file-failed'({path, failure: {code}}) {
		const file = visibleLine(path);
		return en(`${file}: ${fileProblem.en(code)}.`).ko(`${file}: ${fileProblem.ko(code)}.`);
	},
	'file-too-large'({path, size, limit}) {
		const [file, most] = [visibleLine(path), formatBytes(limit)];
		const length = size === undefined
			? en(`more than ${most}`).ko(`${most} 초과`)
			: en(formatBytes(size)).ko(formatBytes(size));
		return en(`not sent: ${file} has ${length.en}, and one datagram to this address holds at most ${most}.`)
			.ko(`보내지 않음: ${file}의 크기는 ${length.ko}이고, 이 주소로 보내는 데이터그램 하나는 최대 ${most}입니다.`);
	},
	'file-under-way': en('a file is under way here: Esc u stops it.').ko('파일을 주고받는 중입니다. Esc u로 중지합니다.'),
	'no-file': en('no file is under way here.').ko('주고받는 파일이 없습니다.'),
	'one-peer': en('a file goes to one peer, or comes from one: choose it first, with Left and Right on the empty line.')
		.ko('파일은 상대 하나와 주고받습니다. 빈 입력 줄에서 Left, Right로 먼저 선택하십시오.'),
	'messages-under-way': messagesWords.refused.underWay,
	'no-messages': messagesWords.refused.none,
	'message-too-large': ({name, size, limit}) => messageTooLarge(visibleLine(name), size, limit),
	'no-such-option': en('sockets of this kind have no such option, or Node cannot set it for them.')
		.ko('이런 소켓에는 그 옵션이 없거나 Node가 설정할 수 없습니다.'),
	'relays-to-itself': ({target}) => en(`${formatAddress(target)} is the target: the relay would send to itself without end.`)
		.ko(`${formatAddress(target)}: 릴레이의 대상입니다. 릴레이가 끝없이 자신에게 전달하게 됩니다.`),
	'not-held': en('this message is no longer held.').ko('이미 보류가 끝난 메시지입니다.'),
	'held-end': en('the end of a stream is not edited or dropped: it goes on behind the bytes before it.')
		.ko('스트림의 끝은 편집하거나 버릴 수 없습니다. 앞선 바이트 뒤에 전달됩니다.'),
	'held-size'(refusal) {
		const {wrongSize} = relayWords.list;
		return en(`${wrongSize.en(refusal.length, refusal)}.`).ko(`${wrongSize.ko(refusal.length, refusal)}.`);
	},
	'no-lesson': en('no lesson is open. Esc g lists them.').ko('열린 학습이 없습니다. Esc g로 목록을 봅니다.'),
	'step-not-done': en('this step is not done yet.').ko('이 단계는 아직 끝나지 않았습니다.'),
	fault: ({message}) => en(`a fault in the program: ${visibleLine(message)}. The sockets stay open. Please report it.`)
		.ko(`프로그램 오류: ${visibleLine(message)}. 소켓은 열려 있습니다. 개발자에게 알려 주십시오.`),
};

/** Why a command was not carried out, and what to do. */
export function explainRefusal(refusal: Refusal, isServer = false): Both<string> {
	const sentence = refusals[refusal.reason];
	// It is the one for the refusal's own reason.
	return typeof sentence === 'function' ? sentence(refusal as never, isServer) : sentence;
}
