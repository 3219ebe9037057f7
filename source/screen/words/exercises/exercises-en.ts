import type {NotRun} from '../../../engine/api/exercise.ts';
import type {Mistake} from '../../../engine/api/mistake.ts';
import type {ProgramEnd} from '../../../engine/api/exchange.ts';
import type {TcpMistake} from '../../../engine/api/tcp-mistake.ts';
import type {UdpMistake} from '../../../engine/api/udp-mistake.ts';
import {formatElapsed} from '../values/numbers.ts';
import {byTag, byType} from '../../../text/by-type.ts';
import type {ExerciseWords, MistakeWords} from './exercise-words.ts';
import {
	at, portBytes, quote, quoteEnd,
} from './exercise-values.ts';
import {tcpChecksEn, tcpMistakesEn, tcpRulesEn} from './tcp-exercises-en.ts';
import {udpChecksEn, udpMistakesEn} from './udp-exercises-en.ts';

function ended({code, signal}: ProgramEnd): string {
	return signal === undefined ? `exit code ${code ?? '?'}` : `signal ${signal}`;
}

const common: MistakeWords<Exclude<Mistake, UdpMistake | TcpMistake>> = {
	'ended-early': ({end, exchange}) => [
		`The program ended with ${ended(end)} ${exchange ? `when ${quote(exchange.sent)} had been sent to it` : 'before it could be checked'}.`,
	],
	'not-bound': ({protocol, port, waited}) => [
		`After ${formatElapsed(waited)} the program has no ${protocol.toUpperCase()} socket that is bound to port ${port}.`,
		'A server calls bind() with the port that its clients know.',
	],
	'wrong-protocol': ({asked, address}) => [
		`The program has a ${asked === 'udp' ? 'TCP' : 'UDP'} socket at ${at(address)}, and ${asked.toUpperCase()} was asked for.`,
		asked === 'udp' ? 'A UDP socket is SOCK_DGRAM.' : 'A TCP socket is SOCK_STREAM.',
	],
	'byte-order': ({port, used}) => [
		`The program uses port ${portBytes(used)} instead of ${portBytes(port)}: the two bytes are swapped.`,
		'A port is in network byte order (big-endian) in sin_port: htons(port).',
	],
	'other-port': ({port, bound}) => [
		`The program was told port ${port}, and its socket is bound to ${at(bound)}.`,
		'The port is in its arguments where {port} stands, and in the environment as PORT.',
	],
	'loopback-only': ({bound}) => [
		`The socket is bound to ${at(bound)}: only programs on this machine can reach it.`,
		'Bind all addresses: \'\' in Python, INADDR_ANY in C, 0.0.0.0 in Node.',
	],
	'never-sends': ({waited, address, end}) => [
		end
			? `The program ended with ${ended(end)} and has sent nothing to ${at(address)}.`
			: `In ${formatElapsed(waited)} the program has sent nothing to ${at(address)}.`,
		'The address is in its arguments where {host} and {port} stand, and in the environment as HOST and PORT.',
	],
	'sends-otherwise': ({asked, address}) => [
		`The program has used ${asked === 'udp' ? 'TCP' : 'UDP'} to ${at(address)}, and ${asked.toUpperCase()} was asked for.`,
		asked === 'udp' ? 'A UDP socket is SOCK_DGRAM.' : 'A TCP socket is SOCK_STREAM.',
	],
	'does-not-print': ({answer, output}) => [
		`The answer ${quote(answer)} is not in its output${output.length === 0 ? ', which is empty' : `, which ends with ${quoteEnd(output)}`}.`,
		'Print what recvfrom() or recv() has returned.',
	],
	'does-not-end': ({waited}) => [
		`The program still ran ${formatElapsed(waited)} after its answer, with its standard input at an end.`,
		'The textbook\'s client closes its socket and ends after one answer.',
	],
	'ends-with-error': ({end}) => [`The program ended with ${ended(end)}; 0 says that all went well.`],
	'fixed-port': ({port}) => [
		`The client has port ${port} each time: it calls bind() itself.`,
		'A client leaves that to the OS, which picks a free port. Two clients could not run at the same time.',
	],
	'no-timeout': ({sent, waited}) => [
		`The answer to ${quote(sent)} was lost, and the program still waited for it after ${formatElapsed(waited)}: it waits without a timeout.`,
		'UDP loses datagrams. Give the socket a timeout: settimeout(1) in Python, SO_RCVTIMEO or poll() in C, a timer in Node.',
	],
	'never-answers': ({from, sent, elapsed}) => [
		`${quote(sent)} from ${at(from)} got no answer in ${formatElapsed(elapsed)}: the program never answers.`,
	],
	unchanged: ({got, expected}) => [
		`The answer is ${quote(got)}, as it was sent; expected was ${quote(expected)}.`,
	],
	terminator: ({got, expected}) => [
		`The text is sent with its terminator: ${quote(got)} instead of ${quote(expected)}.`,
		'The byte 0 ends a string in C; it is no part of the message. Send strlen() bytes, or as many as were received.',
	],
	'line-break-added': ({got, expected}) => [
		`A line break was added: ${quote(got)} instead of ${quote(expected)}.`,
	],
	'whole-buffer': ({got, expected}) => [
		`The whole buffer is sent: ${got.length} B, of which ${expected.length} B are the message.`,
		'Send as many bytes as were received, not sizeof(buffer).',
	],
	'stale-bytes': ({got, expected}) => [
		`Bytes of an earlier message follow: ${quote(got)} instead of ${quote(expected)}.`,
		'The buffer still has them. Send as many bytes as were received.',
	],
	cut: ({got, expected}) => [
		`Only ${got.length} of ${expected.length} B came: the program's buffer is too small.`,
		'recvfrom() drops what is left of a datagram. Give it a buffer for the largest one.',
	],
	'stops-at-zero': ({got, expected}) => [
		`What came ends before a byte 0: ${got.length} of ${expected.length} B.`,
		'A message may have the byte 0 in it: use the length that was received, not strlen().',
	],
	'wrong-bytes': ({got, expected}) => [
		`${quote(got)} came instead of ${quote(expected)}.`,
	],
};

/** The exercises, in English. */
export const exercisesEn: ExerciseWords = {
	about: {
		'udp-uppercase-server': 'UDP server that answers each datagram in upper case',
		'udp-uppercase-client': 'UDP client that sends a line from the keyboard and prints the answer',
		'udp-echo-server': 'UDP server that sends each datagram back as it came',
		'udp-pinger-client': 'UDP client that sends ten pings over a lossy network and prints statistics',
		'tcp-uppercase-server': 'TCP server that answers each client in upper case',
		'tcp-uppercase-client': 'TCP client that sends a line from the keyboard and prints the answer',
		'tcp-chat-server': 'TCP server that sends each line to all other clients',
	},
	rules: tcpRulesEn,
	checks: {
		port: 'is bound to the port that it was told',
		'all-addresses': 'is bound to all addresses, so that other machines can reach it',
		...udpChecksEn,
		...tcpChecksEn,
	},
	mistakes: {...common, ...udpMistakesEn, ...tcpMistakesEn},
	skipped(cause) {
		return byType(cause, {
			needs: ({of}) => `not checked: '${of}' does not hold`,
			'no-program': () => 'not checked: only a program that is started for the check can show it',
			'no-tables': () => 'not checked: this system does not show the sockets of a program',
			'time-limit': () => 'not checked: the time limit was reached',
			'not-needed': () => 'not checked: with this program it does not come up',
			busy: () => 'not checked: the machine is too busy for times to mean anything; try again',
		});
	},
	waits: time => `no answer comes: up to ${time} for the program to give up by itself`,
	notRun(notRun, command) {
		return byTag('reason', notRun, {
			'not-started': failed => [`${command} could not be started: ${notStarted(failed)}`],
			'no-script': ({file}) => [`${command} could not be run: there is no file ${file}.`],
			'port-taken': ({port}) => [
				`Port ${port} is taken by another program.`,
				'Stop that one, or let the program take its port from {port} in its arguments: another is chosen then.',
			],
			'not-bound': ({address, failure}) => [`The playground cannot bind ${at(address)}: ${failure.message}`],
			'no-client': ({address, waited}) => [`Nothing came to ${at(address)} in ${formatElapsed(waited)}.`],
			fault: ({failure}) => [`The check failed by an error of the playground: ${failure.message}`],
		});
	},
	ended,
	report: {
		waiting: address => `Start your client now: it is waited for at ${address}.`,
		signs: {
			holds: 'ok  ', said: 'note', fails: 'FAIL', skipped: '-   ',
		},
		output: check => `Output of the program (${check}):`,
		noOutput: check => `The program has written nothing (${check}).`,
		endedWith: end => `The program ended with ${end}.`,
		before: bytes => `… ${bytes} before`,
		sum: ({
			holds, said, fails, skipped,
		}) => [
			`${holds} ${holds === 1 ? 'check holds' : 'checks hold'}${said > 0 ? ` (${said} with a note)` : ''}`,
			...(fails > 0 ? [`${fails} ${fails === 1 ? 'does' : 'do'} not`] : []),
			...(skipped > 0 ? [`${skipped} not checked`] : []),
		].join(', '),
		exchanged: (sent, got, elapsed) => `${sent} → ${got ?? 'nothing'} after ${elapsed}`,
	},
};

function notStarted({program, interpreter, failure: {code, message}}: Extract<NotRun, {reason: 'not-started'}>): string {
	if (interpreter !== undefined) {
		return `its first line has it run by ${interpreter}, which cannot be started (${code}). `
			+ `Correct that line, or name the interpreter yourself: -- python3 ${program}`;
	}

	switch (code) {
		case 'ENOENT': {
			return program.includes('/')
				? `there is no file ${program} (${code}). A path without / in front begins in the folder that you are in.`
				: `no folder of PATH has a program ${program} (${code}). `
					+ `Install it, or correct its name; a program of this folder is ./${program}`;
		}

		case 'EISDIR': {
			return `${program} is a directory (${code}). Name the program in it.`;
		}

		case 'EACCES': {
			return `${program} may not be executed (${code}). `
				+ `Allow it with chmod +x, or name what runs it: -- python3 ${program}`;
		}

		default: {
			return message;
		}
	}
}
