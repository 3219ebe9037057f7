/* UDP client: cc -std=c11 -o udp_client udp_client.c */
// if ipv6
// replace sockaddr_in with sockaddr_in6
// replace AF_INET with AF_INET6
// replace INET_ADDRSTRLEN with INET6_ADDRSTRLEN
// replace sin_ with sin6_
// end
#define _POSIX_C_SOURCE 200809L
// if ip-group
// | #define _DEFAULT_SOURCE /* for struct ip_mreq */
// end
#include <arpa/inet.h>
// if lookup
// | #include <netdb.h>
// end
// if encoding
// | #include <iconv.h>
// end
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
// if lookup
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

// if encoding
// replace sendto(sock, line, with sendto(sock, text,
// end
// include encoding

/* An address that a call has returned, as text. */
static char *name(const struct sockaddr_in *address) {
    static char text[80];
    char ip[INET_ADDRSTRLEN];
    inet_ntop(AF_INET, &address->sin_addr, ip, sizeof ip);
    // if ipv6
    // | sprintf(text, "[%s]:%d", ip, ntohs(address->sin_port));
    // else
    sprintf(text, "%s:%d", ip, ntohs(address->sin_port));
    // end
    return text;
}

static void fail(const char *call) {
    perror(call);
    exit(1);
}

// include lookup

static void print_datagram(int sock) {
    static char data[65536];
    struct sockaddr_in sender;
    socklen_t size = sizeof sender;
    /* Any program can send to this port: the address tells which. */
    ssize_t length = recvfrom(sock, data, sizeof data, 0, // calls: recvfrom
                              (struct sockaddr *) &sender, &size);
    if (length < 0)
        fail("recvfrom");
    printf("%s: ", name(&sender));
    // if encoding
    // | static char text[3 * sizeof data];
    // | ssize_t size_read = convert("UTF-8", encoding, data, length,
    // |                             text, sizeof text);
    // | fwrite(size_read < 0 ? data : text, 1,
    // |        size_read < 0 ? length : size_read, stdout);
    // else
    fwrite(data, 1, length, stdout);
    // end
    putchar('\n');
}

int main(void) {
    // if lookup
    // | struct sockaddr_in server;
    // | look_up(&server);
    // else
    struct sockaddr_in server = {.sin_family = AF_INET};
    inet_pton(AF_INET, host, &server.sin_addr);
    server.sin_port = htons(port); /* in network byte order */
    // end
    setvbuf(stdout, NULL, _IOLBF, 0);
    setvbuf(stdin, NULL, _IONBF, 0); /* nothing is read ahead */
    int sock = socket(AF_INET, SOCK_DGRAM, 0); // calls: socket
    if (sock < 0)
        fail("socket");
    // include source sock
    // include options sock

    char *line = NULL;
    size_t capacity = 0;
    struct pollfd inputs[2] = {{.fd = sock, .events = POLLIN},
                               {.fd = STDIN_FILENO, .events = POLLIN}};
    int wait = -1; /* no timeout */
    /* Wait for what comes first: a datagram, or a line typed here. */
    while (poll(inputs, 2, wait) > 0) {
        if (inputs[0].revents)
            print_datagram(sock);
        if (!inputs[1].revents)
            continue;
        ssize_t length = getline(&line, &capacity, stdin);
        if (length < 0) {
            /* Nothing more is typed. Do not wait forever for a lost
               answer: end after half a second. */
            inputs[1].fd = -1;
            wait = 500;
            continue;
        }
        if (line[length - 1] == '\n')
            length--;
        // if encoding
        // | static char text[65536];
        // | length = convert(encoding, "UTF-8", line, length,
        // |                  text, sizeof text);
        // | if (length < 0) {
        // |     perror("iconv");
        // |     continue;
        // | }
        // end
        // if source
        // | /* A line is a datagram, an empty line an empty one. Each carries
        // |    its destination. */
        // | if (sendto(sock, line, length, 0, // calls: sendto
        // else
        /* A line is a datagram, an empty line an empty one. Each carries
           its destination. At the first, the OS picks a port. */
        if (sendto(sock, line, length, 0, // calls: bind sendto
        // end
                   (struct sockaddr *) &server, sizeof server) < 0)
            perror("sendto");
    }
    free(line);
    close(sock); // calls: close
    return 0;
}
