// if name
// | /* A name can have several addresses: this takes an IPv4 one. */
// end
// if lookup
// | static void look_up(struct sockaddr_in *address) {
// |     struct addrinfo *found, hints = {.ai_family = AF_INET};
// |     int error = getaddrinfo(host, port, &hints, &found); // calls: getaddrinfo
// |     if (error != 0) {
// |         fprintf(stderr, "%s: %s\n", host, gai_strerror(error));
// |         exit(1);
// |     }
// |     memcpy(address, found->ai_addr, sizeof *address);
// |     freeaddrinfo(found);
// | }
// end
