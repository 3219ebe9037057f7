import type {ExperimentName, ExperimentFacts} from '../../../engine/api/experiment.ts';
import {formatBytes, formatElapsed, formatExactBytes} from '../../../text/numbers.ts';
import {byType} from '../../../text/by-type.ts';
import {withParticle} from '../particle.ts';
import {type Both, both, en} from '../both.ts';

/** The addresses that an experiment is about: where its first client goes, and what its server binds. */
export type ExperimentPlaces = {readonly client: string; readonly server: string; readonly host: string};

type ExperimentWords = {
	readonly name: Both<string>;
	/** What will be seen: a few words beside the name. */
	readonly sign: Both<string>;
	/** Why it goes wrong, with the calls involved, sentence by sentence. */
	readonly explain: Both<(places: ExperimentPlaces) => readonly string[]>;
	/** The facts of this run, as soon as they are known. */
	readonly found?: Both<(facts: ExperimentFacts, isDone: boolean) => string | undefined>;
	/** Added where this machine let happen what was to fail. */
	readonly allowed?: Both<string>;
};

const explain = en<(places: ExperimentPlaces) => readonly string[]>;
const found = both<[facts: ExperimentFacts, isDone: boolean], Both<string> | undefined>;

/** Places of bytes, each with how many are there. */
const places: Readonly<Record<'receive' | 'send' | 'readAhead' | 'waiting', (bytes: string) => Both<string>>> = {
	receive: bytes => en(`${bytes} in the receive queue`).ko(`수신 큐 ${bytes}`),
	send: bytes => en(`${bytes} in the send queue`).ko(`송신 큐 ${bytes}`),
	readAhead: bytes => en(`${bytes} read ahead by Node`).ko(`Node가 미리 읽은 데이터 ${bytes}`),
	waiting: bytes => en(`${bytes} in this program`).ko(`이 프로그램 ${bytes}`),
};

/** Where the bytes were when nothing moved any longer. */
const foundQueues = found(({length, queues}) => {
	if (length === undefined) {
		return undefined;
	}

	const written = formatBytes(length);
	const told = queues && (['receive', 'send', 'readAhead', 'waiting'] as const)
		.filter(place => place !== 'readAhead' || queues.readAhead > 0)
		.map(place => places[place](formatBytes(queues[place])));
	return en(`Here ${written} were written${told ? `: ${told.map(place => place.en).join(', ')}` : ''}.`)
		.ko(`여기서는 ${written}를 썼습니다${told ? `: ${told.map(place => place.ko).join(', ')}` : ''}.`);
});

/** The sockets that keep the experiment's port, which `ss` shows and no pane has. */
function describeHolders(holders: NonNullable<ExperimentFacts['holders']>): Both<string> {
	return byType(holders, {
		connection: ({port, other}) => en(`ss shows what keeps port ${port} from other programs: a connection of this one to port ${other}, which does not listen.`)
			.ko(`ss에 보이는 포트 ${port}의 소켓은 이 프로그램이 연 것입니다: 포트 ${withParticle(String(other), ['과', '와'])} 연결해 두어 포트만 차지하고, 수신 대기는 하지 않습니다.`),
		itself: ({port}) => en(`ss shows what keeps port ${port} from other programs: one more UDP socket of this one, connected to itself alone.`)
			.ko(`ss에 보이는 포트 ${port}의 소켓은 이 프로그램이 연 것입니다: 포트만 차지하고, 자기 자신에 connect()하여 다른 데이터그램은 받지 않습니다.`),
		listener: ({port}) => en(`ss shows what has port ${port}: one more socket of this program, which listens there.`)
			.ko(`그 다른 소켓도 이 프로그램이 연 것으로, ss에서 포트 ${port}의 LISTEN으로 보입니다.`),
		'full-queue': ({port}) => en(`Here this program has a socket at port ${port} that never accepts (see ss).`)
			.ko(`여기서는 큐가 찼습니다: 이 프로그램의 다른 소켓이 포트 ${port}에서 LISTEN만 합니다(ss로 확인).`),
	});
}

const experiments: Readonly<Record<ExperimentName, ExperimentWords>> = {
	'tcp-refused': {
		name: en('connection refused (TCP)').ko('연결 거부 (TCP)'),
		sign: en('ECONNREFUSED at once').ko('곧바로 ECONNREFUSED'),
		explain: explain(({client}) => [
			`connect(${client}) → ECONNREFUSED.`,
			'No socket listens at that port: the OS there answers the SYN with RST (RFC 9293, 3.5.2), and connect() fails at once.',
			'Start the server first, or check the port.',
		]).ko(({client}) => [
			`connect(${client}) → ECONNREFUSED.`,
			'그 포트에서 수신 대기하는 소켓이 없어 그쪽 운영체제가 SYN에 RST로 응답하고(RFC 9293, 3.5.2), connect()는 곧바로 실패합니다.',
			'서버를 먼저 열거나 포트를 확인하십시오.',
		]),
	},
	'udp-refused': {
		name: en('no socket there (UDP)').ko('소켓 없는 포트 (UDP)'),
		sign: en('no error at all').ko('아무 오류도 없음'),
		explain: explain(({client}) => [
			`sendto(${client}) succeeds: it only says that the OS has taken the datagram.`,
			'No socket has that port, and ICMP "port unreachable" comes back; a socket that has not called connect() is not told.',
			'The datagram is lost without an error.',
		]).ko(({client}) => [
			`sendto(${client})는 성공합니다: 운영체제가 데이터그램을 받았다는 뜻일 뿐입니다.`,
			'그 포트에 소켓이 없어 ICMP "포트 도달 불가"가 돌아오지만, connect()하지 않은 소켓에는 알려지지 않습니다.',
			'데이터그램은 오류 없이 유실됩니다.',
		]),
	},
	'udp-connected-refused': {
		name: en('refused, connected UDP').ko('연결한 UDP의 거부'),
		sign: en('ECONNREFUSED, a call later').ko('다음 호출에서 ECONNREFUSED'),
		explain: explain(({client}) => [
			`connect(${client}) on a UDP socket sends nothing: it sets the peer.`,
			'send() succeeds, too.',
			'Then ICMP "port unreachable" comes back, and because the peer is set, the next call on the socket is told: recv() → ECONNREFUSED (udp(7)).',
		]).ko(({client}) => [
			`UDP의 connect(${client})는 아무것도 보내지 않고 상대만 정합니다.`,
			'send()도 성공합니다.',
			'그 뒤 ICMP "포트 도달 불가"가 돌아오면, 상대가 정해져 있으므로 다음 호출이 알게 됩니다: recv() → ECONNREFUSED (udp(7)).',
		]),
	},
	'address-in-use': {
		name: en('address in use').ko('이미 사용 중인 주소'),
		sign: en('bind() → EADDRINUSE').ko('bind() → EADDRINUSE'),
		explain: explain(({server}) => [
			`bind(${server}) → EADDRINUSE.`,
			'Another socket has this address and port already: the OS could not tell which socket a datagram or connection is for.',
			'Choose another port, or port 0: then the OS chooses a free one.',
		]).ko(({server}) => [
			`bind(${server}) → EADDRINUSE.`,
			'다른 소켓이 이미 이 주소와 포트를 사용합니다: 데이터그램이나 연결이 어느 소켓의 것인지 구별할 수 없게 됩니다.',
			'다른 포트를 쓰거나, 포트 0으로 운영체제가 빈 포트를 할당하게 하십시오.',
		]),
	},
	'permission-denied': {
		name: en('permission denied').ko('권한 없음'),
		sign: en('a low port: EACCES').ko('낮은 포트: EACCES'),
		explain: explain(({server}) => [
			`bind(${server}) → EACCES.`,
			'Ports below 1024 are privileged: Linux requires CAP_NET_BIND_SERVICE (ip(7)), or a lower net.ipv4.ip_unprivileged_port_start.',
			'Nothing is bound.',
			'Choose a port from 1024 on.',
		]).ko(({server}) => [
			`bind(${server}) → EACCES. 1024보다 낮은 포트에는 특권이 필요합니다: 리눅스에서는 CAP_NET_BIND_SERVICE(ip(7))나 더 낮은 net.ipv4.ip_unprivileged_port_start.`,
			'아무것도 바인딩되지 않았습니다. 1024 이상의 포트를 쓰십시오.',
		]),
		allowed: en('This machine allowed it: the program runs as root, or low ports need no privilege here. Elsewhere:')
			.ko('이 컴퓨터에서는 허용되었습니다: 프로그램이 root로 돌거나, 낮은 포트가 모두에게 열려 있습니다. 그렇지 않은 곳에서는:'),
	},
	'unknown-host': {
		name: en('unknown host').ko('알 수 없는 호스트'),
		sign: en('ENOTFOUND: no address').ko('ENOTFOUND: 주소 없음'),
		explain: explain(({host}) => [
			`getaddrinfo('${host}') → ENOTFOUND (EAI_NONAME), or EAI_AGAIN where no name server answers.`,
			'A name is looked up before anything is sent: connect() is never called.',
			'Names in .invalid never exist (RFC 6761).',
		]).ko(({host}) => [
			`getaddrinfo('${host}') → ENOTFOUND(EAI_NONAME), 응답하는 이름 서버(DNS)가 없으면 EAI_AGAIN.`,
			'이름은 보내기 전에 찾으므로 connect()는 호출되지 않습니다. .invalid로 끝나는 이름은 없습니다(RFC 6761).',
		]),
		found: found(({failure}) => failure && en(`Here: ${failure.code}.`).ko(`여기서는: ${failure.code}.`)),
	},
	'connect-timeout': {
		name: en('no answer: timeout').ko('응답 없음: 시간 초과'),
		sign: en('ETIMEDOUT, after a while').ko('한참 뒤 ETIMEDOUT'),
		explain: explain(({client}) => [
			`connect(${client}): neither SYN+ACK nor RST comes back.`,
			'The SYN is sent again after 1 second, then at growing intervals; Linux gives up after about 2 minutes, most programs sooner: ETIMEDOUT.',
			'No answer gives no reason: the host is down, or a firewall or full queue drops the SYN.',
		]).ko(({client}) => [
			`connect(${client}): SYN+ACK도 RST도 돌아오지 않습니다.`,
			'SYN을 1초 뒤에, 그다음에는 간격을 늘리며 다시 보냅니다. 리눅스는 약 2분 뒤, 프로그램은 대개 더 일찍 포기합니다: ETIMEDOUT.',
			'응답이 없으면 원인을 알 수 없습니다: 꺼진 호스트, SYN을 버리는 방화벽이나 가득 찬 큐.',
		]),
		found: found(({waited}) => waited === undefined
			? undefined
			: en(`Here connect() was given up after ${formatElapsed(waited)}.`)
				.ko(`여기서는 connect()를 ${formatElapsed(waited)} 뒤에 포기했습니다.`)),
	},
	'reset-or-end': {
		name: en('reset or orderly end').ko('리셋과 정상 종료'),
		sign: en('recv() → 0 B, or ECONNRESET').ko('recv() → 0 B, ECONNRESET'),
		explain: explain(() => [
			'close() sends FIN: the peer reads all bytes, then recv() → 0 B, the orderly end.',
			'close() with SO_LINGER (1, 0) sends RST instead: unsent data is dropped, and the peer\'s recv() → ECONNRESET.',
		]).ko(() => [
			'close()는 FIN을 보냅니다: 상대는 모든 바이트를 읽은 뒤 recv() → 0 B, 정상 종료입니다.',
			'SO_LINGER (1, 0)인 close()는 RST를 보냅니다: 아직 전송되지 않은 데이터는 버려지고 상대의 recv() → ECONNRESET.',
		]),
	},
	'half-closed': {
		name: en('half-close').ko('half-close(한쪽 종료)'),
		sign: en('FIN one way, data the other').ko('한쪽은 FIN, 반대쪽은 데이터'),
		explain: explain(() => [
			'shutdown(SHUT_WR) sends FIN: this side has finished writing.',
			'The server\'s recv() → 0 B, yet it may go on sending, and the client receives.',
			'The client is in FIN_WAIT2 and the server in CLOSE_WAIT until the server closes, too.',
		]).ko(() => [
			'shutdown(SHUT_WR)은 FIN을 보냅니다: 이쪽의 쓰기를 끝냅니다.',
			'서버의 recv() → 0 B이지만 서버는 더 보낼 수 있고 클라이언트는 받습니다.',
			'서버도 닫을 때까지 클라이언트는 FIN_WAIT2, 서버는 CLOSE_WAIT입니다.',
		]),
	},
	'broken-pipe': {
		name: en('broken pipe').ko('끊어진 파이프(EPIPE)'),
		sign: en('the second send(): EPIPE').ko('두 번째 send(): EPIPE'),
		explain: explain(() => [
			'The peer has closed its socket.',
			'The first send() still succeeds: it only puts the bytes into the send buffer, and the peer\'s OS answers them with RST.',
			'A send() after that → EPIPE, and the signal SIGPIPE unless that is ignored (send(2)).',
		]).ko(() => [
			'상대가 소켓을 닫았습니다.',
			'첫 send()는 성공합니다: 바이트를 송신 버퍼에 넣을 뿐이고, 상대의 운영체제는 RST로 응답합니다.',
			'그 뒤의 send() → EPIPE, 무시하지 않으면 SIGPIPE 신호도 옵니다(send(2)).',
		]),
		found: found(({failure}) => failure && en(`Here: ${failure.code}.`).ko(`여기서는: ${failure.code}.`)),
	},
	'message-too-long': {
		name: en('message too long').ko('너무 긴 메시지'),
		sign: en('65,508 B: EMSGSIZE').ko('65,508 B: EMSGSIZE'),
		explain: explain(() => [
			'sendto(65508 B) → EMSGSIZE, and nothing is sent.',
			'IPv4\'s Total Length has 16 bits: 65,535 − 20 (IP header) − 8 (UDP header) = 65,507. Over IPv6 65,527 fit.',
			'A byte stream has no such limit: TCP cuts it into segments.',
		]).ko(() => [
			'sendto(65508 B) → EMSGSIZE, 아무것도 나가지 않습니다.',
			'IPv4의 전체 길이는 16비트입니다: 65,535 − 20(IP 헤더) − 8(UDP 헤더) = 65,507. IPv6에서는 65,527입니다.',
			'바이트 스트림에는 이런 한도가 없습니다: TCP가 세그먼트로 자릅니다.',
		]),
		found: found(({length}) => length === undefined
			? undefined
			: en(`Here ${formatExactBytes(length)} were sent.`).ko(`여기서 ${formatExactBytes(length)}는 나갔습니다.`)),
	},
	'empty-datagram': {
		name: en('an empty datagram').ko('빈 데이터그램'),
		sign: en('recvfrom() → 0 B, no end').ko('recvfrom() → 0 B, 끝 아님'),
		explain: explain(() => [
			'sendto(b\'\') sends a datagram: a UDP header of 8 B, no payload.',
			'recvfrom() → 0 B and the sender\'s address: a message like any other.',
			'In TCP, recv() → 0 B is the end of the stream, and send(b\'\') sends nothing.',
		]).ko(() => [
			'sendto(b\'\')는 데이터그램을 보냅니다: UDP 헤더 8 B뿐이고 페이로드는 없습니다.',
			'recvfrom() → 0 B와 보낸 쪽의 주소: 다른 것과 같은 메시지입니다.',
			'TCP에서는 recv() → 0 B가 스트림의 끝이고, send(b\'\')는 아무것도 보내지 않습니다.',
		]),
	},
	'server-stops': {
		name: en('the server stops').ko('서버 중지'),
		sign: en('FIN to all, then refused').ko('모두에게 FIN, 새 연결은 거부'),
		explain: explain(({client}) => [
			'The server closes all its sockets.',
			'Each connection socket sends FIN: its client\'s recv() → 0 B.',
			`The welcoming socket is gone as well: from now on connect(${client}) → ECONNREFUSED.`,
		]).ko(({client}) => [
			'서버가 소켓을 모두 닫습니다.',
			'연결 소켓마다 FIN을 보냅니다: 그 클라이언트의 recv() → 0 B.',
			`환영 소켓도 없어졌습니다: 이제부터 connect(${client}) → ECONNREFUSED.`,
		]),
	},
	'time-wait': {
		name: en('TIME_WAIT after the close').ko('닫은 뒤의 TIME_WAIT'),
		sign: en('on the side that closes first').ko('먼저 닫은 쪽에 남음'),
		explain: explain(() => [
			'The side that closes first keeps the four-tuple in TIME_WAIT for 2 MSL (RFC 9293, 3.6.1; Linux: 60 s), to repeat the last ACK and let old segments die out.',
			'Until then bind() to that port → EADDRINUSE, unless SO_REUSEADDR is set.',
			'Esc 4 shows the sockets.',
		]).ko(() => [
			'먼저 닫은 쪽이 4-튜플(four-tuple)을 TIME_WAIT 상태로 2 MSL 동안 유지합니다(RFC 9293, 3.6.1; 리눅스 60초): 마지막 ACK를 다시 보낼 수 있고, 오래된 세그먼트가 사라집니다.',
			'그동안 그 포트의 bind() → EADDRINUSE, SO_REUSEADDR이면 됩니다.',
			'Esc 4로 소켓을 봅니다.',
		]),
		found: found(({state, address}, isDone) => {
			if (state !== undefined) {
				return en(`Here the kernel's table says ${state} at port ${address?.port}.`)
					.ko(`여기 커널의 표에서 포트 ${withParticle(String(address?.port), ['은', '는'])} ${state}입니다.`);
			}

			return isDone
				? en('The kernel\'s tables cannot be read here.').ko('여기서는 커널의 표를 읽을 수 없습니다.')
				: undefined;
		}),
	},
	'truncated-character': {
		name: en('truncated UTF-8 character').ko('잘린 UTF-8 문자'),
		sign: en('a read ends inside it').ko('읽기가 문자 중간에서 끝남'),
		explain: explain(() => [
			'A byte stream knows no characters: "한" is ED 95 9C in UTF-8; here one recv() returns ED 95, the next 9C.',
			'Each decoded alone is invalid (U+FFFD).',
			'Keep the cut bytes until the rest has come: decode the stream, not each chunk.',
		]).ko(() => [
			'바이트 스트림은 문자를 모릅니다: 문자 "한"은 UTF-8로 ED 95 9C인데, 여기서 한 recv()는 ED 95를, 다음은 9C를 돌려줍니다.',
			'따로 디코딩하면 둘 다 잘못됩니다(U+FFFD).',
			'잘린 바이트는 나머지가 올 때까지 보관하십시오: 청크가 아니라 스트림을 디코딩합니다.',
		]),
	},
	'no-reader': {
		name: en('a peer that does not read').ko('읽지 않는 상대'),
		sign: en('the sender must wait').ko('보내는 쪽이 기다림'),
		explain: explain(() => [
			'The peer does not call recv(): its receive buffer fills, its window closes to 0, then the send buffer here fills.',
			'Then send() blocks, or → EAGAIN on a socket that does not block.',
			'Nothing is lost: TCP\'s flow control throttles the sender.',
		]).ko(() => [
			'상대가 recv()를 호출하지 않습니다: 수신 버퍼가 차고 수신 윈도우가 0이 되고, 이쪽 송신 버퍼도 찹니다.',
			'그러면 send()는 블로킹되고, 논블로킹 소켓이면 → EAGAIN.',
			'유실은 없습니다: TCP의 흐름 제어가 보내는 쪽의 속도를 늦춥니다.',
		]),
		found: foundQueues,
	},
};

export const laboratoryWords = {
	title: en('LABORATORY').ko('실험실'),
	promise: en('on real sockets; yours stay as they are').ko('따로 연 실제 소켓에서; 사용 중인 소켓은 그대로'),
	running: en('under way …').ko('진행 중 …'),
	done: en('done').ko('완료'),
	/** Lines that do not show, and what shows them. */
	more: en((count: number, isLetters: boolean) => `… ${count} more · ${isLetters ? 'i' : 'larger window'}`)
		.ko((count, isLetters) => `… ${count}줄 더 · ${isLetters ? 'i' : '더 큰 창'}`),
	failed: en((message: string) => `It could not be caused here: ${message}.`)
		.ko(message => `여기서는 일으키지 못했습니다: ${message}.`),
	holders: both(describeHolders),
	choose: en('choose').ko('선택'),
	run: en('run').ko('실행'),
	runDirectly: en('run at once').ko('바로 실행'),
	back: en('back').ko('돌아가기'),
	experiments,
	notHere: en('not while an experiment or exercise is shown: Esc e ends it.')
		.ko('실험이나 실습 중에는 쓸 수 없습니다: Esc e로 끝냅니다.'),
};
