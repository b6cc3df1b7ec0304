"""The bench's figures as a table for people. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

HEAD = f"{'':<50}{'queries':>16}{'milliseconds':>20}{'ratio':>8}"


def lines(found: Mapping[str, Any]) -> Iterator[str]:
    """The table: each page with few records and with many, then what is done in a second."""
    small, large = found["pages"]["small"], found["pages"]["large"]
    yield f"{small} pages, then {large} (generated in {found['seconds']['generating']:.1f} s)"
    yield HEAD
    for row in found["views"]:
        few, many = row["small"], row["large"]
        queries = f"{few['queries']} → {many['queries']}"
        times = f"{few['milliseconds']:.1f} → {many['milliseconds']:.1f}"
        yield f"{row['name']:<50}{queries:>16}{times:>20}{row['ratio']:>8.2f}"
    yield ""
    for name, rate in found["rates"].items():
        yield f"{name:<50}{rate['small']:>16.1f}{rate['large']:>20.1f}{rate['ratio']:>8.2f}"
    yield ""
    for name, figure in found["binding"].items():
        yield f"{name:<60}{figure:>16.2f}"
