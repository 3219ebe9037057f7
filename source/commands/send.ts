import {endingBytes, lineEndings} from '../screen/input/line/draft.ts';
import {defaultRule} from '../replies/reply-rule.ts';
import type {Expectation} from '../headless/expectation.ts';
import {send} from '../headless/send.ts';
import {parseAddress} from '../text/address.ts';
import {type Codec, codecOf, Unwritable} from '../text/encoding/codec.ts';
import {encodeTyped} from '../text/encoding/escapes.ts';
import {readHex} from '../text/hex.ts';
import {shellLine} from '../text/shell-line.ts';
import {
	headlessFlags, protocols, readNetwork, readOutput, shared, sharedFlags,
} from './flags.ts';
import {jobOf, type ReadSend, type TypedMessage} from './send-job.ts';
import {
	type Flags, type Given, helpLines, readGiven, switchFlag, UsageError, valueFlag,
} from './tokens.ts';
import {
	asError, choiceOf, integerIn, readAddress, readDuration, taking,
} from './values.ts';

const flags = {
	file: valueFlag('PATH', 'send this file', {
		read: taking(['path'], value => value || undefined),
	}),
	hex: switchFlag('the message is in hexadecimal: DE AD, de:ad, 0xDE, dead'),
	messages: {
		...sharedFlags.messages,
		about: `${sharedFlags.messages.about}\n@NAME among the messages is one of them; @@ is an @`,
	},
	escapes: switchFlag(String.raw`interpret \n, \x00, \u{e9} and the like in messages`, 'e'),
	ending: valueFlag('ENDING', `what each message ends with: ${lineEndings.join(', ')}   (none)`, {
		read: choiceOf(lineEndings),
	}),
	count: valueFlag('N', 'send the messages N times                            (1)', {
		read: integerIn(1, 1_000_000_000),
	}),
	interval: valueFlag('TIME', 'between two messages (UDP: until the answer has come)', {read: readDuration}),
	wait: valueFlag('TIME', 'stop after this time without data; 0: do not wait\n(3s for messages; for a stream until the peer ends)', {
		read: readDuration,
	}),
	expect: valueFlag('ANSWER', 'TEXT, hex:BYTES or /REGEX/; exit code 5 for any other answer'),
	source: valueFlag('HOST:PORT', 'bind this address first; also HOST or :PORT alone'),
	...shared('option'),
	keepOpen: switchFlag('TCP: no FIN when all is sent'),
	...shared('framing', 'link'),
	...headlessFlags,
	...shared('help'),
} as const satisfies Flags;

export const help = String.raw`
  Send messages, a file or standard input, and wait for the answer

  Usage
    $ socket-playground send udp|tcp HOST:PORT [MESSAGE…] [options]

  Each MESSAGE is a datagram, or one write to the stream. Without one, standard input is sent:
  over TCP as it is read, over UDP as one datagram, once it has been read to its end. When all
  is sent, TCP sends a FIN, and the answer is all that comes until the peer's FIN. With --framing
  each MESSAGE is sent in a frame, and an answer is a message of the stream.

  Options
${helpLines(flags)}

  Examples
    $ socket-playground send udp 127.0.0.1:12000 hello --expect HELLO
    $ socket-playground send tcp example.org:80 -e 'GET / HTTP/1.0\r\n\r\n'
    $ socket-playground send tcp 127.0.0.1:9000 < request > response
    $ socket-playground send tcp 127.0.0.1:9000 --messages device.yaml @login
`;

/** How long an answer to messages is waited for, in milliseconds. */
const defaultWait = 3000;

/** Send, and wait for the answer. */
export async function run(argv: readonly string[]): Promise<number> {
	const read = readSend(argv, process.env);
	return send({...read, job: await jobOf(read)});
}

/** @throws UsageError for a command line that cannot be used */
export function readSend(argv: readonly string[], environment: NodeJS.ProcessEnv): ReadSend {
	const {values, words} = readGiven(argv, flags);
	const [first, address, ...typed] = words;
	const protocol = protocols.find(known => known === first);
	if (protocol === undefined || address === undefined || (!address.includes(':') && /^\d+$/.test(typed[0] ?? ''))) {
		throw new UsageError(['sendWords', meantWords(words) ?? '']);
	}

	const connect = readAddress('HOST:PORT', address);
	const network = readNetwork(values, protocol, connect.host);
	const isFramed = (network.framing ?? 'none') !== 'none';
	const {file, messages: messagesFile, count = 1, ending = 'none', interval, keepOpen, expect, escapes} = values;
	const codec = codecOf(network.encoding);
	const messages = messagesOf(typed, values, codec);
	if (file !== undefined && messages) {
		throw new UsageError(['fileAndMessage']);
	}

	if (messagesFile !== undefined && !messages?.some(message => 'name' in message)) {
		throw new UsageError(['namesNoMessage']);
	}

	const isStream = !messages && protocol === 'tcp' && !isFramed;
	if (isStream && count > 1) {
		throw new UsageError(['repeatsStream']);
	}

	return {
		command: 'send',
		protocol,
		playground: {
			host: '127.0.0.1',
			port: 0,
			reply: defaultRule,
			closeAfterReply: false,
			clients: 0,
			connect,
			...network,
		},
		...readOutput(values, environment),
		messages,
		count,
		messagesFile,
		ending,
		file,
		wait: values.wait ?? (isStream ? Number.POSITIVE_INFINITY : defaultWait),
		interval,
		keepsOpen: keepOpen,
		expected: expect === undefined ? undefined : readExpectation(expect, escapes, codec),
	};
}

/** What was probably meant: an address without its protocol, or with its port apart, as nc takes it. */
function meantWords(words: readonly string[]): string | undefined {
	const isNamed = (protocols as readonly string[]).includes(words[0] ?? '');
	const [host = '', port = '', ...rest] = isNamed ? words.slice(1) : words;
	const protocol = isNamed ? words[0]! : 'tcp';
	const meant = parseAddress(host)
		? [protocol, host, ...[port].filter(Boolean), ...rest]
		: [protocol, host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`, ...rest];
	return parseAddress(meant[1] ?? '') ? `socket-playground send ${shellLine(meant)}` : undefined;
}

/** The messages that were typed; undefined where there are none. */
function messagesOf(
	typed: readonly string[],
	{hex, messages, escapes, ending: endingName = 'none'}: Given<typeof flags>['values'],
	codec: Codec,
): readonly TypedMessage[] | undefined {
	const ending = endingBytes(endingName, codec);
	if (hex) {
		if (messages !== undefined) {
			throw new UsageError(['hexAndMessages']);
		}

		if (typed.length === 0) {
			throw new UsageError(['hexAlone']);
		}

		return [{bytes: Buffer.concat([hexOf('--hex', typed.join(' ')), ending])}];
	}

	return typed.length === 0
		? undefined
		: typed.map(word => {
			if (messages !== undefined && /^@[^@]/.test(word)) {
				return {name: word.slice(1)};
			}

			const message = messages !== undefined && word.startsWith('@@') ? word.slice(1) : word;
			return {bytes: Buffer.concat([bytesIn(codec, '', message, escapes), ending])};
		});
}

/** @param flag - empty for a message. @throws UsageError that names what the encoding cannot write */
function bytesIn(codec: Codec, flag: string, text: string, hasEscapes: boolean): Uint8Array {
	const bytes = hasEscapes ? encodeTyped(text, codec) : codec.encode(text);
	if (bytes instanceof Unwritable) {
		const [, encoding, character] = bytes.fault;
		throw new UsageError(['unwritableAt', encoding, character, bytes.index + 1, flag, text]);
	}

	return bytes;
}

/** @throws UsageError that names the digit without a partner */
function hexOf(flag: string, text: string): Uint8Array {
	const read = readHex(text);
	if ('problem' in read) {
		const {problem, index, at} = read;
		throw new UsageError(['hexDigits', flag, problem, at, index + 1, text]);
	}

	return read.bytes;
}

function readExpectation(value: string, hasEscapes: boolean, codec: Codec): Expectation {
	const [, pattern, letters = ''] = /^\/(.+)\/([imsu]*)$/s.exec(value) ?? [];
	if (pattern !== undefined) {
		try {
			return {type: 'pattern', pattern: new RegExp(pattern, letters)};
		} catch (error) {
			throw new UsageError(['regex', '--expect', asError(error).message]);
		}
	}

	const bytes = value.startsWith('hex:')
		? hexOf('--expect', value.slice(4))
		: bytesIn(codec, '--expect', value, hasEscapes);
	return {type: 'bytes', bytes};
}
