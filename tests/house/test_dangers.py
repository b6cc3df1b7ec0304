"""Markup that somebody typed, SQL put together on the spot, and fetching without an end are found before they are served."""

from collections import Counter
from pathlib import Path

import pytest

from tests.house.dangers import dangers
from tests.house.sources import plant

# How many each file may have, and why they harm nobody. One more in the same file is found like any other.
ALLOWED: dict[tuple[str, str], tuple[int, str]] = {
    ("governance/backups.py", "sql"): (2, "the names of tables, as the database gave them"),
    ("governance/moving.py", "sql"): (1, "the names of the models' own tables, quoted"),
    ("governance/templatetags/voices.py", "markup"): (
        2,
        "pieces of a text that was escaped, or trusted already, before it was cut",
    ),
    ("minutes/public_corrections.py", "markup"): (
        1,
        "plain text is escaped when it is marked, rich text held to the editor's tags",
    ),
    ("minutes/templatetags/pack_text.py", "markup"): (1, "written anew from a list of tags, everything else escaped"),
    ("home/alert_views.py", "forgery"): (3, "nothing begins before a secret address is opened; no log-in is asked"),
    ("home/checking.py", "forgery"): (1, "a check changes nothing"),
    ("home/partner_link.py", "forgery"): (1, "the secret address is the right to answer; no log-in is asked"),
}


def test_nothing_dangerous_is_served() -> None:
    found = Counter(dangers())
    assert {danger: number for danger, number in found.items() if number > ALLOWED.get(danger, (0, ""))[0]} == {}


def test_every_exception_is_still_needed() -> None:
    found = Counter(dangers())
    assert {danger: number for danger, (number, _why) in ALLOWED.items() if number > found[danger]} == {}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("mark_safe(page.title)", "markup"),
        ("safestring.SafeString(text)", "markup"),
        ("format_html(words, page)", "markup"),
        ("format_html(f'<b>{title}</b>')", "markup"),
        ("cursor.execute(f'SELECT {name}')", "sql"),
        ("cursor.execute('SELECT %s' % name)", "sql"),
        ("cursor.executemany('SELECT ' + name, rows)", "sql"),
        ("Page.objects.raw('SELECT {}'.format(name))", "sql"),
        ("RawSQL(f'{column} = 1', [])", "sql"),
        ("requests.get(address)", "waiting"),
        ("httpx.post(address, json={})", "waiting"),
        ("urllib.request.urlopen(address)", "waiting"),
        ("csrf_exempt(view)", "forgery"),
    ],
)
def test_a_planted_danger_is_found(tmp_path: Path, line: str, kind: str) -> None:
    plant(tmp_path, "home/views.py", f"found = {line}\n")
    assert list(dangers(tmp_path)) == [("home/views.py", kind)]


def test_a_planted_decorator_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "home/views.py", "@csrf_exempt\ndef view(request):\n    return None\n")
    assert list(dangers(tmp_path)) == [("home/views.py", "forgery")]


@pytest.mark.parametrize("line", ["{{ page.title|safe }}", "{{ titles | safeseq }}", "{% autoescape off %}{% endautoescape %}"])
def test_a_planted_danger_is_found_in_a_template(tmp_path: Path, line: str) -> None:
    plant(tmp_path, "templates/home/page.html", f"<p>{line}</p>\n")
    assert list(dangers(tmp_path)) == [("templates/home/page.html", "markup")]


def test_what_harms_nobody_is_left_alone(tmp_path: Path) -> None:
    kept = (
        "a = format_html('<b>{}</b>', title), format_html(_('<b>{}</b>'), title), mark_safe('<br>')\n"
        "b = cursor.execute('SELECT %s', [name]), cursor.execute(f'SELECT 1'), action.execute(skip=True)\n"
        "c = requests.get(address, timeout=5), client.get(address), partner.requests.filter(pk=1)\n"
    )
    plant(tmp_path, "home/views.py", kept)
    plant(tmp_path, "home/migrations/0002_titles.py", "a = mark_safe(title)\n")
    plant(tmp_path, "tests/test_views.py", "a = mark_safe(title)\n")
    plant(tmp_path, "templates/home/page.html", "<p>safe {{ page.safe }} {{ page.title }}</p>\n")
    assert list(dangers(tmp_path)) == []
