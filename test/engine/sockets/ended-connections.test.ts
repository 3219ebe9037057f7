import test from 'ava';
import {type EndedConnection, EndedConnections} from '../../../source/engine/sockets/ended-connections.ts';

function connection(number: number): EndedConnection {
	const tally = {count: 0, bytes: 0};
	return {
		number, local: {host: '127.0.0.1', port: 80}, peer: {host: '127.0.0.1', port: 50_000}, received: tally, sent: tally, endedAt: number,
	};
}

test('keeps the 1,024 connections that ended last, oldest first', t => {
	const ended = new EndedConnections();
	t.deepEqual([...ended], []);
	for (let number = 1; number <= 1030; number++) {
		ended.add(connection(number));
	}

	const numbers = [...ended].map(({number}) => number);
	t.is(numbers.length, 1024);
	t.is(numbers[0], 7);
	t.is(numbers.at(-1), 1030);
});
