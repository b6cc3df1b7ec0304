"""What changed between two versions of a pack."""

from minutes.pack_changes import changes_between, in_a_sentence


def section(key: str, digest: str = "a", page: str = "1", title: str = "") -> dict:
    return {"key": key, "title": title or key.capitalize(), "digest": digest, "labels": [page]}


def test_what_was_added_changed_and_removed_is_told_with_its_page() -> None:
    before = [section("cover"), section("item-7", "a", "4"), section("item-8", "a", "6")]
    after = [section("cover", "b"), section("item-7", "b", "4"), section("item-9", "a", "7A")]
    assert changes_between(before, after) == [
        {"how": "changed", "title": "Item-7", "page": "4", "was": "4"},
        {"how": "added", "title": "Item-9", "page": "7A", "was": ""},
        {"how": "removed", "title": "Item-8", "page": "", "was": "6"},
    ]


def test_what_differs_in_every_version_is_no_change() -> None:
    assert changes_between([section("cover"), section("agenda")], [section("cover", "b"), section("agenda", "c")]) == []


def test_nothing_is_told_of_equal_versions() -> None:
    assert changes_between([section("item-7")], [section("item-7")]) == []
    assert in_a_sentence([]) == ""


def test_the_sentence_names_a_few_sections_and_counts_many() -> None:
    one = changes_between([section("item-7", "a")], [section("item-7", "b", title="7. Home care")])
    assert in_a_sentence(one) == "Changed: “7. Home care”."
    several = changes_between([section("item-1")], [section(f"item-{number}") for number in range(2, 7)])
    assert in_a_sentence(several) == "New: 5 sections; taken out: “Item-1”."
