#!/usr/bin/env python3
"""The server under abuse at full size; docs/benchmarks.md says what came out. Needs ulimit -n 12000 and Linux.

    tests/bench/serve_abuse.py build/release/harmattan ARCHIVE.pmtiles [idle|slow|descriptors|swaps …]

ARCHIVE is served from a copy. Everything stays on 127.0.0.1. Each part prints one line.
"""

import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

CLOCK_TICKS, PAGE = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")


class Server:
    def __init__(self, program, archive, descriptors=None):
        self.folder = tempfile.TemporaryDirectory()
        self.archive = shutil.copy(archive, os.path.join(self.folder.name, "a.pmtiles"))
        limit = (lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors,) * 2)) if descriptors else None
        self.process = subprocess.Popen([program, "serve", "--listen", "127.0.0.1:0", self.archive],
                                        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, preexec_fn=limit)
        self.port = int(re.search(r"http://127\.0\.0\.1:(\d+)/", self.process.stderr.readline())[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.process.stderr.close()
        self.folder.cleanup()

    def connect(self, blocking=True):
        client = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        client.setblocking(blocking)
        if blocking:
            client.settimeout(10)
        return client

    def resident(self):
        with open(f"/proc/{self.process.pid}/statm") as statm:
            return int(statm.read().split()[1]) * PAGE

    def cpu(self):
        with open(f"/proc/{self.process.pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / CLOCK_TICKS


def request(path):
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()


def read_answer(client):
    """Status and body."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += receive(client)
    head, body = data.split(b"\r\n\r\n", 1)
    length = re.search(rb"content-length: *(\d+)", head, re.I)
    while length and len(body) < int(length[1]):
        body += receive(client)
    return int(head[9:12]), body


def receive(client):
    data = client.recv(1 << 16)
    if not data:
        raise ConnectionError("closed")
    return data


def get(server, path):
    with server.connect() as client:
        client.sendall(request(path))
        return read_answer(client)


def some_tile(server):
    """A path that is answered with a picture."""
    zooms = get(server, "/a.json")[1].decode()
    low = int(re.search(r'"minzoom": *(\d+)', zooms)[1])
    for x in range(1 << low):
        for y in range(1 << low):
            path = f"/a/{low}/{x}/{y}.png"
            if get(server, path)[0] == 200:
                return path
    sys.exit("the archive has no tile at its least zoom")


def percentile_99(server, path, seconds):
    """Milliseconds on new connections, one each 10 ms, and how many were not answered."""
    took, failed, end = [], 0, time.monotonic() + seconds
    while time.monotonic() < end:
        start = time.monotonic()
        try:
            failed += get(server, path)[0] != 200
        except OSError:
            failed += 1
        took.append(1000 * (time.monotonic() - start))
        time.sleep(0.01)
    took.sort()
    return took[len(took) * 99 // 100], failed


def idle(program, archive, count=10_000):
    with Server(program, archive) as server:
        path = some_tile(server)
        before, clients, start = server.resident(), [], time.monotonic()
        for _ in range(count):
            clients.append(server.connect())
            clients[-1].sendall(request(path))
            read_answer(clients[-1])
        ramp, each = time.monotonic() - start, (server.resident() - before) / count
        cpu = server.cpu()
        time.sleep(5)
        cpu = (server.cpu() - cpu) / 5
        p99, failed = percentile_99(server, path, 3)
        for client in clients:
            client.close()
    print(f"{count} idle connections after one request each, made in {ramp:.1f} s: {each / 1024:.1f} KiB each, "
          f"{100 * cpu:.1f} % of a core; another client's p99 {p99:.1f} ms, {failed} failed")


def slow(program, archive, count=2_000, seconds=15):
    with Server(program, archive) as server:
        path = some_tile(server)
        quiet, _ = percentile_99(server, path, 3)
        start = time.monotonic()
        clients = [server.connect(blocking=False) for _ in range(count)]
        line = request(path)[:-2] + b"X-Slow: " + b"a" * 100
        closed_at = {}

        def dribble():
            for i in range(seconds):
                for client in clients:
                    if client in closed_at:
                        continue
                    try:
                        client.send(line[i:i + 1])
                        if client.recv(1, socket.MSG_PEEK) == b"":
                            closed_at[client] = time.monotonic() - start
                    except BlockingIOError:
                        pass
                    except OSError:
                        closed_at[client] = time.monotonic() - start
                time.sleep(max(0, start + i + 1 - time.monotonic()))

        thread = threading.Thread(target=dribble)
        thread.start()
        p99, failed = percentile_99(server, path, seconds - 1)
        thread.join()
        for client in clients:
            client.close()
    last = f"the last after {max(closed_at.values()):.1f} s" if closed_at else "none"
    print(f"{count} clients at 1 B/s for {seconds} s: {len(closed_at)} closed, {last}; "
          f"another client's p99 {p99:.1f} ms ({quiet:.1f} before), {failed} failed")


def descriptors(program, archive, limit=64, count=500):
    with Server(program, archive, limit) as server:
        path = some_tile(server)
        clients = [server.connect(blocking=False) for _ in range(count)]
        for client in clients:
            client.send(request(path))
        cpu = server.cpu()
        time.sleep(3)
        cpu = (server.cpu() - cpu) / 3
        for client in clients:
            client.close()
        start = time.monotonic()
        status, _ = get(server, path)
        print(f"{count} clients on {limit} descriptors: {100 * cpu:.1f} % of a core; "
              f"after they left {status} in {time.monotonic() - start:.2f} s")


def swaps(program, archive, count=1_000, clients=4):
    with Server(program, archive) as server:
        path = some_tile(server)
        right = get(server, path)[1]
        over, counts = threading.Event(), {"answers": 0, "failed": 0, "torn": 0}

        def ask():
            with server.connect() as client:
                while not over.is_set():
                    client.sendall(request(path))
                    status, body = read_answer(client)
                    counts["answers"] += 1
                    counts["failed"] += status >= 500
                    counts["torn"] += body != right

        threads = [threading.Thread(target=ask) for _ in range(clients)]
        for thread in threads:
            thread.start()
        staged = server.archive + ".next"
        for _ in range(count):
            shutil.copy(archive, staged)
            os.rename(staged, server.archive)
        over.set()
        for thread in threads:
            thread.join()
        with server.connect() as client:
            client.sendall(request("/metrics"))
            taken = re.search(rb"\nharmattan_archives_replaced_total (\d+)", read_answer(client)[1])[1].decode()
    print(f"{count} replacements under {clients} clients: {counts['answers']} answers, {counts['failed']} of them 5xx, "
          f"{counts['torn']} torn; {taken} taken up")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    parts = {"idle": idle, "slow": slow, "descriptors": descriptors, "swaps": swaps}
    for name in sys.argv[3:] or parts:
        parts[name](*sys.argv[1:3])


main()
