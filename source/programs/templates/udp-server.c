/* UDP server: cc -std=c11 -o udp_server udp_server.c */
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
// if manual
// | #include <poll.h>
// end
// if chat or manual
// | #include <stdbool.h>
// end
#include <stdio.h>
#include <stdlib.h>
// if chat or lookup
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

// if chat
// | enum { most = 64 };
// | /* Every sender so far. UDP does not tell when a peer has ended. */
// | static struct sockaddr_in peers[most];
// | static int count;
// |
// | static void tell_others(int sock, const char *data, size_t length,
// |                         const struct sockaddr_in *sender) {
// |     static char message[80 + 65536];
// |     char from[80];
// |     strcpy(from, name(sender));
// |     int start = sprintf(message, "%s: ", from);
// |     memcpy(message + start, data, length);
// |     bool is_new = true;
// |     for (int i = 0; i < count && i < most; i++) {
// |         if (strcmp(from, name(&peers[i])) == 0)
// |             is_new = false;
// |         /* No connection: each datagram carries its destination. */
// |         else if (sendto(sock, message, start + length, 0, // calls: sendto
// |                        (struct sockaddr *) &peers[i], sizeof peers[i]) < 0)
// |             perror("sendto");
// |     }
// |     if (is_new)
// |         peers[count++ % most] = *sender; /* full: replaces the oldest */
// | }
// else if manual
// | static bool has_peer;
// |
// | /* Sends a line typed here. Returns false at the end of the input. */
// | static bool answer_by_hand(int sock, const struct sockaddr_in *last) {
// |     static char *line;
// |     static size_t capacity;
// |     ssize_t length = getline(&line, &capacity, stdin);
// |     if (length < 0)
// |         return false;
// |     if (line[length - 1] == '\n')
// |         length--;
// |     /* No connection: each datagram carries its destination. */
// |     if (!has_peer)
// |         puts("no client has sent anything yet");
// |     else if (sendto(sock, line, length, 0, // calls: sendto
// |                     (struct sockaddr *) last, sizeof *last) < 0)
// |         perror("sendto");
// |     return true;
// | }
// end

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
    int sock = socket(AF_INET, SOCK_DGRAM, 0); // calls: socket
    if (sock < 0)
        fail("socket");
    if (bind(sock, (struct sockaddr *) &local, size) < 0) // calls: bind
        fail("bind");
    // include options sock
    getsockname(sock, (struct sockaddr *) &local, &size);
    printf("bound to %s\n", name(&local));
    static char data[65536];
    struct sockaddr_in sender = {0};
    // if manual
    // | struct pollfd inputs[2] = {{.fd = sock, .events = POLLIN},
    // |                            {.fd = STDIN_FILENO, .events = POLLIN}};
    // end
    for (;;) {
        // if manual
        // | /* Wait for what comes first: a datagram, or a line typed here. */
        // | if (poll(inputs, 2, -1) < 0)
        // |     fail("poll");
        // | if (inputs[1].revents && !answer_by_hand(sock, &sender))
        // |     inputs[1].fd = -1; /* nothing more is typed: poll() skips it */
        // | if (!inputs[0].revents)
        // |     continue;
        // end
        /* One call takes one datagram, whole, and the address that it came
           from. That address is all that a server knows of its client. */
        size = sizeof sender;
        ssize_t length = recvfrom(sock, data, sizeof data, 0, // calls: recvfrom
                                  (struct sockaddr *) &sender, &size);
        if (length < 0)
            break;
        // if manual
        // | has_peer = true;
        // | printf("%s: ", name(&sender));
        // | fwrite(data, 1, length, stdout);
        // | putchar('\n');
        // else
        printf("%zd bytes from %s\n", length, name(&sender));
        // end
        // if chat
        // | tell_others(sock, data, length, &sender);
        // else if answers
        // if reply
        // | reply(data, length);
        // end
        /* No connection: each datagram carries its destination. */
        if (sendto(sock, data, length, 0, // calls: sendto
                   (struct sockaddr *) &sender, size) < 0)
            perror("sendto");
        // end
    }
    perror("recvfrom");
    close(sock); /* Ctrl+C: the OS does it */ // calls: close
    return 1;
}
