"""Walking the structure tree of a tagged PDF: the order and the roles in which a pack is read aloud (ISO 32000-1, 14.7)."""

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Object


def kids(element: Object) -> list[Any]:
    """What an element holds: elements, references to annotations, numbers of marked content."""
    inner = element.get("/K")
    if inner is None:
        return []
    return list(inner) if isinstance(inner, Array) else [inner]


def is_element(thing: Any) -> bool:
    """Whether it is a structure element, and not a reference to content."""
    return isinstance(thing, Dictionary) and "/S" in thing


def elements(top: Object) -> Iterator[Object]:
    """Every structure element below `top`, each once."""
    stack, seen = [kid for kid in kids(top) if is_element(kid)], set()
    while stack:
        element = stack.pop()
        if element.objgen in seen:
            continue
        seen.add(element.objgen)
        yield element
        stack.extend(kid for kid in kids(element) if is_element(kid))


def leaves_of(tree: Any) -> list[Any]:
    """The leaves of a tree that we wrote: a section's is one leaf, and a pack's has one for each of its sections."""
    return list(tree.Kids) if "/Kids" in tree else [tree]


def entries(tree: Object | None) -> Iterator[tuple[Any, Any]]:
    """The keys and values of a number tree or name tree, as written."""
    if tree is None:
        return
    for kid in tree.get("/Kids", []):
        yield from entries(kid)
    for name in ("/Nums", "/Names"):
        flat = list(tree.get(name) or ())
        for index in range(0, len(flat), 2):
            yield flat[index], flat[index + 1]
