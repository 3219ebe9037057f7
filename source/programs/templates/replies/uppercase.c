#include <ctype.h>
#include <stdlib.h>

/* The text in upper case: ASCII letters only; all other bytes stay. */
static void reply(char *data, size_t length) {
    for (size_t i = 0; i < length; i++)
        data[i] = toupper((unsigned char) data[i]);
}
