// if encoding
// | if (Buffer.from(line, encoding).toString(encoding) !== line) {
// |   console.error('not sent: a character that is not in', encoding);
// |   return;
// | }
// end
