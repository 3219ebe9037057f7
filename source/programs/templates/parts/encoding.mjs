// if encoding
// | const encoding = 'latin1'; // value: encoding
// replace String(bytes) with bytes.toString(encoding)
// replace String(chunk) with chunk.toString(encoding)
// replace Buffer.from(from + ': ') with Buffer.from(from + ': ', encoding)
// replace Buffer.from(peer + ': ') with Buffer.from(peer + ': ', encoding)
// end
