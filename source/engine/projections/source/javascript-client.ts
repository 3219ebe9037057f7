import {hostKind} from './host.ts';
import {
	javascriptClientAddress, javascriptName, javascriptUdpImports, javascriptUdpSocket, javascriptUdpTarget,
} from './javascript-parts.ts';
import type {ClientProgram} from './listing.ts';
import {joinLines, joinParts} from './marked-text.ts';

/** A UDP or TCP client in JavaScript, its calls marked. */
export function javascriptClient(program: ClientProgram): string {
	return program.protocol === 'udp' ? udpClient(program) : tcpClient(program);
}

function udpClient(program: ClientProgram): string {
	return joinParts(
		joinLines(
			'// UDP client. Run it with: node udp_client.mjs',
			javascriptUdpImports(program),
			'import readline from \'node:readline\';',
		),
		javascriptClientAddress(program),
		javascriptName(program),
		javascriptUdpSocket(program),
		String.raw`
const lines = readline.createInterface({input: process.stdin});
let ending; // runs once there is nothing more to send`,
		String.raw`
lines.on('line', line => {
  // A line is a datagram, an empty line an empty one. Each carries its
  // destination. At the first, the system picks our own port.
  socket.send(line, port, ${javascriptUdpTarget(program)}, error => { «bind sendto»
    if (error) console.error('not sent:', error.message);
  });
});`,
		String.raw`
// Anyone can send to our port: the address says who it was.
socket.on('message', (bytes, sender) => { «recvfrom»
  const from = name(sender.address, sender.port);
  console.log('%s: %s', from, String(bytes));
  ending?.refresh();
});`,
		String.raw`
// An answer that is lost must not hang us: half a second without any.
lines.on('close', () => {
  ending = setTimeout(() => socket.close(), 500); «close»
});`,
	);
}

function tcpClient(program: ClientProgram): string {
	return joinParts(
		joinLines(
			'// TCP client. Run it with: node tcp_client.mjs',
			hostKind(program.address.host) === 'name' ? 'import net, {isIPv6} from \'node:net\';' : 'import net from \'node:net\';',
		),
		javascriptClientAddress(program),
		javascriptName(program),
		hostKind(program.address.host) === 'name'
			? String.raw`
// A name can have several addresses: Node tries them until one answers.
const socket = net.connect({port, host}); «getaddrinfo socket connect»`
			: 'const socket = net.connect({port, host}); «socket connect»',
		String.raw`
socket.on('connect', () => {
  // Nobody called bind(): the system has picked our port.
  const {localAddress, localPort} = socket;
  console.error('connected,', name(localAddress, localPort));
});`,
		String.raw`
// A connection needs no address any more. The stream has no message
// borders either: the newline tells where a line ends.
process.stdin.on('data', line => {
  if (!socket.write(line)) process.stdin.pause(); «send»
});
socket.on('drain', () => process.stdin.resume());
process.stdin.on('end', () => {
  socket.end(); // FIN: half-closed, still reading «shutdown»
});`,
		String.raw`
// A chunk is what has arrived, which need not be what one send() sent.
socket.on('data', chunk => process.stdout.write(chunk)); «recv»
// No more bytes: the peer has finished (its FIN).
socket.on('end', () => socket.destroySoon()); «close»`,
		String.raw`
socket.on('error', error => {
  console.error(error.message);
  process.exitCode = 1;
});
socket.on('close', () => process.stdin.destroy());`,
	);
}
