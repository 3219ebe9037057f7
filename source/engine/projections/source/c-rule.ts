import type {ServerProgram} from './listing.ts';

const uppercase = String.raw`
/* The text in upper case: ASCII letters only; all other bytes stay. */
static void reply(char *data, size_t length) {
    for (size_t i = 0; i < length; i++)
        data[i] = toupper((unsigned char) data[i]);
}`;

const reverse = String.raw`
static void turn(char *first, char *end) {
    while (first < end) {
        char byte = *first;
        *first++ = *--end;
        *end = byte;
    }
}

/* Each line backwards: all its bytes, and then, the right way round again,
   those of each UTF-8 character. Its first byte now comes last. */
static void reply(char *data, size_t length) {
    char *end = data + length, *line, *stop, *next;
    for (line = data; line < end; line = next) {
        stop = memchr(line, '\n', end - line);
        next = stop ? stop + 1 : end;
        if (!stop)
            stop = end;
        else if (stop > line && stop[-1] == '\r')
            stop--;
        turn(line, stop);
        for (char *last = line; last < stop; line = last) {
            while (last < stop - 1 && (*last & 0xC0) == 0x80)
                last++;
            turn(line, ++last);
        }
    }
}`;

const replies: Readonly<Record<ServerProgram['rule'], string | undefined>> = {
	uppercase, reverse, echo: undefined, chat: undefined, discard: undefined, manual: undefined,
};

/** The function `reply` of a server in C, for a rule that has one: it changes bytes in their place. */
export function cReply({rule}: ServerProgram): string | undefined {
	return replies[rule];
}

/** Whether a server in C has to hold back the start of a character that a chunk border has cut. Its uppercase leaves all but ASCII as it is. */
export function cHoldsBack({rule}: ServerProgram): boolean {
	return rule === 'reverse' || rule === 'chat';
}

/** The headers that `reply` needs. */
export function cReplyHeaders({rule}: ServerProgram): string[] {
	return rule === 'uppercase' ? ['ctype.h'] : (rule === 'reverse' ? ['string.h'] : []);
}
