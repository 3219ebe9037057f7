/* TCP server in short: cc -o tcp_server_short tcp_server_short.c */
// if chat
// | /* The full form also handles errors and a cut character. */
// else
/* The full form also handles errors, a cut character, and several
   clients at once: here the next one waits for the one before. */
// end
// if ipv6
// replace AF_INET with AF_INET6
// end
#include <netdb.h>
// if options
// | #include <netinet/tcp.h>
// end
// if chat
// | #include <poll.h>
// end
#include <stdio.h>
// if chat or manual
// | #include <string.h>
// end
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
    struct addrinfo hints = {.ai_family = AF_INET}, *local;
    const char *host = "127.0.0.1"; // value: host
    const char *port = "12000"; // value: port
    // if lookup
    // | if (getaddrinfo(host, port, &hints, &local) != 0) // calls: getaddrinfo
    // else
    if (getaddrinfo(host, port, &hints, &local) != 0)
    // end
        return 1;
    int welcoming = socket(AF_INET, SOCK_STREAM, 0); // calls: socket
    if (bind(welcoming, local->ai_addr, local->ai_addrlen) != 0) // calls: bind
        return 1;
    // if backlog
    // | listen(welcoming, 5); // calls: listen // value: backlog
    // else
    listen(welcoming, 511); // calls: listen
    // end
    // if any-port
    // | char picked[8]; /* the port that the OS has picked */
    // | getsockname(welcoming, local->ai_addr, &local->ai_addrlen);
    // | getnameinfo(local->ai_addr, local->ai_addrlen, NULL, 0,
    // |             picked, sizeof picked, NI_NUMERICSERV);
    // | port = picked;
    // end
    printf("ready to accept on port %s\n", port);
    fflush(stdout);
    // if chat
    // | struct pollfd sockets[65] = {{.fd = welcoming, .events = POLLIN}};
    // | static char names[65][80];
    // | int count = 1;
    // | while (poll(sockets, count, -1) > 0) {
    // |     for (int i = count - 1; i > 0; i--) {
    // |         if (!sockets[i].revents)
    // |             continue;
    // |         char text[80 + 4096];
    // |         size_t start = strlen(strcpy(text, names[i]));
    // |         ssize_t length = recv(sockets[i].fd, text + start, 4096, 0); // calls: recv
    // |         for (int other = 1; length > 0 && other < count; other++)
    // |             if (other != i)
    // |                 send(sockets[other].fd, text, start + length, 0); // calls: send
    // |         if (length <= 0) {
    // |             close(sockets[i].fd); // calls: close
    // |             sockets[i] = sockets[--count];
    // |             memcpy(names[i], names[count], sizeof names[i]);
    // |         }
    // |     }
    // |     if (sockets[0].revents && count < 65) {
    // |         struct sockaddr_storage client;
    // |         struct sockaddr *peer = (struct sockaddr *) &client;
    // |         socklen_t size = sizeof client;
    // |         char ip[64], number[8];
    // |         sockets[count].fd = accept(welcoming, peer, &size); // calls: accept
    // |         sockets[count].events = POLLIN;
            // include options sockets[count].fd
    // |         getnameinfo(peer, size, ip, sizeof ip, number, sizeof number,
    // |                     NI_NUMERICHOST | NI_NUMERICSERV);
    // if ipv6
    // |         sprintf(names[count++], "[%s]:%s: ", ip, number);
    // else
    // |         sprintf(names[count++], "%s:%s: ", ip, number);
    // end
    // |     }
    // | }
    // | return 1;
    // else
    for (;;) {
        int connection = accept(welcoming, NULL, NULL); // calls: accept
        // include options connection
        char data[4096];
        ssize_t length;
        // if close-after-reply and not discard
        // | if ((length = recv(connection, data, sizeof data, 0)) > 0) { // calls: recv
        // else
        while ((length = recv(connection, data, sizeof data, 0)) > 0) { // calls: recv
        // end
            // if manual
            // | printf("%.*s\n", (int) length, data);
            // | fflush(stdout);
            // | if (!fgets(data, sizeof data, stdin)) /* a line typed here */
            // |     return 0;
            // | send(connection, data, strlen(data), 0); // calls: send
            // else if discard
            // | printf("%zd bytes\n", length);
            // | fflush(stdout);
            // else
            // include reply
            send(connection, data, length, 0); // calls: send
            // end
        }
        close(connection); // calls: close
    }
    // end
}
