"""Work in the background. A task calls an operation."""

from django_tasks import task

from governance.operations import carrying_out_removals, mail


@task()
def send_mail() -> int:
    """Send the mail that is due."""
    return mail.send_deliveries()


def wake_mail_worker() -> None:
    """Have a worker send what is due."""
    send_mail.enqueue()


@task()
def carry_out_removal(key: int) -> str:
    """Carry out the removal of words of this row."""
    row = carrying_out_removals.carry_out(removal=key)
    return "nothing to do" if row is None else "failed" if row.failure else "done"


def wake_removal_worker(key: int) -> None:
    """Queue the removal of words."""
    carry_out_removal.enqueue(key)
