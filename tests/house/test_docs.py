"""The documentation names nothing that is not there."""

import re
from pathlib import Path

from django.apps import apps
from django.core.management import get_commands

from governance.enums import Role
from governance.roles import KEPT, LISTS, LOOKED_AT, MATRIX, MEETINGS, PEOPLE, PROMISES
from tests.house import docs_claims
from tests.house.sources import APPS, ROOT, plant

# Words in capitals with an underscore that are no variables of the environment.
OTHER_WORDS = frozenset({"MEETING_TRANSITIONS", "PACK_TRANSITIONS", "STATUS_TRANSITIONS"})


def rows_of(file: str) -> list[list[str]]:
    """The cells of every row of every table in a document."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]


def test_every_link_leads_somewhere() -> None:
    assert list(docs_claims.broken_links()) == []


def test_every_file_that_is_named_is_there() -> None:
    assert list(docs_claims.missing_files()) == []


def test_every_command_that_is_named_exists() -> None:
    assert docs_claims.commands() - set(get_commands()) == set()
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    known = re.search(r"^COMMANDS = (.+)$", makefile, flags=re.MULTILINE)
    assert known is not None
    assert docs_claims.targets() - set(known[1].split()) == set()


def test_every_command_of_ours_is_named() -> None:
    ours = {name for name, app in get_commands().items() if app in {"governance", "minutes", "home"}}
    assert ours - docs_claims.commands() == set()


def test_every_variable_that_is_named_is_read_and_every_one_read_is_explained() -> None:
    read = docs_claims.variables_read()
    assert docs_claims.variables() - OTHER_WORDS - read == set()
    explained = docs_claims.named(re.compile(r"`([A-Z][A-Z0-9_]+)`"))["docs/how-to/run-it.md"]
    assert read - explained == set()


def test_every_field_that_is_named_exists() -> None:
    # Ours come last, so that a name stands for our class where others have one of the same name.
    models = {model.__name__: model for model in sorted(apps.get_models(), key=lambda model: model._meta.app_label in APPS)}
    wrong = [f"{name}.{field}" for name, field in docs_claims.fields() if name in models and not hasattr(models[name], field)]
    unknown = [name for name, _field in docs_claims.fields() if name not in models and name != "RecordPage"]
    assert (wrong, unknown) == ([], [])


def test_the_page_of_roles_says_what_the_matrix_says() -> None:
    told = {row[0]: row[1:] for row in rows_of("docs/how-to/roles.md")}
    for role, rights in MATRIX.items():
        yes = {True: "yes", False: "no"}
        codes = ", ".join(sorted(rights.pages))
        files, enters = yes[rights.files], yes[rights.enters_admin]
        assert told[str(role.label)] == [f"`{role.value}`", rights.scope.value, codes, files, enters]


def test_the_page_of_roles_says_who_keeps_which_registers() -> None:
    table = [
        row for row in rows_of("docs/how-to/roles.md") if row[0] in {"registers", "PEOPLE", "PROMISES", "LISTS", "MEETINGS"}
    ]
    words = {KEPT: "keeps", LOOKED_AT: "looks", frozenset(): ""}
    groups = {"PEOPLE": PEOPLE, "PROMISES": PROMISES, "LISTS": LISTS, "MEETINGS": MEETINGS}
    assert table[0][1:] == list(Role.values)
    for name, *told in table[1:]:
        expected = [{MATRIX[role].registers.get(label, frozenset()) for label in groups[name]} for role in Role]
        assert told == [words[codes.pop()] if len(codes) == 1 else "mixed" for codes in expected]


def test_decisions_are_numbered_once() -> None:
    numbers = [int(file.name[:4]) for file in (ROOT / "docs" / "decisions").glob("*.md")]
    assert len(set(numbers)) == len(numbers)
    for file in (ROOT / "docs" / "decisions").glob("*.md"):
        text = file.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(file.name[:4])}. ")
        for part in ("Context", "Decision", "Consequences"):
            assert f"**{part}.**" in text or f"## {part}\n" in text


def test_a_broken_claim_of_each_kind_is_found(tmp_path: Path) -> None:
    text = (
        "[here](docs/there.md) ![picture](docs/pictures/pack.png) [away](https://example.org/)\n\n    make tea\n\n"
        "Run `PORT=1 make coffee` or `manage.py brew`, set `TEA_POT`, read `docs/nothing.py` and `docs/cup.md`, see `Paper.sugar`.\n"
    )
    plant(tmp_path, "README.md", text)
    plant(tmp_path, "docs/cup.md", "[back](../README.md)\n")
    plant(tmp_path, "site/config/settings.py", 'import os\nos.environ.get("MILK_JUG")\n')
    assert list(docs_claims.broken_links(tmp_path)) == ["README.md: docs/there.md", "README.md: docs/pictures/pack.png"]
    assert list(docs_claims.missing_files(tmp_path)) == ["README.md: docs/nothing.py"]
    assert docs_claims.targets(tmp_path) == {"tea", "coffee"}
    assert docs_claims.commands(tmp_path) == {"brew"}
    assert docs_claims.variables(tmp_path) == {"TEA_POT"}
    assert docs_claims.variables_read(tmp_path) == {"MILK_JUG"}
    assert docs_claims.fields(tmp_path) == {("Paper", "sugar")}
