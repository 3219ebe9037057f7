import re

def reply(data):
    # if encoding
    # | """Each line backwards, by code point; other bytes stay."""
    # else
    """Each line backwards, by code point; if not UTF-8, all bytes."""
    # end
    try:
        parts = re.split(r"(\r?\n)", data.decode())
    except UnicodeDecodeError:
        # if encoding
        # | return data
        # else
        return data[::-1]
        # end
    text = "".join(p if "\n" in p else p[::-1] for p in parts)
    return text.encode()
