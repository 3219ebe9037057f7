import type {ActName, SeriesKind} from '../../overlays/modes.ts';
import type {SeriesProblem} from '../../overlays/acts/series-of.ts';
import {
	formatBytes, formatCount, formatElapsed, formatRate,
} from '../values/numbers.ts';
import {seriesSum, type SumWords} from '../values/series-sum.ts';
import type {SeriesReport} from '../../../log/reports.ts';

type Entry = {readonly label: string; readonly what: string};

/** What each entry does, and what to watch then. */
const entries: Readonly<Record<ActName | 'read-again' | 'forbid-broadcast', Entry>> = {
	reset: {
		label: 'reset (RST)',
		what: 'Ends the connection with RST instead of FIN: unsent data is dropped, the other end\'s next read fails (ECONNRESET).',
	},
	'half-close': {
		label: 'half-close (FIN)',
		what: 'Sends FIN: writing ends here, reading goes on. A server of the playground that gets it closes, too, except with the rule manual.',
	},
	reading: {
		label: 'stop reading',
		what: 'Stops reading: data fills the buffers here, then the sender\'s. Watch the bytes queued there; Esc 4: the queues.',
	},
	'read-again': {
		label: 'read again',
		what: 'Reads again: the queued data comes in a few large reads, and the sender goes on.',
	},
	'split-character': {
		label: 'split a character',
		what: 'Two sends 0.2 s apart, the first ends inside a character of several bytes. Watch what each read shows of it.',
	},
	'two-writes': {
		label: 'two writes',
		what: 'The text in two halves, one right after the other. TCP may read them as one; in UDP they stay two datagrams.',
	},
	'two-writes-pause': {
		label: 'two writes, pause',
		what: 'The same 0.2 s apart: most likely two reads now. TCP promises neither.',
	},
	burst: {
		label: 'burst',
		what: 'Messages at a rate, each counted: sent = answered + lost + failed + waiting. The count is asked next.',
	},
	repeat: {label: 'repeat', what: 'A message at an interval, until Esc b s stops it. The interval is asked next.'},
	load: {
		label: 'load',
		what: 'Up to a million messages as fast as possible: watch throughput, losses and round trips. The count is asked next.',
	},
	report: {label: 'report', what: 'The last series of messages, every figure.'},
	broadcast: {
		label: 'allow broadcast',
		what: 'setsockopt(SO_BROADCAST, 1): without it a send to a broadcast address, such as 255.255.255.255, fails with EACCES.',
	},
	'forbid-broadcast': {
		label: 'forbid broadcast',
		what: 'setsockopt(SO_BROADCAST, 0): a send to a broadcast address fails with EACCES again.',
	},
};

const kinds: Readonly<Record<SeriesKind, string>> = {burst: 'burst', repeat: 'repeat', load: 'load'};

const problems: Readonly<Record<SeriesProblem, string>> = {
	form: '✗ a count or a pace first: 1000, 1000 at 50/s, every 1s',
	count: '✗ from 1 to 1,000,000 messages',
	rate: '✗ at 0.001/s to 1000000/s, such as: 100 at 10/s',
	interval: '✗ every 1ms to 1h, such as: every 250ms',
};

/** What is said of the acts on one socket and of series of messages, in English. */
export const actsEn = {
	entries,
	title: 'TRY ON THIS SOCKET',
	ofConnection: (number: number) => `connection ${number}`,
	ofServer: 'the server',
	usesLine: 'Sends the text in the line.',
	usesSample: (sample: string) => `Nothing is typed in the line: sends the sample “${sample}”.`,
	sampleSent: (sample: string) => `the line was empty: the sample “${sample}” goes instead`,
	reasons: {
		udp: {
			reset: 'UDP has no connection: there is nothing to reset.',
			'half-close': 'UDP has no connection: there is no FIN to send.',
			reading: 'UDP does not throttle the sender: unread datagrams are dropped when the receive buffer is full.',
		},
		noBroadcast: 'TCP connects to one peer: only UDP has broadcast.',
		noSocketYet: 'There is no socket yet: the first send makes it. Send something first.',
		oneSocketForAll: 'The UDP server has one socket for all, and no connection: Tab goes to a client.',
		chooseConnection: 'No connection is chosen: Left and Right choose one.',
		seriesFromClients: 'Series of messages are sent by a client: Tab goes to one.',
		closedTcp: 'No connection is open here: Esc o connects.',
		closedUdp: 'The socket is closed: Esc o opens a new one.',
		connecting: 'It is still connecting.',
		finSent: 'This socket has sent its FIN: writing has ended.',
		seriesRunning: 'A series of messages is being sent from here: 0 shows it, s stops it there.',
		noReport: 'No series of messages has been sent from here yet.',
	},
	hints: {
		move: 'choose',
		doIt: 'do it',
		back: 'back',
		stop: 'stop the series',
		acts: 'acts on this socket',
		otherConnection: 'other connection',
	},
	prompt: {
		label: (client: number, kind: SeriesKind) => `client ${client}, ${kinds[kind]}:`,
		hints: {
			burst: 'just Enter: 100 at 50/s · or 99 at 5/s hello · Esc cancels',
			repeat: 'just Enter: every 1s · or every 250ms hello · Esc cancels',
			load: 'just Enter: 20000 · or 1000000 hello · Esc cancels',
		} satisfies Record<SeriesKind, string> as Readonly<Record<SeriesKind, string>>,
		problems,
	},
	status: {
		notReading: 'reading stopped: received data waits in the kernel · Esc b 3 reads again',
		notReadingTight: 'reading stopped · Esc b 3 reads again',
		connectionNotReading: 'not reading: Esc b 3',
		connectionNotReadingTight: 'not reading',
		of: (sent: number, wanted: number) => `${formatCount(sent)} of ${formatCount(wanted)} sent`,
		untilStopped: (sent: number) => `${formatCount(sent)} sent, until stopped`,
		rate: (rate: number) => `${formatRate(rate)}/s`,
		stop: 'Esc b s stops',
	},
	report: {
		title: 'SERIES',
		of: (client: number, series: string) => `client ${client}: ${series}`,
		running: 'under way',
		afterStop: 'Answers after the stop are not counted; the rows show them.',
		percent: (percent: number) => `${percent} %`,
		timing: 'round trip',
		noTiming: 'nothing timed',
		times: ({
			median,
			p90,
			p99,
			most,
		}: {
			readonly median: number;
			readonly p90: number;
			readonly p99: number;
			readonly most: number;
		}) =>
			`median ${formatElapsed(median)} · p90 ${formatElapsed(p90)} · p99 ${formatElapsed(p99)} · longest ${formatElapsed(most)}`,
		disorder: {answers: 'of the answers', arrivals: 'of those read'},
		late: (count: number) => `${formatCount(count)} late (over 1 s)`,
		outOfOrder: (count: number) => `${formatCount(count)} out of order`,
		duplicates: (count: number) => `${formatCount(count)} duplicate${count === 1 ? '' : 's'}`,
		throughput: {sent: 'sent', answers: 'answered', arrivals: 'read'},
		noThroughput: 'too few, or too short, for a rate',
		flow: (rate: number, bytes: number) => `${formatRate(rate)}/s, ${formatBytes(Math.round(bytes))}/s`,
		within: (bytes: number, milliseconds: number) => `${formatBytes(bytes)} in ${formatElapsed(milliseconds)}`,
	},
};

const sum: SumWords = {
	sent: ['sent', 'sent'],
	answered: ['answered', 'answered'],
	read: ['read by the server', 'read'],
	lostByLink: ['lost by the link', 'link'],
	droppedByKernel: ['dropped by the kernel', 'kernel'],
	failed: ['failed', 'failed'],
	waiting: ['waiting', 'waiting'],
};

const ends: Readonly<Record<SeriesReport['end'], string>> = {
	done: 'done',
	stopped: 'stopped',
	'client-closed': 'the socket was closed',
};

/** How fast a series goes. */
function pace(rate: number | undefined): string {
	if (rate === undefined) {
		return 'as fast as possible';
	}

	return rate >= 1 ? `${formatRate(rate, 6)} a second` : `one every ${formatRate(1 / rate, 6)} s`;
}

/** How many messages a series has, and how fast it goes. */
function plan(count: number | undefined, rate: number | undefined): string {
	return `${count === undefined ? 'messages until stopped' : `${formatCount(count)} message${count === 1 ? '' : 's'}`}, ${pace(rate)}`;
}

/** What is said of a series of messages, in English. */
export const seriesEn = {
	sum,
	ends,
	plan,
	started: (count: number | undefined, rate: number | undefined) => `series begins: ${plan(count, rate)}`,
	ended: (report: SeriesReport) =>
		`series ends (${ends[report.end]}): ${seriesSum(report, sum)} · Esc b shows all of it`,
};
