import {
	cAddress, cAddressType, cFail, cFamily, cHead, cLookUp, cMakeAddress, cName, cSendAll,
} from './c-parts.ts';
import {cHoldsBack, cReply, cReplyHeaders} from './c-rule.ts';
import {cServe} from './c-tcp-serve.ts';
import type {ServerProgram} from './listing.ts';
import {joinLines, joinParts} from './marked-text.ts';

const cutLength = String.raw`
/* How many bytes at the end begin a UTF-8 character that is cut there. */
static size_t cut_length(const char *data, size_t length) {
    for (size_t back = 1; back <= 3 && back <= length; back++) {
        unsigned char byte = data[length - back];
        size_t size = byte < 0xC2 || byte > 0xF4 ? 1
                    : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
        if (byte < 0x80 || byte >= 0xC0)
            return size > back ? back : 0;
    }
    return 0;
}`;

const connections = String.raw`
enum { most = 64 };
static int connections[most]; /* 0: a free place */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static bool change(int from, int to) {
    int i = 0;
    pthread_mutex_lock(&lock);
    while (i < most && connections[i] != from)
        i++;
    if (i < most)
        connections[i] = to;
    pthread_mutex_unlock(&lock);
    return i < most;
}

static void tell_others(int from, const char *message, size_t length) {
    pthread_mutex_lock(&lock);
    for (int i = 0; i < most; i++)
        if (connections[i] != 0 && connections[i] != from)
            send_all(connections[i], message, length);
    pthread_mutex_unlock(&lock);
}`;

/** A TCP server in C, its calls marked. */
export function cTcpServer(program: ServerProgram): string {
	const {rule} = program;
	const extra = rule === 'manual' ? ['poll.h'] : (rule === 'chat' ? ['stdbool.h'] : []);
	return joinParts(
		cHead(program, ['pthread.h', 'signal.h', 'stdint.h', ...(cHoldsBack(program) ? ['string.h'] : []), ...cReplyHeaders(program), ...extra]),
		cAddress(program),
		cReply(program),
		cHoldsBack(program) && cutLength,
		cName(program, true),
		rule !== 'discard' && cSendAll,
		rule === 'chat' && connections,
		rule === 'manual' && byHand(program),
		cServe(program),
		cFail,
		cLookUp(program),
		main(program),
	);
}

function byHand({closeAfterReply}: ServerProgram): string {
	return joinLines(
		String.raw`
static int latest = -1; /* the connection that lines typed here go to */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void answer_by_hand(struct pollfd *input) {
    static char *line;
    static size_t capacity;
    ssize_t length = getline(&line, &capacity, stdin);
    pthread_mutex_lock(&lock);
    if (length < 0)
        input->fd = -1; /* no more is typed: poll() skips it */
    else if (latest < 0 || send_all(latest, line, length) < 0)
        puts("there is no connection to send to");`,
		closeAfterReply && '    else\n        shutdown(latest, SHUT_RDWR); /* wakes its recv() */ «shutdown»',
		String.raw`
    pthread_mutex_unlock(&lock);
}`,
	);
}

function main(program: ServerProgram): string {
	const {rule} = program;
	const isManual = rule === 'manual';
	return joinLines(
		'int main(void) {',
		cMakeAddress(program, 'local'),
		'    socklen_t size = sizeof local;\n    setvbuf(stdout, NULL, _IOLBF, 0);',
		isManual && '    setvbuf(stdin, NULL, _IONBF, 0); /* nothing is read ahead */',
		String.raw`
    signal(SIGPIPE, SIG_IGN); /* a peer that has gone ends nothing */
    int welcoming = socket(${cFamily(program)}, SOCK_STREAM, 0); «socket»
    if (welcoming < 0)
        fail("socket");
    /* A port stays taken for a while after its connections have been
       closed (TIME_WAIT). With this, a server can start again at once. */
    int yes = 1;
    setsockopt(welcoming, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(welcoming, (struct sockaddr *) &local, size) < 0) «bind»
        fail("bind");
    if (listen(welcoming, SOMAXCONN) < 0) «listen»
        fail("listen");
    getsockname(welcoming, (struct sockaddr *) &local, &size);
    printf("listening on %s\n", name(&local));
`,
		isManual && String.raw`
    struct pollfd inputs[2] = {{.fd = welcoming, .events = POLLIN},
                               {.fd = STDIN_FILENO, .events = POLLIN}};`,
		'    for (;;) {',
		isManual && String.raw`
        /* Wait for what comes first: a client, or a line typed here. */
        if (poll(inputs, 2, -1) < 0)
            fail("poll");
        if (inputs[1].revents)
            answer_by_hand(&inputs[1]);
        if (!inputs[0].revents)
            continue;`,
		String.raw`
        /* The welcoming socket carries no data: accept() returns another
           one, for this client alone, with the same local port. */
        ${cAddressType(program)} peer;
        size = sizeof peer;
        int connection = accept(welcoming, (struct sockaddr *) &peer, «accept»
                                &size);
        if (connection < 0) {
            perror("accept"); /* such as too many open files */
            sleep(1);
            continue;
        }`,
		rule === 'chat' && String.raw`
        if (!change(0, connection)) {
            close(connection); /* no place is free */
            continue;
        }`,
		isManual && String.raw`
        pthread_mutex_lock(&lock);
        latest = connection;
        pthread_mutex_unlock(&lock);`,
		String.raw`
        printf("accepted %s\n", name(&peer));
        pthread_t thread;
        if (pthread_create(&thread, NULL, serve,
                           (void *) (intptr_t) connection) != 0)
            fail("pthread_create");
        pthread_detach(thread);
    }
}`,
	);
}
