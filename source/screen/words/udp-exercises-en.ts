import type {UdpMistake} from '../../engine/api/udp-mistake.ts';
import {at, quote} from './exercise-values.ts';
import type {CheckWords, MistakeWords} from './exercise-words.ts';
import {formatElapsed} from './numbers.ts';

/** What the checks of datagrams demand. */
export const udpChecksEn: CheckWords = {
	answers: 'answers a datagram, to its sender and from the socket that got it',
	bytes: 'answers exactly the bytes that are asked for',
};

/** Mistakes with datagrams. */
export const udpMistakesEn: MistakeWords<UdpMistake> = {
	'answers-once': ({answered, sent, elapsed, end}) => [
		`After ${answered} ${answered === 1 ? 'datagram' : 'datagrams'} ${quote(sent)} has got no answer in ${formatElapsed(elapsed)}${end ? ': the program has ended' : ''}.`,
		'A server receives, answers and begins again, for ever: while True.',
	],
	'only-first-sender': ({first, from, sent, elapsed, isConnected}) => [
		`Only the first client, ${at(first)}, is answered: ${quote(sent)} from ${at(from)} has got no answer in ${formatElapsed(elapsed)}.`,
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
};
