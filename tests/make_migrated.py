"""Run the migrations, and nothing that follows them, on the database that the settings name: `python -m tests.make_migrated`."""

import gc

import django
from django.core.management import call_command
from django.db.models.signals import post_migrate


def main() -> None:
    """Migrate. What the code of the day adds afterwards is added to each copy."""
    # Every change of a model makes all models that know it anew: looking through that rubbish takes a third of the time.
    gc.disable()
    django.setup()
    post_migrate.receivers.clear()
    post_migrate.sender_receivers_cache.clear()
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    main()
