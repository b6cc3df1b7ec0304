"""Papers become public with their agenda, never by hand."""

from django.core.exceptions import ValidationError

import pytest

from governance.models import BoardPage, User
from minutes.enums import PaperState
from minutes.models import Paper
from tests import building


@pytest.mark.django_db
def test_a_paper_is_not_published_by_hand(board: BoardPage, clerk: User) -> None:
    item = building.make_item(building.make_meeting(board, clerk), clerk)
    paper = Paper(item=item, title="Report", state=PaperState.PUBLISHED)
    with pytest.raises(ValidationError, match="becomes public with its agenda"):
        paper.full_clean()
    paper.state = PaperState.CHECKED
    paper.full_clean()
    paper.save()
    Paper.objects.filter(pk=paper.pk).update(state=PaperState.PUBLISHED)
    Paper.objects.get(pk=paper.pk).full_clean()
