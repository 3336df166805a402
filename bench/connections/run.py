#!/usr/bin/env python3
"""Opens many connections that then do nothing, and tells what each costs the gateway, beside a bare YARP forwarder in the same run.

  bench/connections/run.py websockets [--connections 5000] [--rounds 3] --gateway "COMMAND" --bare "COMMAND"
  bench/connections/run.py keep-alive [--connections 10000] [--rounds 3] --gateway "COMMAND" --bare "COMMAND"

COMMANDs, after dotnet build -c Release of both:
  dotnet Gateway.Api/bin/Release/net10.0/Gateway.Api.dll
  dotnet bench/connections/bare-yarp/bin/Release/net10.0/bare-yarp.dll

Each connection is used once (a message and its echo, or a GET) and left open. A tenth of that number has come and gone before memory is read
for the first time, so that code and pools that are made once don't count. Rounds alternate; a fresh process serves each. Traffic goes to
127.0.0.1 only; only processes started here are ended.
"""
import argparse, asyncio, os, resource, shlex, socket, statistics, subprocess, sys, tempfile, threading, time

BATCH = 100
SETTLE = 5
UPGRADE = (b"GET /x HTTP/1.1\r\nHost: bench\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
           b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
ACCEPT = (b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
          b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n")
HELLO = b"\x81\x85\0\0\0\0hello"
ECHO = b"\x81\x05hello"
GET = b"GET /x HTTP/1.1\r\nHost: bench\r\n\r\n"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Service:
    """Accepts WebSockets and echoes one fixed message; answers any other request with two bytes."""

    def __init__(self):
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        server = asyncio.run_coroutine_threadsafe(asyncio.start_server(self.serve, "127.0.0.1", 0, backlog=4096), self.loop).result()
        self.port = server.sockets[0].getsockname()[1]

    async def serve(self, reader, writer):
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                if b"upgrade: websocket" not in head.lower():
                    writer.write(OK)
                    continue
                writer.write(ACCEPT)
                while await reader.readexactly(len(HELLO)):
                    writer.write(ECHO)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def memory(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


def read_until(connection, ending):
    got = b""
    while not got.endswith(ending):
        piece = connection.recv(4096)
        if not piece:
            sys.exit(f"a connection ended after {got!r}")
        got += piece


def open_many(port, count, kind):
    connections = []
    while len(connections) < count:
        some = [socket.create_connection(("127.0.0.1", port)) for _ in range(min(BATCH, count - len(connections)))]
        for send, ending in ((UPGRADE, b"\r\n\r\n"), (HELLO, ECHO)) if kind == "websockets" else ((GET, b"ok"),):
            for c in some:
                c.sendall(send)
            for c in some:
                read_until(c, ending)
        connections += some
    return connections


def measure(command, env, port, count, kind):
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.1)
        for c in open_many(port, count // 10, kind):
            c.close()
        time.sleep(SETTLE)
        before, begin = memory(process.pid), time.monotonic()
        connections = open_many(port, count, kind)
        seconds = time.monotonic() - begin
        time.sleep(SETTLE)
        after = memory(process.pid)
        for c in connections:  # all are still there, and served
            c.sendall(HELLO if kind == "websockets" else GET)
        for c in connections:
            read_until(c, ECHO if kind == "websockets" else b"ok")
        for c in connections:
            c.close()
        return before, after, seconds
    finally:
        process.terminate()
        process.wait(60)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("kind", choices=["websockets", "keep-alive"])
    options.add_argument("--connections", type=int)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--gateway", required=True)
    options.add_argument("--bare", required=True)
    args = options.parse_args()
    count = args.connections or (5000 if args.kind == "websockets" else 10000)
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)

    service = Service()
    results = {"gateway": [], "bare YARP": []}
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/ocelot.json", "w") as file:
            file.write('{"Routes":[{"UpstreamPathTemplate":"/{all}","DownstreamPathTemplate":"/{all}","DownstreamScheme":"http",'
                       '"DownstreamHostAndPorts":[{"Host":"127.0.0.1","Port":%d}]}]}' % service.port)
        for turn in range(args.rounds):
            for name in results:
                port = free_port()
                env = dict(os.environ, Management__Urls="", Kestrel__Limits__KeepAliveTimeout="01:00:00")
                url = f"http://127.0.0.1:{port}"
                command = ([*shlex.split(args.gateway), "--config", folder, "--urls", url] if name == "gateway"
                           else [*shlex.split(args.bare), f"http://127.0.0.1:{service.port}", "--urls", url])
                before, after, seconds = measure(command, env, port, count, args.kind)
                results[name].append((after - before) / count)
                print(f"round {turn + 1}, {name:9}: {count} {args.kind} in {seconds:.1f} s; resident {before // 1024} MB before, {after // 1024} MB with them; "
                      f"{results[name][-1]:.1f} KB each", flush=True)
    for name, each in results.items():
        print(f"{name:9}: {statistics.median(each):.1f} KB each (median of {len(each)}; {min(each):.1f} to {max(each):.1f}); load {os.getloadavg()[0]:.0f}")


main()
