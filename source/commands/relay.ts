import {serve, type ServeOptions} from '../headless/serve.ts';
import {reachableAddress} from '../text/address.ts';
import {defaultRule} from '../replies/reply-rule.ts';
import {
	headlessFlags, headlessHelp, helpOf, protocols, readAddress, readBinding, readDuration, readGiven, readLanguage,
	readLimits, readLink, readSeed, readSocketOptions, readUntil, sharedFlags, wrongValue,
} from './flags.ts';
import {UsageError} from './subcommand.ts';

/** How many peers a UDP relay has sockets for at the same time. */
const mostPeers = 1024;

/** How long a UDP peer may be silent, and its target too, before its socket is closed: in milliseconds. */
const defaultSilence = 60_000;

/** What `relay --help` prints. */
export const help = `
  A relay between two programs: a line for each event, on both sides of it

  Usage
    $ socket-playground relay udp|tcp LISTEN TARGET [options]

  It binds LISTEN (HOST:PORT, :PORT or HOST), and passes on to TARGET (HOST:PORT) what comes
  there, and back what is answered. Each TCP connection, and each UDP peer, has a socket of its
  own to the target.

  Options
        --idle TIME            UDP: silence after which a peer's socket is closed  (60s)
        --once                 end when the first connection has ended; in UDP, when the first
                               answer has been passed on
        --for TIME             end after 500ms, 10s, 2m …
        --until count=N        end when N messages came from clients; with --for, code 4 where
                               they did not
        --max-connections N    TCP connections at the same time            (1024)
        --max-peers N          UDP peers at the same time                  (${mostPeers})
        --max-waiting BYTES    bytes that wait for one peer, such as 64KiB (1MiB)
${helpOf.options}
${helpOf.backlog}
${helpOf.link}
        --link-to-clients CONDITIONS
                               the same for what goes back to clients     (as --link)
${helpOf.seed}
${headlessHelp}

  Examples
    $ socket-playground relay tcp :8080 127.0.0.1:80
    $ socket-playground relay udp :9000 127.0.0.1:9001 --link loss=30% --seed 7 --json
`;

const flags = {
	idle: {type: 'string'},
	once: {type: 'boolean'},
	for: {type: 'string'},
	until: {type: 'string'},
	maxConnections: {type: 'string'},
	maxPeers: {type: 'string'},
	maxWaiting: {type: 'string'},
	option: sharedFlags.option,
	backlog: sharedFlags.backlog,
	linkToClients: sharedFlags.link,
	...headlessFlags,
} as const;

/** Pass on until a signal comes, or what was asked for. */
export async function run(argv: readonly string[]): Promise<number> {
	return serve(readRelay(argv, process.env));
}

/** @throws UsageError for a command line that cannot be used */
export function readRelay(argv: readonly string[], environment: NodeJS.ProcessEnv): ServeOptions {
	const given = readGiven(argv, flags);
	const {text, has, words: [first, listen, target, ...others]} = given;
	const protocol = protocols.find(known => known === first);
	if (protocol === undefined || listen === undefined || target === undefined || others.length > 0) {
		throw new UsageError('relay takes udp or tcp, an address to listen at and the address of its target, such as: relay tcp :8080 127.0.0.1:80');
	}

	const [time, until, idle] = [text('for'), text('until'), text('idle')];
	const silence = idle === undefined ? defaultSilence : readDuration('--idle', idle);
	if (silence === 0) {
		throw wrongValue('--idle', 'a time with its unit, such as 500ms, 10s or 2m', idle ?? '');
	}

	return {
		command: 'relay',
		protocol,
		playground: {
			...readBinding('LISTEN', listen, '127.0.0.1'),
			reply: defaultRule,
			closeAfterReply: false,
			clients: 0,
			relay: {target: reachableAddress(readAddress('TARGET', target)), silence},
			...readSocketOptions(given, protocol),
			...readLink(text('link'), text('linkToClients')),
			seed: readSeed(text('seed')),
			limits: {
				peers: mostPeers, ...readLimits(given), ...(has('once') && protocol === 'tcp' && {connections: 1}),
			},
		},
		isJson: has('json'),
		isQuiet: has('quiet'),
		words: readLanguage(text('lang'), environment),
		isOnce: has('once'),
		time: time === undefined ? undefined : readDuration('--for', time),
		count: until === undefined ? undefined : readUntil(until),
	};
}
