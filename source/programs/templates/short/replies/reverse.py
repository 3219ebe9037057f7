message = message.decode()[::-1].encode()
