"""Redis and object storage: refused in one sentence without their packages, used as they should be with them."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

import pytest

from config.cache import Misses
from config.packages import require_packages

ROOT = Path(__file__).resolve().parents[2]
TELL_STORES = """
from django.core.files.storage import storages
for name in ("default", "private"):
    print(storages[name].url("images/hall.png"))
"""


def run(folder: Path, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python with settings from the environment, in a state folder of its own."""
    environment = {**os.environ, "RESOLVED_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings.embedded", **variables}
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)


def test_a_setting_without_its_package_is_refused_in_one_sentence() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^REDIS_URL is set, but the package redis is not installed[^.]*\.$"):
        require_packages("REDIS_URL", "redis", find=lambda name: None)
    require_packages("REDIS_URL", "redis", find=lambda name: name)


def test_the_check_says_it_without_a_traceback(tmp_path: Path) -> None:
    # A finder that knows no redis stands for an installation without it.
    script = tmp_path / "check_without_redis.py"
    script.write_text(
        "import importlib.util, runpy, sys\n"
        "find = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, package=None: None if name == 'redis' else find(name, package)\n"
        "sys.argv = ['manage.py', 'check']\n"
        "runpy.run_path('manage.py', run_name='__main__')\n",
        encoding="utf-8",
    )
    told = run(tmp_path / "var", str(script), REDIS_URL="redis://127.0.0.1:1/0")
    assert told.returncode == 1
    assert told.stderr.startswith("The settings are wrong. REDIS_URL is set, but the package redis is not installed")
    assert "Traceback" not in told.stderr


def test_pictures_are_reached_through_the_site_and_private_files_by_signed_addresses(tmp_path: Path) -> None:
    keys = {"AWS_ACCESS_KEY_ID": "someone", "AWS_SECRET_ACCESS_KEY": "for tests only"}
    told = run(
        tmp_path / "var",
        "-c",
        f"import django; django.setup(){TELL_STORES}",
        FILES_S3_BUCKET="resolved",
        FILES_S3_REGION="eu-west-2",
        PYTHONPATH=f"{ROOT}{os.pathsep}{ROOT / 'site'}",
        **keys,
    )
    public, private = told.stdout.split()
    assert public == "/media/images/hall.png"
    assert "/private/images/hall.png?" in private
    assert "Signature=" in private
    assert "Expires=" in private


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A Redis server of its own, reached through a file."""
    path = tmp_path / "redis.sock"
    command = ["redis-server", "--port", "0", "--unixsocket", str(path), "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            for _ in range(200):
                if path.exists():
                    break
                time.sleep(0.05)
            yield f"unix://{path}"
        finally:
            process.terminate()


def test_what_one_process_keeps_in_redis_another_finds(server: str, tmp_path: Path, settings: Any) -> None:
    keep = "import django; django.setup(); from django.core.cache import cache; cache.set('boards', ['HWB'], 60)"
    paths = f"{ROOT}{os.pathsep}{ROOT / 'site'}"
    kept = run(tmp_path / "var", "-c", keep, REDIS_URL=server, PYTHONPATH=paths)
    assert (kept.returncode, kept.stderr) == (0, "")
    settings.CACHES = {"default": {"BACKEND": "config.cache.ForgivingRedisCache", "LOCATION": server}}
    cache: Any = caches["default"]
    assert cache.get("boards") == ["HWB"]
    assert cache.add("boards", []) is False
    cache.delete("boards")
    assert cache.get("boards") is None
    caches.close_all()
    cache._cache._pools[0].disconnect()


@pytest.mark.django_db
def test_a_cache_that_is_full_emptied_or_away_is_no_error(server: str, settings: Any, client: Client) -> None:
    def check_a_file() -> int:
        return client.post("/check-a-file/", {"checksum": "ab" * 64}).status_code

    settings.CACHES = {"default": {"BACKEND": "config.cache.ForgivingRedisCache", "LOCATION": server}}
    here: Any = caches["default"]
    assert check_a_file() == 200
    link = here._cache.get_client()
    link.config_set("maxmemory-policy", "noeviction")
    link.config_set("maxmemory", "1")
    here.set("one", "x")
    assert (here.get("one"), here.add("one", 1)) == (None, False)
    assert check_a_file() == 200
    link.flushall()
    assert check_a_file() == 200
    caches.close_all()
    here._cache._pools[0].disconnect()
    settings.CACHES = {"default": {"BACKEND": "config.cache.ForgivingRedisCache", "LOCATION": "redis://127.0.0.1:1/0"}}
    gone: Any = caches["default"]
    gone.set("one", 1)
    gone.set_many({"one": 1})
    gone.delete_many(["one"])
    gone.clear()
    assert (gone.get("one", "none"), gone.get_many(["one"]), "one" in gone) == ("none", {}, False)
    assert (gone.touch("one"), gone.delete("one"), gone.incr("one")) == (False, False, 1)
    assert check_a_file() == 200
    assert client.get("/search/").status_code < 500


def test_a_cache_that_is_away_is_told_once_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    now = 1000.0
    misses = Misses(clock=lambda: now)
    for seconds in (0, 1, 58, 1):
        now += seconds
        misses.note(OSError())
    assert caplog.messages == [
        "The cache is away: OSError. Missed since the last such line: 1.",
        "The cache is away: OSError. Missed since the last such line: 3.",
    ]
