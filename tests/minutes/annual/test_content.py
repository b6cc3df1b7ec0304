"""What an annual report says survives being kept, and its digest changes when it says something else."""

from dataclasses import replace
from datetime import date

import pytest

from minutes.annual.content import AnnualContent
from minutes.templatetags.annual import notice_in_all, notice_of
from tests.minutes.annual.sample import sample_year


def test_what_is_kept_is_read_again_as_it_was() -> None:
    content = sample_year()
    assert AnnualContent.from_plain(content.plain()) == content


def test_what_another_version_kept_is_not_guessed_at() -> None:
    kept = sample_year().plain()
    del kept["points"]
    with pytest.raises(KeyError):
        AnnualContent.from_plain(kept)


def test_the_digest_is_of_what_it_says_and_not_of_the_day() -> None:
    content = sample_year()
    assert replace(content, as_at=date(2027, 1, 1)).digest == content.digest
    assert replace(content, called_off=2).digest != content.digest
    assert replace(content, workshops=()).digest != content.digest


def test_the_sums() -> None:
    content = sample_year()
    assert (content.in_time, content.short_notice, content.notice_unrecorded) == (1, 1, 1)
    assert (content.came, content.came_unrecorded) == (14, 1)
    assert content.points.waiting == 1


def test_notice_in_words() -> None:
    content = sample_year()
    assert [notice_of(meeting) for meeting in content.meetings] == [
        "6 clear days, in time",
        "1 clear day, too late. Snow had closed the office.",
        "Not recorded",
    ]
    assert notice_in_all(content) == (
        "The agenda of 1 meeting was published in time, 1 was late, for 1 it is not recorded. The board's rule is 5 clear days."
    )
