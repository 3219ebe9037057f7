import type {LinkDirection} from '../../../link/random.ts';
import {formatBytes, formatCount, formatElapsed} from '../values/numbers.ts';

/** What is told of a held message: its number, its bytes, how long it was held, and what else its event says. */
export type HeldValues = {
	readonly peer: string;
	readonly held: number;
	readonly length: number;
	readonly before: number | undefined;
	readonly after: number;
	readonly end: 'fin' | 'reset' | undefined;
	readonly cause: string | undefined;
	readonly isPaused: boolean;
	readonly isResumed: boolean;
	readonly isStream: boolean;
};

/** Which directions are held. */
export type Holding = 'none' | 'both' | LinkDirection;

/** In a word, which directions a relay holds. */
export function holdingOf(directions: readonly LinkDirection[]): Holding {
	return directions.length > 1 ? 'both' : directions[0] ?? 'none';
}

/** A held message by its number among those: with a framing, its number in its stream is another. */
export function what({end, held}: Pick<HeldValues, 'end' | 'held'>): string {
	return end === undefined ? `#${formatCount(held)}` : (end === 'fin' ? 'FIN' : 'RST');
}

/** What a relay on the screen says, in English. */
export const relayEn = {
	events: {
		held: (values: HeldValues): string => values.end === undefined
			? `${what(values)} held: ${formatBytes(values.length)} from ${values.peer}${values.isPaused ? ' · reading paused until there is room' : ''}`
			: `${what(values)} from ${values.peer} waits behind what is held`,
		edited: (values: HeldValues): string =>
			`${what(values)} edited by hand: from ${formatBytes(values.before ?? 0)} to ${formatBytes(values.length)}${values.isStream ? ' · the stream is changed' : ''}`,
		released(values: HeldValues): string {
			const {before, length, after, cause, isResumed} = values;
			const edited = before === undefined ? '' : ` as edited (${formatBytes(before)} to ${formatBytes(length)})`;
			const why = cause === 'off' ? ': holding has ended' : (cause === 'full' ? ': too many are held' : '');
			return `${what(values)} let go${edited} after ${formatElapsed(after)}${why}${isResumed ? ' · reading again' : ''}`;
		},
		dropped(values: HeldValues): string {
			const {length, after, cause, isStream, isResumed, end} = values;
			const resumed = isResumed ? ' · reading again' : '';
			if (cause === 'closed') {
				const bytes = end === undefined ? `: ${formatBytes(length)}` : '';
				return `${what(values)} dropped after ${formatElapsed(after)}${bytes}, the socket that it was for is closed${resumed}`;
			}

			const lost = isStream ? `${formatBytes(length)} are missing from the stream` : formatBytes(length);
			return `${what(values)} dropped by hand after ${formatElapsed(after)}: ${lost}${resumed}`;
		},
	},
	title: 'RELAY',
	header: 'relay',
	around: 'the relay',
	target: 'target',
	noSocket: 'no socket',
	/** In the header, where a server's reply rule stands. */
	to: (target: string) => `to ${target}`,
	/** A row's way where there is room: from whom, or to whom. */
	ways: {
		fromClient: (client: string) => `${client} → relay`,
		toClient: (client: string) => `relay → ${client}`,
		fromTarget: (target: string) => `${target} → relay`,
		toTarget: (target: string) => `relay → ${target}`,
	},
	noPeers: 'no client yet · each gets a socket of its own to the target',
	noConnections: 'no connection yet · each gets one of its own to the target',
	noConnectionsNow: 'no connection now · each gets one of its own to the target',
	stopped: 'stopped · Esc o opens it',
	sockets: 'each client has a socket of its own to the target: the OS chose its port',
	/** The state of what is held, in the pane: which way, and how many. */
	holding: {
		none: 'passes everything on · Esc k holds messages',
		both: 'holds both ways',
		'to-server': 'holds what goes to the target',
		'to-clients': 'holds what goes to the clients',
	} satisfies Record<Holding, string>,
	held: (count: number, bytes: number) => `${formatCount(count)} held · ${formatBytes(bytes)}`,
	/** Of what is held, what came from clients whose connections are closed. */
	heldOfClosed: (count: number) => `${formatCount(count)} of closed clients`,
	heldShort: (count: number) => `${formatCount(count)} HELD`,
	heldOfLeg: (toTarget: number, toClients: number) => [
		...(toTarget > 0 ? [`║${formatCount(toTarget)} → target`] : []),
		...(toClients > 0 ? [`║${formatCount(toClients)} → client`] : []),
	].join(' '),
	/** Bytes of a message whose rest has not come, with which it is held. */
	kept: (bytes: number) => `${formatBytes(bytes)} of a message await the rest`,
	notRead: 'not read: too much is held',
	openList: 'Esc r shows them',
	line: 'a relay sends only what it gets',
	lineHeld: 'Enter or Esc r: the held messages',
	notHere: (letter: string) => `'${letter}' does nothing in a relay's pane: it sends only what it gets`,
	noProgram: 'a relay is no program of a few lines: this view is for servers and clients',
	keys: {
		open: 'open relay',
		stop: 'stop relay',
		hold: {
			none: 'hold both ways',
			both: 'hold only to the target',
			'to-server': 'hold only to the clients',
			'to-clients': 'stop holding',
		} satisfies Record<Holding, string>,
		list: 'held messages',
	},
	list: {
		title: 'HELD MESSAGES',
		count: (from: number, to: number, of: number) => `${formatCount(from)}–${formatCount(to)} of ${formatCount(of)}`,
		nothing: 'nothing is held',
		nothingYet: 'nothing is held: Esc k begins to hold',
		toTarget: (client: string) => `${client} → target`,
		toClient: (client: string) => `target → ${client}`,
		fin: 'FIN, behind the bytes before it',
		reset: 'RST, behind the bytes before it',
		edited: (before: number) => `edited, was ${formatBytes(before)}`,
		/** What is asked for once more, of a message by its number. */
		dropping: (number: number) => `drop #${formatCount(number)}`,
		releasing: (count: number) => `let all ${formatCount(count)} go`,
		undoing: (number: number) => `let #${formatCount(number)} go without the edit`,
		endsAreNotEdited: 'the end of a stream cannot be edited or dropped: it goes on behind its bytes',
		wrongSize: (length: number, {least, most}: {readonly least: number; readonly most: number}) => length < least
			? 'no byte is left: Esc, and x drops it'
			: `${formatBytes(length)}: a message that is edited has ${formatBytes(most)} at most`,
		hints: {
			move: 'choose',
			edit: 'edit',
			release: 'let go',
			original: 'as it was',
			all: 'all',
			drop: 'drop',
		},
		edit: {
			label: (number: number, isHex: boolean) => `#${formatCount(number)}, ${isHex ? 'hex' : 'text'}:`,
			hint: (bytes: string) => `${bytes} · Enter keeps it · Tab text/hex · Esc leaves it`,
			noText: 'these bytes cannot be typed as text: hex only',
			notTaken: (problem: string) => problem.replace(/^not sent: /, ''),
		},
	},
};
