"""Every address that the site answers to, made from its own table of addresses and from what was planted."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from governance.models import BoardIndexPage, Reference
from governance.numbering import reference_slug
from home.operations.subscribing import stop_token
from minutes.reports import REPORTS
from tests.leaks.planting import COMMON, Planted

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
SEARCHED = f"?q={COMMON}"
SPOKEN_OF = {
    "boards": "governance.BoardPage",
    "meetings": "minutes.MeetingPage",
    "programme": "minutes.ProgrammeEntry",
    "items": "minutes.AgendaItemPage",
    "packs": "minutes.Pack",
    "papers": "minutes.Paper",
    "papers/files": "minutes.PaperFile",
    "restricted": "minutes.RestrictedPaper",
    "minutes": "minutes.MinutePage",
    "minutes/comments": "minutes.DraftComment",
    "meetings/drafts": "minutes.DraftRound",
    "resolutions": "minutes.ResolutionPage",
    "attendance": "minutes.Attendance",
    "headings": "minutes.AgendaSection",
    "questions": "minutes.PublicQuestion",
    "records": "governance.ActionPage",
    "approve": "governance.ActionPage",
    "actions": "governance.ActionPage",
    "partners/requests": "governance.PartnerRequest",
    "partners/links": "governance.PartnerLink",
    "partners/answers": "governance.PartnerAnswer",
    "mail": "governance.Delivery",
    "documents": "governance.ContentDocument",
    "images": "governance.ContentImage",
    "collections": "wagtailcore.Collection",
    "users": "governance.User",
    "log-ins": "governance.User",
    "removals": "governance.Removal",
    "personal-data/requests": "governance.PersonRequest",
    "personal-data/backups": "governance.Backup",
    "emergencies": "minutes.EmergencyWithdrawal",
}
"""What a number in an address of the admin is the key of, by how the address begins."""
PLAIN: dict[str, Sequence[Any]] = {
    "year": ["2026-27"],
    "written": ["2026-10"],
    "which": ["original", "copy"],
    "step": ["hold"],
    "code": ["hwb"],
    "version": [1],
    "token": ["no-such-token"],
    "uidb64": ["MQ"],
    "secret": ["no-such-secret"],
    "action_name": ["approve"],
    "filter_spec": ["original"],
    "revision_id_a": ["earliest"],
    "revision_id_b": ["latest"],
    "content_type_app_name": ["minutes"],
    "content_type_model_name": ["meetingpage"],
    "app_name": ["taggit"],
    "object_id": [1],
    "provider_id": ["council"],
}
"""Words in addresses that name no row."""
NUMBERS = (
    "task_id",
    "task_state_id",
    "workflow_state_id",
    "workflow_pk",
    "session_id",
    "uploaded_file_id",
    "restriction_id",
    "page_view_restriction_id",
)
"""Rows of parts of Wagtail that nothing here uses."""


def routes(found: Any = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern of an address, with its route; registers of routes within others included."""
    for pattern in found if found is not None else get_resolver().url_patterns:
        whole = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, whole)
        elif isinstance(pattern, URLPattern):
            yield whole, pattern


def patterns() -> Iterator[tuple[str, str]]:
    """Every pattern of an address, with the name of its route."""
    yield from ((whole, str(route.name)) for whole, route in routes())


def addresses(planted: Planted, *, pages: int) -> dict[str, list[str]]:
    """The addresses that are asked for each pattern.

    Args:
        pages: how many of the pages that are not public stand in addresses that take any page.

    Raises:
        KeyError: nothing says what stands in an address.
    """
    return {pattern: list(_filled(planted, pattern, name, pages)) for pattern, name in patterns()}


def _filled(planted: Planted, pattern: str, name: str, pages: int) -> Iterator[str]:
    if pattern.endswith(r"^((?:[\w\-]+/)*)$"):
        yield from (page.get_url() or f"/{page.slug}/" for page in planted.private)
        return
    if name == "wagtaildocs_serve":
        yield from (f"/documents/{row.pk}/{row.filename}" for row in planted.rows["governance.ContentDocument"])
        return
    names = [first or second for first, second in PARAMETER.findall(pattern)]
    options = [_values(planted, pattern, each, pages) for each in names]
    longest = max(map(len, options), default=1)
    for chosen in zip_longest(*(list(each) * (longest if len(each) == 1 else 1) for each in options)) if options else [()]:
        address = _written(pattern, chosen)
        yield address
        yield from (address + more for more in _asked_besides(name))


def _asked_besides(name: str) -> Sequence[str]:
    if name.endswith("_modeladmin_index"):
        return (SEARCHED, "?export=csv")
    if "search" in name or "choose" in name or name in {"index", "index_results", "listing", "find", "site_history", "report"}:
        return (SEARCHED, "?export=csv") if name == "site_history" else (SEARCHED,)
    return ()


def _written(pattern: str, chosen: Sequence[Any]) -> str:
    values = iter(chosen)
    address = PARAMETER.sub(lambda _match: str(next(values)), pattern)
    address = address.replace(r"\.", ".").replace("^", "").replace("$", "").replace(".*", "no-such-page")
    # A pattern without a name in it says how a picture or a word may be written.
    return "/" + re.sub(r"\([^()]*\)", "1", address)


def _values(planted: Planted, pattern: str, name: str, pages: int) -> Sequence[Any]:
    """What may stand in a place of an address."""
    if name in PLAIN:
        return PLAIN[name]
    if name in NUMBERS:
        return [1]
    if name in {"page_id", "parent_page_id", "page_to_move_id", "page_pk"} or (name == "pk" and "pages/" in pattern):
        return [page.pk for page in planted.private[-pages:]]
    if name == "destination_id":
        return [BoardIndexPage.objects.get().pk]
    if name == "revision_id":
        return [page.latest_revision_id for page in _again(planted.private[-pages:])]
    if name in {"app_label", "model_name", "action"}:
        return [_of_pages(pattern)[name]]
    if name in {"slug", "scope"}:
        return _slugs(planted, pattern)
    if pattern.startswith("media"):
        portraits = [row.avatar.name for row in planted.rows["wagtailusers.UserProfile"]]
        return [*(row.file.name for row in planted.rows["governance.ContentImage"]), *portraits]
    if name == "name":
        return [report.name for report in REPORTS]
    if name == "comment":
        return _keys(planted, "wagtailcore.Comment")
    return _keys(planted, _subject(pattern, name))


def _of_pages(pattern: str) -> dict[str, str]:
    if "tasks/add" in pattern:
        return {"app_label": "wagtailcore", "model_name": "groupapprovaltask"}
    if "create" in pattern:
        return {"app_label": "minutes", "model_name": "meetingpage"}
    return {"app_label": "wagtailcore", "model_name": "page", "action": "delete"}


def _again(pages: Sequence[Any]) -> list[Any]:
    for page in pages:
        page.refresh_from_db(fields=["latest_revision"])
    return list(pages)


def _keys(planted: Planted, label: str) -> list[int]:
    """The keys of what was planted last; of some row where nothing was."""
    rows = planted.rows.get(label)
    return [row.pk for row in rows[-3:]] if rows else [1]


def _subject(pattern: str, name: str) -> str:
    """The model whose key stands in an address.

    Raises:
        KeyError: nothing says so.
    """
    if match := re.search(r"\^(\w+)/(\w+)/", pattern):
        return _label(match[1], match[2])
    named = {"item": "items", "paper": "papers", "restricted": "restricted", "meeting": "meetings", "board": "boards"}
    if name in named:
        return SPOKEN_OF[named[name]]
    parts = [part for part in pattern.removeprefix("admin/").removeprefix("api/main/^").split("/") if part and "<" not in part]
    if name == "instance_pk" or not parts:
        raise KeyError(pattern)
    return SPOKEN_OF.get("/".join(parts[:2])) or SPOKEN_OF.get(parts[0]) or UNPLANTED[parts[0]]


UNPLANTED = dict.fromkeys(("sites", "groups", "workflows", "standards", "members"), "nothing")
"""What has numbers in its addresses and no words of its own: the first row stands there."""


def _label(app: str, model: str) -> str:
    return apps.get_model(app, model)._meta.label


def _slugs(planted: Planted, pattern: str) -> list[str]:
    """References as they stand in addresses: of what is not public, and of the board itself."""
    if pattern.startswith(("feeds", "calendars", "alerts", "ask")):
        return ["hwb", "all-boards"]
    if pattern.startswith(("packs", "members/packs")):
        return [row.slug for row in planted.rows["minutes.Pack"]]
    pages = [page.pk for page in planted.private]
    found = Reference.objects.filter(page__in=pages).values_list("text", flat=True)
    return [reference_slug(text) for text in found] or [stop_token(planted.rows["home.Subscription"][0])]
