"""Finding the words of a minute, putting new ones in their place, and showing both."""

import pytest

from minutes.rewording import Rewording, marked, reworded, times_found

MINUTE = {
    "text": "<p>Ten people <b>attended</b> the &amp; meeting. A plan was agreed.</p><p>A second plan was not.</p>",
    "presented_by": "Sue Wilson, Manager",
    "mover": "",
    "seconder": "Dr Lee",
}


@pytest.mark.parametrize(
    ("words", "times"),
    [
        ("Ten people attended", 1),
        ("Ten  people\nattended the & meeting", 1),
        ("ten", 0),
        ("tend", 0),
        ("plan was", 2),
        ("agreed. A second", 0),
        ("Dr Lee", 1),
        ("meeting.", 1),
        (" ", 0),
        ("", 0),
    ],
)
def test_words_are_found_whole_and_as_they_are_read(words: str, times: int) -> None:
    assert times_found(MINUTE, words) == times


def test_new_words_take_the_place_of_the_old_ones() -> None:
    changed = reworded(MINUTE, Rewording("people attended the", "people & <b>guests</b> came to the"))
    assert changed["text"].startswith("<p>Ten people &amp; &lt;b&gt;guests&lt;/b&gt; came to the<b></b> &amp; meeting.")
    assert changed["text"].endswith("<p>A second plan was not.</p>")
    assert reworded(MINUTE, Rewording("Dr Lee", r"Dr \1 Leigh"))["seconder"] == r"Dr \1 Leigh"


def test_what_is_read_shows_both_and_a_later_correction_reads_the_new_words() -> None:
    shown = marked(MINUTE, [Rewording("Ten people", "Twelve people"), Rewording("Twelve", "Twenty"), Rewording("Ten", "No")])
    assert shown["text"].startswith(
        "<p><del>Ten people</del> <ins><del>Twelve</del> <ins>Twenty</ins> people</ins> <b>attended</b>"
    )
    assert (
        marked(MINUTE, [Rewording("Manager", "Director")])["presented_by"]
        == "Sue Wilson, <del>Manager</del> <ins>Director</ins>"
    )
    assert marked(MINUTE, [Rewording("plan was", "plans were"), Rewording(" ", "x")])["text"] == MINUTE["text"]
