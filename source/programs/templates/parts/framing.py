# if framing
# if prefix
# | ORDER, SIZE = "big", 2  # value: prefix
# end
# |
# | def messages(sock):
# |     """Each message of the stream, however many reads it takes."""
# |     held = b""
# |     while chunk := sock.recv(4096):  # calls: recv
# |         held += chunk
# if prefix
# |         while len(held) >= SIZE:
# |             end = SIZE + int.from_bytes(held[:SIZE], ORDER)
# |             if len(held) < end:
# |                 break
# |             yield held[SIZE:end]
# |             held = held[end:]
# else
# |         *lines, held = held.split(b"\n")
# |         for line in lines:
# |             yield line.removesuffix(b"\r")
# end
# |
# | def framed(message):
# if prefix
# |     return len(message).to_bytes(SIZE, ORDER) + message
# else
# |     return message + b"\n"
# end
# |
# end
