// UDP server. Run it with: node udp_server.mjs
import dgram from 'node:dgram';
// if name
// | import {lookup} from 'node:dns/promises';
// | import {isIPv6} from 'node:net';
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

// include reply

// if ipv4
const name = (host, port) => host + ':' + port;
// else if ipv6
// | const name = (host, port) => '[' + host + ']:' + port;
// else
// | const name = (host, port) =>
// |   (isIPv6(host) ? '[' + host + ']:' : host + ':') + port;
// end

// if name
// | // A name can have several addresses: take an IPv4 one if there is any.
// | const {address} = await lookup(host, {order: 'ipv4first'}); // calls: getaddrinfo
// | const socket = dgram.createSocket(isIPv6(address) ? 'udp6' : 'udp4'); // calls: socket
// else if ipv6
// | const socket = dgram.createSocket('udp6'); // calls: socket
// else
const socket = dgram.createSocket('udp4'); // calls: socket
// end

// if not discard
function send(bytes, {address, port}) {
  if (port === 0) return; // source port 0: cannot be answered
  // No connection: each datagram carries its destination.
  socket.send(bytes, port, address, error => { // calls: sendto
    if (error) console.error('not sent:', error.message);
  });
}
// end

// if chat
// | // Every sender so far. UDP does not tell when a peer has ended.
// | const peers = new Map();
// else if manual
// | let lastSender;
// |
// | readline.createInterface({input: process.stdin}).on('line', line => {
// |   include guard
// if encoding
// |   if (lastSender) send(Buffer.from(line, encoding), lastSender);
// else
// |   if (lastSender) send(line, lastSender);
// end
// |   else console.log('no client has sent anything yet');
// | });
// end

// One 'message' is one datagram, whole, and the address that it came
// from. That address is all that a server knows of its client.
socket.on('message', (bytes, sender) => { // calls: recvfrom
  const from = name(sender.address, sender.port);
  // if manual
  // | console.log('%s: %j', from, String(bytes));
  // | lastSender = sender;
  // else
  console.log(bytes.length, 'bytes from', from);
  // end
  // if chat
  // | peers.set(from, sender);
  // | const start = Buffer.from(from + ': ');
  // | const message = Buffer.concat([start, bytes]);
  // | for (const [peer, receiver] of peers) {
  // |   if (peer !== from) send(message, receiver);
  // | }
  // else if reply
  // | send(reply(bytes), sender);
  // else if answers
  send(bytes, sender);
  // end
});

// if name
// | socket.bind(port, address, () => { // calls: bind
// else
socket.bind(port, host, () => { // calls: bind
// end
  // include options socket
  const {address, port} = socket.address();
  console.log('bound to %s', name(address, port));
});

// if manual
// | process.once('SIGINT', () => socket.close(() => process.exit())); // Ctrl+C // calls: close
// else
process.once('SIGINT', () => socket.close()); // Ctrl+C // calls: close
// end
