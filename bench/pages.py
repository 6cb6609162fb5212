"""How fast pages answer, over HTTP from the server that `kithkin demo --serve` starts, with its company in it.

The company is made for the run, unless KITHKIN_BENCH_COMPANY names the directory of one that `kithkin demo` made.
"""

from __future__ import annotations

import http.client
import os
import random
import re
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from http.cookies import SimpleCookie
from pathlib import Path
from statistics import quantiles
from threading import Barrier
from urllib.parse import urlencode

from bench.timing import ratio

HOME, MANY = 3.0, 4.0
PEOPLE, QUESTIONS = 20, 15
READING = (2.0, 4.0)
"""For so many seconds somebody looks at a page before they ask the next question."""
READERS = ("administrator", "program.manager", "analyst", "department.head", "agent", "employee")
SCORES = "/understand/scores/"
_PATIENCE = 600


def run() -> list[tuple[str, float, float]]:
    """(name, ratio, budget) of each requirement."""
    with tempfile.TemporaryDirectory() as made, _served(Path(os.environ.get("KITHKIN_BENCH_COMPANY", made))) as port:
        return [*_home(port), *_scores(port)]


def _home(port: int) -> Iterator[tuple[str, float, float]]:
    stranger = Reader(port)
    for name in READERS:
        reader = Reader(port, name)
        found = ratio(partial(reader.get, "/"), partial(stranger.get, "/log-in/login/"), 150)
        yield f"home page of the {name.replace('.', ' ')}, warm, against the log-in page", found, HOME


def _scores(port: int) -> Iterator[tuple[str, float, float]]:
    """Whoever works with others at once against whoever is alone: each question is a new one to the server.

    How long it takes where all ask the same at one moment, as in a meeting, is said but has no budget.
    """
    readers = [Reader(port, "analyst") for _ in range(PEOPLE)]
    for reader in readers:
        reader.get(SCORES)  # each process has loaded what it needs
    questions = _questions()
    alone = [readers[0].asks(next(questions)) for _ in range(PEOPLE)]
    start = Barrier(PEOPLE)
    own = [[next(questions) for _ in range(QUESTIONS)] for _ in readers]

    def work(reader: Reader, asked: list[str], number: int) -> list[float]:
        draw = random.Random(number)
        start.wait()
        return [_after(draw.uniform(*READING), partial(reader.asks, one)) for one in asked]

    with ThreadPoolExecutor(PEOPLE) as pool:
        together = [took for found in pool.map(work, readers, own, range(PEOPLE)) for took in found]
    print(_said("one alone", alone), _said(f"{PEOPLE} at once", together), sep="\n")
    yield f"Scores: p95 of {PEOPLE} people at once, against one alone", _p95(together) / _p95(alone), MANY

    asked = [next(questions) for _ in range(10)]

    def follow(reader: Reader) -> list[float]:
        found = []
        for one in asked:
            start.wait()
            found.append(reader.asks(one))
        return found

    with ThreadPoolExecutor(PEOPLE) as pool:
        meeting = [took for found in pool.map(follow, readers) for took in found]
    print(_said(f"{PEOPLE} ask the same at one moment", meeting))


def _after(seconds: float, call: Callable[[], float]) -> float:
    time.sleep(seconds)
    return call()


def _questions() -> Iterator[str]:
    """Addresses that nobody asked before: other months, other groups, other parts of the company."""
    months = [f"{year}-{month:02d}" for year in (2024, 2025, 2026) for month in range(1, 13)]
    spans = [(first, last) for place, first in enumerate(months) for last in months[place + 2 :]]
    random.Random(20).shuffle(spans)
    cuts = ("touchpoint", "unit-department", "unit-site", "month", "quarter")
    for number, (first, last) in enumerate(spans):
        yield f"{SCORES}?{urlencode({'by': cuts[number % len(cuts)], 'from': first, 'to': last})}"


def _p95(took: list[float]) -> float:
    return quantiles(took, n=20, method="inclusive")[-1]


def _said(who: str, took: list[float]) -> str:
    return f"    {who}: median {1000 * sorted(took)[len(took) // 2]:.0f} ms, p95 {1000 * _p95(took):.0f} ms"


class Reader:
    """A browser without pictures: one connection that is kept, and its cookies."""

    def __init__(self, port: int, name: str = "") -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._cookies = SimpleCookie()
        if name:
            self._log_in(f"{name}@harbourstreet.example")

    def get(self, address: str) -> str:
        """The page; whatever is none stops the measurement."""
        status, text = self._send("GET", address)
        assert status == 200, (address, status)
        return text

    def asks(self, address: str) -> float:
        """For how many seconds one waits for the page."""
        began = time.perf_counter()
        self.get(address)
        return time.perf_counter() - began

    def _log_in(self, email: str) -> None:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get("/log-in/login/"))
        assert token
        fields = {"login": email, "password": "kithkin demo", "csrfmiddlewaretoken": token[1]}
        status, _text = self._send("POST", "/log-in/login/", urlencode(fields))
        assert status == 302, (email, status)

    def _send(self, method: str, address: str, body: str | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{one.key}={one.value}" for one in self._cookies.values())}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        self._connection.request(method, address, body, headers)
        answer = self._connection.getresponse()
        for given in answer.headers.get_all("Set-Cookie") or ():
            self._cookies.load(given)
        return answer.status, answer.read().decode()


@contextmanager
def _served(directory: Path) -> Iterator[int]:
    """The port at which the company is served, by a process that ends with the block."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    command = [Path(sysconfig.get_path("scripts")) / "kithkin", "demo", directory, "--serve", "--port", str(port)]
    environment = os.environ | {"KITHKIN_LOG_LEVEL": "ERROR"}
    with subprocess.Popen(list(map(str, command)), env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            _wait_for(server, port)
            yield port
        finally:
            server.send_signal(signal.SIGTERM)


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    sys.exit("the company is not served")
