"""Work in the background. A task calls an operation."""

from django_tasks import task

from governance.operations import mail


@task()
def send_mail() -> int:
    """Send the mail that is due."""
    return mail.send_deliveries()


def wake_mail_worker() -> None:
    """Have a worker send what is due."""
    send_mail.enqueue()
