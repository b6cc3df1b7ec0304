"""Somebody of every role, and what each may read."""

from governance.enums import Role
from governance.models import User
from tests.leaks.planting import Planted
from tests.leaks.verdicts import Readers
from tests.minutes.restricted_stage import somebody

OUTSIDE: frozenset[Readers] = frozenset()
OFFERS = frozenset({Readers.STAFF})
COLLEAGUES = OFFERS | {Readers.REGISTER, Readers.TITLE}
OF_THE_BOARD = COLLEAGUES | {Readers.DRAFT, Readers.BOARD}
SEES = {
    "administrator": OF_THE_BOARD | {Readers.SITE},
    "own editor": OF_THE_BOARD,
    "own approver": OF_THE_BOARD,
    "auditor": OF_THE_BOARD,
    "own author": OFFERS | {Readers.TITLE},
    "own member": OUTSIDE,
    "foreign editor": COLLEAGUES,
    "foreign approver": COLLEAGUES,
    "foreign author": OFFERS,
    "foreign member": OUTSIDE,
    "partner": OFFERS,
    "anonymous": OUTSIDE,
}
"""What each may read, by the addresses of the whole site."""
SEALED = frozenset({Readers.SEALED})
DOORS: dict[str, dict[str, frozenset[Readers]]] = {
    "admin/items/<int:pk>/private": dict.fromkeys(("administrator", "own editor", "own approver", "auditor"), SEALED),
    "members/private/": dict.fromkeys(("administrator", "own editor", "own approver", "auditor", "own member"), SEALED),
    "members/packs/": {
        **dict.fromkeys(("administrator", "own editor", "own approver"), SEALED),
        "own member": SEALED | {Readers.DRAFT},
    },
}
"""What some may read at certain addresses alone, by how these begin."""


def may_read(role: str, pattern: str) -> frozenset[Readers]:
    """What a role may read at an address."""
    more = (by_role.get(role, OUTSIDE) for door, by_role in DOORS.items() if pattern.startswith(door))
    return SEES[role].union(*more)


def people(planted: Planted) -> dict[str, User]:
    """Somebody of every role, for the board of the site and for another."""
    site = planted.site
    found = {"administrator": site.clerk}
    for where, board in (("own", site.board), ("foreign", planted.foreign)):
        for role in (Role.EDITOR, Role.APPROVER, Role.AUTHOR):
            found[f"{where} {role}"] = somebody(f"{where}-{role}", board, role)
        found[f"{where} member"] = somebody(f"{where}-member", board, seat="member")
    found["auditor"] = somebody("auditor", site.board, Role.AUDITOR)
    found["partner"] = somebody("partner", site.board, Role.PARTNER)
    return found
