"""Work in the background. A task calls an operation."""

from django_tasks import task

from home.operations import announcing


@task()
def spread_announcements() -> int:
    """Tell those who asked what is new."""
    return announcing.spread_announcements()


def wake_alerts_worker() -> None:
    """Have a worker tell what is due."""
    spread_announcements.enqueue()
