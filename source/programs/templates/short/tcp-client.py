# TCP client in short. Run it with: python3 tcp_client_short.py
import socket

# The full form also sends more than one line, and reads an answer that
# comes in several parts.
HOST, PORT = "127.0.0.1", 12000  # value: host port
# include encoding
# if ipv6
# | sock = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)  # calls: socket
# else
sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)  # calls: socket
# end
# include source sock
sock.connect((HOST, PORT))  # calls: connect
# include options sock
message = input("> ")
sock.sendall(message.encode())  # no address: it is connected  # calls: send
answer = sock.recv(4096)  # calls: recv
print(answer.decode())
sock.close()  # calls: close
