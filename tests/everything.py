"""The whole database as text, to look for words that must be nowhere in it."""

from collections.abc import Iterator

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.utils.text import slugify

from governance.passages import Passages


def everything() -> Iterator[tuple[str, str]]:
    """Every cell of every table, those of the search and of the database's own bookkeeping too, with the name of its column."""
    for table in sorted(connection.introspection.table_names()):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  # Names that the database gave.
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    if isinstance(value, bytes | memoryview):
                        yield f"{table}.{column}", bytes(value).decode("utf-8", "replace")
                    elif value is not None:
                        yield f"{table}.{column}", str(value)
                if table == "django_session":
                    yield f"{table}.opened", str(SessionStore().decode(row[columns.index("session_data")]))


def columns_with(words: str) -> set[str]:
    """The columns of the database in which words stand: as they are, as an address, in small letters, or written otherwise."""
    passages, plain = Passages.of([words]), words.casefold()
    found = {
        column
        for column, text in everything()
        if plain in text.casefold() or passages.count(text) or ("-" in slugify(words) and slugify(words) in text)
    }
    return found
