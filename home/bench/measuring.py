"""Measuring: what a page asks of the database, and the median time it takes to answer."""

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from governance.page_cache import ALIAS
from home.bench.subjects import Subject

NO_CACHE = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}


class WrongAnswer(Exception):
    """A page did not answer as it should, so that timing it would say nothing."""


@dataclass(frozen=True)
class Cost:
    """What one request costs.

    Attributes:
        queries: how often the database is asked.
        milliseconds: the median of several requests.
        processor: the median of the processor time that they take in this process. What else runs does not count.
    """

    queries: int
    milliseconds: float
    processor: float = 0.0


def costs(subjects: Iterable[Subject], *, times: int) -> dict[str, Cost]:
    """The cost of each subject when its page is made anew, by its name.

    Args:
        subjects: what is asked for.
        times: how many requests the median is of.

    Raises:
        WrongAnswer: one of them answers with another status than it should.
    """
    clients: dict[str, Client] = {}
    with override_settings(CACHES={**settings.CACHES, ALIAS: NO_CACHE}):
        return {subject.name: _cost(subject, _client(subject.username, clients), times) for subject in subjects}


def _client(username: str, clients: dict[str, Client]) -> Client:
    if username not in clients:
        clients[username] = Client(headers={"host": "localhost"})
        if username:
            clients[username].force_login(get_user_model().objects.get(username=username))
    return clients[username]


def _cost(subject: Subject, client: Client, times: int) -> Cost:
    # The first answer fills caches that every later one finds filled.
    answer = client.get(subject.address)
    if answer.status_code != subject.lands_on:
        raise WrongAnswer(f"{subject.name} ({subject.address}) answered {answer.status_code}, not {subject.lands_on}.")
    with CaptureQueriesContext(connection) as asked:
        whole(client, subject)
        # Counted here: the next request empties the log.
        queries = len(connection.queries_log) - asked.initial_queries
    seconds, processor = [], []
    for _ in range(times):
        begun = time.process_time()
        seconds.append(seconds_of(lambda: whole(client, subject)))
        processor.append(time.process_time() - begun)
    return Cost(queries, statistics.median(seconds) * 1000, statistics.median(processor) * 1000)


def whole(client: Client, subject: Subject) -> None:
    """Ask for an address and read the answer to its end: data that is streamed is made while it is read."""
    for _piece in client.get(subject.address):
        pass


def seconds_of(work: Callable[[], object]) -> float:
    """How long something takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def processor_seconds_of(work: Callable[[], object]) -> float:
    """How much processor time something takes, in this process and in those it starts and waits for. What else runs does not count."""
    begun = _processor_seconds()
    work()
    return _processor_seconds() - begun


def _processor_seconds() -> float:
    used = [getrusage(whose) for whose in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
