"""What a page paints, in its order, and which words of it nobody sees. Pure: it is given boxes and colours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""
Colour = tuple[float, float, float]
WHITE: Colour = (1.0, 1.0, 1.0)
SAME_COLOUR = 0.06
COVERS = 0.75
"""How much of a word's box something must cover to hide it."""
OF_THE_PAGE = 0.6
"""A picture of more than this part of the page is the page itself, as a scanner makes it."""
UNSEEN_MODES = frozenset({3, 7})
FEWEST_LETTERS = 3
"""So many letters are text; fewer are a bullet or a mark."""


@dataclass(frozen=True)
class Word:
    """Letters painted together.

    Attributes:
        order: how many things were painted before.
        colour: none where it is not known.
        mode: how it is painted; 3 and 7 are not at all.
    """

    order: int
    box: Box
    letters: str
    colour: Colour | None = None
    mode: int = 0


@dataclass(frozen=True)
class Area:
    """A filled area or a picture.

    Attributes:
        hides: whether what is under it cannot be seen.
        is_picture: whether it is a picture, whose colours are not known.
    """

    order: int
    box: Box
    colour: Colour | None = None
    hides: bool = True
    is_picture: bool = False


@dataclass
class Painted:
    """One page.

    Attributes:
        box: its visible part.
        text: its words in the order they are painted, with line ends.
        foot_is_empty: whether nothing at all is painted where the pack would print its number.
    """

    box: Box
    words: list[Word] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    text: str = ""
    foot_is_empty: bool = False

    @property
    def is_scanned(self) -> bool:
        """Whether it is only a picture."""
        has_words = any(word.letters.strip() for word in self.words)
        return not has_words and any(area.is_picture and part_of(self.box, area.box) > 0.5 for area in self.areas)


def part_of(box: Box, by: Box) -> float:
    """Which part of a box another one covers, from 0 to 1."""
    width = min(box[2], by[2]) - max(box[0], by[0])
    height = min(box[3], by[3]) - max(box[1], by[1])
    whole = (box[2] - box[0]) * (box[3] - box[1])
    return width * height / whole if width > 0 and height > 0 and whole > 0 else 0.0


def covered(page: Painted, above: Sequence[Box] = ()) -> str:
    """The words under something that was painted over them.

    Args:
        above: boxes of notes and marks, which lie above everything that is painted.
    """
    covers = [area for area in page.areas if area.hides and not (area.is_picture and part_of(page.box, area.box) > OF_THE_PAGE)]
    covers += [Area(len(page.words) + len(page.areas) + 1, box) for box in above]
    return _joined(word for word in page.words if any(_hides(area, word) for area in covers))


def _hides(area: Area, word: Word) -> bool:
    box, over = word.box, area.box
    if area.order < word.order or over[0] >= box[2] or over[2] <= box[0] or over[1] >= box[3] or over[3] <= box[1]:
        return False
    return word.mode not in UNSEEN_MODES and part_of(box, over) >= COVERS


def unseen(page: Painted) -> str:
    """The words that are painted so that nobody sees them: in no colour, or in the colour of what is behind them."""
    return _joined(word for word in page.words if _is_unseen(word, page.areas))


def _is_unseen(word: Word, areas: Sequence[Area]) -> bool:
    middle = ((word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2)
    behind = [area for area in areas if _holds(area.box, middle)]
    if word.mode in UNSEEN_MODES:
        # Recognised text lies unseen over, or under, the picture that it was read from.
        return not any(area.is_picture for area in behind)
    earlier = [area for area in behind if area.order < word.order]
    background = earlier[-1].colour if earlier else WHITE
    if background is None or word.colour is None:
        return False
    return max(abs(one - other) for one, other in zip(word.colour, background, strict=True)) < SAME_COLOUR


def outside(page: Painted) -> str:
    """The words outside the visible part of the page."""
    return _joined(word for word in page.words if part_of(word.box, page.box) == 0.0)


def _holds(box: Box, point: tuple[float, float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _joined(words: Iterator[Word]) -> str:
    """The words as text; nothing where there are too few letters to say anything."""
    text = " ".join(letters for word in words if (letters := word.letters.strip()))
    return text if sum(letter.isalnum() for letter in text) >= FEWEST_LETTERS else ""
