"""How long the minute-taking desk takes to keep what is being written, as its page saves it after each pause."""

import json
import statistics
from typing import Any

from django.test import Client
from django.urls import reverse

from bs4 import BeautifulSoup, Tag

from home.bench.measuring import WrongAnswer, seconds_of
from minutes.enums import MeetingStatus
from minutes.models import MeetingPage

SAVES = 40
"""So many pauses of one sitting. Of fewer, the slowest in twenty would be a single one."""


def autosave_times(*, by: Any, saves: int = SAVES) -> dict[str, float]:
    """Median and 95th percentile of the time a save takes, over a text that grows with each.

    Raises:
        WrongAnswer: a save was not kept.
    """
    client = Client(headers={"host": "localhost"})
    client.force_login(by)
    meeting = MeetingPage.objects.live().filter(status=MeetingStatus.AGENDA_PUBLISHED).latest("starts_at")
    page = client.get(reverse("desk", args=[meeting.pk]))
    form = BeautifulSoup(page.content, "html.parser").select_one("form[data-desk]")
    if form is None:
        raise WrongAnswer(f"The desk of {meeting} has nothing to write on.")
    fields = _fields(form)
    seconds = [_save(client, str(form["action"]), fields, number) for number in range(1, saves + 1)]
    twentieths = statistics.quantiles(seconds, n=20, method="inclusive")
    return {
        "milliseconds to save at the desk, median": statistics.median(seconds) * 1000,
        "milliseconds to save at the desk, 95th percentile": twentieths[-1] * 1000,
    }


def _save(client: Client, address: str, fields: dict[str, str], number: int) -> float:
    """Save once more words than before; how long it took."""
    fields["text"] = _rich(f"Members spoke about it. Sentence {number} follows. " * number)
    answers: list[Any] = []
    seconds = seconds_of(lambda: answers.append(client.post(address, fields, headers={"Accept": "application/json"})))
    if answers[0].status_code != 200:
        raise WrongAnswer(f"The desk answered {answers[0].status_code}: {answers[0].content.decode()[:200]}")
    fields["loaded"] = answers[0].json()["loaded"]
    return seconds


def _rich(words: str) -> str:
    block = {"key": "abcde", "text": words, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    return json.dumps({"blocks": [block], "entityMap": {}})


def _fields(form: Tag) -> dict[str, str]:
    """What a browser would send of the form, with nothing changed in it."""
    for template in form.select("template, script"):
        template.decompose()
    fields = {str(field["name"]): field.get_text().removeprefix("\n") for field in form.select("textarea[name]")}
    for field in form.select("input[name]"):
        if field.get("type") not in {"checkbox", "radio", "submit"} or field.has_attr("checked"):
            fields[str(field["name"])] = str(field.get("value", ""))
    for field in form.select("select[name]"):
        chosen = field.select_one("option[selected]")
        fields[str(field["name"])] = str(chosen["value"]) if chosen else ""
    return fields
