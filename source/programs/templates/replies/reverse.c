#include <string.h>

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
}
