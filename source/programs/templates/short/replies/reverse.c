for (ssize_t i = 0; i < length / 2; i++) { /* ASCII only */
    char byte = data[i];
    data[i] = data[length - 1 - i];
    data[length - 1 - i] = byte;
}
