"""Finds rows that belong to pages read past what says which of them are public."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField, OneToOneField

from wagtail.models import Page

from tests.house.sources import APPS, ROOT, name_of, project_files, python_files, text_of

# What a manager is asked for. `public` is not among them: that is the one door.
ASKED = frozenset(
    [
        "all",
        "filter",
        "exclude",
        "get",
        "first",
        "last",
        "earliest",
        "latest",
        "count",
        "exists",
        "values",
        "values_list",
        "order_by",
        "select_related",
        "prefetch_related",
        "annotate",
        "aggregate",
        "in_bulk",
        "iterator",
        "none",
        "union",
        "distinct",
        "only",
        "defer",
        "reverse",
        "raw",
        "using",
        "dates",
        "datetimes",
    ]
)
MANAGERS = frozenset({"objects", "_default_manager", "_base_manager"})


@dataclass(frozen=True)
class Guarded:
    """The names by which rows with a public side are reached.

    Attributes:
        models: their classes.
        accessors: from the other end of their relations, such as `papers` of an item.
        forward: relations of other records to one such row, such as `commitment` of an action.
    """

    models: frozenset[str]
    accessors: frozenset[str]
    forward: frozenset[str]


def guarded() -> Guarded:
    """Every class of ours that is no page and says which of its rows are public."""
    models = [
        model
        for model in apps.get_models()
        if model._meta.app_label in APPS and not issubclass(model, Page) and hasattr(model._default_manager, "public")
    ]
    relations = (ForeignKey, OneToOneField, ManyToManyField)
    own = [field for model in models for field in model._meta.get_fields() if isinstance(field, relations)]
    accessors = {str(name) for field in own if (name := field.remote_field.get_accessor_name())} - {"+"}
    forward = {
        field.name
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, relations) and field.related_model in models and model not in models
    }
    return Guarded(frozenset(model.__name__ for model in models), frozenset(accessors), frozenset(forward))


def unguarded_reads(names: Guarded, root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """The file and the words of every read that does not ask for what is public."""
    for name, _text, tree in python_files(root):
        if name.split("/")[0] in APPS and "/migrations/" not in name:
            for node in ast.walk(tree):
                if (words := _python_read(node, names)) is not None:
                    yield name, words
    reaches = re.compile(rf"\.(?:{'|'.join(names.accessors)})\.(?:{'|'.join(ASKED)})\b|\.(?:{'|'.join(names.forward)})\b(?!_)")
    for file in project_files(root, ".html", ".txt", ".xml"):
        for tag in re.findall(r"{[{%].*?[}%]}", text_of(file), flags=re.DOTALL):
            yield from ((name_of(file, root), match[0]) for match in reaches.finditer(tag))


def _python_read(node: ast.AST, names: Guarded) -> str | None:
    """The words of a read that is not guarded, if the node is one."""
    if isinstance(node, ast.Attribute):
        reached = node.value
        if isinstance(reached, ast.Attribute) and node.attr in ASKED:
            of_class = reached.attr in MANAGERS and _last_name(reached.value) in names.models
            if of_class or reached.attr in names.accessors:
                return ast.unparse(node)
        if node.attr in names.forward and isinstance(node.ctx, ast.Load):
            return ast.unparse(node)
    if isinstance(node, ast.Call):
        return _lookup(node, names)
    return None


def _lookup(call: ast.Call, names: Guarded) -> str | None:
    """A query over pages that looks through the relation, such as `filter(papers__title=…)` or `prefetch_related("papers")`."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in ASKED:
        return None
    given: list[Any] = [keyword.arg for keyword in call.keywords]
    if call.func.attr in {"prefetch_related", "select_related"}:
        given += [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
    for lookup in filter(None, given):
        if str(lookup).split("__")[0] in names.accessors:
            return f"{call.func.attr}({lookup})"
    return None


def _last_name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")
