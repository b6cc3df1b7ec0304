"""Markup that somebody typed, SQL put together on the spot, and fetching without an end are found before they are served."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.house.dangers import dangers
from tests.house.sources import ROOT, plant

# How many each file may have, and why they harm nobody. One more in the same file is found like any other.
ALLOWED: dict[tuple[str, str], tuple[int, str]] = {
    ("governance/backups.py", "sql"): (2, "the names of tables, as the database gave them"),
    ("governance/moving.py", "nosec B105"): (1, "a database in a file asks for no password"),
    ("governance/operations/bulk/rows.py", "sql"): (1, "the name of a model's own table and columns, quoted"),
    ("governance/seldom_filled.py", "sql"): (1, "the names of the models' own tables and columns, quoted"),
    ("governance/moving.py", "sql"): (1, "the names of the models' own tables, quoted"),
    ("governance/templatetags/voices.py", "markup"): (
        1,
        "pieces of a text that was escaped, or trusted already, before it was cut",
    ),
    ("governance/templatetags/voices.py", "nosec B703"): (1, "the same pieces"),
    ("minutes/public_corrections.py", "markup"): (
        1,
        "plain text is escaped when it is marked, rich text held to the editor's tags",
    ),
    ("minutes/public_corrections.py", "nosec B703"): (1, "the same text"),
    ("minutes/templatetags/pack_text.py", "markup"): (1, "written anew from a list of tags, everything else escaped"),
    ("minutes/templatetags/pack_text.py", "nosec B703"): (1, "the same text"),
    ("home/alert_views.py", "forgery"): (3, "nothing begins before a secret address is opened; no log-in is asked"),
    ("home/checking.py", "forgery"): (1, "a check changes nothing"),
    ("home/partner_link.py", "forgery"): (1, "the secret address is the right to answer; no log-in is asked"),
    ("site/config/settings/base.py", "nosec B105"): (2, "the setting says that there is no shared password"),
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


@pytest.mark.parametrize(
    ("comment", "kinds"),
    [
        ("# nosec B105  # it is no password", ["nosec B105"]),
        ("# noqa: S308  # nosec: B308, B703  # written here", ["nosec B308", "nosec B703"]),
        ("# nosec", ["nosec everything"]),
        ("# nosec B105", ["nosec without a reason"]),
        ("# what a nosec is for", []),
    ],
)
def test_what_bandit_is_told_to_leave_alone_is_found(tmp_path: Path, comment: str, kinds: list[str]) -> None:
    plant(tmp_path, ".ci/lanes.py", f"secret = ''  {comment}\n")
    assert list(dangers(tmp_path)) == [(".ci/lanes.py", kind) for kind in kinds]


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


def test_bandit_finds_what_ruff_has_no_rule_for(tmp_path: Path) -> None:
    plant(
        tmp_path,
        "views.py",
        "from django.utils.safestring import SafeString\n\n\ndef view(request):\n    return SafeString(request.GET['q'])\n",
    )
    plant(tmp_path, "kept.py", "def view(request):\n    return request.GET['q']\n")
    scan = [sys.executable, "-m", "bandit", "--quiet", "--configfile", str(ROOT / "pyproject.toml"), "--recursive"]
    found = subprocess.run([*scan, "--format", "csv", str(tmp_path)], capture_output=True, text=True, check=False)
    assert found.returncode == 1
    assert [line.split(",")[2] for line in found.stdout.splitlines()[1:]] == ["B703"]
