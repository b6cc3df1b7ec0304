"""Loading the demonstration: whole or not at all, and only into a database that holds nothing else."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import Organisation, Person, Reference, User
from home.demonstration.replay import Tell, replay
from home.operations.opening import open_site

COUNCIL = "Ashmere Council"
# Nobody can log in as this account. That it exists says that the records here are the demonstration's.
RECORDER = "demonstration"


def is_loaded() -> bool:
    """Whether this database holds the demonstration."""
    return User.objects.filter(username=RECORDER).exists()


@transaction.atomic
def load_demonstration(*, today: date, tell: Tell) -> bool:
    """Load the demonstration unless it is there.

    Args:
        today: the day that all dates count from.
        tell: is told (steps done, steps in all, what was done) after each step.

    Returns:
        Whether anything was loaded.

    Raises:
        Refused: the database holds other records.
    """
    if is_loaded():
        return False
    if any(model.objects.exists() for model in (User, Organisation, Person, Reference)):
        raise Refused(
            _(
                "This database holds other records. The demonstration is only loaded into an empty one, "
                "so that nobody takes its records for real ones."
            )
        )
    recorder = User(username=RECORDER, first_name="Ashmere", last_name="demonstration", is_active=False)
    recorder.set_unusable_password()
    recorder.save()
    open_site(name=COUNCIL, by=recorder)
    replay(today=today, tell=tell)
    return True
