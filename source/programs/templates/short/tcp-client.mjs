// TCP client in short. Run it with: node tcp_client_short.mjs
import {once} from 'node:events';
import net from 'node:net';
import {createInterface} from 'node:readline';

// The full form also sends more than one line, and reads an answer that
// comes in several parts.
const [host, port] = ['127.0.0.1', 12000]; // value: host port
// if source
// | // The client's own address and port.
// | const own = {localAddress: '127.0.0.1', localPort: 0}; // value: source
// | const socket = net.connect({port, host, ...own}); // calls: socket SO_REUSEADDR IPV6_V6ONLY bind connect
// else
const socket = net.connect(port, host); // calls: socket connect
// end
// if options
// | socket.once('connect', () => {
// |   include options socket
// | });
// end
const input = createInterface({input: process.stdin});
const [line] = await once(input, 'line');
input.close();
socket.write(line); // no address: it is connected // calls: send
const [answer] = await once(socket, 'data'); // calls: recv
console.log(String(answer));
socket.end(); // calls: close
