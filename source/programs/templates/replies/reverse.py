import re

def reply(data):
    """Each line backwards, by code point; if not UTF-8, all bytes."""
    try:
        parts = re.split(r"(\r?\n)", data.decode())
    except UnicodeDecodeError:
        return data[::-1]
    return "".join(p if "\n" in p else p[::-1] for p in parts).encode()
