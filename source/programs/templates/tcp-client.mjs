// TCP client. Run it with: node tcp_client.mjs
// if name
// | import {setDefaultResultOrder} from 'node:dns';
// | import net, {isIPv6} from 'node:net';
// else
import net from 'node:net';
// end

const host = '127.0.0.1'; // value: host
const port = 12000; // value: port
// include encoding
// if encoding
// replace socket.write(line) with socket.write(line, encoding)
// end
// if no-delay
const noDelay = true; // small writes go out at once: no Nagle algorithm
// else
// | const noDelay = false; // small writes wait: the Nagle algorithm
// end
// if source
// | // The client's own address and port.
// | const own = {localAddress: '127.0.0.1', localPort: 0}; // value: source
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
// | // A name can have several addresses: Node tries them until one answers,
// | // those of IPv4 before those of IPv6.
// | setDefaultResultOrder('ipv4first');
// if source
// | const socket = net.connect({port, host, noDelay, ...own}); // calls: getaddrinfo socket SO_REUSEADDR IPV6_V6ONLY bind connect TCP_NODELAY
// else
// | const socket = net.connect({port, host, noDelay}); // calls: getaddrinfo socket connect TCP_NODELAY
// end
// else if source
// | const socket = net.connect({port, host, noDelay, ...own}); // calls: socket SO_REUSEADDR IPV6_V6ONLY bind connect TCP_NODELAY
// else
const socket = net.connect({port, host, noDelay}); // calls: socket connect TCP_NODELAY
// end

socket.on('connect', () => {
  // include options socket
  // if not source
  // Without bind(), the OS has picked a port.
  // end
  const {localAddress, localPort} = socket;
  console.error('connected,', name(localAddress, localPort));
});

// if encoding
// | socket.setEncoding(encoding);
// | process.stdin.setEncoding('utf8');
// end
// On a connection, send() takes no address. A byte stream has no message
// boundaries: the newline tells where a line ends.
process.stdin.on('data', line => {
  // include guard
  if (!socket.write(line)) process.stdin.pause(); // calls: send
});
socket.on('drain', () => process.stdin.resume());
process.stdin.on('end', () => {
  socket.end(); // FIN: half-closed, still reading // calls: shutdown
});

// A chunk is what has arrived, which need not be what one send() sent.
socket.on('data', chunk => process.stdout.write(chunk)); // calls: recv
// recv() has returned no bytes: the peer has finished (its FIN).
socket.on('end', () => socket.destroySoon()); // calls: close

socket.on('error', error => {
  console.error(error.message);
  process.exitCode = 1;
});
socket.on('close', () => process.stdin.destroy());
