"""The finished file: its numbers, bookmarks and links agree; the same content makes the same bytes."""

import re
import subprocess
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from minutes.enums import PackAudience, PackEdition, PackKind
from minutes.packs.build import BuiltPack, build
from minutes.packs.content import PackContent
from minutes.packs.render import SectionFailed
from tests.minutes.packs.sample import CANARY, action_lines, minutes_of_july, rows, sample_pack

run = partial(subprocess.run, check=True, capture_output=True, text=True)


def page_of(pack: BuiltPack) -> dict[str, int]:
    """The first page of each section of a first issue."""
    return {row["key"]: int(row["labels"][0]) for row in pack.layout}


@pytest.fixture(scope="module")
def read_aloud(sections_kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample pack with a short table and few actions: what a screen reader is given is slow to ask for, page by page."""
    items = list(sample_pack().items)
    items[7] = replace(items[7], body="<p>Ward by ward.</p>" + rows(7))
    content = sample_pack(items=tuple(items), actions=action_lines(3))
    return build(content, cache_dir=sections_kept, target=tmp_path_factory.mktemp("aloud") / "pack.pdf").file


@pytest.fixture(scope="module")
def spoken(read_aloud: Path) -> str:
    """What a screen reader is given, in its order. Asked for once."""
    return run(["pdfinfo", "-struct-text", read_aloud]).stdout


def page_texts(file: Path) -> list[str]:
    return run(["pdftotext", "-layout", file, "-"]).stdout.removesuffix("\f").split("\f")


def test_each_page_prints_the_number_that_viewers_show(built: BuiltPack, built_file: Path) -> None:
    texts = page_texts(built_file)
    assert len(texts) == built.pages > 15
    with pikepdf.open(built_file) as pdf:
        for number, (text, page) in enumerate(zip(texts, pdf.pages, strict=True), start=1):
            assert text.split()[-1] == str(number) == str(page.label)


def test_the_contents_list_the_page_where_each_section_starts(built: BuiltPack, built_file: Path) -> None:
    texts = page_texts(built_file)
    contents = texts[page_of(built)["agenda"] - 1]
    places = {
        "3": ("Minutes of the meeting on 9 July 2026", "previous-minutes", "Neuadd y Dref, Llanfair"),
        "5": ("What came of our actions", "actions", "At a glance"),
        "8": ("Winter plan for health and care", "item-8", "Where help is needed most"),
        "11": ("Extra care housing: land", "item-11", "Legal ground"),
    }
    for number, (title, key, first_words) in places.items():
        listed = re.search(rf"^\s*{number}\s+{title}\s+\d+\s+(\d+)\s*$", contents, re.MULTILINE)
        assert listed and int(listed[1]) == page_of(built)[key]
        assert first_words in texts[page_of(built)[key] - 1]


def starts(items: Iterable[pikepdf.OutlineItem], pdf: pikepdf.Pdf) -> dict[str, int]:
    """The pages that bookmarks lead to, by their words."""
    pages = page_numbers(pdf)
    places = [(item.title, item.destination) for item in items]
    return {title: pages[place[0].objgen] for title, place in places if isinstance(place, pikepdf.Array)}


def page_numbers(pdf: pikepdf.Pdf) -> dict[Any, int]:
    return {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}


def test_bookmarks_are_nested_and_lead_to_the_sections(built: BuiltPack, built_file: Path) -> None:
    with pikepdf.open(built_file) as pdf, pdf.open_outline() as outline:
        top = starts(outline.root, pdf)
        assert list(top.values()) == [page_of(built)[key] for key in ("cover", "agenda", "previous-minutes", "actions")]
        sheets = starts(outline.root[1].children, pdf)
        assert sheets["7. Designing home care with the people who use it"] == page_of(built)["item-7"]
        assert sheets["11. Extra care housing: land"] == page_of(built)["item-11"]
        below = [item.title for item in outline.root[1].children[0].children]
        assert below == ["The board is asked to agree", "What people told us"]


def test_links_lead_to_the_sections_they_name(built: BuiltPack, built_file: Path) -> None:
    with pikepdf.open(built_file) as pdf:
        pages = page_numbers(pdf)
        links = [link for page in pdf.pages for link in page.obj.get("/Annots", [])]
        assert not [link for link in links if "/A" in link and bytes(link.A.URI).startswith(b"pack:")]
        agenda = list(pdf.pages[page_of(built)["agenda"] - 1].obj.Annots)
        led_to = list(dict.fromkeys(pages[link.Dest[0].objgen] for link in agenda))
        keys = ("previous-minutes", "actions", "item-7", "item-8", "item-10", "item-11")
        assert led_to == [page_of(built)[key] for key in keys]
        assert str(agenda[2].Contents) == "7. Designing home care with the people who use it (4)"
        named = {str(name) for name in pikepdf.NameTree(pdf.Root.Names.Dests)}
        within = [str(link.Dest) for link in links if isinstance(link.get("/Dest"), pikepdf.String)]
        assert len(within) == 12
        assert named.issuperset(within)


def test_the_file_says_what_it_is(built_file: Path) -> None:
    with pikepdf.open(built_file) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo.Title) == "Llanfair Health and Wellbeing Board: Ordinary meeting, 8 October 2026"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:language"] == {"en-GB"}


def test_the_structure_is_sound(built_file: Path) -> None:
    assert run(["qpdf", "--check", "--warning-exit-0", built_file]).stderr == ""


def test_it_is_read_aloud_in_printed_order_and_without_running_lines(spoken: str) -> None:
    order = [
        "Ordinary meeting",
        "Quorum",
        "Welcome, introductions",
        "The board is asked to agree",
        "Ward 7",
        "Action by action",
    ]
    positions = [spoken.index(words) for words in order]
    assert positions == sorted(positions)
    assert spoken.count('"Thursday 8 October 2026"') == 1
    assert "Dŵr" in spoken and "Tŷ" in spoken


def test_only_our_typeface_is_used_even_for_welsh_letters(built_file: Path) -> None:
    with pikepdf.open(built_file) as pdf:
        descriptors = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/FontName" in thing]
        names = {str(descriptor.FontName).split("+")[1].replace("-", "") for descriptor in descriptors}
        assert all("/FontFile2" in descriptor for descriptor in descriptors)
    assert {name.replace("Bold", "").replace("Italic", "") for name in names} == {"AtkinsonHyperlegibleNext"}


def test_of_a_restricted_item_only_the_public_face_is_in_the_file(built_file: Path, spoken: str, tmp_path: Path) -> None:
    plain, decoded = tmp_path / "plain.pdf", pikepdf.StreamDecodeLevel.all
    with pikepdf.open(built_file) as pdf:
        pdf.save(plain, object_stream_mode=pikepdf.ObjectStreamMode.disable, stream_decode_level=decoded)
    everything = plain.read_bytes() + "".join((*page_texts(built_file), spoken)).encode()
    for secret in (CANARY, "must never be printed"):
        assert secret.encode() not in everything
        assert secret.encode("utf-16-be") not in everything
    assert b"Publishing the price" in everything


def test_the_same_content_makes_the_same_bytes(built: BuiltPack, tmp_path: Path) -> None:
    again = build(sample_pack(), cache_dir=tmp_path / "sections", target=tmp_path / "pack.pdf")
    assert again.sha256 == built.sha256
    assert again.rendered == 8


def test_a_second_build_renders_only_what_changed(built: BuiltPack, sections_kept: Path, tmp_path: Path) -> None:
    def with_item_7(content: PackContent, **changes: object) -> PackContent:
        items = list(content.items)
        items[6] = replace(items[6], **changes)  # type: ignore[arg-type]
        return replace(content, items=tuple(items))

    unchanged = build(sample_pack(), cache_dir=sections_kept, target=tmp_path / "pack.pdf")
    assert (unchanged.rendered, unchanged.reused) == (0, 8)
    reworded = build(
        with_item_7(sample_pack(), body="<p>Short.</p>" + "<p>More.</p>" * 40),
        cache_dir=sections_kept,
        target=tmp_path / "pack.pdf",
    )
    assert (reworded.rendered, reworded.reused) == (1, 7)
    moved = build(with_item_7(sample_pack(), body="<p>Long.</p>" * 200), cache_dir=sections_kept, target=tmp_path / "pack.pdf")
    assert page_of(moved)["item-8"] > page_of(built)["item-8"]
    assert (moved.rendered, moved.reused) == (2, 6)


def test_contents_longer_than_a_page_settle(sections_kept: Path, tmp_path: Path) -> None:
    lines = [replace(sample_pack().items[9], number=f"{n}", body=f"<p>Item {n}</p>") for n in range(1, 31)]
    pack = build(
        sample_pack(items=tuple(lines), previous_minutes=None, actions=()),
        cache_dir=sections_kept,
        target=tmp_path / "pack.pdf",
    )
    assert page_of(pack)["item-1"] - page_of(pack)["agenda"] > 1


def test_progress_is_told_for_each_section(built: BuiltPack, sections_kept: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build(sample_pack(), cache_dir=sections_kept, target=tmp_path / "pack.pdf", progress=lambda *done: told.append(done))
    assert [count for _title, count, _total in told] == list(range(1, 9))
    assert told[-1] == ("Agenda", 8, 8)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<p>Fine</p><script>x</script>", "The text holds “<script>”"),
        ("<ul><li>deep " * 200 + "deepest" + "</li></ul>" * 200, "The text is nested too deep to print: more than 8 lists"),
        ("<p>Fine</p><img src='/media/map.png'>", "A picture in the text has no description"),
    ],
)
def test_text_that_cannot_be_printed_names_its_section(look: None, tmp_path: Path, body: str, reason: str) -> None:
    item = replace(sample_pack().items[6], body=body)
    with pytest.raises(SectionFailed, match=rf"7\. Designing .*: {reason}"):
        build(sample_pack(items=(item,)), cache_dir=tmp_path / "sections", target=tmp_path / "pack.pdf")
    assert not (tmp_path / "pack.pdf").exists()


def test_html_in_plain_fields_is_printed_as_typed(sections_kept: Path, tmp_path: Path) -> None:
    item = replace(
        sample_pack().items[6], title="<img src=x> {{ pages }}", presenter='"><link href="file:///x">', body="<p>b</p>"
    )
    pack = build(
        sample_pack(items=(item,), previous_minutes=None, actions=()), cache_dir=sections_kept, target=tmp_path / "pack.pdf"
    )
    file = pack.file
    assert "<img src=x> {{ pages }}" in page_texts(file)[page_of(pack)["item-7"] - 1]


@pytest.mark.parametrize(
    "changes", [{"audience": PackAudience.MEMBERS}, {"edition": PackEdition.LARGE_PRINT}, {"language": "cy"}]
)
def test_other_readers_packs_are_built_too(sections_kept: Path, tmp_path: Path, changes: dict[str, object]) -> None:
    pack = build(sample_pack(**changes), cache_dir=sections_kept, target=tmp_path / "pack.pdf")
    assert pack.pages >= 19


def test_minutes_and_actions_are_packs_of_their_own(sections_kept: Path, tmp_path: Path) -> None:
    minutes = build(
        sample_pack(kind=PackKind.MINUTES, minutes=minutes_of_july()), cache_dir=sections_kept, target=tmp_path / "pack.pdf"
    )
    actions = build(sample_pack(kind=PackKind.ACTIONS), cache_dir=sections_kept, target=tmp_path / "pack.pdf")
    assert set(page_of(minutes)) == {"cover", "minutes"}
    assert set(page_of(actions)) == {"cover", "actions"}
