import test from 'ava';
import {DatagramLedger} from '../../soak/datagram-ledger.ts';
import {fateProblems, LinkLedger} from '../../soak/link-ledger.ts';
import {MemorySamples, parseRows} from '../../soak/process-watch.ts';
import {readSettings} from '../../soak/settings.ts';
import {StreamLedger} from '../../soak/stream-ledger.ts';
import {numberProblems, PaneTallies, seriesProblems} from '../../soak/view-problems.ts';
import type {EventEntry} from '../../source/log/amendment.ts';
import type {EventBody} from '../../source/log/event.ts';
import type {SeriesReport} from '../../source/log/reports.ts';
import type {Arrival, DatagramLinkFate} from '../../source/log/delivery/link-fate.ts';

const client = {host: '127.0.0.1', port: 50_001};
const server = {host: '127.0.0.1', port: 12_000};
const noBytes = new Uint8Array();

/** The server has pane 1, the client pane 2. Unless it is given, the far socket's track is its pane. */
function entry(
	pane: number,
	eventBody: EventBody,
	{sequence = 0, trackId = pane, farTrackId = 3 - pane} = {},
): EventEntry {
	const event = {
		...eventBody, pane, socket: 0, sequence, time: 0,
	};
	return {
		type: 'event', event, trackId, farTrackId, isRepeat: false,
	};
}

function sent(sequence: number, number: number, fate?: DatagramLinkFate, trackId = 2): EventEntry {
	return entry(2, {
		type: 'datagram-sent', peer: server, length: 5, bytes: noBytes, number, far: {pane: 1, socket: 0}, fate,
	}, {sequence, trackId});
}

function read(number: number, write: number, farTrackId = 2): EventEntry {
	const far = {pane: 2, socket: 0};
	return entry(1, {
		type: 'datagram-received', peer: client, length: 5, bytes: noBytes, number, far, isThirdParty: false, write,
	}, {farTrackId});
}

function passed(copies: number, onTheLink = 0, discarded = 0): DatagramLinkFate {
	const delays = Array.from({length: copies}, () => ({delay: 1}));
	return {
		type: 'passed', copies: delays, isHeldBack: false, onTheLink, discarded, overtakenBy: undefined,
	};
}

type Settled = {
	readonly problems: string[];
	readonly outcomes: Record<string, string | number>;
	readonly secondReads: number;
};

function settle(entries: readonly EventEntry[], arrivals: Readonly<Record<number, Arrival>>): Settled {
	const ledger = new DatagramLedger();
	for (const one of entries) {
		ledger.add(one);
	}

	const problems = ledger.settle(sequence => arrivals[sequence]);
	return {problems, outcomes: Object.fromEntries(ledger.outcomes.figures('all')), secondReads: ledger.secondReads};
}

test('datagrams that were read, lost, doubled, discarded or dropped add up', t => {
	const {problems, outcomes, secondReads} = settle(
		[
			sent(0, 1),
			read(1, 1),
			sent(1, 2, {type: 'lost', cause: 'loss'}),
			sent(2, 3, passed(2)),
			read(2, 3),
			read(3, 3),
			sent(3, 4, passed(1, 0, 1)),
			sent(4, 5),
		],
		{
			0: {type: 'read', number: 1}, 2: {type: 'read', number: 2}, 3: {type: 'lost'}, 4: {type: 'lost'},
		},
	);
	t.deepEqual(problems, []);
	t.is(secondReads, 1);
	t.deepEqual(outcomes, {
		all: 5,
		read: 2,
		'lost by the link: loss': 1,
		'discarded, or not taken by the system': 1,
		'dropped, or their receiver closed': 1,
	});
});

test('a read is matched with a write that is recorded later, and with one of a socket that was closed meanwhile', t => {
	const entries = [read(1, 1, 2), sent(0, 1), sent(1, 2), sent(2, 1, undefined, 4), read(2, 2, 2)];
	const arrivals = {0: {type: 'read', number: 1}, 1: {type: 'read', number: 2}, 2: {type: 'lost'}} as const;
	t.deepEqual(settle(entries, arrivals).problems, []);
	t.is(settle([sent(0, 1), read(1, 1, 4)], {0: {type: 'lost'}}).problems.length, 1);
});

test('a datagram that was read and never sent, twice, or though it was lost, is a problem', t => {
	t.is(settle([read(1, 7)], {}).problems.length, 1);
	t.is(settle([sent(0, 1), read(1, 1), read(2, 1)], {0: {type: 'read', number: 1}}).problems.length, 1);
	t.is(settle([sent(0, 1, {type: 'lost', cause: 'next'}), read(1, 1)], {}).problems.length, 1);
	t.is(settle([sent(0, 1), read(1, 1)], {0: {type: 'lost'}}).problems.length, 1);
	t.is(settle([sent(0, 1)], {0: {type: 'read', number: 1}}).problems.length, 1);
	t.is(settle([sent(0, 1, passed(1, 1))], {0: {type: 'under-way'}}).problems.length, 1);
});

test('a fate that is consistent is no problem, and any other is one', t => {
	t.deepEqual(fateProblems(passed(2, 1, 1), 5, 1), []);
	t.is(fateProblems(passed(1, -1), 5, 1).length, 1);
	t.is(fateProblems(passed(1, 1, 1), 5, 1).length, 1);
	t.is(fateProblems({...passed(1), overtakenBy: 3} as DatagramLinkFate, 5, 4).length, 1);
	t.is(fateProblems({...passed(3), copies: [{delay: Number.NaN}]} as DatagramLinkFate, 5, 4).length, 1);
	t.deepEqual(fateProblems({
		type: 'stream', onTheLink: 0, discarded: 0, segments: 2, delay: 3,
	}, 5, 1), []);
	t.is(fateProblems({
		type: 'stream', onTheLink: 4, discarded: 2, segments: 2, delay: undefined,
	}, 5, 1).length, 1);
});

test('what is on the link is counted by the fates as they change', t => {
	const ledger = new LinkLedger();
	const fate = passed(2, 2);
	ledger.add(sent(0, 1, fate).event);
	t.deepEqual(ledger.contents(new Set([2])), {datagrams: 2, bytes: 10});
	t.deepEqual(ledger.contents(new Set([1])), {datagrams: 0, bytes: 0});
	for (const copy of [0, 1]) {
		ledger.amend({
			type: 'left', sequence: 0, copy, delay: 1,
		});
	}

	t.deepEqual(ledger.problems(), []);
	t.deepEqual(ledger.contents(new Set([2])), {datagrams: 0, bytes: 0});
});

/** A connection over which the client writes 5 bytes, and the server reads some. */
function connection({bytesRead, isOrderly}: {readonly bytesRead: number; readonly isOrderly: boolean}): StreamLedger {
	const ledger = new StreamLedger();
	const data = {bytes: noBytes, number: 1, offset: 0};
	const entries: EventEntry[] = [
		entry(2, {type: 'connection-opened', local: client, peer: server}),
		entry(1, {type: 'connection-accepted', local: server, peer: client}),
		entry(2, {
			type: 'chunk-sent',
			peer: server,
			length: 5,
			...data,
		}),
		entry(1, {
			type: 'chunk-received',
			peer: client,
			length: bytesRead,
			...data,
		}),
		...(isOrderly
			? [entry(2, {type: 'fin-sent', peer: server}), entry(1, {type: 'fin-received', peer: client})]
			: []),
		entry(2, {
			type: 'socket-closed',
			local: client,
			peer: server,
			discarded: 0,
		}),
		entry(1, {
			type: 'socket-closed',
			local: server,
			peer: client,
			discarded: 0,
		}),
	];
	for (const one of entries) {
		ledger.add(one);
	}

	return ledger;
}

test('a stream that ended with a FIN has lost nothing; one that was cut short may have', t => {
	t.deepEqual(connection({bytesRead: 5, isOrderly: true}).takeProblems(), []);
	t.is(connection({bytesRead: 4, isOrderly: true}).takeProblems().length, 1);
	t.deepEqual(connection({bytesRead: 4, isOrderly: false}).takeProblems(), []);
	t.is(connection({bytesRead: 6, isOrderly: false}).takeProblems().length, 1);
	t.is(connection({bytesRead: 5, isOrderly: true}).ends.get('orderly one way'), 1);
});

test('a view that counts otherwise than the events is a problem', t => {
	const tallies = new PaneTallies();
	tallies.add(sent(0, 1).event);
	const claim = {
		pane: 2, total: 1, received: {count: 0, bytes: 0}, sent: {count: 1, bytes: 5},
	};
	t.deepEqual(tallies.problems(claim), []);
	t.is(tallies.problems({...claim, sent: {count: 1, bytes: 4}}).length, 1);
	t.is(tallies.problems({...claim, total: 2}).length, 1);
});

test('a series whose parts are not the whole is a problem', t => {
	const report: SeriesReport = {
		counts: 'answers',
		wanted: 10,
		sent: 10,
		answered: 5,
		lostByLink: 3,
		droppedByKernel: 1,
		failed: 0,
		waiting: 1,
		late: 0,
		outOfOrder: 0,
		duplicates: 2,
		bytesSent: 50,
		bytesAnswered: 25,
		duration: 10,
		end: 'done',
	};
	t.deepEqual(seriesProblems(report), []);
	t.is(seriesProblems({...report, answered: 6}).length, 1);
	t.is(seriesProblems({...report, waiting: -1, answered: 7}).length, 1);
	t.is(seriesProblems({...report, wanted: 9}).length, 1);
});

test('numbers that no view can have are found wherever they stand', t => {
	t.deepEqual(numberProblems({a: [{b: 1}, undefined, 'text', {c: 0}]}), []);
	t.deepEqual(numberProblems({a: [{b: Number.NaN}], c: {d: -1}, e: Infinity}), [
		'.a.0.b is NaN',
		'.c.d is -1',
		'.e is Infinity',
	]);
});

test('memory that grows is found by the medians of the last two thirds, in runs of a minute and more', t => {
	const samplesOf = (bytes: readonly number[], seconds: number, isFlatFromBegin = false): MemorySamples => {
		const samples = new MemorySamples({
			name: 'heap', bound: 1.15, seconds, isFlatFromBegin,
		});
		for (const sample of bytes) {
			samples.add(sample * 1024 * 1024);
		}

		return samples;
	};

	t.deepEqual(samplesOf([10, 90, 100, 101, 99, 300, 100, 110, 105], 60).problems, []);
	t.regex(samplesOf([100, 100, 100, 100, 120, 120], 60).problems.join(', '), /1\.20/);
	t.deepEqual(samplesOf([100, 100, 100, 100, 120, 120], 59).problems, []);
	t.is(samplesOf([100, 200, 300], 60).growth, undefined);
	t.deepEqual(samplesOf([50, 50, 100, 100, 110, 110], 60).problems, []);
	t.regex(samplesOf([50, 50, 100, 100, 110, 110], 60, true).problems.join(', '), /2\.20/);
});

test('the kernel\'s table of UDP sockets is read', t => {
	const table = [
		'   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops',
		'  421: 0100007F:2EE0 00000000:0000 07 00000000:00000000 00:00000000 00000000  1000        0 87654 2 0000000000000000 12',
		'',
	];
	t.deepEqual(parseRows(table.join('\n'), 'udp'), [{
		protocol: 'udp', localPort: 12_000, remotePort: 0, state: 7, inode: 87_654,
	}]);
});

test('the command line takes seconds, a seed and one half', t => {
	t.deepEqual(readSettings(['20', '--seed', '5']), {seconds: 20, seed: 5, halves: ['engine', 'screen']});
	t.deepEqual(readSettings(['--only', 'engine', '--seed=0']), {seconds: 120, seed: 0, halves: ['engine']});
	for (const argv of [['0'], ['20', '30'], ['--seed', 'x'], ['--only', 'both'], ['--loud']]) {
		t.throws(() => readSettings(argv), undefined, `for ${argv.join(' ')}`);
	}
});
