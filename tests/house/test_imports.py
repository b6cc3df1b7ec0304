"""What import-linter cannot say: no import hides in a function to dodge the layers, one module alone knows WeasyPrint."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import APPS, ROOT, plant, python_files

# From low to high: each may know those before it.
LAYERS = (*APPS, "config")


def layer_of(name: str) -> str | None:
    """The layer a file belongs to, by its path."""
    parts = name.split("/")
    return "config" if parts[:2] == ["site", "config"] else parts[0] if parts[0] in APPS else None


def imported(node: ast.AST) -> list[str]:
    """The modules one import statement, or one import by name, brings in."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""] if node.level == 0 else []
    if isinstance(node, ast.Call) and ast.unparse(node.func) in {"__import__", "import_module", "importlib.import_module"}:
        return [str(word.value) for word in node.args[:1] if isinstance(word, ast.Constant)]
    return []


def hidden_imports(root: Path = ROOT) -> Iterator[str]:
    """Imports of our own apps inside a function. Only `AppConfig.ready` may: what it registers has no earlier moment."""
    for name, _, tree in python_files(root):
        layer = layer_of(name)
        if layer is None:
            continue
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and (function.name, name) != (
                "ready",
                f"{layer}/apps.py",
            ):
                for module in (module for node in ast.walk(function) for module in imported(node)):
                    if module.split(".")[0] in LAYERS:
                        yield f"{name}: {function.name} imports {module}"


def upward_imports(root: Path = ROOT) -> Iterator[str]:
    """Imports of a higher layer by any means, also by name and for types only; and of the tests by anybody."""
    for name, _, tree in python_files(root):
        layer = layer_of(name)
        if layer is None:
            continue
        for module in (module for node in ast.walk(tree) for module in imported(node)):
            top = module.split(".")[0]
            if top == "tests" or (top in LAYERS and LAYERS.index(top) > LAYERS.index(layer)):
                yield f"{name} imports {module}"


def who_imports_weasyprint(root: Path = ROOT) -> set[str]:
    """The files that know how a PDF is drawn."""
    return {
        name
        for name, _, tree in python_files(root)
        if not name.startswith("tests/")
        and any(module.split(".")[0] == "weasyprint" for node in ast.walk(tree) for module in imported(node))
    }


def test_no_import_hides_in_a_function() -> None:
    assert list(hidden_imports()) == []


def test_no_layer_knows_a_higher_one() -> None:
    assert list(upward_imports()) == []


def test_only_the_packs_renderer_knows_weasyprint() -> None:
    assert {name for name in who_imports_weasyprint() if not name.startswith("minutes/packs/render")} == set()


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    from minutes.models import Pack\n",
        "class A:\n    async def f(self):\n        import minutes.packs\n",
        "def f():\n    return import_module('minutes.packs')\n",
        "def f():\n    from governance.models import Board\n",
    ],
)
def test_a_hidden_import_is_found(tmp_path: Path, text: str) -> None:
    plant(tmp_path, "governance/views.py", text)
    plant(tmp_path, "governance/apps.py", "class Governance:\n    def ready(self):\n        from governance import checks")
    assert len(list(hidden_imports(tmp_path))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "import minutes.models",
        "from home import search",
        "if TYPE_CHECKING:\n    from minutes.models import Pack",
        "x = __import__('config.settings')",
        "from tests.factories import board",
    ],
)
def test_an_upward_import_is_found(tmp_path: Path, text: str) -> None:
    plant(tmp_path, "governance/views.py", text)
    plant(tmp_path, "minutes/views.py", "from governance.models import Board\nfrom minutes.models import Pack\nimport django")
    assert len(list(upward_imports(tmp_path))) == 1


def test_another_user_of_weasyprint_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "minutes/views.py", "def f():\n    from weasyprint import HTML\n")
    plant(tmp_path, "minutes/packs/render.py", "import weasyprint")
    assert who_imports_weasyprint(tmp_path) == {"minutes/views.py", "minutes/packs/render.py"}
