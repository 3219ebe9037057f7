#include <ctype.h>
#include <stdlib.h>

/* The text in upper case: ASCII letters only, and none after a byte that
   is not UTF-8: it may be half of a character (CP949). */
static void reply(char *data, size_t length) {
    size_t more = 0;
    int half = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = data[i];
        if (byte >= 0x80 && byte < 0xC0 && more > 0) {
            half = --more > 0;
        } else if (byte >= 0x80) {
            more = byte < 0xC0 ? 0 : byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
            half = 1;
        } else {
            data[i] = half ? byte : toupper(byte);
            more = half = 0;
        }
    }
}
