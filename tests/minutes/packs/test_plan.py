"""Which sections a pack has, and in what order."""

from dataclasses import asdict, replace

import pytest

from minutes.enums import PackAudience, PackKind
from minutes.packs import registry
from minutes.packs.content import PackContent
from minutes.packs.plan import as_printed, plan, section_that_answers
from minutes.packs.registry import Section, SectionKind, SectionKindExists, register
from tests.minutes.packs.sample import CANARY, action_lines, minutes_of_july, paper_line, sample_pack


def keys(content: PackContent) -> list[str]:
    return [section.key for section in plan(content)]


def test_an_agenda_pack_has_only_the_items_that_have_something_to_print() -> None:
    assert keys(sample_pack()) == ["cover", "agenda", "item-7", "item-8", "item-10", "item-11", "previous-minutes", "actions"]


def test_any_number_of_actions_is_printed_so_many_to_a_section_with_the_tally_on_the_first() -> None:
    report = [section for section in plan(sample_pack(actions=action_lines(150))) if section.key.startswith("actions")]
    assert [(section.key, section.title, section.level) for section in report] == [
        ("actions", "Actions report", 1),
        ("actions-61", "HWB-A61 to HWB-A120", 2),
        ("actions-121", "HWB-A121 to HWB-A150", 2),
    ]
    assert [len(section.context["actions"]) for section in report] == [60, 60, 30]
    assert sum(number for _mark, _words, number in report[0].context["tally"]) == 150
    assert not report[1].context["tally"] and not report[2].context["tally"]


def test_a_pack_of_actions_and_one_of_minutes_have_their_subject_only() -> None:
    assert keys(sample_pack(kind=PackKind.ACTIONS)) == ["cover", "actions"]
    assert keys(sample_pack(kind=PackKind.MINUTES, minutes=minutes_of_july())) == ["cover", "minutes"]


def test_nothing_is_planned_for_what_is_not_there() -> None:
    assert keys(sample_pack(items=(), previous_minutes=None, actions=())) == ["cover"]


def test_item_sheets_are_bookmarked_below_the_agenda_and_named_in_the_foot() -> None:
    sheet = next(section for section in plan(sample_pack()) if section.key == "item-7")
    assert (sheet.level, sheet.foot) == (2, "7. Designing home care with the people who use it")


def test_only_the_agenda_lists_pages() -> None:
    assert [section.key for section in plan(sample_pack()) if section.lists_pages] == ["agenda"]


def test_a_restricted_item_keeps_only_its_public_face() -> None:
    item = as_printed(sample_pack()).items[10]
    assert item.title == "Extra care housing: land"
    assert (item.presenter, item.body, item.recommendations) == ("", "", ())
    assert CANARY not in str(asdict(as_printed(sample_pack())))


def test_no_section_is_given_the_text_of_a_restricted_item() -> None:
    given = repr(plan(sample_pack()))
    assert CANARY not in given
    assert "must never be printed" not in given


def test_two_items_with_one_number_are_refused() -> None:
    lines = sample_pack().items
    with pytest.raises(ValueError, match="same number"):
        sample_pack(items=(lines[0], replace(lines[1], number="1")))


def test_a_colour_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="brand colour"):
        sample_pack(brand_colour="red; background: url(file:///etc/passwd)")


def test_a_section_comes_from_one_place() -> None:
    with pytest.raises(ValueError, match="either a template or a paper"):
        Section(key="x", title="x")
    with pytest.raises(ValueError, match="either a template or a paper"):
        Section(key="x", title="x", template="x.html", paper=paper_line("x"))


def test_a_higher_app_adds_a_kind_for_its_audience_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_kinds", dict(registry._kinds))
    kind = SectionKind(
        name="map",
        order=15,
        packs=frozenset({PackKind.AGENDA}),
        audiences=frozenset({PackAudience.MEMBERS}),
        sections=lambda content: [Section(key="map", title="Map", template="map.html")],
    )
    register(kind)
    assert keys(sample_pack(audience=PackAudience.MEMBERS))[:3] == ["cover", "map", "agenda"]
    assert "map" not in keys(sample_pack())
    with pytest.raises(SectionKindExists, match="map"):
        register(kind)


def test_two_sections_of_one_key_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_kinds", dict(registry._kinds))
    again = SectionKind(
        name="cover again",
        order=90,
        packs=frozenset(PackKind),
        sections=lambda content: [Section(key="cover", title="Cover", template="cover.html")],
    )
    register(again)
    with pytest.raises(ValueError, match="same key"):
        plan(sample_pack())


@pytest.mark.parametrize(
    ("title", "section"),
    [
        ("Minutes", "previous-minutes"),
        ("Draft minutes of the meeting held on 9 July 2026", "previous-minutes"),
        ("Apologies, declarations and minutes of the previous meeting", "previous-minutes"),
        ("Minutes of the last meeting.", "previous-minutes"),
        ("Minutes of the Children's Sub-Committee", ""),
        ("Ten minutes of exercise a day", ""),
        ("Matters arising", "actions"),
        ("Action log", "actions"),
        ("Progress on actions from previous meetings", "actions"),
        ("Actions on damp homes", ""),
        ("Home care", ""),
    ],
)
def test_an_item_without_a_sheet_leads_to_the_section_that_is_its_paper(title: str, section: str) -> None:
    assert section_that_answers(title) == section
