"""New actions of a board and their news, in a batch."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from governance.enums import ActionStatus
from governance.exceptions import Refused
from governance.models import ActionPage, Organisation, ProgressIndexPage, ProgressUpdatePage
from governance.news_rules import Circumstances, check_ending, check_publication
from governance.operations.bulk.batch import Batch
from governance.operations.progress import columns
from governance.operations.roles import sync_contributors
from governance.policies import check_sources, check_update
from governance.progress import News, around, standing


class NewPromises:
    """What is added below the progress page in one batch.

    Args:
        batch: the batch they belong to, with its board.
        slugs: the addresses that are wanted; those that are taken are told apart.
    """

    def __init__(self, batch: Batch, slugs: Iterable[str]) -> None:
        self.batch, self.board = batch, batch.board
        self.index = ProgressIndexPage.objects.get()
        batch.hold_parent(self.index)
        batch.hold_counter(f"{self.board.code}-A")
        self._taken = self._taken_of(set(slugs))
        self._news: dict[int, list[News]] = defaultdict(list)
        self._actions: list[ActionPage] = []

    def _taken_of(self, wanted: set[str]) -> set[str]:
        """The addresses in use that begin as one of those that are wanted and in use."""
        below = self.index.get_children()
        known = list(below.filter(slug__in=wanted).values_list("slug", flat=True))
        if not known:
            return set()
        begun = Q()
        for slug in known:
            begun |= Q(slug__startswith=slug)
        return set(below.filter(begun).values_list("slug", flat=True))

    def add(self, action: ActionPage, at: datetime) -> ActionPage:
        """Add an action that is public.

        Raises:
            Refused: its lead or its date comes from nowhere.
        """
        slug, number = action.slug, 0
        while slug in self._taken:
            number += 1
            slug = f"{action.slug}-{number}"
        action.slug = slug
        self._taken.add(slug)
        _refuse(check_sources(action))
        self.batch.add(parent=self.index, page=action, at=at)
        self.batch.give_reference(action, at)
        self.batch.publish(action, at)
        self._actions.append(action)
        self._stand(action)
        return action

    def agree(self, action: ActionPage, day: date) -> None:
        """An adopted resolution of that day ordered it."""
        action.is_agreed, action.agreed_on = True, day
        self._stand(action)

    def add_news(self, action: ActionPage, update: ProgressUpdatePage, at: datetime) -> ProgressUpdatePage:
        """Add news of an action that is public.

        Raises:
            Refused: it leaves out what the public is owed, or cannot follow what was said before.
        """
        self.batch.add(parent=action, page=update, at=at)
        news = update.as_news()
        known = self._circumstances(action, news, timezone.localdate(at))
        _refuse(check_update(update) | check_ending(news) | check_publication(news, known))
        self.batch.give_reference(update, at)
        self.batch.publish(update, at)
        self._news[action.pk].append(news)
        self._stand(action)
        return update

    def _circumstances(self, action: ActionPage, news: News, today: date) -> Circumstances:
        """What is known of an action that has no steps and no evidence yet."""
        earlier, later = around(self._news[action.pk], date=news.date, key=news.key, corrects=None)
        return Circumstances(
            today=today,
            status=earlier[-1].status if earlier else ActionStatus.AGREED if action.is_agreed else ActionStatus.PROPOSED,
            following=later[0] if later else None,
            agreed_on=action.agreed_on,
            lacks_resolution=news.status == ActionStatus.COMPLETED and self.board.completes_by_resolution,
        )

    def _stand(self, action: ActionPage) -> None:
        """The action stands where its news says."""
        found = standing(
            self._news[action.pk],
            first_due_on=action.first_due_on,
            agreed=action.is_agreed,
            since=timezone.localdate(action.first_published_at),
            news_every_weeks=action.news_every_weeks,
        )
        for name, value in columns(found).items():
            setattr(action, name, value)

    def follow(self) -> None:
        """After they are written: contributors of the organisations that lead reach what they lead."""
        leads = {action.lead_organisation_id for action in self._actions} - {None}
        for organisation in Organisation.objects.filter(pk__in=leads).exclude(contributors=None).distinct():
            sync_contributors(organisation=organisation)


def _refuse(problems: dict[str, Any]) -> None:
    if problems:
        raise Refused(" ".join(dict.fromkeys(str(words) for words in problems.values())))
