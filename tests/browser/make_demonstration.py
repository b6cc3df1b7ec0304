"""Load the demonstration and print a pack, in one process: `python -m tests.browser.make_demonstration MEETING FILE`."""

import sys
from pathlib import Path

import django
from django.core.management import call_command


def main(meeting: str, file: str) -> None:
    """Fill the database that the settings name, and print the pack of a meeting into a file."""
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_demonstration")
    call_command("build_pack", meeting, output=Path(file))


if __name__ == "__main__":
    main(*sys.argv[1:])
