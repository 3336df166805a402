#!/usr/bin/env python3
"""Sends a large upload and a large download through the gateway and watches its memory.

  bench/large-bodies/run.py [--gigabytes 5] GATEWAY…     GATEWAY is the command that starts it, such as
                                                         dotnet Gateway.Api/bin/Release/net10.0/Gateway.Api.dll

Prints, for each direction, the time, the bytes that arrived, and the gateway's resident memory before, at its highest, and after. Traffic goes to
127.0.0.1 only; only the gateway started here is ended.
"""
import argparse, os, socket, subprocess, tempfile, threading, time

CHUNK = b"\0" * (1 << 20)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def read_head(stream):
    lines = []
    while (line := stream.readline()) not in (b"\r\n", b""):
        lines.append(line)
    return lines


class Service(threading.Thread):
    """GET gives so many bytes; POST counts what it gets and answers with the number."""

    def __init__(self, size):
        super().__init__(daemon=True)
        self.size, self.listener = size, socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]

    def run(self):
        while True:
            connection, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        with connection, connection.makefile("rb", buffering=1 << 20) as stream:
            head = read_head(stream)
            if not head:
                return
            if head[0].startswith(b"GET"):
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % self.size)
                for _ in range(self.size // len(CHUNK)):
                    connection.sendall(CHUNK)
                return
            length = next(int(h.split(b":")[1]) for h in head if h.lower().startswith(b"content-length:"))
            got = 0
            while got < length and (piece := stream.read1(1 << 20)):
                got += len(piece)
            body = b"%d" % got
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(body), body))


def memory(pid, key):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(key)) // 1024


def upload(port, size):
    with socket.create_connection(("127.0.0.1", port)) as s, s.makefile("rb") as stream:
        s.sendall(b"POST /x HTTP/1.1\r\nHost: bench\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % size)
        for _ in range(size // len(CHUNK)):
            s.sendall(CHUNK)
        read_head(stream)
        return int(stream.read())


def download(port, size):
    with socket.create_connection(("127.0.0.1", port)) as s, s.makefile("rb", buffering=1 << 20) as stream:
        s.sendall(b"GET /x HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n")
        read_head(stream)
        got = 0
        while piece := stream.read1(1 << 20):
            got += len(piece)
        return got


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--gigabytes", type=int, default=5)
    options.add_argument("gateway", nargs="+")
    args = options.parse_args()
    size = args.gigabytes << 30

    service = Service(size)
    service.start()
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/ocelot.json", "w") as file:
            file.write('{"Routes":[{"UpstreamPathTemplate":"/{all}","DownstreamPathTemplate":"/{all}","DownstreamScheme":"http",'
                       '"DownstreamHostAndPorts":[{"Host":"127.0.0.1","Port":%d}]}]}' % service.port)
        env = dict(os.environ, Management__Urls="", Kestrel__Limits__MaxRequestBodySize=str(size + 1))
        gateway = subprocess.Popen([*args.gateway, "--config", folder, "--urls", f"http://127.0.0.1:{port}"], env=env, stdout=subprocess.DEVNULL)
        try:
            for _ in range(300):
                try:
                    socket.create_connection(("127.0.0.1", port)).close()
                    break
                except OSError:
                    time.sleep(0.1)
            for name, transfer in (("upload", upload), ("download", download)):
                before, highest, done = memory(gateway.pid, "VmRSS"), [0], threading.Event()

                def watch():
                    while not done.wait(0.05):
                        highest[0] = max(highest[0], memory(gateway.pid, "VmRSS"))

                watcher = threading.Thread(target=watch)
                watcher.start()
                begin = time.monotonic()
                got = transfer(port, size)
                seconds = time.monotonic() - begin
                done.set()
                watcher.join()
                print(f"{name:9} {got / (1 << 30):.2f} GB of {args.gigabytes} in {seconds:.1f} s; "
                      f"resident MB: {before} before, {highest[0]} highest, {memory(gateway.pid, 'VmRSS')} after", flush=True)
        finally:
            gateway.terminate()
            gateway.wait(30)


main()
