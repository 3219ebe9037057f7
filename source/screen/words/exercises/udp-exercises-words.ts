import type {UdpMistake} from '../../../engine/api/mistake.ts';
import {en} from '../both.ts';
import {formatElapsed, formatExactBytes} from '../../../text/numbers.ts';
import {withParticle} from '../particle.ts';
import {
	at, type CheckWords, type MistakeWords, quote, quoteEnd,
} from './exercise-values.ts';

export const udpChecks: CheckWords = {
	answers: en('answers a datagram once, to its sender, and from the socket that got it')
		.ko('데이터그램에 한 번, 보낸 쪽에, 받은 그 소켓으로 응답한다'),
	bytes: en('answers exactly the bytes that are asked for').ko('요구된 바이트 그대로 응답한다'),
	again: en('goes on after its first answer: receives, answers, and begins again')
		.ko('첫 응답 뒤에도 계속한다: 받고, 응답하고, 다시 시작한다'),
	shorter: en('answers a message that is shorter than the one before with nothing left of that')
		.ko('앞의 것보다 짧은 메시지의 응답에 앞 메시지의 바이트가 남지 않는다'),
	'other-clients': en('answers each client at its own address, several at once as well')
		.ko('여럿이 동시에 보내도 클라이언트마다 자기 주소로 응답한다'),
	characters: en('answers text with characters of several bytes (UTF-8)').ko('여러 바이트 문자(UTF-8)가 든 텍스트에 응답한다'),
	'any-bytes': en('answers bytes that are no text, zeros among them').ko('바이트 0을 포함해 텍스트가 아닌 바이트에도 응답한다'),
	empty: en('goes on after an empty datagram').ko('빈 데이터그램을 받은 뒤에도 계속한다'),
	large: en('answers a datagram of 2,048 bytes whole').ko('2,048바이트 데이터그램에 온전히 응답한다'),
	sends: en('sends a datagram to the server').ko('서버에 데이터그램을 보낸다'),
	'sends-line': en('sends the line that was typed, and nothing else').ko('입력된 줄만 그대로 보낸다'),
	prints: en('prints the answer that it has received').ko('받은 응답을 출력한다'),
	ends: en('ends by itself, at the latest when its standard input ends').ko('늦어도 표준 입력이 끝날 때에는 스스로 끝난다'),
	long: en('sends a line of 1,000 bytes and prints the answer whole').ko('1,000바이트짜리 줄을 보내고 응답을 온전히 출력한다'),
	'own-port': en('leaves its own port to the OS').ko('자기 포트는 운영체제가 할당하게 둔다'),
	'lost-answer': en('does not wait for ever for an answer that was lost').ko('유실된 응답을 끝없이 기다리지 않는다'),
	'udp-pinger-client/sends': en('sends a ping to the server').ko('서버에 핑을 보낸다'),
	'udp-pinger-client/ends': en('ends by itself after the last ping').ko('마지막 핑 뒤에 스스로 끝난다'),
	timeout: en('waits one second for an answer that was lost, and goes on').ko('유실된 응답을 1초 기다린 뒤 계속한다'),
	'ten-pings': en('sends exactly ten pings').ko('핑을 정확히 열 번 보낸다'),
	loss: en('prints the share of lost pings; an answer that comes too late is not taken for the next one\'s')
		.ko('손실률을 출력한다. 늦게 온 응답을 다음 핑의 응답으로 세지 않는다'),
	'round-trips': en('prints the least, the mean and the greatest round-trip time (min, avg, max)')
		.ko('왕복 시간의 최소, 평균, 최대(min, avg, max)를 출력한다'),
};

/** A Korean sentence on what a program has written. */
function outputIs(output: Uint8Array): string {
	return output.length === 0 ? '출력이 비어 있습니다.' : `출력의 끝: ${quoteEnd(output)}.`;
}

export const udpMistakes: MistakeWords<UdpMistake> = {
	'answers-once': ({answered, sent, elapsed, end}) => en([
		`After ${answered} ${answered === 1 ? 'datagram' : 'datagrams'} ${quote(sent)} got no answer in ${formatElapsed(elapsed)}${end ? ': the program has ended' : ''}.`,
		'A server receives, answers and begins again, for ever: while True.',
	]).ko([
		`데이터그램 ${answered}개 다음의 ${quote(sent)}에 ${formatElapsed(elapsed)} 동안 응답이 없습니다${end ? ': 프로그램이 끝났습니다' : ''}.`,
		'서버는 받고, 응답하고, 다시 시작하기를 끝없이 반복합니다: while True.',
	]),
	'only-first-sender': ({first, from, sent, elapsed, isConnected}) => en([
		`Only the first client, ${at(first)}, is answered: ${quote(sent)} from ${at(from)} got no answer in ${formatElapsed(elapsed)}.`,
		...(isConnected ? [`The socket is connected to ${at(first)}: the OS drops what others send to it. A UDP server does not call connect().`] : []),
	]).ko([
		`첫 클라이언트 ${at(first)}에만 응답합니다: ${at(from)}에서 보낸 ${quote(sent)}에 ${formatElapsed(elapsed)} 동안 응답이 없습니다.`,
		...(isConnected
			? [`소켓이 ${at(first)}에 connect()되어 있어 다른 쪽이 보낸 것은 운영체제가 버립니다. UDP 서버는 connect()를 호출하지 않습니다.`]
			: []),
	]),
	'fixed-address': ({from, sent, to, vacant}) => en([
		to
			? `The answer to ${quote(sent)} from ${at(from)} went to ${at(to)}, which had sent an earlier datagram.`
			: `${quote(sent)} from ${at(from)} was answered to another address: ${vacant ?? 0} datagrams went to a port without a socket.`,
		'Each datagram brings the address of its sender: send the answer to the address that recvfrom() has returned with it.',
	]).ko([
		to
			? `${at(from)}에서 보낸 ${quote(sent)}에 대한 응답이 앞서 보낸 ${withParticle(at(to), ['으로', '로'])} 갔습니다: 고정된 주소로 응답합니다.`
			: `${at(from)}에서 보낸 ${quote(sent)}에 다른 주소로 응답합니다: 데이터그램 ${vacant ?? 0}개가 소켓이 없는 포트로 갔습니다.`,
		'데이터그램마다 보낸 쪽의 주소가 들어 있습니다: recvfrom()이 함께 돌려준 주소로 응답하십시오.',
	]),
	'other-socket': ({server, source}) => en([
		`The answer came from ${at(source)}, and the client had sent to ${at(server)}.`,
		'Send the answer through the socket that has received the datagram.',
	]).ko([
		`클라이언트는 ${at(server)}에 보냈는데 응답은 ${at(source)}에서 왔습니다.`,
		'데이터그램을 받은 그 소켓으로 응답하십시오.',
	]),
	'answers-twice': ({sent, answers}) => en([`${quote(sent)} was answered ${answers} times.`])
		.ko([`${quote(sent)}에 ${answers}번 응답했습니다.`]),
	'ended-by-empty': ({elapsed, end}) => en([
		`After a datagram without bytes the program ${end ? 'has ended' : `has not answered for ${formatElapsed(elapsed)}`}.`,
		'In UDP an empty datagram is a message like any other; 0 bytes are no end.',
	]).ko([
		end
			? '빈 데이터그램을 받은 뒤 프로그램이 끝났습니다.'
			: `빈 데이터그램을 받은 뒤 ${formatElapsed(elapsed)} 동안 응답이 없습니다.`,
		'UDP에서는 빈 데이터그램도 하나의 메시지입니다. 0바이트는 끝이 아닙니다.',
	]),
	'ended-by-bytes': ({sent, elapsed, end}) => en([
		`After ${quote(sent)} the program ${end ? 'has ended' : `has not answered for ${formatElapsed(elapsed)}`}.`,
		'A datagram is a group of bytes, and need not be text.',
	]).ko([
		end
			? `${quote(sent)}를 받은 뒤 프로그램이 끝났습니다.`
			: `${quote(sent)}를 받은 뒤 ${formatElapsed(elapsed)} 동안 응답이 없습니다.`,
		'데이터그램은 바이트 묶음이고, 꼭 텍스트일 필요는 없습니다.',
	]),
	'large-unanswered': ({sent}) => en([
		`A datagram of ${formatExactBytes(sent.length)} got no answer, and smaller ones did.`,
	]).ko([
		`${formatExactBytes(sent.length)} 데이터그램에는 응답이 없고, 더 작은 것에는 있었습니다.`,
	]),
	'wrong-count': ({count, wanted}) => en([`${count} ${count === 1 ? 'ping was' : 'pings were'} sent, not ${wanted}.`])
		.ko([`핑을 ${wanted}번이 아니라 ${count}번 보냈습니다.`]),
	'waits-too-long': ({ping, waited}) => en([
		`Ping ${ping} got no answer, and the next one came only after ${formatElapsed(waited)}: the timeout is 1 s.`,
	]).ko([
		`핑 ${ping}에 응답이 없었는데 다음 핑은 ${formatElapsed(waited)} 뒤에야 왔습니다. 타임아웃은 1초입니다.`,
	]),
	'gives-up-early': ({ping, waited}) => en([
		`Ping ${ping} got no answer, and the next one came already after ${formatElapsed(waited)}: the timeout is 1 s.`,
	]).ko([
		`핑 ${ping}에 응답이 없었는데 다음 핑이 벌써 ${formatElapsed(waited)} 뒤에 왔습니다. 타임아웃은 1초입니다.`,
	]),
	'late-counted': ({ping, late, said, lost}) => en([
		`The answer to ping ${ping} came after ${formatElapsed(late)}, too late, and was counted for ping ${ping + 1}, whose answer was lost: ${said} % loss are printed, and ${lost} % are right.`,
		'Each ping has a number: compare that of the answer with that of the ping that is waited for.',
	]).ko([
		`핑 ${ping}의 응답은 ${formatElapsed(late)} 뒤에 너무 늦게 왔는데, 응답이 유실된 핑 ${ping + 1}의 것으로 세었습니다: 출력된 손실률은 ${said} %이고, 맞는 값은 ${lost} %입니다.`,
		'핑에는 번호가 있습니다: 응답의 번호를 지금 기다리는 핑의 번호와 비교하십시오.',
	]),
	'no-loss': ({lost, output}) => en([
		`The share of lost pings is not in its output${output.length === 0 ? ', which is empty' : `, which ends with ${quoteEnd(output)}`}. It is ${lost} %.`,
	]).ko([
		`출력에 손실률이 없습니다. ${outputIs(output)} 맞는 값은 ${lost} %입니다.`,
	]),
	'wrong-loss': ({said, lost}) => en([`${said} % loss are printed, and ${lost} % are right.`])
		.ko([`출력된 손실률은 ${said} %이고, 맞는 값은 ${lost} %입니다.`]),
	'no-round-trips': ({missing, output}) => en([
		`Not in its output: ${missing.join(', ')} of the round-trip times${output.length === 0 ? '; it is empty' : `; it ends with ${quoteEnd(output)}`}.`,
	]).ko([
		`출력에 왕복 시간의 ${missing.join(', ')} 값이 없습니다. ${outputIs(output)}`,
	]),
	'wrong-round-trips': ({name, said, least, most}) => en([
		`For ${name} ${formatElapsed(said)} is printed, and it was from ${formatElapsed(Math.max(0, least))} to ${formatElapsed(most)}.`,
		'Take the time before sendto() and after recvfrom(). Pings without an answer do not count.',
	]).ko([
		`${name} 값이 ${formatElapsed(said)}라고 출력되었는데, ${formatElapsed(Math.max(0, least))}에서 ${formatElapsed(most)} 사이였습니다.`,
		'sendto() 앞과 recvfrom() 뒤에서 시간을 재십시오. 응답이 없는 핑은 넣지 않습니다.',
	]),
};
