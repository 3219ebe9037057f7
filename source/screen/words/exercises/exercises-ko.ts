import type {NotRun} from '../../../engine/api/exercise.ts';
import type {Mistake} from '../../../engine/api/mistake.ts';
import type {ProgramEnd} from '../../../engine/api/exchange.ts';
import type {TcpMistake} from '../../../engine/api/tcp-mistake.ts';
import type {UdpMistake} from '../../../engine/api/udp-mistake.ts';
import {formatElapsed, formatExactBytes} from '../values/numbers.ts';
import {withParticle} from '../values/particle.ts';
import {byTag, byType} from '../../../text/by-type.ts';
import type {ExerciseWords, MistakeWords} from './exercise-words.ts';
import {
	at, portBytes, quote, quoteEnd,
} from './exercise-values.ts';
import {tcpChecksKo, tcpMistakesKo, tcpRulesKo} from './tcp-exercises-ko.ts';
import {udpChecksKo, udpMistakesKo} from './udp-exercises-ko.ts';

function ended({code, signal}: ProgramEnd): string {
	return signal === undefined ? `종료 코드 ${code ?? '?'}` : `시그널 ${signal}`;
}

const common: MistakeWords<Exclude<Mistake, UdpMistake | TcpMistake>> = {
	'ended-early': ({end, exchange}) => [
		exchange
			? `${quote(exchange.sent)} 메시지를 보낸 뒤 프로그램이 끝났습니다: ${ended(end)}.`
			: `검사하기 전에 프로그램이 끝났습니다: ${ended(end)}.`,
	],
	'not-bound': ({protocol, port, waited}) => [
		`${formatElapsed(waited)}가 지나도 포트 ${port}에 바인딩된 ${protocol.toUpperCase()} 소켓이 프로그램에 없습니다.`,
		'서버는 클라이언트가 알고 있는 포트로 bind()를 호출합니다.',
	],
	'wrong-protocol': ({asked, address}) => [
		`프로그램은 ${at(address)}에 ${asked === 'udp' ? 'TCP' : 'UDP'} 소켓을 열었습니다. 이 실습은 ${asked.toUpperCase()}입니다.`,
		asked === 'udp' ? 'UDP 소켓은 SOCK_DGRAM입니다.' : 'TCP 소켓은 SOCK_STREAM입니다.',
	],
	'byte-order': ({port, used}) => [
		`프로그램이 사용한 포트는 ${portBytes(used)}입니다. 받은 포트는 ${portBytes(port)}이고, 두 바이트의 순서가 바뀌었습니다.`,
		'sin_port의 포트는 네트워크 바이트 순서(big-endian)입니다: htons(port).',
	],
	'other-port': ({port, bound}) => [
		`프로그램은 포트 ${withParticle(String(port), ['을', '를'])} 받았는데 소켓은 ${at(bound)}에 바인딩되었습니다.`,
		'포트는 인수의 {port} 자리와 환경 변수 PORT에 있습니다.',
	],
	'never-sends': ({waited, address, end}) => [
		end
			? `프로그램이 ${at(address)}에 아무것도 보내지 않고 끝났습니다: ${ended(end)}.`
			: `${formatElapsed(waited)} 동안 프로그램이 ${at(address)}에 아무것도 보내지 않았습니다.`,
		'주소는 인수의 {host}와 {port} 자리, 그리고 환경 변수 HOST와 PORT에 있습니다.',
	],
	'sends-otherwise': ({asked, address}) => [
		`프로그램은 ${at(address)}에 ${asked === 'udp' ? 'TCP로 연결했습니다' : 'UDP로 보냈습니다'}. 이 실습은 ${asked.toUpperCase()}입니다.`,
		asked === 'udp' ? 'UDP 소켓은 SOCK_DGRAM입니다.' : 'TCP 소켓은 SOCK_STREAM입니다.',
	],
	'does-not-print': ({answer, output}) => [
		`출력에 응답 ${quote(answer)}가 없습니다. ${output.length === 0 ? '출력이 비어 있습니다.' : `출력의 끝: ${quoteEnd(output)}.`}`,
		'recvfrom()이나 recv()가 돌려준 것을 출력하십시오.',
	],
	'does-not-end': ({waited}) => [
		`응답을 받고 표준 입력이 끝났는데도 ${formatElapsed(waited)} 뒤에 프로그램이 아직 실행 중이었습니다.`,
		'교재의 클라이언트는 응답 하나를 받으면 소켓을 닫고 끝납니다.',
	],
	'ends-with-error': ({end}) => [`프로그램이 끝났습니다: ${ended(end)}. 정상 종료는 0입니다.`],
	'fixed-port': ({port}) => [
		`클라이언트의 포트가 매번 ${port}입니다: 스스로 bind()를 호출합니다.`,
		'클라이언트의 포트는 운영체제가 빈 것으로 할당하게 두십시오. 그러지 않으면 두 클라이언트를 동시에 실행할 수 없습니다.',
	],
	'no-timeout': ({sent, waited}) => [
		`${quote(sent)}에 대한 응답이 유실되었는데, 프로그램은 ${formatElapsed(waited)} 뒤에도 기다리고 있었습니다: 타임아웃 없이 기다립니다.`,
		'UDP는 데이터그램을 잃을 수 있습니다. 소켓에 타임아웃을 두십시오: Python은 settimeout(1), C는 SO_RCVTIMEO나 poll(), Node는 타이머.',
	],
	'loopback-only': ({bound}) => [
		`소켓이 ${at(bound)}에 바인딩되어 있어 이 컴퓨터의 프로그램만 접근할 수 있습니다.`,
		'모든 주소에 바인딩하십시오: Python은 \'\', C는 INADDR_ANY, Node는 0.0.0.0.',
	],
	'never-answers': ({from, sent, elapsed}) => [
		`${at(from)}에서 보낸 ${quote(sent)}에 ${formatElapsed(elapsed)} 동안 응답이 없습니다: 프로그램이 전혀 응답하지 않습니다.`,
	],
	unchanged: ({got, expected}) => [
		`응답이 보낸 그대로인 ${quote(got)}입니다. 기대한 응답: ${quote(expected)}.`,
	],
	terminator: ({got, expected}) => [
		`텍스트를 끝 표시(널 문자)와 함께 보냅니다: ${quote(expected)} 대신 ${quote(got)}.`,
		'바이트 0은 C에서 문자열의 끝을 나타낼 뿐 메시지가 아닙니다. strlen()만큼, 또는 받은 바이트 수만큼 보내십시오.',
	],
	'line-break-added': ({got, expected}) => [
		`줄바꿈이 덧붙었습니다: ${quote(expected)} 대신 ${quote(got)}.`,
	],
	'whole-buffer': ({got, expected}) => [
		`버퍼 전체를 보냅니다: ${formatExactBytes(got.length)} 가운데 메시지는 ${formatExactBytes(expected.length)}입니다.`,
		'sizeof(buffer)가 아니라 받은 바이트 수만큼 보내십시오.',
	],
	'stale-bytes': ({got, expected}) => [
		`이전 메시지의 바이트가 뒤에 남아 있습니다: ${quote(expected)} 대신 ${quote(got)}.`,
		'버퍼에 아직 남아 있는 것입니다. 받은 바이트 수만큼 보내십시오.',
	],
	cut: ({got, expected}) => [
		`${formatExactBytes(expected.length)} 가운데 ${formatExactBytes(got.length)}만 왔습니다: 프로그램의 버퍼가 너무 작습니다.`,
		'recvfrom()은 데이터그램의 나머지를 버립니다. 가장 큰 데이터그램이 들어갈 버퍼를 주십시오.',
	],
	'stops-at-zero': ({got, expected}) => [
		`바이트 0 앞에서 끊겼습니다: ${formatExactBytes(expected.length)} 가운데 ${formatExactBytes(got.length)}.`,
		'메시지에는 바이트 0도 있을 수 있습니다: strlen()이 아니라 받은 길이를 쓰십시오.',
	],
	'wrong-bytes': ({got, expected}) => [
		`${quote(expected)} 대신 ${quote(got)}가 왔습니다.`,
	],
};

/** The exercises, in Korean. */
export const exercisesKo: ExerciseWords = {
	about: {
		'udp-uppercase-server': '데이터그램마다 대문자로 응답하는 UDP 서버',
		'udp-uppercase-client': '입력한 한 줄을 보내고 응답을 출력하는 UDP 클라이언트',
		'udp-echo-server': '데이터그램을 온 그대로 돌려보내는 UDP 서버',
		'udp-pinger-client': '핑 10번을 보내고 유실·RTT 통계를 내는 UDP 클라이언트',
		'tcp-uppercase-server': '클라이언트마다 대문자로 응답하는 TCP 서버',
		'tcp-uppercase-client': '입력한 한 줄을 보내고 응답을 출력하는 TCP 클라이언트',
		'tcp-chat-server': '각 줄을 다른 모든 클라이언트에게 보내는 TCP 서버',
	},
	rules: tcpRulesKo,
	checks: {
		port: '받은 포트에 바인딩(bind)되어 있다',
		'all-addresses': '모든 주소에 바인딩되어 다른 컴퓨터도 접근할 수 있다',
		...udpChecksKo,
		...tcpChecksKo,
	},
	mistakes: {...common, ...udpMistakesKo, ...tcpMistakesKo},
	skipped(cause) {
		return byType(cause, {
			needs: ({of}) => `검사하지 않음: '${of}' 검사를 통과하지 못함`,
			'no-program': () => '검사하지 않음: 검사가 직접 시작한 프로그램에서만 알 수 있음',
			'no-tables': () => '검사하지 않음: 이 시스템은 프로그램의 소켓을 보여 주지 않음',
			'time-limit': () => '검사하지 않음: 제한 시간에 이름',
			'not-needed': () => '검사하지 않음: 이 프로그램에는 해당하지 않음',
			busy: () => '검사하지 않음: 컴퓨터가 너무 바빠 시간을 판단할 수 없음. 다시 시도하십시오',
		});
	},
	waits: time => `응답이 오지 않습니다: 프로그램이 스스로 포기하기를 최대 ${time} 기다립니다`,
	notRun(notRun, command) {
		return byTag('reason', notRun, {
			'not-started': failed => [`프로그램을 시작하지 못했습니다: ${command}`, notStarted(failed)],
			'no-script': ({file}) => [`프로그램을 실행하지 못했습니다: ${command}: ${file} 파일이 없습니다.`],
			'port-taken': ({port}) => [
				`포트 ${withParticle(String(port), ['은', '는'])} 다른 프로그램이 쓰고 있습니다.`,
				'그 프로그램을 끝내거나, 인수의 {port}에서 포트를 받게 하십시오: 그러면 다른 포트를 고릅니다.',
			],
			'not-bound': ({address, failure}) => [`${at(address)}에 바인딩하지 못했습니다: ${failure.message}`],
			'no-client': ({waited, address}) => [`${formatElapsed(waited)} 동안 ${at(address)}에 아무것도 오지 않았습니다.`],
			fault: ({failure}) => [`이 프로그램의 오류로 검사하지 못했습니다: ${failure.message}`],
		});
	},
	ended,
	report: {
		waiting: address => `이제 클라이언트를 시작하십시오: ${address}에서 기다립니다.`,
		signs: {
			holds: '통과', said: '참고', fails: '실패', skipped: '-   ',
		},
		output: check => `프로그램의 출력 (${check}):`,
		noOutput: check => `프로그램이 출력한 것이 없습니다 (${check}).`,
		endedWith: end => `프로그램이 끝났습니다: ${end}.`,
		before: bytes => `… 그 앞에 ${bytes}`,
		sum: ({
			holds, said, fails, skipped,
		}) => [
			`통과 ${holds}${said > 0 ? ` (참고 ${said})` : ''}`,
			...(fails > 0 ? [`실패 ${fails}`] : []),
			...(skipped > 0 ? [`검사하지 않음 ${skipped}`] : []),
		].join(', '),
		exchanged: (sent, got, elapsed) => `${sent} → ${got ?? '응답 없음'}, ${elapsed}`,
	},
};

function notStarted({program, interpreter, failure: {code, message}}: Extract<NotRun, {reason: 'not-started'}>): string {
	if (interpreter !== undefined) {
		return `첫 줄에 적힌 인터프리터를 시작할 수 없습니다: ${interpreter} (${code}). `
			+ `첫 줄을 고치거나 인터프리터를 직접 쓰십시오: -- python3 ${program}`;
	}

	switch (code) {
		case 'ENOENT': {
			return program.includes('/')
				? `파일이 없습니다: ${program} (${code}). 앞에 /가 없는 경로는 현재 폴더를 기준으로 합니다.`
				: `PATH의 어느 폴더에도 이런 프로그램이 없습니다: ${program} (${code}). `
					+ `설치하거나 이름을 고치십시오. 현재 폴더의 프로그램은 ./${program}처럼 씁니다.`;
		}

		case 'EISDIR': {
			return `디렉터리입니다: ${program} (${code}). 그 안에 있는 프로그램을 쓰십시오.`;
		}

		case 'EACCES': {
			return `실행 권한이 없습니다: ${program} (${code}). `
				+ `chmod +x로 허용하거나 실행할 프로그램을 앞에 쓰십시오: -- python3 ${program}`;
		}

		default: {
			return message;
		}
	}
}
