import type {ServerProgram} from './listing.ts';
import {joinLines, joinParts} from './marked-text.ts';
import {
	pythonName, pythonServerAddress, pythonSocket, pythonTarget,
} from './python-parts.ts';
import {pythonAnswer, pythonReply} from './python-rule.ts';

const chat = String.raw`
# Every address heard from. UDP never says that one has gone.
peers = {}`;

const tellOthers = String.raw`
        peers[sender] = True
        message = f"{name(sender)}: ".encode() + data
        for peer in peers:
            if peer != sender:
                send(message, peer)`;

const manual = String.raw`
last_sender = None

def answer_by_hand():
    for line in sys.stdin.buffer.raw:  # raw: nothing is read ahead
        if last_sender is None:
            print("nobody has sent anything yet", flush=True)
        else:
            send(line.rstrip(b"\r\n"), last_sender)

# A thread waits for lines typed here, and the loop below for datagrams.
threading.Thread(target=answer_by_hand, daemon=True).start()`;

const send = String.raw`
def send(data, receiver):
    try:
        # There is no connection: each datagram carries its destination.
        sock.sendto(data, receiver) «sendto»
    except OSError as error:
        print(f"not sent to {name(receiver)}: {error}", flush=True)`;

/** A UDP server in Python, its calls marked. */
export function pythonUdpServer(program: ServerProgram): string {
	const {rule} = program;
	const isManual = rule === 'manual';
	return joinParts(
		joinLines(
			'# UDP server. Run it with: python3 udp_server.py',
			rule === 'reverse' && 'import re',
			'import socket',
			isManual && 'import sys\nimport threading',
		),
		pythonServerAddress(program),
		pythonReply(program),
		pythonName(program),
		rule !== 'discard' && send,
		joinLines(
			pythonSocket(program, 'sock'),
			`sock.bind(${pythonTarget(program)}) «bind»`,
			'print("bound to", name(sock.getsockname()), flush=True)',
		),
		rule === 'chat' && chat,
		isManual && manual,
		loop(program),
	);
}

function loop(program: ServerProgram): string {
	const {rule} = program;
	const sender = rule === 'manual' ? 'last_sender' : 'sender';
	return joinLines(
		String.raw`
try:
    while True:
        # One call takes one datagram, whole, and the address that it came
        # from. That address is all that a server knows of its client.
        data, ${sender} = sock.recvfrom(65535) «recvfrom»`,
		rule === 'manual' ? '        print(name(last_sender), data, flush=True)' : '        print(len(data), "bytes from", name(sender), flush=True)',
		act(program),
		String.raw`
except KeyboardInterrupt:
    pass  # Ctrl+C
finally:
    sock.close() «close»`,
	);
}

function act(program: ServerProgram): string | undefined {
	switch (program.rule) {
		case 'uppercase':
		case 'echo':
		case 'reverse': {
			return `        send(${pythonAnswer(program)}, sender)`;
		}

		case 'chat': {
			return tellOthers;
		}

		case 'discard':
		case 'manual': {
			return undefined;
		}

		default: {
			return program.rule satisfies never;
		}
	}
}
