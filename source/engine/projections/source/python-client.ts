import {needsLookup} from './host.ts';
import type {ClientProgram} from './listing.ts';
import {joinLines, joinParts} from './marked-text.ts';
import {
	pythonClientAddress, pythonName, pythonSocket, pythonTarget,
} from './python-parts.ts';

/** A UDP or TCP client in Python, its calls marked. */
export function pythonClient(program: ClientProgram): string {
	return program.protocol === 'udp' ? udpClient(program) : tcpClient(program);
}

function udpClient(program: ClientProgram): string {
	return joinParts(
		'# UDP client. Run it with: python3 udp_client.py\nimport socket\nimport sys\nimport threading',
		pythonClientAddress(program),
		pythonName(program),
		String.raw`
def send_lines():
    for line in sys.stdin.buffer.raw:  # raw: nothing is read ahead
        try:
            # A line is a datagram, an empty line an empty one. Each has
            # its destination. At the first, the system picks our own port.
            sock.sendto(line.rstrip(b"\r\n"), ${pythonTarget(program)}) «bind sendto»
        except OSError as error:
            print("not sent:", error, file=sys.stderr)`,
		joinLines(
			pythonSocket(program, 'sock'),
			'sock.settimeout(0.5)  # an answer that is lost must not hang us',
		),
		String.raw`
# One thread sends what is typed, while this one receives.
typing = threading.Thread(target=send_lines, daemon=True)
typing.start()
try:
    while True:
        is_last_try = not typing.is_alive()
        try:
            # Anyone can send to our port: the address says who it was.
            data, sender = sock.recvfrom(65535) «recvfrom»
            text = data.decode(errors="replace")
            print(f"{name(sender)}: {text}", flush=True)
        except socket.timeout:
            if is_last_try:
                break  # nothing more typed, and no answer since
except KeyboardInterrupt:
    pass  # Ctrl+C
finally:
    sock.close() «close»`,
	);
}

function tcpClient(program: ClientProgram): string {
	return joinParts(
		'# TCP client. Run it with: python3 tcp_client.py\nimport socket\nimport sys\nimport threading',
		pythonClientAddress(program),
		pythonName(program),
		String.raw`
def send_lines():
    try:
        # A connection needs no address any more. The stream has no message
        # borders either: the newline tells where a line ends.
        for line in sys.stdin.buffer.raw:  # raw: nothing is read ahead
            sock.sendall(line) «send»
        sock.shutdown(socket.SHUT_WR)  # FIN: half-closed, still reading «shutdown»
    except OSError as error:
        print("not sent:", error, file=sys.stderr)`,
		joinLines(
			needsLookup(program.address) ? lookupAndConnect(program) : `${pythonSocket(program, 'sock')}\nsock.connect((HOST, PORT)) «connect»`,
			'# Nobody called bind(): the system has picked our port.',
			'print("connected,", name(sock.getsockname()), file=sys.stderr)',
		),
		String.raw`
# One thread sends what is typed, while this one receives.
threading.Thread(target=send_lines, daemon=True).start()
try:
    # recv() returns what has arrived, which need not be what one send()
    # sent; and nothing once the peer has finished.
    while chunk := sock.recv(4096): «recv»
        sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
except OSError as error:
    print(error, file=sys.stderr)  # such as a reset by the peer
except KeyboardInterrupt:
    pass  # Ctrl+C
finally:
    sock.close() «close»`,
	);
}

function lookupAndConnect({address: {host}}: ClientProgram): string {
	const mark = host.includes(':') ? '' : ' «getaddrinfo»';
	return String.raw`
# A name can have several addresses: take the first that answers.
for family, kind, _, _, address in socket.getaddrinfo(${mark}
        HOST, PORT, type=socket.SOCK_STREAM):
    sock = socket.socket(family, kind) «socket»
    try:
        sock.connect(address) «connect»
        break
    except OSError as error:
        sock.close()
        print(f"{address[0]}: {error}", file=sys.stderr)
else:
    sys.exit(1)`;
}
