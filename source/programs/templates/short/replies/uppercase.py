message = message.decode().upper().encode()
