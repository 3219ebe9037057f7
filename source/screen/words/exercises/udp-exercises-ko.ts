import type {UdpMistake} from '../../../engine/api/udp-mistake.ts';
import {formatElapsed, formatExactBytes} from '../values/numbers.ts';
import {withParticle} from '../values/particle.ts';
import {at, quote, quoteEnd} from './exercise-values.ts';
import type {CheckWords, MistakeWords} from './exercise-words.ts';

/** What the checks of datagrams demand. */
export const udpChecksKo: CheckWords = {
	answers: '데이터그램에 한 번, 보낸 쪽에, 받은 그 소켓으로 응답한다',
	bytes: '요구된 바이트 그대로 응답한다',
	again: '첫 응답 뒤에도 계속한다: 받고, 응답하고, 다시 시작한다',
	shorter: '앞의 것보다 짧은 메시지의 응답에 앞 메시지의 바이트가 남지 않는다',
	'other-clients': '여럿이 동시에 보내도 클라이언트마다 자기 주소로 응답한다',
	characters: '여러 바이트 문자(UTF-8)가 든 텍스트에 응답한다',
	'any-bytes': '바이트 0을 포함해 텍스트가 아닌 바이트에도 응답한다',
	empty: '빈 데이터그램을 받은 뒤에도 계속한다',
	large: '2,048바이트 데이터그램에 온전히 응답한다',
	sends: '서버에 데이터그램을 보낸다',
	'sends-line': '입력된 줄만 그대로 보낸다',
	prints: '받은 응답을 출력한다',
	ends: '늦어도 표준 입력이 끝날 때에는 스스로 끝난다',
	long: '1,000바이트짜리 줄을 보내고 응답을 온전히 출력한다',
	'own-port': '자기 포트는 운영체제가 할당하게 둔다',
	'lost-answer': '유실된 응답을 끝없이 기다리지 않는다',
	'udp-pinger-client/sends': '서버에 핑을 보낸다',
	'udp-pinger-client/ends': '마지막 핑 뒤에 스스로 끝난다',
	timeout: '유실된 응답을 1초 기다린 뒤 계속한다',
	'ten-pings': '핑을 정확히 열 번 보낸다',
	loss: '손실률을 출력한다. 늦게 온 응답을 다음 핑의 응답으로 세지 않는다',
	'round-trips': '왕복 시간의 최소, 평균, 최대(min, avg, max)를 출력한다',
};

/** What is said of a program's output. */
function outputIs(output: Uint8Array): string {
	return output.length === 0 ? '출력이 비어 있습니다.' : `출력의 끝: ${quoteEnd(output)}.`;
}

/** Mistakes with datagrams. */
export const udpMistakesKo: MistakeWords<UdpMistake> = {
	'answers-once': ({answered, sent, elapsed, end}) => [
		`데이터그램 ${answered}개 다음의 ${quote(sent)}에 ${formatElapsed(elapsed)} 동안 응답이 없습니다${end ? ': 프로그램이 끝났습니다' : ''}.`,
		'서버는 받고, 응답하고, 다시 시작하기를 끝없이 반복합니다: while True.',
	],
	'only-first-sender': ({first, from, sent, elapsed, isConnected}) => [
		`첫 클라이언트 ${at(first)}에만 응답합니다: ${at(from)}에서 보낸 ${quote(sent)}에 ${formatElapsed(elapsed)} 동안 응답이 없습니다.`,
		...(isConnected
			? [`소켓이 ${at(first)}에 connect()되어 있어 다른 쪽이 보낸 것은 운영체제가 버립니다. UDP 서버는 connect()를 호출하지 않습니다.`]
			: []),
	],
	'fixed-address': ({from, sent, to, vacant}) => [
		to
			? `${at(from)}에서 보낸 ${quote(sent)}에 대한 응답이 앞서 보낸 ${withParticle(at(to), ['으로', '로'])} 갔습니다: 고정된 주소로 응답합니다.`
			: `${at(from)}에서 보낸 ${quote(sent)}에 다른 주소로 응답합니다: 데이터그램 ${vacant ?? 0}개가 소켓이 없는 포트로 갔습니다.`,
		'데이터그램마다 보낸 쪽의 주소가 들어 있습니다: recvfrom()이 함께 돌려준 주소로 응답하십시오.',
	],
	'other-socket': ({server, source}) => [
		`클라이언트는 ${at(server)}에 보냈는데 응답은 ${at(source)}에서 왔습니다.`,
		'데이터그램을 받은 그 소켓으로 응답하십시오.',
	],
	'answers-twice': ({sent, answers}) => [`${quote(sent)}에 ${answers}번 응답했습니다.`],
	'ended-by-empty': ({elapsed, end}) => [
		end
			? '빈 데이터그램을 받은 뒤 프로그램이 끝났습니다.'
			: `빈 데이터그램을 받은 뒤 ${formatElapsed(elapsed)} 동안 응답이 없습니다.`,
		'UDP에서는 빈 데이터그램도 하나의 메시지입니다. 0바이트는 끝이 아닙니다.',
	],
	'ended-by-bytes': ({sent, elapsed, end}) => [
		end
			? `${quote(sent)}를 받은 뒤 프로그램이 끝났습니다.`
			: `${quote(sent)}를 받은 뒤 ${formatElapsed(elapsed)} 동안 응답이 없습니다.`,
		'데이터그램은 바이트 묶음이고, 꼭 텍스트일 필요는 없습니다.',
	],
	'large-unanswered': ({sent}) => [
		`${formatExactBytes(sent.length)} 데이터그램에는 응답이 없고, 더 작은 것에는 있었습니다.`,
	],
	'wrong-count': ({count, wanted}) => [`핑을 ${wanted}번이 아니라 ${count}번 보냈습니다.`],
	'waits-too-long': ({ping, waited}) => [
		`핑 ${ping}에 응답이 없었는데 다음 핑은 ${formatElapsed(waited)} 뒤에야 왔습니다. 타임아웃은 1초입니다.`,
	],
	'gives-up-early': ({ping, waited}) => [
		`핑 ${ping}에 응답이 없었는데 다음 핑이 벌써 ${formatElapsed(waited)} 뒤에 왔습니다. 타임아웃은 1초입니다.`,
	],
	'late-counted': ({ping, late, said, lost}) => [
		`핑 ${ping}의 응답은 ${formatElapsed(late)} 뒤에 너무 늦게 왔는데, 응답이 유실된 핑 ${ping + 1}의 것으로 세었습니다: 출력된 손실률은 ${said} %이고, 맞는 값은 ${lost} %입니다.`,
		'핑에는 번호가 있습니다: 응답의 번호를 지금 기다리는 핑의 번호와 비교하십시오.',
	],
	'no-loss': ({lost, output}) => [
		`출력에 손실률이 없습니다. ${outputIs(output)} 맞는 값은 ${lost} %입니다.`,
	],
	'wrong-loss': ({said, lost}) => [`출력된 손실률은 ${said} %이고, 맞는 값은 ${lost} %입니다.`],
	'no-round-trips': ({missing, output}) => [
		`출력에 왕복 시간의 ${missing.join(', ')} 값이 없습니다. ${outputIs(output)}`,
	],
	'wrong-round-trips': ({name, said, least, most}) => [
		`${name} 값이 ${formatElapsed(said)}라고 출력되었는데, ${formatElapsed(Math.max(0, least))}에서 ${formatElapsed(most)} 사이였습니다.`,
		'sendto() 앞과 recvfrom() 뒤에서 시간을 재십시오. 응답이 없는 핑은 넣지 않습니다.',
	],
};
