"""`manage.py open_site NAME`: make the front page and its sections in an empty database."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from home.operations.opening import open_site


class Command(BaseCommand):
    """Open the site of one body: front page, boards, progress, case studies, and the lists that come as data."""

    help = "Make the front page and the pages below it. A site that is open already stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose site it is."""
        parser.add_argument("name", help="the name of the body as people know it, such as “Ashmere Council”")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        """Open it and say where it is."""
        home = open_site(name=name, address=settings.WAGTAILADMIN_BASE_URL)
        self.stdout.write(f"{home.title} is open at {home.full_url}")
