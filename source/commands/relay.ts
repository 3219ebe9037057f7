import {serve, type ServeOptions} from '../headless/serve.ts';
import {isItself} from '../engine/scene/panes/relay-pane.ts';
import {type Theme, themes} from '../screen/frame/tones.ts';
import {defaultLimits} from '../sockets/limits.ts';
import {formatAddress, reachableAddress} from '../text/address.ts';
import {defaultRule} from '../replies/reply-rule.ts';
import {
	headlessFlags, protocols, readLimits, readNetwork, readOutput, shared, sharedFlags, untilFlag,
} from './flags.ts';
import {
	type Flags, helpLines, readGiven, switchFlag, UsageError, valueFlag,
} from './tokens.ts';
import {asksForLines} from './line-flags.ts';
import {
	choiceOf, integerIn, readAddress, readBinding, readLongerTime,
} from './values.ts';

/** How many peers a UDP relay has sockets for at the same time. */
const mostPeers = 1024;

/** How long a UDP peer may be silent, and its target too, before its socket is closed: in milliseconds. */
const defaultSilence = 60_000;

const flags = {
	idle: valueFlag('TIME', 'UDP: silence after which a peer\'s socket is closed  (60s)', {read: readLongerTime}),
	once: switchFlag('end when the first connection has ended; in UDP, when the first\nanswer has been passed on'),
	...shared('for'),
	until: untilFlag('end when N messages have come from clients; with --for, exit\ncode 4 for fewer'),
	...shared('maxConnections'),
	maxPeers: {...sharedFlags.maxPeers, about: `UDP peers at the same time                  (${mostPeers})`},
	...shared('maxWaiting', 'option', 'backlog', 'framing', 'link'),
	linkToClients: {
		...sharedFlags.linkToClients, about: 'the same for what goes back to clients     (as --link)',
	},
	...headlessFlags,
	lines: switchFlag('write lines instead of opening the screen, on a terminal too'),
	clients: valueFlag('N', 'on the screen: clients of the relay opened at the start (0)', {
		read: integerIn(0, defaultLimits.clients),
	}),
	theme: valueFlag(themes.join('|'), 'on the screen: the background to choose colours for', {read: choiceOf(themes)}),
	noMouse: switchFlag('on the screen: leave clicks and the wheel to the terminal'),
	...shared('help'),
} as const satisfies Flags;

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
${helpLines(flags)}

  Examples
    $ socket-playground relay tcp :8080 127.0.0.1:80
    $ socket-playground relay udp :9000 127.0.0.1:9001 --link loss=30% --json
`;

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
		throw new UsageError(['relaysToItself', formatAddress(target)]);
	}

	// What draws is loaded only where it is asked for.
	const {openPlayground} = await import('./open-screen.ts');
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

/** @throws UsageError for a command line that cannot be used */
export function readRelay(
	argv: readonly string[],
	environment: NodeJS.ProcessEnv,
	isOnScreen: boolean,
): RelayCommand {
	const {values, words: [first, listen, target, ...others]} = readGiven(argv, flags);
	const {idle = defaultSilence, clients, theme, noMouse, once} = values;
	const protocol = protocols.find(known => known === first);
	if (protocol === undefined || listen === undefined || target === undefined || others.length > 0) {
		throw new UsageError(['relayWords']);
	}

	if (!isOnScreen && (clients !== undefined || theme !== undefined || noMouse)) {
		throw new UsageError(['forScreen', lineFlags.map(name => `--${name}`)]);
	}

	const binding = readBinding('LISTEN', listen);
	const options: ServeOptions = {
		command: 'relay',
		protocol,
		playground: {
			...binding,
			reply: defaultRule,
			closeAfterReply: false,
			clients: 0,
			relay: {target: reachableAddress(readAddress('TARGET', target)), silence: idle},
			...readNetwork(values, protocol, binding.host),
			limits: {peers: mostPeers, ...readLimits(values), ...(once && protocol === 'tcp' && {connections: 1})},
		},
		...readOutput(values, environment),
		isOnce: once,
		time: values.for,
		count: values.until,
	};
	return {options, screen: {clients: clients ?? 0, theme, hasMouse: !noMouse}};
}
