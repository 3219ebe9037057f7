import test from 'ava';
import {EndedConnections} from '../../../source/sockets/tcp/ended-connections.ts';

test('keeps the 1,024 connections that ended last, oldest first', t => {
	const ended = new EndedConnections();
	t.deepEqual([...ended], []);
	const tally = {count: 0, bytes: 0};
	const before = performance.now();
	for (let number = 1; number <= 1030; number++) {
		ended.add({
			number,
			local: {host: '127.0.0.1', port: 80},
			peer: {host: '127.0.0.1', port: 50_000},
			received: tally,
			sent: tally,
		});
	}

	const numbers = [...ended].map(connection => connection.number);
	t.is(numbers.length, 1024);
	t.is(numbers[0], 7);
	t.is(numbers.at(-1), 1030);
	t.true([...ended].every(({endedAt}) => endedAt >= before && endedAt <= performance.now()));
});
