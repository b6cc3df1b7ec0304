"""The commands behind the Makefile and what each starts."""

import os
import shutil
import subprocess
from collections.abc import Callable

from demo import make_demonstration, remake_demonstration, serve_demonstration
from lock import lock
from prepare import ROOT, make_environment, manage, own_environment, prepare, venv_program
from run_lanes import run_chosen_lanes


def bench() -> int:
    """Print the bench: query counts and times of pages, reader, import and packs."""
    prepare("demo")
    folder = ROOT / "var" / "bench"
    # The figures are those of an empty database that was filled in this run.
    shutil.rmtree(folder, ignore_errors=True)
    state = own_environment(RESOLVED_VAR=str(folder))
    for command in (("migrate", "--noinput"), ("collectstatic", "--noinput")):
        code = subprocess.run(manage(*command, "--verbosity", "0"), cwd=ROOT, env=state).returncode
        if code:
            return code
    # `make bench PAGES=100000` hands it over in the environment.
    size = ("--pages", os.environ["PAGES"]) if os.environ.get("PAGES") else ()
    return subprocess.run(manage("bench", *size), cwd=ROOT, env=state).returncode


def try_production() -> int:
    """Hand this process over to the trial of the documented production, which hears Ctrl-C itself."""
    prepare("test")
    python = str(venv_program("python"))
    os.execve(python, [python, str(ROOT / ".ci" / "production.py")], own_environment(PYTHONUNBUFFERED="1"))


def put_in_format() -> int:
    """Put every Python file into the house format and mend what the linter can mend."""
    make_environment("test", may_lack_packages=True)
    ruff = str(venv_program("ruff"))
    formatted = subprocess.run([ruff, "format", "."], cwd=ROOT).returncode
    return subprocess.run([ruff, "check", "--fix", "."], cwd=ROOT).returncode or formatted


COMMANDS: dict[str, Callable[[], int]] = {
    "demo": serve_demonstration,
    "demo-data": make_demonstration,
    "demo-reset": remake_demonstration,
    "test": run_chosen_lanes,
    "bench": bench,
    "try-production": try_production,
    "format": put_in_format,
    "lock": lock,
}
