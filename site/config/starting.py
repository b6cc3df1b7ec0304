"""What a served installation must be told before it starts, and the one sentence with which it refuses."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

SHORTEST_SECRET = 50
FEWEST_CHARACTERS = 10
SAID_NO = {"", "0", "false", "no", "off"}
SECOND_FACTOR_RULES = ("off", "restricted", "everyone")


def strong_secret(given: str) -> str:
    """The secret that signs sessions, refused where somebody could guess it.

    Raises:
        ImproperlyConfigured: when it is an example's, too short, or the same few characters again and again.
    """
    if given.startswith("django-insecure"):
        raise ImproperlyConfigured(
            "SECRET_KEY is one that Django makes for examples: set a random one of at least 50 characters."
        )
    if len(given) < SHORTEST_SECRET:
        raise ImproperlyConfigured(f"SECRET_KEY has {len(given)} characters: set a random one of at least {SHORTEST_SECRET}.")
    if len(set(given)) < FEWEST_CHARACTERS:
        raise ImproperlyConfigured("SECRET_KEY repeats the same few characters: set a random one of at least 50 characters.")
    return given


def named_hosts(given: str) -> list[str]:
    """The names the site answers to, each written out.

    Raises:
        ImproperlyConfigured: when one stands for names that nobody wrote down.
    """
    hosts = [host for host in (part.strip() for part in given.split(",")) if host]
    for host in hosts:
        if "*" in host or host.startswith("."):
            raise ImproperlyConfigured(
                f"ALLOWED_HOSTS holds “{host}”, which stands for many names: name each host this site answers to."
            )
    if not hosts:
        raise ImproperlyConfigured("ALLOWED_HOSTS holds no name: name each host this site answers to, with commas.")
    return hosts


def https_address(given: str) -> str:
    """The public address of the site, without a path: letters and feeds put theirs behind it.

    Raises:
        ImproperlyConfigured: when it is no address of a site that is reached by HTTPS.
    """
    parts = urlsplit(given)
    if parts.scheme != "https" or not parts.hostname or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ImproperlyConfigured(
            "SITE_ADDRESS must be like https://democracy.example.gov.uk: with https, and nothing after the name."
        )
    return f"https://{parts.netloc}"


def refuse_debug(given: str) -> None:
    """Refuse to show the insides of the site to visitors.

    Raises:
        ImproperlyConfigured: when the environment asks for it.
    """
    if given.strip().lower() not in SAID_NO:
        raise ImproperlyConfigured("DEBUG is set in the environment: it shows visitors the inside of the site. Take it away.")


def whole_number(name: str, given: str, otherwise: int) -> int:
    """A setting that is a number.

    Args:
        name: the variable of the environment.
        given: what stands there; empty for what is meant otherwise.

    Raises:
        ImproperlyConfigured: when it is none.
    """
    if not given.strip():
        return otherwise
    if not given.strip().isdecimal():
        raise ImproperlyConfigured(f"{name} is “{given}”: it is a whole number, such as {otherwise}.")
    return int(given)


def database_address(given: str) -> str:
    """The address of the database.

    Raises:
        ImproperlyConfigured: when it is of neither kind that the records are kept in. It may hold a password, so it is not repeated.
    """
    kind = given.partition("://")[0]
    if kind not in {"postgres", "postgresql", "sqlite"} or "://" not in given:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// (or sqlite:/// and the path of a file).")
    return given


def redis_address(given: str) -> str:
    """The address of Redis.

    Raises:
        ImproperlyConfigured: when it is none. It may hold a password, so it is not repeated.
    """
    if given.partition("://")[0] not in {"redis", "rediss", "unix"} or "://" not in given:
        raise ImproperlyConfigured(
            "REDIS_URL must be like redis://host:6379/0, rediss://host:6379/0 or unix:///run/redis.sock."
        )
    return given


def store_address(given: str) -> str | None:
    """The address of object storage; None for that of Amazon.

    Raises:
        ImproperlyConfigured: when it is none.
    """
    parts = urlsplit(given)
    if given and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise ImproperlyConfigured(f"FILES_S3_ENDPOINT is “{given}”: it is an address such as https://objects.example.net.")
    return given or None


def second_factor_rule(given: str) -> str:
    """For what a second factor is needed: nothing, what is not for publication, or that and all work in the admin.

    Raises:
        ImproperlyConfigured: when it is none of these.
    """
    if given not in SECOND_FACTOR_RULES:
        raise ImproperlyConfigured(f"SECOND_FACTOR is “{given}”: it is off, restricted or everyone.")
    return given


@dataclass(frozen=True)
class SingleSignOn:
    """A server of the council's own that says who somebody is (OpenID Connect Core 1.0).

    Attributes:
        name: what the button calls it.
        domains: the ends of the e-mail addresses by which people are found, in small letters.
        vouches: whether an address that it tells is taken as verified where it does not say so.
        asks_second_factor: whether it asks everybody for a second factor itself.
    """

    server: str
    client: str
    secret: str
    name: str
    domains: tuple[str, ...]
    vouches: bool
    asks_second_factor: bool

    def as_app(self) -> dict[str, Any]:
        """The same as django-allauth is told it."""
        app = {"provider_id": "sso", "name": self.name, "client_id": self.client, "secret": self.secret}
        return {**app, "settings": {"server_url": self.server}}


def single_sign_on(
    *, server: str, client: str, secret: str, name: str, domains: str, vouches: str, second_factor: str
) -> SingleSignOn | None:
    """Single sign-on as the environment gives it; None where it names no server.

    Raises:
        ImproperlyConfigured: when a server is named and something that it needs is not, or when it is not reached by HTTPS.
    """
    if not server.strip():
        return None
    ends = tuple(part.strip().lstrip("@").lower() for part in domains.split(",") if part.strip().lstrip("@"))
    needed = {"OIDC_CLIENT_ID": client, "OIDC_CLIENT_SECRET": secret, "OIDC_EMAIL_DOMAINS": ends}
    missing = [variable for variable, value in needed.items() if not value]
    if missing:
        raise ImproperlyConfigured(f"OIDC_SERVER is set, so {missing[0]} is needed too.")
    parts = urlsplit(server.strip())
    if parts.scheme != "https" and parts.hostname not in {"127.0.0.1", "localhost"}:
        raise ImproperlyConfigured("OIDC_SERVER must be an address with https: what it says is believed.")
    return SingleSignOn(
        server=server.strip().rstrip("/"),
        client=client,
        secret=secret,
        name=name or "single sign-on",
        domains=ends,
        vouches=vouches.strip().lower() not in SAID_NO,
        asks_second_factor=second_factor.strip().lower() not in SAID_NO,
    )
