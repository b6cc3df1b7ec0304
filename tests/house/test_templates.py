"""Templates obey the layers too, and nobody switches escaping off without a reason on record."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import APPS, ROOT, name_of, plant, project_files, python_files, text_of

LOAD = re.compile(r"{%-?\s*load\s+([^%]+?)-?%}")
UNESCAPED = re.compile(r"\|\s*(?:safe|safeseq)\b|{%-?\s*autoescape\s+off\b")
# Where text is put on a page as it is, and why that is safe. Each entry must still be true.
ALLOWED_UNESCAPED: dict[str, str] = {
    "governance/templatetags/voices.py": "what is not marked safe already is escaped before it is taken apart at its words",
    "minutes/public_corrections.py": "plain words are escaped before they are marked; rich text is what the editor's tags let through",
    "minutes/templatetags/pack_text.py": "rich text for print is built anew from a list of tags, its text escaped",
}


def tag_libraries(root: Path = ROOT) -> dict[str, str]:
    """Each tag library of ours and the app it belongs to."""
    return {
        file.stem: app
        for app in APPS
        for file in project_files(root, ".py")
        if file.parent == root / app / "templatetags" and file.stem != "__init__"
    }


def app_of(library: str, libraries: dict[str, str]) -> str | None:
    """The app a library belongs to, by where it is or, when it is not there, by its name (`minutes_dates`)."""
    by_name = next((app for app in APPS if library == app or library.startswith(f"{app}_")), None)
    return libraries.get(library, by_name)


def upward_loads(root: Path = ROOT) -> Iterator[str]:
    """Templates that load, extend or include something of a higher app. The order of APPS is from low to high."""
    libraries = tag_libraries(root)
    for file in project_files(root, ".html", ".txt", ".xml"):
        parts = file.relative_to(root).parts
        if len(parts) < 3 or parts[0] != "templates" or parts[1] not in APPS:
            continue
        level = APPS.index(parts[1])
        text = text_of(file)
        words = [word for load in LOAD.findall(text) for word in load.partition(" from ")[2].split() or load.split()]
        owners = {word: app_of(word, libraries) for word in words}
        owners |= {path: path.split("/")[0] for path in re.findall(r"{%-?\s*(?:extends|include)\s+[\"']([^\"']+)[\"']", text)}
        for word, owner in owners.items():
            if owner in APPS and APPS.index(owner) > level:
                yield f"{name_of(file, root)}: {word} belongs to {owner}"


def unescaped(root: Path = ROOT) -> set[str]:
    """Files that put text on a page without escaping it."""
    found = {name_of(file, root) for file in project_files(root, ".html", ".txt", ".xml") if UNESCAPED.search(text_of(file))}
    found |= {name for name, text, _ in python_files(root) if re.search(r"\bmark_safe\b|\bSafeString\(|\|safe\b", text)}
    return {name for name in found if not name.startswith("tests/")}


def test_no_template_reaches_up_to_a_higher_app() -> None:
    assert list(upward_loads()) == []


def test_escaping_is_switched_off_only_where_a_reason_is_on_record() -> None:
    assert unescaped() == set(ALLOWED_UNESCAPED)
    assert all(len(reason) > 20 for reason in ALLOWED_UNESCAPED.values())


def test_a_load_of_a_higher_app_is_found_by_place_and_by_name(tmp_path: Path) -> None:
    plant(tmp_path, "minutes/templatetags/votes.py", "")
    plant(tmp_path, "governance/templatetags/places.py", "")
    plant(tmp_path, "templates/governance/board_page.html", "{% load places votes %}\n{% load home_search %}")
    plant(tmp_path, "templates/governance/action_page.html", "{% load ballot from votes %}{% load i18n wagtailcore_tags %}")
    plant(tmp_path, "templates/minutes/minute_page.html", "{% load places %}{% load votes %}")
    plant(tmp_path, "templates/minutes/item_page.html", '{% extends "home/base.html" %}{% include "governance/frame.html" %}')
    assert sorted(upward_loads(tmp_path)) == [
        "templates/governance/action_page.html: votes belongs to minutes",
        "templates/governance/board_page.html: home_search belongs to home",
        "templates/governance/board_page.html: votes belongs to minutes",
        "templates/minutes/item_page.html: home/base.html belongs to home",
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("templates/home/a.html", "{{ page.title|safe }}"),
        ("templates/home/a.html", "{{ page.title | safe|upper }}"),
        ("templates/home/a.html", "{{ titles|safeseq }}"),
        ("templates/home/a.html", "{% autoescape off %}{{ a }}{% endautoescape %}"),
        ("minutes/views.py", "from django.utils.safestring import mark_safe"),
        ("minutes/views.py", "def f(text: str) -> SafeString:\n    return SafeString(text)"),
    ],
)
def test_unescaped_text_is_found(tmp_path: Path, name: str, text: str) -> None:
    plant(tmp_path, name, text)
    plant(tmp_path, "home/views.py", "def f() -> SafeString:\n    return format_html('<b>{}</b>', name)")
    plant(tmp_path, "templates/home/b.html", "{{ page.title }} {% trans 'safe' %} {{ safe }}")
    assert unescaped(tmp_path) == {name}
