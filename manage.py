#!/usr/bin/env python3
"""Run one of the project's commands."""

import os
import sys
from pathlib import Path

# `site` is a source folder, not a package: its one package, `config`, is found through the path.
ROOT = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT), str(ROOT / "site")]


def main() -> None:
    """Hand the command line to Django with the embedded settings unless others are named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(f"The settings are wrong. {problem}")


if __name__ == "__main__":
    main()
