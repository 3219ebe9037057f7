// if encoding
// | // Each line backwards, by what a reader sees as one character.
// | function reply(bytes) {
// |   const parts = bytes.toString(encoding).split(/(\r?\n)/);
// |   return Buffer.from(parts.map(backwards).join(''), encoding);
// | }
// else
import {isUtf8} from 'node:buffer';

// Each line backwards, by what a reader sees as one character; if it is
// not UTF-8, all bytes.
function reply(bytes) {
  if (!isUtf8(bytes)) return Buffer.from(bytes).reverse();
  const parts = bytes.toString().split(/(\r?\n)/);
  return Buffer.from(parts.map(backwards).join(''));
}
// end

const segmenter = new Intl.Segmenter('en');

function backwards(part) {
  if (part.includes('\n')) return part;
  const characters = Array.from(segmenter.segment(part), s => s.segment);
  return characters.reverse().join('');
}
