"""Follows the instructions of one stream of a PDF page (ISO 32000-1, 8 and 9): its paths, colours, pictures and words."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf

from minutes.papers.graphics import (
    BLACK,
    IDENTITY,
    KNOWN_SPACES,
    State,
    around,
    colour_of,
    common,
    is_upright,
    matrix,
    placed,
    shrunk,
    times,
)
from minutes.papers.painted import Box

OPAQUE = 0.9
FILLS, STROKES = {"f", "F", "f*", "B", "B*", "b", "b*"}, {"S", "s"}
ENDS = FILLS | STROKES | {"n"}
THICK = 5.0
"""A line of so many points hides what is under it, like a marker pen."""
GAP = 0.22
"""A jump of so many parts of the font's size is a space between words."""
_COLOURS = frozenset({"g", "rg", "k", "sc", "scn", "cs", "G", "RG", "K", "SC", "SCN", "CS"})
_IN_A_SPACE = frozenset({"sc", "scn", "SC", "SCN"})
_NUMBERS = {
    "Tc": ("spacing", 1.0),
    "Tw": ("word_spacing", 1.0),
    "Tz": ("stretch", 0.01),
    "TL": ("leading", 1.0),
    "Ts": ("rise", 1.0),
}


class Run:
    """One stream of instructions: the page's own or that of a part drawn as a whole."""

    def __init__(self, reader: Any, resources: Any, state: State, depth: int) -> None:
        self._reader, self._resources, self._state, self._depth = reader, resources, state, depth
        self._stack: list[State] = []
        self._marked: list[bool] = []
        self._rectangles: list[tuple[Box, bool]] = []
        self._path: list[tuple[float, float]] = []
        self._is_curved = self._clips = False
        self._reach: Box | None = None
        self._text = self._line = IDENTITY
        self._known: dict[str, Callable[[Any], None]] = {
            "q": self._save, "Q": self._restore, "cm": self._move, "gs": self._graphics, "w": self._width, "Do": self._draw,
            "re": self._rectangle, "m": self._start, "l": self._point, "c": self._curve, "v": self._curve, "y": self._curve,
            "W": self._clip, "W*": self._clip, "BT": self._begin, "Tf": self._set_font, "Td": self._next, "TD": self._next_leading,
            "Tm": self._matrix, "T*": self._next_line, "Tj": self._show, "TJ": self._show_apart, "'": self._show_next,
            '"': self._show_spaced, "BDC": self._mark, "BMC": self._mark, "EMC": self._unmark, "INLINE IMAGE": self._inline,
            "sh": self._shade,
        }  # fmt: skip

    def take(self, operator: str, operands: Any) -> None:
        """One instruction. One that makes no sense is passed over, as viewers do."""
        try:
            if operator in ENDS:
                self._end(operator)
            elif operator in _COLOURS:
                self._colour(operator, operands)
            elif operator in _NUMBERS:
                name, factor = _NUMBERS[operator]
                self._state = replace(self._state, **{name: float(operands[0]) * factor})  # type: ignore[arg-type]
            elif operator == "Tr":
                self._state = replace(self._state, mode=int(operands[0]))
            elif operator in self._known:
                self._known[operator](operands)
        except (AttributeError, KeyError, IndexError, TypeError, ValueError, OverflowError, pikepdf.PdfError):
            # A viewer may make something of it.
            self._reader.ink(None)

    def _save(self, operands: Any) -> None:
        self._stack.append(self._state)

    def _restore(self, operands: Any) -> None:
        self._state = self._stack.pop()

    def _move(self, operands: Any) -> None:
        self._state = replace(self._state, place=times(matrix(operands), self._state.place))

    def _width(self, operands: Any) -> None:
        self._state = replace(self._state, line=float(operands[0]))

    def _graphics(self, operands: Any) -> None:
        said = self._resources.ExtGState[str(operands[0])]
        opaque = self._state.opaque
        if "/ca" in said or "/BM" in said:
            blend = said.get("/BM", "/Normal")
            opaque = float(said.get("/ca", 1)) >= OPAQUE and str(blend) in {"/Normal", "/Compatible"}
        if "/Font" in said:
            self._state = replace(self._state, size=float(said.Font[1]))
        self._state = replace(self._state, opaque=opaque)

    def _colour(self, operator: str, operands: Any) -> None:
        name = "fill" if operator.islower() else "stroke"
        if operator in {"cs", "CS"}:
            known = self._is_known_space(str(operands[0]))
            self._state = replace(self._state, **{name: BLACK if known else None, f"{name}_is_known": known})  # type: ignore[arg-type]
            return
        numbers = [float(number) for number in operands if not isinstance(number, pikepdf.Name)]
        plain = len(numbers) == len(operands) and (operator not in _IN_A_SPACE or getattr(self._state, f"{name}_is_known"))
        known = operator not in _IN_A_SPACE or getattr(self._state, f"{name}_is_known")
        colour = colour_of(numbers) if plain else None
        self._state = replace(self._state, **{name: colour, f"{name}_is_known": known})  # type: ignore[arg-type]

    def _is_known_space(self, name: str) -> bool:
        if name in KNOWN_SPACES:
            return True
        try:
            return str(self._resources.ColorSpace[name][0]) in KNOWN_SPACES
        except (AttributeError, KeyError, IndexError, TypeError, ValueError):
            return False

    def _mark(self, operands: Any) -> None:
        layer = len(operands) > 1 and operands[0] == "/OC" and isinstance(operands[1], pikepdf.Name)
        self._marked.append(bool(layer and self._reader.is_hidden_layer(self._resources, operands[1])))

    def _unmark(self, operands: Any) -> None:
        self._marked.pop()

    @property
    def _shown(self) -> bool:
        return not any(self._marked)

    def _rectangle(self, operands: Any) -> None:
        x, y, width, height = (float(number) for number in operands)
        corners = [(x, y), (x + width, y), (x, y + height), (x + width, y + height)]
        self._rectangles.append((placed(corners, self._state.place), False))
        self._reaches(corners)

    def _start(self, operands: Any) -> None:
        self._finish_path()
        self._path = [(float(operands[0]), float(operands[1]))]
        self._reaches(self._path)

    def _point(self, operands: Any) -> None:
        self._path.append((float(operands[0]), float(operands[1])))
        self._reaches(self._path[-1:])

    def _curve(self, operands: Any) -> None:
        numbers = [float(number) for number in operands]
        points = list(zip(numbers[::2], numbers[1::2], strict=False))
        self._path += points
        self._reaches(points)
        self._is_curved = True

    def _reaches(self, points: list[tuple[float, float]]) -> None:
        """How far the path goes that is being drawn, its lines included."""
        place = self._state.place
        line = self._state.line * max(map(abs, place[:4]))
        left, low, right, high = placed(points, place)
        box = (left - line, low - line, right + line, high + line)
        self._reach = box if self._reach is None else around([self._reach, box])

    def _finish_path(self) -> None:
        if len(self._path) > 2:
            self._rectangles.append((placed(self._path, self._state.place), self._is_curved or not is_upright(self._path)))
        self._path, self._is_curved = [], False

    def _clip(self, operands: Any) -> None:
        self._clips = True

    def _end(self, operator: str) -> None:
        if operator != "n" and self._reach is not None:
            self._reader.ink(common(self._reach, self._state.clip))
        self._reach = None
        if operator in STROKES:
            self._stroke()
        self._finish_path()
        if operator in FILLS and self._shown:
            for box, is_round in self._rectangles:
                sure = common(shrunk(box) if is_round else box, self._state.clip)
                self._reader.area(sure, self._state.fill if self._state.opaque else None, hides=self._state.opaque)
        if self._clips and self._rectangles:
            outline = around([box for box, _round in self._rectangles])
            self._state = replace(self._state, clip=common(outline, self._state.clip))
        self._rectangles, self._clips = [], False

    def _stroke(self) -> None:
        """A thick line is an area."""
        scale = abs(self._state.place[0] or self._state.place[1])
        half = self._state.line * scale / 2
        if half * 2 < THICK or len(self._path) < 2 or not self._shown:
            return
        left, bottom, right, top = placed(self._path, self._state.place)
        if right - left < 1 or top - bottom < 1:
            box = (left - half, bottom - half, right + half, top + half)
            self._reader.area(common(box, self._state.clip), self._state.stroke, hides=self._state.opaque)

    def _shade(self, operands: Any) -> None:
        self._reader.ink(self._state.clip)
        if self._state.clip and self._shown:
            self._reader.area(self._state.clip, None, hides=False)

    def _picture(self, *, hides: bool) -> None:
        box = common(placed([(0, 0), (1, 0), (0, 1), (1, 1)], self._state.place), self._state.clip)
        self._reader.ink(box)
        self._reader.area(box, None, hides=hides and self._state.opaque, is_picture=True)

    def _inline(self, operands: Any) -> None:
        self._picture(hides=False)

    def _draw(self, operands: Any) -> None:
        drawn = self._resources.XObject[str(operands[0])]
        if not self._shown or ("/OC" in drawn and drawn.OC.objgen in self._reader.hidden_layers):
            self._reader.ink(None)
            return
        if drawn.get("/Subtype") == "/Form":
            self._reader.form(drawn, self._resources, self._state, self._depth)
        elif drawn.get("/Subtype") == "/Image":
            see_through = any(name in drawn for name in ("/SMask", "/Mask", "/ImageMask"))
            self._picture(hides=not see_through)

    def _begin(self, operands: Any) -> None:
        self._text = self._line = IDENTITY

    def _set_font(self, operands: Any) -> None:
        self._state = replace(self._state, font=self._reader.font(self._resources, operands[0]), size=float(operands[1]))

    def _next(self, operands: Any) -> None:
        self._line = times((1, 0, 0, 1, float(operands[0]), float(operands[1])), self._line)
        self._text = self._line

    def _next_leading(self, operands: Any) -> None:
        self._state = replace(self._state, leading=-float(operands[1]))
        self._next(operands)

    def _next_line(self, operands: Any) -> None:
        self._next((0, -self._state.leading))

    def _matrix(self, operands: Any) -> None:
        self._text = self._line = matrix(operands)

    def _show(self, operands: Any) -> None:
        self._paint([operands[0]])

    def _show_apart(self, operands: Any) -> None:
        self._paint(list(operands[0]))

    def _show_next(self, operands: Any) -> None:
        self._next_line(())
        self._paint([operands[0]])

    def _show_spaced(self, operands: Any) -> None:
        self._state = replace(self._state, word_spacing=float(operands[0]), spacing=float(operands[1]))
        self._show_next([operands[2]])

    def _paint(self, parts: list[Any]) -> None:
        """Words of a line: they end at a space, at a gap and at the end."""
        state, along, start, letters = self._state, 0.0, 0.0, ""
        if state.font is None or not state.font.is_plain:
            self._reader.ink(None)
        if state.font is None:
            return
        for part in parts:
            if not isinstance(part, pikepdf.String):
                jump = -float(part) / 1000 * state.size * state.stretch
                if jump > GAP * abs(state.size):
                    self._word(start, along, letters)
                    letters = ""
                along += jump
                start = start if letters else along
                continue
            for code, meant, width in state.font.glyphs(bytes(part)):
                before = along
                extra = state.word_spacing if code == 32 and not state.font.is_wide else 0.0
                along += (width * state.size + state.spacing + extra) * state.stretch
                if meant.isspace():
                    self._word(start, before, letters)
                    letters, start = "", along
                else:
                    start = start if letters else before
                    letters += meant or "\ufffd"
        self._word(start, along, letters)
        self._text = times((1, 0, 0, 1, along, 0), self._text)

    def _word(self, start: float, end: float, letters: str) -> None:
        if not letters:
            return
        state, place = self._state, times(self._text, self._state.place)
        deep, tall = state.rise - 0.35 * state.size, state.rise + 1.1 * state.size
        self._reader.ink(placed([(start, deep), (end, deep), (start, tall), (end, tall)], place))
        if not self._shown:
            return
        low, high = state.rise - 0.15 * state.size, state.rise + 0.7 * state.size
        box = placed([(start, low), (end, low), (start, high), (end, high)], place)
        baseline = start * place[1] + place[5]
        self._reader.word(state, box, letters.replace("\ufffd", ""), baseline)
