"""Who presented an item at the meeting. Authors of reports, speakers in discussion and those announced beforehand are none."""

import re
from collections.abc import Iterable, Sequence

from minutes.reading.verdicts import sentences

_WORD = r"[A-Z][\w’'.&/-]*"
_JOIN = r"(?:of|for|and|the|to|in|with|&|[-–]|de|van|von|ap|ab)"
_NAME = r"(?:(?:Councillor|Cllr\.?|Dr|Mr|Mrs|Ms|Miss|Prof(?:essor)?\.?|Sir|Dame|Lord|Lady|Rev\.?) )?[A-Z][\w’'-]+(?: (?:[A-Z]\.?|de|van|ap|[A-Z][\w’'-]+)){0,3}"
_ROLE = rf"(?:the )?{_WORD}(?:,? (?:{_WORD}|\([^()]{{1,40}}\)|{_JOIN})){{0,14}}"
_VERB = (
    r"(?:(?:then|also|briefly|jointly|formally) )?(?:presented|introduced|outlined|delivered|submitted (?:a|an|the|his|her|their)\b|set out|talked (?:\w+ )?through|"
    r"took (?:\w+ ){1,3}through|gave (?:a|an|the|\w+ \w+ an?) (?:\w+ ){0,3}(?:presentation|update|overview|report|briefing|introduction|summary)|"
    r"provided (?:a|an|the|\w+ \w+ an?) (?:\w+ ){0,3}(?:presentation|update|overview|report|briefing|summary)|updated (?:the|members)\b|"
    r"spoke to (?:the|a|his|her|their)\b|explained (?!that\b|to\b|in\b)|reported on\b|briefed\b|led (?:the|a) (?:presentation|item|discussion))"
)
_BY = re.compile(
    r"(?P<lead>[^.]{0,60})\b(?:introduced|presented|delivered|outlined|given) (?:to the \w+ )?by (?:the )?(?P<who>(?:(?:and|of|for|the|to|in|with|de|van) |[-–&] "
    r"|\(?[A-Z][\w’'.&/()-]*,? ){0,24}\(?[A-Z][\w’'&/().-]*)"
)
_FROM = re.compile(
    r"(?:received|heard|had|welcomed|given|listened to) (?:a|an|the) (?:[\w-]+ ){0,4}(?:presentation|update|briefing|talk)\b[^.,]{0,40}? (?:from|by) "
    r"(?:the )?(?P<who>(?:(?:and|of|for|the|to|in|with|de|van) |[-–&] |\(?[A-Z][\w’'.&/()-]*,? ){0,24}\(?[A-Z][\w’'&/().-]*)"
)
_NAMED_ROLE = re.compile(rf"(?P<name>{_NAME}), (?P<role>(?:the )?[^.;:]{{3,140}}?),? (?P<verb>{_VERB})")
_NAMED_BRACKET = re.compile(rf"(?P<name>{_NAME}) \((?P<role>[^()]{{2,100}})\),? (?P<verb>{_VERB})")
_NAMED = re.compile(rf"(?P<name>{_NAME}) (?P<verb>{_VERB})")
_ROLE_ONLY = re.compile(rf"(?P<article>The |the )?(?P<role>{_ROLE}),? (?P<verb>{_VERB})")
_PRESENTED_BY = re.compile(r"(?:presented by|presenters?|lead presenter) ?: ?(?P<who>.{3,200})", re.IGNORECASE)
_THANKED = re.compile(
    rf"thanked (?P<who>{_NAME}(?: and {_NAME})?) for (?:his|her|their|the|an?) (?:\w+ ){{0,3}}(?:presentation|update|report|overview)"
)
_IN_TITLE = re.compile(r"\((?P<who>(?:Dr |Cllr |Councillor |Mr |Mrs |Ms )?[A-Z][a-z’'-]+ [A-Z][\w’'-]+)\)$")
_INITIALS = re.compile(r" ?\([A-Z]{2,4}\)")
_ASSISTED = re.compile(r",? (?:assisted|accompanied|supported|joined) by .*$|,? on behalf of .*$")
_FUTURE = re.compile(r"\b(?:will|would|shall|to|may|should|could)(?: then| also)? be (?:\w+ )?$")
_CLAUSE = re.compile(
    r",? (?:who|which|that|whose|detailing|explaining|setting|outlining|describing|updating|summarising|on|regarding|giving|about|providing|and (?:noted|it)\b).*$"
)
_NOT_A_PERSON = re.compile(
    r"(?!.*\bchief executive$)(?:the )?(?:(?:\S+ ){0,6}(?:report|reports|paper|papers|presentation|document|plan|strategy|item|update|data|review|table|appendix|annex|minutes|motion|"
    r"amendment|petition|slides|video|film|statement|letter|policy|budget|survey|board|committee|panel|council|cabinet|executive|partnership|group|forum|"
    r"meeting|members|partners|officers|scheme|consultation|legislation|government|act|draft|section|proposals?|findings|figures|results)|"
    r"(?:vice[- ])?chair(?:man|person|woman)?(?: of .*)?|it|he|she|they|this|these|there|we|in|at|on|as|a|an|no|one|councillors?|cllrs?)",
    re.IGNORECASE,
)
_ROLE_WORD = re.compile(
    r"\b(?:Manager|Director|Officer|Head|Lead|Chief|Leader|Member|Adviser|Advisor|Secretary|Clerk|Treasurer|Consultant|Coordinator|Commissioner|Chair|Nurse|"
    r"Solicitor|Executive|Partner|Inspector|Superintendent|Engineer|Planner|Accountant|Auditor|Professor|Service|Services|Team|Quality|Health|Care|Programme|"
    r"Performance|Policy|Finance|Public|Social|Support|Operations|Strategy|Development|Planning|Community|Specialist|Analyst|Cabinet|Strategic|Assistant|"
    r"Deputy|Portfolio|Holder|Holders|Town|Borough|County|City|Scrutiny|Governance)\b"
)
_NO_NAME = re.compile(
    r"\b(?:Report|Update|Item|Agenda|Oral|Verbal|Attached|Key|Decision|Part|Appendix|Policy|Care|Plan|Strategy|Draft|Exempt|Annual|Quarter|Presentation|Minutes|Meeting|"
    r"Council|Board|Committee|Ward|Road|Street|Lane|Park|House|School|Centre|Hospital|North|South|East|West|Central|Only|Call|Act|Phase|Stage|Public|Private|"
    r"For|Information|Decisions?|To|Follow|Standing|Community|Health|Services?|England|Wales|Scotland)\b"
)
_TITLES = re.compile(r"(?:Councillor|Cllr|Dr|Mr|Mrs|Ms|Miss|Prof(?:essor)?|Sir|Dame|Lord|Lady|Rev)\b")


def _tidy(text: str) -> str:
    text = _ASSISTED.sub("", _INITIALS.sub("", text)).strip(" ,.;:-–")
    if text.count("(") > text.count(")"):
        text = text[: text.rfind("(")].strip(" ,")
    if (whole := re.fullmatch(r"(?P<name>[^(),]{4,60}) \((?P<role>[^()]{3,100})\)", text)) is not None:
        text = f"{whole['name']}, {whole['role']}"
    return text


def _looks_like_person(text: str) -> bool:
    return bool(_TITLES.match(text)) or (
        bool(re.match(r"[A-Z][\w’'-]+ [A-Z][\w’'-]+(?:,|$| [A-Z][\w’'-]+(?:,|$))", text))
        and not _ROLE_WORD.search(text.split(",")[0])
    )


def _people(text: str) -> list[str]:
    """Several presenters where "and" or a comma joins people, not the words of one post."""
    text = _CLAUSE.sub("", text)
    people = []
    rest = text
    while (cut := _second_person(rest)) is not None:
        people.append(rest[:cut].removesuffix(" and").removesuffix(","))
        rest = re.sub(r"^(?:,? ?and |, )", "", rest[cut:])
    return [tidy for person in [*people, rest] if (tidy := _tidy(person))]


def _second_person(text: str) -> int | None:
    for join in re.finditer(r",? and (?:the )?|, ", text):
        following = text[join.end() :]
        if _looks_like_person(following) and (_TITLES.match(following) or _looks_like_person(text)):
            return join.start()
        if join.group().endswith("the ") and _ROLE_WORD.search(following):
            return join.start()
    return None


def _subject(sentence: str) -> list[str]:
    """The presenter a sentence begins with."""
    for pattern in (_NAMED_BRACKET, _NAMED_ROLE):
        match = pattern.match(sentence)
        if match and match["role"].isupper() and len(match["role"]) <= 4:
            return [_tidy(match["name"])]
        if (
            match
            and not _NOT_A_PERSON.fullmatch(match["name"])
            and not re.search(r"\b(?:said|asked|and that|was|were|had)\b", match["role"])
        ):
            whole = f"{match['name']}, {match['role']}"
            return _people(whole) if " and " in match["role"] else [_tidy(whole)]
    if (match := re.match(rf"(?P<one>{_NAME}) and (?P<two>{_NAME}) {_VERB}", sentence)) and all(
        _looks_like_person(match[name]) for name in ("one", "two")
    ):
        return [_tidy(match["one"]), _tidy(match["two"])]
    match = _ROLE_ONLY.match(sentence)
    if match is None or _NOT_A_PERSON.fullmatch(match["role"]) or match["role"].isupper():
        return []
    return [_titled(match)]


def _titled(match: re.Match[str]) -> str:
    """A post named by itself: its article stays where it only spoke, and goes where it formally put a report."""
    formal = re.match(r"(?:\w+ )?(?:submitted|presented|introduced)", match["verb"])
    article = "" if formal or not match["article"] else match["article"]
    return _tidy(article + match["role"])


def _in_sentence(sentence: str) -> list[str]:
    for pattern in (_BY, _FROM):
        if (match := pattern.search(sentence)) and not _FUTURE.search(match.groupdict().get("lead") or ""):
            people = [person for person in _people(match["who"]) if not _NOT_A_PERSON.fullmatch(person) or "Chair" in person]
            if people:
                return people
    return _subject(sentence)


def _known(person: str, found: Sequence[str]) -> bool:
    name = person.split(",")[0].removeprefix("The ").lower()
    return any(name in other.lower() or other.split(",")[0].removeprefix("The ").lower() in person.lower() for other in found)


def presenters_of(paragraphs: Iterable[str], title: str | None) -> tuple[str, ...]:
    """Who presented, as "Name, Role" in printed order; () where the minute does not say."""
    found: list[str] = []
    for paragraph in paragraphs:
        if line := _PRESENTED_BY.fullmatch(paragraph):
            found.extend(_tidy(who) for who in line["who"].split("/") if not _known(who.strip(), found))
            continue
        for sentence in sentences(paragraph):
            people = _in_sentence(sentence[:1000])
            thanked = _THANKED.search(sentence)
            if not people and thanked and not found:
                people = _people(thanked["who"])
            found.extend(person for person in people if not _known(person, found))
    if not found and title and (match := _IN_TITLE.search(title)) and not _NO_NAME.search(match["who"]):
        found.append(match["who"])
    return tuple(found)
