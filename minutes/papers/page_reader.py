"""Reads what a page of a PDF paints: its words with their places and colours, its filled areas and its pictures."""

from dataclasses import replace
from typing import Any

import pikepdf

from minutes.papers.fonts import Font
from minutes.papers.graphics import IDENTITY, State, common, placed, times
from minutes.papers.page_run import Run
from minutes.papers.painted import Area, Box, Colour, Painted, Word

MOST_OPERATIONS = 2_000_000
MOST_AREAS = 4_000
DEEPEST = 8
THICK = 5.0
"""A line of so many points hides what is under it, like a marker pen."""


class TooMuchOnAPage(Exception):
    """A page paints more than a page can hold."""


class PageReader:
    """Follows the instructions of one page.

    Args:
        page: of an open PDF.
        hidden_layers: the objects of layers that are switched off.
        fonts: fonts read before, by their object; shared between pages.
        foot: the part of the page of which it is told whether anything is painted there; None where that is not asked.
    """

    def __init__(self, page: pikepdf.Page, hidden_layers: set[Any], fonts: dict[Any, Font], foot: Box | None = None) -> None:
        self._page, self.hidden_layers, self._fonts, self._foot = page, hidden_layers, fonts, foot
        self.painted = Painted(tuple(float(side) for side in page.cropbox))  # type: ignore[arg-type]
        self.painted.foot_is_empty = foot is not None
        self._operations = 0
        self._order = 0
        self._lines: list[str] = []
        self._baseline: float | None = None

    def read(self) -> Painted:
        """What the page paints.

        Raises:
            TooMuchOnAPage: it never ends.
        """
        resources = self._page.obj.get("/Resources", self._page.resources)
        self._follow(self._page, resources, State(IDENTITY), 0)
        self.painted.text = "".join(self._lines).strip()
        return self.painted

    def _follow(self, stream: Any, resources: Any, state: State, depth: int) -> None:
        run = Run(self, resources, state, depth)
        for instruction in pikepdf.parse_content_stream(stream):
            self._operations += 1
            if self._operations > MOST_OPERATIONS:
                raise TooMuchOnAPage
            run.take(str(instruction.operator), instruction.operands)

    def word(self, state: State, box: Box, letters: str, baseline: float) -> None:
        """Keep a word."""
        self._order += 1
        self.painted.words.append(Word(self._order, box, letters, state.fill, state.mode))
        if self._baseline is not None:
            self._lines.append(" " if abs(baseline - self._baseline) < max(abs(box[3] - box[1]) * 0.4, 1.0) else "\n")
        self._baseline = baseline
        self._lines.append(letters)

    def ink(self, box: Box | None) -> None:
        """Something is painted within a box, visible or not; None where nobody can tell where."""
        foot = self._foot
        if foot is None or (box is not None and (box[1] > foot[3] or box[3] < foot[1] or box[0] > foot[2] or box[2] < foot[0])):
            return
        self.painted.foot_is_empty = False

    def area(self, box: Box, colour: Colour | None, *, hides: bool, is_picture: bool = False) -> None:
        """Keep an area that is large enough to hide a letter."""
        if box[2] - box[0] < 3 or box[3] - box[1] < 3 or len(self.painted.areas) >= MOST_AREAS:
            return
        self._order += 1
        self.painted.areas.append(Area(self._order, box, colour, hides, is_picture))

    def font(self, resources: Any, name: Any) -> Font | None:
        """A font by its name on this page."""
        try:
            dictionary = resources.Font[str(name)]
            key = dictionary.objgen if dictionary.is_indirect else str(name)
            if key not in self._fonts:
                self._fonts[key] = Font(dictionary)
            return self._fonts[key]
        except (AttributeError, KeyError, IndexError, TypeError, ValueError):
            return None

    def is_hidden_layer(self, resources: Any, name: Any) -> bool:
        """Whether what belongs to this layer is switched off."""
        try:
            return resources.Properties[str(name)].objgen in self.hidden_layers
        except (AttributeError, KeyError, TypeError, ValueError):
            return False

    def form(self, drawn: Any, resources: Any, state: State, depth: int) -> None:
        """Follow a part that is drawn as a whole."""
        if depth >= DEEPEST:
            self.ink(None)
            return
        matrix = tuple(float(number) for number in drawn.get("/Matrix", IDENTITY))
        place = times(matrix, state.place) if len(matrix) == 6 else state.place
        sides = [float(side) for side in drawn.get("/BBox", (0, 0, 0, 0))]
        clip = common(
            placed([(sides[0], sides[1]), (sides[0], sides[3]), (sides[2], sides[1]), (sides[2], sides[3])], place), state.clip
        )
        self._follow(drawn, drawn.get("/Resources", resources), replace(state, place=place, clip=clip), depth + 1)
