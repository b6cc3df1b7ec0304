"""Lists that a reader narrows with plain links: what was chosen, and how many each further choice would leave."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from governance.progress_list import Choice, Filter

LONGEST_VALUE = 100


@dataclass
class Chosen:
    """What an address asks for, by the name of the filter."""

    values: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """What was chosen of a filter; empty when nothing was."""
        return self.values.get(name, "")

    def query(self, **changes: str) -> str:
        """The query of the address with some values changed; an empty one is left out, and the list starts anew."""
        wanted = {**self.values, **changes}
        return urlencode([(name, wanted[name]) for name in sorted(wanted) if wanted[name]])


def read(asked: Mapping[str, str], labels: Mapping[str, Mapping[str, Any]]) -> Chosen:
    """What an address asks for, without values that mean nothing.

    Args:
        asked: the query of the address, untrusted.
        labels: of each filter, its values and what they are called.
    """
    given = {name: asked.get(name, "")[:LONGEST_VALUE] for name in labels}
    return Chosen({name: value for name, value in given.items() if value and value in labels[name]})


def narrowing(name: str, label: Any, labels: Mapping[str, Any], counts: Mapping[str, int], chosen: Chosen) -> Filter:
    """One filter: the choices that leave something, and the one that was made.

    Args:
        counts: how many each value would leave, with the other filters as chosen.
    """
    current = chosen.get(name)
    choices = (
        Choice(
            value,
            str(words),
            counts.get(value, 0),
            chosen.query(**{name: "" if value == current else value}),
            value == current,
        )
        for value, words in labels.items()
        if counts.get(value) or value == current
    )
    return Filter(name, str(label), tuple(choices))
