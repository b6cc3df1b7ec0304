"""Making the search and the index of references whole at once, instead of page by page in the worker's queue."""

from django.core.management import call_command

from django_tasks_db.models import DBTaskResult

OF_ONE_PAGE = ("modelsearch.tasks.insert_or_update_object_task", "wagtail.tasks.update_reference_index_task")


def index_everything() -> int:
    """Index every page now. What waits in the queue to index one page each is left out. Returns how many those were.

    After a load of many hundred records the queue takes minutes, and the search finds nothing until then.
    """
    waiting = DBTaskResult.objects.ready().filter(task_path__in=OF_ONE_PAGE)
    # Those that are asked for from here on stay: they tell of later changes.
    keys = list(waiting.values_list("pk", flat=True))
    call_command("update_index", verbosity=0)
    call_command("rebuild_references_index", verbosity=0)
    DBTaskResult.objects.ready().filter(pk__in=keys).delete()
    return len(keys)
