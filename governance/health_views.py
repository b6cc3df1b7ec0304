"""What programs ask of an installation: whether it lives, whether it can serve, and its figures. No page, no name, no record in them."""

import logging
import os
import shutil
from collections.abc import Callable

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from governance.health import SILENT_AFTER
from governance.installation import figures, last_heard_of_worker
from governance.models import private_storage

logger = logging.getLogger(__name__)

ROOM = 200 * 1024 * 1024
"""So many bytes have to be free: a large pack is written twice before it is stored."""
_known_to_be_migrated: list[str] = []
LOOPBACK = frozenset({"127.0.0.1", "::1"})


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """Whether this process answers at all. It asks nothing of the database, which may be what is broken."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Whether this installation can serve and work: 200 when everything asked for is well, else 503 with what is not."""
    found = {name: _is_well(ask) for name, ask in CHECKS.items()}
    words = {name: "ok" if well else "not ok" for name, well in found.items()}
    return JsonResponse(words, status=200 if all(found.values()) else 503)


def _is_well(ask: Callable[[], bool]) -> bool:
    try:
        return ask()
    except Exception:
        # Whatever a database or a store raises when it cannot be reached: each has errors of its own.
        logger.exception("Not ready: %s", ask.__name__)
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _migrated() -> bool:
    """Reading every migration takes a while, and what was found done stays done for as long as this code runs."""
    if not _known_to_be_migrated:
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            _known_to_be_migrated.append(connection.alias)
    return bool(_known_to_be_migrated)


def _files() -> bool:
    """Nothing is written: everybody may ask this as often as they like."""
    storage = private_storage()
    storage.exists("ready")
    return not isinstance(storage, FileSystemStorage) or os.access(storage.location, os.W_OK)


def _worker() -> bool:
    heard = last_heard_of_worker()
    return heard is not None and timezone.now() - heard <= SILENT_AFTER


def _room() -> bool:
    return shutil.disk_usage(settings.VAR).free >= ROOM


CHECKS = {"database": _database, "migrations": _migrated, "files": _files, "worker": _worker, "room on the disk": _room}


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures of this installation for Prometheus, from the database: the same whichever process is asked.

    Raises:
        Http404: the one who asks neither is this machine nor has the token.
    """
    if not _may_measure(request):
        raise Http404
    registry, now, found = CollectorRegistry(), timezone.now(), figures()
    waiting = Gauge("resolved_waiting", "Things that wait for a worker", ["queue"], registry=registry)
    oldest = Gauge("resolved_oldest_waiting_seconds", "How long the first of them has been due", ["queue"], registry=registry)
    for name, queue in found.queues.items():
        waiting.labels(name).set(queue.number)
        oldest.labels(name).set(max(0.0, (now - queue.since).total_seconds()) if queue.since else 0)
    silence = Gauge("resolved_worker_silence_seconds", "Since a worker was last heard of; -1 for never", registry=registry)
    silence.set((now - found.heard_of_worker).total_seconds() if found.heard_of_worker else -1)
    looked = Gauge("resolved_fixity_age_seconds", "Since all stored files were looked at; -1 for never", registry=registry)
    looked.set((now - found.looked_at_files).total_seconds() if found.looked_at_files else -1)
    Gauge("resolved_bad_files", "Stored files that are changed or missing", registry=registry).set(found.bad_files)
    Gauge("resolved_disk_free_bytes", "Room in the state folder", registry=registry).set(shutil.disk_usage(settings.VAR).free)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _may_measure(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.METRICS_TOKEN:
        return constant_time_compare(given, settings.METRICS_TOKEN)
    # A server in front would make everybody look like this machine.
    return request.META.get("REMOTE_ADDR") in LOOPBACK and "X-Forwarded-For" not in request.headers
