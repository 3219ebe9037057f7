import type {Words} from '../en.ts';

export const settingsKo: Words['settings'] = {
	title: '설정',
	about: '소켓을 닫고 다시 열어도 유지됩니다',
	keys: {
		row: '설정', change: '변경', set: '선택/입력', pane: '다른 패널',
	},
	changing: (name, value) => `${name}: 지금 ${value}, 새 값:`,
	cancels: 'Esc: 취소',
	rows: {
		encoding: {
			name: '인코딩',
			about: '텍스트를 바이트로 보내고 받은 바이트를 텍스트로 읽는 방법. 서버의 응답 규칙도 씁니다. 패널마다 따로 정합니다.',
		},
		ending: {
			name: '줄 끝',
			about: '입력한 메시지와 붙여 넣은 줄마다 끝에 덧붙여 보내는 바이트입니다.',
		},
		framing: {
			name: '프레이밍(framing)',
			about: '스트림에서 메시지를 구분하는 방법. 규칙, 입력한 메시지, 연속 전송에 쓰입니다. 패널마다 따로 정합니다.',
		},
		'source-address': {
			name: '출발지 주소',
			about: '이 클라이언트가 연결하거나 보내기 전에 bind()로 바인딩하는 주소와 포트입니다.',
		},
		'listen-backlog': {
			name: 'backlog',
			about: 'listen(fd, n): accept()를 기다릴 수 있는 클라이언트 수. 커널은 net.core.somaxconn까지만 받습니다.',
		},
		'may-broadcast': {
			name: 'SO_BROADCAST',
			about: '꺼져 있으면 255.255.255.255 같은 브로드캐스트 주소로 보낼 때 EACCES로 실패합니다.',
		},
		'ip-ttl': {
			name: 'TTL',
			about: '데이터그램이 지날 수 있는 홉 수. 라우터마다 1씩 줄어듭니다(IP_TTL, IPV6_UNICAST_HOPS).',
		},
		'multicast-group': {
			name: '멀티캐스트 그룹',
			about: '소켓이 가입한 그룹. 그룹으로, 이 소켓의 포트로 보낸 것을 받습니다.',
		},
		'multicast-interface': {
			name: '송신 인터페이스',
			about: '멀티캐스트를 보낼 인터페이스. 목적지에 존(zone)이 있으면 그것을 씁니다.',
		},
		'multicast-hops': {
			name: '멀티캐스트 TTL',
			about: '멀티캐스트가 지날 수 있는 홉 수. 기본값 1은 이 네트워크 안입니다.',
		},
		'multicast-loop': {
			name: '멀티캐스트 루프백',
			about: '켜면 이 소켓이 보내는 멀티캐스트를 이 컴퓨터의 소켓도 받습니다.',
		},
		'receive-buffer': {
			name: 'SO_RCVBUF',
			about: '수신 버퍼. Linux는 요청한 크기의 두 배로, net.core.rmem_max의 두 배까지 정합니다.',
		},
		'send-buffer': {
			name: 'SO_SNDBUF',
			about: '송신 버퍼. Linux는 요청한 크기의 두 배로, net.core.wmem_max의 두 배까지 정합니다.',
		},
		'no-delay': {
			name: 'TCP_NODELAY',
			about: '켜면 작은 세그먼트를 바로 보냅니다. 끄면 앞 세그먼트의 ACK를 기다립니다(Nagle).',
		},
		'keep-alive': {
			name: 'keep-alive',
			about: '이 시간 동안 데이터가 없으면 시스템이 상대를 확인합니다(SO_KEEPALIVE, TCP_KEEPIDLE).',
		},
	},
	hints: {
		'source-address': 'HOST:PORT, HOST, :PORT 또는 default',
		'listen-backlog': '1 이상의 수 또는 default',
		'ip-ttl': '1~255 또는 default',
		'multicast-group': '239.1.2.3, ff02::1234%eth0; -그룹은 탈퇴',
		'multicast-interface': '이름이나 IPv4 주소 또는 default',
		'multicast-hops': '0~255 또는 default',
		'receive-buffer': '64MiB까지의 바이트 수, 예: 65536, 64KiB; 또는 default',
		'send-buffer': '64MiB까지의 바이트 수, 예: 65536, 64KiB; 또는 default',
		'keep-alive': '32767s까지의 초, 예: 60s; off; 또는 default',
	},
	noFraming: allowed => `프레이밍은 ${allowed} 중 하나입니다`,
	noUtf16: 'UTF-16LE는 제외: 프레이밍 `line`의 줄바꿈은 한 바이트입니다',
	endings: {
		none: '없음', lf: String.raw`LF (\n)`, crlf: String.raw`CR LF (\r\n)`, cr: String.raw`CR (\r)`, nul: String.raw`NUL (\0)`,
	},
	on: '켬',
	off: '끔',
	none: '없음',
	ofSystem: '운영체제 기본값',
	defaults: {
		backlog: '511', 'multicast-ttl': '1', keepalive: '끔',
	},
	groups: count => `그룹 ${count}개`,
	wrong: hint => `잘못된 값: ${hint}`,
	refused: code => `지금 소켓에는 적용되지 않았습니다: 운영체제가 거부했습니다(${code}).`,
	noSocketYet: '아직 이 옵션이 적용된 소켓이 없습니다: 다음 소켓에 적용됩니다.',
	forNext: {
		client: '다음 소켓부터 적용됩니다: Esc x로 닫고 Esc o로 다시 엽니다.',
		server: '다음 소켓부터 적용됩니다: Esc o로 서버를 중지하고 다시 엽니다.',
	},
	boundElsewhere: host =>
		`이 소켓은 ${host}에 바인딩되어 있습니다: 그룹으로 보낸 것이 오지 않습니다. Esc a로 0.0.0.0이나 ::에 바인딩하십시오.`,
	notPossible: '불가',
	whyNotPossible: 'Node는 이것을 UDP 소켓에만 설정합니다.',
};
