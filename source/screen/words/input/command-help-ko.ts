/* The help in Korean, a line of the English help at a time. A test finds a line that has no Korean. */
import textWidth from '../../../text/width/width.ts';

/** What stands behind a flag, and the lines between flags, by the English; before a list, by what ends with a colon. */
export const koreanLines: Readonly<Record<string, string>> = {
	'of text:': '텍스트의 인코딩:',
	'what each message ends with:': '각 메시지의 끝:',
	[String.raw`interpret \n, \x00, \u{e9} and the like in messages`]:
		String.raw`메시지의 \n, \x00, \u{e9} 등을 해석합니다`,
	'A terminal app in which every pane is a real UDP or TCP socket': '패널마다 실제 UDP 또는 TCP 소켓이 있는 터미널 앱',
	Usage: '사용법',
	'check a program of your own': '직접 만든 프로그램을 검사합니다',
	'without a screen, for scripts and pipes; relay with one, too': '화면 없이, 스크립트와 파이프용으로. relay는 화면에서도 됩니다',
	Options: '옵션',
	'the protocol shown first': '처음에 보이는 프로토콜',
	'address the server binds': '서버가 바인딩하는 주소',
	'the server\'s port, 0: the OS picks': '서버의 포트. 0이면 운영체제가 고름',
	'clients opened at the start, 0 to 9 (2)': '시작할 때 여는 클라이언트, 0~9      (2)',
	'or a file: rules.yaml, a table; ./rule.js, a module': '또는 파일: 표 rules.yaml, 모듈 ./rule.js',
	'TCP: close the connection socket after its reply': 'TCP: 응답한 뒤 연결 소켓을 닫습니다',
	'TCP: what marks messages in the stream': 'TCP: 스트림에서 메시지를 나누는 방법',
	'saved messages and sequences to send by name (docs/messages.md)': '이름으로 보낼 저장된 메시지와 시퀀스 (docs/messages.md)',
	'open no server; the clients talk to that address': '서버를 열지 않습니다. 클라이언트는 이 주소로 보냅니다',
	'the clients bind this address first; also HOST or :PORT alone': '클라이언트가 먼저 바인딩할 주소. HOST나 :PORT만 써도 됩니다',
	'an option of the sockets; may be given several times': '소켓 옵션. 여러 번 쓸 수 있습니다',
	'TCP: clients that may wait for accept()': 'TCP: accept()를 기다릴 수 있는 클라이언트 수',
	'write \'udp 127.0.0.1:41234\', what the server has bound, to': '화면을 열기 전에 서버가 바인딩한 주소를 표준 오류에',
	'standard error before the screen opens': '\'udp 127.0.0.1:41234\'처럼 씁니다',
	'what the simulated link does': '네트워크 시뮬레이션의 조건',
	'or name=value,…  such as  loss=30%,delay=100ms': '또는 name=value,…  예: loss=30%,delay=100ms',
	'the same for what the server sends': '서버가 보내는 방향의 조건',
	'(as --link)': '(--link와 같음)',
	'seed of the link\'s random choices': '시뮬레이션의 무작위 선택을 정하는 시드',
	'(a random one)': '(무작위)',
	'language of the screen': '화면의 언어',
	'(from the locale, else en)': '(로캘에서, 없으면 en)',
	'the background to choose colours for (the terminal is asked)': '색을 맞출 배경 (없으면 터미널에 묻습니다)',
	'leave the mouse to the terminal': '마우스를 터미널에 맡깁니다',
	'this text': '이 도움말',
	'the program\'s version': '프로그램의 버전',
	Lessons: '학습',
	'learn                      the list of lessons, to choose one': 'learn                      학습 목록에서 고릅니다',
	'learn LESSON               one of them, from the step that you had reached':
		'learn LESSON               그 학습을, 진행한 단계부터 엽니다',
	'learn --list               their names and titles, one per line': 'learn --list               이름과 제목을 한 줄에 하나씩',
	'learn FILE.yaml            a lesson of your own': 'learn FILE.yaml            직접 만든 학습',
	'learn FILE.yaml --check    what is wrong with it, as file:line:column: message':
		'learn FILE.yaml --check    잘못된 곳을 file:line:column: message로 알립니다',
	Examples: '예',
	'A server without a screen: a line for each event': '화면 없는 서버: 이벤트마다 한 줄을 씁니다',
	'end when the first connection has ended; in UDP, when the first': '첫 연결이 끝나면 끝냅니다. UDP에서는',
	'datagram has been answered': '첫 데이터그램에 응답하면 끝냅니다',
	'answer has been passed on': '첫 응답을 전달하면 끝냅니다',
	'end after 500ms, 10s, 2m …': '500ms, 10s, 2m … 뒤에 끝냅니다',
	'end when N messages have been received; with --for, exit code 4': '메시지 N개를 받으면 끝냅니다. --for와 함께 쓰면',
	'for fewer': '모자랄 때의 종료 코드는 4',
	'end when N messages have come from clients; with --for, exit': '클라이언트에서 메시지 N개가 오면 끝냅니다. --for와 함께 쓰면',
	'code 4 for fewer': '모자랄 때의 종료 코드는 4',
	'TCP connections at the same time': '동시 TCP 연결 수',
	'UDP peers that it remembers': '기억하는 UDP 상대 수',
	'UDP peers at the same time': '동시 UDP 상대 수',
	'bytes that wait for one peer, such as 64KiB (1MiB)': '상대 하나를 위해 대기하는 바이트. 예: 64KiB (1MiB)',
	'JSON lines on standard output; messages for people go to': '표준 출력에 JSON 줄을 씁니다. 사람이 읽을 메시지는',
	'standard error': '표준 오류에 씁니다',
	'failures only, no other messages for people': '사람이 읽을 메시지 가운데 실패만 씁니다',
	'language of messages for people': '사람이 읽을 메시지의 언어',
	'Send messages, a file or standard input, and wait for the answer': '메시지, 파일, 표준 입력을 보내고 응답을 기다립니다',
	'Each MESSAGE is a datagram, or one write to the stream. Without one, standard input is sent:':
		'MESSAGE 하나는 데이터그램 하나, 또는 스트림에 쓰기 한 번입니다. 없으면 표준 입력을 보냅니다.',
	'over TCP as it is read, over UDP as one datagram, once it has been read to its end. When all':
		'TCP에서는 읽는 대로, UDP에서는 끝까지 읽은 뒤 데이터그램 하나로 보냅니다. 모두 보내면 TCP는',
	'is sent, TCP sends a FIN, and the answer is all that comes until the peer\'s FIN. With --framing':
		'FIN을 보내고, 상대의 FIN까지 오는 모든 것이 응답입니다. --framing을 쓰면 MESSAGE마다 프레임',
	'each MESSAGE is sent in a frame, and an answer is a message of the stream.': '하나로 보내고, 스트림의 메시지 하나가 응답 하나입니다.',
	'send this file': '이 파일을 보냅니다',
	'the message is in hexadecimal: DE AD, de:ad, 0xDE, dead': '메시지를 16진수로 씁니다: DE AD, de:ad, 0xDE, dead',
	'@NAME among the messages is one of them; @@ is an @': '메시지 자리의 @NAME이 그중 하나입니다. @@는 @입니다',
	'send the messages N times': '메시지를 N번 보냅니다',
	'between two messages (UDP: until the answer has come)': '메시지 사이의 간격 (UDP: 없으면 응답이 올 때까지)',
	'stop after this time without data; 0: do not wait': '이 시간 동안 데이터가 없으면 끝냅니다. 0: 기다리지 않음',
	'(3s for messages; for a stream until the peer ends)': '(메시지는 3s, 스트림은 상대가 끝낼 때까지)',
	'TEXT, hex:BYTES or /REGEX/; exit code 5 for any other answer': 'TEXT, hex:BYTES, /REGEX/ 중 하나. 다른 응답이면 종료 코드 5',
	'bind this address first; also HOST or :PORT alone': '먼저 바인딩할 주소. HOST나 :PORT만 써도 됩니다',
	'TCP: no FIN when all is sent': 'TCP: 모두 보낸 뒤 FIN을 보내지 않습니다',
	'A relay between two programs, on the screen or as one line for each event on both sides':
		'두 프로그램 사이의 릴레이: 화면에서, 또는 양쪽의 이벤트마다 한 줄로',
	'It binds LISTEN (HOST:PORT, :PORT or HOST), passes what arrives there on to TARGET (HOST:PORT),':
		'LISTEN(HOST:PORT, :PORT, HOST)에 바인딩하고, 그곳에 온 것을 TARGET(HOST:PORT)에 전달하며,',
	'and passes the answers back. Each TCP connection, and each UDP peer, has a socket of its own to':
		'응답을 되돌려 보냅니다. TCP 연결과 UDP 상대마다 TARGET으로 가는 소켓이 따로 있습니다.',
	'the target. On a terminal it is a pane of the screen, where messages can be held, edited,':
		'터미널에서는 화면의 패널이며, 메시지를 보류하고, 편집하고, 버리고, 전달할 수 있습니다.',
	'dropped and let go. Into a pipe or a file, and with any of --lines, --json, --quiet, --once,':
		'파이프나 파일로 쓸 때, 그리고 --lines, --json, --quiet, --once, --for, --until 중',
	'--for and --until, it writes a line for each event.': '하나라도 있으면 이벤트마다 한 줄을 씁니다.',
	'UDP: silence after which a peer\'s socket is closed': 'UDP: 데이터가 없는 상대의 소켓을 닫을 때까지의 시간',
	'the same for what goes back to clients': '클라이언트로 되돌아가는 방향의 조건',
	'write lines instead of opening the screen, on a terminal too': '터미널에서도 화면을 열지 않고 줄을 씁니다',
	'on the screen: clients of the relay opened at the start (0)': '화면: 시작할 때 여는 릴레이의 클라이언트 (0)',
	'on the screen: the background to choose colours for': '화면: 색을 맞출 배경',
	'on the screen: leave clicks and the wheel to the terminal': '화면: 클릭과 휠을 터미널에 맡깁니다',
	'Check a program that you have written: a UDP or TCP server or client, in any language':
		'직접 만든 UDP·TCP 서버나 클라이언트를 검사합니다. 어떤 언어로 만들었든 됩니다',
	'list the exercises': '실습 목록',
	'what an exercise demands': '실습이 요구하는 것',
	'The program is started and ended by the check. It learns its port from {port} in its arguments,':
		'프로그램은 검사가 시작하고 끝냅니다. 프로그램은 인수의 {port}나 환경 변수 PORT에서',
	'or from PORT in its environment; where it uses neither, it has port 12000.': '포트를 받습니다. 둘 다 쓰지 않으면 포트는 12000입니다.',
	'check a server that is running already': '이미 실행 중인 서버를 검사합니다',
	'wait there for a client that you start yourself': '직접 시작할 클라이언트를 그곳에서 기다립니다',
	'the longest that all checks together may take': '모든 검사에 쓸 수 있는 가장 긴 시간',
	'how long to wait for an answer': '응답을 기다리는 시간',
	'print TAP version 14': 'TAP 버전 14로 출력합니다',
	'print JSON': 'JSON으로 출력합니다',
	'language of the report': '보고서의 언어',
	'Exit codes': '종료 코드',
	'0  everything holds                      2  the command line cannot be used':
		'0  모두 통과                             2  명령줄을 쓸 수 없음',
	'1  something does not                    3  the program could not be run':
		'1  통과하지 못한 것이 있음               3  프로그램을 실행하지 못함',
};

/** A flag or an example, what is told of it, and the default in its column. */
const parts = /^(\s+(?:(?:-\w, )?--[\w-]+(?: \S+)?\s{2,}|\$ .*?\s{3,})?)(\S.*?)(?:(\s{2,})(\([^()]*\)))?$/;

export function helpInKorean(help: string): string {
	return help.split('\n').map(line => {
		const whole = koreanLines[line.trim()];
		if (whole !== undefined) {
			return line.replace(line.trim(), () => whole);
		}

		const [, before = '', text = '', gap = '', value = ''] = parts.exec(line) ?? [];
		const [named = ''] = /^[^:]*:/.exec(text) ?? [];
		const korean = koreanLines[text] ?? (koreanLines[named] ?? named) + text.slice(named.length);
		const spaces = value === '' ? 0 : Math.max(1, textWidth(text + gap) - textWidth(korean));
		return before + korean + ' '.repeat(spaces) + (koreanLines[value] ?? value);
	}).join('\n');
}
