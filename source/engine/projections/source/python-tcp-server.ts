import {isByCharacter} from './by-character.ts';
import type {ServerProgram} from './listing.ts';
import {joinLines, joinParts} from './marked-text.ts';
import {
	pythonName, pythonServerAddress, pythonSocket, pythonTarget,
} from './python-parts.ts';
import {pythonAnswer, pythonReply} from './python-rule.ts';

const split = String.raw`
def split(data):
    """What is whole, and the start of a character that the end cuts."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            return data[:error.start], data[error.start:]
    return data, b""`;

const tellOthers = String.raw`
connections = []
lock = threading.Lock()

def tell_others(connection, message):
    with lock:
        for other in connections:
            try:
                if other is not connection:
                    other.sendall(message) «send»
            except OSError:
                continue  # it has gone; its own thread notices that`;

const manual = String.raw`
latest = None  # the connection socket that lines typed here go to

def answer_by_hand():
    for line in sys.stdin.buffer.raw:  # raw: nothing is read ahead
        if latest is None:
            print("nobody has connected yet", flush=True)
            continue
        try:
            latest.sendall(line) «send»¤
        except OSError as error:
            print("not sent:", error, flush=True)

threading.Thread(target=answer_by_hand, daemon=True).start()`;

/** A TCP server in Python, its calls marked. */
export function pythonTcpServer(program: ServerProgram): string {
	const {rule} = program;
	const shutdown = program.closeAfterReply ? '\n            latest.shutdown(socket.SHUT_RDWR)  # wakes its recv() «shutdown»' : '';
	return joinParts(
		joinLines(
			'# TCP server. Run it with: python3 tcp_server.py',
			rule === 'reverse' && 'import re',
			'import socket',
			rule === 'manual' && 'import sys',
			'import threading',
		),
		pythonServerAddress(program),
		pythonReply(program),
		isByCharacter(program) && split,
		pythonName(program),
		rule === 'chat' && tellOthers,
		serve(program),
		joinLines(
			pythonSocket(program, 'welcoming'),
			String.raw`
# A port stays taken for a while after its connections have been closed
# (TIME_WAIT). With this, a server can be started again at once.
welcoming.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)`,
			`welcoming.bind(${pythonTarget(program)}) «bind»`,
			'welcoming.listen() «listen»',
			'print("listening on", name(welcoming.getsockname()), flush=True)',
		),
		rule === 'manual' && manual.replace('¤', shutdown),
		acceptLoop(program),
	);
}

function serve(program: ServerProgram): string {
	const {rule, closeAfterReply} = program;
	const isShutByHand = rule === 'manual' && closeAfterReply;
	return joinLines(
		String.raw`
def serve(connection, peer):  # each client's thread
    try:`,
		chunkLoop(program),
		isShutByHand
			? '        # No bytes: the peer has finished, or the line typed was sent.'
			: '        connection.shutdown(socket.SHUT_WR)  # FIN: this side too «shutdown»',
		'    except OSError as error:\n        print(name(peer), error, flush=True)',
		'    finally:',
		rule === 'chat' && '        with lock:\n            connections.remove(connection)',
		'        connection.close() «close»',
		'        print("closed", name(peer), flush=True)',
	);
}

function chunkLoop(program: ServerProgram): string {
	const {rule, closeAfterReply} = program;
	const show = rule === 'manual' ? '            print(name(peer), chunk, flush=True)' : '            print(len(chunk), "bytes from", name(peer), flush=True)';
	const answer = rule === 'chat'
		? '                tell_others(connection, f"{name(peer)}: ".encode() + data)'
		: `                connection.sendall(${pythonAnswer(program)}) «send»`;
	const close = closeAfterReply && rule !== 'chat' && '                break  # close after the reply';
	if (isByCharacter(program)) {
		return joinLines(
			String.raw`
        chunk, held = None, b""
        while chunk != b"":
            # A chunk: what has arrived so far, less than a message or
            # several. No bytes at all: the peer has finished (its FIN).
            chunk = connection.recv(4096) «recv»`,
			show,
			String.raw`
            data, held = split(held + chunk) if chunk else (held, b"")
            if data:`,
			answer,
			close,
		);
	}

	return joinLines(
		String.raw`
        # A chunk: what has arrived so far, be it less than a message or
        # several. No bytes at all: the peer has finished (its FIN).`,
		`        while ${rule === 'echo' ? 'data' : 'chunk'} := connection.recv(4096): «recv»`,
		rule === 'echo' ? '            print(len(data), "bytes from", name(peer), flush=True)' : show,
		rule === 'echo' && '            connection.sendall(data) «send»',
		rule === 'echo' && closeAfterReply && '            break  # close after the reply',
	);
}

function acceptLoop({rule}: ServerProgram): string {
	return joinLines(
		String.raw`
try:
    while True:
        # The welcoming socket carries no data: accept() returns another
        # one, for this client alone, with the same local port.
        connection, peer = welcoming.accept() «accept»`,
		rule === 'manual' && '        latest = connection',
		rule === 'chat' && '        with lock:\n            connections.append(connection)',
		String.raw`
        print("accepted", name(peer), flush=True)
        client = threading.Thread(target=serve, args=(connection, peer))
        client.daemon = True  # does not outlive the loop
        client.start()
except KeyboardInterrupt:
    pass  # Ctrl+C
finally:
    welcoming.close()`,
	);
}
