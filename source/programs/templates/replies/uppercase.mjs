import {isUtf8} from 'node:buffer';

// The text in upper case; if it is not UTF-8, the ASCII letters.
function reply(bytes) {
  if (isUtf8(bytes)) return Buffer.from(bytes.toString().toUpperCase());
  return bytes.map(byte => byte >= 97 && byte <= 122 ? byte - 32 : byte);
}
