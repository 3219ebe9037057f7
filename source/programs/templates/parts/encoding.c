// if encoding
// | static const char encoding[] = "CP949"; // value: encoding
// |
// | /* Text in another encoding (iconv(3)); -1 where that lacks a character. */
// | static ssize_t convert(const char *to, const char *from, char *data,
// |                        size_t length, char *out, size_t room) {
// |     char *start = out;
// |     iconv_t conversion = iconv_open(to, from);
// |     size_t failed = iconv(conversion, &data, &length, &out, &room);
// |     iconv_close(conversion);
// |     return failed == (size_t) -1 ? -1 : out - start;
// | }
// end
