import type {ServerProgram} from './listing.ts';

const uppercase = String.raw`
// The text in upper case; of other bytes, the ASCII letters.
function reply(bytes) {
  if (isUtf8(bytes)) return Buffer.from(bytes.toString().toUpperCase());
  return bytes.map(byte => byte >= 97 && byte <= 122 ? byte - 32 : byte);
}`;

const reverse = String.raw`
// Each line backwards, by what a reader sees as one character; of bytes
// that are no text, all of them.
function reply(bytes) {
  if (!isUtf8(bytes)) return Buffer.from(bytes).reverse();
  const parts = bytes.toString().split(/(\r?\n)/);
  return Buffer.from(parts.map(backwards).join(''));
}

const segmenter = new Intl.Segmenter('en');

function backwards(part) {
  if (part.includes('\n')) return part;
  const characters = Array.from(segmenter.segment(part), s => s.segment);
  return characters.reverse().join('');
}`;

const replies: Readonly<Record<ServerProgram['rule'], string | undefined>> = {
	uppercase, reverse, echo: undefined, chat: undefined, discard: undefined, manual: undefined,
};

/** The function `reply` of a server in JavaScript, for a rule that has one: bytes in, bytes out. */
export function javascriptReply({rule}: ServerProgram): string | undefined {
	return replies[rule];
}

/** The import that `reply` needs, for a rule that has one. */
export function javascriptReplyImport({rule}: ServerProgram): string | undefined {
	return rule === 'uppercase' || rule === 'reverse' ? 'import {isUtf8} from \'node:buffer\';' : undefined;
}

/** What a server in JavaScript answers, as an expression over its `bytes`. */
export function javascriptAnswer({rule}: ServerProgram): string {
	return rule === 'echo' ? 'bytes' : 'reply(bytes)';
}
