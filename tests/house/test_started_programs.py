"""Every system program the code starts is in the list of system packages, and every package there is used."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from lanes import all_lanes
from system_packages import PACKAGES, PART_OF_DEBIAN
from tests.house.sources import ROOT, plant, python_files

STARTERS = {"run", "Popen", "check_call", "check_output", "create_subprocess_exec"}
FINDERS = {"which", "program"}
BINARIES = ("/usr/bin/", "/bin/", "/usr/local/bin/")
LISTED = {program for package in PACKAGES for program in (*package.starts, *package.starts_unpathed)}
# Stand-ins that tests of the commands themselves use, on every Debian; and what people bring for `make lock`.
NOT_INSTALLED_BY_US = PART_OF_DEBIAN | {"sh", "true", "false", "uv", "npm"}


def called(node: ast.Call) -> str:
    """The name of the function in a call, without what it hangs on, unless that is not about processes."""
    if isinstance(node.func, ast.Name):
        return node.func.id
    if isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) in {"subprocess", "asyncio", "shutil"}:
        return node.func.attr
    return ""


def given(name: str, tree: ast.Module) -> Iterator[ast.expr]:
    """Everything a module assigns to a name, in assignments and in loops over literal commands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and any(isinstance(target, ast.Name) and target.id == name for target in node.targets):
            yield node.value
        if isinstance(node, ast.For) and isinstance(node.target, ast.Name) and node.target.id == name:
            yield from node.iter.elts if isinstance(node.iter, ast.Tuple | ast.List) else []


def first_word(command: ast.expr, tree: ast.Module, depth: int = 0) -> Iterator[str]:
    """The program of a command, as far as it is written out in the module: a word, the head of a list, a name given to one."""
    if isinstance(command, ast.Constant) and isinstance(command.value, str):
        yield command.value.rpartition("/")[2]
    elif isinstance(command, ast.List | ast.Tuple) and command.elts:
        yield from first_word(command.elts[0], tree, depth)
    elif isinstance(command, ast.Starred):
        yield from first_word(command.value, tree, depth)
    elif isinstance(command, ast.BinOp):
        yield from first_word(command.left, tree, depth)
    elif isinstance(command, ast.Name) and depth < 3:
        for value in given(command.id, tree):
            yield from first_word(value, tree, depth + 1)
    elif isinstance(command, ast.Call) and isinstance(command.func, ast.Name) and depth < 3:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name == command.func.id:
                for answer in (part.value for part in ast.walk(node) if isinstance(part, ast.Return) and part.value):
                    yield from first_word(answer.body if isinstance(answer, ast.IfExp) else answer, tree, depth + 1)


def programs(tree: ast.Module) -> set[str]:
    """The system programs a module starts, looks for, or names by the path of a binary."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and called(node) in STARTERS | FINDERS:
            found.update(first_word(node.args[0], tree))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith(BINARIES):
            found.add(node.value.rpartition("/")[2])
    return {word for word in found if word and word.replace("-", "").replace("_", "").replace(".", "").isalnum()}


def started(root: Path = ROOT) -> dict[str, list[str]]:
    """Which files start each program. The tests of the commands name imaginary programs and are left out."""
    found: dict[str, list[str]] = {}
    for name, _, tree in python_files(root):
        if not name.startswith(("tests/ci/", "tests/house/test_started_programs")):
            for program in programs(tree):
                found.setdefault(program, []).append(name)
    return found


def unlisted(root: Path = ROOT) -> dict[str, list[str]]:
    """Programs that the code starts and no system package in the list brings."""
    return {program: files for program, files in started(root).items() if program not in LISTED | NOT_INSTALLED_BY_US}


def test_every_program_the_code_starts_is_in_the_list() -> None:
    assert unlisted() == {}


def unused(programs_started: set[str]) -> list[str]:
    """Packages in the list for the sake of programs none of which is started."""
    bring = {package.name: {*package.starts, *package.starts_unpathed} for package in PACKAGES}
    return [name for name, brought in bring.items() if brought and not brought & programs_started]


def test_every_package_that_brings_programs_has_one_of_them_started() -> None:
    assert unused(set(started())) == []


def test_a_package_nobody_needs_is_found() -> None:
    assert unused(LISTED - {"qpdf"}) == ["qpdf"]


def test_every_package_for_the_tests_is_needed_by_a_lane() -> None:
    needed = {name for lane in all_lanes() for name in lane.packages}
    # Without the environment that python3-venv makes there are no lanes at all.
    assert {package.name for package in PACKAGES if "test" in package.commands and not package.modules} == needed


@pytest.mark.parametrize(
    "code",
    [
        'subprocess.run(["frobnicate", "-x"])',
        'subprocess.Popen(("/usr/bin/frobnicate", file))',
        'command = ["frobnicate"] + files\nsubprocess.run(command)',
        'for command in (["frobnicate", "a"], ["git", "b"]):\n    subprocess.check_call(command)',
        'shutil.which("frobnicate")',
        'EXECUTABLE = "/usr/bin/frobnicate"',
        'from subprocess import run\nrun([*prefix(), "x"])\ndef prefix():\n    return ["frobnicate"] if root else []',
    ],
)
def test_a_program_nobody_listed_is_found(tmp_path: Path, code: str) -> None:
    plant(tmp_path, "minutes/packs/render.py", f"import subprocess, shutil\n{code}\n")
    assert unlisted(tmp_path) == {"frobnicate": ["minutes/packs/render.py"]}


def test_our_own_python_is_no_system_program(tmp_path: Path) -> None:
    plant(
        tmp_path,
        "home/serving.py",
        "import subprocess, sys\nsubprocess.run([sys.executable, '-m', 'gunicorn'])\npage.run('x')\n",
    )
    assert started(tmp_path) == {}
