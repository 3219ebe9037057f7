# UDP client. Run it with: python3 udp_client.py
import socket
import sys
import threading

HOST = "127.0.0.1"  # value: host
PORT = 12000  # value: port
# include encoding

def name(address):
    # if ipv4
    return "%s:%d" % address
    # else if ipv6
    # | return "[%s]:%d" % address[:2]
    # else
    # | host, port = address[:2]
    # | return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    # end

# include typed
def send_lines():
    for line in sys.stdin.buffer.raw:  # raw: nothing is read ahead
        try:
            # if source
            # | # A line is a datagram, an empty line an empty one. Each
            # | # carries its destination.
            # else
            # A line is a datagram, an empty line an empty one. Each
            # carries its destination. At the first, the OS picks a port.
            # end
            # if lookup and source
            # | sock.sendto(line.rstrip(b"\r\n"), address)  # calls: sendto
            # else if lookup
            # | sock.sendto(line.rstrip(b"\r\n"), address)  # calls: bind sendto
            # else if source
            # | sock.sendto(line.rstrip(b"\r\n"), (HOST, PORT))  # calls: sendto
            # else
            sock.sendto(line.rstrip(b"\r\n"), (HOST, PORT))  # calls: bind sendto
            # end
        except OSError as error:
            print("not sent:", error, file=sys.stderr)

# if lookup
# | # A name can have several addresses: take an IPv4 one if there is any.
# | found = socket.getaddrinfo(HOST, PORT, type=socket.SOCK_DGRAM)  # calls: getaddrinfo
# | family, _, _, _, address = min(found, key=lambda one: one[0])
# | sock = socket.socket(family, socket.SOCK_DGRAM)  # calls: socket
# else if ipv6
# | sock = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)  # calls: socket
# else
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)  # calls: socket
# end
# include source sock
# include options sock
sock.settimeout(0.5)  # do not wait forever for a lost answer

# One thread sends what is typed, while this one receives.
typing = threading.Thread(target=send_lines, daemon=True)
typing.start()
try:
    while True:
        is_last_try = not typing.is_alive()
        try:
            # Any program can send to this port: the address tells which.
            data, sender = sock.recvfrom(65535)  # calls: recvfrom
            text = data.decode(errors="replace")
            print(f"{name(sender)}: {text}", flush=True)
        except socket.timeout:
            if is_last_try:
                break  # nothing more typed, and no answer since
except KeyboardInterrupt:
    pass  # Ctrl+C
finally:
    sock.close()  # calls: close
