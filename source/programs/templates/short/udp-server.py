# UDP server in short. Run it with: python3 udp_server_short.py
import socket

# The full form also handles errors and Ctrl+C.
HOST, PORT = "127.0.0.1", 12000  # value: host port
# include encoding
# if ipv6
# | sock = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)  # calls: socket
# else
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)  # calls: socket
# end
sock.bind((HOST, PORT))  # calls: bind
# include options sock
print("ready to receive on port", sock.getsockname()[1], flush=True)
# if chat
# | clients = set()
# end
while True:
    message, client = sock.recvfrom(65535)  # calls: recvfrom
    # if chat
    # | clients.add(client)
    # if ipv6
    # | message = f"[{client[0]}]:{client[1]}: ".encode() + message
    # else
    # | message = f"{client[0]}:{client[1]}: ".encode() + message
    # end
    # | for other in clients - {client}:
    # |     sock.sendto(message, other)  # calls: sendto
    # else if manual
    # | print(message.decode(), client, flush=True)
    # | sock.sendto(input().encode(), client)  # a line typed here  # calls: sendto
    # else if discard
    # | print(len(message), "bytes from", client, flush=True)
    # else
    # include reply
    sock.sendto(message, client)  # calls: sendto
    # end
