"""Why a file cannot be read as minutes, one class for each reason, in words a clerk can act on."""


class UnreadableMinutes(ValueError):
    """The file holds no minutes that could be read; the message is a whole sentence for the person who chose it."""


class EmptyMinutes(UnreadableMinutes):
    """Nothing is in the file, or only white space."""


class PdfGivenAsText(UnreadableMinutes):
    """The file is a PDF, which is a picture of words; only the words can be read here."""


class BinaryFile(UnreadableMinutes):
    """The file is a word-processor document, an archive, a picture or another file that is no text."""


class FileTooLarge(UnreadableMinutes):
    """The file is far larger than any page of minutes, so it was not opened."""


class OnlyPageFurniture(UnreadableMinutes):
    """The page was copied without its text: only links, buttons and empty headings are left."""
