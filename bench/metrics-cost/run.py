#!/usr/bin/env python3
"""Measures what observing costs: the processor time of the gateway for each request, with measurements off, on, and sent to a collector.

  bench/metrics-cost/run.py [--requests 20000] [--rounds 3] GATEWAY…     GATEWAY is the command that starts it, such as
                                                                         dotnet Gateway.Api/bin/Release/net10.0/Gateway.Api.dll

Each round starts the gateway anew for each setting, warms it up with as many requests, and reads its processor time before and after. Clients, the
service and the collector are other processes or this one, so only the gateway's own work counts. Traffic goes to 127.0.0.1 only; only the
processes started here are ended.
"""
import argparse, multiprocessing, os, socket, subprocess, tempfile, threading, time

TICK = os.sysconf("SC_CLK_TCK")
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
CLIENTS = 8


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def read_message(stream):
    """The first line of a request or an answer, its body read and left; None at the end."""
    first, length = stream.readline(), 0
    while (line := stream.readline()) not in (b"\r\n", b""):
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    if length:
        stream.read(length)
    return first or None


def serve(listener):
    def one(connection):
        with connection, connection.makefile("rb") as stream:
            while read_message(stream):
                connection.sendall(ANSWER)

    while True:
        connection, _ = listener.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=one, args=(connection,), daemon=True).start()


def service():
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    process = multiprocessing.Process(target=serve, args=(listener,), daemon=True)
    process.start()
    return listener.getsockname()[1]


def client(port, count):
    with socket.create_connection(("127.0.0.1", port)) as connection, connection.makefile("rb") as stream:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for i in range(count):
            connection.sendall(b"GET /orders/%d HTTP/1.1\r\nHost: localhost\r\n\r\n" % i)
            first = read_message(stream)
            assert first and b" 200 " in first, first


def drive(port, count):
    clients = [multiprocessing.Process(target=client, args=(port, count // CLIENTS)) for _ in range(CLIENTS)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
        assert one.exitcode == 0


def processor_time(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def measure(command, folder, settings, count):
    port = free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("OTEL_", "ASPNETCORE_"))} | settings
    gateway = subprocess.Popen([*command, "run", "--config", folder, "--urls", f"http://127.0.0.1:{port}"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                client(port, 1)
                break
            except (OSError, AssertionError):
                time.sleep(0.1)
        drive(port, count)
        time.sleep(1)
        before = processor_time(gateway.pid)
        drive(port, count)
        return (processor_time(gateway.pid) - before) / (count // CLIENTS * CLIENTS) * 1e6
    finally:
        gateway.terminate()
        gateway.wait()


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--requests", type=int, default=20000)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("gateway", nargs="+")
    options = arguments.parse_args()
    downstream, collector = service(), service()
    settings = {
        "off": {"Management__Urls": f"http://127.0.0.1:{free_port()}", "Management__Metrics": "false"},
        "measured for /metrics": {"Management__Urls": f"http://127.0.0.1:{free_port()}"},
        "measured, traced and logged to a collector": {
            "Management__Urls": f"http://127.0.0.1:{free_port()}", "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{collector}", "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf"},
    }
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/ocelot.json", "w") as file:
            file.write('{ "Routes": [ { "Key": "orders", "UpstreamPathTemplate": "/orders/{id}", "DownstreamPathTemplate": "/{id}", "DownstreamScheme": "http",'
                       ' "DownstreamHostAndPorts": [ { "Host": "127.0.0.1", "Port": %d } ] } ] }' % downstream)
        results = {name: [] for name in settings}
        for _ in range(options.rounds):
            for name, values in settings.items():
                results[name].append(measure(options.gateway, folder, values, options.requests))
    print("| Observing | µs of processor time for a request (each round) | lowest |")
    print("|---|---|---|")
    for name, times in results.items():
        print(f"| {name} | {', '.join(f'{t:.0f}' for t in times)} | {min(times):.0f} |", flush=True)


if __name__ == "__main__":
    main()
