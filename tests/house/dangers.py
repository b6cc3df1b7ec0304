"""Finds what opens a door to somebody's own markup, SQL or endless waiting, in the sources and templates that are served."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import APPS, ROOT, name_of, project_files, python_files, text_of

SERVED = (*(f"{app}/" for app in APPS), "site/")
TRUSTS_MARKUP = {"mark_safe", "SafeString", "SafeText"}
RUNS_SQL = {"execute", "executemany", "raw", "RawSQL", "extra"}
FETCHES = {"requests", "httpx"}
FETCHING = {"get", "post", "put", "patch", "delete", "head", "options", "request"}
SCANNED = (*SERVED, ".ci/")
LEFT_ALONE = re.compile(r"#\s*nosec\b:?([^#]*)(#?)")
"""What tells bandit to look away: the rules it names, and the reason behind them."""
TEMPLATE = re.compile(r"\|\s*safe(?:seq)?\b|\{%-?\s*autoescape\s+off")


def dangers(root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """The file and the kind of each danger."""
    for name, text, tree in python_files(root):
        if name.startswith(SCANNED) and "/migrations/" not in name:
            yield from ((name, kind) for found in LEFT_ALONE.finditer(text) for kind in _left_alone(*found.groups()))
        if name.startswith(SERVED) and "/migrations/" not in name:
            for node in ast.walk(tree):
                kind = _danger(node)
                if kind:
                    yield name, kind
    for file in project_files(root, ".html", ".txt", ".xml"):
        name = name_of(file, root)
        if "templates/" in name and not name.startswith("tests/"):
            yield from ((name, "markup") for _found in TEMPLATE.finditer(text_of(file)))


def _left_alone(rules: str, reason: str) -> list[str]:
    """The rules that bandit is told to leave alone at one place. Each has to be named, and there has to be a reason."""
    named = re.findall(r"B\d{3}", rules)
    if not named:
        return ["nosec everything"]
    return [f"nosec {rule}" for rule in named] if reason else ["nosec without a reason"]


def _danger(node: ast.AST) -> str:
    if isinstance(node, ast.Name | ast.Attribute) and _last(node) == "csrf_exempt":
        return "forgery"
    if not isinstance(node, ast.Call):
        return ""
    called = _last(node.func)
    if called in TRUSTS_MARKUP and not _written_here(node):
        return "markup"
    if called == "format_html" and not _written_here(node):
        return "markup"
    if called in RUNS_SQL and node.args and _made_of_parts(node.args[0]):
        return "sql"
    if _fetches(node.func) and "timeout" not in {keyword.arg for keyword in node.keywords}:
        return "waiting"
    return ""


def _written_here(node: ast.Call) -> bool:
    """Whether what is trusted is a text in the source, perhaps a translated one."""
    first = node.args[0] if node.args else None
    if isinstance(first, ast.Call) and _last(first.func) in {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}:
        first = first.args[0] if first.args else None
    return isinstance(first, ast.Constant)


def _made_of_parts(node: ast.expr) -> bool:
    """Whether a text is put together on the spot: an f-string, `%`, `+` or `.format()`."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Mod | ast.Add)
    return isinstance(node, ast.Call) and _last(node.func) == "format"


def _fetches(node: ast.expr) -> bool:
    if _last(node) == "urlopen":
        return True
    return isinstance(node, ast.Attribute) and node.attr in FETCHING and _last(node.value) in FETCHES


def _last(node: ast.AST) -> str:
    """The last name of `a.b.c`."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
