import {type Both, en} from '../both.ts';
import {rulesWords} from '../panes/events-words.ts';

/** A key or a sign, and what it does or means. */
type Row = readonly [sign: string | Both<string>, text: Both<string>];

export const helpWords = {
	commandsTitle: en('Commands: press Esc, then the letter (^ = Ctrl with the letter does the same)')
		.ko('명령: Esc를 누른 다음 글자 (^는 Ctrl: Esc 없이 바로)'),
	rulesTitle: en('Reply rules: what the server does with each datagram or read').ko('응답 규칙: 데이터그램이나 읽기마다 서버가 하는 일'),
	rules: rulesWords,
	portsTitle: en('Why all of a TCP server\'s sockets have one port: the four-tuple (both addresses, both ports) tells them apart.')
		.ko('TCP 서버의 소켓은 모두 포트가 같습니다: 4-튜플(four-tuple: 양쪽 주소와 포트)로 구별합니다.'),
	typingTitle: en('Typing').ko('입력'),
	typing: [
		['Tab, Shift+Tab', en('next, previous pane').ko('다음 패널, 이전 패널')],
		[
			'Enter',
			en('send; on an empty line, when a step of a lesson is done: the next one')
				.ko('보내기; 학습 단계가 끝난 뒤 빈 줄에서는 다음 단계'),
		],
		[
			'Esc',
			en('the commands; in a panel: one step back, to where it was opened').ko('명령; 열린 화면에서는 그 화면을 연 곳으로 돌아가기'),
		],
		['Up, Down', en('recall messages sent from this pane').ko('이 패널에서 보낸 것을 다시 불러오기')],
		['PageUp, PageDown', en('scroll the pane, or this help').ko('패널이나 이 도움말 스크롤')],
		['Shift+Up', en('select a row; then Enter shows its payload whole').ko('행 선택; Enter로 페이로드 전체를 봅니다')],
		['Left, Right', en('on an empty server line: choose the receiver').ko('서버의 빈 입력 줄에서: 받는 쪽 선택')],
		['\\n \\r \\t \\e \\\\', en('escapes for single bytes, as in C').ko('한 바이트를 나타내는 이스케이프(C와 같음)')],
		[String.raw`\0 \NNN \xNN`, en('a byte by its number: in octal, in hexadecimal').ko('번호로 적은 바이트: 8진수, 16진수')],
		[String.raw`\u{N} \uNNNN`, en('a character by its number').ko('번호로 적은 문자')],
		['^A ^E ^B', en('to the start, the end, one character back').ko('처음으로, 끝으로, 한 글자 앞으로')],
		[
			'^U ^W ^Y',
			en('delete to the start, the word before; put back the deleted text').ko('처음까지 지우기, 앞 단어 지우기; 지운 것 다시 넣기'),
		],
		['^H, Alt+Backspace', en('delete the character, the word before').ko('앞 글자 지우기, 앞 단어 지우기')],
		[en('Alt+letter').ko('Alt+글자'), en('is Esc, then the letter').ko('Esc를 누른 다음 글자와 같음')],
		[
			en('mouse').ko('마우스'),
			en('a click focuses a pane or chooses an entry, the wheel scrolls; Shift and drag selects text')
				.ko('클릭: 패널로 가거나 항목 선택, 휠: 스크롤; Shift를 누르고 끌면 글자 선택'),
		],
		['^Z', en('stop the program; `fg` in the shell goes on').ko('프로그램 멈추기; 셸에서 fg로 이어서 합니다')],
	] satisfies readonly Row[],
	takenChords: en('edit the line in readline; here they are commands').ko('readline에서는 줄 편집 키이지만 여기서는 명령'),
	signsTitle: en('Signs').ko('표시'),
	signs: [
		['→  ←', en('sent, received').ko('보냄, 받음')],
		['✗', en('failed').ko('실패')],
		['≈', en('changed by the simulated link; details where there is room')
			.ko('네트워크 시뮬레이션이 바꾼 것이 있음: 자리가 있으면 무엇인지 적힘')],
		['●  ○', en('open, closed').ko('열림, 닫힘')],
		[
			'12 ms',
			en('round-trip time since the message that it answers (TCP: the oldest unanswered), the program\'s own time included')
				.ko('왕복 시간: 응답받은 메시지부터(TCP: 응답이 없던 가장 오래된 것부터), 프로그램의 처리 시간 포함'),
		],
		[
			'~ESTABLISHED ~2',
			en('derived from what this program did and read, not read from the kernel; so are system calls')
				.ko('이 프로그램이 보내고 받은 것에서 추론한 값, 커널에서 읽은 값이 아님(시스템 호출도 같음)'),
		],
		[
			'~12 ms',
			en('a median, p90 or p99 of more than 1,024 round trips: within 2 %, those of fewer are exact')
				.ko('왕복 시간이 1,024개를 넘으면 중앙값, p90, p99는 오차 2 % 이내, 그보다 적으면 정확한 값'),
		],
		[
			'connect() 1 ms',
			en('the call; between two sockets of this machine the handshake is in it. Not measured: SYN to SYN+ACK (a capture has it)')
				.ko('호출 시간; 같은 컴퓨터의 소켓끼리는 핸드셰이크가 이 안에 듦. SYN부터 SYN+ACK까지는 측정 안 됨(패킷 캡처로 확인)'),
		],
		[
			'►  ›',
			en('in a program: the line whose call happened last; those of the second before')
				.ko('프로그램에서: 마지막으로 호출된 줄; 그 전 1초 동안 호출된 줄'),
		],
		['▸', en('the receiver of the server\'s line').ko('서버 입력 줄의 받는 쪽')],
		['(2)  +2', en('datagrams from that peer; rows not seen yet').ko('그 상대에게서 받은 데이터그램 수; 아직 보지 않은 행 수')],
		[
			en('▁▃▇ 9 msg/s').ko('▁▃▇ 메시지 9/초'),
			en('messages (TCP: reads, writes) in the last 8 seconds; in the last one')
				.ko('지난 8초의 초당 메시지(TCP: 읽기, 쓰기); 지난 1초의 수'),
		],
		[
			en('= 2 writes').ko('= 쓰기 2개'),
			en('one read with the bytes of two writes (Esc 3 shows which)').ko('쓰기 둘의 바이트가 한 번에 읽힘 (Esc 3으로 봅니다)'),
		],
		[
			'[A] [B]',
			en('writes 1 and 2, in the bytes view; the letter stands for the colour')
				.ko('바이트 보기에서 쓰기 1과 2; 문자는 색을 대신합니다'),
		],
	] satisfies readonly Row[],
	commands: {
		'switch-protocol': en('UDP or TCP; each keeps its own sockets and log').ko('UDP와 TCP 전환; 소켓과 로그는 따로 유지됨'),
		'new-client': en('new client').ko('새 클라이언트'),
		'close-socket': en('close the focused client\'s socket, or the chosen connection')
			.ko('클라이언트의 소켓이나 선택한 연결 소켓 닫기'),
		'open-or-stop': en('in the server\'s pane: open or stop it; in a closed client\'s: reconnect it')
			.ko('서버 패널: 서버 열기/중지; 닫힌 클라이언트 패널: 다시 연결'),
		'reply-rule': en('next reply rule').ko('다음 응답 규칙'),
		'keep-open': en('TCP: keep connections open after a reply, or close them').ko('TCP: 응답한 뒤 연결 소켓을 열어 두기/닫기'),
		hold: en('in a relay: hold messages both ways, only to the target, only to the clients, or none')
			.ko('릴레이: 메시지를 양쪽 방향, 대상 쪽만, 클라이언트 쪽만 보류, 또는 모두 바로 전달'),
		held: en('in a relay: the held messages: edit as text or hex, drop, let go')
			.ko('릴레이: 보류된 메시지를 텍스트나 16진수로 편집, 버리기, 전달'),
		'half-close': en('TCP: half-close: send FIN, and keep receiving').ko('TCP: half-close(한쪽 종료): FIN을 보내고 받기는 계속'),
		acts: en('try on this socket: reset, stop reading, split a character, two writes; series: burst, repeat, load; saved messages')
			.ko('소켓 실험: 리셋, 읽기 중지, 문자 자르기, 두 번 쓰기; 연속 전송, 반복 전송, 부하; 저장된 메시지'),
		'link-conditions': en('simulated link: loss, delay and more, for each direction; its seed')
			.ko('네트워크 시뮬레이션: 방향별 유실, 지연 등; 시드(seed)'),
		payload: en('payload as text, or as hex and text').ko('페이로드를 텍스트로, 또는 16진수와 텍스트로'),
		view: en('next view of the pane: messages, system calls, bytes from write to read, sockets')
			.ko('패널의 다음 보기: 메시지, 시스템 호출, 쓰기에서 읽기까지의 바이트, 소켓'),
		'view-back': en('the view before').ko('패널의 이전 보기'),
		'view-number': en('messages, system calls, bytes, sockets, program').ko('메시지, 시스템 호출, 바이트, 소켓, 프로그램'),
		zoom: en('the focused pane alone, or all panes; of a program the short or the full form')
			.ko('이 패널만, 또는 모든 패널; 프로그램에서는 짧은 형태와 전체 형태'),
		flow: en('flow diagram: beside the panes from 120 columns on; again: the whole screen; again: closed')
			.ko('흐름도(시퀀스 다이어그램): 120열부터 패널 옆에; 다시 누르면 전체 화면; 다시 누르면 닫힘'),
		'both-scenes': en('UDP and TCP side by side: Tab goes through the panes of both, keys act on the one with the focus')
			.ko('UDP와 TCP 나란히: Tab은 양쪽 패널을 모두 돌고, 키는 포커스가 있는 쪽에 적용'),
		laboratory: en('error laboratory: cause the usual socket errors, and see why')
			.ko('오류 실험실: 흔한 소켓 오류를 일으키고 이유를 봅니다'),
		lessons: en('lessons: the chapter step by step; while one is open, its letters: next, hint, back, again, reset, leave; and exercises that check a program of your own')
			.ko('학습: 소켓 단원을 한 단계씩; 진행 중에는 단계 명령: 다음, 힌트, 이전, 다시, 초기화, 나가기; 직접 만든 프로그램을 검사하는 실습'),
		hint: en('the next hint of the open lesson\'s step').ko('진행 중인 학습 단계의 다음 힌트'),
		source: en('this pane as source code, and its calls; again: the next language; z: its other form')
			.ko('이 패널의 소스 코드와 시스템 호출; 다시 누르면 다음 언어; z로 다른 형태'),
		filter: en('find rows with a text, or bytes (hex:0d0a); Up and Down: previous and next match')
			.ko('텍스트나 바이트(hex:0d0a)가 있는 행 찾기; Up, Down: 이전, 다음 일치'),
		save: en('save what the pane shows, whole, as text; or the scene, as a command line or a lesson')
			.ko('패널이 보여주는 것 전체를 텍스트로 저장; 또는 장면을 명령줄이나 학습 파일로 저장'),
		file: en('send a file, or (> FILE) write what the peer sends to a new one; stops it')
			.ko('파일 보내기, 또는 (> FILE) 상대가 보내는 것을 새 파일에 쓰기. 보내는 중에는 중지'),
		'hex-input': en('type bytes in hexadecimal (DE AD, de:ad, 0xDE, a pasted dump), or text again')
			.ko('16진수로 바이트 입력(DE AD, de:ad, 0xDE, 붙여 넣은 덤프), 다시 누르면 텍스트 입력'),
		'line-ending': en('the ending of messages and pasted lines: none, LF, CR LF, CR or NUL')
			.ko('메시지와 붙여 넣은 줄의 끝: 없음, LF, CR LF, CR, NUL'),
		settings: en('settings of the focused pane: its socket\'s options, each with its call, and how messages are written')
			.ko('이 패널의 설정: 소켓 옵션과 그 시스템 호출, 메시지를 쓰는 방법'),
		address: en('the server\'s address, or the client\'s destination').ko('서버가 바인딩할 주소, 클라이언트의 목적지'),
		help: en('the help page').ko('이 도움말'),
		quit: en('quit; asks once where there was traffic (Ctrl+C quits at once)')
			.ko('종료; 주고받은 것이 있으면 한 번 묻습니다 (Ctrl+C는 바로 종료)'),
		type: en('back to typing (also Enter)').ko('입력으로 (Enter도)'),
	},
};
