"""The words that say a decision follows, in the many ways minutes print them."""

import re
from dataclasses import dataclass, replace
from enum import IntEnum

from minutes.reading.labels import label_of


class Strength(IntEnum):
    """How surely the words mark a decision; only the surest of an item are believed."""

    NARRATIVE = 1
    USUAL = 3
    FORMAL = 4


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker: the kind of decision, where the text after it begins, what stood before it on the line, and what it says besides."""

    kind: str
    strength: Strength
    start: int
    end: int
    unanimous: bool = False
    opens_list: bool = False
    owner: str | None = None


BODY = (
    r"(?:board|committee|sub-committee|cabinet|council|panel|executive|partnership|group|meeting|forum|authority|trust|commission|members|"
    r"trustees|governors|leader|mayor|member|members|assembly|team|conference|governing body|icb|icp|ijb|scrutiny|court|cabinet member)"
)
_SPACED = r"R ?E ?S ?O ?L ?V ?E ?D|A ?G ?R ?E ?E ?D|R ?E ?C ?O ?M ?M ?E ?N ?D ?E ?D|D ?E ?C ?I ?D ?E ?D"
_CAPITAL = re.compile(
    rf"(?<![\w“\"‘])(?:(?P<una>UNANIMOUSLY) )?(?P<verb>{_SPACED}|NOTED|APPROVED|RECEIVED|ENDORSED|SUPPORTED|RATIFIED|"
    r"CYTUNWYD|PENDERFYNWYD|ARGYMHELLWYD|NODWYD)(?!\w)"
)
_START = re.compile(
    r"(?:it was |(?:the )?(?:[\w&’'-]+ ){0,4}" + BODY + r" )?(?P<una>unanimously )?"
    r"(?P<verb>resolved|agreed|recommended|decided|cytunwyd|penderfynwyd|argymhellwyd)"
    r"(?=$| ?[:,(–—-]| that\b| to\b| unanimously\b| as follows| ?/)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\b(?P<subject>it was|it is|and|then|therefore|"
    + BODY
    + r"(?: (?:for|of) (?:the )?[A-Z][\w&’'-]*(?:,? (?:and )?[A-Z][\w&’'-]*){0,5})?) (?:(?:also|then|therefore|further|hereby|duly|accordingly|formally|had) )?"
    r"(?P<una>unanimously )?(?P<verb>resolved|agreed|recommended|decided)\b(?=$| ?[:,(–—-]| that\b| to\b| unanimously\b| as follows)",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"(?:the )?(?:(?P<verb>key decisions?|decisions?(?: made| taken)?(?: of the [\w ,&’'()-]{3,70}?)?|outcome|resolutions?)"
    r"(?P<una> ?\(?unanimous(?:ly)?\)?)? ?(?P<stop>:[-–—]?|[-–—]|$)|(?P<action>decision ?/ ?action|action ?/ ?decision)s? ?[:–-]+)",
    re.IGNORECASE,
)
_ACTION_INSIDE = re.compile(r"(?<=[.;:)] )(?:Decision ?/ ?Action|Action ?/ ?Decision)s? ?[:–-]+ ?")
_RECOMMENDATION = re.compile(
    r"\b(?:made|makes|submitted|agreed|put forward) (?:the|its) following recommendations?(?: to [\w ,&’'()-]{2,120})? ?(?::[-–—]?|[-–—])$",
    re.IGNORECASE,
)
_AGREED_BELOW = re.compile(
    r"\b(?:which|and) (?:was|were) agreed\b[^.]{0,160}\b(?:below|following) ?(?::[-–—]?|[-–—])", re.IGNORECASE
)
_AGREED_TERMS = re.compile(
    r"\b" + BODY + r" (?P<una>unanimously )?(?P<verb>resolved|agreed)\b,? [^.:;]{0,160}(?: ?:[-–—]?| ?[-–—])$",
    re.IGNORECASE,
)
_UNANIMOUS = re.compile(r",? ?\(?(?:by )?(?:unanimous(?:ly| vote)?|nem\.? ?con\.?|n\.?c\.?m\.?)\)?(?=\W|$)", re.IGNORECASE)
_VOTE_NOTE = re.compile(
    r",? ?\((?=[^()]{0,160}(?:unanim|vot|for\b|against|abst|nem|division|motion|moved|proposed|minute))[^()]{1,160}\)",
    re.IGNORECASE,
)
_WITHOUT = re.compile(r",? ?(?:without (?:division|dissent|a vote)|as follows|accordingly|inter alia)(?=\W|$)", re.IGNORECASE)
_PUNCTUATION = re.compile(r" ?[,.:;]{0,2} ?[-–—]{0,3} ?")

_STEM_ONLY = re.compile(r"(?:that|to) ?[:–—-]*", re.IGNORECASE)
_NOT_YET = re.compile(
    r"\b(?:to|will|would|shall|should|may|might|could|can|must|be|being|been|if|had|has|have|having|previously|not|is|are|not yet|issues?)"
    r"(?: (?:formally|be|been|now|then|previously|already|unanimously|also))*$",
    re.IGNORECASE,
)
_PROPOSED = re.compile(
    r"\b(?:will|would|shall|may|might|could|to|should|if so|asked to|invited to)\b[^.]{0,120}(?:\b(?:resolutions?|motions?|words?|recommendations?|wording)\b"
    r"[^.]{0,60}|\b(?:move|propose|pass|adopt|resolve|recommend|second)[^.]{0,60})(?:[:–—-]|that)[\s“\"‘]*$|"
    r"\breports? (?:now )?(?:before \w+ |submitted )?(?:recommended|recommends|proposed|invited|sought)\b[^.]{0,160}[:–—-]\s*$",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\b(?:at (?:its|their|the) (?:last|previous|earlier|meeting)|last (?:meeting|year|month)|previous (?:meeting|minute)|previously|in (?:19|20)\d\d)\b",
    re.IGNORECASE,
)

_KINDS = {
    "RESOLVED": "resolved",
    "DECIDED": "resolved",
    "PENDERFYNWYD": "resolved",
    "AGREED": "agreed",
    "APPROVED": "agreed",
    "ENDORSED": "agreed",
    "SUPPORTED": "agreed",
    "RATIFIED": "agreed",
    "CYTUNWYD": "agreed",
    "RECOMMENDED": "recommended",
    "ARGYMHELLWYD": "recommended",
    "NOTED": "noted",
    "RECEIVED": "noted",
    "NODWYD": "noted",
}
_TELLING = {"NOTED", "APPROVED", "RECEIVED", "ENDORSED", "SUPPORTED", "RATIFIED", "NODWYD"}


def is_proposal(lead: str) -> bool:
    """Whether the words before a text say that it is only put forward: to be moved, if so minded, or what a report asked for."""
    return bool(_PROPOSED.search(lead[-320:]))


def after_marker(text: str, end: int) -> tuple[int, bool, bool]:
    """Where the decision's own words begin, past punctuation and remarks such as ``(unanimously)``.

    Returns the place, whether it was unanimous, and whether punctuation announces a list or text.
    """
    unanimous = announces = False
    while end < len(text):
        if match := _UNANIMOUS.match(text, end):
            unanimous = True
        elif match := _VOTE_NOTE.match(text, end):
            unanimous = unanimous or bool(_UNANIMOUS.search(match.group()))
        elif match := _WITHOUT.match(text, end):
            pass
        else:
            break
        end = match.end()
    if (stop := _PUNCTUATION.match(text, end)) and stop.group():
        announces = ":" in stop.group() or any(dash in stop.group() for dash in "-–—")
        end = stop.end()
    if again := _UNANIMOUS.match(text, end) or _VOTE_NOTE.match(text, end):
        unanimous = unanimous or bool(_UNANIMOUS.search(again.group()))
        end = again.end()
        if (stop := _PUNCTUATION.match(text, end)) and stop.group():
            end = stop.end()
    while end < len(text) and text[end] == " ":
        end += 1
    return end, unanimous, announces


def _made(kind: str, strength: Strength, text: str, match: re.Match[str], *, owner: str | None = None) -> Marker:
    end, unanimous, announces = after_marker(text, match.end())
    said = match.groupdict().get("una")
    return Marker(kind, strength, match.start(), end, unanimous or bool(said), announces, owner)


def _capital(text: str) -> Marker | None:
    """The last marker printed in capitals on a line that is not all in capitals."""
    found = None
    for match in _CAPITAL.finditer(text):
        marker = _in_capitals(text, match)
        if marker and (found is None or found.kind != "resolved" or marker.kind == "resolved"):
            found = marker
    return found


def _in_capitals(text: str, match: re.Match[str]) -> Marker | None:
    """The marker that one word in capitals makes, or None where it only looks back or forward or shouts."""
    verb = match["verb"].replace(" ", "")
    kind = _KINDS[verb]
    lead = text[: match.start()]
    marker = _made(kind, Strength.FORMAL if kind in ("resolved", "recommended") else Strength.USUAL, text, match)
    at_start = not lead or ((label := label_of(lead + "x")) is not None and label.rest == "x")
    if at_start and verb in _TELLING and marker.end < len(text) and not marker.opens_list:
        return replace(marker, end=match.start())
    if at_start:
        return (
            marker if not text.isupper() or match.end() == len(text) or not text[match.end() :].strip()[:1].isalpha() else None
        )
    if text.isupper() and not marker.opens_list:
        return None
    if _NOT_YET.search(lead[-60:].rstrip()) or is_proposal(lead):
        return None
    decided = bool(re.search(BODY + r" (?:also |then |therefore |unanimously )?$", lead[-40:], re.IGNORECASE))
    if verb in _TELLING:
        return _telling(text, marker) if decided else None
    if kind == "resolved" or decided or marker.opens_list or lead.endswith(("it was ", "It was ")):
        return marker
    return None


def _telling(text: str, marker: Marker) -> Marker:
    """ "The Board NOTED the plan": with its verb gone the clause would say nothing, so the whole sentence is the clause."""
    if marker.end >= len(text) or marker.opens_list:
        return marker
    start = max(text.rfind(". ", 0, marker.start) + 2, 0) if ". " in text[: marker.start] else 0
    return replace(marker, start=start, end=start)


def _in_words(text: str) -> Marker | None:
    """A marker in ordinary letters: at the start of the line, closing it, or after the body that decides."""
    if match := _START.match(text):
        kind = _KINDS[match["verb"].upper()]
        named = match.start("verb") - (len("unanimously ") if match["una"] else 0) > 0
        marker = _made(kind, Strength.FORMAL if kind == "resolved" else Strength.USUAL, text, match)
        if (
            not named
            or kind == "resolved"
            or marker.end >= len(text)
            or marker.opens_list
            or _STEM_ONLY.fullmatch(text, marker.end)
        ):
            return marker
        return _made(kind, Strength.NARRATIVE, text, match)
    found = None
    for match in _SUBJECT.finditer(text):
        lead = text[: match.start()]
        if (
            match["subject"].lower() == "had"
            or _EARLIER.search(lead[-120:])
            or _NOT_YET.search(lead[-40:].rstrip())
            or is_proposal(lead)
        ):
            continue
        if re.search(r" had (?:unanimously )?\w+$", match.group(), re.IGNORECASE):
            continue
        kind = _KINDS[match["verb"].upper()]
        marker = _made(kind, Strength.USUAL, text, match)
        closes = marker.end >= len(text) or (marker.opens_list and text[marker.end - 1 : marker.end] in " :-–—")
        if kind == "resolved" or closes or _STEM_ONLY.fullmatch(text, marker.end):
            found = marker
    return found


def marker_in(text: str) -> Marker | None:
    """The marker of a decision on a line of the minute (its paragraph number already taken off), or None."""
    if match := _HEADING.match(text):
        action = bool(match["action"])
        short = len(text) - match.end() == 0 or bool(match["stop"]) or action
        if short and not (match["stop"] in ("-", "–") and text[match.end() :][:1].isalnum()):
            return _made("agreed" if action else "decided", Strength.USUAL, text, match)
    if found := _capital(text) or _in_words(text):
        return found
    if match := _ACTION_INSIDE.search(text):
        return _made("agreed", Strength.USUAL, text, match)
    if match := _RECOMMENDATION.search(text):
        return Marker("recommended", Strength.FORMAL, match.start(), len(text), False, True)
    if (match := _AGREED_BELOW.search(text)) or (
        (match := _AGREED_TERMS.search(text)) and not is_proposal(text[: match.end()] + " that")
    ):
        said = "unanimous" in match.group().lower()
        kind = "resolved" if match.groupdict().get("verb", "").lower() == "resolved" else "agreed"
        end, _, _ = after_marker(text, match.end())
        return Marker(kind, Strength.USUAL, match.start(), end, said, True)
    return None
