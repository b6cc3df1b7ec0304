"""What a reader asks for: the words, and how far the results are narrowed. Whatever the address holds, it means something or nothing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self
from urllib.parse import urlencode

from governance.words import words_of

LONGEST_QUERY = 200
MOST_WORDS = 20
NARROWINGS = ("kind", "board", "from", "to")


@dataclass(frozen=True)
class Asked:
    """One address of the search page.

    Attributes:
        query: what was typed, as it is shown again.
        narrowed: the filters that stand in the address, by name; none is empty.
        from_day, to_day: the days between which a record is dated, both included.
        not_days: the names of the days that are no days of the calendar, as the form calls them.
    """

    query: str
    narrowed: dict[str, str] = field(default_factory=dict)
    from_day: date | None = None
    to_day: date | None = None
    not_days: tuple[str, ...] = ()

    @property
    def words(self) -> list[str]:
        """The words searched for: operators, quotes and control characters of any search engine mean nothing here."""
        return words_of(self.query)[:MOST_WORDS]

    def among(self, known: Mapping[str, Collection[str]]) -> Self:
        """The same without filters that mean nothing.

        Args:
            known: every value that means something, by filter.
        """
        kept = {name: value for name, value in self.narrowed.items() if name not in known or value in known[name]}
        return replace(self, narrowed=kept)

    def address(self, **changes: str) -> str:
        """The query of the address with some filters changed; an empty one is left out, and the pages start anew."""
        wanted = {"q": self.query, **self.narrowed, **changes}
        return urlencode([(name, value) for name, value in wanted.items() if value])


def asked_by(address: Mapping[str, str]) -> Asked:
    """What an address asks for.

    Args:
        address: its query, untrusted.
    """
    query = address.get("q", "").replace("\x00", "")[:LONGEST_QUERY]
    given = {name: address.get(name, "").replace("\x00", "").strip()[:LONGEST_QUERY] for name in NARROWINGS}
    days = {name: _day(given[name]) for name in ("from", "to")}
    return Asked(
        query=query,
        narrowed={name: value for name, value in given.items() if value and (name not in days or days[name])},
        from_day=days["from"],
        to_day=days["to"],
        not_days=tuple(name for name in days if given[name] and not days[name]),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
