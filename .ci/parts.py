"""The parts of a large installation, started for real on this machine: nginx, Redis, a store that speaks S3, web processes and workers.

All of them listen on Unix sockets in a folder of their own or on ports of 127.0.0.1 that the system chose, and all are stopped at the
end, whatever happens.
"""

import base64
import contextlib
import ctypes
import datetime
import http.client
import os
import re
import secrets
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from refusal import Refusal

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "docs" / "production" / "nginx.conf.template"
HOST = "democracy.example.gov.uk"
READY_WITHIN = 120.0
"""Seconds that a part gets until it answers; the machine may be busy with others."""
GRACE = 30.0
NGINX = "/usr/sbin/nginx"
"""Debian keeps it off the path of whoever is not root."""
THREADS = "8"
BUCKET = "records"
STORE = """
import sys
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print("http://{}:{}".format(*server.get_host_and_port()), flush=True)
sys.stdin.read()
"""


@dataclass(frozen=True)
class Door:
    """Where HTTP is answered.

    Attributes:
        place: a Unix socket, or a port of this machine.
        certificate: whose word the other side is believed on, where it speaks TLS.
    """

    place: str | int
    certificate: Path | None = None

    def connection(self, timeout: float = 60.0) -> http.client.HTTPConnection:
        """A connection that is opened with its first request."""
        return _Connection(self, timeout)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, Mapping[str, str], bytes]:
        """The status, the headers and the body of one answer.

        Raises:
            OSError, http.client.HTTPException: there is none.
        """
        with contextlib.closing(self.connection()) as link:
            link.request("GET", path, headers={"Host": HOST, **(headers or {})})
            answer = link.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


class _Connection(http.client.HTTPConnection):
    """One to a door, wherever that is."""

    def __init__(self, door: Door, timeout: float) -> None:
        super().__init__(HOST, timeout=timeout)
        self.door = door

    def connect(self) -> None:
        if isinstance(self.door.place, str):
            self.sock = socket.socket(socket.AF_UNIX)
            self.sock.settimeout(self.timeout)
            self.sock.connect(self.door.place)
        else:
            self.sock = socket.create_connection(("127.0.0.1", self.door.place), self.timeout)
        if self.door.certificate:
            trusting = ssl.create_default_context(cafile=str(self.door.certificate))
            self.sock = trusting.wrap_socket(self.sock, server_hostname=HOST)


@contextlib.contextmanager
def started(command: Sequence[str], environment: Mapping[str, str], **given: object) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that runs, and is asked to stop at the end, and made to when it does not."""
    # A session of its own keeps the terminal's Ctrl-C away: its end is asked for here.
    child = subprocess.Popen(  # type: ignore[call-overload]
        command, cwd=ROOT, env=environment, start_new_session=True, preexec_fn=_stop_with_parent, **given
    )
    try:
        yield child
    finally:
        stop(child)


def stop(child: "subprocess.Popen[bytes]") -> None:
    """Ask a process to stop, and see that it does."""
    child.terminate()
    try:
        child.wait(GRACE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _stop_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def wait_until(ready: Callable[[], bool], what: str) -> None:
    """Wait for something that begins.

    Raises:
        Refusal: it does not, in time.
    """
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if ready():
                return
        time.sleep(0.1)
    raise Refusal(f"{what} did not answer in time.")


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """A Redis server; its address and its process."""
    path = folder / "redis.sock"
    command = ["redis-server", "--port", "0", "--unixsocket", str(path), "--save", "", "--dir", str(folder)]
    with started(command, os.environ, stdout=subprocess.DEVNULL) as process:
        wait_until(path.exists, "Redis")
        yield f"unix://{path}", process


@contextlib.contextmanager
def store() -> Iterator[dict[str, str]]:
    """A store that speaks S3, with an empty bucket; what settings are told of it. It is moto's: a stand-in that keeps all in memory."""
    keys = {"AWS_ACCESS_KEY_ID": "someone", "AWS_DEFAULT_REGION": "eu-west-2", "AWS_SECRET_ACCESS_KEY": secrets.token_hex(20)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with contextlib.ExitStack() as held:
        process = held.enter_context(started([sys.executable, "-c", STORE], {**os.environ, **keys}, **pipes))
        said = held.enter_context(process.stdout)  # type: ignore[arg-type]
        # It ends when nobody holds this any more.
        held.enter_context(process.stdin)  # type: ignore[arg-type]
        address = said.readline().decode().strip()
        if not address:
            raise Refusal("The store that speaks S3 did not start.")
        named = {"FILES_S3_BUCKET": BUCKET, "FILES_S3_ENDPOINT": address, "FILES_S3_REGION": "eu-west-2"}
        _make_bucket({**os.environ, **keys}, address)
        yield {**keys, **named}


def _make_bucket(environment: Mapping[str, str], address: str) -> None:
    make = (
        "import boto3, sys; boto3.client('s3', endpoint_url=sys.argv[1]).create_bucket("
        "Bucket=sys.argv[2], CreateBucketConfiguration={'LocationConstraint': 'eu-west-2'})"
    )
    subprocess.run([sys.executable, "-c", make, address, BUCKET], env=environment, check=True)


def of_production(state: Path) -> dict[str, str]:
    """The variables without which production settings refuse to start."""
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "RESOLVED_VAR": str(state),
        "SECRET_KEY": secrets.token_urlsafe(64),
        "RESTRICTED_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode("ascii"),
        "ALLOWED_HOSTS": HOST,
        "SITE_ADDRESS": f"https://{HOST}",
        "SERVERS_IN_FRONT": "1",
        # There is no council whose people carry a telephone with codes here.
        "SECOND_FACTOR": "off",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
    }


def web_command(place: Path) -> list[str]:
    """How one web process is started in production: it listens only when it could answer."""
    server = [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"unix:{place}", "--preload"]
    return [*server, "--worker-class", "gthread", "--threads", THREADS, "--no-control-socket", "--log-level", "warning"]


class Web:
    """A web process that can be started again while the others serve."""

    def __init__(self, place: Path, environment: Mapping[str, str], host: str = HOST) -> None:
        self.door, self.place, self.environment, self.host = Door(str(place)), place, environment, host
        self._held = contextlib.ExitStack()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers.

        Raises:
            Refusal: it does not.
        """
        process = self._process = self._held.enter_context(started(web_command(self.place), self.environment))

        def answers() -> bool:
            if process.poll() is not None:
                raise Refusal(f"A web process ended by itself (exit code {process.returncode}).")
            return self.door.get("/healthz", {"Host": self.host})[0] == 200

        wait_until(answers, "A web process")

    def memory(self) -> float:
        """The most memory that the larger of its two processes, the one that answers, ever took, in megabytes."""
        own = self._process.pid if self._process else 0
        children = Path(f"/proc/{own}/task/{own}/children").read_text(encoding="ascii").split()
        peaks = [Path(f"/proc/{pid}/status").read_text(encoding="utf-8") for pid in (own, *children)]
        return max(int(re.findall(r"VmHWM:\s+(\d+) kB", told)[0]) for told in peaks) / 1000

    def stop(self) -> None:
        """Let it finish what it is asked, and stop it."""
        self._held.close()

    def __enter__(self) -> "Web":
        self.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self.stop()


def filled(template: str, values: Mapping[str, str]) -> str:
    """A template with what this installation says for itself.

    Raises:
        KeyError: it asks for more.
    """
    return re.sub(r"\$\{([A-Z_]+)\}", lambda found: values[found[1]], template)


@contextlib.contextmanager
def nginx(folder: Path, webs: Sequence[Path], beside: str = "") -> Iterator[Door]:
    """Nginx with the configuration of the documentation, in front of two web processes.

    Args:
        folder: where it may write.
        webs: the sockets of the web processes.
        beside: another address that nginx answers by itself, to be compared with.
    """
    state = folder / "nginx"
    state.mkdir()
    certificate, key = make_certificate(folder)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(511)
        # nginx leaves it as it gets it, and one of its processes would wait for a visitor that another one has taken.
        listener.setblocking(False)
        port: int = listener.getsockname()[1]
        values = {
            "LISTEN": f"127.0.0.1:{port} ssl",
            "SERVER_NAME": HOST,
            "CERTIFICATE": str(certificate),
            "CERTIFICATE_KEY": str(key),
            "WEB_ONE": f"unix:{webs[0]}",
            "WEB_TWO": f"unix:{webs[1]}",
            "STATE": str(state),
        }
        configuration = folder / "nginx.conf"
        text = filled(TEMPLATE.read_text(encoding="utf-8"), values).replace("location / {", f"{beside}location / {{", 1)
        configuration.write_text(text, encoding="utf-8")
        # Root's sockets lie in folders that only root reads; whoever else starts nginx has no choice.
        account = "user root; " if os.geteuid() == 0 else ""
        command = [NGINX, "-c", str(configuration), "-g", f"daemon off; {account}"]
        # It is handed the open port, as in an upgrade of its own: nobody else can take it meanwhile.
        environment = {**os.environ, "NGINX": f"{listener.fileno()};"}
        # It says of every request that it passed over a process that is away; what it says is kept beside its configuration.
        with (folder / "nginx.log").open("wb") as log, started(command, environment, pass_fds=(listener.fileno(),), stderr=log):
            door = Door(port, certificate)
            wait_until(lambda: door.get("/healthz")[0] == 200, "nginx")
            yield door


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of our own for the name of the site, and its key; good for a day."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(certificate.public_bytes(Encoding.PEM))
    files[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return files
