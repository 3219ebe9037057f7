import type {Protocol} from '../../../log/event.ts';
import {
	allowedValues, type ConditionKind, type ConditionName, conditionsFault, type ConditionsProblem,
} from '../../../link/conditions-problem.ts';
import {allowedText} from '../../../text/files/allowed.ts';
import {faultText} from '../../../text/files/file-problem.ts';
import type {PresetName} from '../../../link/presets.ts';
import type {LinkColumn, LinkRow} from '../../overlays/link/link-rows.ts';
import type {LossCause} from '../../../log/delivery/link-fate.ts';
import {shortDuration} from '../../../text/quantities.ts';
import {formatCount, formatExactBytes} from '../values/numbers.ts';

const rows: Readonly<Record<LinkRow, string>> = {
	preset: 'preset',
	loss: 'loss',
	delay: 'delay',
	jitter: 'jitter',
	duplication: 'duplication',
	reordering: 'reordering',
	corruption: 'corruption',
	rate: 'rate',
	queue: 'queue',
	slice: 'slice',
	pause: 'pause',
	stall: 'stall',
	next: 'lose the next one',
};

const columns: Readonly<Record<LinkColumn, string>> = {
	'to-server': 'clients → server', 'to-clients': 'server → clients', both: 'both ways',
};

/** The same on a relay, whose own sockets alone have a link. */
const ofRelay: Readonly<Record<LinkColumn, string>> = {
	'to-server': 'relay → target', 'to-clients': 'relay → clients', both: 'both ways',
};

const presets: Readonly<Record<PresetName, string>> = {
	perfect: 'does nothing',
	pinger: 'the textbook\'s UDP pinger lab, 30 % of the requests are lost',
	wifi: 'a busy wireless network',
	mobile: 'a phone that moves',
	satellite: 'one way over a geostationary satellite',
	lossy: '30 % lost and 100 ms, each way',
	hostile: 'everything that can go wrong, often',
};

/** What each condition does to datagrams, and what to watch in the panes. */
const datagrams: Readonly<Partial<Record<Exclude<LinkRow, 'preset'>, string>>> = {
	loss: 'The share that is lost. Watch: "lost by the link" at the sender, no row at the receiver, no error.',
	delay: 'How long a datagram takes. Watch: +ms at the sender, the later row at the receiver, rtt.',
	jitter: 'How much the delay varies, up and down. Watch: the order of arrival. Without a delay it does nothing.',
	duplication: 'The share that arrives twice. Watch: "2 copies" at the sender, two rows at the receiver.',
	reordering: 'The share that is delayed by 500 ms, so that later ones arrive first. Watch the receiver\'s order.',
	corruption: 'The share with one byte changed. The checksum is made after that: no socket notices.',
	rate: 'Bytes per second, shared by all sockets. Faster data waits in the queue. Watch: +ms grows.',
	queue: 'Bytes that may wait for the rate. A datagram that would overflow it is lost: "link queue full".',
	next: 'Exactly the next datagram in this direction is lost. Watch: "as ordered" at its sender.',
};

/** The same for a byte stream. */
const streams: Readonly<Partial<Record<Exclude<LinkRow, 'preset'>, string>>> = {
	...datagrams,
	delay: 'How long each segment takes. Watch: "on the link" at the writer, the later read, rtt.',
	jitter: 'How much the delay varies, up and down. Bytes stay in order: early ones wait for late ones.',
	rate: 'Bytes per second, shared by all connections. Nothing is lost: faster data waits at the writer.',
	slice: 'Writes are cut into segments of this size. With a pause, one write becomes several reads.',
	pause: 'How long the link rests after each segment. Without it reads may join segments. Needs a slice.',
	stall: 'Nothing moves: no byte, no FIN. Switched off, all waiting data arrives. Watch: "on the link".',
};

/** What the link panel says, in English. */
const linkPanelEn = {
	title: 'SIMULATED LINK',
	about: (protocol: Protocol, isLaboratory: boolean, isRelay: boolean) =>
		`${isLaboratory ? 'laboratory, ' : ''}for what ${isRelay ? 'the relay' : 'this program'}'s ${protocol.toUpperCase()} sockets send`,
	seed: (seed: number) => `seed ${seed}`,
	rows,
	columns,
	ofRelay,
	custom: 'custom',
	nextOrdered: 'ordered',
	nothing: '—',
	onTheLink: 'on the link now',
	presets,
	presetIs: (name: string, about: string) => `${name}: ${about}.`,
	overTcp: (conditions: string) => conditions === 'perfect' ? 'over TCP nothing' : `over TCP only ${conditions}`,
	presetHow: 'p is the next one; Enter takes a name, or name=value,name=value …',
	explained: (protocol: Protocol, row: Exclude<LinkRow, 'preset'>) =>
		(protocol === 'udp' ? datagrams : streams)[row] ?? '',
	whyNoLoss: 'TCP bytes cannot be dropped here: loss below TCP shows up as delay.',
	notSimulated: 'Not delayed: connecting, close() (it drops what is on the link). A half-close is.',
	notOurs: 'The server is another program: server → clients does nothing.',
	noDatagrams: 'TCP has no datagrams to lose.',
	changing: (row: LinkRow, column: string) => `${row === 'preset' ? 'link' : rows[row]}, ${column}:`,
	allowed: (name: ConditionName, kind: ConditionKind) => `${name} takes ${allowedText(allowedValues[kind])}.`,
	hint: 'Esc cancels',
	problem: (problem: ConditionsProblem) => faultText(conditionsFault(problem)),
	newSeed: 'seed:',
	allowedSeed: 'The seed decides all random choices of every scene: a whole number from 0 to 4294967295.',
	wrongSeed: 'a whole number from 0 to 4294967295',
	keys: {
		row: 'row',
		column: 'direction',
		change: 'change',
		step: 'step',
		preset: 'preset',
		perfect: 'perfect',
		loseNext: 'lose next',
		seed: 'seed',
		randomSeed: 'random seed',
	},
	header: {
		perfect: (name: string) => `link: ${name}`,
		simulated: (names: string) => `simulated link: ${names}`,
		short: (names: string) => `sim. link: ${names}`,
		shortest: 'sim. link',
		losesNext: 'loses next',
	},
};

const losses: Readonly<Record<LossCause, string>> = {
	loss: 'lost by the link',
	queue: 'lost: link queue full',
	next: 'lost by the link, as ordered',
	full: 'lost: link limit reached',
};

/** What is said of the simulated link, in English. */
export const linkEn = {
	losses,
	shortLoss: 'lost (link)',
	by: (what: string) => `link: ${what}`,
	later: (milliseconds: number) => `+${shortDuration(milliseconds)}`,
	copies: (count: number) => `${formatCount(count)} copies`,
	copyOf: (write: string, copy: number) => `${write} (${copy === 1 ? '1st' : '2nd'} copy)`,
	corrupted: (at: number) => `byte ${formatCount(at + 1)} changed`,
	corruptedCopy: (at: number, copy: number) => `byte ${formatCount(at + 1)} of copy ${copy} changed`,
	heldBack: 'held back',
	overtakenBy: (write: number) => `arrived after write ${formatCount(write)}`,
	segments: (count: number) => `in ${formatCount(count)} segments`,
	onTheLink: (bytes: number) => `${formatExactBytes(bytes)} on the link`,
	stillThere: 'on the link',
	discarded: 'never left the link: closed',
	shortDiscarded: 'never left the link',
	refused: 'refused by the OS',
	ofCopies: (count: number, of: number, what: string) => `${count} of ${of} copies ${what}`,
	shortOfCopies: (count: number, of: number, what: string) => `${count} of ${of} ${what}`,
	ofBytes: (bytes: number, what: string) => `${formatExactBytes(bytes)} ${what}`,
	panel: linkPanelEn,
};
