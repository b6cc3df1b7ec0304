"""Clauses: the text after a marker cut into what was decided, one clause for each number."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from minutes.reading.labels import Label, Position, bare_letters, label_of, split_clauses
from minutes.reading.lines import Line


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing decided: its printed label ("" where none) and its words as printed."""

    label: str
    text: str


@dataclass
class Block:
    """The clauses under one marker, the words before them that belong to each, and the owners' lines among them."""

    stem: str | None = None
    clauses: list[Clause] = field(default_factory=list)
    owner_lines: list[tuple[int, str]] = field(default_factory=list)
    used: int = 0
    numbers_jump: bool = False


_REASON = re.compile(
    r"(?:the )?reasons?(?:\(s\))?(?: for (?:the |this |these |its )?(?:decisions?|recommendations?|urgency|resolutions?))? ?(?:[:–—-]+|$)",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"(?:implementation(?: of (?:the )?decisions?)?|consultations?(?: undertaken)?|(?:other |alternative )?options?(?: (?:considered|rejected)"
    r"(?: and (?:considered|rejected))?)?|alternatives?(?: options)?(?: (?:considered|rejected))*(?: and rejected)?|"
    r"(?:financial|legal|equality|equalities|resource|risk|policy|human resources) implications|background(?: papers)?|call[- ]in|"
    r"declarations? of interests?|voting(?: record)?|votes?|for|against|abstentions?|abstain(?:ed|ing)?|in favour|proposer|seconder|"
    r"advice of .{3,60}|notes?|nb|chair(?:man|person)?|contact|discussion|comments?|key points|conclusions?) ?[:–—-]+.*|"
    r"(?:alternative|other) options(?: .{0,40})?|implementation of (?:the )?decisions?|\(?(?:proposed|moved|seconded) by\b.*|"
    r"\((?:note|councillors?|cllrs?|mr|mrs|ms|dr|the meeting|at this point)\b.*|\[note\b.*|"
    r"(?:councillors?|cllrs?) .{2,120} (?:left|returned|joined|abstained|voted|asked that|requested that|declared)\b.*",
    re.IGNORECASE,
)
_OWNER = re.compile(r"(?:actions?|action point)(?P<by> by| for)? ?(?P<stop>:[-–—]?|[-–—]) ?(?P<rest>.*)", re.IGNORECASE)
_ASIDE_INSIDE = re.compile(
    r"(?<=[.;)]) (?=(?:REASONS?|Reasons?)(?: (?:FOR|for) (?:(?:THE|the) )?(?:DECISIONS?|[Dd]ecisions?|RECOMMENDATIONS?|[Rr]ecommendations?))? ?[:–-]"
    r"|(?:ACTION|Action)(?: by)? ?:)"
)
_BARE_STEM = re.compile(r"(?:that|to|t h a t)\W*|(?:that )?(?:the )?(?:\S+ ){0,10}\S+ ?(?::[-–—]?|[-–—])", re.IGNORECASE)
_WHOLE = re.compile(r"\b(?:be|is|are)\b")
_FOLLOWING = re.compile(r"\bfollowing\b[^.;]*[:;]$")
_UNANIMOUS_LINE = re.compile(r"\(?(?:unanimously|unanimous|carried unanimously|nem\.? con\.?)\)?[.:]?", re.IGNORECASE)
_OPEN = re.compile(
    r"(?:,|\b(?:the|of|be|and|or|to|with|by|for|a|an|in|on|at|as|that|from|is|are|was|were|which|its|their|this|these|into|upon|under|not|has|have|"
    r"between|Councillor|Cllr|Mr|Mrs|Ms|Dr|No|st|its))$"
)
_COLON = re.compile(r"(?::[-–—]?|[-–—])$")
_SERIES = re.compile(r"(?:;|[;,] (?:and|or))$")
_ENDED = re.compile(r"[.!?][”\"’')\]]*$")
_NARRATIVE = re.compile(
    r"(?:(?:the|a) (?:\S+ ){1,8}(?:was|were|had|thanked|said|asked|advised|reported|explained|noted|agreed|took|closed|then|left|stated|highlighted|"
    r"confirmed|responded|welcomed|introduced|presented|outlined|informed)\b|councillors?\b|cllrs?\b|members?\b|it was\b|in (?:response|reply|answer)\b|"
    r"following\b|on being\b|upon\b|at this (?:point|stage)\b|mr\b|mrs\b|ms\b|dr\b|having\b|there (?:was|were)\b|during\b|supporting documents|"
    r"[A-Z]\w+ [A-Z]\w+ (?:said|asked|advised|explained|thanked|reported|noted|stated|left)\b)",
    re.IGNORECASE,
)
_NAMED_MID_SENTENCE = re.compile(
    r"(?:councillors?|cllrs?|members?|mr|mrs|ms|dr|following|upon|during|having)\b(?!.*\b(?:was|were|had|thanked|said|asked|advised|reported|"
    r"explained|noted|agreed|took|left|stated|highlighted|confirmed|responded|welcomed|introduced|presented|outlined|informed|joined|returned|"
    r"declared|moved|seconded|proposed|abstained|voted|arrived|withdrew|felt|queried|raised|suggested|commented|requested)\b)",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"(?:the )?(?:note|agree|approve|receive|endorse|request|ask|support|adopt|recommend|delegate|authorise|confirm|welcome|consider|thank|instruct|refer|"
    r"accept|continue|add|keep|review|appoint|commend|invite|require|commit|acknowledge|grant|remit|direct|submit|publish|establish|set|bring|send)(?:s|es)?\b",
    re.IGNORECASE,
)


_LONGEST_CLAUSE = 20_000


class _Collector:
    """Reads the lines after a marker one by one until they are no longer clauses."""

    def __init__(self) -> None:
        self.block = Block()
        self.position: Position | None = None
        self.nested = self.aside = self.owners = self.absorbing = self.stopped = False
        self.aside_position: Position | None = None
        self.lower: Position | None = None
        self.width = 0

    @property
    def last(self) -> str:
        """The end of the latest clause, from which it shows whether the sentence is over."""
        return self.block.clauses[-1].text[-300:]

    def _add(self, label: str, text: str) -> bool:
        self.block.clauses.append(Clause(label, text))
        self.nested = self.aside = self.owners = self.absorbing = False
        return True

    def _append(self, text: str) -> bool:
        latest = self.block.clauses[-1]
        if len(latest.text) > _LONGEST_CLAUSE:
            return False
        self.block.clauses[-1] = Clause(latest.label, f"{latest.text} {text}".strip())
        return True

    def take(self, line: Line, label: Label | None = None) -> bool:
        """Take one line; False where the clauses have ended before it.

        Args:
            label: what the line begins with, where that is known only from the lines around it.
        """
        text = line.text
        if label is not None:
            return self._labelled(label, line)
        if match := _REASON.match(text):
            if not self.block.clauses:
                return False
            self.aside, self.owners = True, False
            label = label_of(text[match.end() :].strip())
            self.aside_position = Position.at(label) if label else None
            return True
        if (match := _OWNER.fullmatch(text)) and self.block.clauses:
            self.owners = self.aside = True
            self.aside_position = None
            self.block.owner_lines.append((len(self.block.clauses) - 1 if not match["by"] else -1, match["rest"]))
            return True
        if _STOP.fullmatch(text) and (self.block.clauses or self.block.stem):
            self.stopped = True
            return False
        label = label_of(text)
        if label is not None and not (label.form == "bare" and self.position is None and not label.opens()):
            return self._labelled(label, line)
        return self._unlabelled(line)

    def _labelled(self, label: Label, line: Line) -> bool:
        if self.owners and not self._continues(label):
            return self._owner(line.text)
        if self.aside:
            return self._labelled_in_aside(label)
        if not self.block.clauses:
            return self._start_list(label)
        if self.position is None:
            return self._list_after_text(label)
        step = self.position.step(label)
        if step is None:
            return self._lower_list(label, line.text)
        if self.nested and _COLON.search(self.last) and step[0] <= 0:
            return self._append(line.text)
        if step[0] == 1 or (step[0] in (0, 2, 3) and self._alike(label.rest)):
            return self._next(label, step)
        if step[0] <= 0 and _COLON.search(self.last):
            self.nested = True
            return self._append(line.text)
        return False

    def _continues(self, label: Label) -> bool:
        step = self.position.step(label) if self.position else None
        return step is not None and step[0] in (1, 2)

    def _next(self, label: Label, step: tuple[int, Position]) -> bool:
        self.block.numbers_jump = self.block.numbers_jump or step[0] != 1
        self.position = step[1]
        return self._add(label.printed, label.rest)

    def _start_list(self, label: Label) -> bool:
        self.position = Position.at(label)
        self.block.numbers_jump = not label.opens()
        return self._add(label.printed, label.rest)

    def _list_after_text(self, label: Label) -> bool:
        """A list under unnumbered words: they are its stem where they lead into it, a clause with parts where they are whole."""
        if (
            label.opens()
            and len(self.block.clauses) == 1
            and not _ENDED.search(self.last)
            and (not _SERIES.search(self.last) or _FOLLOWING.search(self.last))
        ):
            ordered = re.match(r"(?:that|to)\b", label.rest, re.IGNORECASE) or _ORDER.match(label.rest)
            whole = (label.form == "bullet" and _WHOLE.search(self.last)) or (_FOLLOWING.search(self.last) and not ordered)
            if whole:
                self.absorbing, self.lower = True, Position.at(label)
                return self._append(f"{label.printed} {label.rest}")
            self.block.stem = self.block.clauses[-1].text
            self.block.clauses.clear()
            return self._start_list(label)
        step = self.lower.step(label) if self.lower else None
        if self.absorbing and (not _ENDED.search(self.last) or (step and step[0] == 1)):
            self.lower = step[1] if step else self.lower
            return self._append(f"{label.printed} {label.rest}")
        second = any(place == 2 for _, place in label.places)
        if second and label.rest.startswith("That ") and self.block.clauses[-1].text.lower().startswith("that"):
            self.position = Position.at(label)
            return self._add(label.printed, label.rest)
        return False

    def _lower_list(self, label: Label, text: str) -> bool:
        """A list of another form belongs to the clause it stands under, unless that clause had ended."""
        if self.nested or not _ENDED.search(self.last):
            self.nested = True
            return self._append(text)
        return False

    def _labelled_in_aside(self, label: Label) -> bool:
        if self.aside_position is None and label.opens() and label.form != "bullet":
            step = self.position.step(label) if self.position else None
            if step is None or step[0] != 1:
                self.aside_position = Position.at(label)
                return True
        if self.aside_position is not None:
            if step := self.aside_position.step(label):
                self.aside_position = step[1]
            return True
        step = self.position.step(label) if self.position else None
        if step and step[0] in (1, 2, 3) and self._alike(label.rest):
            return self._next(label, step)
        return True

    def _alike(self, text: str) -> bool:
        """Whether a further clause begins as the first one does."""
        first = self.block.clauses[0].text.split(" ", 1)[0].lower().strip(",")
        return first not in ("that", "to") or not text or text.lower().startswith(first)

    def _owner(self, text: str) -> bool:
        where, said = self.block.owner_lines[-1]
        if (
            where != -1
            or len(text) > 160
            or (_ENDED.search(text) and not text.endswith(".)"))
            or text.upper().endswith("IN THE CHAIR")
        ):
            return False
        self.block.owner_lines[-1] = (where, f"{said}\n{text}".strip())
        return True

    def _unlabelled(self, line: Line) -> bool:
        text = line.text
        clauses = self.block.clauses
        if self.owners:
            where = self.block.owner_lines[-1]
            return self._owner(text) if where[0] == -1 or not where[1] else self._after_owner(text)
        if self.aside:
            return True
        if not clauses:
            return self._opening(text) if self.block.stem is None else self._after_stem(text)
        if self._runs_on(line) or (_COLON.search(self.last) and self._absorb()):
            return self._append(text)
        if text.startswith(("That ", "That, ", "“That ", "that ")) or self._next_of_plain_list(text):
            return self._add("", text)
        if _SERIES.search(self.last) and not _NARRATIVE.match(text):
            return self._append(text) if self.position else self._add("", text)
        if self.absorbing and len(text) <= 120 and not _ENDED.search(text):
            return self._append(text)
        return False

    def _after_owner(self, text: str) -> bool:
        self.owners = False
        if text.startswith(("That ", "That, ")) and self.position is None:
            return self._add("", text)
        return True

    def _absorb(self) -> bool:
        self.absorbing = True
        return True

    def _opening(self, text: str) -> bool:
        if _UNANIMOUS_LINE.fullmatch(text):
            return True
        if _BARE_STEM.fullmatch(text):
            self.block.stem = text
            return True
        return self._add("", text)

    def _after_stem(self, text: str) -> bool:
        """Unnumbered words after a stem: a clause of their own, or the end of a sentence the colon had only interrupted."""
        stem = self.block.stem or ""
        if not _WHOLE.search(stem):
            return self._add("", text)
        self.block.stem = None
        self._add("", f"{stem} {text}")
        return self._absorb()

    def _next_of_plain_list(self, text: str) -> bool:
        """Whether an unnumbered line is one more of the orders under a stem."""
        return (
            self.block.stem is not None
            and self.position is None
            and bool(_ORDER.match(self.block.clauses[-1].text) and _ORDER.match(text))
        )

    def _runs_on(self, line: Line) -> bool:
        """Whether the line goes on with the sentence before it, broken by the width of a page or a blank line."""
        if not self.last:
            return True
        if _ENDED.search(self.last) or _SERIES.search(self.last):
            return line.gap == 0 and line.text[0].islower() and not _SERIES.search(self.last)
        if _OPEN.search(self.last) or line.text[0].islower():
            return True
        mid_sentence = line.gap == 0 and _NAMED_MID_SENTENCE.match(line.text)
        if (_NARRATIVE.match(line.text) and not mid_sentence) or _COLON.search(self.last) or not 50 <= self.width <= 130:
            return False
        return line.gap == 0 or (len(line.text) < 60 and line.text.endswith(".") and not line.text.isupper())


def _resumes(collector: _Collector, lines: Sequence[str]) -> bool:
    """Whether the next number of the list still follows within a few lines of other text."""
    for text in lines:
        label = label_of(text)
        if label is None or collector.position is None or label.form == "bullet":
            continue
        step = collector.position.step(label)
        return bool(step and step[0] == 1 and label.rest.startswith("That") and collector._alike(label.rest))
    return False


def collect(lines: Sequence[Line]) -> Block:
    """The clauses that ``lines``, beginning right after a marker, hold; ``used`` counts the lines that were theirs."""
    collector = _Collector()
    lettered = bare_letters([line.text for line in lines])
    for index, line in enumerate(lines):
        for piece in _ASIDE_INSIDE.split(line.text):
            for number, text in enumerate([piece] if index in lettered else split_clauses(piece)):
                label = lettered.get(index) if text == line.text else None
                if not collector.take(Line(text, line.gap if number == 0 else 1, line.width), label):
                    if collector.stopped or not _resumes(collector, [later.text for later in lines[index + 1 : index + 4]]):
                        return _finished(collector.block)
                    collector.aside, collector.aside_position = True, None
        collector.width = line.width
        collector.block.used = index + 1
    return _finished(collector.block)


def _finished(block: Block) -> Block:
    """The block without empty clauses; a whole sentence that ended with a colon and was followed by nothing is a clause."""
    block.clauses = [clause for clause in block.clauses if clause.text]
    if not block.clauses and block.stem and _WHOLE.search(block.stem):
        block.clauses.append(Clause("", block.stem))
        block.stem = None
    return block
