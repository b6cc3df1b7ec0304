"""What an item decided: the surest marker of its minute, the clauses under it, and what kind of decision that makes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from minutes.reading.acts import listed_acts
from minutes.reading.clauses import Block, Clause, collect
from minutes.reading.heading import without_paragraph_number
from minutes.reading.lines import Line
from minutes.reading.markers import Marker, Strength, is_proposal, marker_in
from minutes.reading.verdicts import last_verdict, lost_marker, record_verdict, sentences

NO_CLAUSES = "The words that announce a decision are there, but no clause follows them. Look at the original."
MARKER_LOST = "No word such as “Resolved” stands before the clauses; they were taken because of how they are worded."
FROM_SENTENCE = "The decision was taken from a sentence of the minute. Check that it is one."
NUMBERS_JUMP = "The numbers of the clauses skip, repeat or begin late."
PUT_FORWARD = "Words of a proposed resolution were left out, because the text says only that they were put forward."
UNSURE = "The narrative says that something was agreed, but not as a decision. Nothing was taken from it."


@dataclass
class Decision:
    """The decision of one item; ``taken`` are the lines (by index) that its markers and clauses stand on.

    ``nothing`` tells that the place for a decision holds only words such as "None".
    """

    kind: str = "none"
    stem: str | None = None
    clauses: list[Clause] = field(default_factory=list)
    owner_lines: list[tuple[int, str]] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)
    unanimous: bool = False
    sure: bool = False
    nothing: bool = False

    def warn(self, words: str) -> None:
        """Tell the clerk something once."""
        if words not in self.warnings:
            self.warnings.append(words)


_NUMBER_BEFORE = re.compile(r"\(?\d{1,3}[.)]? (?=(?:RESOLVED|Resolved|AGREED|Agreed|RECOMMENDED)\b)")
_THAT = re.compile(r"(?P<that>that|to|t h a t)(?P<stop> ?,? ?[:–—-]+ ?| *$)(?P<rest>.*)", re.IGNORECASE)
_ADDRESSEE = re.compile(r"to (?:the )?(?:[\w&’-]+ ){0,5}?[\w&’-]+ ?(?::[-–]?|[-–](?= )|(?=that\b))", re.IGNORECASE)
_EMPTY = re.compile(r"(?:accordingly|as (?:above|follows|recommended)|unanimously|none|n/?a|nil)?[\W_]*", re.IGNORECASE)
_NOTHING = re.compile(
    r"(?:none|nil|not (?:applicable|required)|there (?:was|were) (?:no|none)\b|no (?:\w+ ){0,6}(?:was|were)\b)", re.IGNORECASE
)
_RECOMMENDS = re.compile(
    r"(?:that )?(?:the )?(?:full )?(?:\w+ ){0,4}(?:council|cabinet|executive|leader|committee|board|mayor) (?:be|is|are) (?:asked and )?recommended\b|"
    r"(?:that )?the following (?:be|is|are) recommended to\b|(?:that )?it be (?:a )?recommend\w+ to\b|(?:that )?(?:the )?(?:[\w-]+ ){0,6}(?:recommends?|recommend to|to recommend) (?:that |to )?(?:the )?(?:full )?"
    r"(?:\w+ )?(?:council|cabinet|executive|mayor)\b|to (?:the )?(?:full )?council:?$",
    re.IGNORECASE,
)
_VERDICT_WORDS = re.compile(
    r"\b(?:agreed|approved|noted|endorsed|received|adopted|accepted|confirmed|appointed|elected|granted|refused|resolved|be|to|will|not)\b",
    re.IGNORECASE,
)
_AGREED_WORDS = re.compile(
    r"\b(?:was|were) (?:\w+ )?(?:approved|agreed|accepted|confirmed)\b|\b(?:committee|board|cabinet|panel|council|it was) agreed\b",
    re.IGNORECASE,
)
_NOTED_WORDS = re.compile(r"\b(?:was|were) (?:\w+ )?(?:noted|received)\b[^.]*\.?$", re.IGNORECASE)
_THIS_WAS_AGREED = re.compile(r"(?:this|it) was (?:\w+ )?(?:agreed|approved|accepted)(?: by (?:the )?\w+)?\.?$", re.IGNORECASE)
_LIST_NEAR = 0.8


def _tail(text: str, marker: Marker) -> tuple[str | None, str]:
    """The stem word "that" or "to" that stands by itself after a marker, and the rest of the line."""
    rest = text[marker.end :].strip()
    if marker.kind == "recommended" and (addressee := _ADDRESSEE.match(rest)):
        rest = rest[addressee.end() :].strip()
    if match := _THAT.fullmatch(rest):
        following = match["rest"].strip()
        if following and not re.match(r"\(?\w{1,4}[.)]|[•·▪-] ", following):
            return None, f"{match['that']} {following}"
        return match["that"] + match["stop"].rstrip(), following
    return None, rest


def _found(lines: Sequence[Line], decision: Decision) -> list[tuple[int, str, Marker]]:
    """Every marker of the lines that is not inside a proposal."""
    found = []
    lead = ""
    for index, line in enumerate(lines):
        text = _NUMBER_BEFORE.sub("", without_paragraph_number(line.text), count=1)
        marker = marker_in(text)
        if marker is not None:
            if is_proposal(lead) or text[0] in '“"' or is_proposal(text[: marker.start]):
                decision.warn(PUT_FORWARD)
            else:
                found.append((index, text, marker))
        lead = text if text.endswith((":", "-", "–", "—")) else ""
    return found


def _surest(found: list[tuple[int, str, Marker]]) -> list[tuple[int, str, Marker]]:
    best = max((marker.strength for _, _, marker in found), default=Strength.NARRATIVE)
    return [entry for entry in found if entry[2].strength == best and best > Strength.NARRATIVE]


def _words(clauses: Sequence[Clause]) -> set[str]:
    return {word for clause in clauses for word in re.findall(r"\w+", clause.text.lower())}


def _same(first: Sequence[Clause], second: Sequence[Clause]) -> bool:
    """Whether two blocks print one decision, perhaps in slightly different words."""
    one, other = _words(first), _words(second)
    return len(first) == len(second) and len(one & other) >= _LIST_NEAR * max(len(one | other), 1)


def _flattened(lead: str, tail: str) -> str:
    """Of a marker in the middle of a flattened page only the sentence it stands in, unless a list follows it."""
    parts = sentences(tail)
    if len(lead) < 200 or re.match(r"\(?\w{1,4}[.)] |[•·▪] ", tail):
        return tail
    return " ".join([parts[0], *[part for part in parts[1:] if part.startswith(("That ", "(", "•"))]])


def _read_block(lines: Sequence[Line], index: int, end: int, text: str, marker: Marker) -> Block:
    stem, tail = _tail(text, marker)
    tail = _flattened(text[: marker.start], tail)
    if _EMPTY.fullmatch(tail):
        tail = ""
    following = [lines[index].saying(tail)] if tail else []
    block = collect([*following, *lines[index + 1 : end]])
    block.used = max(block.used - len(following), 0)
    if stem and block.clauses:
        block.stem = f"{stem} {block.stem}" if block.stem else stem
    return block


def _without_nothing(decision: Decision, block: Block) -> None:
    said = [clause for clause in block.clauses if not _NOTHING.match(clause.text)]
    decision.nothing = decision.nothing or len(said) < len(block.clauses)
    block.clauses = said


def _add(decision: Decision, block: Block, marker: Marker, blocks: list[tuple[Block, list[Clause]]]) -> None:
    """Put a block's clauses to the decision; one that prints an earlier block again takes its place."""
    for position, (earlier, clauses) in enumerate(blocks):
        if _same(clauses, block.clauses):
            if block.owner_lines or not earlier.owner_lines:
                blocks[position] = (block, block.clauses)
            return
    blocks.append((block, block.clauses))
    decision.unanimous = decision.unanimous or marker.unanimous


def _by_markers(lines: Sequence[Line], chosen: list[tuple[int, str, Marker]], decision: Decision) -> None:
    blocks: list[tuple[Block, list[Clause]]] = []
    kinds = []
    done = -1
    for position, (index, text, marker) in enumerate(chosen):
        if index <= done and marker.strength != Strength.FORMAL:
            continue
        end = chosen[position + 1][0] if position + 1 < len(chosen) else len(lines)
        block = _read_block(lines, index, end, text, marker)
        if marker.kind == "decided":
            _without_nothing(decision, block)
        done = index + block.used
        if marker.start == 0:
            decision.taken.add(index)
        decision.taken.update(range(index + 1, done + 1))
        decision.unanimous = decision.unanimous or marker.unanimous
        kinds.append(marker.kind)
        if block.clauses:
            _add(decision, block, marker, blocks)
    _gather(decision, blocks)
    decision.sure = True
    decision.kind = _kind(kinds, decision)
    if not decision.clauses and decision.kind != "noted" and not decision.nothing:
        decision.warn(NO_CLAUSES)


def _gather(decision: Decision, blocks: list[tuple[Block, list[Clause]]]) -> None:
    stems = [block.stem for block, _ in blocks if block.stem]
    decision.stem = stems[0] if stems else None
    if len(stems) > 1 or (stems and len(blocks) > 1):
        decision.warn("The page records more than one decision; the words before each list may not belong to every clause.")
    for block, clauses in blocks:
        offset = len(decision.clauses)
        decision.clauses.extend(clauses)
        decision.owner_lines.extend((where if where < 0 else where + offset, said) for where, said in block.owner_lines)
        if block.numbers_jump:
            decision.warn(NUMBERS_JUMP)


def _kind(kinds: Sequence[str], decision: Decision) -> str:
    """The kind the markers say; a recommendation where every clause only recommends to another body."""
    texts = [f"{decision.stem} {clause.text}" if decision.stem else clause.text for clause in decision.clauses]
    if texts and all(_RECOMMENDS.match(text) for text in texts):
        return "recommended"
    kind = next((kind for kind in ("resolved", "decided", "agreed", "recommended", "noted") if kind in kinds), "none")
    if kind != "decided":
        return kind
    if decision.nothing and not texts:
        return "none"
    if len(texts) == 1 and _NOTED_WORDS.search(texts[0]) and not _AGREED_WORDS.search(texts[0]):
        return "noted"
    if not texts and not decision.taken:
        return "none"
    return "agreed" if len(texts) == 1 and _AGREED_WORDS.search(texts[0]) else "resolved"


def _by_acts(lines: Sequence[Line], decision: Decision) -> bool:
    listed = listed_acts(lines)
    if listed is None:
        return False
    start, block, kind = listed
    _gather(decision, [(block, block.clauses)])
    decision.taken.update(range(start, start + 1 + block.used))
    decision.kind = kind
    return True


def _by_lost_marker(lines: Sequence[Line], decision: Decision, *, decision_page: bool) -> bool:
    start = lost_marker(lines, decision_page=decision_page)
    if start is None:
        return False
    block = collect(lines[start:])
    _gather(decision, [(block, block.clauses)])
    decision.taken.update(range(start, start + block.used))
    decision.kind = _kind(["resolved"], decision)
    decision.warn(MARKER_LOST)
    return bool(decision.clauses)


def _by_sentence(lines: Sequence[Line], found: list[tuple[int, str, Marker]], decision: Decision) -> bool:
    last = [entry for entry in found if entry[2].strength == Strength.NARRATIVE and entry[0] == len(lines) - 1]
    verdict = record_verdict(lines) or last_verdict(lines)
    if last and not (verdict and verdict.index == len(lines) - 1 and verdict.kind == "noted"):
        index, text, marker = last[-1]
        if re.search(r"\b(?:extend the meeting|adjourn|continue beyond)", text):
            return False
        decision.clauses = [Clause("", text[marker.end :])]
        decision.kind = _kind([marker.kind], decision)
        decision.taken.add(index)
    elif verdict is not None:
        decision.clauses = [Clause("", without_paragraph_number(verdict.text))] if verdict.text else []
        decision.kind = verdict.kind
    else:
        return False
    decision.warn(FROM_SENTENCE)
    return True


def decide(lines: Sequence[Line], *, decision_page: bool = False, lost: bool = False) -> Decision:
    """What ``lines`` decided. ``lost`` says that the motion fell, so that only a marker in so many words counts."""
    decision = Decision()
    found = _found(lines, decision)
    if chosen := _surest(found):
        _by_markers(lines, chosen, decision)
        if decision.clauses or decision.kind != "none":
            return decision
    if lost:
        return decision
    told = (
        _by_acts(lines, decision)
        or _by_lost_marker(lines, decision, decision_page=decision_page)
        or _by_sentence(lines, found, decision)
    )
    if not told and not decision.nothing and (found or any(_THIS_WAS_AGREED.match(line.text) for line in lines)):
        decision.warn(UNSURE)
    return decision


def decide_heading(lines: Sequence[Line], *, decision_page: bool = True) -> Decision:
    """What stands under a ``Decision:`` heading: its own markers, else all of it, which needs none."""
    decision = decide(lines, decision_page=decision_page)
    if decision.sure or FROM_SENTENCE in decision.warnings or not lines:
        return decision
    headed = decide([Line("Decision:"), *_worded(lines)], decision_page=decision_page)
    return headed if headed.clauses else decision


def _worded(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines from the first that words a decision, where narrative stands before it."""
    for index, line in enumerate(lines):
        if _VERDICT_WORDS.search(line.text):
            return lines[index:]
    return lines
