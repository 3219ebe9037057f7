/* TCP client in short: cc -o tcp_client_short tcp_client_short.c */
/* The full form also sends more than one line, and reads an answer that
   comes in several parts. */
// if ipv6
// replace AF_INET with AF_INET6
// end
// if source
// | #include <arpa/inet.h>
// end
#include <netdb.h>
// if options
// | #include <netinet/tcp.h>
// end
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
    int sock = socket(AF_INET, SOCK_STREAM, 0); // calls: socket
    // include source sock
    if (connect(sock, server->ai_addr, server->ai_addrlen) != 0) // calls: connect
        return 1;
    // include options sock
    char data[4096];
    if (!fgets(data, sizeof data, stdin))
        return 0;
    /* Connected, send() takes no address. */
    send(sock, data, strcspn(data, "\n"), 0); // calls: send
    ssize_t length = recv(sock, data, sizeof data, 0); // calls: recv
    printf("%.*s\n", (int) length, data);
    close(sock); // calls: close
    return 0;
}
