"""Where a word lies open: in which files of a state folder, packed or not, and in which columns of the database."""

import subprocess
from pathlib import Path

from django.apps import apps
from django.db import connection


def files_with(word: str, folder: Path) -> list[str]:
    """The files below a folder that say a word: as they lie there, database and its journal among them, or on a page of a PDF."""
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file() and _says(file, word))


def columns_with(word: str) -> list[str]:
    """The columns of the database that hold a word."""
    as_text = "TEXT" if connection.vendor == "sqlite" else "text"
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            for column in [field.column for field in model._meta.local_concrete_fields]:
                cursor.execute(
                    f'SELECT COUNT(*) FROM "{table}" WHERE CAST("{column}" AS {as_text}) LIKE %s',  # noqa: S608
                    [f"%{word}%"],
                )
                if cursor.fetchone()[0]:
                    found.append(f"{table}.{column}")
    return found


def _says(file: Path, word: str) -> bool:
    data = file.read_bytes()
    if word.encode() in data or word.encode("utf-16-be") in data:
        return True
    if not data.startswith(b"%PDF-"):
        return False
    # Half a file is no PDF any more; what can be read of it is read all the same.
    pages = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=False).stdout
    return word.encode() in pages
