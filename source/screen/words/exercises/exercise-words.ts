import type {NotRun, SkipCause} from '../../../engine/api/exercise.ts';
import type {
	Mistake, ProgramEnd, TcpMistake, UdpMistake,
} from '../../../engine/api/mistake.ts';
import {byTag, byType} from '../../../text/by-type.ts';
import {
	type Both, both, en, type In,
} from '../both.ts';
import {formatElapsed, formatExactBytes} from '../../../text/numbers.ts';
import {withParticle} from '../particle.ts';
import {
	at, type MistakeWords, portBytes, quote, quoteEnd,
} from './exercise-values.ts';
import {tcpChecks, tcpMistakes, tcpRules} from './tcp-exercises-words.ts';
import {udpChecks, udpMistakes} from './udp-exercises-words.ts';

function ended({code, signal}: ProgramEnd): Both<string> {
	return signal === undefined
		? en(`exit code ${code ?? '?'}`).ko(`종료 코드 ${code ?? '?'}`)
		: en(`signal ${signal}`).ko(`시그널 ${signal}`);
}

const common: MistakeWords<Exclude<Mistake, UdpMistake | TcpMistake>> = {
	'ended-early': ({end, exchange}) => en([
		`The program ended with ${ended(end).en} ${exchange ? `when ${quote(exchange.sent)} had been sent to it` : 'before it could be checked'}.`,
	]).ko([
		exchange
			? `${quote(exchange.sent)} 메시지를 보낸 뒤 프로그램이 끝났습니다: ${ended(end).ko}.`
			: `검사하기 전에 프로그램이 끝났습니다: ${ended(end).ko}.`,
	]),
	'not-bound': ({protocol, port, waited}) => en([
		`After ${formatElapsed(waited)} the program has no ${protocol.toUpperCase()} socket that is bound to port ${port}.`,
		'A server calls bind() with the port that its clients know.',
	]).ko([
		`${formatElapsed(waited)}가 지나도 포트 ${port}에 바인딩된 ${protocol.toUpperCase()} 소켓이 프로그램에 없습니다.`,
		'서버는 클라이언트가 알고 있는 포트로 bind()를 호출합니다.',
	]),
	'wrong-protocol': ({asked, address}) => en([
		`The program has a ${asked === 'udp' ? 'TCP' : 'UDP'} socket at ${at(address)}, and ${asked.toUpperCase()} was asked for.`,
		asked === 'udp' ? 'A UDP socket is SOCK_DGRAM.' : 'A TCP socket is SOCK_STREAM.',
	]).ko([
		`프로그램은 ${at(address)}에 ${asked === 'udp' ? 'TCP' : 'UDP'} 소켓을 열었습니다. 이 실습은 ${asked.toUpperCase()}입니다.`,
		asked === 'udp' ? 'UDP 소켓은 SOCK_DGRAM입니다.' : 'TCP 소켓은 SOCK_STREAM입니다.',
	]),
	'byte-order': ({port, used}) => en([
		`The program uses port ${portBytes(used)} instead of ${portBytes(port)}: the two bytes are swapped.`,
		'A port is in network byte order (big-endian) in sin_port: htons(port).',
	]).ko([
		`프로그램이 사용한 포트는 ${portBytes(used)}입니다. 받은 포트는 ${portBytes(port)}이고, 두 바이트의 순서가 바뀌었습니다.`,
		'sin_port의 포트는 네트워크 바이트 순서(big-endian)입니다: htons(port).',
	]),
	'other-port': ({port, bound}) => en([
		`The program was told port ${port}, and its socket is bound to ${at(bound)}.`,
		'The port is in its arguments where {port} stands, and in the environment as PORT.',
	]).ko([
		`프로그램은 포트 ${withParticle(String(port), ['을', '를'])} 받았는데 소켓은 ${at(bound)}에 바인딩되었습니다.`,
		'포트는 인수의 {port} 자리와 환경 변수 PORT에 있습니다.',
	]),
	'loopback-only': ({bound}) => en([
		`The socket is bound to ${at(bound)}: only programs on this machine can reach it.`,
		'Bind all addresses: \'\' in Python, INADDR_ANY in C, 0.0.0.0 in Node.',
	]).ko([
		`소켓이 ${at(bound)}에 바인딩되어 있어 이 컴퓨터의 프로그램만 접근할 수 있습니다.`,
		'모든 주소에 바인딩하십시오: Python은 \'\', C는 INADDR_ANY, Node는 0.0.0.0.',
	]),
	'never-sends': ({waited, address, end}) => en([
		end
			? `The program ended with ${ended(end).en} and has sent nothing to ${at(address)}.`
			: `In ${formatElapsed(waited)} the program has sent nothing to ${at(address)}.`,
		'The address is in its arguments where {host} and {port} stand, and in the environment as HOST and PORT.',
	]).ko([
		end
			? `프로그램이 ${at(address)}에 아무것도 보내지 않고 끝났습니다: ${ended(end).ko}.`
			: `${formatElapsed(waited)} 동안 프로그램이 ${at(address)}에 아무것도 보내지 않았습니다.`,
		'주소는 인수의 {host}와 {port} 자리, 그리고 환경 변수 HOST와 PORT에 있습니다.',
	]),
	'sends-otherwise': ({asked, address}) => en([
		`The program has used ${asked === 'udp' ? 'TCP' : 'UDP'} to ${at(address)}, and ${asked.toUpperCase()} was asked for.`,
		asked === 'udp' ? 'A UDP socket is SOCK_DGRAM.' : 'A TCP socket is SOCK_STREAM.',
	]).ko([
		`프로그램은 ${at(address)}에 ${asked === 'udp' ? 'TCP로 연결했습니다' : 'UDP로 보냈습니다'}. 이 실습은 ${asked.toUpperCase()}입니다.`,
		asked === 'udp' ? 'UDP 소켓은 SOCK_DGRAM입니다.' : 'TCP 소켓은 SOCK_STREAM입니다.',
	]),
	'does-not-print': ({answer, output}) => en([
		`The answer ${quote(answer)} is not in its output${output.length === 0 ? ', which is empty' : `, which ends with ${quoteEnd(output)}`}.`,
		'Print what recvfrom() or recv() has returned.',
	]).ko([
		`출력에 응답 ${quote(answer)}가 없습니다. ${output.length === 0 ? '출력이 비어 있습니다.' : `출력의 끝: ${quoteEnd(output)}.`}`,
		'recvfrom()이나 recv()가 돌려준 것을 출력하십시오.',
	]),
	'does-not-end': ({waited}) => en([
		`The program still ran ${formatElapsed(waited)} after its answer, with its standard input at an end.`,
		'The textbook\'s client closes its socket and ends after one answer.',
	]).ko([
		`응답을 받고 표준 입력이 끝났는데도 ${formatElapsed(waited)} 뒤에 프로그램이 아직 실행 중이었습니다.`,
		'교재의 클라이언트는 응답 하나를 받으면 소켓을 닫고 끝납니다.',
	]),
	'ends-with-error': ({end}) => en([`The program ended with ${ended(end).en}; 0 says that all went well.`])
		.ko([`프로그램이 끝났습니다: ${ended(end).ko}. 정상 종료는 0입니다.`]),
	'fixed-port': ({port}) => en([
		`The client has port ${port} each time: it calls bind() itself.`,
		'A client leaves that to the OS, which picks a free port. Two clients could not run at the same time.',
	]).ko([
		`클라이언트의 포트가 매번 ${port}입니다: 스스로 bind()를 호출합니다.`,
		'클라이언트의 포트는 운영체제가 빈 것으로 할당하게 두십시오. 그러지 않으면 두 클라이언트를 동시에 실행할 수 없습니다.',
	]),
	'no-timeout': ({sent, waited}) => en([
		`The answer to ${quote(sent)} was lost, and the program still waited for it after ${formatElapsed(waited)}: it waits without a timeout.`,
		'UDP loses datagrams. Give the socket a timeout: settimeout(1) in Python, SO_RCVTIMEO or poll() in C, a timer in Node.',
	]).ko([
		`${quote(sent)}에 대한 응답이 유실되었는데, 프로그램은 ${formatElapsed(waited)} 뒤에도 기다리고 있었습니다: 타임아웃 없이 기다립니다.`,
		'UDP는 데이터그램을 잃을 수 있습니다. 소켓에 타임아웃을 두십시오: Python은 settimeout(1), C는 SO_RCVTIMEO나 poll(), Node는 타이머.',
	]),
	'never-answers': ({from, sent, elapsed}) => en([
		`${quote(sent)} from ${at(from)} got no answer in ${formatElapsed(elapsed)}: the program never answers.`,
	]).ko([
		`${at(from)}에서 보낸 ${quote(sent)}에 ${formatElapsed(elapsed)} 동안 응답이 없습니다: 프로그램이 전혀 응답하지 않습니다.`,
	]),
	unchanged: ({got, expected}) => en([
		`The answer is ${quote(got)}, as it was sent; expected was ${quote(expected)}.`,
	]).ko([
		`응답이 보낸 그대로인 ${quote(got)}입니다. 기대한 응답: ${quote(expected)}.`,
	]),
	terminator: ({got, expected}) => en([
		`The text is sent with its terminator: ${quote(got)} instead of ${quote(expected)}.`,
		'The byte 0 ends a string in C; it is no part of the message. Send strlen() bytes, or as many as were received.',
	]).ko([
		`텍스트를 끝 표시(널 문자)와 함께 보냅니다: ${quote(expected)} 대신 ${quote(got)}.`,
		'바이트 0은 C에서 문자열의 끝을 나타낼 뿐 메시지가 아닙니다. strlen()만큼, 또는 받은 바이트 수만큼 보내십시오.',
	]),
	'line-break-added': ({got, expected}) => en([
		`A line break was added: ${quote(got)} instead of ${quote(expected)}.`,
	]).ko([
		`줄바꿈이 덧붙었습니다: ${quote(expected)} 대신 ${quote(got)}.`,
	]),
	'whole-buffer': ({got, expected}) => en([
		`The whole buffer is sent: ${got.length} B, of which ${expected.length} B are the message.`,
		'Send as many bytes as were received, not sizeof(buffer).',
	]).ko([
		`버퍼 전체를 보냅니다: ${formatExactBytes(got.length)} 가운데 메시지는 ${formatExactBytes(expected.length)}입니다.`,
		'sizeof(buffer)가 아니라 받은 바이트 수만큼 보내십시오.',
	]),
	'stale-bytes': ({got, expected}) => en([
		`Bytes of an earlier message follow: ${quote(got)} instead of ${quote(expected)}.`,
		'The buffer still has them. Send as many bytes as were received.',
	]).ko([
		`이전 메시지의 바이트가 뒤에 남아 있습니다: ${quote(expected)} 대신 ${quote(got)}.`,
		'버퍼에 아직 남아 있는 것입니다. 받은 바이트 수만큼 보내십시오.',
	]),
	cut: ({got, expected}) => en([
		`Only ${got.length} of ${expected.length} B came: the program's buffer is too small.`,
		'recvfrom() drops what is left of a datagram. Give it a buffer for the largest one.',
	]).ko([
		`${formatExactBytes(expected.length)} 가운데 ${formatExactBytes(got.length)}만 왔습니다: 프로그램의 버퍼가 너무 작습니다.`,
		'recvfrom()은 데이터그램의 나머지를 버립니다. 가장 큰 데이터그램이 들어갈 버퍼를 주십시오.',
	]),
	'stops-at-zero': ({got, expected}) => en([
		`What came ends before a byte 0: ${got.length} of ${expected.length} B.`,
		'A message may have the byte 0 in it: use the length that was received, not strlen().',
	]).ko([
		`바이트 0 앞에서 끊겼습니다: ${formatExactBytes(expected.length)} 가운데 ${formatExactBytes(got.length)}.`,
		'메시지에는 바이트 0도 있을 수 있습니다: strlen()이 아니라 받은 길이를 쓰십시오.',
	]),
	'wrong-bytes': ({got, expected}) => en([`${quote(got)} came instead of ${quote(expected)}.`])
		.ko([`${quote(expected)} 대신 ${quote(got)}가 왔습니다.`]),
};

const mistakes: MistakeWords<Mistake> = {...common, ...udpMistakes, ...tcpMistakes};

function notStarted({program, interpreter, failure: {code, message}}: Extract<NotRun, {reason: 'not-started'}>): Both<string> {
	if (interpreter !== undefined) {
		return en(`its first line has it run by ${interpreter}, which cannot be started (${code}). Correct that line, or name the interpreter yourself: -- python3 ${program}`)
			.ko(`첫 줄에 적힌 인터프리터를 시작할 수 없습니다: ${interpreter} (${code}). 첫 줄을 고치거나 인터프리터를 직접 쓰십시오: -- python3 ${program}`);
	}

	switch (code) {
		case 'ENOENT': {
			return program.includes('/')
				? en(`there is no file ${program} (${code}). A path without / in front begins in the folder that you are in.`)
					.ko(`파일이 없습니다: ${program} (${code}). 앞에 /가 없는 경로는 현재 폴더를 기준으로 합니다.`)
				: en(`no folder of PATH has a program ${program} (${code}). Install it, or correct its name; a program of this folder is ./${program}`)
					.ko(`PATH의 어느 폴더에도 이런 프로그램이 없습니다: ${program} (${code}). 설치하거나 이름을 고치십시오. 현재 폴더의 프로그램은 ./${program}처럼 씁니다.`);
		}

		case 'EISDIR': {
			return en(`${program} is a directory (${code}). Name the program in it.`)
				.ko(`디렉터리입니다: ${program} (${code}). 그 안에 있는 프로그램을 쓰십시오.`);
		}

		case 'EACCES': {
			return en(`${program} may not be executed (${code}). Allow it with chmod +x, or name what runs it: -- python3 ${program}`)
				.ko(`실행 권한이 없습니다: ${program} (${code}). chmod +x로 허용하거나 실행할 프로그램을 앞에 쓰십시오: -- python3 ${program}`);
		}

		default: {
			return en(message).ko(message);
		}
	}
}

/** Everything that is said of exercises. It is loaded with the first of them. */
export const exercisesWords = {
	/** What the program is to be, in a line. */
	about: {
		'udp-uppercase-server': en('UDP server that answers each datagram in upper case')
			.ko('데이터그램마다 대문자로 응답하는 UDP 서버'),
		'udp-uppercase-client': en('UDP client that sends a line from the keyboard and prints the answer')
			.ko('입력한 한 줄을 보내고 응답을 출력하는 UDP 클라이언트'),
		'udp-echo-server': en('UDP server that sends each datagram back as it came').ko('데이터그램을 온 그대로 돌려보내는 UDP 서버'),
		'udp-pinger-client': en('UDP client that sends ten pings over a lossy network and prints statistics')
			.ko('핑 10번을 보내고 유실·RTT 통계를 내는 UDP 클라이언트'),
		'tcp-uppercase-server': en('TCP server that answers each client in upper case').ko('클라이언트마다 대문자로 응답하는 TCP 서버'),
		'tcp-uppercase-client': en('TCP client that sends a line from the keyboard and prints the answer')
			.ko('입력한 한 줄을 보내고 응답을 출력하는 TCP 클라이언트'),
		'tcp-chat-server': en('TCP server that sends each line to all other clients')
			.ko('각 줄을 다른 모든 클라이언트에게 보내는 TCP 서버'),
	},
	rules: tcpRules,
	/** What a check demands, by its name; where the exercises differ, by `exercise/check`. */
	checks: {
		port: en('is bound to the port that it was told').ko('받은 포트에 바인딩(bind)되어 있다'),
		'all-addresses': en('is bound to all addresses, so that other machines can reach it')
			.ko('모든 주소에 바인딩되어 다른 컴퓨터도 접근할 수 있다'),
		...udpChecks,
		...tcpChecks,
	},
	/** What is said of a mistake. It is the function for its own kind. */
	mistake: both((mistake: Mistake) => mistakes[mistake.kind](mistake as never)),
	skipped: both((cause: SkipCause): Both<string> => byType(cause, {
		needs: ({of}) => en(`not checked: '${of}' does not hold`).ko(`검사하지 않음: '${of}' 검사를 통과하지 못함`),
		'no-program': () => en('not checked: only a program that is started for the check can show it')
			.ko('검사하지 않음: 검사가 직접 시작한 프로그램에서만 알 수 있음'),
		'no-tables': () => en('not checked: this system does not show the sockets of a program')
			.ko('검사하지 않음: 이 시스템은 프로그램의 소켓을 보여 주지 않음'),
		'time-limit': () => en('not checked: the time limit was reached').ko('검사하지 않음: 제한 시간에 이름'),
		'not-needed': () => en('not checked: with this program it does not come up')
			.ko('검사하지 않음: 이 프로그램에는 해당하지 않음'),
		busy: () => en('not checked: the machine is too busy for times to mean anything; try again')
			.ko('검사하지 않음: 컴퓨터가 너무 바빠 시간을 판단할 수 없음. 다시 시도하십시오'),
	})),
	notRun: both((notRun: NotRun, command: string): Both<string[]> => byTag('reason', notRun, {
		'not-started'(failed) {
			const why = notStarted(failed);
			return en([`${command} could not be started: ${why.en}`]).ko([`프로그램을 시작하지 못했습니다: ${command}`, why.ko]);
		},
		'no-script': ({file}) => en([`${command} could not be run: there is no file ${file}.`])
			.ko([`프로그램을 실행하지 못했습니다: ${command}: ${file} 파일이 없습니다.`]),
		'port-taken': ({port, isTold}) => en([
			`Port ${port} is taken by another program.`,
			isTold
				? 'So were the ports that the program was told before that. Check it once more.'
				: 'Stop that one, or let the program take its port from {port} in its arguments: another is chosen then.',
		]).ko([
			`포트 ${withParticle(String(port), ['은', '는'])} 다른 프로그램이 쓰고 있습니다.`,
			isTold
				? '그 전에 고른 포트들도 그랬습니다. 다시 한 번 검사하십시오.'
				: '그 프로그램을 끝내거나, 인수의 {port}에서 포트를 받게 하십시오: 그러면 다른 포트를 고릅니다.',
		]),
		'not-bound': ({address, failure}) => en([`The playground cannot bind ${at(address)}: ${failure.message}`])
			.ko([`${at(address)}에 바인딩하지 못했습니다: ${failure.message}`]),
		'no-client': ({address, waited}) => en([`Nothing came to ${at(address)} in ${formatElapsed(waited)}.`])
			.ko([`${formatElapsed(waited)} 동안 ${at(address)}에 아무것도 오지 않았습니다.`]),
		fault: ({failure}) => en([`The check failed by an error of the playground: ${failure.message}`])
			.ko([`이 프로그램의 오류로 검사하지 못했습니다: ${failure.message}`]),
	})),
	/** No answer comes, and the client has at most this time to give up. */
	waits: en((time: string) => `no answer comes: up to ${time} for the program to give up by itself`)
		.ko(time => `응답이 오지 않습니다: 프로그램이 스스로 포기하기를 최대 ${time} 기다립니다`),
	/** How a program ended: `exit code 1`. */
	ended: both(ended),
	report: {
		/** Where a client is waited for that somebody starts. */
		waiting: en((address: string) => `Start your client now: it is waited for at ${address}.`)
			.ko(address => `이제 클라이언트를 시작하십시오: ${address}에서 기다립니다.`),
		/** In front of each check, all as wide. */
		signs: {
			holds: en('ok  ').ko('통과'),
			said: en('note').ko('참고'),
			fails: en('FAIL').ko('실패'),
			skipped: '-   ',
		},
		/** Above what the program had written when this check was made. */
		output: en((check: string) => `Output of the program (${check}):`).ko(check => `프로그램의 출력 (${check}):`),
		noOutput: en((check: string) => `The program has written nothing (${check}).`)
			.ko(check => `프로그램이 출력한 것이 없습니다 (${check}).`),
		endedWith: en((end: string) => `The program ended with ${end}.`).ko(end => `프로그램이 끝났습니다: ${end}.`),
		before: en((bytes: string) => `… ${bytes} before`).ko(bytes => `… 그 앞에 ${bytes}`),
		sum: en(({
			holds, said, fails, skipped,
		}: Readonly<Record<'holds' | 'said' | 'fails' | 'skipped', number>>) => [
			`${holds} ${holds === 1 ? 'check holds' : 'checks hold'}${said > 0 ? ` (${said} with a note)` : ''}`,
			...(fails > 0 ? [`${fails} ${fails === 1 ? 'does' : 'do'} not`] : []),
			...(skipped > 0 ? [`${skipped} not checked`] : []),
		].join(', ')).ko(({
			holds, said, fails, skipped,
		}) => [
			`통과 ${holds}${said > 0 ? ` (참고 ${said})` : ''}`,
			...(fails > 0 ? [`실패 ${fails}`] : []),
			...(skipped > 0 ? [`검사하지 않음 ${skipped}`] : []),
		].join(', ')),
		/** What was sent, what came back, and after how long. */
		exchanged: en((sent: string, got: string | undefined, elapsed: string) =>
			`${sent} → ${got ?? 'nothing'} after ${elapsed}`)
			.ko((sent, got, elapsed) => `${sent} → ${got ?? '응답 없음'}, ${elapsed}`),
	},
};

export type ExerciseWords = In<typeof exercisesWords>;
