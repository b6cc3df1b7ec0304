"""Leaks made on purpose: the test that looks for them finds each."""

import io
import logging
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.files.base import ContentFile
from django.core.signals import request_finished
from django.test import Client
from django.utils import timezone

from wagtail.models import PageLogEntry

import pikepdf
import pytest

from home import packs
from minutes import restricted_reading
from minutes.models import AgendaItemPage, ItemPresenter, Pack
from tests.kept import kept
from tests.leaks import verdicts as table
from tests.leaks import walking
from tests.leaks.asking import walk
from tests.leaks.planting import Planted, plant
from tests.leaks.readers import people
from tests.small_site import SmallSite

pytestmark = pytest.mark.django_db


@pytest.fixture
def planted(small_site: SmallSite, look: None) -> Planted:
    """The small site with a word in every field that is not public."""
    return kept("planted", lambda: plant(small_site))


def sealed_title(planted: Planted) -> str:
    """The word in the real title of an item taken in private."""
    return next(word for word, name in planted.words.items() if name == "minutes.RestrictedPart.title")


def private_item(planted: Planted) -> AgendaItemPage:
    """The item itself, which is public under another title."""
    return AgendaItemPage.objects.get(pk=planted.rows["minutes.RestrictedPart"][0].item_id)


def in_a_feed(planted: Planted, word: str) -> str:
    """The real title is on the public item, and so in the feed of its board."""
    AgendaItemPage.objects.filter(pk=private_item(planted).pk).update(title=word)
    return "feeds/"


def in_the_metadata_of_a_pdf(planted: Planted, word: str) -> str:
    """A public pack says it in its metadata, packed as PDF packs it."""
    made = pikepdf.new()
    made.add_blank_page()
    with made.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = word
    file = io.BytesIO()
    made.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    pack = Pack.objects.public().filter(state="issued").first()
    assert pack is not None and pack.file.name
    pack.file.storage.delete(pack.file.name)
    pack.file.storage.save(pack.file.name, ContentFile(file.getvalue()))
    planted.rows["minutes.Pack"].append(pack)
    return "packs/"


def in_the_history(planted: Planted, word: str) -> str:
    """The history of the item in the admin says it."""
    item = private_item(planted)
    PageLogEntry.objects.create(
        page=item,
        content_type=ContentType.objects.get_for_model(item),
        label=word,
        action="wagtail.edit",
        timestamp=timezone.now() + timedelta(seconds=1),
        user=planted.site.clerk,
    )
    return "admin/reports/site-history/"


def through_a_relation(planted: Planted, word: str) -> str:
    """A row that belongs to the public item says it."""
    ItemPresenter.objects.create(item=private_item(planted), name=word)
    return "^"


@pytest.mark.parametrize("leak", [in_a_feed, in_the_metadata_of_a_pdf, in_the_history, through_a_relation])
def test_a_leak_is_found(planted: Planted, leak: Callable[[Planted, str], str], caplog: Any) -> None:
    word = sealed_title(planted)
    place = leak(planted, word)
    role = "own editor" if place.startswith("admin") else "anonymous"
    client = Client()
    if role != "anonymous":
        client.force_login(people(planted)[role])
    every = {name: each for name, each in walking.addresses(planted, pages=3).items() if name.startswith(place)}
    found = walk(planted, role, client, every, caplog)
    assert {name for names in found.leaks.values() for name in names} == {"minutes.RestrictedPart.title"}


@pytest.mark.parametrize("which", ["copy", "original"])
def test_a_loosened_policy_of_restricted_papers_is_found(
    planted: Planted, which: str, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    role, pattern = "foreign editor", "members/private/papers/<int:restricted>/<str:which>/"
    paper = planted.rows["minutes.RestrictedPaper"][0]
    client = Client()
    client.force_login(people(planted)[role])
    every = {pattern: [f"/members/private/papers/{paper.pk}/{which}/"]}
    assert walk(planted, role, client, every, caplog).leaks == {}
    monkeypatch.setattr(restricted_reading, "may_read_restricted", lambda user, part: True)
    monkeypatch.setattr(restricted_reading, "_works_on_files", lambda user, item: True)
    found = {name for names in walk(planted, role, client, every, caplog).leaks.values() for name in names}
    # What a file tells of itself is not in the copy that the check writes, and that bears the paper's title.
    besides = {"original": "minutes.RestrictedPaper.original", "copy": "minutes.RestrictedPaper.sealed"}
    assert found == {"minutes.RestrictedPaper.copy", besides[which]}


def test_a_loosened_policy_of_members_packs_is_found(planted: Planted, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    role, pattern = "foreign member", "members/packs/<slug:slug>/not-for-publication/"
    client = Client()
    client.force_login(people(planted)[role])
    every = {pattern: ["/members/packs/members-prints/not-for-publication/"]}
    assert walk(planted, role, client, every, caplog).leaks == {}
    monkeypatch.setattr(packs, "may_read", lambda user, pack: True)
    assert walk(planted, role, client, every, caplog).leaks == {}, "the part itself asks too"
    monkeypatch.setattr(restricted_reading, "may_read_restricted", lambda user, part: True)
    found = {name for names in walk(planted, role, client, every, caplog).leaks.values() for name in names}
    assert found == {f"minutes.RestrictedPart.{name}" for name in ("title", "text", "resolved", "minute")}


def test_a_word_in_a_log_or_a_mail_is_found(planted: Planted, caplog: Any) -> None:
    word = sealed_title(planted)

    def tell(**_of_the_request: Any) -> None:
        logging.getLogger("home").warning("Somebody read %s", word)

    request_finished.connect(tell)
    try:
        found = walk(planted, "anonymous", Client(), {"words/": ["/words/"]}, caplog)
    finally:
        request_finished.disconnect(tell)
    assert found.leaks == {"the log": ["minutes.RestrictedPart.title"]}
    caplog.clear()
    mail.send_mail("An item", f"It is called {word}.", None, ["reader@example.org"])
    assert walk(planted, "anonymous", Client(), {}, caplog).leaks == {"mail": ["minutes.RestrictedPart.title"]}


def test_a_field_or_an_address_without_a_verdict_fails(planted: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    known = list(walking.patterns())
    monkeypatch.setattr(walking, "patterns", lambda: [*known, ("admin/secrets/<int:pk>/", "secrets")])
    with pytest.raises(KeyError, match="secrets"):
        walking.addresses(planted, pages=1)
    shorter = table.TABLE.replace("minutes.ChairNote board\n", "")
    monkeypatch.setattr(table, "TABLE", shorter)
    with pytest.raises(KeyError, match=r"minutes\.ChairNote"):
        table.verdicts()


@pytest.mark.parametrize("column", ["mfa.Authenticator.data", "axes.AccessLog.user_agent", "wagtailcore.TaskState.comment"])
def test_a_column_that_a_package_adds_without_a_verdict_fails(column: str, monkeypatch: pytest.MonkeyPatch) -> None:
    model, _dot, name = column.rpartition(".")
    rows = [row for row in table.BROUGHT.splitlines() if row.startswith(f"{model} ")]
    without = "\n".join(re.sub(rf" {name}=\w+", "", row) for row in rows)
    monkeypatch.setattr(table, "BROUGHT", table.BROUGHT.replace("\n".join(rows), without))
    with pytest.raises(KeyError, match=re.escape(column)):
        table.verdicts()
    monkeypatch.setattr(table, "BROUGHT", table.BROUGHT + f"{model} gone_since=site\n")
    assert table.stale() == {f"{model}.gone_since"}
