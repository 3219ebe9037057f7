/* TCP client: cc -std=c11 -pthread -o tcp_client tcp_client.c */
// if ipv6
// replace sockaddr_in with sockaddr_in6
// replace AF_INET with AF_INET6
// replace sin_ with sin6_
// end
#define _POSIX_C_SOURCE 200809L
#include <arpa/inet.h>
// if lookup
// | #include <netdb.h>
// end
// if encoding
// | #include <errno.h>
// | #include <iconv.h>
// end
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
// if encoding
// | #include <string.h>
// end
#include <sys/socket.h>
#include <unistd.h>

static const char host[] = "127.0.0.1"; // value: host
// if lookup
// | static const char port[] = "12000"; // value: port
// else
static const int port = 12000; // value: port
// end

// include encoding

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

/* One thread sends what is typed, while main() receives. On a connection,
   send() takes no address. A byte stream has no message boundaries: the
   newline tells where a line ends. */
static void *send_lines(void *argument) {
    int sock = *(int *) argument;
    // if encoding
    // | static char *line, text[65536];
    // | size_t capacity = 0;
    // | ssize_t length;
    // | while ((length = getline(&line, &capacity, stdin)) > 0) {
    // |     length = convert(encoding, "UTF-8", line, length,
    // |                      text, sizeof text);
    // |     if (length < 0)
    // |         perror("iconv");
    // |     else if (send_all(sock, text, length) < 0)
    // |         return NULL;
    // | }
    // else
    char line[4096];
    ssize_t length;
    while ((length = read(STDIN_FILENO, line, sizeof line)) > 0)
        if (send_all(sock, line, length) < 0)
            return NULL;
    // end
    shutdown(sock, SHUT_WR); /* FIN: half-closed, still reading */ // calls: shutdown
    return NULL;
}

static void fail(const char *call) {
    perror(call);
    exit(1);
}

// if lookup
// | /* A name can have several addresses: take the first that answers, those
// |    of IPv4 before those of IPv6. */
// | static int connect_to_name(void) {
// |     struct addrinfo *found, *one, hints = {.ai_socktype = SOCK_STREAM};
// |     int error = getaddrinfo(host, port, &hints, &found); // calls: getaddrinfo
// |     if (error != 0) {
// |         fprintf(stderr, "%s: %s\n", host, gai_strerror(error));
// |         exit(1);
// |     }
// |     for (int pass = 0; pass < 2; pass++)
// |     for (one = found; one != NULL; one = one->ai_next) {
// |         if ((one->ai_family == AF_INET) != (pass == 0))
// |             continue;
// |         int sock = socket(one->ai_family, SOCK_STREAM, 0); // calls: socket
// |         if (sock < 0)
// |             fail("socket");
        // include source sock
// if not source
// |         /* Without bind(), the OS picks a port. */
// end
// |         if (connect(sock, one->ai_addr, one->ai_addrlen) == 0) // calls: connect
// |             return sock;
// |         perror("connect");
// |         close(sock);
// |     }
// |     exit(1);
// | }
// end

int main(void) {
    // if lookup
    // | int sock = connect_to_name();
    // else
    struct sockaddr_in server = {.sin_family = AF_INET};
    inet_pton(AF_INET, host, &server.sin_addr);
    server.sin_port = htons(port); /* in network byte order */
    int sock = socket(AF_INET, SOCK_STREAM, 0); // calls: socket
    if (sock < 0)
        fail("socket");
    // include source sock
    // if not source
    /* Without bind(), the OS picks a port. */
    // end
    if (connect(sock, (struct sockaddr *) &server, sizeof server) < 0) // calls: connect
        fail("connect");
    // end
    fputs("connected\n", stderr);
    // if no-delay
    /* Small writes go out at once: no Nagle algorithm. */
    int yes = 1;
    setsockopt(sock, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes); // calls: TCP_NODELAY
    // else
    // | /* Small writes wait for the ACK of those before (Nagle). */
    // | int no = 0;
    // | setsockopt(sock, IPPROTO_TCP, TCP_NODELAY, &no, sizeof no); // calls: TCP_NODELAY
    // end
    // include options sock
    signal(SIGPIPE, SIG_IGN); /* a closed peer must not end the program */
    pthread_t typing;
    if (pthread_create(&typing, NULL, send_lines, &sock) != 0)
        fail("pthread_create");
    /* A chunk is what has arrived, which need not be what one send() sent.
       No bytes: the peer has finished (its FIN). */
    char chunk[4096];
    ssize_t length;
    // if encoding
    // | iconv_t to_utf8 = iconv_open("UTF-8", encoding);
    // | size_t held = 0; /* bytes of a character that is not whole yet */
    // | while ((length = recv(sock, chunk + held, // calls: recv
    // |                       sizeof chunk - held, 0)) > 0) {
    // |     char text[3 * sizeof chunk], *in = chunk, *out = text;
    // |     size_t room = sizeof text;
    // |     held += length;
    // |     while (iconv(to_utf8, &in, &held, &out, &room) == (size_t) -1
    // |            && errno == EILSEQ) {
    // |         *out++ = '?'; /* a byte that is no character */
    // |         room--;
    // |         in++;
    // |         held--;
    // |     }
    // |     fwrite(text, 1, out - text, stdout);
    // |     fflush(stdout);
    // |     memmove(chunk, in, held);
    // | }
    // else
    while ((length = recv(sock, chunk, sizeof chunk, 0)) > 0) { // calls: recv
        fwrite(chunk, 1, length, stdout);
        fflush(stdout);
    }
    // end
    if (length < 0)
        perror("recv");
    close(sock); // calls: close
    return length < 0;
}
