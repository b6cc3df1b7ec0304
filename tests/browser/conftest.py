"""One served site and one Chromium for all browser tests."""

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.serving import ServedSite, collect_static, free_port, kill, prepared, run, served, start
from tests.browser.shown import load
from tests.browser.town import PATIENCE, Town

# A slow machine is no failure.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def static_files(look: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stylesheets, scripts and fonts, collected once."""
    return collect_static(tmp_path_factory.mktemp("collected"))


@pytest.fixture(scope="session")
def site(static_files: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedSite]:
    """The small site, served by a real process with its worker."""
    with served(tmp_path_factory.mktemp("served"), static_files) as running:
        yield running


@pytest.fixture(scope="session")
def demonstration(static_files: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The demonstration of one fixed day, loaded once: the environment that serves it."""
    return load(tmp_path_factory.mktemp("demonstration"), static_files)


@pytest.fixture(scope="session")
def base_url(site: ServedSite) -> str:
    """Where paths alone lead: the served site."""
    return site.address


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium that the system installs; root may not use its sandbox."""
    chromium = shutil.which("chromium")
    return {**browser_type_launch_args, "executable_path": chromium, "args": ["--no-sandbox", "--disable-dev-shm-usage"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A reader in Britain."""
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "Europe/London"}


@pytest.fixture
def refused_by_policy(context: BrowserContext) -> list[str]:
    """What the browser refuses to run or load, because the site's own policy forbids it."""
    refused: list[str] = []
    context.on("console", lambda message: refused.append(message.text) if "Content Security Policy" in message.text else None)
    return refused


@pytest.fixture
def town(static_files: Path, tmp_path: Path) -> Iterator[Town]:
    """It, for one test."""
    environment = prepared(tmp_path, static_files, "config.settings.embedded")
    made = json.loads(run([sys.executable, "-m", "tests.browser.make_next_meeting"], environment))
    port = free_port()
    town = Town(environment, port, start(environment, port), made)
    yield town
    kill(town.server)


@pytest.fixture
def clerks_browser(browser: Browser) -> Iterator[BrowserContext]:
    """A clerk's browser, patient with a slow machine."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()
