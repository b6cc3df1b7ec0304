"""What apps add to the lists of an app below: each once, in order."""

from collections.abc import Callable

import pytest

from governance.registering import Additions, NamedAdditions


def first() -> None:
    """Something to add."""


def second() -> None:
    """Something else."""


def test_each_is_added_once_and_in_order() -> None:
    added: Additions[Callable[[], None]] = Additions("is on the list")
    added.add(second)
    added.add(first)
    with pytest.raises(ValueError, match="first is on the list already"):
        added.add(first)
    assert list(added) == [second, first]


def test_a_name_is_taken_once() -> None:
    added: NamedAdditions[str, Callable[[], None]] = NamedAdditions("is swept")
    added.add("mail", first)
    with pytest.raises(ValueError, match="mail is swept already"):
        added.add("mail", second)
    assert dict(added) == {"mail": first}
