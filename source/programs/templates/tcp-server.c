/* TCP server: cc -std=c11 -pthread -o tcp_server tcp_server.c */
// if ipv6
// replace sockaddr_in with sockaddr_in6
// replace AF_INET with AF_INET6
// replace INET_ADDRSTRLEN with INET6_ADDRSTRLEN
// replace sin_ with sin6_
// end
#define _POSIX_C_SOURCE 200809L
#include <arpa/inet.h>
// if lookup
// | #include <netdb.h>
// end
// if manual
// | #include <poll.h>
// end
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
// if chat
// | #include <stdbool.h>
// end
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
// if lookup or whole-characters
// | #include <string.h>
// end
#include <sys/socket.h>
#include <unistd.h>

// if loopback
/* loopback: only this machine can reach it */
// else if any-address
// | /* every address of this machine */
// end
static const char host[] = "127.0.0.1"; // value: host
// if any-port
/* the OS picks one, and it is printed below */
// else
// | /* chosen here, so that clients can know it */
// end
// if lookup
// | static const char port[] = "12000"; // value: port
// else
static const int port = 0; // value: port
// end

// include reply

// if whole-characters
// | /* How many bytes at the end begin a UTF-8 character that is cut there. */
// | static size_t cut_length(const char *data, size_t length) {
// |     for (size_t back = 1; back <= 3 && back <= length; back++) {
// |         unsigned char byte = data[length - back];
// |         size_t size = byte < 0xC2 || byte > 0xF4 ? 1
// |                     : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
// |         if (byte < 0x80 || byte >= 0xC0)
// |             return size > back ? back : 0;
// |     }
// |     return 0;
// | }
// end

/* An address that a call has returned, as text. */
static char *name(const struct sockaddr_in *address) {
    static _Thread_local char text[80];
    char ip[INET_ADDRSTRLEN];
    inet_ntop(AF_INET, &address->sin_addr, ip, sizeof ip);
    // if ipv6
    // | sprintf(text, "[%s]:%d", ip, ntohs(address->sin_port));
    // else
    sprintf(text, "%s:%d", ip, ntohs(address->sin_port));
    // end
    return text;
}

// if not discard
/* send() may take only a part of what it is given. */
static int send_all(int sock, const char *data, size_t length) {
    while (length > 0) {
        ssize_t sent = send(sock, data, length, 0); // calls: send
        if (sent < 0)
            return -1;
        data += sent;
        length -= sent;
    }
    return 0;
}
// end

// if chat
// | enum { most = 64 };
// | static int connections[most]; /* 0: a free slot */
// | static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
// |
// | static bool change(int from, int to) {
// |     int i = 0;
// |     pthread_mutex_lock(&lock);
// |     while (i < most && connections[i] != from)
// |         i++;
// |     if (i < most)
// |         connections[i] = to;
// |     pthread_mutex_unlock(&lock);
// |     return i < most;
// | }
// |
// | static void tell_others(int from, const char *message, size_t length) {
// |     pthread_mutex_lock(&lock);
// |     for (int i = 0; i < most; i++)
// |         if (connections[i] != 0 && connections[i] != from)
// |             send_all(connections[i], message, length);
// |     pthread_mutex_unlock(&lock);
// | }
// else if manual
// | static int latest = -1; /* the connection that typed lines go to */
// | static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
// |
// | static void answer_by_hand(struct pollfd *input) {
// |     static char *line;
// |     static size_t capacity;
// |     ssize_t length = getline(&line, &capacity, stdin);
// |     pthread_mutex_lock(&lock);
// |     if (length < 0)
// |         input->fd = -1; /* nothing more is typed: poll() skips it */
// |     else if (latest < 0 || send_all(latest, line, length) < 0)
// |         puts("there is no connection to send to");
// if close-after-reply
// |     else
// |         shutdown(latest, SHUT_RDWR); /* wakes its recv() */ // calls: shutdown
// end
// |     pthread_mutex_unlock(&lock);
// | }
// end

/* Each client's thread. */
static void *serve(void *argument) {
    int connection = (int) (intptr_t) argument;
    struct sockaddr_in address = {0};
    socklen_t size = sizeof address;
    getpeername(connection, (struct sockaddr *) &address, &size);
    char *peer = name(&address);
    // if whole-characters
    // if chat
    // | char message[80 + 4096];
    // | char *data = message + sprintf(message, "%s: ", peer);
    // else
    // | char data[4096];
    // end
    // | size_t held = 0; /* bytes of a character that is not whole yet */
    // | ssize_t length;
    // | do {
    // |     /* A chunk: what has arrived so far, less than a message or
    // |        several. No bytes: the peer has finished (its FIN). */
    // |     length = recv(connection, data + held, 4096 - held, 0); // calls: recv
    // |     if (length < 0)
    // |         break;
    // |     printf("%zd bytes from %s\n", length, peer);
    // |     size_t whole = held + length;
    // |     held = length > 0 ? cut_length(data, whole) : 0;
    // |     whole -= held;
    // |     if (whole == 0)
    // |         continue;
    // if chat
    // |     tell_others(connection, message, data - message + whole);
    // else
    // |     reply(data, whole);
    // |     send_all(connection, data, whole);
    // end
    // if answers and close-after-reply
    // |     break; /* close after the reply */
    // else
    // |     memmove(data, data + whole, held);
    // end
    // | } while (length > 0);
    // else
    char data[4096];
    ssize_t length;
    /* A chunk: what has arrived so far, less than a message or
       several. No bytes: the peer has finished (its FIN). */
    while ((length = recv(connection, data, sizeof data, 0)) > 0) { // calls: recv
        // if manual
        // | printf("%s: ", peer);
        // | fwrite(data, 1, length, stdout);
        // | putchar('\n');
        // else
        printf("%zd bytes from %s\n", length, peer);
        // end
        // if reply
        // | reply(data, length);
        // end
        // if answers and close-after-reply
        // | send_all(connection, data, length);
        // | break; /* close after the reply */
        // else if answers
        if (send_all(connection, data, length) < 0)
            break;
        // end
    }
    // end
    // if not manual or not close-after-reply
    shutdown(connection, SHUT_WR); /* FIN: this side too */ // calls: shutdown
    // end
    // if chat
    // | change(connection, 0);
    // else if manual
    // | pthread_mutex_lock(&lock);
    // | if (latest == connection)
    // |     latest = -1;
    // end
    close(connection); // calls: close
    // if manual
    // | pthread_mutex_unlock(&lock);
    // end
    printf("closed %s\n", peer);
    return NULL;
}

static void fail(const char *call) {
    perror(call);
    exit(1);
}

// include lookup

int main(void) {
    // if lookup
    // | struct sockaddr_in local;
    // | look_up(&local);
    // else
    struct sockaddr_in local = {.sin_family = AF_INET};
    inet_pton(AF_INET, host, &local.sin_addr);
    local.sin_port = htons(port); /* in network byte order */
    // end
    socklen_t size = sizeof local;
    setvbuf(stdout, NULL, _IOLBF, 0);
    // if manual
    // | setvbuf(stdin, NULL, _IONBF, 0); /* nothing is read ahead */
    // end
    signal(SIGPIPE, SIG_IGN); /* a closed peer must not end the program */
    int welcoming = socket(AF_INET, SOCK_STREAM, 0); // calls: socket
    if (welcoming < 0)
        fail("socket");
    /* A port stays in use for a while after its connections have closed
       (TIME_WAIT). With this, a server can start again at once. */
    int yes = 1;
    setsockopt(welcoming, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes); // calls: SO_REUSEADDR
    // if ipv6
    // | /* With ::, it serves IPv4, too. */
    // | int no = 0;
    // | setsockopt(welcoming, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no); // calls: IPV6_V6ONLY
    // end
    if (bind(welcoming, (struct sockaddr *) &local, size) < 0) // calls: bind
        fail("bind");
    // if backlog
    // | const int backlog = 5; // value: backlog
    // | if (listen(welcoming, backlog) < 0) // calls: listen
    // else
    if (listen(welcoming, SOMAXCONN) < 0) // calls: listen
    // end
        fail("listen");
    getsockname(welcoming, (struct sockaddr *) &local, &size);
    printf("listening on %s\n", name(&local));
    // if manual
    // | struct pollfd inputs[2] = {{.fd = welcoming, .events = POLLIN},
    // |                            {.fd = STDIN_FILENO, .events = POLLIN}};
    // end
    for (;;) {
        // if manual
        // | /* Wait for what comes first: a client, or a line typed here. */
        // | if (poll(inputs, 2, -1) < 0)
        // |     fail("poll");
        // | if (inputs[1].revents)
        // |     answer_by_hand(&inputs[1]);
        // | if (!inputs[0].revents)
        // |     continue;
        // end
        /* The welcoming socket carries no data: accept() returns another
           one, for this client alone, with the same local port. */
        struct sockaddr_in peer;
        size = sizeof peer;
        int connection = accept(welcoming, (struct sockaddr *) &peer, // calls: accept
                                &size);
        if (connection < 0) {
            perror("accept"); /* such as too many open files */
            sleep(1);
            continue;
        }
        // if no-delay
        /* Small writes go out at once: no Nagle algorithm. */
        setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes); // calls: TCP_NODELAY
        // else
        // | /* Small writes wait for the ACK of those before (Nagle). */
        // | int off = 0;
        // | setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &off, sizeof off); // calls: TCP_NODELAY
        // end
        // include options connection
        // if chat
        // | if (!change(0, connection)) {
        // |     close(connection); /* no slot is free */
        // |     continue;
        // | }
        // else if manual
        // | pthread_mutex_lock(&lock);
        // | latest = connection;
        // | pthread_mutex_unlock(&lock);
        // end
        printf("accepted %s\n", name(&peer));
        pthread_t thread;
        if (pthread_create(&thread, NULL, serve,
                           (void *) (intptr_t) connection) != 0)
            fail("pthread_create");
        pthread_detach(thread);
    }
}
