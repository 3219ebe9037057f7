// UDP client. Run it with: node udp_client.mjs
import dgram from 'node:dgram';
// if name
// | import {lookup} from 'node:dns/promises';
// | import {isIPv6} from 'node:net';
// end
import readline from 'node:readline';

const host = '127.0.0.1'; // value: host
const port = 12000; // value: port
// include encoding
// if encoding
// replace socket.send(line, with socket.send(Buffer.from(line, encoding),
// end

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

// if options
// | socket.once('listening', () => {
// |   include options socket
// | });
// end
// include source socket

const lines = readline.createInterface({input: process.stdin});
let ending; // runs once there is nothing more to send

lines.on('line', line => {
  // include guard
  // if source
  // | // A line is a datagram, an empty line an empty one. Each carries its
  // | // destination.
  // else
  // A line is a datagram, an empty line an empty one. Each carries its
  // destination. At the first, the OS picks a port.
  // end
  // if name and source
  // | socket.send(line, port, address, error => { // calls: sendto
  // else if name
  // | socket.send(line, port, address, error => { // calls: bind sendto
  // else if source
  // | socket.send(line, port, host, error => { // calls: sendto
  // else
  socket.send(line, port, host, error => { // calls: bind sendto
  // end
    if (error) console.error('not sent:', error.message);
  });
});

// Any program can send to this port: the address tells which.
socket.on('message', (bytes, sender) => { // calls: recvfrom
  const from = name(sender.address, sender.port);
  console.log('%s: %s', from, String(bytes));
  ending?.refresh();
});

// Do not wait forever for a lost answer: end after half a second.
lines.on('close', () => {
  ending = setTimeout(() => socket.close(), 500); // calls: close
});
