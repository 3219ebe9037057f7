import {isByCharacter} from './by-character.ts';
import {hostKind} from './host.ts';
import {javascriptName, javascriptServerAddress} from './javascript-parts.ts';
import {javascriptAnswer, javascriptReply, javascriptReplyImport} from './javascript-rule.ts';
import type {ServerProgram} from './listing.ts';
import {joinLines, joinParts} from './marked-text.ts';

const split = String.raw`
// What is whole, and the start of a character that the end cuts: a decoder
// that expects more leaves that one out.
function split(bytes) {
  const decoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});
  try {
    const text = decoder.decode(bytes, {stream: true});
    const length = Buffer.byteLength(text);
    return [bytes.subarray(0, length), bytes.subarray(length)];
  } catch {
    return [bytes, Buffer.alloc(0)]; // no text: hold nothing back
  }
}`;

const listen = String.raw`
// listen() makes three calls: socket(), bind(), listen(). Node also sets
// SO_REUSEADDR, so that a server can be started again at once, though old
// connections of its port are still in TIME_WAIT.
server.listen(port, host, () => { «socket bind listen»
  const {address, port} = server.address();
  console.log('listening on %s', name(address, port));
});`;

/** A TCP server in JavaScript, its calls marked. */
export function javascriptTcpServer(program: ServerProgram): string {
	const {rule, address} = program;
	return joinParts(
		joinLines(
			'// TCP server. Run it with: node tcp_server.mjs',
			javascriptReplyImport(program),
			hostKind(address.host) === 'name' ? 'import net, {isIPv6} from \'node:net\';' : 'import net from \'node:net\';',
			rule === 'manual' && 'import readline from \'node:readline\';',
		),
		javascriptServerAddress(program),
		javascriptReply(program),
		isByCharacter(program) && split,
		javascriptName(program),
		String.raw`
// The welcoming socket. It carries no data.
const server = net.createServer({allowHalfOpen: true});`,
		rule === 'chat' && 'const connections = new Set();',
		String.raw`
// FIN after what still waits to be sent, then close().
const finish = connection => connection.destroySoon(); «shutdown close»`,
		rule === 'manual' && manual(program),
		serve(program),
		listen,
	);
}

function manual({closeAfterReply}: ServerProgram): string {
	return joinLines(
		String.raw`
let latest; // the connection socket that lines typed here go to

readline.createInterface({input: process.stdin}).on('line', line => {
  if (latest?.writable) {
    latest.write(line + '\n'); «send»`,
		closeAfterReply && '    finish(latest); // close after the reply',
		String.raw`
  } else {
    console.log('there is no connection to send to');
  }
});`,
	);
}

function serve(program: ServerProgram): string {
	const {rule, closeAfterReply} = program;
	const isAnswering = rule !== 'discard' && rule !== 'manual';
	const show = rule === 'manual' ? '    console.log(\'%s: %j\', peer, String(chunk));' : '    console.log(chunk.length, \'bytes from\', peer);';
	return joinLines(
		String.raw`
// A new socket for each client, with the same local port. Many are open
// at once: each has its own handlers.
server.on('connection', connection => { «accept»
  const peer = name(connection.remoteAddress, connection.remotePort);`,
		rule === 'manual' && '  latest = connection;',
		rule === 'chat' && '  connections.add(connection);',
		'  console.log(\'accepted %s\', peer);',
		isAnswering && answer(program),
		isByCharacter(program) && '  let held = Buffer.alloc(0);',
		String.raw`
  // A chunk: what has arrived so far, less than a message or several.
  connection.on('data', chunk => { «recv»`,
		show,
		isByCharacter(program) && String.raw`
    const [bytes, rest] = split(Buffer.concat([held, chunk]));
    held = rest;
    answer(bytes);`,
		rule === 'echo' && '    answer(chunk);',
		'  });',
		'  // Here recv() has returned no bytes: the peer has finished (its FIN).',
		isByCharacter(program)
			? String.raw`
  connection.on('end', () => {
    answer(held);
    finish(connection);
  });`
			: '  connection.on(\'end\', () => finish(connection));',
		isAnswering && !closeAfterReply && rule !== 'chat' && '  connection.on(\'drain\', () => connection.resume());',
		'  connection.on(\'error\', error => console.log(peer, error.message));',
		rule === 'chat'
			? String.raw`
  connection.on('close', () => {
    connections.delete(connection);
    console.log('closed %s', peer);
  });`
			: '  connection.on(\'close\', () => console.log(\'closed %s\', peer));',
		'});',
	);
}

function answer(program: ServerProgram): string {
	const {rule, closeAfterReply} = program;
	if (rule === 'chat') {
		return String.raw`
  const answer = bytes => {
    if (bytes.length === 0) return;
    const message = Buffer.concat([Buffer.from(peer + ': '), bytes]);
    for (const other of connections) {
      if (other !== connection && other.writable) other.write(message); «send»
    }
  };`;
	}

	return joinLines(
		'  const answer = bytes => {',
		isByCharacter(program) && '    if (bytes.length === 0) return;',
		closeAfterReply
			? String.raw`
    connection.pause(); // nothing more is read: close after the reply
    connection.write(${javascriptAnswer(program)}); «send»
    finish(connection);`
			: String.raw`
    // A peer that does not read its answers is not read from either.
    if (!connection.write(${javascriptAnswer(program)})) connection.pause(); «send»`,
		'  };',
	);
}
