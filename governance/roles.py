"""Who may do what: one matrix of roles, kept in code and written into the database's groups after every migrate.

A role is held for one board, that of partners for one organisation, and some for the whole site. The words of the codes: `add` is to write drafts and change one's own,
`change` to change any draft, `publish` to publish and withdraw, `report` to offer items for a meeting's agenda, `update` to offer news
of an action, `view` to look at everything without changing it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from governance.enums import Role


class Scope(Enum):
    """How far the page rights of a role reach."""

    BOARD = "board"
    ORGANISATION = "organisation"
    SITE = "site"


@dataclass(frozen=True)
class Rights:
    """What a role may do.

    Attributes:
        scope: one board with all that is its; the public actions that one organisation leads or takes part in; or the whole site.
        pages: codes of page rights.
        registers: codes of model rights by register (`app.model`).
        files: whether documents and images may be added.
        enters_admin: whether the role works in the admin at all.
    """

    scope: Scope
    pages: frozenset[str] = frozenset()
    registers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    files: bool = False
    enters_admin: bool = True


WRITING = frozenset({"add", "bulk_delete", "change", "lock", "publish", "unlock"})
KEPT = frozenset({"add", "change", "view"})
LOOKED_AT = frozenset({"view"})

# Nobody may delete a row of these: people and bodies end, they do not disappear.
PEOPLE = ("governance.organisation", "governance.person", "governance.membership", "governance.peoplegroup")
PROMISES = (
    "governance.comment",
    "governance.commitment",
    "governance.point",
    "governance.standard",
    "governance.partnerrequest",
    "governance.service",
    "governance.suitabilityreview",
)
LISTS = (
    "governance.organisationtype",
    "governance.bodytype",
    "governance.coproductionprinciple",
    "governance.freeday",
    "minutes.exemptionground",
)
MEETINGS = ("minutes.attendance", "minutes.paper", "minutes.programmeentry", "minutes.followup", "minutes.publicquestion")
REGISTERS = (*PEOPLE, *PROMISES, *LISTS, *MEETINGS)


def _all(names: tuple[str, ...], codes: frozenset[str]) -> dict[str, frozenset[str]]:
    return dict.fromkeys(names, codes)


MATRIX: Mapping[Role, Rights] = {
    Role.EDITOR: Rights(
        Scope.BOARD,
        pages=WRITING,
        registers={**_all(LISTS, LOOKED_AT), **_all((*PEOPLE, *PROMISES, *MEETINGS), KEPT)},
        files=True,
    ),
    Role.APPROVER: Rights(
        Scope.BOARD,
        pages=frozenset({"change", "publish", "lock", "unlock"}),
        registers=_all((*PEOPLE, *PROMISES, *MEETINGS), LOOKED_AT),
    ),
    Role.AUTHOR: Rights(Scope.BOARD, pages=frozenset({"report", "update"})),
    Role.PARTNER: Rights(Scope.ORGANISATION, pages=frozenset({"update"})),
    Role.MEMBER: Rights(Scope.BOARD, enters_admin=False),
    Role.AUDITOR: Rights(Scope.SITE, pages=LOOKED_AT, registers=_all(REGISTERS, LOOKED_AT)),
    Role.ADMINISTRATOR: Rights(
        Scope.SITE,
        pages=WRITING,
        registers={**_all(REGISTERS, KEPT), "governance.user": KEPT},
        files=True,
    ),
}


def group_name(role: Role, holder: str = "") -> str:
    """The name of the group that holds a role.

    Args:
        role: the role.
        holder: the code of the board, such as `HWB`, or the name of the organisation; empty for a role of the whole site.

    Raises:
        ValueError: a board is given for a role of the whole site, or none for one that is held for something.
    """
    if (MATRIX[role].scope is not Scope.SITE) != bool(holder):
        raise ValueError(f"{role.value} is held for {MATRIX[role].scope.value}")
    # Django's names of groups end after 150 letters; an organisation's may be longer.
    return f"{holder[:110]}: {role.label}" if holder else str(role.label)
