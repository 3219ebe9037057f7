# TCP client. Run it with: python3 tcp_client.py
# if encoding and not framing
# | import codecs
# end
import socket
import sys
import threading

HOST = "127.0.0.1"  # value: host
PORT = 12000  # value: port
# include encoding
# include framing

def name(address):
    # if ipv4
    return "%s:%d" % address
    # else if ipv6
    # | return "[%s]:%d" % address[:2]
    # else
    # | host, port = address[:2]
    # | return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    # end

# if framing
# replace sock.sendall(line) with sock.sendall(framed(line.rstrip(b"\r\n")))
# replace OSError as error: with (OSError, OverflowError) as error:
# end
# include typed
def send_lines():
    try:
        # if framing
        # | # On a connection, send() takes no address. A byte stream has no
        # | # message boundaries: the frame tells where a message ends.
        # else
        # On a connection, send() takes no address. A byte stream has no
        # message boundaries: the newline tells where a line ends.
        # end
        for line in sys.stdin.buffer.raw:  # raw: nothing is read ahead
            sock.sendall(line)  # calls: send
        sock.shutdown(socket.SHUT_WR)  # FIN: half-closed, still reading  # calls: shutdown
    except OSError as error:
        print("not sent:", error, file=sys.stderr)

# if lookup
# | # A name can have several addresses: take the first that answers, those
# | # of IPv4 before those of IPv6.
# | found = socket.getaddrinfo(HOST, PORT, type=socket.SOCK_STREAM)  # calls: getaddrinfo
# | for family, kind, _, _, address in sorted(found, key=lambda one: one[0]):
# |     sock = socket.socket(family, kind)  # calls: socket
# |     try:
        # include source sock
# |         sock.connect(address)  # calls: connect
# |         break
# |     except OSError as error:
# |         sock.close()
# |         print(f"{address[0]}: {error}", file=sys.stderr)
# | else:
# |     sys.exit(1)
# else if ipv6
# | sock = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)  # calls: socket
# else
sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)  # calls: socket
# end
# if not lookup
# include source sock
sock.connect((HOST, PORT))  # calls: connect
# end
# if no-delay
# Small writes go out at once: no Nagle algorithm.
sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # calls: TCP_NODELAY
# else
# | # Small writes wait for the ACK of those before (Nagle).
# | sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 0)  # calls: TCP_NODELAY
# end
# include options sock
# if not source
# Without bind(), the OS has picked a port.
# end
print("connected,", name(sock.getsockname()), file=sys.stderr)

# One thread sends what is typed, while this one receives.
threading.Thread(target=send_lines, daemon=True).start()
try:
    # if framing
    # | # Each message, until the peer has finished (its FIN).
    # | for message in messages(sock):
    # if encoding
    # |     print(message.decode(errors="replace"), flush=True)
    # else
    # |     sys.stdout.buffer.write(message + b"\n")
    # |     sys.stdout.buffer.flush()
    # end
    # else
    # A chunk is what has arrived, which need not be what one send() sent.
    # No bytes: the peer has finished (its FIN).
    # if encoding
    # | decoder = codecs.getincrementaldecoder(ENCODING)("replace")
    # | while chunk := sock.recv(4096):  # calls: recv
    # |     print(decoder.decode(chunk), end="", flush=True)
    # else
    while chunk := sock.recv(4096):  # calls: recv
        sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
    # end
    # end
except OSError as error:
    print(error, file=sys.stderr)  # such as a reset by the peer
except KeyboardInterrupt:
    pass  # Ctrl+C
finally:
    sock.close()  # calls: close
