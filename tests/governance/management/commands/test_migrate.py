"""`manage.py migrate`."""

from django.core.management import call_command

import pytest

from governance import triggers


@pytest.mark.django_db
def test_it_brings_the_triggers_of_a_newer_release() -> None:
    """The check that misses them says that this command brings them, so it may not keep the command from running."""
    triggers.remove()
    call_command("migrate", skip_checks=False, verbosity=0)
    assert triggers.missing() == set()
