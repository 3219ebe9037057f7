import type {ExerciseName} from '../../../engine/api/exercise.ts';
import type {ProgramEnd, StreamEnd, TcpMistake} from '../../../engine/api/mistake.ts';
import {type Both, en} from '../both.ts';
import {formatElapsed, formatExactBytes} from '../../../text/numbers.ts';
import {withParticle} from '../particle.ts';
import {
	at, type CheckWords, type MistakeWords, quote, quoteEnd,
} from './exercise-values.ts';

/** What the checks of byte streams demand. */
export const tcpChecks: CheckWords = {
	'tcp-uppercase-server/answers': en('answers a line of one client: the same line in upper case, with its newline')
		.ko('클라이언트 하나가 보낸 한 줄에 응답한다: 같은 줄을 대문자로, 개행까지'),
	'tcp-uppercase-client/connects': en('connects to the server').ko('서버에 연결한다'),
	closes: en('closes the connection: after its answer, or when the client has closed')
		.ko('연결을 닫는다: 응답한 뒤, 또는 클라이언트가 닫은 뒤'),
	'next-client': en('serves another client after the first has disconnected').ko('첫 클라이언트가 떠난 뒤 다른 클라이언트에도 응답한다'),
	several: en('serves several clients that are connected at once').ko('동시에 연결된 여러 클라이언트에 응답한다'),
	'two-writes': en('takes a line that comes in two parts as one line').ko('두 번에 나뉘어 온 한 줄을 한 줄로 받는다'),
	'split-character': en('takes a character whose bytes come in two parts as one character')
		.ko('바이트가 두 번에 나뉘어 온 문자를 한 문자로 받는다'),
	'two-lines': en('takes two lines that come in one part as two lines').ko('한 번에 온 두 줄을 두 줄로 받는다'),
	'long-line': en('takes a line of 4,096 B').ko('4,096 B인 줄을 받는다'),
	'half-close': en('answers a client that has half-closed, and then closes')
		.ko('half-close(한쪽 종료)한 클라이언트에도 응답하고, 그다음 닫는다'),
	'every-answer': en('sends every answer before it closes, to a client that reads late')
		.ko('늦게 읽는 클라이언트에도 닫기 전에 모든 응답을 보낸다'),
	reset: en('goes on when a client resets its connection').ko('클라이언트가 연결을 리셋해도 계속 동작한다'),
	restart: en('can be started again at once with the same port').ko('같은 포트로 곧바로 다시 시작할 수 있다'),
	relays: en('sends a line to the other client, and not back').ko('한 줄을 다른 클라이언트에 보내고, 보낸 쪽에는 되돌려 보내지 않는다'),
	'to-all': en('sends each line to all other clients').ko('각 줄을 다른 모든 클라이언트에 보낸다'),
	order: en('sends all lines of a client, in their order').ko('클라이언트의 모든 줄을 순서대로 보낸다'),
	leaves: en('closes when a client leaves, and goes on for the others').ko('클라이언트가 떠나면 그 연결만 닫고, 다른 클라이언트를 계속 처리한다'),
	'tcp-uppercase-client/sends-line': en('sends the line that is typed, with its newline').ko('입력된 줄을 개행까지 보낸다'),
	'tcp-uppercase-client/prints': en('prints the answer').ko('응답을 출력한다'),
	'closes-after-answer': en('closes the connection and ends when it has the answer').ko('응답을 받으면 연결을 닫고 끝난다'),
	pieces: en('takes an answer that comes in two parts as one answer').ko('두 번에 나뉘어 온 응답을 한 응답으로 받는다'),
	'long-answer': en('takes an answer of 4,096 B').ko('4,096 B인 응답을 받는다'),
	'tcp-uppercase-client/timeout': en('gives up where no answer comes').ko('응답이 오지 않으면 그만둔다'),
	'server-closes': en('ends when the server closes without an answer').ko('서버가 응답 없이 닫으면 끝난다'),
};

/** What programs are to do, whole, line by line, where the checks alone do not tell it. */
export const tcpRules: Readonly<Partial<Record<ExerciseName, Both<readonly string[]>>>> = {
	'tcp-uppercase-server': en([
		'A request is a line: bytes up to a newline. Its answer is the same line in upper case, with the newline.',
		'Lines are UTF-8, and at most 4,096 B long with the newline. Letters of ASCII in upper case are enough.',
		'TCP is a byte stream: a line may come in several parts, and several lines in one.',
		'After an answer, close the connection, or keep it for more lines; then close it when the client has closed.',
		'Bind all addresses. Serve the clients one after the other, or all at once.',
	]).ko([
		'요청은 한 줄, 곧 개행까지의 바이트이고, 응답은 같은 줄을 대문자로 바꾼 것입니다. 개행도 포함합니다.',
		'줄은 UTF-8이고 개행까지 4,096 B 이하입니다. ASCII 문자만 대문자로 바꾸어도 됩니다.',
		'TCP는 바이트 스트림입니다: 한 줄이 여러 번에 나뉘어 오거나 여러 줄이 한 번에 올 수 있습니다.',
		'응답한 뒤 연결을 닫아도 되고, 다음 줄을 위해 유지해도 됩니다. 유지하면 클라이언트가 닫을 때 닫습니다.',
		'모든 주소에 바인딩하고, 클라이언트를 차례로 또는 동시에 처리합니다.',
	]),
	'tcp-uppercase-client': en([
		'Read a line from standard input, and send it with its newline. Receive the answer up to its newline, print it,',
		'close the connection, and end.',
		'The answer may come in several parts, and the server may keep the connection after it.',
		'Where no answer comes, or the server closes, end as well.',
	]).ko([
		'표준 입력에서 한 줄을 읽어 개행까지 보내고, 응답을 개행까지 받아 출력한 뒤 연결을 닫고 끝납니다.',
		'응답은 여러 번에 나뉘어 올 수 있고, 그 뒤에도 서버가 연결을 유지할 수 있습니다.',
		'응답이 오지 않거나 서버가 닫아도 끝납니다.',
	]),
	'tcp-chat-server': en([
		'Clients send lines: bytes up to a newline, in UTF-8, at most 4,096 B long with the newline.',
		'Each line goes as it is, with its newline, to all clients but its sender; nothing else is sent.',
		'Lines stay whole, also where they come in parts or together, and those of one client keep their order.',
		'Serve all clients at once. When one closes, or resets, close its connection, and go on for the others.',
		'Bind all addresses.',
	]).ko([
		'클라이언트는 한 줄씩 보냅니다: 한 줄은 개행까지의 UTF-8 바이트이고, 개행을 포함해 4,096 B 이하입니다.',
		'각 줄은 보낸 쪽을 뺀 모든 클라이언트에 개행까지 그대로 갑니다. 다른 것은 보내지 않습니다.',
		'줄이 나뉘어 오거나 여러 줄이 함께 와도 한 줄씩 온전히 보내며, 한 클라이언트의 줄은 순서대로 보냅니다.',
		'모든 클라이언트를 동시에 처리합니다. 하나가 닫거나 리셋하면 그 연결만 닫고, 다른 클라이언트는 계속 처리합니다.',
		'모든 주소에 바인딩합니다.',
	]),
};

function howEnded(end: StreamEnd): Both<string> {
	return end === 'reset' ? en('with RST').ko('RST로') : en('with FIN').ko('FIN으로');
}

function ended({code, signal}: ProgramEnd): Both<string> {
	return signal === undefined
		? en(`the program has ended with exit code ${code ?? '?'}`)
			.ko(`프로그램이 종료 코드 ${withParticle(String(code ?? '?'), ['으로', '로'])} 끝났습니다`)
		: en(`${signal} has ended the program`).ko(`프로그램이 시그널 ${withParticle(signal, ['으로', '로'])} 끝났습니다`);
}

/** Mistakes with connections and byte streams. */
export const tcpMistakes: MistakeWords<TcpMistake> = {
	'accepts-once': ({first, later, waited, end}) => en([
		later
			? `${at(first)} was served, and ${at(later)} has waited for ${formatElapsed(waited)} in the queue of the welcoming socket: accept() is called once.`
			: `After the first client, ${at(first)}, connect() → ECONNREFUSED: ${end ? ended(end).en : 'the welcoming socket is closed'}.`,
		'A server calls accept() again for each client, for ever: while True.',
	]).ko([
		later
			? `${at(first)}에는 응답했지만 ${at(later)} 연결은 환영 소켓(welcoming socket)의 큐에서 ${formatElapsed(waited)} 동안 대기했습니다: accept()를 한 번만 호출합니다.`
			: `첫 클라이언트 ${at(first)} 다음에는 connect() → ECONNREFUSED: ${end ? ended(end).ko : '환영 소켓(welcoming socket)이 닫혔습니다'}.`,
		'서버는 클라이언트마다 accept()를 다시 호출하며, 이를 끝없이 반복합니다: while True.',
	]),
	'never-accepts': ({from, elapsed}) => en([
		`${at(from)} has waited for ${formatElapsed(elapsed)} in the queue of the welcoming socket: accept() is never called.`,
		'connect() of a client succeeds before accept(): the OS makes the handshake.',
	]).ko([
		`${at(from)} 연결이 환영 소켓(welcoming socket)의 큐에서 ${formatElapsed(elapsed)} 동안 대기했습니다: accept()를 호출하지 않습니다.`,
		'클라이언트의 connect()는 accept() 전에 성공합니다: 핸드셰이크(handshake)는 운영체제가 합니다.',
	]),
	'only-first-client': ({first, from, sent, elapsed, isAccepted}) => en([
		`${at(first)} was served${isAccepted ? `; ${at(from)} was accepted, too` : ''}, and ${quote(sent)} from ${isAccepted ? 'it' : at(from)} got no answer in ${formatElapsed(elapsed)}.`,
		'accept() returns a connection socket for each client: the answer goes through that one.',
	]).ko([
		`${at(first)}에는 응답했${isAccepted ? `고 ${at(from)} 연결도 수락했` : ''}지만, ${isAccepted ? '여기' : at(from)}에서 보낸 ${quote(sent)}에는 ${formatElapsed(elapsed)} 동안 응답이 없었습니다.`,
		'accept()는 클라이언트마다 연결 소켓을 돌려줍니다: 응답은 그 소켓으로 보내십시오.',
	]),
	'one-at-a-time': ({before, from, sent, elapsed}) => en([
		`The server is iterative: ${quote(sent)} from ${at(from)} was answered after ${formatElapsed(elapsed)}, when ${at(before)} had disconnected.`,
		'To serve clients at the same time, give each connection socket a thread, or wait for all sockets with select() or poll().',
	]).ko([
		`한 번에 한 클라이언트만 처리하는(iterative) 서버입니다: ${at(from)}에서 보낸 ${quote(sent)}에는 ${at(before)} 연결이 끝난 뒤, ${formatElapsed(elapsed)} 만에 응답했습니다.`,
		'여러 클라이언트를 동시에 처리하려면 연결 소켓마다 스레드를 두거나, select()나 poll()로 모든 소켓을 함께 기다리십시오.',
	]),
	'waits-for-fin': ({sent, waited}) => en([
		`${quote(sent)} got no answer in ${formatElapsed(waited)}, and got it when the client had sent its FIN: the program reads until recv() → 0 B.`,
		'A line ends with its newline. A client that waits for its answer does not close before.',
	]).ko([
		`${quote(sent)}에는 ${formatElapsed(waited)} 동안 응답이 없다가 클라이언트가 FIN을 보낸 뒤에야 왔습니다: recv() → 0 B까지 읽습니다.`,
		'한 줄은 개행으로 끝납니다. 응답을 기다리는 클라이언트는 그 전에 닫지 않습니다.',
	]),
	'one-recv': ({parts, got, expected, end}) => en([
		`A line came in two parts of ${parts.join(' and ')} B, and ${got.length === 0 ? 'nothing' : quote(got)} came${end ? `, and then ${end === 'reset' ? 'RST' : 'FIN'},` : ''} instead of ${quote(expected)}: what one recv() returns was taken for a whole message.`,
		'TCP is a byte stream without message boundaries. Call recv() until the newline has come.',
	]).ko([
		`한 줄이 ${parts.join(' B와 ')} B로 나뉘어 왔고, ${quote(expected)}가 와야 하는데 ${got.length === 0 ? '오지 않았습니다' : `${quote(got)}가 왔습니다`}${end ? ` (연결은 ${howEnded(end).ko} 끝남)` : ''}: recv() 한 번의 결과를 메시지 전체로 여겼습니다.`,
		'TCP는 메시지 경계가 없는 바이트 스트림입니다. 개행이 올 때까지 recv()를 호출하십시오.',
	]),
	'rest-dropped': ({sent, got}) => en([
		`Two lines came in one part, ${quote(sent)}, and only ${quote(got)} came of them: what one recv() returns was taken for one line.`,
		'recv() may return several lines. Keep what comes behind a newline for the next line.',
	]).ko([
		`두 줄 ${quote(sent)}가 한 번에 갔는데 돌아온 것은 ${quote(got)}뿐입니다: recv() 한 번의 결과를 한 줄로 여겼습니다.`,
		'recv()는 여러 줄을 돌려줄 수 있습니다. 개행 뒤의 데이터는 다음 줄을 위해 남겨 두십시오.',
	]),
	'line-cut': ({got, expected}) => en([
		`Of a line of ${formatExactBytes(expected.length)} came ${formatExactBytes(got.length)}${got.length > 0 ? `, to ${quoteEnd(got)}` : ''}: the program's buffer is too small.`,
		'Call recv() again for what a buffer does not hold, until the newline has come.',
	]).ko([
		`${formatExactBytes(expected.length)}인 줄 가운데 ${formatExactBytes(got.length)}만 왔습니다${got.length > 0 ? ` (끝: ${quoteEnd(got)})` : ''}: 프로그램의 버퍼가 너무 작습니다.`,
		'버퍼에 다 들어가지 않은 데이터는 개행이 올 때까지 recv()를 다시 호출해 받으십시오.',
	]),
	'decodes-chunks': ({character, got, expected, end}) => en([
		`The bytes of '${character}' came in two parts, and ${got.length === 0 ? 'nothing' : quote(got)} came instead of ${quote(expected)}${end ? `; ${ended(end).en}` : ''}: each chunk is decoded by itself.`,
		'A chunk may end inside a character. Collect bytes until the newline, and decode the whole line.',
	]).ko([
		`'${character}'의 바이트가 두 번에 나뉘어 왔고, ${quote(expected)}가 와야 하는데 ${got.length === 0 ? '오지 않았습니다' : `${quote(got)}가 왔습니다`}${end ? ` (${ended(end).ko})` : ''}: 청크마다 따로 디코딩합니다.`,
		'청크는 문자 중간에서 끝날 수 있습니다. 개행이 올 때까지 바이트를 모은 뒤 줄 전체를 디코딩하십시오.',
	]),
	'drops-at-fin': ({from, sent, elapsed}) => en([
		`${at(from)} sent ${quote(sent)} and its FIN, and the connection was closed after ${formatElapsed(elapsed)} without an answer.`,
		'A FIN says that the client will send nothing further (shutdown(2), SHUT_WR). It still reads: answer, then close.',
	]).ko([
		`${at(from)}에서 ${quote(sent)}와 FIN을 보냈는데, 응답 없이 ${formatElapsed(elapsed)} 만에 연결이 닫혔습니다.`,
		'FIN은 클라이언트가 더 보내지 않는다는 뜻입니다(shutdown(2), SHUT_WR). 읽기는 계속하므로, 응답한 다음 닫으십시오.',
	]),
	'never-closes': ({peer, waited}) => en([
		`${at(peer)} has sent its FIN, and none came back in ${formatElapsed(waited)}: the connection socket is not closed.`,
		'recv() → 0 B says that the client has finished: call close() then.',
	]).ko([
		`${at(peer)}에서 FIN을 보냈지만 ${formatElapsed(waited)} 동안 FIN이 돌아오지 않았습니다: 연결 소켓을 닫지 않습니다.`,
		'recv() → 0 B는 클라이언트가 끝냈다는 뜻입니다: 그때 close()를 호출하십시오.',
	]),
	spins: ({peer, waited, used}) => en([
		`${at(peer)} has finished, no FIN came back in ${formatElapsed(waited)}, and the program has used ${formatElapsed(used)} of processor time meanwhile: it calls recv() → 0 B again and again.`,
		'recv() → 0 B is the end of the stream: leave the loop and call close().',
	]).ko([
		`${at(peer)}에서 끝냈지만 ${formatElapsed(waited)} 동안 FIN이 돌아오지 않았고, 그동안 프로그램은 프로세서 시간을 ${formatElapsed(used)} 썼습니다: recv() → 0 B를 끝없이 반복합니다.`,
		'recv() → 0 B는 스트림의 끝입니다: 반복을 멈추고 close()를 호출하십시오.',
	]),
	'closes-early': ({peer, received, expected, end}) => en([
		`The connection of ${at(peer)} was closed ${howEnded(end).en} after ${formatExactBytes(received)} of ${formatExactBytes(expected)}: before all was sent.`,
		'send() may take a part only: use sendall(), or call it again. Close when everything is sent.',
	]).ko([
		`${at(peer)} 연결이 ${formatExactBytes(expected)} 중 ${formatExactBytes(received)}만 온 뒤 ${howEnded(end).ko} 닫혔습니다: 다 보내기 전에 닫습니다.`,
		'send()는 일부만 보낼 수 있습니다: sendall()을 쓰거나 send()를 다시 호출하고, 다 보낸 뒤에 닫으십시오.',
	]),
	'answers-stop': ({peer, received, expected, waited}) => en([
		`${formatExactBytes(received)} of ${formatExactBytes(expected)} of answers came to ${at(peer)}, which had read late, and nothing more in ${formatElapsed(waited)}.`,
		'Where the send buffer is full, send() takes a part only, or fails with EAGAIN: send the rest later.',
	]).ko([
		`늦게 읽은 ${at(peer)}에 응답 ${formatExactBytes(expected)} 중 ${formatExactBytes(received)}만 오고, ${formatElapsed(waited)} 동안 더 오지 않았습니다.`,
		'송신 버퍼가 가득 차면 send()는 일부만 보내거나 EAGAIN으로 실패합니다: 나머지는 나중에 보내십시오.',
	]),
	'dies-on-reset': ({peer, from, elapsed, end}) => en([
		`After the RST of ${at(peer)}, ${end ? ended(end).en : `${at(from)} got no answer in ${formatElapsed(elapsed)}`}.`,
		'recv() → ECONNRESET ends one connection, and send() may fail, too: handle the error, close that socket and go on.',
	]).ko([
		`${at(peer)}에서 RST를 보낸 뒤 ${end ? ended(end).ko : `${at(from)}에는 ${formatElapsed(elapsed)} 동안 응답이 없었습니다`}.`,
		'recv() → ECONNRESET은 연결 하나의 끝이며 send()도 실패할 수 있습니다: 오류를 처리하고 그 소켓만 닫은 뒤 계속하십시오.',
	]),
	'dies-on-leave': ({peer, from, elapsed, end}) => en([
		`After ${at(peer)} has left, ${end ? ended(end).en : `a line of ${at(from)} has not come to the others in ${formatElapsed(elapsed)}`}.`,
		'Take a client that has left from the list of clients; send() to it fails with EPIPE or ECONNRESET.',
	]).ko([
		`${at(peer)} 클라이언트가 떠난 뒤 ${end ? ended(end).ko : `${at(from)}의 줄이 ${formatElapsed(elapsed)} 동안 다른 클라이언트에 오지 않았습니다`}.`,
		'떠난 클라이언트는 목록에서 빼십시오. 그쪽으로 send()하면 EPIPE나 ECONNRESET으로 실패합니다.',
	]),
	'port-in-use': ({port, end, state}) => en([
		`Started again, bind() of port ${port} → EADDRINUSE${state ? `: a connection with this port is in ${state}` : ''}; ${ended(end).en}.`,
		'Set SO_REUSEADDR on the welcoming socket before bind().',
	]).ko([
		`다시 시작했을 때 포트 ${port}의 bind() → EADDRINUSE${state ? `: 이 포트의 연결이 ${state} 상태입니다` : ''}; ${ended(end).ko}.`,
		'bind() 전에 환영 소켓(welcoming socket)에 SO_REUSEADDR를 설정하십시오.',
	]),
	'not-together': ({first, later, waited}) => en([
		`${at(later)} was not accepted in ${formatElapsed(waited)} while ${at(first)} was connected, but was when that had disconnected: the server is iterative.`,
		'In a chat all are connected at once: give each connection socket a thread, or wait for all sockets with select() or poll().',
	]).ko([
		`${at(first)} 연결이 있는 동안 ${at(later)} 연결은 ${formatElapsed(waited)} 동안 수락되지 않다가, 그 연결이 끝난 뒤에 수락되었습니다: 한 번에 한 클라이언트만 처리하는(iterative) 서버입니다.`,
		'채팅에서는 모두가 동시에 연결되어 있습니다: 연결 소켓마다 스레드를 두거나, select()나 poll()로 모든 소켓을 함께 기다리십시오.',
	]),
	'never-relays': ({from, to, sent, elapsed}) => en([
		`${quote(sent)} from ${at(from)} has not come to ${at(to)} in ${formatElapsed(elapsed)}.`,
	]).ko([
		`${at(from)}에서 보낸 ${quote(sent)}가 ${formatElapsed(elapsed)} 동안 ${at(to)}에 오지 않았습니다.`,
	]),
	'back-to-sender': ({from, sent, others}) => en([
		`${quote(sent)} came back to ${at(from)}, which had sent it${others ? '' : ', and to no other client'}.`,
		'A line goes to all clients but the one that has sent it.',
	]).ko([
		`${quote(sent)}가 이를 보낸 ${at(from)}에 되돌아왔습니다${others ? '' : '. 다른 클라이언트에는 오지 않았습니다'}.`,
		'한 줄은 보낸 쪽을 뺀 모든 클라이언트에 보냅니다.',
	]),
	'not-to-all': ({from, sent, missing, elapsed}) => en([
		`${quote(sent)} from ${at(from)} came to other clients, and not to ${at(missing)} in ${formatElapsed(elapsed)}.`,
	]).ko([
		`${at(from)}에서 보낸 ${quote(sent)}가 다른 클라이언트에는 왔지만 ${at(missing)}에는 ${formatElapsed(elapsed)} 동안 오지 않았습니다.`,
	]),
	'lines-lost': ({from, to, lines, received, late}) => en([
		`Of ${lines} lines of ${at(from)}, ${received} came whole to ${at(to)}${late > 0 ? `, ${late} of them after a later one` : ''}.`,
		'TCP keeps the order. Where several threads send to one socket, they take turns, line by line.',
	]).ko([
		`${at(from)}의 ${lines}줄 가운데 ${received}줄이 ${at(to)}에 온전히 왔습니다${late > 0 ? ` (그중 ${late}줄은 나중 줄보다 늦게)` : ''}.`,
		'TCP는 순서를 지킵니다. 여러 스레드가 한 소켓으로 보낼 때는 줄마다 차례를 지켜야 합니다.',
	]),
	'sends-before-connect': ({address, end}) => en([
		`No connection came to ${at(address)}, and ${ended(end).en}, by EPIPE: send() was called before connect().`,
		'A TCP socket has a peer only after connect().',
	]).ko([
		`${at(address)}에 연결이 오지 않았고, EPIPE가 나서 ${ended(end).ko}: connect() 전에 send()를 호출했습니다.`,
		'TCP 소켓은 connect()한 뒤에야 상대가 있습니다.',
	]),
	'sends-nothing': ({from, typed, waited}) => en([
		`The program has connected from ${at(from)}, ${quote(typed)} was typed, and nothing came in ${formatElapsed(waited)}.`,
	]).ko([
		`프로그램이 ${at(from)}에서 연결했고 ${quote(typed)}가 입력되었지만, ${formatElapsed(waited)} 동안 아무것도 오지 않았습니다.`,
	]),
	'newline-missing': ({got, expected}) => en([
		`${quote(got)} came instead of ${quote(expected)}: the newline is missing.`,
		'In a byte stream, only the newline tells the other end where a line ends.',
	]).ko([
		`${quote(expected)} 대신 ${quote(got)}가 왔습니다: 개행이 빠졌습니다.`,
		'바이트 스트림에서는 개행만이 줄의 끝을 상대에게 알립니다.',
	]),
	'reads-once': ({parts, answer, printed}) => en([
		`The answer ${quote(answer)} came in two parts of ${parts.join(' and ')} B, and the program has printed ${quoteEnd(printed)}: what one recv() returns was taken for the whole answer.`,
		'TCP is a byte stream without message boundaries. Call recv() until the newline has come.',
	]).ko([
		`응답 ${quote(answer)}가 ${parts.join(' B와 ')} B로 나뉘어 왔는데 프로그램은 ${printed.length === 0 ? '아무것도 출력하지 않았습니다' : `${quoteEnd(printed)}를 출력했습니다`}: recv() 한 번의 결과를 응답 전체로 여겼습니다.`,
		'TCP는 메시지 경계가 없는 바이트 스트림입니다. 개행이 올 때까지 recv()를 호출하십시오.',
	]),
	'answer-cut': ({length, printed}) => en([
		`Of an answer of ${formatExactBytes(length)}, ${formatExactBytes(printed)} are printed: the program's buffer is too small.`,
		'Call recv() again for what a buffer does not hold, until the newline has come.',
	]).ko([
		`${formatExactBytes(length)}인 응답 중 ${formatExactBytes(printed)}만 출력했습니다: 프로그램의 버퍼가 너무 작습니다.`,
		'버퍼에 다 들어가지 않은 데이터는 개행이 올 때까지 recv()를 다시 호출해 받으십시오.',
	]),
	'breaks-character': ({character, printed}) => en([
		`The bytes of '${character}' came in two parts, and the program has printed ${quoteEnd(printed, 24)}: each chunk is decoded by itself.`,
		'A chunk may end inside a character. Collect bytes until the newline, and decode the whole line.',
	]).ko([
		`'${character}'의 바이트가 두 번에 나뉘어 왔고, 프로그램은 ${quoteEnd(printed, 24)}를 출력했습니다: 청크마다 따로 디코딩합니다.`,
		'청크는 문자 중간에서 끝날 수 있습니다. 개행이 올 때까지 바이트를 모은 뒤 줄 전체를 디코딩하십시오.',
	]),
	'stays-open': ({from, waited}) => en([
		`The whole answer had come, and ${formatElapsed(waited)} later the program still runs, and ${at(from)} has sent no FIN: the socket is not closed.`,
		'Call close() when the answer is there, and end.',
	]).ko([
		`응답이 다 왔는데 ${formatElapsed(waited)} 뒤에도 프로그램이 실행 중이고 ${at(from)}에서 FIN을 보내지 않았습니다: 소켓을 닫지 않습니다.`,
		'응답을 받으면 close()를 호출하고 끝내십시오.',
	]),
	'waits-for-ever': ({sent, waited}) => en([
		`${quote(sent)} was not answered, and ${formatElapsed(waited)} later the program still waits: it has no timeout.`,
		'A server may be stuck, or its host gone without a FIN. Give the socket a timeout: settimeout(5) in Python, SO_RCVTIMEO or poll() in C, a timer in Node.',
	]).ko([
		`${quote(sent)}에 응답하지 않았는데 ${formatElapsed(waited)} 뒤에도 프로그램이 기다립니다: 타임아웃이 없습니다.`,
		'서버가 멈추었거나 서버의 호스트가 FIN 없이 사라질 수 있습니다. 소켓에 타임아웃을 설정하십시오: Python의 settimeout(5), C의 SO_RCVTIMEO나 poll(), Node의 타이머.',
	]),
	'ignores-fin': ({from, waited, used}) => en([
		`The server has closed the connection of ${at(from)} without an answer, and ${formatElapsed(waited)} later the program still runs${used > 0 ? `, and has used ${formatElapsed(used)} of processor time meanwhile: it calls recv() → 0 B again and again` : ''}.`,
		'recv() → 0 B is the end of the stream: there will be no answer. Close the socket and end.',
	]).ko([
		`서버가 응답 없이 ${at(from)} 연결을 닫았는데 ${formatElapsed(waited)} 뒤에도 프로그램이 실행 중입니다${used > 0 ? `. 그동안 프로세서 시간을 ${formatElapsed(used)} 썼습니다: recv() → 0 B를 끝없이 반복합니다` : ''}.`,
		'recv() → 0 B는 스트림의 끝입니다: 응답은 오지 않습니다. 소켓을 닫고 끝내십시오.',
	]),
	'waits-for-close': ({waited}) => en([
		`The whole line of the answer had come, and ${formatElapsed(waited)} later the program still waits: it reads until recv() → 0 B.`,
		'The server may keep the connection. The answer ends with its newline.',
	]).ko([
		`응답 한 줄이 다 왔는데 ${formatElapsed(waited)} 뒤에도 프로그램이 기다립니다: recv() → 0 B까지 읽습니다.`,
		'서버는 연결을 유지할 수 있습니다. 응답은 개행으로 끝납니다.',
	]),
};
