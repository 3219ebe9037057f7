import {serve, type ServeOptions} from '../headless/serve.ts';
import {
	checkRules, headlessFlags, headlessHelp, helpOf, protocols, readDuration, readEncoding, readFraming,
	readGiven, readHost, readLanguage, readLimits, readLink, readPort, readRule, readSeed, readSocketOptions,
	readUntil, sharedFlags,
} from './flags.ts';
import {UsageError} from './subcommand.ts';

/** What `serve --help` prints. */
export const help = `
  A server without a screen: a line for each event

  Usage
    $ socket-playground serve udp|tcp [options]

  Options
${helpOf.host}
${helpOf.port}
${helpOf.reply}
${helpOf.closeAfterReply}
${helpOf.framing}
        --once                 end when the first connection has ended; in UDP, when the first
                               datagram has been answered
        --for TIME             end after 500ms, 10s, 2m …
        --until count=N        end when N messages have been received; with --for, exit code 4
                               for fewer
${helpOf.limits}
${helpOf.options}
${helpOf.backlog}
${helpOf.link}
${helpOf.linkToClients}
${helpOf.seed}
${helpOf.encoding}
${headlessHelp}

  Examples
    $ socket-playground serve tcp --reply echo --port 9000
    $ socket-playground serve udp --port 0 --until count=10 --for 10s --json
`;

const flags = {
	host: sharedFlags.host,
	port: sharedFlags.port,
	reply: sharedFlags.reply,
	closeAfterReply: sharedFlags.closeAfterReply,
	framing: sharedFlags.framing,
	once: {type: 'boolean'},
	for: {type: 'string'},
	until: {type: 'string'},
	linkToClients: {type: 'string'},
	maxConnections: {type: 'string'},
	maxPeers: {type: 'string'},
	maxWaiting: {type: 'string'},
	option: sharedFlags.option,
	backlog: sharedFlags.backlog,
	...headlessFlags,
} as const;

/** Serve until a signal comes, or what was asked for. */
export async function run(argv: readonly string[]): Promise<number> {
	const options = readServe(argv, process.env);
	await checkRules(options.playground);
	return serve(options);
}

/** @throws UsageError for a command line that cannot be used */
export function readServe(argv: readonly string[], environment: NodeJS.ProcessEnv): ServeOptions {
	const given = readGiven(argv, flags);
	const {text, has, words: [first, ...others]} = given;
	const protocol = protocols.find(known => known === first);
	if (protocol === undefined || others.length > 0) {
		const [word = '', port] = [first, ...others].filter(given => given !== protocol);
		const isPort = /^\d{1,5}$/.test(word) && port === undefined;
		const meant = `; perhaps: socket-playground serve ${protocol ?? 'tcp'} --port ${word}`;
		throw new UsageError(`serve takes udp or tcp, and options, and no other words${isPort ? meant : ''}`);
	}

	const [time, until] = [text('for'), text('until')];
	const host = readHost(text('host') ?? '127.0.0.1');
	return {
		command: 'serve',
		protocol,
		playground: {
			host,
			port: readPort(text('port')),
			...readRule(text('reply')),
			closeAfterReply: has('closeAfterReply'),
			...readFraming(text('framing'), text('encoding'), protocol),
			clients: 0,
			...readSocketOptions(given, protocol, host),
			...readLink(text('link'), text('linkToClients')),
			seed: readSeed(text('seed')),
			...readEncoding(text('encoding')),
			limits: {...readLimits(given), ...(has('once') && protocol === 'tcp' && {connections: 1})},
		},
		isJson: has('json'),
		isQuiet: has('quiet'),
		words: readLanguage(text('lang'), environment),
		isOnce: has('once'),
		time: time === undefined ? undefined : readDuration('--for', time),
		count: until === undefined ? undefined : readUntil(until),
	};
}
