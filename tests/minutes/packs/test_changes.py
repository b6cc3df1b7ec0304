"""What two versions of a pack say differently, from their layouts alone."""

from typing import Any

from minutes.packs.changes import changes_between, in_a_sentence


def row(key: str, digest: str, *labels: str) -> dict[str, Any]:
    return {"key": key, "title": key.title(), "level": 1, "digest": digest, "labels": list(labels), "unused": []}


BEFORE = [row("cover", "", "1"), row("sheet", "a", "2", "3"), row("paper", "b", "4", "5"), row("minutes", "c", "6")]
AFTER = [row("cover", "", "1"), row("sheet", "x", "2", "3", "3A"), row("late", "d", "3B"), row("minutes", "c", "6")]


def test_each_part_is_told_with_its_pages() -> None:
    told = [(change["how"], change["key"], change["page"], change["was"]) for change in changes_between(BEFORE, AFTER)]
    assert told == [("changed", "sheet", "2–3, 3A", "2–3"), ("added", "late", "3B", ""), ("removed", "paper", "", "4–5")]


def test_the_changes_are_said_in_a_sentence() -> None:
    assert in_a_sentence(changes_between(BEFORE, AFTER)) == "New: “Late”; changed: “Sheet”; taken out: “Paper”."


def test_many_parts_are_counted() -> None:
    new = [row(f"paper-{number}", "e", str(number)) for number in range(1, 6)]
    assert in_a_sentence(changes_between([], new)) == "New: 5 parts."


def test_a_part_that_only_leads_to_others_is_no_change() -> None:
    moved = [row("cover", "", "1", "1A"), *BEFORE[1:], row("agenda", "", "7")]
    assert changes_between(BEFORE, moved) == []
    assert in_a_sentence([]) == "Nothing that is printed has changed."
