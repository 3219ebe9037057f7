// TCP server in short. Run it with: node tcp_server_short.mjs
import net from 'node:net';

// The full form also handles errors, a cut character, and a client that
// does not read.
const [host, port] = ['127.0.0.1', 12000]; // value: host port
// if chat
// | const connections = new Set();
// end
// if backlog
// | const backlog = 5; // value: backlog
// end
const welcoming = net.createServer(connection => { // calls: accept
  // include options connection
  // if chat
  // | connections.add(connection);
  // | const {remoteAddress, remotePort} = connection;
  // end
  // if close-after-reply and not chat and not discard
  // | connection.once('data', message => { // calls: recv
  // else
  connection.on('data', message => { // calls: recv
  // end
    // if chat
    // if ipv6
    // | const name = '[' + remoteAddress + ']:' + remotePort + ': ';
    // else
    // | const name = remoteAddress + ':' + remotePort + ': ';
    // end
    // | for (const other of connections) {
    // |   if (other !== connection) other.write(name + message); // calls: send
    // | }
    // else if manual
    // | console.log(String(message), connection.remotePort);
    // | process.stdin.once('data', line => { // a line typed here
    // |   connection.write(String(line).trimEnd()); // calls: send
    // if close-after-reply
    // |   connection.end(); // calls: close
    // end
    // | });
    // else if discard
    // | console.log(message.length, 'bytes from', connection.remotePort);
    // else
    // include reply
    connection.write(message); // calls: send
    // if close-after-reply
    // | connection.end(); // calls: close
    // end
    // end
  });
  // if chat
  // | connection.on('close', () => connections.delete(connection));
  // end
  // if not close-after-reply or chat or discard
  connection.on('end', () => connection.end()); // calls: close
  // end
});
// if backlog
// | welcoming.listen(port, host, backlog, () => { // calls: socket bind listen
// else
welcoming.listen(port, host, () => { // calls: socket bind listen
// end
  console.log('ready to accept on port', welcoming.address().port);
});
