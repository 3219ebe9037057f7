import {serve, type ServeOptions} from '../headless/serve.ts';
import {isItself} from '../engine/scene/relay-pane.ts';
import {type Theme, themes} from '../screen/frame/tones.ts';
import {defaultLimits} from '../sockets/limits.ts';
import {formatAddress, reachableAddress} from '../text/address.ts';
import {defaultRule} from '../replies/reply-rule.ts';
import {asksForLines} from './asks-for-lines.ts';
import {
	headlessFlags, headlessHelp, helpOf, protocols, readAddress, readBinding, readChoice, readDuration, readEncoding, readFraming,
	readGiven, readLanguage, readLimits, readLink, readNumber, readSeed, readSocketOptions, readUntil, sharedFlags,
	wrongValue,
} from './flags.ts';
import {UsageError} from './subcommand.ts';

/** How many peers a UDP relay has sockets for at the same time. */
const mostPeers = 1024;

/** How long a UDP peer may be silent, and its target too, before its socket is closed: in milliseconds. */
const defaultSilence = 60_000;

/** What `relay --help` prints. */
export const help = `
  A relay between two programs, on the screen or as one line for each event on both sides

  Usage
    $ socket-playground relay udp|tcp LISTEN TARGET [options]

  It binds LISTEN (HOST:PORT, :PORT or HOST), passes what arrives there on to TARGET (HOST:PORT),
  and passes the answers back. Each TCP connection, and each UDP peer, has a socket of its own to
  the target. On a terminal it is a pane of the screen, where messages can be held, edited,
  dropped and let go. Into a pipe or a file, and with any of --lines, --json, --quiet, --once,
  --for and --until, it writes a line for each event.

  Options
        --idle TIME            UDP: silence after which a peer's socket is closed  (60s)
        --once                 end when the first connection has ended; in UDP, when the first
                               answer has been passed on
        --for TIME             end after 500ms, 10s, 2m …
        --until count=N        end when N messages have come from clients; with --for, exit
                               code 4 for fewer
        --max-connections N    TCP connections at the same time            (1024)
        --max-peers N          UDP peers at the same time                  (${mostPeers})
        --max-waiting BYTES    bytes that wait for one peer, such as 64KiB (1MiB)
${helpOf.options}
${helpOf.backlog}
${helpOf.framing}
${helpOf.link}
        --link-to-clients CONDITIONS
                               the same for what goes back to clients     (as --link)
${helpOf.seed}
${helpOf.encoding}
${headlessHelp.replace(helpOf.help, `        --lines                write lines instead of opening the screen, on a terminal too
        --clients N            on the screen: clients of the relay opened at the start (0)
        --theme dark|light     on the screen: the background to choose colours for
        --no-mouse             on the screen: leave clicks and the wheel to the terminal
${helpOf.help}`)}

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
	framing: sharedFlags.framing,
	linkToClients: sharedFlags.link,
	lines: {type: 'boolean'},
	clients: {type: 'string'},
	theme: {type: 'string'},
	...headlessFlags,
} as const;

const noMouse = '--no-mouse';

/** The flags that ask for lines: what is written, or when it ends. */
export const lineFlags = ['lines', 'json', 'quiet', 'once', 'for', 'until'];

/** The options of a relay: without a screen, and what else the screen has. */
type RelayCommand = {
	readonly options: ServeOptions;
	readonly screen: {readonly clients: number; readonly theme: Theme | undefined; readonly hasMouse: boolean};
};

/** Pass on until a signal comes, or what was asked for; on the screen until that is closed. */
export async function run(argv: readonly string[]): Promise<number> {
	const isTerminal = process.stdin.isTTY && process.stdout.isTTY;
	const isOnScreen = isTerminal && !asksForLines(argv, lineFlags);
	const {options, screen} = readRelay(argv, process.env, isOnScreen);
	if (!isOnScreen) {
		return serve(options);
	}

	const {protocol, playground} = options;
	const {target, silence} = playground.relay!;
	if (await isItself(playground, target)) {
		throw new UsageError(`the target ${formatAddress(target)} is the relay's own address: it would pass on to itself for ever`);
	}

	// What draws is loaded only where it is asked for.
	const {openPlayground} = await import('./screen.ts');
	const {theme, hasMouse, clients} = screen;
	return openPlayground({
		...playground,
		relay: {target, silence},
		clients,
		protocol,
		words: options.words,
		theme,
		hasMouse,
		printAddress: false,
		messagesFile: undefined,
	});
}

/** `--no-mouse` is no negation of a flag here. */
function words(argv: readonly string[]): readonly string[] {
	return argv.filter(word => word !== noMouse);
}

/** @throws UsageError for a command line that cannot be used */
export function readRelay(
	argv: readonly string[],
	environment: NodeJS.ProcessEnv,
	isOnScreen: boolean,
): RelayCommand {
	const given = readGiven(words(argv), flags);
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

	const [clients, theme] = [text('clients'), text('theme')];
	const hasMouse = !argv.includes(noMouse);
	if (!isOnScreen && (clients !== undefined || theme !== undefined || !hasMouse)) {
		throw new UsageError('--clients, --theme and --no-mouse are for the screen, and here are lines: '
			+ `standard input or output is no terminal, or one of ${lineFlags.map(name => `--${name}`).join(', ')} is given`);
	}

	const binding = readBinding('LISTEN', listen, '127.0.0.1');
	const options: ServeOptions = {
		command: 'relay',
		protocol,
		playground: {
			...binding,
			reply: defaultRule,
			closeAfterReply: false,
			clients: 0,
			relay: {target: reachableAddress(readAddress('TARGET', target)), silence},
			...readSocketOptions(given, protocol, binding.host),
			...readLink(text('link'), text('linkToClients')),
			seed: readSeed(text('seed')),
			...readFraming(text('framing'), text('encoding'), protocol),
			...readEncoding(text('encoding')),
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
	return {
		options,
		screen: {
			clients: readNumber('--clients', clients ?? '0', 0, defaultLimits.clients),
			theme: theme === undefined ? undefined : readChoice<Theme>('--theme', theme, themes),
			hasMouse,
		},
	};
}
