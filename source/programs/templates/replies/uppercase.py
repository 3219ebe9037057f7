def reply(data):
    """The text in upper case; if it is not UTF-8, the ASCII letters."""
    try:
        return data.decode().upper().encode()
    except UnicodeDecodeError:
        return data.upper()
