# UDP server. Run it with: python3 udp_server.py
import socket
# if manual
# | import sys
# | import threading
# end

# if loopback
HOST = "127.0.0.1"  # loopback: only this machine can reach it  # value: host
# else if any-address
# | HOST = "0.0.0.0"  # every address of this machine  # value: host
# else
# | HOST = "192.0.2.1"  # value: host
# end
# if any-port
PORT = 0  # the OS picks one, and it is printed below  # value: port
# else
# | PORT = 12000  # chosen here, so that clients can know it  # value: port
# end
# include encoding

# include reply
# if manual
# include typed
# end

def name(address):
    # if ipv4
    return "%s:%d" % address
    # else if ipv6
    # | return "[%s]:%d" % address[:2]
    # else
    # | host, port = address[:2]
    # | return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    # end

# if not discard
def send(data, receiver):
    try:
        # No connection: each datagram carries its destination.
        sock.sendto(data, receiver)  # calls: sendto
    except OSError as error:
        print(f"not sent to {name(receiver)}: {error}", flush=True)
# end

# if lookup
# | # A name can have several addresses: take an IPv4 one if there is any.
# | found = socket.getaddrinfo(HOST, PORT, type=socket.SOCK_DGRAM)  # calls: getaddrinfo
# | family, _, _, _, address = min(found, key=lambda one: one[0])
# | sock = socket.socket(family, socket.SOCK_DGRAM)  # calls: socket
# | sock.bind(address)  # calls: bind
# else if ipv6
# | sock = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)  # calls: socket
# | sock.bind((HOST, PORT))  # calls: bind
# else
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)  # calls: socket
sock.bind((HOST, PORT))  # calls: bind
# end
# include options sock
print("bound to", name(sock.getsockname()), flush=True)

# if chat
# | # Every sender so far. UDP does not tell when a peer has ended.
# | peers = {}
# else if manual
# | last_sender = None
# |
# | def answer_by_hand():
# |     for line in sys.stdin.buffer.raw:  # raw: nothing is read ahead
# |         if last_sender is None:
# |             print("no client has sent anything yet", flush=True)
# |         else:
# |             send(line.rstrip(b"\r\n"), last_sender)
# |
# | # A thread waits for lines typed here, and the loop below for datagrams.
# | threading.Thread(target=answer_by_hand, daemon=True).start()
# end

try:
    while True:
        # One call takes one datagram, whole, and the address that it came
        # from. That address is all that a server knows of its client.
        # if manual
        # | data, last_sender = sock.recvfrom(65535)  # calls: recvfrom
        # if encoding
        # | text = data.decode(errors="replace")
        # | print(name(last_sender), text, flush=True)
        # else
        # | print(name(last_sender), data, flush=True)
        # end
        # else
        data, sender = sock.recvfrom(65535)  # calls: recvfrom
        print(len(data), "bytes from", name(sender), flush=True)
        # end
        # if chat
        # | peers[sender] = True
        # | message = f"{name(sender)}: ".encode() + data
        # | for peer in peers:
        # |     if peer != sender:
        # |         send(message, peer)
        # else if reply
        # | send(reply(data), sender)
        # else if answers
        send(data, sender)
        # end
except KeyboardInterrupt:
    pass  # Ctrl+C
finally:
    sock.close()  # calls: close
