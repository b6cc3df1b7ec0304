"""Where a visitor comes from, told apart without keeping it: enough to notice that one place asks a thousand times."""

import ipaddress
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def place_of(request: HttpRequest) -> str:
    """A name for the place a request comes from, from which the address cannot be read.

    It is one name for the whole of a household's IPv6 addresses (/64). Behind a server in front the address is the one that
    the last of the servers we run wrote into `X-Forwarded-For`; what a visitor writes there himself stands before it.
    """
    return _hashed(request).hexdigest()[:32]


def address_for(request: HttpRequest) -> str:
    """That name in the form of an address, for a column that takes nothing else: one of IPv6's private ones (fd00::/8)."""
    return str(ipaddress.IPv6Address(b"\xfd" + _hashed(request).digest()[:15]))


def _hashed(request: HttpRequest) -> Any:
    return salted_hmac("governance.visitors", _network(_address(request)), algorithm="sha256")


def _address(request: HttpRequest) -> str:
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if settings.SERVERS_IN_FRONT and len(told) >= settings.SERVERS_IN_FRONT:
        return told[-settings.SERVERS_IN_FRONT]
    return str(request.META.get("REMOTE_ADDR", ""))


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "nowhere"
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)
