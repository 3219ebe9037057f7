// TCP server. Run it with: node tcp_server.mjs
// if name
// | import {setDefaultResultOrder} from 'node:dns';
// | import net, {isIPv6} from 'node:net';
// else
import net from 'node:net';
// end
// if manual
// | import readline from 'node:readline';
// end

// if loopback
const host = '127.0.0.1'; // loopback: only this machine can reach it // value: host
// else if any-address
// | const host = '0.0.0.0'; // every address of this machine // value: host
// else
// | const host = '192.0.2.1'; // value: host
// end
// if any-port
const port = 0; // the OS picks one, and it is printed below // value: port
// else
// | const port = 12000; // chosen here, so that clients can know it // value: port
// end
// include encoding
// if no-delay
const noDelay = true; // small writes go out at once: no Nagle algorithm
// else
// | const noDelay = false; // small writes wait: the Nagle algorithm
// end
// if backlog
// | const backlog = 5; // value: backlog
// end

// include reply

// if whole-characters and encoding
// | import {StringDecoder} from 'node:string_decoder';
// |
// | // The whole characters, and the bytes of one that is cut off.
// | function split(bytes) {
// |   const text = new StringDecoder(encoding).write(bytes);
// |   const {length} = Buffer.from(text, encoding);
// |   return [bytes.subarray(0, length), bytes.subarray(length)];
// | }
// else if whole-characters
// | // The whole characters, and the bytes of one that is cut off, which a
// | // decoder that expects more leaves out.
// | function split(bytes) {
// |   const decoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});
// |   try {
// |     const text = decoder.decode(bytes, {stream: true});
// |     const length = Buffer.byteLength(text);
// |     return [bytes.subarray(0, length), bytes.subarray(length)];
// |   } catch {
// |     return [bytes, Buffer.alloc(0)]; // not UTF-8: hold nothing back
// |   }
// | }
// end

// if ipv4
const name = (host, port) => host + ':' + port;
// else if ipv6
// | const name = (host, port) => '[' + host + ']:' + port;
// else
// | const name = (host, port) =>
// |   (isIPv6(host) ? '[' + host + ']:' : host + ':') + port;
// end

// The welcoming socket. It carries no data.
const server = net.createServer({allowHalfOpen: true, noDelay});

// if chat
// | const connections = new Set();
// end

// FIN after the bytes that are still queued, then close().
const finish = connection => connection.destroySoon(); // calls: shutdown close

// if manual
// | let latest; // the connection that typed lines go to
// |
// | readline.createInterface({input: process.stdin}).on('line', line => {
// |   include guard
// |   if (latest?.writable) {
// if encoding
// |     latest.write(line + '\n', encoding); // calls: send
// else
// |     latest.write(line + '\n'); // calls: send
// end
// if close-after-reply
// |     finish(latest); // close after the reply
// end
// |   } else {
// |     console.log('there is no connection to send to');
// |   }
// | });
// end

// A new socket for each client, with the same local port. Many are open
// at once: each has its own handlers.
server.on('connection', connection => { // calls: accept TCP_NODELAY
  const peer = name(connection.remoteAddress, connection.remotePort);
  // include options connection
  // if manual
  // | latest = connection;
  // else if chat
  // | connections.add(connection);
  // end
  console.log('accepted %s', peer);
  // if chat
  // | const answer = bytes => {
  // |   if (bytes.length === 0) return;
  // |   const start = Buffer.from(peer + ': ');
  // |   const message = Buffer.concat([start, bytes]);
  // |   for (const other of connections) {
  // |     if (other !== connection && other.writable) other.write(message); // calls: send
  // |   }
  // | };
  // else if answers
  const answer = bytes => {
    // if whole-characters
    // | if (bytes.length === 0) return;
    // end
    // if close-after-reply
    // | connection.pause(); // nothing more is read: close after the reply
    // if reply
    // | connection.write(reply(bytes)); // calls: send
    // else
    // | connection.write(bytes); // calls: send
    // end
    // | finish(connection);
    // else
    // While a peer does not read its answers, read nothing from it.
    // if reply
    // | if (!connection.write(reply(bytes))) connection.pause(); // calls: send
    // else
    if (!connection.write(bytes)) connection.pause(); // calls: send
    // end
    // end
  };
  // end
  // if whole-characters
  // | let held = Buffer.alloc(0);
  // end
  // A chunk: what has arrived so far, less than a message or several.
  connection.on('data', chunk => { // calls: recv
    // if manual
    // | console.log('%s: %j', peer, String(chunk));
    // else
    console.log(chunk.length, 'bytes from', peer);
    // end
    // if whole-characters
    // | const [bytes, rest] = split(Buffer.concat([held, chunk]));
    // | held = rest;
    // | answer(bytes);
    // else if answers
    answer(chunk);
    // end
  });
  // recv() has returned no bytes: the peer has finished (its FIN).
  // if whole-characters
  // | connection.on('end', () => {
  // |   answer(held);
  // |   finish(connection);
  // | });
  // else
  connection.on('end', () => finish(connection));
  // end
  // if answers and not close-after-reply
  connection.on('drain', () => connection.resume());
  // end
  connection.on('error', error => console.log(peer, error.message));
  // if chat
  // | connection.on('close', () => {
  // |   connections.delete(connection);
  // |   console.log('closed %s', peer);
  // | });
  // else
  connection.on('close', () => console.log('closed %s', peer));
  // end
});

// if name
// | // A name can have several addresses: take an IPv4 one if there is any.
// | setDefaultResultOrder('ipv4first');
// |
// end
// listen() makes three calls: socket(), bind(), listen(). Node also sets
// SO_REUSEADDR, so that a server can start again at once, though old
// connections of its port are still in TIME_WAIT.
// if backlog
// | server.listen(port, host, backlog, () => { // calls: socket SO_REUSEADDR IPV6_V6ONLY bind listen
// else if ipv4
server.listen(port, host, () => { // calls: socket SO_REUSEADDR bind listen
// else
// | server.listen(port, host, () => { // calls: socket SO_REUSEADDR IPV6_V6ONLY bind listen
// end
  const {address, port} = server.address();
  console.log('listening on %s', name(address, port));
});
