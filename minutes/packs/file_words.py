"""What the file of a pack says of itself: title and language, what it claims to be, and its contents for machines."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, Object, Pdf, String


@dataclass(frozen=True, kw_only=True)
class FileWords:
    """What the file says of itself."""

    title: str
    language: str
    subject: str
    author: str
    issued_at: datetime


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What the file claims to be. It claims nothing that one of its parts is not.

    Attributes:
        is_accessible: PDF/UA-1 (ISO 14289-1).
        is_archivable: PDF/A-3a (ISO 19005-3).
    """

    is_accessible: bool
    is_archivable: bool


_UA = '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>'
_A = (
    '<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>3</pdfaid:part>'
    "<pdfaid:conformance>A</pdfaid:conformance></rdf:Description>"
)
# PDF/A lets a file use no property that it does not describe; PDF/UA's own is not among those it knows (ISO 19005-3, 6.6.2.3).
_UA_DESCRIBED = (
    '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>'
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>'
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>The part of ISO 14289</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)


def describe_file(pack: Pdf, words: FileWords, claim: Claim, *, intent: Object | None) -> None:
    """Write title, language and claims into the pack.

    Args:
        pack: with all its pages.
        words: what it says of itself.
        claim: what it claims to be.
        intent: the output intents of one of its parts, which say what its colours mean; PDF/A wants them.
    """
    pack.Root.Lang = String(words.language)
    pack.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pack.Root.PageMode = Name.UseOutlines
    pack.docinfo[Name.Title] = String(words.title)
    if intent is not None:
        pack.Root.OutputIntents = intent
    pack.Root.Metadata = pack.make_stream(_packet(words, claim).encode(), Type=Name.Metadata, Subtype=Name.XML)


def attach_contents(pack: Pdf, contents: bytes, words: FileWords) -> None:
    """Attach the machine-readable contents as the data that the pack shows (ISO 19005-3, annex E)."""
    moment = words.issued_at.strftime("D:%Y%m%d%H%M%S+00'00'")
    stream = pack.make_stream(contents, Type=Name.EmbeddedFile, Subtype=Name("/application/json"))
    stream.Params = Dictionary(
        Size=len(contents),
        ModDate=String(moment),
        CheckSum=String(hashlib.md5(contents, usedforsecurity=False).digest()),
    )
    name = String("contents.json")
    file = pack.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=name,
            UF=name,
            Desc=String(words.subject),
            AFRelationship=Name.Data,
            EF=Dictionary(F=stream, UF=stream),
        )
    )
    pack.Root.AF = Array([file])
    names = pack.Root.get("/Names")
    if names is None:
        names = pack.Root.Names = Dictionary()
    names.EmbeddedFiles = pack.make_indirect(Dictionary(Names=Array([name, file])))


def _packet(words: FileWords, claim: Claim) -> str:
    """The XMP packet (ISO 16684-1)."""
    title, subject, author = (escape(text) for text in (words.title, words.subject, words.author))
    claims = (_UA if claim.is_accessible else "") + (_A if claim.is_archivable else "")
    claims += _UA_DESCRIBED if claim.is_accessible and claim.is_archivable else ""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
        f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>'
        f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>"
        f"<dc:language><rdf:Bag><rdf:li>{escape(words.language)}</rdf:li></rdf:Bag></dc:language>"
        f"<xmp:CreateDate>{words.issued_at.isoformat(timespec='seconds')}</xmp:CreateDate></rdf:Description>"
        f'{claims}</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
