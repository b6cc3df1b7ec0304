"""A file holds one idea, a function one step, and a name says which."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import APPS, ROOT, name_of, plant, project_files, python_files, text_of

LINES_IN_A_FILE = 350
LINES_IN_A_FUNCTION = 40
CODE = {".py", ".html", ".css", ".js", ".sh"}
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "misc", "common", "core", "base_utils", "functions", "manager"}


def is_apart(name: str) -> bool:
    """Tests and migrations have no limit."""
    return name.startswith("tests/") or "/migrations/" in name


def long_files(root: Path = ROOT) -> Iterator[str]:
    """Files of code that hold more than one idea."""
    for file in project_files(root, *CODE):
        name, lines = name_of(file, root), len(text_of(file).splitlines())
        if lines > LINES_IN_A_FILE and not is_apart(name):
            yield f"{name}: {lines} lines"


def long_functions(root: Path = ROOT) -> Iterator[str]:
    """Functions that take more than one step, from `def` to their last line."""
    for name, _, tree in python_files(root):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not is_apart(name):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LINES_IN_A_FUNCTION:
                    yield f"{name}: {node.name} has {lines} lines"


def empty_names(root: Path = ROOT) -> Iterator[str]:
    """Files and folders whose names say where something is put, not what it is."""
    for file in project_files(root):
        parts = file.relative_to(root).parts
        if {part.removesuffix(file.suffix) for part in parts} & NAMES_THAT_SAY_NOTHING:
            yield name_of(file, root)


def test_no_file_is_too_long() -> None:
    assert list(long_files()) == []


def test_no_function_is_too_long() -> None:
    assert list(long_functions()) == []


def test_every_name_says_what_is_inside() -> None:
    assert list(empty_names()) == []


def test_the_rules_look_at_the_whole_project() -> None:
    names = {name_of(file) for file in project_files()}
    assert {"pyproject.toml", "manage.py", ".ci/run", "site/config/settings/base.py"} <= names
    assert {name.split("/")[0] for name in names} >= {*APPS, "site", "tests"}
    assert not any(name.startswith((".venv", "node_modules", "var/")) for name in names)


def test_a_long_file_is_found_and_a_long_test_is_not(tmp_path: Path) -> None:
    plant(tmp_path, "minutes/models.py", "x = 1\n" * (LINES_IN_A_FILE + 1))
    plant(tmp_path, "minutes/short.py", "x = 1\n" * LINES_IN_A_FILE)
    plant(tmp_path, "tests/test_models.py", "x = 1\n" * (LINES_IN_A_FILE + 1))
    plant(tmp_path, "minutes/migrations/0001_initial.py", "x = 1\n" * (LINES_IN_A_FILE + 1))
    assert list(long_files(tmp_path)) == ["minutes/models.py: 351 lines"]


def test_a_long_function_is_found_wherever_it_stands(tmp_path: Path) -> None:
    body = "        x = 1\n"
    plant(tmp_path, "home/views.py", f"class View:\n    async def get(self):\n{body * LINES_IN_A_FUNCTION}")
    plant(tmp_path, "home/forms.py", f"class Form:\n    def clean(self):\n{body * (LINES_IN_A_FUNCTION - 1)}")
    assert list(long_functions(tmp_path)) == ["home/views.py: get has 41 lines"]


def test_a_name_that_says_nothing_is_found_as_file_and_as_folder(tmp_path: Path) -> None:
    for name in ("minutes/utils.py", "governance/common/dates.py", "minutes/commonplace.py", "templates/home/misc.html"):
        plant(tmp_path, name, "")
    assert list(empty_names(tmp_path)) == ["governance/common/dates.py", "minutes/utils.py", "templates/home/misc.html"]
