"""Pin every dependency with its hashes, for every platform, without naming any package index."""

import shutil
import subprocess

from prepare import ROOT
from refusal import Refusal

COMPILE = (
    *("pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--no-header", "--no-annotate", "--no-emit-index-url", "pyproject.toml", "--extra", "scale"),
)


def lock() -> int:
    """Write both locks: what the site runs on, then the same versions with the tools of the tests."""
    uv = shutil.which("uv")
    if uv is None:
        raise Refusal("`make lock` needs uv: install it for yourself with `pipx install uv` and run `make lock` again.")
    subprocess.run([uv, *COMPILE, "--group", "build", "-o", "requirements.lock"], cwd=ROOT, check=True)
    tests = ("--group", "dev", "-c", "requirements.lock", "-o", "requirements-dev.lock")
    subprocess.run([uv, *COMPILE, *tests], cwd=ROOT, check=True)
    return 0
