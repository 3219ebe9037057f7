# UDP client in short. Run it with: python3 udp_client_short.py
import socket

# The full form also sends more than one line, and waits for a lost
# answer only for a while.
HOST, PORT = "127.0.0.1", 12000  # value: host port
# include encoding
# if ipv6
# | sock = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)  # calls: socket
# else
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)  # calls: socket
# end
# include source sock
# include options sock
message = input("> ")
# if source
# | sock.sendto(message.encode(), (HOST, PORT))  # calls: sendto
# else
# The OS picks a port for this socket now.
sock.sendto(message.encode(), (HOST, PORT))  # calls: bind sendto
# end
answer, server = sock.recvfrom(65535)  # calls: recvfrom
print(answer.decode(), "from", server)
sock.close()  # calls: close
