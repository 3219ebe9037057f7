import {
	cAddress, cAddressType, cFail, cFamily, cHead, cLookUp, cMakeAddress, cName,
} from './c-parts.ts';
import {cReply, cReplyHeaders} from './c-rule.ts';
import type {ServerProgram} from './listing.ts';
import {joinLines, joinParts} from './marked-text.ts';

/** A UDP server in C, its calls marked. */
export function cUdpServer(program: ServerProgram): string {
	const {rule} = program;
	const isManual = rule === 'manual';
	const headers = [...cReplyHeaders(program), ...(isManual ? ['poll.h', 'stdbool.h'] : []), ...(rule === 'chat' ? ['stdbool.h', 'string.h'] : [])];
	return joinParts(
		cHead(program, headers),
		cAddress(program),
		cReply(program),
		cName(program, false),
		rule === 'chat' && tellOthers(program),
		isManual && answerByHand(program),
		cFail,
		cLookUp(program),
		main(program),
	);
}

function tellOthers(program: ServerProgram): string {
	const type = cAddressType(program);
	return String.raw`
enum { most = 64 };
/* Every address heard from. UDP never says that one has gone. */
static ${type} peers[most];
static int count;

static void tell_others(int sock, const char *data, size_t length,
                        const ${type} *sender) {
    static char message[80 + 65536];
    char from[80];
    strcpy(from, name(sender));
    int start = sprintf(message, "%s: ", from);
    memcpy(message + start, data, length);
    bool is_new = true;
    for (int i = 0; i < count && i < most; i++) {
        if (strcmp(from, name(&peers[i])) == 0)
            is_new = false;
        /* No connection: each datagram carries its destination. */
        else if (sendto(sock, message, start + length, 0, «sendto»
                       (struct sockaddr *) &peers[i], sizeof peers[i]) < 0)
            perror("sendto");
    }
    if (is_new)
        peers[count++ % most] = *sender; /* full: the eldest goes */
}`;
}

function answerByHand(program: ServerProgram): string {
	return String.raw`
static bool has_peer;

/* Send a line that is typed here. At the end of all input: false. */
static bool answer_by_hand(int sock, const ${cAddressType(program)} *last) {
    static char *line;
    static size_t capacity;
    ssize_t length = getline(&line, &capacity, stdin);
    if (length < 0)
        return false;
    if (line[length - 1] == '\n')
        length--;
    /* No connection: each datagram carries its destination. */
    if (!has_peer)
        puts("nobody has sent anything yet");
    else if (sendto(sock, line, length, 0, «sendto»
                    (struct sockaddr *) last, sizeof *last) < 0)
        perror("sendto");
    return true;
}`;
}

function main(program: ServerProgram): string {
	const isManual = program.rule === 'manual';
	return joinLines(
		'int main(void) {',
		cMakeAddress(program, 'local'),
		'    socklen_t size = sizeof local;\n    setvbuf(stdout, NULL, _IOLBF, 0);',
		isManual && '    setvbuf(stdin, NULL, _IONBF, 0); /* nothing is read ahead */',
		String.raw`
    int sock = socket(${cFamily(program)}, SOCK_DGRAM, 0); «socket»
    if (sock < 0)
        fail("socket");
    if (bind(sock, (struct sockaddr *) &local, size) < 0) «bind»
        fail("bind");
    getsockname(sock, (struct sockaddr *) &local, &size);
    printf("bound to %s\n", name(&local));
`,
		`    static char data[65536];\n    ${cAddressType(program)} sender = {0};`,
		isManual && String.raw`
    struct pollfd inputs[2] = {{.fd = sock, .events = POLLIN},
                               {.fd = STDIN_FILENO, .events = POLLIN}};`,
		'    for (;;) {',
		isManual && String.raw`
        /* Wait for what comes first: a datagram, or a line typed here. */
        if (poll(inputs, 2, -1) < 0)
            fail("poll");
        if (inputs[1].revents && !answer_by_hand(sock, &sender))
            inputs[1].fd = -1; /* nothing more is typed: skip it */
        if (!inputs[0].revents)
            continue;`,
		String.raw`
        /* One call takes one datagram, whole, and the address that it came
           from. That address is all that a server knows of its client. */
        size = sizeof sender;
        ssize_t length = recvfrom(sock, data, sizeof data, 0, «recvfrom»
                                  (struct sockaddr *) &sender, &size);
        if (length < 0)
            break;`,
		isManual
			? String.raw`
        has_peer = true;
        printf("%s: ", name(&sender));
        fwrite(data, 1, length, stdout);
        putchar('\n');`
			: String.raw`        printf("%zd bytes from %s\n", length, name(&sender));`,
		act(program),
		String.raw`
    }
    perror("recvfrom");
    close(sock); /* Ctrl+C: the system does it */ «close»
    return 1;
}`,
	);
}

function act(program: ServerProgram): string | undefined {
	switch (program.rule) {
		case 'uppercase':
		case 'echo':
		case 'reverse': {
			return joinLines(
				program.rule !== 'echo' && '        reply(data, length);',
				String.raw`
        /* No connection: each datagram carries its destination. */
        if (sendto(sock, data, length, 0, «sendto»
                   (struct sockaddr *) &sender, size) < 0)
            perror("sendto");`,
			);
		}

		case 'chat': {
			return '        tell_others(sock, data, length, &sender);';
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
