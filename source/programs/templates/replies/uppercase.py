def reply(data):
    """The text in upper case; of other bytes, the ASCII letters."""
    try:
        return data.decode().upper().encode()
    except UnicodeDecodeError:
        return data.upper()
