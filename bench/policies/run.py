#!/usr/bin/env python3
"""What each policy costs: microseconds of the gateway's processor time for a request, above a plain route in the same round.

  bench/policies/run.py [--rounds 5] [--seconds 3] [--only NAME,…] GATEWAY…

GATEWAY is the command that starts it, such as  dotnet Gateway.Api/bin/Release/net10.0/Gateway.Api.dll. Needs nginx and wrk. Every policy has a
gateway of its own; rounds take turns among them, and in each round a policy is compared with the plain route's cost in that round, so that
what else the machine does meanwhile falls out as far as it can. Prints a table: the median cost, the median above the plain route, and the span
of the rounds.
"""
import argparse, base64, contextlib, hashlib, hmac, json, os, statistics, sys, tempfile, time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from bench import Gateway, Service, noise

KEY = bytes(range(1, 65))
PATHS = [f"/s0/items/{i}" for i in range(64)]
SCHEME = {"Authentication": {"Schemes": {"Bench": {
    "ValidIssuer": "bench", "ValidAudience": "bench", "SigningKeys": [{"Issuer": "bench", "Value": base64.b64encode(KEY).decode()}]}}}}

# name: members of the route, members of the document, the host's settings
POLICIES = {
    "plain": ({}, {}, {}),
    "rate limit": ({"RateLimitOptions": {"EnableRateLimiting": True, "Period": "1h", "Limit": 1_000_000_000}}, {}, {}),
    "breaker": ({"QoSOptions": {"MinimumThroughput": 5, "BreakDuration": 2000}}, {}, {}),
    "breaker and time-out": ({"QoSOptions": {"MinimumThroughput": 5, "BreakDuration": 2000, "Timeout": 3000}}, {}, {}),
    "headers": ({"UpstreamHeaderTransform": {"X-From": "gateway", "X-Client": "{RemoteIpAddress}"},
                 "DownstreamHeaderTransform": {"X-Served-By": "gateway", "Server": "nginx, gateway"}}, {}, {}),
    "IP list": ({"SecurityOptions": {"IPAllowedList": ["10.0.0.0/8", "192.168.0.0/16", "127.0.0.1"], "IPBlockedList": ["10.6.6.0/24"]}}, {}, {}),
    "cache hit": ({"CacheOptions": {"TtlSeconds": 3600}}, {}, {}),
    "repeated token": ({"AuthenticationOptions": {"AuthenticationProviderKeys": ["Bench"]}}, SCHEME, {}),
    "request logging": ({"DelegatingHandlers": ["RequestLogging"]}, {}, {}),
    "mediation": ({"Mediation": {"Response": {"Steps": [{"Rename": {"text": "Content"}}]}}}, {}, {}),
    "metrics": ({}, {}, {"Management__Urls": "http://127.0.0.1:0"}),
    "access log": ({}, {"GlobalConfiguration": {"AccessLog": "Json"}}, {}),
}


def token():
    def part(data):
        return base64.urlsafe_b64encode(data).rstrip(b"=")
    now = int(time.time())
    text = part(b'{"alg":"HS256","typ":"JWT"}') + b"." + part(json.dumps(
        {"iss": "bench", "aud": "bench", "sub": "user-1", "scope": "read", "nbf": now - 60, "exp": now + 86400}).encode())
    return (text + b"." + part(hmac.new(KEY, text, hashlib.sha256).digest())).decode()


def document(name, port):
    route, root, _ = POLICIES[name]
    return {"Routes": [{"UpstreamPathTemplate": "/s0/items/{id}", "UpstreamHttpMethod": ["GET"], "DownstreamPathTemplate": "/items/{id}",
                        "DownstreamScheme": "http", "DownstreamHostAndPorts": [{"Host": "127.0.0.1", "Port": port}], **route}], **root}


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=int, default=3)
    options.add_argument("--only", default=",".join(POLICIES))
    options.add_argument("gateway", nargs="+")
    args = options.parse_args()
    names = ["plain", *(n for n in args.only.split(",") if n != "plain")]

    with contextlib.ExitStack() as stack:
        service = stack.enter_context(Service(stack.enter_context(tempfile.TemporaryDirectory())))
        bearer = {name: token() if name.endswith("token") else None for name in names}
        gateways = {name: stack.enter_context(Gateway(args.gateway, stack.enter_context(tempfile.TemporaryDirectory()), document(name, service.port),
                                                      PATHS[0], bearer[name], POLICIES[name][2])) for name in names}
        print(noise(), flush=True)
        costs = {name: [] for name in names}
        for turn in range(args.rounds + 2):
            for name, gateway in gateways.items():
                requests, failed, cost = gateway.load(PATHS, args.seconds, token=bearer[name])
                if turn > 1:  # the first two warm up
                    costs[name].append(cost)
                if failed:
                    print(f"{name}: {failed} of {requests} requests failed", flush=True)
        print("| Policy | µs | above plain | span |\n|---|---|---|---|")
        for name in names:
            above = [a - b for a, b in zip(costs[name], costs["plain"])]
            print(f"| {name} | {statistics.median(costs[name]):.1f} | {statistics.median(above):+.1f} | {min(above):+.1f} to {max(above):+.1f} |")
        print(noise())


main()
