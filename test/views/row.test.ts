import test from 'ava';
import type {EventType, Happening} from '../../source/engine/events/event.ts';
import {projectRow, type Row} from '../../source/views/rows.ts';
import {everyEvent} from '../helpers/every-event.ts';

const peer = {host: '127.0.0.1', port: 50_000};
const local = {host: '127.0.0.1', port: 12_000};
const failure = {code: 'ECONNREFUSED', syscall: 'connect', message: 'connect ECONNREFUSED 127.0.0.1:50000'};
const bytes = {peer, length: 3, bytes: Uint8Array.of(0x61, 0x0A, 0xFF)};
const data = {...bytes, number: 7, far: {pane: 4, socket: 1}};
const plain = {
	peer, length: 3, bytes: bytes.bytes,
};
const shown = {...plain, number: 7, far: {pane: 4, socket: 1}};
const arrival = {type: 'read', number: 2} as const;

type Case = {readonly happening: Happening; readonly row: Omit<Row, 'sequence' | 'time' | 'type' | 'socket'>};

/** One event of every type, and the row that it makes: the compiler asks for each. */
const cases: {readonly [Type in EventType]: Case & {readonly happening: {readonly type: Type}}} = {
	bound: {happening: {type: 'bound', local}, row: {local}},
	'bind-failed': {happening: {type: 'bind-failed', local, failure}, row: {local, failure}},
	'datagram-sent': {happening: {type: 'datagram-sent', ...data, arrival}, row: {...shown, arrival}},
	'datagram-received': {
		happening: {
			type: 'datagram-received', ...data, elapsed: 1.5, isThirdParty: true,
		},
		row: {...shown, elapsed: 1.5, isThirdParty: true},
	},
	'send-failed': {happening: {type: 'send-failed', ...bytes, failure}, row: {...plain, failure}},
	listening: {happening: {type: 'listening', local}, row: {local}},
	'listen-failed': {happening: {type: 'listen-failed', local, failure}, row: {local, failure}},
	accepted: {happening: {type: 'accepted', peer, local}, row: {peer, local}},
	rejected: {happening: {type: 'rejected', peer, limit: 1024}, row: {peer, amount: 1024}},
	connecting: {happening: {type: 'connecting', peer}, row: {peer}},
	connected: {happening: {type: 'connected', peer, local}, row: {peer, local}},
	'connect-failed': {happening: {type: 'connect-failed', peer, failure}, row: {peer, failure}},
	'chunk-sent': {happening: {type: 'chunk-sent', ...data, offset: 9}, row: shown},
	'chunk-received': {
		happening: {
			type: 'chunk-received', ...data, offset: 9, elapsed: 2,
		}, row: {...shown, elapsed: 2},
	},
	'fin-sent': {happening: {type: 'fin-sent', peer}, row: {peer}},
	'fin-received': {happening: {type: 'fin-received', peer}, row: {peer}},
	reset: {happening: {type: 'reset', peer, failure}, row: {peer, failure}},
	'socket-failed': {happening: {type: 'socket-failed', peer, failure}, row: {peer, failure}},
	paused: {happening: {type: 'paused', peer, waiting: 70_000}, row: {peer, amount: 70_000}},
	resumed: {happening: {type: 'resumed', peer}, row: {peer}},
	'send-refused': {
		happening: {
			type: 'send-refused', peer, length: 3, waiting: 70_000,
		},
		row: {peer, length: 3, amount: 70_000},
	},
	closed: {
		happening: {
			type: 'closed', peer, local, discarded: 9,
		},
		row: {peer, local, amount: 9},
	},
	'reset-sent': {happening: {type: 'reset-sent', peer}, row: {peer}},
	'peer-set': {happening: {type: 'peer-set', peer, local}, row: {peer, local}},
	'reading-stopped': {happening: {type: 'reading-stopped', peer}, row: {peer}},
	'reading-resumed': {happening: {type: 'reading-resumed', peer}, row: {peer}},
	'link-changed': {happening: {type: 'link-changed', conditions: 'loss 30 %', seed: 7}, row: {setting: 'loss 30 %', amount: 7}},
	'loss-ordered': {happening: {type: 'loss-ordered'}, row: {}},
	'series-started': {happening: {type: 'series-started', count: 10, rate: 100}, row: {series: {count: 10, rate: 100}}},
	'series-ended': {happening: everyEvent['series-ended'], row: {report: everyEvent['series-ended'].report}},
	'rule-changed': {happening: {type: 'rule-changed', rule: 'echo'}, row: {setting: 'echo'}},
	'closing-changed': {happening: {type: 'closing-changed', closeAfterReply: true}, row: {setting: 'on'}},
	'destination-changed': {happening: {type: 'destination-changed', destination: '[::1]:80'}, row: {setting: '[::1]:80'}},
};

test('has what the simulated link has made of a datagram or a write, and how a datagram came over it', t => {
	const base = {
		sequence: 0, time: 0, pane: 1, socket: 0,
	};
	const row = (happening: Happening): Row => projectRow({...base, ...happening});
	const lost = {type: 'lost', cause: 'queue'} as const;
	const stream = {
		type: 'stream', onTheLink: 1, discarded: 0, segments: 1, delay: undefined,
	} as const;
	const passage = {copy: 2, delay: 140, corruption: {at: 1, xor: 8}};
	t.deepEqual(row({type: 'datagram-sent', ...data, fate: lost}).fate, lost);
	t.deepEqual(row({
		type: 'chunk-sent', ...data, offset: 0, fate: stream,
	}).fate, stream);
	t.deepEqual(row({
		type: 'datagram-received', ...data, isThirdParty: false, passage,
	}).passage, passage);
	t.false('fate' in row({type: 'datagram-sent', ...data}));
	t.false('passage' in row({type: 'datagram-received', ...data, isThirdParty: false}));
});

for (const {happening, row} of Object.values(cases)) {
	test(`makes a row of ${happening.type}`, t => {
		const base = {sequence: 5, time: 1000.5, socket: 3};
		t.deepEqual(projectRow({...happening, ...base, pane: 2}), {...base, type: happening.type, ...row});
	});
}

test('tells off from on', t => {
	t.is(projectRow({
		sequence: 0, time: 0, pane: 1, socket: 0, type: 'closing-changed', closeAfterReply: false,
	}).setting, 'off');
});

test('is plain data that can pass between threads', t => {
	for (const {happening} of Object.values(cases)) {
		const row = projectRow({
			sequence: 0, time: 0, pane: 1, socket: 0, ...happening,
		});
		t.deepEqual(structuredClone(row), row);
	}
});
