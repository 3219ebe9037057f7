import {serve, type ServeOptions} from '../headless/serve.ts';
import {defaultRule} from '../replies/reply-rule.ts';
import {
	headlessFlags, protocols, readLimits, readNetwork, readOutput, shared, untilFlag,
} from './flags.ts';
import {checkRules} from './named-files.ts';
import {
	type Flags, helpLines, readGiven, switchFlag, UsageError,
} from './tokens.ts';

const flags = {
	...shared('host', 'port', 'reply', 'closeAfterReply', 'framing'),
	once: switchFlag('end when the first connection has ended; in UDP, when the first\ndatagram has been answered'),
	...shared('for'),
	until: untilFlag('end when N messages have been received; with --for, exit code 4\nfor fewer'),
	...shared('maxConnections', 'maxPeers', 'maxWaiting', 'option', 'backlog', 'link', 'linkToClients'),
	...headlessFlags,
	...shared('help'),
} as const satisfies Flags;

export const help = `
  A server without a screen: a line for each event

  Usage
    $ socket-playground serve udp|tcp [options]

  Options
${helpLines(flags)}

  Examples
    $ socket-playground serve tcp --reply echo --port 9000
    $ socket-playground serve udp --port 0 --until count=10 --for 10s --json
`;

/** Serve until a signal comes, or what was asked for. */
export async function run(argv: readonly string[]): Promise<number> {
	const options = readServe(argv, process.env);
	await checkRules(options.playground);
	return serve(options);
}

/** @throws UsageError for a command line that cannot be used */
export function readServe(argv: readonly string[], environment: NodeJS.ProcessEnv): ServeOptions {
	const {values, words: [first, ...others]} = readGiven(argv, flags);
	const protocol = protocols.find(known => known === first);
	if (protocol === undefined || others.length > 0) {
		const [word = '', port] = [first, ...others].filter(given => given !== protocol);
		const isPort = /^\d{1,5}$/.test(word) && port === undefined;
		const meant = `socket-playground serve ${protocol ?? 'tcp'} --port ${word}`;
		throw new UsageError(['serveWords', isPort ? meant : '']);
	}

	const {host = '127.0.0.1', port = 12_000, reply = {reply: defaultRule}, closeAfterReply, once} = values;
	return {
		command: 'serve',
		protocol,
		playground: {
			host,
			port,
			...reply,
			closeAfterReply,
			clients: 0,
			...readNetwork(values, protocol, host),
			limits: {...readLimits(values), ...(once && protocol === 'tcp' && {connections: 1})},
		},
		...readOutput(values, environment),
		isOnce: once,
		time: values.for,
		count: values.until,
	};
}
