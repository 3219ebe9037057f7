#include <ctype.h>
for (ssize_t i = 0; i < length; i++) /* ASCII only */
    data[i] = toupper((unsigned char) data[i]);
