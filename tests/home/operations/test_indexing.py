"""After a load the search is whole, and the worker has nothing left to index."""

from typing import Any

from wagtail.models import Page
from wagtail.search.models import IndexEntry

import pytest
from django_tasks_db.models import DBTaskResult

from home.operations.indexing import OF_ONE_PAGE, index_everything


def waiting(path: str) -> None:
    """A task in the queue of the worker."""
    DBTaskResult.objects.create(task_path=path, backend_name="default", args_kwargs={"args": [], "kwargs": {}})


@pytest.mark.django_db
def test_everything_is_indexed_and_only_that_is_taken_from_the_queue(board: Any) -> None:
    IndexEntry.objects.all().delete()
    for path in (*OF_ONE_PAGE, "governance.tasks.send_mail"):
        waiting(path)
    assert index_everything() == 2
    assert list(DBTaskResult.objects.values_list("task_path", flat=True)) == ["governance.tasks.send_mail"]
    assert IndexEntry.objects.filter(object_id=str(board.pk)).exists()
    assert IndexEntry.objects.count() >= Page.objects.live().filter(depth__gt=1).count()
