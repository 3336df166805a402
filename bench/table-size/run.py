#!/usr/bin/env python3
"""What a large table costs: start, memory, processor time per request, and a reload under load.

  bench/table-size/run.py [--routes 1,1000,10000] [--rounds 3] [--seconds 3] GATEWAY…

GATEWAY is the command that starts it, such as  dotnet Gateway.Api/bin/Release/net10.0/Gateway.Api.dll. Needs nginx and wrk. Route i is
GET /s<i>/items/{id}; requests go to random routes. Rounds take turns among the sizes; medians are printed. A start is told in
seconds of the clock and of the processor: on a machine that others use, only the second is the gateway's own.
"""
import argparse, contextlib, os, random, statistics, sys, tempfile, threading, time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from bench import Gateway, Service, get, memory, noise


def document(count, port, added=()):
    return {"Routes": [{"UpstreamPathTemplate": f"/s{i}/items/{{id}}", "UpstreamHttpMethod": ["GET"], "DownstreamPathTemplate": "/items/{id}",
                        "DownstreamScheme": "http", "DownstreamHostAndPorts": [{"Host": "127.0.0.1", "Port": port}]} for i in [*range(count), *added]]}


def paths(count):
    random.seed(7)
    return [f"/s{random.randrange(count)}/items/{random.randrange(99999)}" for _ in range(min(max(count * 2, 64), 20000))]


def reload(gateway, count, port, added):
    """Adds a route while requests run: seconds until it answers, requests, failed ones, megabytes."""
    result = {}
    load = threading.Thread(target=lambda: result.update(load=gateway.load(paths(count), 6, connections=8)))
    load.start()
    time.sleep(1)
    new, text = 1_000_000 + added, document(count, port, [1_000_000 + added])
    gateway.write(text)
    begin = time.monotonic()
    while get(gateway.port, f"/s{new}/items/1") != 200 and time.monotonic() - begin < 30:
        time.sleep(0.01)
    seconds = time.monotonic() - begin
    load.join()
    requests, failed, _ = result["load"]
    return seconds, requests, failed, memory(gateway.pid)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--routes", default="1,1000,10000")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seconds", type=int, default=3)
    options.add_argument("gateway", nargs="+")
    args = options.parse_args()
    sizes = [int(n) for n in args.routes.split(",")]

    with contextlib.ExitStack() as stack:
        service = stack.enter_context(Service(stack.enter_context(tempfile.TemporaryDirectory())))
        gateways = {}
        print(noise())
        for count in sizes:
            starts = []
            for _ in range(args.rounds):
                if count in gateways:
                    gateways[count].__exit__()
                gateways[count] = Gateway(args.gateway, stack.enter_context(tempfile.TemporaryDirectory()), document(count, service.port),
                                          f"/s{count - 1}/items/1")
                starts.append((gateways[count].started, gateways[count].start_cpu))
            stack.enter_context(gateways[count])
            print(f"{count:6} routes: first answer after {min(s for s, _ in starts):.2f} s at best, {statistics.median(s for s, _ in starts):.2f} s in the middle, "
                  f"{min(c for _, c in starts):.2f} s of the processor; {memory(gateways[count].pid):.0f} MB", flush=True)

        costs = {count: [] for count in sizes}
        for turn in range(args.rounds + 1):
            for count, gateway in gateways.items():
                requests, failed, cost = gateway.load(paths(count), args.seconds)
                if turn > 0:  # the first warms up
                    costs[count].append(cost)
                if failed:
                    print(f"{count:6} routes: {failed} of {requests} requests failed")
        for count, gateway in gateways.items():
            print(f"{count:6} routes: {statistics.median(costs[count]):.1f} µs of the processor for a request "
                  f"({', '.join(f'{c:.1f}' for c in costs[count])}); {memory(gateway.pid):.0f} MB, {memory(gateway.pid, 'VmHWM'):.0f} MB at most", flush=True)
        for count, gateway in gateways.items():
            for turn in range(args.rounds):
                seconds, requests, failed, resident = reload(gateway, count, service.port, turn)
                print(f"{count:6} routes: a new one answers {seconds:.2f} s after the file was written; {failed} of {requests} requests failed; {resident:.0f} MB", flush=True)


main()
