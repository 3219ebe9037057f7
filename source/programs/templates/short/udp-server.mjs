// UDP server in short. Run it with: node udp_server_short.mjs
import dgram from 'node:dgram';

// The full form also handles errors and Ctrl+C.
const [host, port] = ['127.0.0.1', 12000]; // value: host port
// if ipv6
// | const socket = dgram.createSocket('udp6'); // calls: socket
// else
const socket = dgram.createSocket('udp4'); // calls: socket
// end
// if chat
// | const clients = new Map();
// end
socket.on('message', (message, client) => { // calls: recvfrom
  // if chat
  // if ipv6
  // | const name = '[' + client.address + ']:' + client.port;
  // else
  // | const name = client.address + ':' + client.port;
  // end
  // | clients.set(name, client);
  // | for (const [other, {address, port}] of clients) {
  // |   const text = [name + ': ', message];
  // |   if (other !== name) socket.send(text, port, address); // calls: sendto
  // | }
  // else if manual
  // | console.log(String(message), client);
  // | process.stdin.once('data', line => { // a line typed here
  // |   const text = String(line).trimEnd();
  // |   socket.send(text, client.port, client.address); // calls: sendto
  // | });
  // else if discard
  // | console.log(message.length, 'bytes from', client);
  // else
  // include reply
  socket.send(message, client.port, client.address); // calls: sendto
  // end
});
socket.bind(port, host, () => { // calls: bind
  // include options socket
  console.log('ready to receive on port', socket.address().port);
});
