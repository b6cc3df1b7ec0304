"""Write the small site into a database file, for a server to serve: `python -m tests.browser.make_site`."""

import json
import sys

import django
from django.core.management import call_command


def main() -> None:
    """Make the site in the database that the settings name; print where everything is as JSON."""
    django.setup()
    call_command("migrate", verbosity=0)
    # Models can only be imported once Django knows its apps.
    from tests.small_site import make_small_site

    json.dump(make_small_site().addresses(), sys.stdout)


if __name__ == "__main__":
    main()
