# TCP server in short. Run it with: python3 tcp_server_short.py
import socket
# if chat
# | import threading
# end

# if chat
# | # The full form also handles errors, Ctrl+C and a cut character.
# else
# The full form also handles errors, Ctrl+C, a cut character, and
# several clients at once: here the next one waits for the one before.
# end
HOST, PORT = "127.0.0.1", 12000  # value: host port
# include encoding
# if chat
# | connections = []
# |
# | def serve(connection, client):  # each client's thread
# |     while message := connection.recv(4096):  # calls: recv
# if ipv6
# |         message = f"[{client[0]}]:{client[1]}: ".encode() + message
# else
# |         message = f"{client[0]}:{client[1]}: ".encode() + message
# end
# |         for other in connections:
# |             if other != connection:
# |                 other.sendall(message)  # calls: send
# |     connections.remove(connection)
# |     connection.close()  # calls: close
# |
# end
# if ipv6
# | welcoming = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)  # calls: socket
# else
welcoming = socket.socket(socket.AF_INET, socket.SOCK_STREAM)  # calls: socket
# end
welcoming.bind((HOST, PORT))  # calls: bind
# if backlog
# | welcoming.listen(5)  # calls: listen  # value: backlog
# else
welcoming.listen()  # calls: listen
# end
print("ready to accept on port", welcoming.getsockname()[1], flush=True)
while True:
    connection, client = welcoming.accept()  # calls: accept
    # include options connection
    # if chat
    # | connections.append(connection)
    # | thread = threading.Thread(target=serve, args=(connection, client))
    # | thread.daemon = True  # does not outlive the loop
    # | thread.start()
    # else if discard
    # | while message := connection.recv(4096):  # calls: recv
    # |     print(len(message), "bytes from", client, flush=True)
    # else if close-after-reply and manual
    # | print(connection.recv(4096).decode(), client, flush=True)  # calls: recv
    # | connection.sendall(input().encode())  # a line typed here  # calls: send
    # else if close-after-reply
    # | message = connection.recv(4096)  # calls: recv
    # include reply
    # | connection.sendall(message)  # calls: send
    # else if manual
    # | while message := connection.recv(4096):  # calls: recv
    # |     print(message.decode(), client, flush=True)
    # |     connection.sendall(input().encode())  # a line typed here  # calls: send
    # else
    while message := connection.recv(4096):  # calls: recv
        # include reply
        connection.sendall(message)  # calls: send
    # end
    # if not chat
    connection.close()  # calls: close
    # end
