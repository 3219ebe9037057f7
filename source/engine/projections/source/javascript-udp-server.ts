import {
	javascriptName, javascriptServerAddress, javascriptUdpImports, javascriptUdpSocket, javascriptUdpTarget,
} from './javascript-parts.ts';
import {javascriptAnswer, javascriptReply, javascriptReplyImport} from './javascript-rule.ts';
import type {ServerProgram} from './listing.ts';
import {joinLines, joinParts} from './marked-text.ts';

const tellOthers = String.raw`
  peers.set(from, sender);
  const message = Buffer.concat([Buffer.from(from + ': '), bytes]);
  for (const [peer, receiver] of peers) {
    if (peer !== from) send(message, receiver);
  }`;

const manual = String.raw`
let lastSender;

readline.createInterface({input: process.stdin}).on('line', line => {
  if (lastSender) send(line, lastSender);
  else console.log('nobody has sent anything yet');
});`;

const send = String.raw`
function send(bytes, {address, port}) {
  if (port === 0) return; // sent from no port: it cannot be answered
  // There is no connection: each datagram carries its destination.
  socket.send(bytes, port, address, error => { «sendto»
    if (error) console.error('not sent:', error.message);
  });
}`;

/** A UDP server in JavaScript, its calls marked. */
export function javascriptUdpServer(program: ServerProgram): string {
	const {rule} = program;
	return joinParts(
		joinLines(
			'// UDP server. Run it with: node udp_server.mjs',
			javascriptReplyImport(program),
			javascriptUdpImports(program),
			rule === 'manual' && 'import readline from \'node:readline\';',
		),
		javascriptServerAddress(program),
		javascriptReply(program),
		javascriptName(program),
		javascriptUdpSocket(program),
		rule !== 'discard' && send,
		rule === 'chat' && '// Every address heard from. UDP never says that one has gone.\nconst peers = new Map();',
		rule === 'manual' && manual,
		receive(program),
		String.raw`
socket.bind(port, ${javascriptUdpTarget(program)}, () => { «bind»
  const {address, port} = socket.address();
  console.log('bound to %s', name(address, port));
});`,
		`process.once('SIGINT', () => socket.close(${rule === 'manual' ? '() => process.exit()' : ''})); // Ctrl+C «close»`,
	);
}

function receive(program: ServerProgram): string {
	const log = program.rule === 'manual'
		? '  console.log(\'%s: %j\', from, String(bytes));'
		: '  console.log(bytes.length, \'bytes from\', from);';
	return joinLines(
		String.raw`
// One 'message' is one datagram, whole, and the address that it came
// from. That address is all that a server knows of its client.
socket.on('message', (bytes, sender) => { «recvfrom»
  const from = name(sender.address, sender.port);`,
		log,
		act(program),
		'});',
	);
}

function act(program: ServerProgram): string | undefined {
	switch (program.rule) {
		case 'uppercase':
		case 'echo':
		case 'reverse': {
			return `  send(${javascriptAnswer(program)}, sender);`;
		}

		case 'chat': {
			return tellOthers;
		}

		case 'manual': {
			return '  lastSender = sender;';
		}

		case 'discard': {
			return undefined;
		}

		default: {
			return program.rule satisfies never;
		}
	}
}
