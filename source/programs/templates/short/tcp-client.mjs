// TCP client in short. Run it with: node tcp_client_short.mjs
import {once} from 'node:events';
import net from 'node:net';
import {createInterface} from 'node:readline';

// The full form also sends more than one line, and reads an answer that
// comes in several parts.
const [host, port] = ['127.0.0.1', 12000]; // value: host port
const socket = net.connect(port, host); // calls: socket connect
const input = createInterface({input: process.stdin});
const [line] = await once(input, 'line');
input.close();
socket.write(line); // no address: it is connected // calls: send
const [answer] = await once(socket, 'data'); // calls: recv
console.log(String(answer));
socket.end(); // calls: close
