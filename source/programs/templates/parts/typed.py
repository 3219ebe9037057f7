# if encoding
# |
# | def typed_lines():
# |     """The lines that are typed, in the encoding."""
# |     for line in sys.stdin.buffer.raw:  # raw: nothing is read ahead
# |         try:
# if udp or framing
# |             text = line.decode("utf-8").rstrip("\r\n")
# else
# |             text = line.decode("utf-8")
# end
# |             yield text.encode(ENCODING)
# |         except UnicodeError as error:
# |             print("not sent:", error, file=sys.stderr)
# |
# replace sys.stdin.buffer.raw:  # raw: nothing is read ahead with typed_lines():
# replace line.rstrip(b"\r\n") with line
# end
