import type {FlowWords} from '../../../flow/drawing/label.ts';
import {seriesEn} from '../overlays/acts-en.ts';
import {linkEn} from '../overlays/link-en.ts';
import {formatCount, formatExactBytes} from '../values/numbers.ts';
import {seriesSum} from '../values/series-sum.ts';

/** `100 messages, 10/s`, `messages until stopped`. */
function series(count: number | undefined, rate: number | undefined): string {
	const messages
		= count === undefined
			? 'messages until stopped'
			: `${formatCount(count)} ${count === 1 ? 'message' : 'messages'}`;
	return rate === undefined ? messages : `${messages}, ${formatCount(rate)}/s`;
}

/** What the flow diagram says, in English. */
export const flowEn: FlowWords = {
	client: number => `client ${number}`,
	connection: number => `connection ${number}`,
	server: 'server',
	welcoming: 'welcoming',
	relay: 'relay',
	target: address => `target ${address}`,
	connected: 'connected',
	unreachable: 'port unreachable',
	arrives: 'arrives',
	inferred: '~derived',
	lost: '~lost',
	noSocket: 'no socket',
	unseen: {
		udp: 'K: the kernel, untimed · unseen, not drawn: fragments of a datagram',
		tcp: 'K: the kernel, untimed · not drawn: ACKs of data, retransmissions, urgent data',
	},
	steps: {
		'socket-bound': () => ['bound'],
		'peer-set': () => ['connect()'],
		'listening-started': () => ['listening', undefined, 'listen()'],
		'socket-closed': bytes => bytes > 0 ? ['closed', `${formatExactBytes(bytes)} dropped`] : ['closed'],
		'backpressure-started': bytes => ['paused', `${formatExactBytes(bytes)} waiting`],
		'backpressure-ended': () => ['resumed'],
		'send-refused': bytes => [`send() ${formatCount(bytes)} B`],
		'reading-stopped': () => ['reading stopped'],
		'reading-resumed': () => ['reading resumed'],
		'message-held': bytes => bytes > 0 ? ['held', formatExactBytes(bytes)] : ['held'],
		'held-edited': bytes => ['edited by hand', `now ${formatExactBytes(bytes)}`],
		'held-released': () => ['let go'],
		'held-dropped': bytes => bytes > 0 ? ['held, dropped', formatExactBytes(bytes)] : ['held, dropped'],
		'link-changed': () => ['simulated link'],
		'loss-ordered': () => ['simulated link', 'loses the next datagram'],
		'series-started': () => ['series'],
		'series-ended': () => ['series ended'],
	},
	limit: connections => `limit ${formatCount(connections)}`,
	peer: address => `peer ${address}`,
	write: (number, first, last) => `write ${number}, ${first === last ? `byte ${first}` : `bytes ${first}–${last}`}`,
	writes: names => `writes ${names}`,
	messages: (first, last) => first === last ? `message ${formatCount(first)}` : `messages ${formatCount(first)}–${formatCount(last)}`,
	series,
	report: report => seriesSum(report, seriesEn.sum),
	took: (seconds, isAtLeast) => `in ${seconds}${isAtLeast ? '+' : ''} s`,
	olderLeftOut: '… older steps are not in this file',
	link: {
		...linkEn,
		shortLosses: ['lost by the link', 'lost by link', 'by link'],
		shortDiscards: ['never left the link', 'closed'],
		shortRefused: 'not taken',
		copy: number => `${number === 1 ? '1st' : '2nd'} copy`,
		overtaken: 'reordered',
		name: 'the link',
	},
};
