import {connect} from 'node:net';
import {once} from 'node:events';
import test from 'ava';
import {freeAddress} from '../helpers/loopback.ts';
import {toFailure} from '../../source/sockets/failure.ts';

test('keeps the code, the call and the message of what the system said', async t => {
	const {host, port} = await freeAddress();
	const socket = connect(port, host);
	const [error] = await once(socket, 'error').catch((error: unknown) => [error]);
	t.deepEqual(toFailure(error), {
		code: 'ECONNREFUSED',
		syscall: 'connect',
		message: `connect ECONNREFUSED ${host}:${port}`,
	});
});

test('takes the last cause of a connect() that tried several addresses: that of the address tried last', t => {
	const cause = Object.assign(new Error('connect ECONNREFUSED ::1:9'), {code: 'ECONNREFUSED', syscall: 'connect'});
	const other = Object.assign(new Error('connect ENETUNREACH 10.0.0.1:9'), {code: 'ENETUNREACH', syscall: 'connect'});
	t.deepEqual(toFailure(new AggregateError([cause, other], 'all failed')), {
		code: 'ENETUNREACH',
		syscall: 'connect',
		message: 'connect ENETUNREACH 10.0.0.1:9',
	});
});

test('is plain data for an error without a code, and for what is no error', t => {
	t.deepEqual(toFailure(new Error('odd')), {code: 'UNKNOWN', syscall: '', message: 'odd'});
	t.deepEqual(toFailure(new AggregateError([], 'none')), {code: 'UNKNOWN', syscall: '', message: 'none'});
	t.deepEqual(toFailure('thrown text'), {code: 'UNKNOWN', syscall: '', message: 'thrown text'});
	t.deepEqual(toFailure(undefined), {code: 'UNKNOWN', syscall: '', message: 'undefined'});
	t.notThrows(() => structuredClone(toFailure(new Error('x'))));
});
