import type {ClientProgram} from './listing.ts';
import {
	cAddress, cAddressType, cFail, cFamily, cHead, cLookUp, cMakeAddress, cName, cSendAll,
} from './c-parts.ts';
import {hostKind} from './host.ts';
import {joinLines, joinParts} from './marked-text.ts';

/** A UDP or TCP client in C, its calls marked. */
export function cClient(program: ClientProgram): string {
	return program.protocol === 'udp' ? udpClient(program) : tcpClient(program);
}

function udpClient(program: ClientProgram): string {
	return joinParts(
		cHead(program, ['poll.h']),
		cAddress(program),
		cName(program, false),
		cFail,
		cLookUp(program),
		String.raw`
static void print_datagram(int sock) {
    static char data[65536];
    ${cAddressType(program)} sender;
    socklen_t size = sizeof sender;
    /* Anyone can send to our port: the address says who it was. */
    ssize_t length = recvfrom(sock, data, sizeof data, 0, «recvfrom»
                              (struct sockaddr *) &sender, &size);
    if (length < 0)
        fail("recvfrom");
    printf("%s: ", name(&sender));
    fwrite(data, 1, length, stdout);
    putchar('\n');
}`,
		joinLines(
			'int main(void) {',
			cMakeAddress(program, 'server'),
			udpMain(program),
		),
	);
}

function udpMain(program: ClientProgram): string {
	return String.raw`
    setvbuf(stdout, NULL, _IOLBF, 0);
    setvbuf(stdin, NULL, _IONBF, 0); /* nothing is read ahead */
    int sock = socket(${cFamily(program)}, SOCK_DGRAM, 0); «socket»
    if (sock < 0)
        fail("socket");

    char *line = NULL;
    size_t capacity = 0;
    struct pollfd inputs[2] = {{.fd = sock, .events = POLLIN},
                               {.fd = STDIN_FILENO, .events = POLLIN}};
    int wait = -1; /* for ever */
    /* Wait for what comes first: a datagram, or a line typed here. */
    while (poll(inputs, 2, wait) > 0) {
        if (inputs[0].revents)
            print_datagram(sock);
        if (!inputs[1].revents)
            continue;
        ssize_t length = getline(&line, &capacity, stdin);
        if (length < 0) {
            /* Nothing more is typed. An answer that is lost must not hang
               us: half a second without any. */
            inputs[1].fd = -1;
            wait = 500;
            continue;
        }
        if (line[length - 1] == '\n')
            length--;
        /* A line is a datagram, an empty line an empty one. Each carries
           its destination. At the first, the system picks our own port. */
        if (sendto(sock, line, length, 0, «bind sendto»
                   (struct sockaddr *) &server, sizeof server) < 0)
            perror("sendto");
    }
    free(line);
    close(sock); «close»
    return 0;
}`;
}

function tcpClient(program: ClientProgram): string {
	const isName = hostKind(program.address.host) === 'name';
	return joinParts(
		cHead(program, ['pthread.h', 'signal.h']),
		cAddress(program),
		cSendAll,
		String.raw`
/* One thread sends what is typed, while main() receives. A connection
   needs no address any more. The stream has no message borders either: the
   newline tells where a line ends. */
static void *send_lines(void *argument) {
    int sock = *(int *) argument;
    char line[4096];
    ssize_t length;
    while ((length = read(STDIN_FILENO, line, sizeof line)) > 0)
        if (send_all(sock, line, length) < 0)
            return NULL;
    shutdown(sock, SHUT_WR); /* FIN: half-closed, still reading */ «shutdown»
    return NULL;
}`,
		cFail,
		isName ? connectToName : cLookUp(program),
		joinLines(
			'int main(void) {',
			isName
				? '    int sock = connect_to_name();'
				: joinLines(
					cMakeAddress(program, 'server'),
					String.raw`
    int sock = socket(${cFamily(program)}, SOCK_STREAM, 0); «socket»
    if (sock < 0)
        fail("socket");
    /* Nobody calls bind(): the system picks our own port. */
    if (connect(sock, (struct sockaddr *) &server, sizeof server) < 0) «connect»
        fail("connect");`,
				),
			tcpMain,
		),
	);
}

const tcpMain = String.raw`
    fputs("connected\n", stderr);
    signal(SIGPIPE, SIG_IGN); /* a peer that has gone ends nothing */
    pthread_t typing;
    if (pthread_create(&typing, NULL, send_lines, &sock) != 0)
        fail("pthread_create");
    /* A chunk is what has arrived, which need not be what one send() sent.
       No bytes: the peer has finished (its FIN). */
    char chunk[4096];
    ssize_t length;
    while ((length = recv(sock, chunk, sizeof chunk, 0)) > 0) { «recv»
        fwrite(chunk, 1, length, stdout);
        fflush(stdout);
    }
    if (length < 0)
        perror("recv");
    close(sock); «close»
    return length < 0;
}`;

const connectToName = String.raw`
/* A name can have several addresses: take the first that answers. */
static int connect_to_name(void) {
    struct addrinfo *found, hints = {.ai_socktype = SOCK_STREAM};
    int error = getaddrinfo(host, port, &hints, &found); «getaddrinfo»
    if (error != 0) {
        fprintf(stderr, "%s: %s\n", host, gai_strerror(error));
        exit(1);
    }
    for (; found != NULL; found = found->ai_next) {
        int sock = socket(found->ai_family, SOCK_STREAM, 0); «socket»
        if (sock < 0)
            fail("socket");
        /* Nobody calls bind(): the system picks our own port. */
        if (connect(sock, found->ai_addr, found->ai_addrlen) == 0) «connect»
            return sock;
        perror("connect");
        close(sock);
    }
    exit(1);
}`;
