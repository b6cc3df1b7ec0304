"""One served site and one Chromium for all browser tests."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.serving import ServedSite, collect_static, served

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
