"""The papers a page hangs on an item; recordings are none."""

import re
from collections.abc import Iterable

from minutes.reading.heading import without_paper

_BULLET = re.compile(r"[-–•·*] ?")
_SIZE_ONLY = re.compile(r"\(?\d[\d.,]* ?[KM]B\)?$", re.IGNORECASE)


def documents_of(heading_papers: Iterable[str], listed: Iterable[str]) -> tuple[str, ...]:
    """Titles of the attached papers in printed order, each once: the heading's own, then those under a documents heading."""
    found: dict[str, None] = dict.fromkeys(heading_papers)
    for line in listed:
        title = _SIZE_ONLY.sub("", without_paper(_BULLET.sub("", line, count=1) if _BULLET.match(line) else line)[0]).strip(
            " ,"
        )
        if title and not re.match(r"(?:webcast|audio|video|media)\b", title, re.IGNORECASE):
            found[title] = None
    return tuple(found)
