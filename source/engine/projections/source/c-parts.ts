import {
	hostKind, needsLookup, portNote, quoteHost, reachOf,
} from './host.ts';
import type {ClientProgram, ServerProgram} from './listing.ts';
import {joinLines} from './marked-text.ts';

/** The function `fail` of a listing in C. */
export const cFail = String.raw`
static void fail(const char *call) {
    perror(call);
    exit(1);
}`;

/** The function `send_all` of a listing in C; the one place that calls send(). */
export const cSendAll = String.raw`
/* send() may take only a part of what it is given. */
static int send_all(int sock, const char *data, size_t length) {
    while (length > 0) {
        ssize_t sent = send(sock, data, length, 0); «send»
        if (sent < 0)
            return -1;
        data += sent;
        length -= sent;
    }
    return 0;
}`;

/** How to compile a listing in C, and its includes: those that every one has, and more. */
export function cHead({role, protocol, address}: ServerProgram | ClientProgram, more: readonly string[]): string {
	const name = `${protocol}_${role}`;
	const options = more.includes('pthread.h') ? '-std=c11 -pthread' : '-std=c11';
	const headers = ['arpa/inet.h', 'stdio.h', 'stdlib.h', 'sys/socket.h', 'unistd.h', ...more, ...(needsLookup(address) ? ['netdb.h', 'string.h'] : [])];
	return [
		`/* ${protocol.toUpperCase()} ${role}: cc ${options} -o ${name} ${name}.c */`,
		'#define _POSIX_C_SOURCE 200809L',
		...new Set(headers.toSorted().map(header => `#include <${header}>`)),
	].join('\n');
}

/** `host` and `port` of a program in C; for a server, with notes on who can reach it and who picks the port. */
export function cAddress(program: ServerProgram | ClientProgram): string {
	const {role, address} = program;
	const literals = quoteHost(address.host, 'c');
	const reach = role === 'server' ? reachOf(address) : undefined;
	return joinLines(
		reach !== undefined && `/* ${reach} */`,
		literals.length === 1 ? `static const char host[] = ${literals.join('')};` : `static const char host[] =\n    ${literals.join('\n    ')};`,
		role === 'server' && `/* ${portNote(address)} */`,
		needsLookup(address) ? `static const char port[] = "${address.port}";` : `static const int port = ${address.port};`,
	);
}

/** The address family of a program in C. A server that has a name binds an IPv4 address of it. */
export function cFamily({address: {host}}: ServerProgram | ClientProgram): 'AF_INET' | 'AF_INET6' {
	return hostKind(host) === 'ipv6' ? 'AF_INET6' : 'AF_INET';
}

/** What the system's calls take and return for an address of the program's family. */
export function cAddressType(program: ServerProgram | ClientProgram): 'struct sockaddr_in' | 'struct sockaddr_in6' {
	return cFamily(program) === 'AF_INET6' ? 'struct sockaddr_in6' : 'struct sockaddr_in';
}

/** The function `name` of a listing in C. Several threads may call it where `isThreaded`. */
export function cName(program: ServerProgram | ClientProgram, isThreaded: boolean): string {
	const [field, format, length] = cFamily(program) === 'AF_INET6' ? ['sin6', '[%s]:%d', 'INET6_ADDRSTRLEN'] : ['sin', '%s:%d', 'INET_ADDRSTRLEN'];
	return String.raw`
/* An address that a call has returned, as text. */
static char *name(const ${cAddressType(program)} *address) {
    static ${isThreaded ? '_Thread_local ' : ''}char text[80];
    char ip[${length}];
    inet_ntop(${cFamily(program)}, &address->${field}_addr, ip, sizeof ip);
    sprintf(text, "${format}", ip, ntohs(address->${field}_port));
    return text;
}`;
}

/** The function `look_up` of a listing in C, for an address that needs it. */
export function cLookUp(program: ServerProgram | ClientProgram): string | undefined {
	const isName = hostKind(program.address.host) === 'name';
	return needsLookup(program.address)
		? joinLines(
			isName && '/* A name can have several addresses: this takes an IPv4 one. */',
			String.raw`
static void look_up(${cAddressType(program)} *address) {
    struct addrinfo *found, hints = {.ai_family = ${cFamily(program)}};
    int error = getaddrinfo(host, port, &hints, &found);${isName ? ' «getaddrinfo»' : ''}
    if (error != 0) {
        fprintf(stderr, "%s: %s\n", host, gai_strerror(error));
        exit(1);
    }
    memcpy(address, found->ai_addr, sizeof *address);
    freeaddrinfo(found);
}`,
		)
		: undefined;
}

/** The statements of a listing in C that make the program's address, in a variable of this name. */
export function cMakeAddress(program: ServerProgram | ClientProgram, variable: string): string {
	const type = cAddressType(program);
	if (needsLookup(program.address)) {
		return `    ${type} ${variable};\n    look_up(&${variable});`;
	}

	const field = cFamily(program) === 'AF_INET6' ? 'sin6' : 'sin';
	return String.raw`
    ${type} ${variable} = {.${field}_family = ${cFamily(program)}};
    inet_pton(${cFamily(program)}, host, &${variable}.${field}_addr);
    ${variable}.${field}_port = htons(port); /* in network byte order */`;
}
