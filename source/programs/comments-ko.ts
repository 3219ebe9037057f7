/** The listings' comments in Korean, by what they are in English. */
export const commentsKo: Readonly<Record<string, string>> = {
	'UDP server. Run it with: python3 udp_server.py': 'UDP 서버. 실행: python3 udp_server.py',
	'UDP client. Run it with: python3 udp_client.py': 'UDP 클라이언트. 실행: python3 udp_client.py',
	'TCP server. Run it with: python3 tcp_server.py': 'TCP 서버. 실행: python3 tcp_server.py',
	'TCP client. Run it with: python3 tcp_client.py': 'TCP 클라이언트. 실행: python3 tcp_client.py',
	'UDP server. Run it with: node udp_server.mjs': 'UDP 서버. 실행: node udp_server.mjs',
	'UDP client. Run it with: node udp_client.mjs': 'UDP 클라이언트. 실행: node udp_client.mjs',
	'TCP server. Run it with: node tcp_server.mjs': 'TCP 서버. 실행: node tcp_server.mjs',
	'TCP client. Run it with: node tcp_client.mjs': 'TCP 클라이언트. 실행: node tcp_client.mjs',
	'UDP server: cc -std=c11 -o udp_server udp_server.c': 'UDP 서버: cc -std=c11 -o udp_server udp_server.c',
	'UDP client: cc -std=c11 -o udp_client udp_client.c': 'UDP 클라이언트: cc -std=c11 -o udp_client udp_client.c',
	'TCP server: cc -std=c11 -pthread -o tcp_server tcp_server.c': 'TCP 서버: cc -std=c11 -pthread -o tcp_server tcp_server.c',
	'TCP client: cc -std=c11 -pthread -o tcp_client tcp_client.c': 'TCP 클라이언트: cc -std=c11 -pthread -o tcp_client tcp_client.c',

	// The address.
	'loopback: only this machine can reach it': '루프백: 이 컴퓨터에서만 접속 가능',
	'every address of this machine': '이 컴퓨터의 모든 주소',
	'the OS picks one, and it is printed below': '운영체제가 할당하고, 아래에서 출력',
	'chosen here, so that clients can know it': '클라이언트가 알 수 있도록 고정',
	'in network byte order': '네트워크 바이트 순서',
	'An address that a call has returned, as text.': '시스템 호출이 돌려준 주소를 텍스트로 바꿉니다.',
	'A name can have several addresses: take an IPv4 one if there is any.': '이름 하나에 주소가 여럿일 수 있습니다. IPv4 주소가 있으면 그것을 씁니다.',
	'A name can have several addresses: this takes an IPv4 one.': '이름 하나에 주소가 여럿일 수 있습니다. 여기서는 IPv4 주소를 씁니다.',
	'A name can have several addresses: take the first that answers.': '이름 하나에 주소가 여럿일 수 있습니다. 가장 먼저 응답하는 주소를 씁니다.',
	'A name can have several addresses: Node tries them until one answers.': '이름 하나에 주소가 여럿일 수 있습니다. Node는 응답이 올 때까지 차례로 시도합니다.',
	'Without bind(), the OS has picked a port.': 'bind()를 부르지 않았으므로 운영체제가 포트를 할당했습니다.',
	'Without bind(), the OS picks a port.': 'bind()를 부르지 않으면 운영체제가 포트를 할당합니다.',

	// What the reply rules make of the bytes.
	'The text in upper case; if it is not UTF-8, the ASCII letters.': '텍스트를 대문자로 바꿉니다. UTF-8이 아니면 ASCII만.',
	'The text in upper case: ASCII letters only; all other bytes stay.': '텍스트를 대문자로 바꿉니다. ASCII 글자만 바꾸고 다른 바이트는 그대로 둡니다.',
	'Each line backwards, by code point; if not UTF-8, all bytes.': '줄마다 코드 포인트를 거꾸로. UTF-8이 아니면 전체 바이트.',
	'Each line backwards, by what a reader sees as one character; if it is not UTF-8, all bytes.':
		'줄마다 눈에 보이는 문자 단위로 뒤집습니다. UTF-8이 아니면 전체 바이트를 뒤집습니다.',
	'Each line backwards: all its bytes, and then, the right way round again, those of each UTF-8 character. Its first byte now comes last.':
		'줄마다 모든 바이트를 뒤집은 다음, UTF-8 문자마다 그 바이트를 다시 바로 놓습니다. 이때 문자의 첫 바이트가 맨 뒤에 있습니다.',
	'The whole characters, and the bytes of one that is cut off.': '온전한 문자들과, 끝에서 잘린 문자의 바이트.',
	'The whole characters, and the bytes of one that is cut off, which a decoder that expects more leaves out.':
		'온전한 문자들과, 끝에서 잘린 문자의 바이트를 나눕니다. 뒤가 더 있다고 알린 디코더는 잘린 문자를 남겨 둡니다.',
	'not UTF-8: hold nothing back': 'UTF-8이 아니면 남겨 두지 않음',
	'How many bytes at the end begin a UTF-8 character that is cut there.': '끝에서 잘린 UTF-8 문자의 앞부분이 몇 바이트인지 구합니다.',
	'bytes of a character that is not whole yet': '아직 다 오지 않은 문자의 바이트 수',

	// UDP.
	'No connection: each datagram carries its destination.': '연결이 없으므로 데이터그램마다 목적지 주소를 적습니다.',
	'One call takes one datagram, whole, and the address that it came from. That address is all that a server knows of its client.':
		'한 번 부를 때마다 데이터그램 하나를 통째로, 보낸 쪽의 주소와 함께 받습니다. 서버가 클라이언트에 대해 아는 것은 이 주소뿐입니다.',
	'One \'message\' is one datagram, whole, and the address that it came from. That address is all that a server knows of its client.':
		'\'message\' 이벤트 하나가 데이터그램 하나이고, 보낸 쪽의 주소가 함께 옵니다. 서버가 클라이언트에 대해 아는 것은 이 주소뿐입니다.',
	'Every sender so far. UDP does not tell when a peer has ended.': '지금까지 데이터그램을 보낸 주소들. UDP는 상대가 끝났는지 알려 주지 않습니다.',
	'full: replaces the oldest': '가득 차면 오래된 것과 교체',
	'source port 0: cannot be answered': '출발지 포트 0: 응답할 수 없음',
	'A line is a datagram, an empty line an empty one. Each carries its destination. At the first, the OS picks a port.':
		'한 줄이 데이터그램 하나이고, 빈 줄은 빈 데이터그램입니다. 데이터그램마다 목적지 주소를 적습니다. 처음 보낼 때 운영체제가 포트를 할당합니다.',
	'Any program can send to this port: the address tells which.': '어떤 프로그램이든 이 포트로 보낼 수 있습니다. 주소를 보면 누가 보냈는지 알 수 있습니다.',
	'do not wait forever for a lost answer': '유실된 응답을 끝없이 기다리지 않음',
	'Do not wait forever for a lost answer: end after half a second.': '유실된 응답을 끝없이 기다리지 않고 0.5초 뒤에 끝냅니다.',
	'Nothing more is typed. Do not wait forever for a lost answer: end after half a second.': '입력이 끝났습니다. 유실된 응답을 끝없이 기다리지 않고 0.5초 뒤에 끝냅니다.',
	'nothing more typed, and no answer since': '입력이 끝났고 더 오는 응답도 없음',
	'runs once there is nothing more to send': '더 보낼 것이 없을 때 실행됨',
	'no timeout': '제한 시간 없음',

	// TCP.
	'The welcoming socket. It carries no data.': '환영 소켓(welcoming socket). 데이터는 오가지 않습니다.',
	'The welcoming socket carries no data: accept() returns another one, for this client alone, with the same local port.':
		'환영 소켓(welcoming socket)으로는 데이터가 오가지 않습니다. accept()는 이 클라이언트만을 위한 새 연결 소켓을 돌려주고, 그 로컬 포트는 환영 소켓과 같습니다.',
	'A new socket for each client, with the same local port. Many are open at once: each has its own handlers.':
		'클라이언트마다 새 연결 소켓이 생기고, 로컬 포트는 모두 같습니다. 여러 개가 동시에 열려 있으므로 소켓마다 핸들러를 따로 둡니다.',
	'listen() makes three calls: socket(), bind(), listen(). Node also sets SO_REUSEADDR, so that a server can start again at once, though old connections of its port are still in TIME_WAIT.':
		'Node의 listen()은 socket(), bind(), listen()을 차례로 부릅니다. SO_REUSEADDR도 설정하므로, 이 포트의 이전 연결이 TIME_WAIT이어도 서버를 바로 다시 시작할 수 있습니다.',
	'A port stays in use for a while after its connections have closed (TIME_WAIT). With this, a server can start again at once.':
		'연결이 닫힌 뒤에도 포트는 한동안 사용 중입니다(TIME_WAIT). 이 옵션이 있으면 서버를 바로 다시 시작할 수 있습니다.',
	'On a connection, send() takes no address. A byte stream has no message boundaries: the newline tells where a line ends.':
		'연결에서는 send()에 주소를 주지 않습니다. 바이트 스트림에는 메시지 경계가 없으므로 줄바꿈 문자로 줄의 끝을 압니다.',
	'One thread sends what is typed, while main() receives. On a connection, send() takes no address. A byte stream has no message boundaries: the newline tells where a line ends.':
		'스레드 하나가 입력을 보내는 동안 main()은 받습니다. 연결에서는 send()에 주소를 주지 않습니다. 바이트 스트림에는 메시지 경계가 없으므로 줄바꿈 문자로 줄의 끝을 압니다.',
	'A chunk: what has arrived so far, less than a message or several.': '청크: 지금까지 도착한 바이트. 메시지의 일부일 수도, 여러 개일 수도 있습니다.',
	'A chunk: what has arrived so far, less than a message or several. No bytes: the peer has finished (its FIN).':
		'청크: 지금까지 도착한 바이트. 메시지의 일부일 수도, 여러 개일 수도 있습니다. 0바이트이면 상대가 다 보낸 것입니다(FIN).',
	'A chunk is what has arrived, which need not be what one send() sent.': '청크는 도착한 만큼의 바이트이며, send() 한 번에 보낸 것과 다를 수 있습니다.',
	'A chunk is what has arrived, which need not be what one send() sent. No bytes: the peer has finished (its FIN).':
		'청크는 도착한 만큼의 바이트이며, send() 한 번에 보낸 것과 다를 수 있습니다. 0바이트이면 상대가 다 보낸 것입니다(FIN).',
	'recv() has returned no bytes: the peer has finished (its FIN).': 'recv()가 0바이트를 돌려주었습니다. 상대가 다 보냈습니다(FIN).',
	'No bytes: the peer has finished, or the line typed was sent.': '0바이트이면 상대가 다 보냈거나, 입력한 줄을 보낸 것입니다.',
	'send() may take only a part of what it is given.': 'send()는 넘겨받은 바이트의 일부만 가져갈 수도 있습니다.',
	'While a peer does not read its answers, read nothing from it.': '상대가 응답을 읽지 않는 동안은 그 상대에게서 읽지 않습니다.',
	'FIN after the bytes that are still queued, then close().': '대기 중인 바이트를 다 보낸 뒤 FIN을 보내고 close()합니다.',
	'FIN: this side too': 'FIN: 이쪽도 다 보냄',
	'FIN: half-closed, still reading': 'FIN: half-close, 계속 읽음',
	'close after the reply': '응답한 뒤 닫음',
	'nothing more is read: close after the reply': '더 읽지 않음: 응답한 뒤 닫음',
	'the connection that typed lines go to': '입력한 줄을 보낼 연결',
	'wakes its recv()': '기다리는 recv()를 깨움',
	'closed already: its own thread sees that': '이미 닫힘: 그 스레드가 처리',
	'a closed peer must not end the program': '상대가 닫아도 끝나지 않게 함',
	'such as a reset by the peer': '예: 상대가 보낸 RST',
	'such as too many open files': '예: 열린 파일이 너무 많음',
	'0: a free slot': '0: 빈 자리',
	'no slot is free': '빈 자리가 없음',

	// Input, threads and the end.
	'raw: nothing is read ahead': 'raw: 미리 읽지 않음',
	'nothing is read ahead': '미리 읽지 않음',
	'nothing more is typed: poll() skips it': '입력이 끝남: poll()이 건너뜀',
	'Sends a line typed here. Returns false at the end of the input.': '입력한 줄을 보냅니다. 입력이 끝나면 false를 돌려줍니다.',
	'Wait for what comes first: a datagram, or a line typed here.': '데이터그램과 입력한 줄 가운데 먼저 오는 것을 기다립니다.',
	'Wait for what comes first: a client, or a line typed here.': '클라이언트와 입력한 줄 가운데 먼저 오는 것을 기다립니다.',
	'A thread waits for lines typed here, and the loop below for datagrams.': '스레드는 입력을 기다리고, 아래 반복문은 데이터그램을 기다립니다.',
	'One thread sends what is typed, while this one receives.': '스레드 하나가 입력을 보내는 동안 이 스레드는 받습니다.',
	'each client\'s thread': '클라이언트마다 스레드 하나',
	'Each client\'s thread.': '클라이언트마다 스레드 하나.',
	'does not outlive the loop': '반복문이 끝나면 함께 끝남',
	'Ctrl+C: the OS does it': 'Ctrl+C: 운영체제가 닫음',
};
