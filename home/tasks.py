"""Work in the background. A task calls an operation."""

from django_tasks import task

from home.operations import announcing, letters


@task()
def spread_announcements() -> int:
    """Tell those who asked what is new."""
    return announcing.spread_announcements()


def wake_alerts_worker() -> None:
    """Have a worker tell what is due."""
    spread_announcements.enqueue()


@task(queue_name="packs")
def print_letter(key: int) -> bool:
    """Print the letter of this update."""
    return letters.print_letter(update=key)


def wake_letter_worker(key: int) -> None:
    """Queue the printing of a letter."""
    print_letter.enqueue(key)
