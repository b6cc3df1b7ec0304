"""The lanes of `make test`: what each checks, how it is started and which system packages it needs."""

import base64
import os
import secrets
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from prepare import ROOT, manage, own_environment, venv_program

REPORTS = ROOT / "test-results"
# The program and the fonts that stand for those of word processors.
OFFICE = ("libreoffice-writer-nogui", "fonts-crosextra-carlito", "fonts-crosextra-caladea", "fonts-liberation2")
SOURCES = ("governance", "minutes", "home", "site", ".ci")
WEASYPRINT = ("libpangoft2-1.0-0", "libharfbuzz-subset0")


@dataclass(frozen=True)
class Lane:
    """One part of the whole check.

    Args:
        name: what to write in LANES to run it alone.
        commands: started one after the other from the root of the project; all must exit with 0.
        report: where its tests' results are written as JUnit XML; without one the lane counts as one test.
        packages: names in the list of system packages without which it cannot run.
        cluster: whether it runs on a temporary PostgreSQL cluster.
        environment: variables set for it.
    """

    name: str
    commands: tuple[tuple[str, ...], ...]
    report: Path | None = None
    packages: tuple[str, ...] = ()
    cluster: bool = False
    environment: dict[str, str] = field(default_factory=dict)

    def surroundings(self) -> dict[str, str]:
        """The environment of its processes."""
        return own_environment(RESOLVED_DRILL=drill(), PYTHONUNBUFFERED="1") | self.environment


def drill() -> str:
    """The size of the fault drills: the full one where CI=true or FULL=1, else the small one."""
    return "full" if os.environ.get("CI") == "true" or os.environ.get("FULL") == "1" else "small"


def _check(name: str, *commands: tuple[str, ...], **environment: str) -> Lane:
    return Lane(
        name, tuple((str(venv_program(program)), *arguments) for program, *arguments in commands), environment=environment
    )


def _manage(name: str, *arguments: str, **environment: str) -> Lane:
    return Lane(name, (tuple(manage(*arguments)),), environment=environment)


def _tests(name: str, chosen: str, *options: str, packages: tuple[str, ...], cluster: bool = False) -> Lane:
    report = REPORTS / f"{name}.xml"
    command = (str(venv_program("python")), "-m", "pytest", "-q", "-m", chosen, f"--junit-xml={report}", *options)
    return Lane(name, (command,), report, packages, cluster, {"DJANGO_SETTINGS_MODULE": "config.settings.test"})


def all_lanes() -> list[Lane]:
    """Every lane: the quick ones first, then the longest, so that two at a time end at about the same time."""
    scratch = str(Path(tempfile.gettempdir()) / f"resolved-lanes-{os.getuid()}")
    served = {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "RESOLVED_VAR": scratch,
        "SECRET_KEY": secrets.token_urlsafe(64),
        "RESTRICTED_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode("ascii"),
        "ALLOWED_HOSTS": "democracy.example.gov.uk",
        "SITE_ADDRESS": "https://democracy.example.gov.uk",
    }
    # What the tests of a file share is made once, so a file stays with one worker.
    workers = ("-n", str(os.cpu_count() or 1), "--dist", "loadfile", "--no-loadscope-reorder")
    unmarked = "not browser and not pdf"
    return [
        _check("format", ("ruff", "format", "--check", ".")),
        _check(
            "lint", ("ruff", "check", "."), ("bandit", "--quiet", "--configfile", "pyproject.toml", "--recursive", *SOURCES)
        ),
        _check("imports", ("lint-imports", "--no-logo")),
        _check("templates", ("djlint", "--lint", "--quiet", "templates")),
        _check("types", ("mypy",), ("mypy", ".ci"), RESOLVED_VAR=scratch),
        _manage("migrations", "makemigrations", "--check", "--dry-run", RESOLVED_VAR=scratch),
        _manage("deploy", "check", "--deploy", "--fail-level", "WARNING", **served),
        _tests("browser", "browser", packages=("chromium", "default-jdk-headless", *WEASYPRINT)),
        _tests("sqlite", unmarked, *workers, packages=("git", "nginx-light", "redis-server", *WEASYPRINT)),
        _tests(
            "postgresql",
            unmarked,
            "--only-database",
            *workers,
            packages=("git", "nginx-light", "postgresql", "postgresql-client", "redis-server", *WEASYPRINT),
            cluster=True,
        ),
        _tests(
            "pdf",
            "pdf",
            packages=("default-jdk-headless", "libjaxb-java", "poppler-utils", "qpdf", "zbar-tools", *OFFICE, *WEASYPRINT),
        ),
    ]
