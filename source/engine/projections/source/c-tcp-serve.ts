import {cAddressType} from './c-parts.ts';
import {cHoldsBack} from './c-rule.ts';
import type {ServerProgram} from './listing.ts';
import {joinLines} from './marked-text.ts';

/** The function `serve` of a TCP server in C: what each client's thread does. */
export function cServe(program: ServerProgram): string {
	const {rule, closeAfterReply} = program;
	const isManual = rule === 'manual';
	return joinLines(
		String.raw`
/* Each client's thread. */
static void *serve(void *argument) {
    int connection = (int) (intptr_t) argument;
    ${cAddressType(program)} address = {0};
    socklen_t size = sizeof address;
    getpeername(connection, (struct sockaddr *) &address, &size);
    char *peer = name(&address);`,
		cHoldsBack(program) ? byCharacter(program) : byChunk(program),
		!(isManual && closeAfterReply) && '    shutdown(connection, SHUT_WR); /* FIN: this side too */ «shutdown»',
		rule === 'chat' && '    change(connection, 0);',
		isManual && '    pthread_mutex_lock(&lock);\n    if (latest == connection)\n        latest = -1;',
		'    close(connection); «close»',
		isManual && '    pthread_mutex_unlock(&lock);',
		'    printf("closed %s\\n", peer);\n    return NULL;\n}',
	);
}

const chunkNote = String.raw`
    /* A chunk: what has arrived so far, be it less than a message or
       several. No bytes: the peer has finished (its FIN). */`;

function byChunk({rule, closeAfterReply}: ServerProgram): string {
	const isAnswering = rule !== 'discard' && rule !== 'manual';
	return joinLines(
		'    char data[4096];\n    ssize_t length;',
		chunkNote,
		'    while ((length = recv(connection, data, sizeof data, 0)) > 0) { «recv»',
		rule === 'manual'
			? '        printf("%s: ", peer);\n        fwrite(data, 1, length, stdout);\n        putchar(\'\\n\');'
			: String.raw`        printf("%zd bytes from %s\n", length, peer);`,
		rule === 'uppercase' && '        reply(data, length);',
		isAnswering && (closeAfterReply
			? '        send_all(connection, data, length);\n        break; /* close after the reply */'
			: '        if (send_all(connection, data, length) < 0)\n            break;'),
		'    }',
	);
}

function byCharacter({rule, closeAfterReply}: ServerProgram): string {
	const isChat = rule === 'chat';
	return joinLines(
		isChat
			? '    char message[80 + 4096];\n    char *data = message + sprintf(message, "%s: ", peer);'
			: '    char data[4096];',
		'    size_t held = 0; /* bytes of a character that is not whole yet */\n    ssize_t length;',
		'    do {',
		chunkNote.replaceAll('\n    ', '\n        '),
		'        length = recv(connection, data + held, 4096 - held, 0); «recv»',
		String.raw`
        if (length < 0)
            break;
        printf("%zd bytes from %s\n", length, peer);
        size_t whole = held + length;
        held = length > 0 ? cut_length(data, whole) : 0;
        whole -= held;
        if (whole == 0)
            continue;`,
		isChat
			? '        tell_others(connection, message, data - message + whole);'
			: '        reply(data, whole);\n        send_all(connection, data, whole);',
		closeAfterReply && !isChat && '        break; /* close after the reply */',
		!(closeAfterReply && !isChat) && '        memmove(data, data + whole, held);',
		'    } while (length > 0);',
	);
}
