import type {Address} from '../../source/log/event.ts';

type Protocol = 'udp' | 'tcp';

/** How a program of others is started as a client of an address, or as a server on it. */
type Player = {
	readonly name: string;
	client(protocol: Protocol, address: Address): string[];
	server(protocol: Protocol, address: Address): string[];
	/** What it says on its standard error when it can be talked to. */
	readonly ready: RegExp;
};

const pythonClient = `
import socket, sys
kind, host, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM if kind == 'tcp' else socket.SOCK_DGRAM)
s.connect((host, port))
for line in sys.stdin:
    s.send(line.encode())
    print(s.recv(65535).decode(), end='')
s.close()
`;

const pythonServer = `
import socket, sys
kind, host, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
if kind == 'tcp':
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    print('ready', file=sys.stderr)
    s, peer = listener.accept()
    print(s.recv(65535).decode(), end='')
    for line in sys.stdin:
        s.sendall(line.encode())
else:
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind((host, port))
    print('ready', file=sys.stderr)
    data, peer = s.recvfrom(65535)
    print(data.decode(), end='')
    for line in sys.stdin:
        s.sendto(line.encode(), peer)
`;

export const players: readonly Player[] = [
	{
		name: 'nc',
		client: (protocol, {host, port}) => [...(protocol === 'udp' ? ['-u'] : ['-N']), host, String(port)],
		server: (protocol, {host, port}) => [...(protocol === 'udp' ? ['-u'] : []), '-v', '-n', '-l', host, String(port)],
		ready: /Listening on|Bound on/,
	},
	{
		name: 'ncat',
		client: (protocol, {host, port}) => [...(protocol === 'udp' ? ['-u'] : []), host, String(port)],
		server: (protocol, {host, port}) => [...(protocol === 'udp' ? ['-u'] : []), '-v', '-l', host, String(port)],
		ready: /Listening on 127/,
	},
	{
		name: 'socat',
		client: (protocol, {host, port}) => ['-', `${protocol.toUpperCase()}:${host}:${port}`],
		server: (protocol, {host, port}) => [
			'-d',
			'-d',
			'-d',
			'-d',
			`${protocol.toUpperCase()}-LISTEN:${port},bind=${host}`,
			'-',
		],
		ready: /listening on AF|bind\(.*\) -> 0/,
	},
	{
		name: 'python3',
		client: (protocol, {host, port}) => ['-c', pythonClient, protocol, host, String(port)],
		server: (protocol, {host, port}) => ['-c', pythonServer, protocol, host, String(port)],
		ready: /ready/,
	},
];
