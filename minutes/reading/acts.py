"""Decisions told as a list of what the body did: "The Board: (i) Agreed …; (ii) Noted …"."""

import re
from collections.abc import Sequence

from minutes.reading.clauses import Block, collect
from minutes.reading.labels import label_of
from minutes.reading.lines import Line
from minutes.reading.markers import BODY

_WHO = re.compile(rf"(?:the )?(?:[\w&’'-]+ ){{0,5}}{BODY} ?:[-–—]?", re.IGNORECASE)
_ACT = re.compile(
    r"(?:unanimously )?(?P<verb>agreed|approved|endorsed|supported|ratified|adopted|accepted|confirmed|delegated|authorised|recommended|"
    r"requested|instructed|appointed|noted|received)\b",
    re.IGNORECASE,
)
_ONLY_TAKEN_IN = {"noted", "received"}


def listed_acts(lines: Sequence[Line]) -> tuple[int, Block, str] | None:
    """Where such a list stands: the line that names the body, the acts as clauses, and the kind of decision they make together.

    None where the list tells anything else, such as what was said.
    """
    for index, line in enumerate(lines[:-1]):
        label = label_of(lines[index + 1].text)
        if not _WHO.fullmatch(line.text) or label is None or not label.opens() or not _ACT.match(label.rest):
            continue
        block = collect(lines[index + 1 :])
        acts = [_ACT.match(clause.text) for clause in block.clauses]
        if all(acts):
            block.stem = line.text
            taken_in = all(act and act["verb"].lower() in _ONLY_TAKEN_IN for act in acts)
            return index, block, "noted" if taken_in else "agreed"
    return None
