"""What the scripts beside this one share: a service to ask, a gateway to measure, load, and the processor time that it took.

Traffic goes to 127.0.0.1 only; only processes that were started here are ended.
"""
import json, os, re, socket, subprocess, tempfile, time

TICK = os.sysconf("SC_CLK_TCK")
BODY = "x" * 1024

# Requests are written beforehand, so that wrk itself stays cheap: as many paths as there are lines in the file, at random.
WRK = """
local requests = {}
function init(args)
  math.randomseed(7)
  local headers = {}
  if args[2] then headers["Authorization"] = "Bearer " .. args[2] end
  for path in io.lines(args[1]) do requests[#requests + 1] = wrk.format("GET", path, headers) end
end
function request() return requests[math.random(1, #requests)] end
function done(summary)
  local e = summary.errors
  print(string.format('JSON {"requests":%d,"failed":%d}', summary.requests, e.status + e.connect + e.read + e.write + e.timeout))
end
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def get(port, path, token=None):
    """The status of one answer; 0 where there is none."""
    try:
        with socket.create_connection(("127.0.0.1", port), 5) as s:
            bearer = f"Authorization: Bearer {token}\r\n" if token else ""
            s.sendall(f"GET {path} HTTP/1.1\r\nHost: bench\r\n{bearer}Connection: close\r\n\r\n".encode())
            return int(s.makefile("rb").readline().split()[1])
    except (OSError, ValueError, IndexError):
        return 0


def cpu(pid):
    """User and system seconds of a process and of its threads that have ended."""
    with open(f"/proc/{pid}/stat") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def threads_cpu(pid):
    """The same in nanoseconds, thread by thread, where the scheduler tells: finer than a tick."""
    total = 0
    for thread in os.listdir(f"/proc/{pid}/task"):
        try:
            with open(f"/proc/{pid}/task/{thread}/schedstat") as f:
                total += int(f.read().split()[0])
        except OSError:
            pass
    return total / 1e9


def memory(pid, key="VmRSS"):
    """Megabytes."""
    with open(f"/proc/{pid}/status") as f:
        return int(re.search(key + r":\s+(\d+)", f.read()).group(1)) / 1024


class Process:
    def __init__(self, command, **options):
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, start_new_session=True, **options)
        self.pid = self.process.pid

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Service(Process):
    """An nginx that answers everything with a kilobyte."""

    def __init__(self, folder):
        self.port = free_port()
        temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        with open(f"{folder}/nginx.conf", "w") as f:
            f.write(f"worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log error; events {{ worker_connections 4096; }}\n"
                    f"http {{ access_log off; keepalive_timeout 300; keepalive_requests 1000000000; default_type application/json; {temporary}\n"
                    f"server {{ listen 127.0.0.1:{self.port} backlog=4096; location / {{ return 200 '{{\"text\":\"{BODY}\"}}'; }} }} }}\n")
        super().__init__(["nginx", "-c", f"{folder}/nginx.conf", "-p", folder], stderr=subprocess.DEVNULL)
        until(lambda: get(self.port, "/") == 200, 20, "nginx doesn't answer")


class Gateway(Process):
    """A gateway on a document; `started` is the seconds to its first answer of `probe`, `start_cpu` the processor's."""

    def __init__(self, command, folder, document, probe, token=None, environment=None):
        self.folder, self.port = folder, free_port()
        self.write(document)
        begin = time.monotonic()
        super().__init__([*command, "--config", folder, "--urls", f"http://127.0.0.1:{self.port}"],
                         env={**os.environ, "Management__Urls": "", **(environment or {})})
        until(lambda: self.process.poll() is not None or get(self.port, probe, token) == 200, 180, f"no 200 for {probe}", pause=0.005)
        if self.process.poll() is not None:
            raise SystemExit("the gateway ended; see its output")
        self.started, self.start_cpu = time.monotonic() - begin, cpu(self.pid)

    def write(self, document):
        """By rename: no watcher reads half a file."""
        with open(f"{self.folder}/ocelot.json.new", "w") as f:
            json.dump(document, f, indent=1)
        os.replace(f"{self.folder}/ocelot.json.new", f"{self.folder}/ocelot.json")

    def load(self, paths, seconds, connections=64, token=None):
        """Requests sent, failed ones, and the gateway's microseconds for each."""
        with tempfile.TemporaryDirectory() as folder:
            with open(f"{folder}/wrk.lua", "w") as f:
                f.write(WRK)
            with open(f"{folder}/paths", "w") as f:
                f.writelines(path + "\n" for path in paths)
            before = threads_cpu(self.pid)
            out = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", f"{folder}/wrk.lua",
                                  f"http://127.0.0.1:{self.port}/", "--", f"{folder}/paths", *([token] if token else [])],
                                 capture_output=True, text=True, timeout=seconds + 60).stdout
            spent = threads_cpu(self.pid) - before
        counts = json.loads(re.search(r"^JSON (\{.*\})$", out, re.M).group(1))
        return counts["requests"], counts["failed"], spent * 1e6 / max(counts["requests"], 1)


def until(condition, seconds, otherwise, pause=0.02):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise SystemExit(otherwise)
        time.sleep(pause)


def noise():
    """How much others want the machine: its load average over its processors."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
