/* UDP server in short: cc -o udp_server_short udp_server_short.c */
/* The full form also handles errors. */
// if ipv6
// replace AF_INET with AF_INET6
// end
// if ip-group
// | #define _DEFAULT_SOURCE /* for struct ip_mreq */
// end
// if options or source
// | #include <arpa/inet.h>
// end
#include <netdb.h>
#include <stdio.h>
// if chat or manual
// | #include <string.h>
// end
#include <sys/socket.h>

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
    int sock = socket(AF_INET, SOCK_DGRAM, 0); // calls: socket
    if (bind(sock, local->ai_addr, local->ai_addrlen) != 0) // calls: bind
        return 1;
    // include options sock
    // if any-port
    // | char picked[8]; /* the port that the OS has picked */
    // | getsockname(sock, local->ai_addr, &local->ai_addrlen);
    // | getnameinfo(local->ai_addr, local->ai_addrlen, NULL, 0,
    // |             picked, sizeof picked, NI_NUMERICSERV);
    // | port = picked;
    // end
    printf("ready to receive on port %s\n", port);
    fflush(stdout);
    // if chat
    // | static struct sockaddr_storage clients[64];
    // | int count = 0;
    // end
    for (;;) {
        static char data[65536];
        struct sockaddr_storage client = {0};
        socklen_t size = sizeof client;
        ssize_t length = recvfrom(sock, data, sizeof data, 0, // calls: recvfrom
                                  (struct sockaddr *) &client, &size);
        // if chat
        // | char ip[64], number[8];
        // | static char text[65536 + 80];
        // | getnameinfo((struct sockaddr *) &client, size, ip, sizeof ip,
        // |             number, sizeof number,
        // |             NI_NUMERICHOST | NI_NUMERICSERV);
        // if ipv6
        // | int start = sprintf(text, "[%s]:%s: ", ip, number), isnew = 1;
        // else
        // | int start = sprintf(text, "%s:%s: ", ip, number), isnew = 1;
        // end
        // | memcpy(text + start, data, length);
        // | for (int i = 0; i < count; i++)
        // |     if (memcmp(&clients[i], &client, sizeof client) == 0)
        // |         isnew = 0;
        // |     else
        // |         sendto(sock, text, start + length, 0, // calls: sendto
        // |                (struct sockaddr *) &clients[i], size);
        // | if (isnew && count < 64)
        // |     clients[count++] = client;
        // else if manual
        // | printf("%.*s\n", (int) length, data);
        // | fflush(stdout);
        // | if (!fgets(data, sizeof data, stdin)) /* a line typed here */
        // |     return 0;
        // | sendto(sock, data, strcspn(data, "\n"), 0, // calls: sendto
        // |        (struct sockaddr *) &client, size);
        // else if discard
        // | printf("%zd bytes\n", length);
        // | fflush(stdout);
        // else
        // include reply
        sendto(sock, data, length, 0, // calls: sendto
               (struct sockaddr *) &client, size);
        // end
    }
}
