"""How many answers a second a door gives. Those who ask share the machine with those who answer, so that only ratios of one run say something."""

import contextlib
import multiprocessing
import socket
import statistics
import time
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from parts import HOST, Door
from refusal import Refusal

ASKING = 4
"""So many connections ask at once, each again as soon as it has its answer."""
TURNS = 3
BLOCK = 1 << 16


def rates(doors: Mapping[str, tuple[Door, str]], seconds: float) -> dict[str, float]:
    """Answers a second of each, the best of some turns in which each has its own.

    Args:
        doors: what is asked, by its name: where, and for what.
        seconds: how long each turn takes.

    Raises:
        Refusal: one of them did not answer with a page.
    """
    with ProcessPoolExecutor(ASKING, mp_context=multiprocessing.get_context("fork")) as crowd:
        found: dict[str, list[float]] = {name: [] for name in doors}
        for _turn in range(TURNS):
            for name, (door, path) in doors.items():
                counts = crowd.map(partial(_answers, door, path), [seconds] * ASKING)
                found[name].append(sum(counts) / seconds)
    return {name: max(turns) for name, turns in found.items()}


def median(door: Door, path: str, times: int = 30) -> float:
    """The milliseconds of one answer, when nobody else asks."""
    told = []
    for _time in range(times):
        begun = time.perf_counter()
        door.get(path, {"Accept-Encoding": "gzip", "X-Forwarded-Proto": "https"})
        told.append((time.perf_counter() - begun) * 1000)
    return statistics.median(told)


def _answers(door: Door, path: str, seconds: float) -> int:
    # Written by hand: Python's own client would be slower than the server that is measured.
    request = f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept-Encoding: gzip\r\nX-Forwarded-Proto: https\r\n\r\n".encode(
        "ascii"
    )
    count, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.closing(door.connection()) as link:
            link.connect()
            # nginx ends a connection after a thousand answers.
            while _goes_on(link.sock, request, path):
                count += 1
                if time.monotonic() > end:
                    return count
            count += 1
    return count


def _goes_on(link: socket.socket, request: bytes, path: str) -> bool:
    """Ask once and take the whole answer; whether there may be another one."""
    link.sendall(request)
    got = b""
    while b"\r\n\r\n" not in got:
        got += _some(link.recv(BLOCK), path)
    head, _end, body = got.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").lower().split("\r\n")
    if " 200 " not in f"{lines[0]} ":
        raise Refusal(f"{path} answered {lines[0]}.")
    left = next(int(line.partition(":")[2]) for line in lines if line.startswith("content-length:")) - len(body)
    while left > 0:
        left -= len(_some(link.recv(BLOCK), path))
    return "connection: close" not in lines


def _some(got: bytes, path: str) -> bytes:
    if not got:
        raise Refusal(f"{path}: the connection was closed.")
    return got
