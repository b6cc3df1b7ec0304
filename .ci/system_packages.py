"""The Debian packages each command needs, why, and how they are installed. The one list: nothing else names them."""

import ctypes
import importlib
import importlib.util
import os
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from refusal import Refusal


@dataclass(frozen=True)
class SystemPackage:
    """A Debian package and how to tell that what it brings is already there, by whatever way it came.

    Args:
        name: as apt-get knows it.
        commands: the make commands that need it.
        reason: what is done with it.
        starts: programs our code starts, found on the path.
        starts_unpathed: programs our code starts that Debian keeps off the path (`files` says where they are).
        programs, libraries, modules, files: other things that must be found (files as a pattern below /).
    """

    name: str
    commands: frozenset[str]
    reason: str
    starts: tuple[str, ...] = ()
    starts_unpathed: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    def present(self) -> bool:
        """Whether everything it brings is found on this machine."""
        return (
            all(shutil.which(program) for program in (*self.starts, *self.programs))
            and all(_loads(library) for library in self.libraries)
            and all(importlib.util.find_spec(module) for module in self.modules)
            and all(any(Path("/").glob(pattern)) for pattern in self.files)
        )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


BOTH = frozenset({"demo", "test"})
TEST = frozenset({"test"})

PACKAGES = (
    SystemPackage("python3-venv", BOTH, "makes the Python environment", modules=("venv", "ensurepip")),
    SystemPackage("libpangoft2-1.0-0", BOTH, "WeasyPrint lays out text with it", libraries=("libpangoft2-1.0.so.0",)),
    SystemPackage(
        "libharfbuzz-subset0", BOTH, "WeasyPrint puts only the letters used into a pack", libraries=("libharfbuzz-subset.so.0",)
    ),
    SystemPackage("git", TEST, "the house rules are checked on the files git knows", starts=("git",)),
    SystemPackage("chromium", TEST, "the browser tests walk the site in it", starts=("chromium",)),
    SystemPackage("poppler-utils", TEST, "reads PDFs as a reader would", starts=("pdfinfo", "pdftotext", "pdftoppm")),
    SystemPackage("zbar-tools", TEST, "reads the codes on letters as a telephone would", starts=("zbarimg",)),
    SystemPackage("libreoffice-writer-nogui", TEST, "makes PDFs of word processors' documents", starts=("soffice",)),
    SystemPackage(
        "fonts-crosextra-carlito",
        TEST,
        "stands for Calibri in documents",
        files=("usr/share/fonts/truetype/crosextra/Carlito-*.ttf",),
    ),
    SystemPackage(
        "fonts-crosextra-caladea",
        TEST,
        "stands for Cambria in documents",
        files=("usr/share/fonts/truetype/crosextra/Caladea-*.*tf",),
    ),
    SystemPackage(
        "fonts-liberation2", TEST, "stands for Arial in documents", files=("usr/share/fonts/truetype/liberation2/*.ttf",)
    ),
    SystemPackage("qpdf", TEST, "checks the structure of PDFs", starts=("qpdf",)),
    SystemPackage("default-jdk-headless", TEST, "runs veraPDF and the Nu HTML checker", starts=("java",), programs=("javac",)),
    SystemPackage("libjaxb-java", TEST, "veraPDF reads its profiles with it", files=("usr/share/java/jaxb-runtime.jar",)),
    SystemPackage("redis-server", TEST, "a test keeps the cache in it", starts=("redis-server",)),
    SystemPackage(
        "nginx-light",
        TEST,
        "the documented production is tried behind it",
        starts_unpathed=("nginx",),
        files=("usr/sbin/nginx",),
    ),
    SystemPackage(
        "postgresql-client", TEST, "backups of PostgreSQL are made and restored with it", starts=("pg_dump", "pg_restore")
    ),
    SystemPackage(
        "postgresql",
        TEST,
        "the tests run on a temporary cluster of it",
        starts_unpathed=("initdb", "pg_ctl"),
        files=("usr/lib/postgresql/*/bin/initdb",),
    ),
)

# Started too, but part of every Debian: nothing to install.
PART_OF_DEBIAN = frozenset({"apt-get", "env", "runuser", "unshare"})


def missing_packages(command: str, packages: tuple[SystemPackage, ...] = PACKAGES) -> list[SystemPackage]:
    """The packages of `command` that are not on this machine, in the order of the list."""
    importlib.invalidate_caches()
    return [package for package in packages if command in package.commands and not package.present()]


def install_line(packages: list[SystemPackage]) -> str:
    """The line to type when we may not install ourselves."""
    return "sudo apt-get install --no-install-recommends " + " ".join(package.name for package in packages)


def install(packages: list[SystemPackage]) -> None:
    """Install with apt-get.

    Raises:
        Refusal: when we may not (not root, no apt-get) with the exact line to type, or when apt-get fails.
    """
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise Refusal(
            f"System packages are missing. Install them, then run the same command again:\n  {install_line(packages)}"
        )
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    names = [package.name for package in packages]
    print(f"Installing system packages: {' '.join(names)}", flush=True)
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *names]):
        if subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL).returncode != 0:
            raise Refusal(f"`{shlex.join(command)}` failed (its reason is above). Is there a network?")
