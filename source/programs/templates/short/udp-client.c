/* UDP client in short: cc -o udp_client_short udp_client_short.c */
/* The full form also sends more than one line, and waits for a lost
   answer only for a while. */
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
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
    struct addrinfo hints = {.ai_family = AF_INET}, *server;
    const char *host = "127.0.0.1"; // value: host
    const char *port = "12000"; // value: port
    // if lookup
    // | if (getaddrinfo(host, port, &hints, &server) != 0) // calls: getaddrinfo
    // else
    if (getaddrinfo(host, port, &hints, &server) != 0)
    // end
        return 1;
    int sock = socket(AF_INET, SOCK_DGRAM, 0); // calls: socket
    // include source sock
    // include options sock
    static char data[65536];
    if (!fgets(data, sizeof data, stdin))
        return 0;
    // if source
    // | sendto(sock, data, strcspn(data, "\n"), 0, // calls: sendto
    // else
    /* The OS picks a port for this socket now. */
    sendto(sock, data, strcspn(data, "\n"), 0, // calls: bind sendto
    // end
           server->ai_addr, server->ai_addrlen);
    ssize_t length = recvfrom(sock, data, sizeof data, 0, NULL, NULL); // calls: recvfrom
    printf("%.*s\n", (int) length, data);
    close(sock); // calls: close
    return 0;
}
