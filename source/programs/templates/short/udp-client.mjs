// UDP client in short. Run it with: node udp_client_short.mjs
import dgram from 'node:dgram';
import {once} from 'node:events';
import {createInterface} from 'node:readline';

// The full form also sends more than one line, and waits for a lost
// answer only for a while.
const [host, port] = ['127.0.0.1', 12000]; // value: host port
// if ipv6
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
const input = createInterface({input: process.stdin});
const [line] = await once(input, 'line');
input.close();
// if source
// | socket.send(line, port, host); // calls: sendto
// else
// The OS picks a port for this socket now.
socket.send(line, port, host); // calls: bind sendto
// end
const [answer, server] = await once(socket, 'message'); // calls: recvfrom
console.log(String(answer), 'from', server);
socket.close(); // calls: close
