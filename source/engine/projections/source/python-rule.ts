import type {ServerProgram} from './listing.ts';

const uppercase = String.raw`
def reply(data):
    """The text in upper case; of other bytes, the ASCII letters."""
    try:
        return data.decode().upper().encode()
    except UnicodeDecodeError:
        return data.upper()`;

const reverse = String.raw`
def reply(data):
    """Each line backwards, by code point; of other bytes, all of them."""
    try:
        parts = re.split(r"(\r?\n)", data.decode())
    except UnicodeDecodeError:
        return data[::-1]
    return "".join(p if "\n" in p else p[::-1] for p in parts).encode()`;

const replies: Readonly<Record<ServerProgram['rule'], string | undefined>> = {
	uppercase, reverse, echo: undefined, chat: undefined, discard: undefined, manual: undefined,
};

/** The function `reply` of a server in Python, for a rule that has one: bytes in, bytes out. */
export function pythonReply({rule}: ServerProgram): string | undefined {
	return replies[rule];
}

/** What a server in Python answers, as an expression over its `data`. */
export function pythonAnswer({rule}: ServerProgram): string {
	return rule === 'echo' ? 'data' : 'reply(data)';
}
