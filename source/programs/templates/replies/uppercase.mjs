// if encoding
// | // The text in upper case, where the encoding has such letters.
// | function reply(bytes) {
// |   const upper = [...bytes.toString(encoding)].map(character => {
// |     const changed = Buffer.from(character.toUpperCase(), encoding);
// |     const isIn = changed.toString(encoding) === character.toUpperCase();
// |     return isIn ? changed : Buffer.from(character, encoding);
// |   });
// |   return Buffer.concat(upper);
// | }
// else
import {isUtf8} from 'node:buffer';

// The text in upper case; if it is not UTF-8, the ASCII letters, but none
// after a byte from 0x80 on: it may be half of a character (CP949).
function reply(bytes) {
  if (isUtf8(bytes)) return Buffer.from(bytes.toString().toUpperCase());
  return bytes.map((byte, i) => {
    const isLetter = byte >= 97 && byte <= 122;
    return isLetter && !(bytes[i - 1] >= 0x80) ? byte - 32 : byte;
  });
}
// end
