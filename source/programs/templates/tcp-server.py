# TCP server. Run it with: python3 tcp_server.py
import socket
# if manual
# | import sys
# end
import threading

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
# include framing

# include reply

# if framing
# replace while data := connection.recv(4096):  # calls: recv with for data in messages(connection):
# replace while chunk := connection.recv(4096):  # calls: recv with for chunk in messages(connection):
# replace connection.sendall(reply(data)) with connection.sendall(framed(reply(data)))
# replace connection.sendall(data) with connection.sendall(framed(data))
# replace latest.sendall(line) with latest.sendall(framed(line.rstrip(b"\r\n")))
# end
# if manual
# include typed
# end

# if whole-characters
# | def split(data):
# |     """The whole characters, and the bytes of one that is cut off."""
# |     try:
# |         data.decode()
# |     except UnicodeDecodeError as error:
# if encoding
# |         if not error.reason.startswith("illegal"):  # but cut
# else
# |         if error.reason == "unexpected end of data":
# end
# |             return data[:error.start], data[error.start:]
# |     return data, b""
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

# if chat
# | connections = []
# | lock = threading.Lock()
# |
# | def tell_others(connection, message):
# |     with lock:
# |         for other in connections:
# |             try:
# |                 if other is not connection:
# |                     other.sendall(message)  # calls: send
# |             except OSError:
# |                 continue  # closed already: its own thread sees that
# end

def serve(connection, peer):  # each client's thread
    try:
        # if no-delay
        # Small writes go out at once: no Nagle algorithm.
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # calls: TCP_NODELAY
        # else
        # | # Small writes wait for the ACK of those before (Nagle).
        # | connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 0)  # calls: TCP_NODELAY
        # end
        # include options connection
        # if whole-characters
        # | chunk, held = None, b""
        # | while chunk != b"":
        # |     # A chunk: what has arrived so far, less than a message or
        # |     # several. No bytes: the peer has finished (its FIN).
        # |     chunk = connection.recv(4096)  # calls: recv
        # |     print(len(chunk), "bytes from", name(peer), flush=True)
        # |     data, held = split(held + chunk) if chunk else (held, b"")
        # |     if data:
        # if chat
        # |         text = f"{name(peer)}: ".encode() + data
        # |         tell_others(connection, text)
        # else
        # |         connection.sendall(reply(data))  # calls: send
        # if close-after-reply
        # |         break  # close after the reply
        # end
        # end
        # else
        # if framing
        # | # Each message, until the peer has finished (its FIN).
        # else
        # A chunk: what has arrived so far, less than a message or
        # several. No bytes: the peer has finished (its FIN).
        # end
        # if answers
        while data := connection.recv(4096):  # calls: recv
            print(len(data), "bytes from", name(peer), flush=True)
            # if reply
            # | connection.sendall(reply(data))  # calls: send
            # else
            connection.sendall(data)  # calls: send
            # end
            # if close-after-reply
            # | break  # close after the reply
            # end
        # else
        # | while chunk := connection.recv(4096):  # calls: recv
        # if manual and encoding
        # |     text = chunk.decode(errors="replace")
        # |     print(name(peer), text, flush=True)
        # else if manual
        # |     print(name(peer), chunk, flush=True)
        # else
        # |     print(len(chunk), "bytes from", name(peer), flush=True)
        # end
        # if chat
        # |     text = f"{name(peer)}: ".encode() + chunk
        # |     tell_others(connection, framed(text))
        # end
        # end
        # end
        # if manual and close-after-reply
        # | # No bytes: the peer has finished, or the line typed was sent.
        # else
        connection.shutdown(socket.SHUT_WR)  # FIN: this side too  # calls: shutdown
        # end
    except OSError as error:
        print(name(peer), error, flush=True)
    finally:
        # if chat
        # | with lock:
        # |     connections.remove(connection)
        # end
        connection.close()  # calls: close
        print("closed", name(peer), flush=True)

# if lookup
# | # A name can have several addresses: take an IPv4 one if there is any.
# | found = socket.getaddrinfo(HOST, PORT, type=socket.SOCK_STREAM)  # calls: getaddrinfo
# | family, _, _, _, address = min(found, key=lambda one: one[0])
# | welcoming = socket.socket(family, socket.SOCK_STREAM)  # calls: socket
# else if ipv6
# | welcoming = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)  # calls: socket
# else
welcoming = socket.socket(socket.AF_INET, socket.SOCK_STREAM)  # calls: socket
# end
# A port stays in use for a while after its connections have closed
# (TIME_WAIT). With this, a server can start again at once.
welcoming.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # calls: SO_REUSEADDR
# if name
# | if family == socket.AF_INET6:  # then it serves IPv4, too
# |     welcoming.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)  # calls: IPV6_V6ONLY
# else if ipv6
# | # With ::, it serves IPv4, too.
# | welcoming.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)  # calls: IPV6_V6ONLY
# end
# if lookup
# | welcoming.bind(address)  # calls: bind
# else
welcoming.bind((HOST, PORT))  # calls: bind
# end
# if backlog
# | welcoming.listen(5)  # calls: listen  # value: backlog
# else
welcoming.listen()  # calls: listen
# end
print("listening on", name(welcoming.getsockname()), flush=True)

# if manual
# | latest = None  # the connection that typed lines go to
# |
# | def answer_by_hand():
# |     for line in sys.stdin.buffer.raw:  # raw: nothing is read ahead
# |         if latest is None:
# |             print("no client has connected yet", flush=True)
# |             continue
# |         try:
# |             latest.sendall(line)  # calls: send
# if close-after-reply
# |             latest.shutdown(socket.SHUT_RDWR)  # wakes its recv()  # calls: shutdown
# end
# |         except OSError as error:
# |             print("not sent:", error, flush=True)
# |
# | threading.Thread(target=answer_by_hand, daemon=True).start()
# end

try:
    while True:
        # The welcoming socket carries no data: accept() returns another
        # one, for this client alone, with the same local port.
        connection, peer = welcoming.accept()  # calls: accept
        # if manual
        # | latest = connection
        # else if chat
        # | with lock:
        # |     connections.append(connection)
        # end
        print("accepted", name(peer), flush=True)
        client = threading.Thread(target=serve, args=(connection, peer))
        client.daemon = True  # does not outlive the loop
        client.start()
except KeyboardInterrupt:
    pass  # Ctrl+C
finally:
    welcoming.close()
