"""Opening a site: the pages that every installation has, and the lists that come as data."""

import json
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail.models import Page, Site

from governance.models import (
    BoardIndexPage,
    BodyType,
    CaseStudyIndexPage,
    CoproductionPrinciple,
    OrganisationType,
    ProgressIndexPage,
)
from home.models import HomePage
from minutes.models import ExemptionGround

LISTS: tuple[tuple[type[Any], str, str], ...] = (
    (BodyType, "governance.data", "body_types.json"),
    (OrganisationType, "governance.data", "organisation_types.json"),
    (CoproductionPrinciple, "governance.data", "principles.json"),
    (ExemptionGround, "minutes.data", "exemption_grounds.json"),
)


@transaction.atomic
def open_site(*, name: str, by: Any = None, address: str = "http://localhost") -> HomePage:
    """Make the front page and the pages below it, unless they are there, and the lists of types and grounds.

    Args:
        name: the name of the body, as people know it.
        by: who owns the pages.
        address: where the public finds the site; it begins the addresses in the site map.
    """
    load_lists()
    home = HomePage.objects.first()
    if home is not None:
        return home
    root = Page.get_first_root_node()
    root.get_children().delete()
    home = HomePage(title=name, slug="home", owner=by)
    Page.objects.get(pk=root.pk).add_child(instance=home)
    where = urlsplit(address)
    port = where.port or (443 if where.scheme == "https" else 80)
    named = {"hostname": where.hostname or "localhost", "port": port, "root_page": home, "site_name": name}
    Site.objects.update_or_create(is_default_site=True, defaults=named)
    sections: list[Page] = [
        ProgressIndexPage(title=_("Progress"), slug="progress", show_in_menus=True),
        BoardIndexPage(title=_("Boards and meetings"), slug="boards", show_in_menus=True),
        CaseStudyIndexPage(title=_("Case studies"), slug="case-studies", show_in_menus=True),
    ]
    for section in sections:
        section.owner = by
        home.add_child(instance=section)
        section.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    home.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    return home


@transaction.atomic
def load_lists() -> int:
    """Fill the lists that come as data: what is there stays as it is. Returns how many rows are new."""
    new = 0
    for model, package, file in LISTS:
        for row in json.loads(files(package).joinpath(file).read_text(encoding="utf-8")):
            key = next(iter(row))
            new += model._default_manager.get_or_create(**{key: row[key]}, defaults=row)[1]
    return new
