import test from 'ava';
import {runProgram} from '../../helpers/run-program.ts';
import {isInstalled} from '../../helpers/program.ts';
import {openRawUdp} from '../../helpers/raw-udp.ts';
import {skipped} from '../../helpers/skipped.ts';
import {echo, openUdpServer} from '../../helpers/sockets.ts';

/** Sends a datagram from any address and port, which only a raw socket can do (raw(7)). */
const forge = `
import socket, struct, sys
source, target, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
data = b'whose is this'
raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
udp = struct.pack('!HHHH', port, port, 8 + len(data), 0) + data
ip = struct.pack('!BBHHHBBH4s4s', 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0,
                 socket.inet_aton(source), socket.inet_aton(target))
raw.sendto(ip + udp, (target, port))
`;

for (const host of ['127.0.0.1', '0.0.0.0']) {
	test(`a server on ${host} does not answer a datagram from its own address, and says so`, async t => {
		if (process.getuid?.() !== 0 || !isInstalled('python3')) {
			skipped(t, 'only root may forge the source of a datagram, with python3');
			return;
		}

		const {room, address} = await openUdpServer(t, {host, onDatagram: echo});
		await runProgram('python3', ['-c', forge, '127.0.0.1', '127.0.0.1', String(address.port)]);
		const own = {host: '127.0.0.1', port: address.port};
		t.like(await room.happened('datagram-received'), {peer: own});
		t.like(await room.happened('answer-withheld'), {peer: own});
		const other = await openRawUdp(t);
		other.send('an answer for this one', own);
		t.is(await other.nextText(), 'an answer for this one');
		t.is(room.all('datagram-sent').length, 1);
		t.is(room.all('datagram-received').length, 2);
	});
}
