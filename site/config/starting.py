"""What a served installation must be told before it starts, and the one sentence with which it refuses."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

SHORTEST_SECRET = 50
FEWEST_CHARACTERS = 10
SAID_NO = {"", "0", "false", "no", "off"}


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
