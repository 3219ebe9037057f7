# if encoding
# | def upper(character):
# |     try:
# |         return character.upper().encode()
# |     except UnicodeEncodeError:
# |         return character.encode()  # there is no such letter
# |
# | def reply(data):
# |     """The text in upper case; other bytes stay as they are."""
# |     try:
# |         text = data.decode()
# |     except UnicodeDecodeError:
# |         return data
# |     return b"".join(upper(character) for character in text)
# else
import re

def reply(data):
    """The text in upper case; if it is not UTF-8, some ASCII letters."""
    try:
        return data.decode().upper().encode()
    except UnicodeDecodeError:
        # after a byte from 0x80 on: half of a character (CP949)?
        letter = rb"(?<![\x80-\xff])[a-z]"
        return re.sub(letter, lambda match: match[0].upper(), data)
# end
