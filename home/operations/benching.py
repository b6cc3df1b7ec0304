"""Running the bench: the demonstration first, then the same with many generated pages."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.core.management import call_command
from django.utils.translation import gettext as _

from wagtail.models import Page

from governance.exceptions import Refused
from governance.models import BoardPage, User
from home.bench.autosave import autosave_times
from home.bench.measuring import Cost, costs, seconds_of
from home.bench.subjects import EDITOR, admin_subjects, public_subjects
from home.bench.withdrawing import withdrawal_times
from home.bench.work import (
    built_pack,
    built_report,
    kept_in_bulk_per_second,
    kept_per_second,
    minutes_as_printed,
    read_per_second,
)
from home.operations.demonstration import is_loaded, load_demonstration
from home.operations.generating import generate_pages
from home.operations.generating_promises import generate_promises

Tell = Callable[[str], None]


def run_bench(*, pages: int, promises: int, news: int, times: int, items: int, today: date, tell: Tell) -> dict[str, Any]:
    """Measure the site at the size of the demonstration and with many more pages, in one run, so that ratios mean something.

    Args:
        pages: how many pages are generated.
        promises: how many promises are generated besides.
        news: how many updates each of them has.
        times: how many requests each median is of.
        items: how many items are read and kept.
        today: the day the demonstration's dates count from.
        tell: is told what is being done.

    Raises:
        Refused: the database is not empty.
    """
    if is_loaded():
        raise Refused(_("The bench fills a database with generated pages. It wants an empty one, not the demonstration's."))
    tell("Loading the demonstration")
    loading = seconds_of(lambda: load_demonstration(today=today, tell=lambda *step: None))
    board, editor = BoardPage.objects.get(code="HWB"), User.objects.get(username=EDITOR)
    # The same addresses at both sizes.
    built_report(board=board, today=today)
    subjects = [*public_subjects(), *admin_subjects()]
    texts = minutes_as_printed()

    def measured(year: int) -> Size:
        call_command("update_index", verbosity=0)
        report = built_report(board=board, today=today)
        count = Page.objects.live().count()
        found = costs(subjects, times=times)
        return Size(count, found, rates(texts, items=items, board=board, by=editor, year=year) | report)

    tell("Measuring at the size of the demonstration")
    small = measured(1970)
    tell(f"Generating {pages} pages")
    generating = seconds_of(lambda: generate_pages(pages=pages, board=board, by=editor))
    tell(f"Generating {promises} promises with {news} updates each")
    generating += seconds_of(lambda: generate_promises(promises=promises, news=news, board=board, by=editor, today=today))
    tell("Measuring with the generated pages")
    return {"seconds": {"loading": loading, "generating": generating}, **side_by_side(small, measured(1980))}


@dataclass(frozen=True)
class Size:
    """What was measured at one size.

    Attributes:
        pages: how many live pages there were.
        views: the cost of each page and view.
        rates: the speed of reader, import and packs.
    """

    pages: int
    views: dict[str, Cost]
    rates: dict[str, float]


def side_by_side(small: Size, large: Size) -> dict[str, Any]:
    """Both sizes, with the ratio of each time and speed: large over small."""
    views = [
        {
            "name": name,
            "small": asdict(cost),
            "large": asdict(large.views[name]),
            "ratio": large.views[name].milliseconds / cost.milliseconds,
        }
        for name, cost in small.views.items()
    ]
    speeds = {
        name: {"small": rate, "large": large.rates[name], "ratio": large.rates[name] / rate}
        for name, rate in small.rates.items()
    }
    return {"pages": {"small": small.pages, "large": large.pages}, "views": views, "rates": speeds}


def rates(texts: list[str], *, items: int, board: BoardPage, by: User, year: int) -> dict[str, float]:
    """What is done in a second, and how long a hundred pages of a pack, a save at the desk and a withdrawal at once take.

    Args:
        year: the year in which the kept items are dated: what was kept before is not kept again.
    """
    pack = built_pack(by=by)
    kept = kept_per_second(texts, items=items, board=board, by=by, year=year)
    in_bulk = kept_in_bulk_per_second(texts, items=items, board=board, by=by, year=year)
    return {
        "items read in a second": read_per_second(texts, items=items),
        "items kept in a second": kept,
        "items kept in a second in bulk": in_bulk,
        "in bulk, one by one being 1": in_bulk / kept,
        "seconds for 100 pages of a pack": 100 * float(pack.seconds or 0) / int(pack.pages or 1),
        **autosave_times(by=by),
        **withdrawal_times(by=by),
    }
