"""Run in a process of its own: two people do at the same moment what only one can do, again and again.

Prints one JSON object: how many of them were refused in words, what went wrong otherwise, and every fault that is left.
"""

import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.exceptions import ObjectDoesNotExist, ValidationError  # noqa: E402
from django.db import connection, connections, transaction  # noqa: E402

from wagtail.models import Page  # noqa: E402

from governance.exceptions import Refused  # noqa: E402
from governance.models import ActionPage, BoardPage, Reference, User  # noqa: E402
from governance.operations.publishing import add_record, publish_record, withdraw_record  # noqa: E402
from minutes.models import AgendaItemPage, MeetingPage, MinutePage  # noqa: E402
from minutes.operations.minuting import publish_minutes  # noqa: E402
from tests import building  # noqa: E402

Act = Callable[[], Any]
AT_LAST = 0.3
"""Seconds until everybody has begun their process; all act at that moment."""


def at_once(*acts: Act) -> list[str]:
    """Everybody acts in a process of their own, at one moment. What each was answered; nothing where it was done."""
    connections.close_all()
    moment = time.monotonic() + AT_LAST
    with tempfile.TemporaryDirectory() as folder:
        children = [_child(act, moment, Path(folder) / str(number)) for number, act in enumerate(acts)]
        for child in children:
            os.waitpid(child, 0)
        return [(Path(folder) / str(number)).read_text(encoding="utf-8") for number in range(len(acts))]


def _child(act: Act, moment: float, answer: Path) -> int:
    child = os.fork()
    if child:
        return child
    try:
        connection.ensure_connection()
        time.sleep(max(0.0, moment - time.monotonic()))
        act()
        answer.write_text("", encoding="utf-8")
    except (Refused, ValidationError, ObjectDoesNotExist):
        # What somebody deleted is not there any more; the admin says so in words.
        answer.write_text("refused", encoding="utf-8")
    except Exception as fault:  # noqa: BLE001 - whatever goes wrong is what the drill looks for
        answer.write_text(f"{fault!r}"[:300], encoding="utf-8")
    os._exit(0)


def by() -> User:
    """Whoever acts."""
    return User.objects.get()


def rename(page: int, slug: str) -> None:
    """Give a record another address."""
    found = Page.objects.get(pk=page).specific
    found.slug = slug
    publish_record(page=found, by=by())


def minutes(meeting: int) -> None:
    """Publish the minutes of a meeting."""
    publish_minutes(meeting=MeetingPage.objects.get(pk=meeting), by=by())


def publish(page: int) -> None:
    """Publish a record as it was read before."""
    publish_record(page=ActionPage.objects.get(pk=page), by=by())


def withdraw(page: int) -> None:
    """Take a record out of public view."""
    withdraw_record(page=ActionPage.objects.get(pk=page), by=by(), reason="It names somebody.")


def delete(page: int) -> None:
    """Delete a draft with the drafts below it."""
    with transaction.atomic():
        MeetingPage.objects.get(pk=page).delete()


def add_below(page: int) -> None:
    """Add a draft below one that somebody deletes."""
    add_record(parent=MeetingPage.objects.get(pk=page), page=AgendaItemPage(title="Late"), by=by())


def drafted(board: BoardPage, clerk: User, number: int) -> MeetingPage:
    """A meeting whose minutes are drafted."""
    meeting = building.make_meeting(board, clerk, building.london(2020, 1, 1, 10) + timedelta(days=number))
    for title in ("Home care", "Falls"):
        building.make_minute(building.make_item(meeting, clerk, title), clerk, publish=False)
    return meeting


def faults() -> list[str]:
    """What is wrong in the end."""
    slugs = Counter((page.path[: -Page.steplen], page.slug) for page in Page.objects.all())
    found = [f"the address {slug} twice" for (_parent, slug), times in slugs.items() if times > 1]
    numbers = sorted(int(minute.reference.rsplit("/", 1)[1]) for minute in MinutePage.objects.exclude(reference=None))
    if numbers != list(range(1, len(numbers) + 1)):
        found.append(f"minutes are numbered {numbers}")
    if len(set(Reference.objects.values_list("slug", flat=True))) != Reference.objects.count():
        found.append("a reference twice")
    for action in ActionPage.objects.all():
        if action.live == action.withdrawals.filter(restored_at=None).exists() and action.was_public:
            found.append(f"{action.reference} is public and withdrawn, or neither")
    found += [f"the tree: {problem}" for problem in Page.find_problems() if problem]
    return found


def main(rounds: int) -> None:
    """Every pair, so many times."""
    with transaction.atomic():
        clerk = building.make_user()
        board = building.make_board(clerk)
        pairs = [(drafted(board, clerk, 2 * number), drafted(board, clerk, 2 * number + 1)) for number in range(rounds)]
        actions = [building.make_action(board, clerk, f"Promise {number}") for number in range(rounds)]
        drafts = [
            add_record(
                parent=board,
                page=MeetingPage(title="Draft", starts_at=building.london(2030, 1, 1, 10) + timedelta(days=number)),
                by=clerk,
            )
            for number in range(rounds)
        ]
    answers: list[str] = []
    for number, (first, second) in enumerate(pairs):
        items = [page.pk for page in AgendaItemPage.objects.child_of(first)]
        action, draft = actions[number].pk, drafts[number].pk
        answers += at_once(lambda a=items[0]: rename(a, "same"), lambda b=items[1]: rename(b, "same"))  # type: ignore[misc]
        answers += at_once(lambda a=first.pk: minutes(a), lambda b=second.pk: minutes(b))  # type: ignore[misc]
        answers += at_once(lambda a=action: publish(a), lambda a=action: withdraw(a))  # type: ignore[misc]
        answers += at_once(lambda a=draft: delete(a), lambda a=draft: add_below(a))  # type: ignore[misc]
    wrong = [answer for answer in answers if answer not in {"", "refused"}]
    told = {"done": answers.count(""), "refused": answers.count("refused"), "wrong": wrong, "faults": faults()}
    print(json.dumps({**told, "engine": connection.vendor}))  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]))
