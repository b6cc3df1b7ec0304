"""Which board a record belongs to, wherever in the tree it lives."""

from wagtail.models import Page

from governance.models.actions import ActionPage
from governance.models.boards import BoardPage
from governance.models.strategies import StrategyPage


def board_key_of(page: Page) -> int | None:
    """The key of the board a record is of: the one it stands below, its action's, or its strategy's; None without one."""
    places = [page.path[:end] for end in range(Page.steplen, len(page.path) + 1, Page.steplen)]
    board = BoardPage.objects.filter(path__in=places).values_list("pk", flat=True).first()
    for owner in (ActionPage, StrategyPage):
        if board is None:
            board = owner.objects.filter(path__in=places).values_list("board", flat=True).first()
    return board
