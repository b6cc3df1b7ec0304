"""Sending every form that the site has, as somebody for whom it is not: what the administrator's browser would send, and more that names foreign things."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.test import Client

from bs4 import BeautifulSoup, Tag

from tests.kept import Rows, all_rows
from tests.leaks.asking import ENDS_THE_VISIT, FAILING, words_in
from tests.leaks.planting import Planted

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE")
OF_THE_VISIT = frozenset(
    {"django_session", "axes_accessattempt", "axes_accesslog", "axes_accessfailurelog", "wagtailadmin_editingsession"}
)
"""Tables that say who is here. Nothing of a record is in them."""
FORGED = "Forged by somebody else"
Form = dict[str, list[str]]


def foreign_things(planted: Planted) -> Form:
    """Fields that name what is not of whoever sends them, as forms here and in Wagtail call them."""
    rows = {label.rpartition(".")[2].lower(): str(found[-1].pk) for label, found in planted.rows.items()}
    pages = [str(page.pk) for page in planted.private[-3:]]
    named = {
        "board": planted.site.board.pk,
        "meeting": planted.site.ahead.pk,
        "item": planted.rows["minutes.AgendaItemPage"][-1].pk,
        "action": planted.site.action.pk,
        "part": planted.rows["minutes.RestrictedPart"][0].pk,
    }
    said = {key: [FORGED] for key in ("title", "name", "text", "reason", "words", "note", "query", "q")}
    agreed = {key: ["on"] for key in ("confirm", "sure", "agree", "action-publish", "action-submit", "publish")}
    return {
        **{name: [key] for name, key in rows.items()},
        **{name: [str(key)] for name, key in named.items()},
        **said,
        **agreed,
        **dict.fromkeys(("id", "pages", "page", "ids", "parent", "destination"), pages),
    }


def forms_in(page: bytes) -> Iterator[Form]:
    """The forms of a page that are sent, each with what a browser would send; empty texts are filled."""
    for form in BeautifulSoup(page.decode(), "html.parser").find_all("form"):
        if str(form.get("method", "get")).lower() == "post":
            yield _filled(form)


def _filled(form: Tag) -> Form:
    found: Form = {}
    for part in form.find_all(["input", "textarea", "select", "button"]):
        name = str(part.get("name", ""))
        if name and name != "csrfmiddlewaretoken":
            found.setdefault(name, []).append(_value(part))
    return found


def _value(part: Tag) -> str:
    if part.name == "select":
        options = [str(option.get("value", "")) for option in part.find_all("option")]
        return next(filter(None, options), "")
    if "data-draftail-input" in part.attrs:
        # The editor's own script writes here, and it is its format that is sent.
        return part.get_text().strip() or str(part.get("value", "")) or "null"
    if part.name == "textarea":
        return part.get_text().strip() or FORGED
    kind = str(part.get("type", "text")) if part.name == "input" else "button"
    empty = {"text": FORGED, "checkbox": "on", "radio": "on"}
    return str(part.get("value", "")) or empty.get(kind, "")


def other_methods(view: Any) -> list[str]:
    """The methods besides POST by which a view may change something; of a view that is a function nobody can tell."""
    kind, actions = getattr(view, "view_class", None) or getattr(view, "cls", None), getattr(view, "actions", None)
    known = actions if actions is not None else [way.lower() for way in UNSAFE if hasattr(kind, way.lower())]
    return [way for way in UNSAFE if way != "POST" and way.lower() in known]


def every_form(planted: Planted, every: Mapping[str, Iterable[str]]) -> dict[str, list[Form]]:
    """What is sent to each address: the forms that an administrator sees there, or one made up, with foreign things besides.

    Args:
        every: the addresses, by their pattern; the first of each is sent to.
    """
    client, besides, found = Client(raise_request_exception=False), foreign_things(planted), {}
    client.force_login(planted.site.clerk)
    for each in every.values():
        address = next(iter(each))
        if address in ENDS_THE_VISIT:
            continue
        answer = client.get(address)
        # A file is read to its end, which closes it.
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        forms = list(forms_in(content)) if answer.get("Content-Type", "").startswith("text/html") else []
        found[address] = [{**besides, **form} for form in forms] or [besides]
    return found


@dataclass
class Sent:
    """What came of sending.

    Attributes:
        requests: how many were made.
        leaks: the fields whose words came back, by the method and the address.
        changes: the tables in which something was changed or went away, or came into being, by address.
        failures: the addresses that answered with a failure.
    """

    requests: int = 0
    leaks: dict[str, set[str]] = field(default_factory=dict)
    changes: dict[str, dict[str, str]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


class _Writes:
    """Notes whether a statement writes to more than the tables of the visit, so that rows are compared only then."""

    def __init__(self) -> None:
        self.seen = False

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        said = str(sql).lstrip().upper()
        if said.startswith(WRITING) and not any(table.upper() in said for table in OF_THE_VISIT):
            self.seen = True
        return execute(sql, params, many, context)


def send(planted: Planted, client: Client, every: Mapping[str, Iterable[Form]], ways: Iterable[str] = UNSAFE) -> Sent:
    """Send forms to addresses as somebody, and say what came back and what was changed.

    Args:
        every: the forms, by their address.
        ways: the methods that are tried.
    """
    sent, before = Sent(), all_rows()
    for address, forms in every.items():
        for way, form in _tried(forms, ways):
            sent.requests += 1
            writes = _Writes()
            with connection.execute_wrapper(writes):
                answer = client.post(address, form) if way == "POST" else client.generic(way, address)
            if answer.status_code >= 500 and address not in FAILING:
                sent.failures.append(f"{way} {address}")
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
            words = words_in(content + repr(sorted(answer.headers.items())).encode()) - words_in(repr((address, form)).encode())
            if words:
                sent.leaks.setdefault(f"{way} {address}", set()).update(planted.words[word] for word in words)
            if writes.seen:
                after = all_rows()
                if changed := dict(_differences(before, after)):
                    sent.changes.setdefault(f"{way} {address}", {}).update(changed)
                before = after
    return sent


def _tried(forms: Iterable[Form], ways: Iterable[str]) -> Iterator[tuple[str, Form]]:
    for way in ways:
        if way == "POST":
            yield from ((way, form) for form in forms)
        else:
            yield way, {}


def _differences(before: Rows, after: Rows) -> Iterator[tuple[str, str]]:
    """The tables that are not the same any more, and how."""
    for table in after.keys() - OF_THE_VISIT:
        was, now = before[table], after[table]
        if any(now.get(key) != row for key, row in was.items()):
            yield table, "changed"
        elif was != now:
            yield table, "added"
