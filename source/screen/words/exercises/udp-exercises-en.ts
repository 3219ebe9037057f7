import type {UdpMistake} from '../../../engine/api/udp-mistake.ts';
import {formatElapsed, formatExactBytes} from '../values/numbers.ts';
import {at, quote, quoteEnd} from './exercise-values.ts';
import type {CheckWords, MistakeWords} from './exercise-words.ts';

/** What the checks of datagrams demand. */
export const udpChecksEn: CheckWords = {
	answers: 'answers a datagram once, to its sender, and from the socket that got it',
	bytes: 'answers exactly the bytes that are asked for',
	again: 'goes on after its first answer: receives, answers, and begins again',
	shorter: 'answers a message that is shorter than the one before with nothing left of that',
	'other-clients': 'answers each client at its own address, several at once as well',
	characters: 'answers text with characters of several bytes (UTF-8)',
	'any-bytes': 'answers bytes that are no text, zeros among them',
	empty: 'goes on after an empty datagram',
	large: 'answers a datagram of 2,048 bytes whole',
	sends: 'sends a datagram to the server',
	'sends-line': 'sends the line that was typed, and nothing else',
	prints: 'prints the answer that it has received',
	ends: 'ends by itself, at the latest when its standard input ends',
	long: 'sends a line of 1,000 bytes and prints the answer whole',
	'own-port': 'leaves its own port to the OS',
	'lost-answer': 'does not wait for ever for an answer that was lost',
	'udp-pinger-client/sends': 'sends a ping to the server',
	'udp-pinger-client/ends': 'ends by itself after the last ping',
	timeout: 'waits one second for an answer that was lost, and goes on',
	'ten-pings': 'sends exactly ten pings',
	loss: 'prints the share of lost pings; an answer that comes too late is not taken for the next one\'s',
	'round-trips': 'prints the least, the mean and the greatest round-trip time (min, avg, max)',
};

/** Mistakes with datagrams. */
export const udpMistakesEn: MistakeWords<UdpMistake> = {
	'answers-once': ({answered, sent, elapsed, end}) => [
		`After ${answered} ${answered === 1 ? 'datagram' : 'datagrams'} ${quote(sent)} got no answer in ${formatElapsed(elapsed)}${end ? ': the program has ended' : ''}.`,
		'A server receives, answers and begins again, for ever: while True.',
	],
	'only-first-sender': ({first, from, sent, elapsed, isConnected}) => [
		`Only the first client, ${at(first)}, is answered: ${quote(sent)} from ${at(from)} got no answer in ${formatElapsed(elapsed)}.`,
		...(isConnected ? [`The socket is connected to ${at(first)}: the OS drops what others send to it. A UDP server does not call connect().`] : []),
	],
	'fixed-address': ({from, sent, to, vacant}) => [
		to
			? `The answer to ${quote(sent)} from ${at(from)} went to ${at(to)}, which had sent an earlier datagram.`
			: `${quote(sent)} from ${at(from)} was answered to another address: ${vacant ?? 0} datagrams went to a port without a socket.`,
		'Each datagram brings the address of its sender: send the answer to the address that recvfrom() has returned with it.',
	],
	'other-socket': ({server, source}) => [
		`The answer came from ${at(source)}, and the client had sent to ${at(server)}.`,
		'Send the answer through the socket that has received the datagram.',
	],
	'answers-twice': ({sent, answers}) => [`${quote(sent)} was answered ${answers} times.`],
	'ended-by-empty': ({elapsed, end}) => [
		`After a datagram without bytes the program ${end ? 'has ended' : `has not answered for ${formatElapsed(elapsed)}`}.`,
		'In UDP an empty datagram is a message like any other; 0 bytes are no end.',
	],
	'ended-by-bytes': ({sent, elapsed, end}) => [
		`After ${quote(sent)} the program ${end ? 'has ended' : `has not answered for ${formatElapsed(elapsed)}`}.`,
		'A datagram is a group of bytes, and need not be text.',
	],
	'large-unanswered': ({sent}) => [
		`A datagram of ${formatExactBytes(sent.length)} got no answer, and smaller ones did.`,
	],
	'wrong-count': ({count, wanted}) => [`${count} ${count === 1 ? 'ping was' : 'pings were'} sent, not ${wanted}.`],
	'waits-too-long': ({ping, waited}) => [
		`Ping ${ping} got no answer, and the next one came only after ${formatElapsed(waited)}: the timeout is 1 s.`,
	],
	'gives-up-early': ({ping, waited}) => [
		`Ping ${ping} got no answer, and the next one came already after ${formatElapsed(waited)}: the timeout is 1 s.`,
	],
	'late-counted': ({ping, late, said, lost}) => [
		`The answer to ping ${ping} came after ${formatElapsed(late)}, too late, and was counted for ping ${ping + 1}, whose answer was lost: ${said} % loss are printed, and ${lost} % are right.`,
		'Each ping has a number: compare that of the answer with that of the ping that is waited for.',
	],
	'no-loss': ({lost, output}) => [
		`The share of lost pings is not in its output${output.length === 0 ? ', which is empty' : `, which ends with ${quoteEnd(output)}`}. It is ${lost} %.`,
	],
	'wrong-loss': ({said, lost}) => [`${said} % loss are printed, and ${lost} % are right.`],
	'no-round-trips': ({missing, output}) => [
		`Not in its output: ${missing.join(', ')} of the round-trip times${output.length === 0 ? '; it is empty' : `; it ends with ${quoteEnd(output)}`}.`,
	],
	'wrong-round-trips': ({name, said, least, most}) => [
		`For ${name} ${formatElapsed(said)} is printed, and it was from ${formatElapsed(Math.max(0, least))} to ${formatElapsed(most)}.`,
		'Take the time before sendto() and after recvfrom(). Pings without an answer do not count.',
	],
};
