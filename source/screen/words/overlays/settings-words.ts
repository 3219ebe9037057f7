import type {SettingName} from '../../overlays/modes.ts';
import {type Both, en} from '../both.ts';

const hints: Readonly<Partial<Record<SettingName, Both<string>>>> = {
	'source-address': en('HOST:PORT, HOST, :PORT or default').ko('HOST:PORT, HOST, :PORT 또는 default'),
	'listen-backlog': en('a number from 1, or default').ko('1 이상의 수 또는 default'),
	'ip-ttl': en('1 to 255, or default').ko('1~255 또는 default'),
	'multicast-group': en('239.1.2.3, ff02::1234%eth0; -GROUP leaves it').ko('239.1.2.3, ff02::1234%eth0; -그룹은 탈퇴'),
	'multicast-interface': en('its name or IPv4 address, or default').ko('이름이나 IPv4 주소 또는 default'),
	'multicast-hops': en('0 to 255, or default').ko('0~255 또는 default'),
	'receive-buffer': en('bytes to 64MiB, such as 65536 or 64KiB; or default')
		.ko('64MiB까지의 바이트 수, 예: 65536, 64KiB; 또는 default'),
	'send-buffer': en('bytes to 64MiB, such as 65536 or 64KiB; or default')
		.ko('64MiB까지의 바이트 수, 예: 65536, 64KiB; 또는 default'),
	'keep-alive': en('seconds, such as 60s, to 32767s; off; or default').ko('32767s까지의 초, 예: 60s; off; 또는 default'),
};

const defaults: Readonly<Partial<Record<string, string | Both<string>>>> = {
	backlog: '511', 'multicast-ttl': '1', keepalive: en('off').ko('끔'),
};

/** The settings of a pane; each row's name has at most 20 columns. */
export const settingsWords = {
	title: en('SETTINGS').ko('설정'),
	about: en('kept when its socket is closed and opened again').ko('소켓을 닫고 다시 열어도 유지됩니다'),
	keys: {
		row: en('setting').ko('설정'),
		change: en('change').ko('변경'),
		set: en('choose or type').ko('선택/입력'),
		pane: en('other pane').ko('다른 패널'),
	},
	changing: en((name: string, value: string) => `${name} is ${value}; new value:`)
		.ko((name, value) => `${name}: 지금 ${value}, 새 값:`),
	cancels: en('Esc cancels').ko('Esc: 취소'),
	/** Of each row what it is called, and what it does. */
	rows: {
		encoding: {
			name: en('encoding').ko('인코딩'),
			about: en('How received bytes are shown as text, how typed text is sent, and what a server\'s rules read.')
				.ko('텍스트를 바이트로 보내고 받은 바이트를 텍스트로 읽는 방법. 서버의 응답 규칙도 씁니다. 패널마다 따로 정합니다.'),
		},
		ending: {
			name: en('line ending').ko('줄 끝'),
			about: en('What is sent behind a message that is typed, and at the ends of pasted lines.')
				.ko('입력한 메시지와 붙여 넣은 줄마다 끝에 덧붙여 보내는 바이트입니다.'),
		},
		framing: {
			name: en('framing').ko('프레이밍(framing)'),
			about: en('What marks messages in the stream, for rules, typed messages and series. Each pane has its own.')
				.ko('스트림에서 메시지를 구분하는 방법. 규칙, 입력한 메시지, 연속 전송에 쓰입니다. 패널마다 따로 정합니다.'),
		},
		'source-address': {
			name: en('source address').ko('출발지 주소'),
			about: en('The address and port that this client binds, with bind(), before it connects or sends.')
				.ko('이 클라이언트가 연결하거나 보내기 전에 bind()로 바인딩하는 주소와 포트입니다.'),
		},
		'listen-backlog': {
			name: 'backlog',
			about: en('listen(fd, n): how many clients may wait for accept(); the kernel takes at most net.core.somaxconn.')
				.ko('listen(fd, n): accept()를 기다릴 수 있는 클라이언트 수. 커널은 net.core.somaxconn까지만 받습니다.'),
		},
		'may-broadcast': {
			name: 'SO_BROADCAST',
			about: en('Without it a send to a broadcast address, such as 255.255.255.255, fails with EACCES.')
				.ko('꺼져 있으면 255.255.255.255 같은 브로드캐스트 주소로 보낼 때 EACCES로 실패합니다.'),
		},
		'ip-ttl': {
			name: 'TTL',
			about: en('How many hops a datagram may go: each router takes one (IP_TTL, IPV6_UNICAST_HOPS).')
				.ko('데이터그램이 지날 수 있는 홉 수. 라우터마다 1씩 줄어듭니다(IP_TTL, IPV6_UNICAST_HOPS).'),
		},
		'multicast-group': {
			name: en('multicast groups').ko('멀티캐스트 그룹'),
			about: en('Groups that the socket has joined: it gets what is sent there to its port.')
				.ko('소켓이 가입한 그룹. 그룹으로, 이 소켓의 포트로 보낸 것을 받습니다.'),
		},
		'multicast-interface': {
			name: en('multicast interface').ko('송신 인터페이스'),
			about: en('The interface that multicast is sent from, where no zone of the destination names one.')
				.ko('멀티캐스트를 보낼 인터페이스. 목적지에 존(zone)이 있으면 그것을 씁니다.'),
		},
		'multicast-hops': {
			name: en('multicast TTL').ko('멀티캐스트 TTL'),
			about: en('How many hops multicast may go; 1, the default, is this network alone.')
				.ko('멀티캐스트가 지날 수 있는 홉 수. 기본값 1은 이 네트워크 안입니다.'),
		},
		'multicast-loop': {
			name: en('multicast loopback').ko('멀티캐스트 루프백'),
			about: en('On: sockets of this machine, too, get the multicast that this one sends.')
				.ko('켜면 이 소켓이 보내는 멀티캐스트를 이 컴퓨터의 소켓도 받습니다.'),
		},
		'receive-buffer': {
			name: 'SO_RCVBUF',
			about: en('The receive buffer. Linux makes it twice as large as it is asked for, up to twice net.core.rmem_max.')
				.ko('수신 버퍼. Linux는 요청한 크기의 두 배로, net.core.rmem_max의 두 배까지 정합니다.'),
		},
		'send-buffer': {
			name: 'SO_SNDBUF',
			about: en('The send buffer. Linux makes it twice as large as it is asked for, up to twice net.core.wmem_max.')
				.ko('송신 버퍼. Linux는 요청한 크기의 두 배로, net.core.wmem_max의 두 배까지 정합니다.'),
		},
		'no-delay': {
			name: 'TCP_NODELAY',
			about: en('On: small segments are sent at once. Off: they wait for the ACK of those before (Nagle).')
				.ko('켜면 작은 세그먼트를 바로 보냅니다. 끄면 앞 세그먼트의 ACK를 기다립니다(Nagle).'),
		},
		'keep-alive': {
			name: 'keep-alive',
			about: en('After this time without data the system asks whether the peer is there (SO_KEEPALIVE, TCP_KEEPIDLE).')
				.ko('이 시간 동안 데이터가 없으면 시스템이 상대를 확인합니다(SO_KEEPALIVE, TCP_KEEPIDLE).'),
		},
	},
	hints,
	noFraming: en((allowed: string) => `a framing is one of ${allowed}`).ko(allowed => `프레이밍은 ${allowed} 중 하나입니다`),
	noUtf16: en('not UTF-16LE: the line feed of framing `line` is one byte')
		.ko('UTF-16LE는 제외: 프레이밍 `line`의 줄바꿈은 한 바이트입니다'),
	endings: {
		none: en('none').ko('없음'),
		lf: String.raw`LF (\n)`,
		crlf: String.raw`CR LF (\r\n)`,
		cr: String.raw`CR (\r)`,
		nul: String.raw`NUL (\0)`,
	},
	on: en('on').ko('켬'),
	off: en('off').ko('끔'),
	none: en('none').ko('없음'),
	/** What a value is that is not set. */
	ofSystem: en('as the OS has it').ko('운영체제 기본값'),
	defaults,
	groups: en((count: number) => `${count} groups`).ko(count => `그룹 ${count}개`),
	wrong: en((hint: string) => `not taken: ${hint}`).ko(hint => `잘못된 값: ${hint}`),
	refused: en((code: string) => `The present socket does not have it: the OS has refused it (${code}).`)
		.ko(code => `지금 소켓에는 적용되지 않았습니다: 운영체제가 거부했습니다(${code}).`),
	noSocketYet: en('No socket has it yet: the next one gets it.').ko('아직 이 옵션이 적용된 소켓이 없습니다: 다음 소켓에 적용됩니다.'),
	forNext: {
		client: en('It is for the next socket: Esc x closes this one, Esc o opens another.')
			.ko('다음 소켓부터 적용됩니다: Esc x로 닫고 Esc o로 다시 엽니다.'),
		server: en('It is for the next socket: Esc o stops the server, and opens it again.')
			.ko('다음 소켓부터 적용됩니다: Esc o로 서버를 중지하고 다시 엽니다.'),
	},
	boundElsewhere: en((host: string) =>
		`This socket is bound to ${host}: nothing that is sent to a group arrives there. Esc a binds 0.0.0.0 or ::.`)
		.ko(host =>
			`이 소켓은 ${host}에 바인딩되어 있습니다: 그룹으로 보낸 것이 오지 않습니다. Esc a로 0.0.0.0이나 ::에 바인딩하십시오.`),
	notPossible: en('not possible').ko('불가'),
	whyNotPossible: en('Node sets this for UDP sockets only.').ko('Node는 이것을 UDP 소켓에만 설정합니다.'),
};
