import type {StreamEnd, TcpMistake} from '../../../engine/api/tcp-mistake.ts';
import type {ProgramEnd} from '../../../engine/api/exchange.ts';
import {formatElapsed, formatExactBytes} from '../values/numbers.ts';
import type {CheckWords, ExerciseRules, MistakeWords} from './exercise-words.ts';
import {at, quote, quoteEnd} from './exercise-values.ts';

/** What the checks of byte streams demand. */
export const tcpChecksEn: CheckWords = {
	'tcp-uppercase-server/answers': 'answers a line of one client: the same line in upper case, with its newline',
	'tcp-uppercase-client/connects': 'connects to the server',
	closes: 'closes the connection: after its answer, or when the client has closed',
	'next-client': 'serves another client after the first has disconnected',
	several: 'serves several clients that are connected at once',
	'two-writes': 'takes a line that comes in two parts as one line',
	'split-character': 'takes a character whose bytes come in two parts as one character',
	'two-lines': 'takes two lines that come in one part as two lines',
	'long-line': 'takes a line of 4,096 B',
	'half-close': 'answers a client that has half-closed, and then closes',
	'every-answer': 'sends every answer before it closes, to a client that reads late',
	reset: 'goes on when a client resets its connection',
	restart: 'can be started again at once with the same port',
	relays: 'sends a line to the other client, and not back',
	'to-all': 'sends each line to all other clients',
	order: 'sends all lines of a client, in their order',
	leaves: 'closes when a client leaves, and goes on for the others',
	'tcp-uppercase-client/sends-line': 'sends the line that is typed, with its newline',
	'tcp-uppercase-client/prints': 'prints the answer',
	'closes-after-answer': 'closes the connection and ends when it has the answer',
	pieces: 'takes an answer that comes in two parts as one answer',
	'long-answer': 'takes an answer of 4,096 B',
	'tcp-uppercase-client/timeout': 'gives up where no answer comes',
	'server-closes': 'ends when the server closes without an answer',
};

/** What each of them is to do, whole. */
export const tcpRulesEn: ExerciseRules = {
	'tcp-uppercase-server': [
		'A request is a line: bytes up to a newline. Its answer is the same line in upper case, with the newline.',
		'Lines are UTF-8, and at most 4,096 B long with the newline. Letters of ASCII in upper case are enough.',
		'TCP is a byte stream: a line may come in several parts, and several lines in one.',
		'After an answer, close the connection, or keep it for more lines; then close it when the client has closed.',
		'Bind all addresses. Serve the clients one after the other, or all at once.',
	],
	'tcp-uppercase-client': [
		'Read a line from standard input, and send it with its newline. Receive the answer up to its newline, print it,',
		'close the connection, and end.',
		'The answer may come in several parts, and the server may keep the connection after it.',
		'Where no answer comes, or the server closes, end as well.',
	],
	'tcp-chat-server': [
		'Clients send lines: bytes up to a newline, in UTF-8, at most 4,096 B long with the newline.',
		'Each line goes as it is, with its newline, to all clients but its sender; nothing else is sent.',
		'Lines stay whole, also where they come in parts or together, and those of one client keep their order.',
		'Serve all clients at once. When one closes, or resets, close its connection, and go on for the others.',
		'Bind all addresses.',
	],
};

function howEnded(end: StreamEnd): string {
	return end === 'reset' ? 'with RST' : 'with FIN';
}

function ended({code, signal}: ProgramEnd): string {
	return signal === undefined ? `the program has ended with exit code ${code ?? '?'}` : `${signal} has ended the program`;
}

/** Mistakes with connections and byte streams. */
export const tcpMistakesEn: MistakeWords<TcpMistake> = {
	'accepts-once': ({first, later, waited, end}) => [
		later
			? `${at(first)} was served, and ${at(later)} has waited for ${formatElapsed(waited)} in the queue of the welcoming socket: accept() is called once.`
			: `After the first client, ${at(first)}, connect() → ECONNREFUSED: ${end ? ended(end) : 'the welcoming socket is closed'}.`,
		'A server calls accept() again for each client, for ever: while True.',
	],
	'never-accepts': ({from, elapsed}) => [
		`${at(from)} has waited for ${formatElapsed(elapsed)} in the queue of the welcoming socket: accept() is never called.`,
		'connect() of a client succeeds before accept(): the OS makes the handshake.',
	],
	'only-first-client': ({first, from, sent, elapsed, isAccepted}) => [
		`${at(first)} was served${isAccepted ? `; ${at(from)} was accepted, too` : ''}, and ${quote(sent)} from ${isAccepted ? 'it' : at(from)} got no answer in ${formatElapsed(elapsed)}.`,
		'accept() returns a connection socket for each client: the answer goes through that one.',
	],
	'one-at-a-time': ({before, from, sent, elapsed}) => [
		`The server is iterative: ${quote(sent)} from ${at(from)} was answered after ${formatElapsed(elapsed)}, when ${at(before)} had disconnected.`,
		'To serve clients at the same time, give each connection socket a thread, or wait for all sockets with select() or poll().',
	],
	'waits-for-fin': ({sent, waited}) => [
		`${quote(sent)} got no answer in ${formatElapsed(waited)}, and got it when the client had sent its FIN: the program reads until recv() → 0 B.`,
		'A line ends with its newline. A client that waits for its answer does not close before.',
	],
	'one-recv': ({parts, got, expected, end}) => [
		`A line came in two parts of ${parts.join(' and ')} B, and ${got.length === 0 ? 'nothing' : quote(got)} came${end ? `, and then ${end === 'reset' ? 'RST' : 'FIN'},` : ''} instead of ${quote(expected)}: what one recv() returns was taken for a whole message.`,
		'TCP is a byte stream without message boundaries. Call recv() until the newline has come.',
	],
	'rest-dropped': ({sent, got}) => [
		`Two lines came in one part, ${quote(sent)}, and only ${quote(got)} came of them: what one recv() returns was taken for one line.`,
		'recv() may return several lines. Keep what comes behind a newline for the next line.',
	],
	'line-cut': ({got, expected}) => [
		`Of a line of ${formatExactBytes(expected.length)} came ${formatExactBytes(got.length)}${got.length > 0 ? `, to ${quoteEnd(got)}` : ''}: the program's buffer is too small.`,
		'Call recv() again for what a buffer does not hold, until the newline has come.',
	],
	'decodes-chunks': ({character, got, expected, end}) => [
		`The bytes of '${character}' came in two parts, and ${got.length === 0 ? 'nothing' : quote(got)} came instead of ${quote(expected)}${end ? `; ${ended(end)}` : ''}: each chunk is decoded by itself.`,
		'A chunk may end inside a character. Collect bytes until the newline, and decode the whole line.',
	],
	'drops-at-fin': ({from, sent, elapsed}) => [
		`${at(from)} sent ${quote(sent)} and its FIN, and the connection was closed after ${formatElapsed(elapsed)} without an answer.`,
		'A FIN says that the client will send nothing further (shutdown(2), SHUT_WR). It still reads: answer, then close.',
	],
	'never-closes': ({peer, waited}) => [
		`${at(peer)} has sent its FIN, and none came back in ${formatElapsed(waited)}: the connection socket is not closed.`,
		'recv() → 0 B says that the client has finished: call close() then.',
	],
	spins: ({peer, waited, used}) => [
		`${at(peer)} has finished, no FIN came back in ${formatElapsed(waited)}, and the program has used ${formatElapsed(used)} of processor time meanwhile: it calls recv() → 0 B again and again.`,
		'recv() → 0 B is the end of the stream: leave the loop and call close().',
	],
	'closes-early': ({peer, received, expected, end}) => [
		`The connection of ${at(peer)} was closed ${howEnded(end)} after ${formatExactBytes(received)} of ${formatExactBytes(expected)}: before all was sent.`,
		'send() may take a part only: use sendall(), or call it again. Close when everything is sent.',
	],
	'answers-stop': ({peer, received, expected, waited}) => [
		`${formatExactBytes(received)} of ${formatExactBytes(expected)} of answers came to ${at(peer)}, which had read late, and nothing more in ${formatElapsed(waited)}.`,
		'Where the send buffer is full, send() takes a part only, or fails with EAGAIN: send the rest later.',
	],
	'dies-on-reset': ({peer, from, elapsed, end}) => [
		`After the RST of ${at(peer)}, ${end ? ended(end) : `${at(from)} got no answer in ${formatElapsed(elapsed)}`}.`,
		'recv() → ECONNRESET ends one connection, and send() may fail, too: handle the error, close that socket and go on.',
	],
	'dies-on-leave': ({peer, from, elapsed, end}) => [
		`After ${at(peer)} has left, ${end ? ended(end) : `a line of ${at(from)} has not come to the others in ${formatElapsed(elapsed)}`}.`,
		'Take a client that has left from the list of clients; send() to it fails with EPIPE or ECONNRESET.',
	],
	'port-in-use': ({port, end, state}) => [
		`Started again, bind() of port ${port} → EADDRINUSE${state ? `: a connection with this port is in ${state}` : ''}; ${ended(end)}.`,
		'Set SO_REUSEADDR on the welcoming socket before bind().',
	],
	'not-together': ({first, later, waited}) => [
		`${at(later)} was not accepted in ${formatElapsed(waited)} while ${at(first)} was connected, but was when that had disconnected: the server is iterative.`,
		'In a chat all are connected at once: give each connection socket a thread, or wait for all sockets with select() or poll().',
	],
	'never-relays': ({from, to, sent, elapsed}) => [
		`${quote(sent)} from ${at(from)} has not come to ${at(to)} in ${formatElapsed(elapsed)}.`,
	],
	'back-to-sender': ({from, sent, others}) => [
		`${quote(sent)} came back to ${at(from)}, which had sent it${others ? '' : ', and to no other client'}.`,
		'A line goes to all clients but the one that has sent it.',
	],
	'not-to-all': ({from, sent, missing, elapsed}) => [
		`${quote(sent)} from ${at(from)} came to other clients, and not to ${at(missing)} in ${formatElapsed(elapsed)}.`,
	],
	'lines-lost': ({from, to, lines, received, late}) => [
		`Of ${lines} lines of ${at(from)}, ${received} came whole to ${at(to)}${late > 0 ? `, ${late} of them after a later one` : ''}.`,
		'TCP keeps the order. Where several threads send to one socket, they take turns, line by line.',
	],
	'sends-before-connect': ({address, end}) => [
		`No connection came to ${at(address)}, and ${ended(end)}, by EPIPE: send() was called before connect().`,
		'A TCP socket has a peer only after connect().',
	],
	'sends-nothing': ({from, typed, waited}) => [
		`The program has connected from ${at(from)}, ${quote(typed)} was typed, and nothing came in ${formatElapsed(waited)}.`,
	],
	'newline-missing': ({got, expected}) => [
		`${quote(got)} came instead of ${quote(expected)}: the newline is missing.`,
		'In a byte stream, only the newline tells the other end where a line ends.',
	],
	'reads-once': ({parts, answer, printed}) => [
		`The answer ${quote(answer)} came in two parts of ${parts.join(' and ')} B, and the program has printed ${quoteEnd(printed)}: what one recv() returns was taken for the whole answer.`,
		'TCP is a byte stream without message boundaries. Call recv() until the newline has come.',
	],
	'answer-cut': ({length, printed}) => [
		`Of an answer of ${formatExactBytes(length)}, ${formatExactBytes(printed)} are printed: the program's buffer is too small.`,
		'Call recv() again for what a buffer does not hold, until the newline has come.',
	],
	'breaks-character': ({character, printed}) => [
		`The bytes of '${character}' came in two parts, and the program has printed ${quoteEnd(printed, 24)}: each chunk is decoded by itself.`,
		'A chunk may end inside a character. Collect bytes until the newline, and decode the whole line.',
	],
	'stays-open': ({from, waited}) => [
		`The whole answer had come, and ${formatElapsed(waited)} later the program still runs, and ${at(from)} has sent no FIN: the socket is not closed.`,
		'Call close() when the answer is there, and end.',
	],
	'waits-for-ever': ({sent, waited}) => [
		`${quote(sent)} was not answered, and ${formatElapsed(waited)} later the program still waits: it has no timeout.`,
		'A server may be stuck, or its host gone without a FIN. Give the socket a timeout: settimeout(5) in Python, SO_RCVTIMEO or poll() in C, a timer in Node.',
	],
	'ignores-fin': ({from, waited, used}) => [
		`The server has closed the connection of ${at(from)} without an answer, and ${formatElapsed(waited)} later the program still runs${used > 0 ? `, and has used ${formatElapsed(used)} of processor time meanwhile: it calls recv() → 0 B again and again` : ''}.`,
		'recv() → 0 B is the end of the stream: there will be no answer. Close the socket and end.',
	],
	'waits-for-close': ({waited}) => [
		`The whole line of the answer had come, and ${formatElapsed(waited)} later the program still waits: it reads until recv() → 0 B.`,
		'The server may keep the connection. The answer ends with its newline.',
	],
};
