#!/usr/bin/env python3
"""Requests a CPU second of harmattan, from PMTiles, beside nginx, from a directory of the same tiles, alternately.

    tests/bench/serve_beside_nginx.py build/release/harmattan MAP.toml [ROUNDS [SECONDS]]

Needs nginx and wrk (Debian: nginx-light, wrk). Everything stays on 127.0.0.1. wrk takes one core, so requests a second say little;
CPU time of the server's own process does. Ends with a minute of load, over which the server's memory is watched.
"""

import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

CLOCK_TICKS = os.sysconf("SC_CLK_TCK")
CONNECTIONS = 64
NGINX = """worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{ include /etc/nginx/mime.types; access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{port}; root {folder}/root; }} }}
"""
WRK = """local urls, n = {{}}, 0
for line in io.lines("{folder}/urls") do n = n + 1; urls[n] = line end
local i = 0
request = function() i = i % n + 1; return wrk.format("GET", urls[i]) end
"""


def stat(pid):
    with open(f"/proc/{pid}/stat") as file:
        return file.read().rsplit(")", 1)[1].split()


def cpu_seconds(pid):
    fields = stat(pid)
    return (int(fields[11]) + int(fields[12])) / CLOCK_TICKS


def resident_kib(pid):
    with open(f"/proc/{pid}/status") as file:
        return int(re.search(r"VmRSS:\s+(\d+)", file.read())[1])


def load(folder, url, pid, seconds):
    before = cpu_seconds(pid)
    text = subprocess.run(["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}", "--latency", "-s", f"{folder}/wrk.lua", url], check=True,
                          capture_output=True, text=True).stdout
    requests = int(re.search(r"(\d+) requests in", text)[1])
    p99 = re.search(r"^\s+99%\s+(\S+)$", text, re.MULTILINE)[1]
    if "Non-2xx" in text or "Socket errors" in text:
        sys.exit(text)
    return requests / (cpu_seconds(pid) - before), requests / seconds, p99


def main():
    program, map_file = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    seconds = int(sys.argv[4]) if len(sys.argv) > 4 else 8
    folder = tempfile.mkdtemp()
    os.chmod(folder, 0o755)
    os.mkdir(f"{folder}/root")
    for output in (f"{folder}/map.pmtiles", f"{folder}/root/map"):
        subprocess.run([program, "tiles", map_file, "-o", output, "-q"], check=True)
    tiles = [os.path.relpath(os.path.join(where, name), f"{folder}/root") for where, _, names in os.walk(f"{folder}/root/map") for name in names if name.endswith(".png")]
    random.Random(1).shuffle(tiles)
    size = sum(os.path.getsize(f"{folder}/root/{tile}") for tile in tiles)
    print(f"{len(tiles)} tiles of {size / len(tiles):.0f} bytes, {CONNECTIONS} connections, {rounds} rounds of {seconds} s")
    for name, text in (("urls", "\n".join("/" + tile for tile in tiles)), ("wrk.lua", WRK.format(folder=folder)), ("nginx.conf", NGINX.format(folder=folder, port=8198))):
        with open(f"{folder}/{name}", "w") as file:
            file.write(text)

    nginx = subprocess.Popen(["nginx", "-c", f"{folder}/nginx.conf", "-p", folder])
    servers = {"harmattan": [], "harmattan --cache 0": ["--cache", "0"]}
    ours = {name: subprocess.Popen([program, "serve", f"{folder}/map.pmtiles", "--listen", f"127.0.0.1:{8199 + i}", "-q", *flags])
            for i, (name, flags) in enumerate(servers.items())}
    try:
        time.sleep(2)
        with open(f"/proc/{nginx.pid}/task/{nginx.pid}/children") as file:
            contenders = {"nginx": (int(file.read().split()[0]), 8198)}
        contenders.update({name: (process.pid, 8199 + i) for i, (name, process) in enumerate(ours.items())})
        results = {name: [] for name in contenders}
        for pid, port in contenders.values():
            load(folder, f"http://127.0.0.1:{port}", pid, 1)
        for _ in range(rounds):
            for name, (pid, port) in contenders.items():
                results[name].append(load(folder, f"http://127.0.0.1:{port}", pid, seconds))
        base = statistics.median(each for each, _, _ in results["nginx"])
        for name, runs in results.items():
            median = statistics.median(each for each, _, _ in runs)
            print(f"{name:22} {median:8.0f} requests/CPU s ({median / base:.2f} of nginx), {1e6 / median:.1f} us each; p99 {' '.join(p99 for _, _, p99 in runs)}")

        pid, port = contenders["harmattan"]
        before = resident_kib(pid)
        watched = []
        for _ in range(6):
            load(folder, f"http://127.0.0.1:{port}", pid, 10)
            watched.append(resident_kib(pid))
        print(f"memory before and in a minute of load, KiB: {before} {watched}")
    finally:
        for process in [nginx, *ours.values()]:
            process.terminate()
        for process in [nginx, *ours.values()]:
            process.wait()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
