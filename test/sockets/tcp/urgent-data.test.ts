import test from 'ava';
import {run} from '../../helpers/listing-program.ts';
import {isInstalled} from '../../helpers/program.ts';
import {skipped} from '../../helpers/skipped.ts';
import {openTcpServer} from '../../helpers/sockets.ts';

const program = `
import socket, sys
s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
s.sendall(b'before')
s.send(b'!', socket.MSG_OOB)
s.sendall(b'after')
s.shutdown(socket.SHUT_WR)
s.recv(1)
`;

test('the urgent byte of a stream is not among what is read, as the readme says', async t => {
	if (!isInstalled('python3')) {
		skipped(t, 'python3 is not installed');
		return;
	}

	const {room, address} = await openTcpServer(t, {
		onFinished(connection) {
			connection.close();
		},
	});
	await run('python3', ['-c', program, address.host, String(address.port)]);
	await room.happened('fin-received');
	t.is(room.all('chunk-received').map(({bytes}) => Buffer.from(bytes).toString()).join(''), 'beforeafter');
});
