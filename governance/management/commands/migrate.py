"""`manage.py migrate`, also where a release brings triggers to tables that are there already."""

from typing import Any

from django.core.management.commands import migrate


class Command(migrate.Command):
    """Django's own, which leaves out what is checked in a database: the triggers that are missed there follow from this very command."""

    def get_check_kwargs(self, options: Any) -> Any:
        """What to check before migrating: the code alone."""
        return {**super().get_check_kwargs(options), "databases": []}
