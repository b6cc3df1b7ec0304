"""What a council's website prints around the words of a minute."""

import re

_WORDS = (
    r"agenda item|issue - (?:meetings|decisions|history)|decisions? for issue .*|issue details|decision details|decision|"
    r"back to (?:the )?top(?: of (?:the )?page)?|skip to (?:main )?(?:content|navigation)|home|menu|search|print(?: this page)?|"
    r"[•·*-]? ?share this (?:item|page)|to report any issues with the information below please email.*|how can we help you.*|"
    r"(?:the )?council and democracy|(?:council|councillors),? democracy and elections|democracy(?: and elections)?|residents|visitors|"
    r"council meetings|councillors and committees|meetings, agendas,? and minutes(?: - .*)?|agendas?(?:, decisions)? and (?:draft )?minutes|"
    r"agenda, decisions and minutes|agenda|view directions|contact:.*|venue:.*|media|items|no\. item|items no\. item|no\.|item|"
    r"item ?description ?resolution|part (?:1|2|one|two|i|ii|a|b) ?[-–:] ?(?:public|open|exempt|private|confidential)(?: business| session)?|"
    r"available papers|\(?copy attached\)?\.?|\(?previously circulated\)?\.?|\(for cop(?:y|ies) (?:of report )?,? ?see file of minutes\)\.?|"
    r"report (?:no\.? ?)?[a-z]{2,5}[ /]?\d[\w/.-]*|(?:\.\.\.|…) ?view the full (?:minutes|agenda|decision) text for item .*|"
    r"view the (?:full )?(?:reasons|background|decision|minutes|agenda).*|attendance details|previous (?:item|meeting)|next (?:item|meeting)|"
    r"[\w &'’-]{2,60} logo|[A-Z][\w'’-]+ [A-Z][\w'’-]+ (?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december) \d{1,2}, \d{4}|cookies?(?: policy| settings)?|accept(?: all)? cookies|page \d+(?: of \d+)?|\d* ?pdf icon(?: pdf)?|"
    r"modern\.gov|democratic services|your council|a to z(?: of services)?|contact us|privacy(?: policy| notice)?|accessibility(?: statement)?|"
    r"published:? .{0,40}|share on (?:facebook|twitter|x)|subscribe to updates|rss|sign in|log in|my account|breadcrumb|you are here:?.*"
)
_FURNITURE = re.compile(_WORDS, re.IGNORECASE)
_FULL_TEXT = re.compile(r" ?(?:\.\.\.|…) ?view the full (?:minutes|agenda|decision) text for item \S+$", re.IGNORECASE)
_ASIDE = re.compile(
    r" ?\((?:copy attached|copies attached|previously circulated|circulated (?:previously|separately)|"
    r"for cop(?:y|ies)(?: of report)?,? see file of minutes)\)",
    re.IGNORECASE,
)

_DETAILS = re.compile(
    r"(?:decision[ -]?maker|decision (?:status|date|due date|type|reference|published)|outcome|status|is (?:the decision )?(?:a )?key"
    r"(?: decision)?|is (?:it )?(?:subject to call[ -]in|call[ai]n? ?in|callable in)|key decision|(?:lead |report )?(?:author|officer)|"
    r"publication date|date (?:of decision|published|added)|decided at meeting|decision due|effective from|wards? affected|"
    r"divisions? affected|department|service area|first published|call[ -]in (?:date|deadline|expiry|status)|lead (?:member|director)|"
    r"portfolio holder|reference(?: number)?|related meetings?|notice of (?:key )?decision|restriction reason|decision expected|"
    r"target date|originally due|lead decision maker|contact officer)\??\s*:.*|related (?:meetings?|decisions?|issues?)|"
    r"this decision (?:has been|was) (?:called|implemented).*",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"(?:the )?(?:meeting|board|committee|panel) (?:closed|ended|finished|concluded|rose|started) at .*|chair(?:man|person)?:?|signed:?[ ._\u2026]*(?:\(?chair.*)?|"
    r"dated?:?[ ._\u2026]*|duration of (?:the )?meeting.*|[_.…]{5,}.*",
    re.IGNORECASE,
)


def is_furniture(text: str) -> bool:
    """Whether the line is a button, link, banner or empty label of the website, and no part of the minute."""
    return len(text) <= 200 and bool(_FURNITURE.fullmatch(text.replace("–", "-")))


def is_detail(text: str) -> bool:
    """Whether the line is one of the particulars of a decision page, as ``Decision Maker: Executive``."""
    return len(text) <= 400 and bool(_DETAILS.fullmatch(text))


def is_signature(text: str) -> bool:
    """Whether the line is the close of a meeting: the time it ended or the place to sign."""
    return len(text) <= 200 and bool(_SIGNATURE.fullmatch(text))


def without_furniture(text: str) -> str:
    """A line of a minute without the website's trailing link and the clerk's note of where the paper is."""
    return _ASIDE.sub("", _FULL_TEXT.sub("", text))
